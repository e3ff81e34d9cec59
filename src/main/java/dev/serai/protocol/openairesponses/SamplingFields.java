package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.Sampling;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;

/** The sampling members that this protocol has; it has few. */
final class SamplingFields {

    private SamplingFields() {}

    static void write(Sampling sampling, ObjectNode body, Losses losses) {
        OpenAiFields.put(body, "temperature", sampling.temperature());
        OpenAiFields.put(body, "top_p", sampling.topP());
        if (sampling.topLogprobs() != null) {
            body.put("top_logprobs", sampling.topLogprobs());
        }
        if (sampling.n() != null && sampling.n() > 1) {
            throw Losses.unsupported("n");
        }
        drop(sampling, losses);
    }

    private static void drop(Sampling sampling, Losses losses) {
        if (sampling.topK() != null) {
            losses.drop("topK");
        }
        if (sampling.seed() != null) {
            losses.drop("seed");
        }
        if (!sampling.stop().isEmpty()) {
            losses.drop("stop");
        }
        if (sampling.presencePenalty() != null) {
            losses.drop("presencePenalty");
        }
        if (sampling.frequencyPenalty() != null) {
            losses.drop("frequencyPenalty");
        }
        if (!sampling.logitBias().isEmpty()) {
            losses.drop("logitBias");
        }
    }
}
