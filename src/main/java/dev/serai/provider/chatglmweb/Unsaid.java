package dev.serai.provider.chatglmweb;

import dev.serai.message.ChatRequest;
import dev.serai.message.Sampling;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import java.util.Locale;

/** What a request asks for and the service has no words for. */
final class Unsaid {

    private Unsaid() {}

    static void note(ChatRequest request, Losses losses) {
        sampling(request.sampling(), losses);
        drop(request.maxOutputTokens() != null, "maxOutputTokens", losses);
        drop(request.verbosity() != null, "verbosity", losses);
        drop(request.endUserId() != null, "endUserId", losses);
        drop(!request.safety().isEmpty(), "safety", losses);
        for (ToolDef tool : request.tools()) {
            if (tool instanceof ToolDef.HostedTool hosted && hosted.kind() != ToolDef.HostedKind.WEB_SEARCH) {
                losses.drop("tools." + hosted.kind().name().toLowerCase(Locale.ROOT));
            }
        }
        var foreign = request.extensions().unmapped().deepCopy();
        foreign.remove(ConversationChoice.MEMBER);
        losses.foreign(foreign);
    }

    private static void sampling(Sampling sampling, Losses losses) {
        drop(sampling.temperature() != null, "temperature", losses);
        drop(sampling.topP() != null, "topP", losses);
        drop(sampling.topK() != null, "topK", losses);
        drop(sampling.seed() != null, "seed", losses);
        drop(sampling.presencePenalty() != null, "presencePenalty", losses);
        drop(sampling.frequencyPenalty() != null, "frequencyPenalty", losses);
        drop(!sampling.stop().isEmpty(), "stop", losses);
        drop(Boolean.TRUE.equals(sampling.logprobs()), "logprobs", losses);
        drop(!sampling.logitBias().isEmpty(), "logitBias", losses);
        Integer n = sampling.n();
        if (n != null && n > 1) {
            throw Losses.unsupported("n");
        }
    }

    private static void drop(boolean asked, String field, Losses losses) {
        if (asked) {
            losses.drop(field);
        }
    }
}
