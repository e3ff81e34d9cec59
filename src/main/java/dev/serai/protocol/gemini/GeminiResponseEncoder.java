package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Citation;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.Usage;
import dev.serai.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer as {@code GenerateContentResponse}. Used once. */
final class GeminiResponseEncoder {

    private final boolean hidesThoughts;
    private final ArrayNode parts = Json.array();
    private final List<Citation> citations = new ArrayList<>();
    private @Nullable ProviderSignature held;

    private GeminiResponseEncoder(Reply reply) {
        this.hidesThoughts = GeminiTraits.hidesThoughts(reply.traits());
    }

    static byte[] encode(ChatResponse response, Reply reply) {
        var encoder = new GeminiResponseEncoder(reply);
        response.parts().forEach(encoder::part);
        ObjectNode body = Json.object();
        ObjectNode candidate = body.putArray("candidates").addObject();
        candidate.putObject("content").put("role", "model").set("parts", encoder.finishedParts());
        candidate.put("finishReason", FinishReasons.encode(response.finish().reason()));
        candidate.put("index", 0);
        ObjectNode grounding = Groundings.write(encoder.citations);
        if (grounding != null) {
            candidate.set("groundingMetadata", grounding);
        }
        if (!response.logprobs().isEmpty()) {
            candidate.set("logprobsResult", LogprobFields.write(response.logprobs()));
        }
        Usage usage = response.usage();
        if (usage != null) {
            body.set("usageMetadata", UsageFields.write(usage));
        }
        body.put("modelVersion", reply.model());
        body.put("responseId", id(response.id(), reply));
        return Json.bytes(body);
    }

    static String id(String id, Reply reply) {
        return GeminiStreamDecoder.ID_PREFIX + (id.isEmpty() ? reply.requestId() : id);
    }

    /** A seal that no part has taken gets an empty one; an answer has one part at least. */
    private ArrayNode finishedParts() {
        if (held != null || parts.isEmpty()) {
            parts.add(AnswerParts.text("", taken()));
        }
        return parts;
    }

    private void part(Part part) {
        switch (part) {
            case Part.Reasoning it -> reasoning(it);
            case Part.Text it -> {
                citations.addAll(it.citations());
                ProviderSignature seal = it.signature();
                parts.add(AnswerParts.text(it.text(), seal != null ? seal : taken()));
            }
            case Part.ToolCall it -> {
                ProviderSignature seal = it.signature();
                ObjectNode node = AnswerParts.call(it.id(), it.name(), it.arguments());
                parts.add(AnswerParts.sealed(node, seal != null ? seal : taken()));
            }
            case Part.RefusalText it -> parts.add(AnswerParts.text(it.text(), taken()));
            case Part.Image it -> whole(it);
            case Part.Document it -> whole(it);
            case Part.Audio it -> whole(it);
            case Part.Video it -> whole(it);
            case Part.Opaque it -> whole(it);
            case Part.ToolResult it -> {}
        }
    }

    private void reasoning(Part.Reasoning reasoning) {
        ProviderSignature seal = reasoning.signature();
        boolean own = Seals.isOwn(seal);
        if (!hidesThoughts && (!reasoning.text().isEmpty() || own)) {
            parts.add(AnswerParts.thought(reasoning.text(), own ? seal : null));
        }
        if (seal == null || own || hidesThoughts && Seals.needsText(seal)) {
            return;
        }
        if (held != null) {
            parts.add(AnswerParts.thought("", taken()));
        }
        held = seal;
    }

    private void whole(Part part) {
        ObjectNode node = AnswerParts.whole(part);
        if (node != null) {
            parts.add(node);
        }
    }

    private @Nullable ProviderSignature taken() {
        ProviderSignature seal = held;
        held = null;
        return seal;
    }
}
