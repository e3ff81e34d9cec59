package dev.serai.provider.zhipu;

import dev.serai.call.Call;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesProtocol;
import dev.serai.protocol.anthropicmessages.AnthropicMessagesSurface;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Access;
import dev.serai.provider.ChatAccess;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import java.time.Clock;
import java.util.Map;

/**
 * Zhipu BigModel and Z.AI: the OpenAI Chat wire in a dialect of its own, below {@code paas/v4} or {@code coding/paas/v4}, and
 * beside it the Anthropic wire, for callers who speak that.
 */
public final class ZhipuProvider implements Provider {

    /** English error messages. */
    private static final Map<String, String> HEADERS = Map.of("accept-language", "en-US,en");

    private final Access chat;
    private final Access anthropic;

    public ZhipuProvider(Clock clock) {
        var failures = new ZhipuFailures();
        var errors = new InStreamErrors(failures, clock);
        chat = new ChatAccess(new OpenAiChatSurface(new ZhipuDialect(errors)), failures, HEADERS);
        anthropic = new ZhipuAnthropicAccess(
                new AnthropicMessagesSurface(new ZhipuAnthropicDialect(errors)), failures, HEADERS);
    }

    @Override
    public String kind() {
        return "zhipu";
    }

    /** {@code paas/v4}, in its dialect of Chat Completions. */
    public Access chat() {
        return chat;
    }

    /** {@code api/anthropic}. */
    public Access anthropic() {
        return anthropic;
    }

    @Override
    public Access access(Call call) {
        return access(
                call.running().candidate().provider().baseUrl(), call.envelope().protocol());
    }

    /** The Anthropic surface where the base URL says so, or where the host has one and the caller speaks it. */
    Access access(String baseUrl, String protocol) {
        boolean spoken = protocol.equals(AnthropicMessagesProtocol.NAME) && ZhipuAnthropicAccess.isBeside(baseUrl);
        return spoken || ZhipuAnthropicAccess.isMeant(baseUrl) ? anthropic : chat;
    }
}
