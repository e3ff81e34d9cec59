package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Refusal;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolDef.CustomTool;
import dev.serai.message.ToolDef.FunctionTool;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.message.ToolDef.HostedTool;
import dev.serai.message.ToolKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tools and the choice among them, with their deprecated twins. */
final class ToolsDecoder {

    private static final int MAX_FUNCTIONS = 128;

    private ToolsDecoder() {}

    static void decode(Fields fields, ChatRequestBuilder request) {
        var tools = new ArrayList<ToolDef>();
        fields.each("tools", tool -> tools.add(tool(tool)));
        fields.each("functions", function -> tools.add(function(function)));
        if (tools.size() > MAX_FUNCTIONS) {
            String name = fields.has("tools") ? "tools" : "functions";
            throw Refusal.invalid(name, name + ": at most 128 are allowed");
        }
        JsonNode search = fields.get("web_search_options");
        if (search != null) {
            tools.add(new HostedTool(OpenAiChatProtocol.NAME, HostedKind.WEB_SEARCH, search));
        }
        request.tools(tools);
        ToolChoice choice = choice(fields, "tool_choice");
        request.toolChoice(choice == null ? choice(fields, "function_call") : choice);
        request.parallelToolCalls(fields.flag("parallel_tool_calls"));
    }

    private static ToolDef tool(Fields tool) {
        String type = tool.requiredText("type");
        return switch (type) {
            case "function" -> function(tool.requiredObject("function"));
            case "custom" -> {
                Fields custom = tool.requiredObject("custom");
                yield new CustomTool(custom.requiredText("name"), custom.text("description"), custom.get("format"));
            }
            case "web_search", "web_search_preview" ->
                new HostedTool(OpenAiChatProtocol.NAME, HostedKind.WEB_SEARCH, tool.node());
            default -> new HostedTool(OpenAiChatProtocol.NAME, HostedKind.OTHER, tool.node());
        };
    }

    private static FunctionTool function(Fields function) {
        JsonNode parameters = function.get("parameters");
        if (parameters != null && !parameters.isObject()) {
            throw function.invalid("parameters", "a JSON schema object is expected");
        }
        return new FunctionTool(
                function.requiredText("name"), function.text("description"), parameters, function.flag("strict"), null);
    }

    private static @Nullable ToolChoice choice(Fields fields, String name) {
        JsonNode choice = fields.get(name);
        if (choice == null) {
            return null;
        }
        if (choice.isTextual()) {
            return switch (choice.textValue()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> throw fields.invalid(name, "none, auto, required or an object is expected");
            };
        }
        Fields object = Fields.of(choice, fields.at(name));
        if (name.equals("function_call")) {
            return new ToolChoice.Named(object.requiredText("name"), ToolKind.FUNCTION);
        }
        if (object.requiredText("type").equals("allowed_tools")) {
            return allowed(object.requiredObject("allowed_tools"));
        }
        return named(object);
    }

    private static ToolChoice allowed(Fields allowed) {
        List<ToolChoice.Named> tools = new ArrayList<>();
        allowed.each("tools", tool -> tools.add(named(tool)));
        return new ToolChoice.Allowed("required".equals(allowed.text("mode")), tools);
    }

    private static ToolChoice.Named named(Fields object) {
        return switch (object.requiredText("type")) {
            case "function" ->
                new ToolChoice.Named(object.requiredObject("function").requiredText("name"), ToolKind.FUNCTION);
            case "custom" ->
                new ToolChoice.Named(object.requiredObject("custom").requiredText("name"), ToolKind.CUSTOM);
            default -> throw object.invalid("type", "function, custom or allowed_tools is expected");
        };
    }
}
