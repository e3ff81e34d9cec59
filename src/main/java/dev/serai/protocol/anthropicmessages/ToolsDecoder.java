package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Fields;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolDef.FunctionTool;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.message.ToolDef.HostedTool;
import dev.serai.message.ToolKind;
import java.util.ArrayList;

/** Tools and the choice among them; a choice without tools means nothing. */
final class ToolsDecoder {

    private ToolsDecoder() {}

    static void decode(Fields fields, ChatRequestBuilder request) {
        var tools = new ArrayList<ToolDef>();
        fields.each("tools", tool -> tools.add(tool(tool)));
        request.tools(tools);
        Fields choice = fields.object("tool_choice");
        if (choice == null || tools.isEmpty()) {
            return;
        }
        request.toolChoice(choice(choice));
        Boolean alone = choice.flag("disable_parallel_tool_use");
        request.parallelToolCalls(alone == null ? null : Boolean.valueOf(!alone));
    }

    private static ToolDef tool(Fields tool) {
        String type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            return new HostedTool(AnthropicMessagesProtocol.NAME, kind(type), tool.node());
        }
        return new FunctionTool(
                tool.requiredText("name"),
                tool.text("description"),
                tool.requiredObject("input_schema").node(),
                tool.flag("strict"),
                CacheControl.read(tool));
    }

    private static HostedKind kind(String type) {
        if (type.startsWith("web_search")) {
            return HostedKind.WEB_SEARCH;
        }
        return type.startsWith("code_execution") ? HostedKind.CODE_EXEC : HostedKind.OTHER;
    }

    private static ToolChoice choice(Fields choice) {
        return switch (choice.requiredText("type")) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "tool" -> new ToolChoice.Named(choice.requiredText("name"), ToolKind.FUNCTION);
            case "none" -> new ToolChoice.None();
            default -> throw choice.invalid("type", "auto, any, tool or none is expected");
        };
    }
}
