package dev.serai.translation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One call through the gateway as a table writes it.
 *
 * <p>Who: {@code caller} and {@code upstream} by the names of {@link Wires}, {@code model} as the upstream calls it,
 * {@code lane: passthrough} for bytes that pass, {@code limit} for the model's most output tokens, {@code losses: refused}.
 *
 * <p>There: {@code request} or, as raw text, {@code body}, with {@code headers} and {@code query}; then {@code sent}, the
 * body that the upstream gets, with {@code dropped}, the names of all that is lost, or {@code refused} with a failure's
 * {@code kind}, {@code class} and {@code param}.
 *
 * <p>Back: a whole {@code answer} or the {@code stream} of an upstream, as list of data or as raw text; then {@code told},
 * the whole answer that the caller has in the end, {@code events}, all that a streaming caller sees, {@code including},
 * some of them in their order, or {@code fails} with the failure. Or a {@code failure}, or an upstream's {@code reply}
 * that is one, and the {@code error} that the caller reads.
 */
record Trial(ObjectNode node) {

    static final String[] NOT_OF_A_TRIAL = {"id", "promise", "decided", "elsewhere", "outOfScope", "try"};

    private static final List<String> CLAIMS =
            List.of("sent", "dropped", "refused", "told", "events", "including", "fails", "error");

    Trial {
        if (CLAIMS.stream().noneMatch(node::has)) {
            throw new IllegalArgumentException("a trial that claims nothing: " + node);
        }
    }

    String name() {
        return text("when", "holds");
    }

    boolean has(String name) {
        return node.has(name);
    }

    JsonNode get(String name) {
        return node.path(name);
    }

    String text(String name, String otherwise) {
        return node.path(name).asText(otherwise);
    }

    boolean passes() {
        return text("lane", "translated").equals("passthrough");
    }

    boolean streams() {
        return has("stream");
    }

    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        node.path(name).forEach(it -> texts.add(it.asText()));
        return texts;
    }

    Map<String, String> map(String name) {
        var map = new TreeMap<String, String>();
        node.path(name)
                .properties()
                .forEach(it -> map.put(it.getKey(), it.getValue().asText()));
        return map;
    }

    /** The request's bytes; a member that is {@code (absent)} is left out. */
    byte[] body() {
        if (has("body")) {
            return text("body", "").getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode body = Json.object();
        node.path("request").properties().forEach(member -> {
            if (!member.getValue().asText().equals("(absent)")) {
                body.set(member.getKey(), member.getValue());
            }
        });
        return Json.bytes(Wires.asked(text("caller", ""), body, streams()));
    }

    /** The upstream's answer: JSON, or any text. */
    static byte[] bytes(JsonNode value) {
        return value.isTextual() ? value.textValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(value);
    }
}
