package dev.serai.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Finish.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the canonical side of a golden case. */
public record CanonicalFixture(ChatRequest request, ChatResponse response, List<ChatEvent> events) {

    private static final long CREATED = 1_764_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();

    public static CanonicalFixture read(String resource) throws IOException {
        try (var in = CanonicalFixture.class.getResourceAsStream(resource)) {
            JsonNode root = JSON.readTree(in);
            return new CanonicalFixture(
                    request(root.path("request")), response(root.path("response")), events(root.path("events")));
        }
    }

    private static ChatRequest request(JsonNode node) {
        var request = ChatRequest.builder(node.path("model").asText());
        var system = new ArrayList<SystemBlock>();
        node.path("system")
                .forEach(it -> system.add(new SystemBlock(
                        it.path("text").asText(),
                        it.has("cache") ? new CacheHint(Duration.ofMinutes(5)) : null,
                        SystemRole.SYSTEM)));
        var messages = new ArrayList<Message>();
        node.path("messages")
                .forEach(it -> messages.add(Message.of(
                        Role.valueOf(it.path("role").asText().toUpperCase(Locale.ROOT)), parts(it.path("parts")))));
        var tools = new ArrayList<ToolDef>();
        node.path("tools")
                .forEach(it -> tools.add(new ToolDef.FunctionTool(
                        it.path("name").asText(), it.path("description").asText(), it.get("parameters"), null, null)));
        JsonNode sampling = node.path("sampling");
        var stop = new ArrayList<String>();
        sampling.path("stop").forEach(it -> stop.add(it.asText()));
        request.system(system).messages(messages).tools(tools);
        request.toolChoice(choice(node.path("toolChoice")));
        if (node.hasNonNull("parallelToolCalls")) {
            request.parallelToolCalls(node.path("parallelToolCalls").asBoolean());
        }
        request.sampling(new Sampling(
                number(sampling, "temperature"),
                number(sampling, "topP"),
                null,
                null,
                null,
                null,
                stop,
                null,
                null,
                null,
                Map.of()));
        if (node.hasNonNull("maxOutputTokens")) {
            request.maxOutputTokens(node.path("maxOutputTokens").asLong());
        }
        if (node.hasNonNull("reasoning")) {
            request.reasoning(new ReasoningOptions(
                    ReasoningOptions.Mode.valueOf(upper(node.at("/reasoning/mode"))),
                    Effort.valueOf(upper(node.at("/reasoning/effort"))),
                    null,
                    ReasoningOptions.Visibility.valueOf(upper(node.at("/reasoning/visibility"))),
                    null));
        }
        if (node.hasNonNull("responseFormat")) {
            request.responseFormat(new ResponseFormat.JsonSchema(
                    node.at("/responseFormat/name").asText(), null, node.at("/responseFormat/schema"), true));
        }
        if (node.hasNonNull("endUserId")) {
            request.endUserId(node.path("endUserId").asText());
        }
        return request.build();
    }

    private static @Nullable ToolChoice choice(JsonNode node) {
        return switch (node.path("mode").asText("")) {
            case "" -> null;
            case "auto" -> new ToolChoice.Auto();
            case "named" -> new ToolChoice.Named(node.path("name").asText(), ToolKind.FUNCTION);
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static List<Part> parts(JsonNode nodes) {
        var parts = new ArrayList<Part>();
        nodes.forEach(node -> parts.add(part(node)));
        return parts;
    }

    private static Part part(JsonNode node) {
        return switch (node.path("type").asText()) {
            case "text" -> new Part.Text(node.path("text").asText());
            case "refusal" -> new Part.RefusalText(node.path("text").asText());
            case "reasoning" ->
                new Part.Reasoning(node.path("text").asText(), ReasoningForm.FULL, signature(node.path("signature")));
            case "tool_call" ->
                new Part.ToolCall(
                        node.path("id").asText(),
                        node.path("name").asText(),
                        ToolKind.FUNCTION,
                        node.path("arguments").asText(),
                        null);
            case "tool_result" ->
                new Part.ToolResult(
                        node.path("callId").asText(),
                        node.path("name").asText(),
                        parts(node.path("content")),
                        node.path("isError").asBoolean(),
                        null);
            case "image" ->
                new Part.Image(
                        source(node.path("source")),
                        node.hasNonNull("detail") ? node.path("detail").asText() : null,
                        null);
            case "document" ->
                new Part.Document(
                        source(node.path("source")), node.path("filename").asText(), null, null, null, null);
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static MediaSource source(JsonNode node) {
        return node.path("kind").asText().equals("base64")
                ? new MediaSource.Base64(
                        node.path("mediaType").asText(), node.path("data").asText())
                : new MediaSource.Url(
                        node.path("url").asText(), node.path("mediaType").asText());
    }

    private static ProviderSignature signature(JsonNode node) {
        return ProviderSignature.of(
                node.path("issuer").asText(),
                SignatureKind.valueOf(upper(node.path("kind"))),
                node.path("value").asText());
    }

    private static ChatResponse response(JsonNode node) {
        return ChatResponse.of(
                node.path("id").asText(),
                node.path("model").asText(),
                CREATED,
                parts(node.path("parts")),
                finish(node.path("finish")),
                usage(node.path("usage")));
    }

    private static Finish finish(JsonNode node) {
        return new Finish(
                Reason.valueOf(upper(node.path("reason"))),
                node.hasNonNull("stopSequence") ? node.path("stopSequence").asText() : null,
                null,
                null);
    }

    private static Usage usage(JsonNode node) {
        return new Usage(
                node.path("inputTokens").asLong(),
                node.path("cachedInputTokens").asLong(),
                node.path("cacheWriteTokens").asLong(),
                node.path("outputTokens").asLong(),
                node.path("reasoningTokens").asLong(),
                false);
    }

    private static List<ChatEvent> events(JsonNode nodes) {
        var events = new ArrayList<ChatEvent>();
        nodes.forEach(node -> events.add(event(node, node.path("index").asInt())));
        return events;
    }

    private static ChatEvent event(JsonNode node, int index) {
        return switch (node.path("event").asText()) {
            case "start" ->
                new Start(
                        node.path("id").asText(),
                        node.path("model").asText(),
                        node.path("created").asLong());
            case "text_delta" -> new TextDelta(index, node.path("text").asText());
            case "refusal_delta" -> new RefusalDelta(index, node.path("text").asText());
            case "reasoning_delta" ->
                new ReasoningDelta(index, node.path("text").asText(), ReasoningForm.FULL);
            case "signature" -> new Signature(index, signature(node.path("signature")));
            case "tool_call_start" ->
                new ToolCallStart(
                        index, node.path("id").asText(), node.path("name").asText(), ToolKind.FUNCTION);
            case "tool_call_args_delta" ->
                new ToolCallArgsDelta(index, node.path("fragment").asText());
            case "tool_call_end" -> new ToolCallEnd(index);
            case "usage" -> new UsageReport(usage(node.path("usage")));
            case "finish" -> new Finished(finish(node));
            default -> throw new IllegalArgumentException(node.toString());
        };
    }

    private static @Nullable Double number(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).doubleValue() : null;
    }

    private static String upper(JsonNode node) {
        return node.asText().toUpperCase(Locale.ROOT);
    }
}
