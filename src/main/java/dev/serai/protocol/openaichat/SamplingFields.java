package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.message.Refusal;
import dev.serai.message.Sampling;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sampling members, both ways. */
final class SamplingFields {

    private static final int MAX_STOPS = 4;

    private SamplingFields() {}

    static Sampling read(Fields fields) {
        List<String> stop = fields.texts("stop");
        if (stop.size() > MAX_STOPS) {
            throw fields.invalid("stop", "at most 4 sequences are allowed");
        }
        Integer topLogprobs = fields.small("top_logprobs", 0, 20);
        Boolean logprobs = fields.flag("logprobs");
        if (topLogprobs != null && topLogprobs > 0 && !Boolean.TRUE.equals(logprobs)) {
            throw fields.invalid("top_logprobs", "needs logprobs to be true");
        }
        return new Sampling(
                fields.number("temperature", 0, 2),
                fields.number("top_p", 0, 1),
                fields.small("top_k", Integer.MIN_VALUE, Integer.MAX_VALUE),
                fields.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.number("presence_penalty", -2, 2),
                fields.number("frequency_penalty", -2, 2),
                stop,
                fields.small("n", 1, 128),
                logprobs,
                topLogprobs,
                logitBias(fields));
    }

    /** @param knowsTopK the target is a server that takes {@code top_k} */
    static void write(Sampling sampling, boolean knowsTopK, ObjectNode body, Losses losses) {
        OpenAiFields.put(body, "temperature", sampling.temperature());
        OpenAiFields.put(body, "top_p", sampling.topP());
        if (sampling.topK() != null) {
            if (knowsTopK) {
                body.put("top_k", sampling.topK());
            } else {
                losses.drop("topK");
            }
        }
        if (sampling.seed() != null) {
            body.put("seed", sampling.seed());
        }
        OpenAiFields.put(body, "presence_penalty", sampling.presencePenalty());
        OpenAiFields.put(body, "frequency_penalty", sampling.frequencyPenalty());
        stop(sampling.stop(), body, losses);
        if (sampling.n() != null && sampling.n() > 1) {
            throw Losses.unsupported("n");
        }
        logprobs(sampling, body);
    }

    private static void stop(List<String> stop, ObjectNode body, Losses losses) {
        if (stop.isEmpty()) {
            return;
        }
        if (stop.size() > MAX_STOPS) {
            losses.drop("stop");
        }
        var array = body.putArray("stop");
        stop.stream().limit(MAX_STOPS).forEach(array::add);
    }

    private static void logprobs(Sampling sampling, ObjectNode body) {
        if (sampling.logprobs() != null) {
            body.put("logprobs", sampling.logprobs());
        }
        if (sampling.topLogprobs() != null) {
            body.put("top_logprobs", sampling.topLogprobs());
        }
        if (!sampling.logitBias().isEmpty()) {
            ObjectNode bias = body.putObject("logit_bias");
            sampling.logitBias().forEach((token, value) -> OpenAiFields.put(bias, token, value));
        }
    }

    private static Map<String, Double> logitBias(Fields fields) {
        Fields bias = fields.object("logit_bias");
        if (bias == null) {
            return Map.of();
        }
        var map = new LinkedHashMap<String, Double>();
        for (Map.Entry<String, JsonNode> entry : bias.node().properties()) {
            Double value = bias.number(entry.getKey(), -100, 100);
            if (value == null) {
                throw Refusal.invalid("logit_bias", "logit_bias: numbers are expected");
            }
            map.put(entry.getKey(), value);
        }
        return map;
    }
}
