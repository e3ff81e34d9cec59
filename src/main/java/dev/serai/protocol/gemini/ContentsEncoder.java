package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ProviderSignature;
import dev.serai.protocol.Losses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns as {@code contents} that alternate: every step of calls is followed by as many results in the same order, and the
 * first call of a step carries a seal where the model wants one. Used once.
 */
final class ContentsEncoder {

    private static final String USER = "user";
    private static final String MODEL = "model";

    private final ChatRequest request;
    private final GeminiModel model;
    private final Losses losses;
    private final MediaEncoder media;
    /** For what stands inside of a result. */
    private final MediaEncoder inside;

    private final boolean family;
    private final ArrayNode contents = Json.array();
    private final Map<String, Part.ToolCall> openCalls = new LinkedHashMap<>();

    ContentsEncoder(ChatRequest request, GeminiModel model, Losses losses) {
        this.request = request;
        this.model = model;
        this.losses = losses;
        this.media = new MediaEncoder(losses, model.takesResolutions());
        this.inside = new MediaEncoder(losses, false);
        this.family = request.extensions().source().equals(GeminiProtocol.NAME);
    }

    ArrayNode encode() {
        for (Message message : request.messages()) {
            switch (message.role()) {
                case USER -> user(message);
                case ASSISTANT -> assistant(message);
                case SYSTEM -> reminder(message);
            }
        }
        closeCalls();
        dropPrefill();
        if (contents.isEmpty()) {
            turn(USER).addObject().put("text", "Continue.");
        }
        return contents;
    }

    /** The parts of the turn under way, or of a new one. */
    private ArrayNode turn(String role) {
        int last = contents.size() - 1;
        if (last >= 0
                && contents.get(last).path("role").asText().equals(role)
                && contents.get(last).get("parts") instanceof ArrayNode parts) {
            return parts;
        }
        return contents.addObject().put("role", role).putArray("parts");
    }

    /** Gemini goes on from a user's turn only. */
    private void dropPrefill() {
        int last = contents.size() - 1;
        if (last >= 0 && contents.get(last).path("role").asText().equals(MODEL)) {
            contents.remove(last);
            losses.drop("messages.prefill");
        }
    }

    private void reminder(Message message) {
        for (Part part : message.parts()) {
            if (part instanceof Part.Text text) {
                closeCalls();
                turn(USER).addObject().put("text", "<system-reminder>\n" + text.text() + "\n</system-reminder>");
            }
        }
    }

    private void user(Message message) {
        var results = new LinkedHashMap<String, Part.ToolResult>();
        var rest = new ArrayList<Part>();
        for (Part part : message.parts()) {
            if (part instanceof Part.ToolResult result) {
                results.put(result.callId(), result);
            } else {
                rest.add(part);
            }
        }
        var beside = new ArrayList<Part>();
        for (Part.ToolCall call : List.copyOf(openCalls.values())) {
            Part.ToolResult result = results.remove(call.id());
            if (result == null) {
                noResult(call);
            } else {
                openCalls.remove(call.id());
                result(call.name(), result, beside);
            }
        }
        results.values().forEach(this::orphan);
        beside.addAll(rest);
        boolean alone = beside.size() == 1;
        for (Part part : beside) {
            if (alone || !(part instanceof Part.Text text) || !text.text().isEmpty()) {
                turn(USER).add(media.part(part));
            }
        }
    }

    private void result(String name, Part.ToolResult result, List<Part> beside) {
        ObjectNode response = turn(USER).addObject().putObject("functionResponse");
        response.put("id", result.callId()).put("name", name);
        var text = new StringBuilder();
        ArrayNode held = Json.array();
        for (Part part : result.content()) {
            if (part instanceof Part.Text it) {
                text.append(text.isEmpty() ? "" : "\n").append(it.text());
            } else if (model.third()) {
                held.add(inside.part(part));
            } else {
                beside.add(part);
            }
        }
        response.putObject("response").put(result.isError() ? "error" : "output", text.toString());
        if (!held.isEmpty()) {
            response.set("parts", held);
        }
    }

    /** A result that no call asked for can only be told. */
    private void orphan(Part.ToolResult result) {
        var text = new StringBuilder("Result of " + (result.name() == null ? "a tool" : result.name()) + ":");
        for (Part part : result.content()) {
            if (part instanceof Part.Text it) {
                text.append('\n').append(it.text());
            }
        }
        turn(USER).addObject().put("text", text.toString());
    }

    private void closeCalls() {
        List.copyOf(openCalls.values()).forEach(this::noResult);
    }

    private void noResult(Part.ToolCall call) {
        openCalls.remove(call.id());
        ObjectNode response = turn(USER).addObject().putObject("functionResponse");
        response.put("id", call.id()).put("name", call.name());
        response.putObject("response").put("output", "(no result)");
    }

    private void assistant(Message message) {
        closeCalls();
        ArrayNode parts = Json.array();
        boolean foreign = message.parts().stream().anyMatch(ContentsEncoder::foreignSeal);
        boolean first = true;
        for (Part part : message.parts()) {
            ObjectNode node = part(part, first && (foreign || model.needsSeals()));
            if (node != null) {
                parts.add(node);
            }
            if (part instanceof Part.ToolCall call) {
                first = false;
                openCalls.put(call.id(), call);
            }
        }
        if (!parts.isEmpty()) {
            turn(MODEL).addAll(parts);
        }
    }

    private static boolean foreignSeal(Part part) {
        ProviderSignature seal = switch (part) {
            case Part.Reasoning it -> it.signature();
            case Part.ToolCall it -> it.signature();
            case Part.Text it -> it.signature();
            case Part.Image it -> null;
            case Part.Document it -> null;
            case Part.Audio it -> null;
            case Part.Video it -> null;
            case Part.ToolResult it -> null;
            case Part.RefusalText it -> null;
            case Part.Opaque it -> null;
        };
        return seal != null && !Seals.isOwn(seal);
    }

    private @Nullable ObjectNode part(Part part, boolean wantsSeal) {
        return switch (part) {
            case Part.Text it -> text(it);
            case Part.RefusalText it -> AnswerParts.text(it.text(), null);
            case Part.Reasoning it -> reasoning(it);
            case Part.ToolCall it -> call(it, wantsSeal);
            case Part.Image it -> media.part(it);
            case Part.Document it -> media.part(it);
            case Part.Audio it -> media.part(it);
            case Part.Video it -> media.part(it);
            case Part.ToolResult it -> null;
            case Part.Opaque it -> opaque(it);
        };
    }

    private @Nullable ObjectNode text(Part.Text text) {
        ProviderSignature seal = Seals.isOwn(text.signature()) ? text.signature() : null;
        return text.text().isEmpty() && seal == null ? null : AnswerParts.text(text.text(), seal);
    }

    /** Only what Gemini thought itself may go back to it. */
    private @Nullable ObjectNode reasoning(Part.Reasoning reasoning) {
        ProviderSignature seal = reasoning.signature();
        if (Seals.isOwn(seal) || seal == null && family) {
            return AnswerParts.thought(reasoning.text(), seal);
        }
        losses.drop("messages.reasoning");
        return null;
    }

    private ObjectNode call(Part.ToolCall call, boolean wantsSeal) {
        if (!AnswerParts.isObject(call.arguments())) {
            losses.drop("messages.toolCall.arguments");
        }
        ObjectNode node = AnswerParts.call(call.id(), call.name(), call.arguments());
        ProviderSignature seal = call.signature();
        if (seal != null && Seals.isOwn(seal)) {
            node.put("thoughtSignature", seal.value());
        } else if (wantsSeal || seal != null) {
            node.put("thoughtSignature", Seals.SKIP);
        }
        return node;
    }

    private @Nullable ObjectNode opaque(Part.Opaque item) {
        if (item.protocol().equals(GeminiProtocol.NAME) && item.raw() instanceof ObjectNode raw) {
            return raw;
        }
        losses.drop("messages.opaque");
        return null;
    }
}
