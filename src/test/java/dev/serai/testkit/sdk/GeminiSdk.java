package dev.serai.testkit.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.sdk.Told.End;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Google's client. */
final class GeminiSdk implements SdkClient {

    private static final int THINKING = 8192;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Client client;

    GeminiSdk(Gateway gateway) {
        client = Client.builder()
                .apiKey(Gateway.KEY)
                .httpOptions(HttpOptions.builder()
                        .baseUrl(gateway.url())
                        .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                        .build())
                .build();
    }

    @Override
    public Told ask(Ask ask, boolean stream) {
        var contents = contents(ask);
        if (!stream) {
            return told(List.of(client.models.generateContent(ask.model(), contents, config(ask))));
        }
        var chunks = new ArrayList<GenerateContentResponse>();
        try (var events = client.models.generateContentStream(ask.model(), contents, config(ask))) {
            events.forEach(chunks::add);
        }
        return told(chunks);
    }

    private static GenerateContentConfig config(Ask ask) {
        var config = GenerateContentConfig.builder();
        if (ask.reasons()) {
            config.thinkingConfig(ThinkingConfig.builder()
                    .includeThoughts(true)
                    .thinkingBudget(THINKING)
                    .build());
        }
        if (ask.tool()) {
            config.tools(Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder()
                            .name(Ask.TOOL)
                            .description(Ask.TOOL_IS)
                            .parametersJsonSchema(
                                    Map.of("type", "object", "properties", Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build());
        }
        return config.build();
    }

    private static List<Content> contents(Ask ask) {
        var parts = new ArrayList<Part>();
        parts.add(Part.fromText(ask.text()));
        if (!ask.picture().isEmpty()) {
            parts.add(Part.fromBytes(Base64.getDecoder().decode(ask.picture()), "image/png"));
        }
        var contents = new ArrayList<Content>();
        contents.add(Content.builder().role("user").parts(parts).build());
        var earlier = ask.earlier();
        if (earlier != null) {
            contents.add((Content) earlier.turn());
            var call = earlier.calls().getFirst();
            contents.add(Content.builder()
                    .role("user")
                    .parts(Part.builder()
                            .functionResponse(FunctionResponse.builder()
                                    .id(call.id())
                                    .name(call.name())
                                    .response(Map.of("output", ask.result()))
                                    .build())
                            .build())
                    .build());
        }
        return contents;
    }

    private static Told told(List<GenerateContentResponse> chunks) {
        var parts = chunks.stream()
                .flatMap(chunk -> Optional.ofNullable(chunk.parts()).stream())
                .flatMap(List::stream)
                .toList();
        var calls = parts.stream()
                .flatMap(part -> part.functionCall().stream())
                .map(call -> new Told.Call(
                        call.id().orElse(""),
                        call.name().orElse(""),
                        JSON.valueToTree(call.args().orElse(Map.of())).toString()))
                .toList();
        var turn = Content.builder().role("model").parts(parts).build();
        return new Told(text(parts, true), text(parts, false), calls, end(chunks.getLast(), !calls.isEmpty()), turn);
    }

    private static String text(List<Part> parts, boolean thought) {
        return parts.stream()
                .filter(part -> part.thought().orElse(false) == thought)
                .flatMap(part -> part.text().stream())
                .collect(Collectors.joining());
    }

    private static End end(GenerateContentResponse last, boolean calls) {
        var reason = last.finishReason().knownEnum();
        if (reason == FinishReason.Known.STOP) {
            return calls ? End.CALLS : End.STOP;
        }
        return reason == FinishReason.Known.SAFETY || reason == FinishReason.Known.PROHIBITED_CONTENT
                ? End.FILTERED
                : End.OTHER;
    }

    @Override
    public void close() {
        client.close();
    }
}
