package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.message.ToolKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code tools} and {@code toolConfig}. */
final class ToolsDecoder {

    private static final int MAX_FUNCTIONS = 512;
    private static final List<String> MODES = List.of("MODE_UNSPECIFIED", "AUTO", "ANY", "NONE", "VALIDATED");

    private ToolsDecoder() {}

    static void decode(Fields fields, ChatRequestBuilder request, ObjectNode unmapped) {
        var tools = new ArrayList<ToolDef>();
        GeminiRequestDecoder.each(fields, "tools", tool -> tool(tool, tools));
        if (tools.size() > MAX_FUNCTIONS) {
            throw fields.invalid("tools", "at most " + MAX_FUNCTIONS + " are allowed");
        }
        request.tools(tools);
        Fields config = fields.object("toolConfig");
        if (config == null) {
            return;
        }
        Fields calling = config.object("functionCallingConfig");
        if (calling != null) {
            request.toolChoice(choice(calling));
        }
        ObjectNode rest = GeminiRequestDecoder.rest(config, Set.of("functionCallingConfig"));
        if (!rest.isEmpty()) {
            unmapped.set("toolConfig", rest);
        }
    }

    private static void tool(Fields tool, List<ToolDef> tools) {
        GeminiRequestDecoder.each(tool, "functionDeclarations", function -> tools.add(function(function)));
        for (Map.Entry<String, JsonNode> member : tool.node().properties()) {
            if (!member.getKey().equals("functionDeclarations")
                    && !member.getValue().isNull()) {
                ObjectNode raw = Json.object();
                raw.set(member.getKey(), member.getValue());
                tools.add(new ToolDef.HostedTool(GeminiProtocol.NAME, kind(member.getKey()), raw));
            }
        }
    }

    private static HostedKind kind(String name) {
        return switch (name) {
            case "googleSearch", "googleSearchRetrieval" -> HostedKind.WEB_SEARCH;
            case "codeExecution" -> HostedKind.CODE_EXEC;
            case "fileSearch" -> HostedKind.FILE_SEARCH;
            default -> HostedKind.OTHER;
        };
    }

    private static ToolDef function(Fields function) {
        JsonNode schema = function.get("parametersJsonSchema");
        JsonNode parameters = schema == null ? function.get("parameters") : schema;
        if (parameters != null && !parameters.isObject()) {
            throw function.invalid(
                    schema == null ? "parameters" : "parametersJsonSchema", "a schema object is expected");
        }
        return new ToolDef.FunctionTool(
                function.requiredText("name"),
                function.text("description"),
                schema != null || parameters == null ? parameters : OpenApiSchema.toJsonSchema(parameters),
                null,
                null);
    }

    private static @Nullable ToolChoice choice(Fields calling) {
        String mode = ProtoJson.constant(calling, "mode", MODES);
        var names = calling.texts("allowedFunctionNames").stream()
                .map(name -> new ToolChoice.Named(name, ToolKind.FUNCTION))
                .toList();
        return switch (mode == null ? "" : mode) {
            case "", "MODE_UNSPECIFIED" -> null;
            case "NONE" -> new ToolChoice.None();
            case "ANY" ->
                switch (names.size()) {
                    case 0 -> new ToolChoice.Required();
                    case 1 -> names.getFirst();
                    default -> new ToolChoice.Allowed(true, names);
                };
            case "VALIDATED" -> names.isEmpty() ? new ToolChoice.Auto() : new ToolChoice.Allowed(false, names);
            default -> new ToolChoice.Auto();
        };
    }
}
