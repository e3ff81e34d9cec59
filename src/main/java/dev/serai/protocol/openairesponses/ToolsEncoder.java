package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Losses;
import dev.serai.protocol.OpenAiFields;
import java.util.Locale;

/** Tools and the choice among them, for an upstream. */
final class ToolsEncoder {

    private ToolsEncoder() {}

    static void encode(ChatRequest request, ObjectNode body, Losses losses) {
        ArrayNode tools = Json.array();
        for (ToolDef tool : request.tools()) {
            switch (tool) {
                case ToolDef.FunctionTool it -> tools.add(function(it));
                case ToolDef.CustomTool it -> tools.add(custom(it));
                case ToolDef.HostedTool it -> hosted(it, tools, losses);
            }
        }
        if (tools.isEmpty()) {
            return;
        }
        body.set("tools", tools);
        ToolChoice choice = request.toolChoice();
        if (choice != null) {
            choice(choice, body);
        }
        if (request.parallelToolCalls() != null) {
            body.put("parallel_tool_calls", request.parallelToolCalls());
        }
    }

    /** {@code strict} is always said: left out, the API tries the strict mode. */
    private static ObjectNode function(ToolDef.FunctionTool tool) {
        ObjectNode node = Json.object().put("type", "function").put("name", tool.name());
        OpenAiFields.put(node, "description", tool.description());
        node.set("parameters", tool.parameters());
        return node.put("strict", Boolean.TRUE.equals(tool.strict()));
    }

    private static ObjectNode custom(ToolDef.CustomTool tool) {
        ObjectNode node = Json.object().put("type", "custom").put("name", tool.name());
        OpenAiFields.put(node, "description", tool.description());
        JsonNode format = tool.format();
        if (format != null) {
            node.set("format", format(format));
        }
        return node;
    }

    private static JsonNode format(JsonNode format) {
        JsonNode grammar = format.path("grammar");
        return grammar.isObject()
                ? Json.object()
                        .put("type", "grammar")
                        .put("syntax", grammar.path("syntax").asText())
                        .put("definition", grammar.path("definition").asText())
                : format;
    }

    private static void hosted(ToolDef.HostedTool tool, ArrayNode tools, Losses losses) {
        if (tool.protocol().equals(OpenAiResponsesProtocol.NAME)) {
            tools.add(tool.raw());
        } else if (tool.kind() == ToolDef.HostedKind.WEB_SEARCH) {
            tools.add(WebSearchTool.of(tool.raw()));
        } else {
            losses.drop("tools." + tool.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void choice(ToolChoice choice, ObjectNode body) {
        switch (choice) {
            case ToolChoice.Auto it -> body.put("tool_choice", "auto");
            case ToolChoice.None it -> body.put("tool_choice", "none");
            case ToolChoice.Required it -> body.put("tool_choice", "required");
            case ToolChoice.Named it -> body.set("tool_choice", named(it));
            case ToolChoice.Allowed it -> {
                ObjectNode allowed = body.putObject("tool_choice").put("type", "allowed_tools");
                allowed.put("mode", it.required() ? "required" : "auto");
                ArrayNode tools = allowed.putArray("tools");
                it.tools().forEach(tool -> tools.add(named(tool)));
            }
        }
    }

    private static ObjectNode named(ToolChoice.Named tool) {
        return Json.object()
                .put("type", tool.kind() == ToolKind.CUSTOM ? "custom" : "function")
                .put("name", tool.name());
    }
}
