package dev.serai.protocol.gemini;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.RequestHead;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the path and the top level of a request. */
final class GeminiEnvelopes {

    private static final String WRAPPED = "generateContentRequest";
    private static final String STREAM = ":streamGenerateContent";
    /** What each member may begin with; a member under its name in snake case likewise. */
    private static final Map<String, String> TYPES = Map.of(
            "contents", "[{",
            "systemInstruction", "{\"",
            "tools", "[{",
            "toolConfig", "{",
            "generationConfig", "{",
            "safetySettings", "[{",
            "cachedContent", "\"");

    private GeminiEnvelopes() {}

    static Envelope read(byte[] body, RequestHead head) {
        String model = head.pathVariables().getOrDefault("model", "");
        if (model.isBlank()) {
            throw Refusal.invalid("model", "model: the path must name a model");
        }
        JsonObjectSpans spans = JsonObjectSpans.scan(body);
        checkTypes(body, spans);
        Members members = Members.of(body, spans);
        contents(body, members);
        boolean stream = head.path().endsWith(STREAM);
        Members config = object(members, "generationConfig");
        String cached = text(members, "cachedContent");
        return new Envelope(
                GeminiProtocol.NAME,
                body,
                spans,
                model,
                stream,
                stream,
                cached == null ? "" : cached,
                config == null ? -1 : maxOutputTokens(body, config),
                traits(head, stream, config));
    }

    /** A request to count tokens is the request itself, or wraps it. */
    static Envelope readCount(byte[] body, RequestHead head) {
        Members members = Members.of(body, JsonObjectSpans.scan(body));
        Span wrapped = members.present(WRAPPED);
        if (wrapped == null) {
            wrapped = members.present(ProtoJson.snake(WRAPPED));
        }
        return read(wrapped == null ? body : Arrays.copyOfRange(body, wrapped.from(), wrapped.to()), head);
    }

    private static void checkTypes(byte[] body, JsonObjectSpans spans) {
        TYPES.forEach((name, begins) -> {
            for (String spelling : List.of(name, ProtoJson.snake(name))) {
                Span span = spans.value(spelling);
                if (span != null && body[span.from()] != 'n' && begins.indexOf(body[span.from()]) < 0) {
                    String expected =
                            begins.charAt(0) == '[' ? "an array" : begins.equals("\"") ? "a string" : "an object";
                    throw Refusal.invalid(spelling, spelling + ": " + expected + " is expected");
                }
            }
        });
    }

    private static void contents(byte[] body, Members members) {
        Span contents = members.present("contents");
        boolean empty = contents != null
                && body[contents.from()] == '['
                && contents.to() - contents.from() < 16
                && JsonSpans.elements(body, contents).isEmpty();
        if (contents == null || empty) {
            throw Refusal.invalid("contents", "contents: at least one content is required");
        }
    }

    private static Map<String, String> traits(RequestHead head, boolean stream, @Nullable Members config) {
        var traits = new HashMap<String, String>();
        boolean events = head.query("alt").contains("sse") || head.query("$alt").contains("sse");
        if (stream && !events) {
            traits.put(GeminiTraits.FRAMING, GeminiTraits.ARRAY);
        }
        Members thinking = config == null ? null : object(config, "thinkingConfig");
        if (thinking == null || !asked(thinking)) {
            traits.put(GeminiTraits.THOUGHTS, GeminiTraits.HIDDEN);
        }
        return Map.copyOf(traits);
    }

    private static boolean asked(Members thinking) {
        Boolean camel = thinking.flag("includeThoughts");
        return Boolean.TRUE.equals(camel == null ? thinking.flag("include_thoughts") : camel);
    }

    private static @Nullable Members object(Members members, String name) {
        Members camel = members.object(name);
        return camel == null ? members.object(ProtoJson.snake(name)) : camel;
    }

    private static @Nullable String text(Members members, String name) {
        String camel = members.text(name);
        return camel == null ? members.text(ProtoJson.snake(name)) : camel;
    }

    /** A number or its text; what it means exactly is checked by the decoder. */
    private static long maxOutputTokens(byte[] body, Members config) {
        Span camel = config.present("maxOutputTokens");
        Span span = camel == null ? config.present("max_output_tokens") : camel;
        try {
            return span == null
                    ? -1
                    : Math.max(-1, Json.tree(body, span.from(), span.to()).asLong(-1));
        } catch (IOException e) {
            throw new IllegalArgumentException("not scanned before", e);
        }
    }
}
