package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.protocol.Losses;
import java.util.List;
import java.util.Locale;

/** Tools and the choice among them, for an upstream: all functions in one tool, hosted tools in one each. */
final class ToolsEncoder {

    private ToolsEncoder() {}

    static void encode(ChatRequest request, boolean jsonSchemas, ObjectNode body, Losses losses) {
        ArrayNode functions = Json.array();
        ArrayNode hosted = Json.array();
        boolean anyFunction = request.tools().stream().anyMatch(tool -> !(tool instanceof ToolDef.HostedTool));
        for (ToolDef tool : request.tools()) {
            switch (tool) {
                case ToolDef.FunctionTool it -> functions.add(function(it, jsonSchemas, losses));
                case ToolDef.CustomTool it -> throw Losses.unsupported("tools.custom");
                case ToolDef.HostedTool it -> hosted(it, anyFunction, hosted, losses);
            }
        }
        ArrayNode tools = Json.array();
        if (!functions.isEmpty()) {
            tools.addObject().set("functionDeclarations", functions);
        }
        tools.addAll(hosted);
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
        ToolChoice choice = request.toolChoice();
        if (choice != null && !functions.isEmpty()) {
            choice(choice, body.putObject("toolConfig").putObject("functionCallingConfig"));
        }
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            losses.drop("parallelToolCalls");
        }
    }

    private static ObjectNode function(ToolDef.FunctionTool tool, boolean jsonSchemas, Losses losses) {
        ObjectNode node = Json.object().put("name", tool.name());
        if (tool.description() != null) {
            node.put("description", tool.description());
        }
        JsonNode parameters = tool.parameters();
        if (parameters != null && jsonSchemas) {
            node.set("parametersJsonSchema", parameters);
        } else if (parameters != null) {
            ObjectNode reduced = SchemaReduction.of(parameters);
            if (reduced.has("properties") || reduced.has("anyOf")) {
                node.set("parameters", reduced);
            }
        }
        if (Boolean.TRUE.equals(tool.strict())) {
            losses.drop("tools.strict");
        }
        return node;
    }

    /** Gemini refuses a search of its own beside functions: the functions are what an agent needs. */
    private static void hosted(ToolDef.HostedTool tool, boolean anyFunction, ArrayNode tools, Losses losses) {
        if (tool.protocol().equals(GeminiProtocol.NAME)) {
            tools.add(tool.raw());
        } else if (tool.kind() == HostedKind.WEB_SEARCH && !anyFunction) {
            tools.addObject().putObject("googleSearch");
        } else {
            losses.drop("tools." + tool.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void choice(ToolChoice choice, ObjectNode calling) {
        switch (choice) {
            case ToolChoice.Auto it -> calling.put("mode", "AUTO");
            case ToolChoice.None it -> calling.put("mode", "NONE");
            case ToolChoice.Required it -> calling.put("mode", "ANY");
            case ToolChoice.Named it -> names(List.of(it), calling.put("mode", "ANY"));
            case ToolChoice.Allowed it -> names(it.tools(), calling.put("mode", it.required() ? "ANY" : "VALIDATED"));
        }
    }

    private static void names(List<ToolChoice.Named> tools, ObjectNode calling) {
        ArrayNode names = calling.putArray("allowedFunctionNames");
        tools.forEach(tool -> names.add(tool.name()));
    }
}
