package dev.serai.translation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.Surface;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesSurface;
import dev.serai.protocol.gemini.GeminiProtocol;
import dev.serai.protocol.gemini.GeminiSurface;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openairesponses.OpenAiResponsesProtocol;
import dev.serai.protocol.openairesponses.OpenAiResponsesSurface;
import dev.serai.provider.Failures;
import dev.serai.provider.anthropic.AnthropicFailures;
import dev.serai.provider.gemini.GeminiFailures;
import dev.serai.provider.openai.OpenAiFailures;
import dev.serai.provider.zhipu.ZhipuFailures;
import dev.serai.provider.zhipu.ZhipuProvider;
import dev.serai.testkit.FakeHead;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** The protocols and upstreams by the names that the tables use. */
final class Wires {

    static final Instant NOW = Instant.ofEpochSecond(1_764_000_000L);

    private static final String GEMINI = "gemini";
    private static final String ANTHROPIC = "anthropic-messages";
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ZhipuProvider ZHIPU = new ZhipuProvider(CLOCK);

    private static final Map<String, Protocol> PROTOCOLS = Map.of(
            "openai-chat",
            new OpenAiChatProtocol(CLOCK),
            "openai-responses",
            new OpenAiResponsesProtocol(CLOCK),
            ANTHROPIC,
            new AnthropicMessagesProtocol(),
            GEMINI,
            new GeminiProtocol());

    private static final Map<String, Surface> SURFACES = Map.of(
            "openai-chat",
            new OpenAiChatSurface(),
            "openai-responses",
            new OpenAiResponsesSurface(),
            ANTHROPIC,
            new AnthropicMessagesSurface(),
            GEMINI,
            new GeminiSurface(data -> new GeminiFailures().inStream(data, NOW), true),
            "gemini-v1",
            new GeminiSurface(data -> new GeminiFailures().inStream(data, NOW), false),
            "zhipu",
            ZHIPU.chat().surface(),
            "zhipu-anthropic",
            ZHIPU.anthropic().surface());

    private static final Map<String, Failures> FAILURES = Map.of(
            "openai-chat",
            new OpenAiFailures(),
            "openai-responses",
            new OpenAiFailures(),
            ANTHROPIC,
            new AnthropicFailures(),
            GEMINI,
            new GeminiFailures(),
            "zhipu",
            new ZhipuFailures());

    private Wires() {}

    static Protocol protocol(String name) {
        return named(name, PROTOCOLS);
    }

    /** An upstream's, or the one that reads what callers of a protocol are sent. */
    static Surface surface(String name) {
        return named(name, SURFACES);
    }

    static Failures failures(String upstream) {
        return named(upstream, FAILURES);
    }

    private static <T> T named(String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("nothing is named '" + name + "' among " + all.keySet());
        }
        return found;
    }

    /** The body as one that asks for a stream, where the body says it. */
    static ObjectNode asked(String caller, ObjectNode body, boolean stream) {
        if (stream && !caller.equals(GEMINI) && !body.has("stream")) {
            body.put("stream", true);
        }
        return body;
    }

    static RequestHead head(Trial trial) {
        String caller = trial.text("caller", "");
        var headers = new TreeMap<String, String>(trial.map("headers"));
        if (caller.equals(ANTHROPIC)) {
            headers.putIfAbsent("anthropic-version", "2023-06-01");
        }
        if (!caller.equals(GEMINI)) {
            return new FakeHead("/", Map.of(), headers, trial.map("query"));
        }
        String verb = trial.streams() ? "streamGenerateContent" : "generateContent";
        Map<String, String> query = trial.has("query") ? trial.map("query") : Map.of("alt", "sse");
        return new FakeHead("/v1beta/models/demo-1:" + verb, Map.of("model", "demo-1"), headers, query);
    }
}
