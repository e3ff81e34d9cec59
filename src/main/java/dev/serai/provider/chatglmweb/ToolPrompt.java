package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.Part;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tools in words, for a service that knows none of its callers': what they are, and how a call of them is written. */
final class ToolPrompt {

    private static final String RULES = """
            You can use tools. To call tools, answer with exactly one JSON object of this form and nothing else, \
            without a code fence:
            {"tool_calls":[{"name":"<tool name>","arguments":{<arguments as its parameters say>}}]}
            The calls are carried out for you, and their results come in the next message. Never make a result up. \
            Call a tool only when it is needed; otherwise answer in plain text.""";

    private ToolPrompt() {}

    /** The words, or null where there is nothing to call. */
    static @Nullable String of(ChatRequest request) {
        String tools = request.tools().stream()
                .map(ToolPrompt::line)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
        if (tools.isEmpty() || request.toolChoice() instanceof ToolChoice.None) {
            return null;
        }
        return RULES + "\nThe tools, one a line:\n" + tools + wish(request.toolChoice())
                + (Boolean.FALSE.equals(request.parallelToolCalls()) ? "\nCall one tool at a time." : "");
    }

    private static String line(ToolDef tool) {
        return switch (tool) {
            case ToolDef.FunctionTool it -> json(described(it.name(), it.description(), it.parameters()));
            case ToolDef.CustomTool it -> json(described(it.name(), it.description(), null));
            case ToolDef.HostedTool it -> "";
        };
    }

    private static ObjectNode described(String name, @Nullable String description, @Nullable JsonNode parameters) {
        ObjectNode tool = Json.object().put("name", name);
        if (description != null) {
            tool.put("description", description);
        }
        if (parameters != null) {
            tool.set("parameters", parameters);
        }
        return tool;
    }

    private static String wish(@Nullable ToolChoice choice) {
        return switch (choice) {
            case null -> "";
            case ToolChoice.Auto it -> "";
            case ToolChoice.None it -> "";
            case ToolChoice.Required it -> "\nYou must call at least one tool now.";
            case ToolChoice.Named it -> "\nYou must call the tool \"" + it.name() + "\" now.";
            case ToolChoice.Allowed it ->
                "\nOf these tools " + (it.required() ? "you must call one now: " : "you may call only: ")
                        + it.tools().stream().map(ToolChoice.Named::name).collect(Collectors.joining(", ")) + ".";
        };
    }

    /** Calls that the model has made, as it is asked to write them. */
    static String written(List<Part.ToolCall> calls) {
        ObjectNode root = Json.object();
        ArrayNode list = root.putArray("tool_calls");
        for (Part.ToolCall call : calls) {
            ObjectNode item = list.addObject().put("name", call.name());
            item.set("arguments", arguments(call.arguments()));
        }
        return json(root);
    }

    /** What a call of a tool came to. */
    static String result(Part.ToolResult result, String content) {
        String name = result.name() == null ? "" : " \"" + result.name() + "\"";
        return (result.isError() ? "The tool" + name + " failed:\n" : "Result of the tool" + name + ":\n") + content;
    }

    private static JsonNode arguments(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return text.isBlank() ? Json.object() : Json.tree(bytes, 0, bytes.length);
        } catch (IOException notJson) {
            return Json.object().put("input", text);
        }
    }

    private static String json(JsonNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }
}
