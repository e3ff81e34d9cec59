package dev.serai.provider.zhipu;

import dev.serai.call.Call;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Access;
import dev.serai.provider.ChatAccess;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import java.time.Clock;
import java.util.Map;

/** Zhipu BigModel and Z.AI: the OpenAI Chat wire in a dialect of its own, below {@code paas/v4} or {@code coding/paas/v4}. */
public final class ZhipuProvider implements Provider {

    /** English error messages. */
    private static final Map<String, String> HEADERS = Map.of("accept-language", "en-US,en");

    private final Access chat;

    public ZhipuProvider(Clock clock) {
        var failures = new ZhipuFailures();
        var surface = new OpenAiChatSurface(new ZhipuDialect(new InStreamErrors(failures, clock)));
        chat = new ChatAccess(surface, failures, HEADERS);
    }

    @Override
    public String kind() {
        return "zhipu";
    }

    /** {@code paas/v4}, in its dialect of Chat Completions. */
    public Access chat() {
        return chat;
    }

    @Override
    public Access access(Call call) {
        return chat;
    }
}
