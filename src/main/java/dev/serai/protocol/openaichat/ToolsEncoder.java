package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Losses;
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
                case ToolDef.HostedTool it -> hosted(it, tools, body, losses);
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

    private static ObjectNode function(ToolDef.FunctionTool tool) {
        ObjectNode node = Json.object().put("type", "function");
        ObjectNode function = node.putObject("function").put("name", tool.name());
        if (tool.description() != null) {
            function.put("description", tool.description());
        }
        if (tool.parameters() != null) {
            function.set("parameters", tool.parameters());
        }
        if (tool.strict() != null) {
            function.put("strict", tool.strict());
        }
        return node;
    }

    private static ObjectNode custom(ToolDef.CustomTool tool) {
        ObjectNode node = Json.object().put("type", "custom");
        ObjectNode custom = node.putObject("custom").put("name", tool.name());
        if (tool.description() != null) {
            custom.put("description", tool.description());
        }
        if (tool.format() != null) {
            custom.set("format", tool.format());
        }
        return node;
    }

    private static void hosted(ToolDef.HostedTool tool, ArrayNode tools, ObjectNode body, Losses losses) {
        boolean own = tool.protocol().equals(OpenAiChatProtocol.NAME);
        if (own && tool.raw().has("type")) {
            tools.add(tool.raw());
        } else if (own) {
            body.set("web_search_options", tool.raw());
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
                ObjectNode allowed = body.putObject("tool_choice")
                        .put("type", "allowed_tools")
                        .putObject("allowed_tools");
                allowed.put("mode", it.required() ? "required" : "auto");
                ArrayNode tools = allowed.putArray("tools");
                it.tools().forEach(tool -> tools.add(named(tool)));
            }
        }
    }

    private static ObjectNode named(ToolChoice.Named tool) {
        String type = tool.kind() == ToolKind.CUSTOM ? "custom" : "function";
        ObjectNode node = Json.object().put("type", type);
        node.putObject(type).put("name", tool.name());
        return node;
    }
}
