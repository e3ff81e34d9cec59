package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Logprob;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer as a response object. Texts that stand together share a message. The seal of a text or a call has no
 * place in its item: it goes into a reasoning item behind it.
 */
final class OpenAiResponsesResponseEncoder {

    private final String id;
    private final Namespaces namespaces;
    private final ArrayNode output = Json.array();
    private final List<ProviderSignature> seals = new ArrayList<>();
    private List<Logprob> logprobs;
    private @Nullable ObjectNode message;

    private OpenAiResponsesResponseEncoder(String id, Namespaces namespaces, List<Logprob> logprobs) {
        this.id = id;
        this.namespaces = namespaces;
        this.logprobs = logprobs;
    }

    static byte[] encode(ChatResponse response, Reply reply, Clock clock) {
        long now = clock.instant().getEpochSecond();
        String id = response.id().isEmpty() ? reply.requestId() : response.id();
        var items = new OpenAiResponsesResponseEncoder(
                id, Namespaces.of(reply.echo().get("tools")), response.logprobs());
        String last = Endings.status(response.finish().reason());
        List<Part> parts = response.parts();
        for (int i = 0; i < parts.size(); i++) {
            items.part(parts.get(i), i == parts.size() - 1 ? last : OutputItems.COMPLETED);
        }
        items.closeItem();
        ObjectNode node = ResponseObject.begun(id, response.created() == 0 ? now : response.created(), reply);
        if (response.serviceTier() != null) {
            node.put("service_tier", response.serviceTier());
        }
        ResponseObject.finish(node, response.finish(), items.output, response.usage(), now);
        return Json.bytes(node);
    }

    private void part(Part part, String status) {
        switch (part) {
            case Part.Text it -> text(it, status);
            case Part.RefusalText it -> content(status).add(OutputItems.refusal(it.text()));
            case Part.Reasoning it -> add(ReasoningItems.item(next("rs"), it.text(), it.signature(), status));
            case Part.ToolCall it -> call(it, status);
            case Part.Image it -> image(it, status);
            case Part.Opaque it -> add(OutputItems.opaque(next("item"), it));
            case Part.Document it -> {}
            case Part.Audio it -> {}
            case Part.Video it -> {}
            case Part.ToolResult it -> {}
        }
    }

    private void text(Part.Text text, String status) {
        if (!text.text().isEmpty()) {
            content(status).add(OutputItems.text(text.text(), Annotations.of(text.citations()), takeLogprobs()));
        }
        seal(text.signature());
    }

    /** Arguments that the model left out are an empty object, unless it was cut off. */
    private void call(Part.ToolCall call, String status) {
        boolean silent =
                call.kind() == ToolKind.FUNCTION && call.arguments().isEmpty() && status.equals(OutputItems.COMPLETED);
        var told = silent ? new Part.ToolCall(call.id(), call.name(), call.kind(), "{}", null) : call;
        add(OutputItems.call(next(OutputItems.callPrefix(call.kind())), told, namespaces.find(call.name()), status));
        seal(call.signature());
        closeItem();
    }

    private void image(Part.Image image, String status) {
        String text = OutputItems.imageText(image);
        if (text.isEmpty()) {
            add(OutputItems.image(next("ig"), image, status));
        } else {
            content(status).add(OutputItems.text(text));
        }
    }

    private ArrayNode content(String status) {
        ObjectNode open = message;
        if (open == null) {
            open = OutputItems.message(next("msg"), status, Json.array());
            output.add(open);
            message = open;
        }
        return (ArrayNode) open.put("status", status).path("content");
    }

    private void seal(@Nullable ProviderSignature signature) {
        if (signature != null) {
            seals.add(signature);
        }
    }

    /** The answer's one list of log probabilities belongs to its first text. */
    private ArrayNode takeLogprobs() {
        ArrayNode array = LogprobFields.write(logprobs);
        logprobs = List.of();
        return array;
    }

    private void add(@Nullable ObjectNode item) {
        if (item != null) {
            output.add(item);
        }
    }

    /** The id of the next item, which closes the one before. */
    private String next(String prefix) {
        closeItem();
        return OutputItems.id(prefix, id, output.size());
    }

    private void closeItem() {
        message = null;
        for (ProviderSignature seal : seals) {
            String sealId = OutputItems.id("rs", id, output.size());
            output.add(ReasoningItems.item(sealId, "", seal, OutputItems.COMPLETED));
        }
        seals.clear();
    }
}
