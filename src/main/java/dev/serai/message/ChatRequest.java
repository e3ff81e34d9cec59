package dev.serai.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request in no protocol's words; null and empty mean that the caller said nothing. Built with {@link #builder}.
 *
 * @param model the name the caller asked for
 * @param system leading system text, in order
 * @param parallelToolCalls whether the model may make several calls in one turn
 * @param maxOutputTokens the most tokens of output, reasoning included
 * @param verbosity {@code low}, {@code medium} or {@code high}
 * @param endUserId the caller's own mark of its end user
 * @param sessionId the conversation, where the protocol names one
 * @param serviceTier in OpenAI's words
 * @param store the provider may keep the answer
 */
public record ChatRequest(
        String model,
        List<SystemBlock> system,
        List<Message> messages,
        List<ToolDef> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        Sampling sampling,
        @Nullable Long maxOutputTokens,
        ReasoningOptions reasoning,
        @Nullable ResponseFormat responseFormat,
        @Nullable String verbosity,
        StreamOptions stream,
        @Nullable CachePolicy cache,
        @Nullable String endUserId,
        @Nullable String sessionId,
        Map<String, String> metadata,
        @Nullable String serviceTier,
        @Nullable Boolean store,
        @Nullable Modalities modalities,
        List<SafetySetting> safety,
        Extensions extensions) {

    public ChatRequest {
        system = List.copyOf(system);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        safety = List.copyOf(safety);
    }

    public static ChatRequestBuilder builder(String model) {
        return new ChatRequestBuilder(model);
    }

    /** The same without the reasoning of earlier turns and the seals on it. */
    public ChatRequest withoutReasoning() {
        return toBuilder()
                .messages(messages.stream().map(Message::withoutReasoning).toList())
                .build();
    }

    /** A builder that starts from this request. */
    public ChatRequestBuilder toBuilder() {
        return new ChatRequestBuilder(this);
    }
}
