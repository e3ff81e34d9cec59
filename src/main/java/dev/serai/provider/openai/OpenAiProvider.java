package dev.serai.provider.openai;

import dev.serai.protocol.Surface;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Failures;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import java.time.Clock;

/** OpenAI and whatever speaks its Chat Completions wire, at any base URL. */
public final class OpenAiProvider implements Provider {

    private final Failures failures = new OpenAiFailures();
    private final Surface chat;

    public OpenAiProvider(Clock clock) {
        chat = new OpenAiChatSurface(new OpenAiDialect(new InStreamErrors(failures, clock)));
    }

    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public Surface surface(String protocol) {
        return chat;
    }

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public Failures failures() {
        return failures;
    }
}
