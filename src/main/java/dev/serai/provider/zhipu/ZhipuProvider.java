package dev.serai.provider.zhipu;

import dev.serai.protocol.Surface;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Failures;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import java.time.Clock;
import java.util.Map;

/** Zhipu BigModel and Z.AI: the OpenAI Chat wire in a dialect of its own, below {@code paas/v4} or {@code coding/paas/v4}. */
public final class ZhipuProvider implements Provider {

    private final Failures failures = new ZhipuFailures();
    private final Surface chat;

    public ZhipuProvider(Clock clock) {
        chat = new OpenAiChatSurface(new ZhipuDialect(new InStreamErrors(failures, clock)));
    }

    @Override
    public String kind() {
        return "zhipu";
    }

    @Override
    public Surface surface(String protocol) {
        return chat;
    }

    @Override
    public String path() {
        return "/chat/completions";
    }

    /** English error messages. */
    @Override
    public Map<String, String> headers() {
        return Map.of("accept-language", "en-US,en");
    }

    @Override
    public Failures failures() {
        return failures;
    }
}
