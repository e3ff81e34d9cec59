package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The caller's own bytes for an upstream of the same protocol; the model stands in the path. Used once. */
final class GeminiPassthrough {

    private static final String SYSTEM = "systemInstruction";

    private final byte[] body;
    private final Target target;
    private final Members members;
    private final Splice splice;
    private final ObjectEdit top;

    private GeminiPassthrough(Envelope envelope, Target target) {
        this.body = envelope.body();
        this.target = target;
        this.members = Members.of(body, envelope.members());
        this.splice = new Splice(body);
        this.top = splice.object(envelope.members());
    }

    /** @return null when the request must be translated: its form is one that Gemini refuses */
    static @Nullable UpstreamBody patch(Envelope envelope, Target target) {
        var patch = new GeminiPassthrough(envelope, target);
        if (!patch.members.isArray("contents") || Seals.anyPacked(envelope.body())) {
            return null;
        }
        if (!patch.systemInstruction()) {
            return null;
        }
        if (envelope.members().value("model") != null) {
            patch.top.remove("model");
        }
        target.customParams().properties().forEach(patch::custom);
        return new UpstreamBody(patch.splice.apply(), List.of());
    }

    /** The name under which a member stands, in either spelling; its camel name where there is none. */
    private String spelled(String name) {
        String snake = ProtoJson.snake(name);
        return members.present(name) == null && members.present(snake) != null ? snake : name;
    }

    /** Puts an operator's text in front; makes a content of a bare string or part. @return false where edits are not enough */
    private boolean systemInstruction() {
        if (target.customParams().has(SYSTEM)) {
            return true;
        }
        String prompt = target.prompt();
        boolean prompted = prompt != null && !prompt.isBlank();
        String name = spelled(SYSTEM);
        Span instruction = members.present(name);
        if (prompted && members.present(spelled("cachedContent")) != null) {
            return false;
        }
        String first = prompted && prompt != null ? part(prompt) : "";
        if (instruction == null) {
            if (prompted) {
                set(name, "{\"parts\":[" + first + "]}");
            }
            return true;
        }
        String raw =
                new String(body, instruction.from(), instruction.to() - instruction.from(), StandardCharsets.UTF_8);
        String comma = prompted ? "," : "";
        if (raw.startsWith("\"")) {
            set(name, "{\"parts\":[" + first + comma + "{\"text\":" + raw + "}]}");
            return true;
        }
        Members content = Members.of(body, JsonObjectSpans.within(body, instruction));
        Span parts = content.present("parts");
        if (parts == null) {
            set(name, "{\"parts\":[" + first + comma + raw + "]}");
            return true;
        }
        if (body[parts.from()] != '[') {
            return false;
        }
        if (prompted) {
            boolean empty = JsonSpans.elements(body, parts).isEmpty();
            splice.insert(parts.from() + 1, (first + (empty ? "" : ",")).getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    private static String part(String text) {
        return new String(Json.bytes(Json.object().put("text", text)), StandardCharsets.UTF_8);
    }

    private void set(String name, String json) {
        top.set(name, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A custom object is set member by member, so that it does not wipe out what stands beside it. */
    private void custom(Map.Entry<String, JsonNode> param) {
        if (param.getKey().equals("stream")) {
            return;
        }
        String name = spelled(param.getKey());
        Span before = members.present(name);
        if (before == null || body[before.from()] != '{' || !(param.getValue() instanceof ObjectNode object)) {
            top.set(name, Json.bytes(param.getValue()));
            return;
        }
        JsonObjectSpans spans = JsonObjectSpans.within(body, before);
        ObjectEdit edit = splice.object(spans);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String snake = ProtoJson.snake(member.getKey());
            boolean spelledSnake = spans.value(member.getKey()) == null && spans.value(snake) != null;
            edit.set(spelledSnake ? snake : member.getKey(), Json.bytes(member.getValue()));
        }
    }
}
