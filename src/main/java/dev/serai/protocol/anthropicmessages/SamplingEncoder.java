package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Sampling;
import dev.serai.protocol.Losses;
import org.jspecify.annotations.Nullable;

/** The sampling members for an upstream. Newer models, and thinking, take hardly any. */
final class SamplingEncoder {

    static final double NEWER_TOP_P = 0.99;
    private static final double THINKING_TOP_P = 0.95;

    private SamplingEncoder() {}

    static void write(Sampling sampling, ClaudeModel model, boolean thinks, ObjectNode body, Losses losses) {
        boolean free = model.takesSampling() && !thinks;
        temperature(sampling.temperature(), free, body, losses);
        topP(sampling.topP(), model, thinks, body, losses);
        if (sampling.topK() != null) {
            if (free) {
                body.put("top_k", sampling.topK());
            } else {
                losses.drop("topK");
            }
        }
        stop(sampling, body, losses);
        unknown(sampling, losses);
    }

    private static void temperature(@Nullable Double asked, boolean free, ObjectNode body, Losses losses) {
        if (asked == null || !free && asked == 1) {
            return;
        }
        if (!free) {
            losses.drop("temperature");
            return;
        }
        if (asked > 1) {
            losses.drop("temperature");
        }
        put(body, "temperature", Math.min(1, asked));
    }

    private static void topP(
            @Nullable Double asked, ClaudeModel model, boolean thinks, ObjectNode body, Losses losses) {
        if (asked == null) {
            return;
        }
        double least = !model.takesSampling() ? NEWER_TOP_P : thinks ? THINKING_TOP_P : 0;
        boolean twice = model.takesOneOfTemperatureAndTopP() && body.has("temperature");
        if (asked < least || twice) {
            losses.drop("topP");
        } else {
            put(body, "top_p", asked);
        }
    }

    /** A sequence of nothing but white space is an error on this wire. */
    private static void stop(Sampling sampling, ObjectNode body, Losses losses) {
        ArrayNode sequences = Json.array();
        sampling.stop().stream().filter(sequence -> !sequence.isBlank()).forEach(sequences::add);
        if (sequences.size() < sampling.stop().size()) {
            losses.drop("stop");
        }
        if (!sequences.isEmpty()) {
            body.set("stop_sequences", sequences);
        }
    }

    private static void unknown(Sampling sampling, Losses losses) {
        if (sampling.n() != null && sampling.n() > 1) {
            throw Losses.unsupported("n");
        }
        if (Boolean.TRUE.equals(sampling.logprobs())) {
            throw Losses.unsupported("logprobs");
        }
        if (sampling.seed() != null) {
            losses.drop("seed");
        }
        if (isSet(sampling.presencePenalty())) {
            losses.drop("presencePenalty");
        }
        if (isSet(sampling.frequencyPenalty())) {
            losses.drop("frequencyPenalty");
        }
        if (!sampling.logitBias().isEmpty()) {
            losses.drop("logitBias");
        }
    }

    private static boolean isSet(@Nullable Double penalty) {
        return penalty != null && penalty != 0;
    }

    private static void put(ObjectNode body, String name, double value) {
        if (value == Math.rint(value)) {
            body.put(name, (long) value);
        } else {
            body.put(name, value);
        }
    }
}
