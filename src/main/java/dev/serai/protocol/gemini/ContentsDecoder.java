package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code contents} as turns. Model contents in a row are one turn, and so are user contents that hold results. A result
 * finds its call by the id, else by the name in the order of the calls, else by the order alone; a call without an id gets
 * one from its place, the same whenever the history is sent again. Used once.
 */
final class ContentsDecoder {

    private final List<Message> turns = new ArrayList<>();
    /** The calls of the step under way that have no result yet, by id. */
    private final Map<String, String> openCalls = new LinkedHashMap<>();

    private final Set<String> ids = new HashSet<>();

    List<Message> decode(Fields request) {
        GeminiRequestDecoder.each(request, "contents", this::content);
        return turns;
    }

    private void content(Fields content) {
        String role = content.text("role");
        switch (role == null || role.isEmpty() ? "user" : role) {
            case "user", "function", "tool" -> user(content);
            case "model" -> model(content);
            default -> throw content.invalid("role", "user or model is expected");
        }
    }

    private void model(Fields content) {
        boolean goesOn = !turns.isEmpty() && turns.getLast().role() == Role.ASSISTANT;
        if (!goesOn) {
            openCalls.clear();
        }
        var parts = new ModelParts(goesOn ? turns.getLast().parts() : List.of());
        content.each("parts", part -> parts.add(part, this::callId));
        if (parts.isEmpty()) {
            return;
        }
        if (goesOn) {
            turns.removeLast();
        }
        turns.add(Message.of(Role.ASSISTANT, parts.list()));
        for (Part part : parts.list()) {
            if (part instanceof Part.ToolCall call) {
                openCalls.put(call.id(), call.name());
            }
        }
    }

    private String callId(@Nullable String given) {
        String id = given == null || given.isEmpty() ? "call_" + turns.size() + "_" + ids.size() : given;
        while (given == null && ids.contains(id)) {
            id += "x";
        }
        ids.add(id);
        return id;
    }

    private void user(Fields content) {
        Set<String> named = namedCalls(content);
        var results = new LinkedHashMap<String, Part>();
        var rest = new ArrayList<Part>();
        content.each("parts", part -> {
            Fields response = part.object("functionResponse");
            if (response == null) {
                rest.addAll(PartsDecoder.user(part));
            } else {
                var result = result(response, named);
                results.put(result.callId(), result);
            }
        });
        if (results.isEmpty() && rest.isEmpty()) {
            throw content.invalid("parts", "at least one part is required");
        }
        if (!results.isEmpty() && !turns.isEmpty() && turns.getLast().role() == Role.USER) {
            merge(turns.removeLast(), results, rest);
        } else {
            add(results, rest);
        }
    }

    /** Results stand before all else of their turn, those of an earlier content first. */
    private void merge(Message before, Map<String, Part> more, List<Part> rest) {
        var results = new LinkedHashMap<String, Part>();
        var others = new ArrayList<Part>();
        for (Part part : before.parts()) {
            if (part instanceof Part.ToolResult result) {
                results.put(result.callId(), result);
            } else {
                others.add(part);
            }
        }
        results.putAll(more);
        others.addAll(rest);
        add(results, others);
    }

    private void add(Map<String, Part> results, List<Part> rest) {
        var parts = new ArrayList<>(results.values());
        parts.addAll(rest);
        turns.add(Message.of(Role.USER, parts));
    }

    private static Set<String> namedCalls(Fields content) {
        var named = new HashSet<String>();
        for (JsonNode part : content.node().path("parts")) {
            named.add(part.path("functionResponse").path("id").asText(""));
        }
        return named;
    }

    private Part.ToolResult result(Fields response, Set<String> named) {
        String name = response.requiredText("name");
        String given = response.text("id");
        String id = given != null && ids.contains(given) ? given : openCall(name, named);
        if (id == null) {
            id = callId(given);
        }
        String called = openCalls.remove(id);
        return FunctionResponses.result(response, id, called == null ? name : called);
    }

    /** The call that a result without an id answers: not one that another result names. */
    private @Nullable String openCall(String name, Set<String> named) {
        String first = null;
        for (Map.Entry<String, String> call : openCalls.entrySet()) {
            if (named.contains(call.getKey())) {
                continue;
            }
            if (call.getValue().equals(name)) {
                return call.getKey();
            }
            first = first == null ? call.getKey() : first;
        }
        return first;
    }
}
