package dev.serai.provider.openai;

import dev.serai.protocol.Surface;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Failures;
import dev.serai.provider.Provider;

/** OpenAI and whatever speaks its Chat Completions wire, at any base URL. */
public final class OpenAiProvider implements Provider {

    private final Surface chat = new OpenAiChatSurface();
    private final Failures failures = new OpenAiFailures();

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
