package dev.serai.provider.openai;

import dev.serai.call.Call;
import dev.serai.message.ChatRequest;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.protocol.openairesponses.OpenAiResponsesProtocol;
import dev.serai.protocol.openairesponses.OpenAiResponsesSurface;
import dev.serai.provider.Access;
import dev.serai.provider.ChatAccess;
import dev.serai.provider.InStreamErrors;
import dev.serai.provider.Provider;
import dev.serai.routing.config.ProviderEntry;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * OpenAI and whatever speaks its wires, at any base URL. Chat Completions, which every such server has, unless the caller
 * speaks Responses, or the server is OpenAI's own and the call needs what only Responses can carry
 * ({@link ResponsesNeeds}). {@code provider: openaiChat} never uses Responses.
 */
public final class OpenAiProvider implements Provider {

    private static final String KIND = "openai";

    private final Access chat;
    private final Access compatible;
    private final Access responses;

    public OpenAiProvider(Clock clock) {
        var failures = new OpenAiFailures();
        var errors = new InStreamErrors(failures, clock);
        chat = new ChatAccess(new OpenAiChatSurface(new OpenAiDialect(errors, true)), failures, Map.of());
        compatible = new ChatAccess(new OpenAiChatSurface(new OpenAiDialect(errors, false)), failures, Map.of());
        responses =
                new ResponsesAccess(new OpenAiResponsesSurface((error, otherwise) -> errors.classify(error)), failures);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Access access(Call call) {
        var entry = call.running().candidate().provider();
        if (usesResponses(entry, call.envelope().protocol(), call::request)) {
            return responses;
        }
        return OpenAiHosts.isOwn(entry.baseUrl()) ? chat : compatible;
    }

    /** @param request asked for only where the protocol does not decide */
    static boolean usesResponses(ProviderEntry entry, String spoken, Supplier<ChatRequest> request) {
        if (entry.chatOnly() || !entry.kind().equals(KIND)) {
            return false;
        }
        return switch (spoken) {
            case OpenAiResponsesProtocol.NAME -> true;
            case OpenAiChatProtocol.NAME -> false;
            default -> OpenAiHosts.isOwn(entry.baseUrl()) && ResponsesNeeds.any(request.get());
        };
    }
}
