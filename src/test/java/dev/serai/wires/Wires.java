package dev.serai.wires;

import dev.serai.message.FailureClass;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesSurface;
import dev.serai.protocol.gemini.GeminiProtocol;
import dev.serai.protocol.gemini.GeminiSurface;
import dev.serai.protocol.gemini.UpstreamErrors;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openairesponses.OpenAiResponsesProtocol;
import dev.serai.protocol.openairesponses.OpenAiResponsesSurface;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Every wire that the gateway speaks on both sides. */
public final class Wires {

    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_764_000_000L), ZoneOffset.UTC);

    private static final List<Wire> ALL = List.of(
            new Wire(
                    new OpenAiChatProtocol(CLOCK),
                    new OpenAiChatSurface(),
                    "gpt-5.2",
                    "/v1/chat/completions",
                    "/v1/chat/completions",
                    """
                    {"model":"m","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"high",\
                    "stream_options":{"include_usage":true}}"""),
            new Wire(
                    new OpenAiResponsesProtocol(CLOCK),
                    new OpenAiResponsesSurface(),
                    "gpt-5.2",
                    "/v1/responses",
                    "/v1/responses",
                    """
                    {"model":"m","input":"hi","reasoning":{"effort":"high","summary":"auto"}}"""),
            new Wire(
                    new AnthropicMessagesProtocol(),
                    new AnthropicMessagesSurface(),
                    "claude-opus-4-5",
                    "/v1/messages",
                    "/v1/messages",
                    """
                    {"model":"m","max_tokens":9000,"messages":[{"role":"user","content":"hi"}],\
                    "thinking":{"type":"adaptive","display":"summarized"}}"""),
            new Wire(
                    new GeminiProtocol(),
                    new GeminiSurface(data -> UpstreamErrors.broken(FailureClass.STREAM_BROKEN), true),
                    "gemini-3-pro-preview",
                    "/v1beta/models/{model}:generateContent",
                    "/v1beta/models/{model}:streamGenerateContent",
                    """
                    {"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}"""));

    private Wires() {}

    public static List<Wire> all() {
        return ALL;
    }

    public static Wire named(String name) {
        return ALL.stream().filter(wire -> wire.name().equals(name)).findFirst().orElseThrow();
    }
}
