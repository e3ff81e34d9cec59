package dev.serai.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a {@link ChatRequest}; what is not set means that the caller said nothing. */
public final class ChatRequestBuilder {

    private String model;
    private List<SystemBlock> system = List.of();
    private List<Message> messages = List.of();
    private List<ToolDef> tools = List.of();
    private @Nullable ToolChoice toolChoice;
    private @Nullable Boolean parallelToolCalls;
    private Sampling sampling = Sampling.NONE;
    private @Nullable Long maxOutputTokens;
    private ReasoningOptions reasoning = ReasoningOptions.DEFAULT;
    private @Nullable ResponseFormat responseFormat;
    private @Nullable String verbosity;
    private StreamOptions stream = StreamOptions.WHOLE;
    private @Nullable CachePolicy cache;
    private @Nullable String endUserId;
    private @Nullable String sessionId;
    private Map<String, String> metadata = Map.of();
    private @Nullable String serviceTier;
    private @Nullable Boolean store;
    private @Nullable Modalities modalities;
    private List<SafetySetting> safety = List.of();
    private Extensions extensions = Extensions.NONE;

    ChatRequestBuilder(String model) {
        this.model = model;
    }

    ChatRequestBuilder(ChatRequest from) {
        model = from.model();
        system = from.system();
        messages = from.messages();
        tools = from.tools();
        toolChoice = from.toolChoice();
        parallelToolCalls = from.parallelToolCalls();
        sampling = from.sampling();
        maxOutputTokens = from.maxOutputTokens();
        reasoning = from.reasoning();
        responseFormat = from.responseFormat();
        verbosity = from.verbosity();
        stream = from.stream();
        cache = from.cache();
        endUserId = from.endUserId();
        sessionId = from.sessionId();
        metadata = from.metadata();
        serviceTier = from.serviceTier();
        store = from.store();
        modalities = from.modalities();
        safety = from.safety();
        extensions = from.extensions();
    }

    public ChatRequestBuilder model(String value) {
        model = value;
        return this;
    }

    public ChatRequestBuilder system(List<SystemBlock> value) {
        system = value;
        return this;
    }

    public ChatRequestBuilder messages(List<Message> value) {
        messages = value;
        return this;
    }

    public ChatRequestBuilder tools(List<ToolDef> value) {
        tools = value;
        return this;
    }

    public ChatRequestBuilder toolChoice(@Nullable ToolChoice value) {
        toolChoice = value;
        return this;
    }

    public ChatRequestBuilder parallelToolCalls(@Nullable Boolean value) {
        parallelToolCalls = value;
        return this;
    }

    public ChatRequestBuilder sampling(Sampling value) {
        sampling = value;
        return this;
    }

    public ChatRequestBuilder maxOutputTokens(@Nullable Long value) {
        maxOutputTokens = value;
        return this;
    }

    public ChatRequestBuilder reasoning(ReasoningOptions value) {
        reasoning = value;
        return this;
    }

    public ChatRequestBuilder responseFormat(@Nullable ResponseFormat value) {
        responseFormat = value;
        return this;
    }

    public ChatRequestBuilder verbosity(@Nullable String value) {
        verbosity = value;
        return this;
    }

    public ChatRequestBuilder stream(StreamOptions value) {
        stream = value;
        return this;
    }

    public ChatRequestBuilder cache(@Nullable CachePolicy value) {
        cache = value;
        return this;
    }

    public ChatRequestBuilder endUserId(@Nullable String value) {
        endUserId = value;
        return this;
    }

    public ChatRequestBuilder sessionId(@Nullable String value) {
        sessionId = value;
        return this;
    }

    public ChatRequestBuilder metadata(Map<String, String> value) {
        metadata = value;
        return this;
    }

    public ChatRequestBuilder serviceTier(@Nullable String value) {
        serviceTier = value;
        return this;
    }

    public ChatRequestBuilder store(@Nullable Boolean value) {
        store = value;
        return this;
    }

    public ChatRequestBuilder modalities(@Nullable Modalities value) {
        modalities = value;
        return this;
    }

    public ChatRequestBuilder safety(List<SafetySetting> value) {
        safety = value;
        return this;
    }

    public ChatRequestBuilder extensions(Extensions value) {
        extensions = value;
        return this;
    }

    public ChatRequest build() {
        return new ChatRequest(
                model,
                system,
                messages,
                tools,
                toolChoice,
                parallelToolCalls,
                sampling,
                maxOutputTokens,
                reasoning,
                responseFormat,
                verbosity,
                stream,
                cache,
                endUserId,
                sessionId,
                metadata,
                serviceTier,
                store,
                modalities,
                safety,
                extensions);
    }
}
