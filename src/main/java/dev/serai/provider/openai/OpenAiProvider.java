package dev.serai.provider.openai;

import dev.serai.call.Call;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Access;
import dev.serai.provider.ChatAccess;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import java.time.Clock;
import java.util.Map;

/** OpenAI and whatever speaks its Chat Completions wire, at any base URL. */
public final class OpenAiProvider implements Provider {

    private final Access chat;

    public OpenAiProvider(Clock clock) {
        var failures = new OpenAiFailures();
        var surface = new OpenAiChatSurface(new OpenAiDialect(new InStreamErrors(failures, clock)));
        chat = new ChatAccess(surface, failures, Map.of());
    }

    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public Access access(Call call) {
        return chat;
    }
}
