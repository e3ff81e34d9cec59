package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolDef.CustomTool;
import dev.serai.message.ToolDef.FunctionTool;
import dev.serai.message.ToolDef.HostedKind;
import dev.serai.message.ToolDef.HostedTool;
import dev.serai.message.ToolKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tools, flat, and the choice among them. Of two tools of one name the first counts, and one outside of namespaces before one inside. */
final class ToolsDecoder {

    private final List<ToolDef> tools = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> direct;

    private ToolsDecoder(Set<String> direct) {
        this.direct = direct;
    }

    /** @param rest gets a choice that only this protocol can say */
    static void decode(Fields fields, ChatRequestBuilder request, ObjectNode rest) {
        JsonNode array = fields.get("tools");
        var decoder = new ToolsDecoder(array == null ? Set.of() : Namespaces.directNames(array));
        fields.each("tools", decoder::tool);
        request.tools(decoder.tools);
        request.toolChoice(choice(fields, rest));
        request.parallelToolCalls(fields.flag("parallel_tool_calls"));
    }

    private void tool(Fields tool) {
        switch (tool.requiredText("type")) {
            case "function", "custom" -> named(tool, null, null);
            case "namespace" -> {
                String namespace = tool.requiredText("name");
                tool.each("tools", inner -> named(inner, namespace, tool.text("description")));
            }
            default -> tools.add(new HostedTool(OpenAiResponsesProtocol.NAME, hostedKind(tool), tool.node()));
        }
    }

    private void named(Fields tool, @Nullable String namespace, @Nullable String description) {
        String name = Namespaces.flat(namespace, tool.requiredText("name"));
        if (namespace != null && direct.contains(name) || !names.add(name)) {
            return;
        }
        String told = tool.text("description");
        String words = told == null ? description : told;
        switch (tool.requiredText("type")) {
            case "function" -> tools.add(function(tool, name, words));
            case "custom" -> tools.add(new CustomTool(name, words, format(tool.object("format"))));
            default -> throw tool.invalid("type", "function or custom is expected");
        }
    }

    /** Not strict is what other protocols are when nothing is said. */
    private static FunctionTool function(Fields tool, String name, @Nullable String description) {
        JsonNode parameters = tool.get("parameters");
        if (parameters != null && !parameters.isObject()) {
            throw tool.invalid("parameters", "a JSON schema object is expected");
        }
        Boolean strict = tool.flag("strict");
        return new FunctionTool(name, description, parameters, strict == null || !strict ? null : strict, null);
    }

    /** A grammar in the nested form of the Chat protocol, which is the canonical one. */
    private static @Nullable JsonNode format(@Nullable Fields format) {
        if (format == null || !"grammar".equals(format.text("type")) || format.has("grammar")) {
            return format == null ? null : format.node();
        }
        ObjectNode nested = Json.object().put("type", "grammar");
        nested.putObject("grammar").put("syntax", format.text("syntax")).put("definition", format.text("definition"));
        return nested;
    }

    private static HostedKind hostedKind(Fields tool) {
        String type = tool.requiredText("type");
        if (type.startsWith("web_search")) {
            return HostedKind.WEB_SEARCH;
        }
        return switch (type) {
            case "file_search" -> HostedKind.FILE_SEARCH;
            case "code_interpreter" -> HostedKind.CODE_EXEC;
            default -> HostedKind.OTHER;
        };
    }

    private static @Nullable ToolChoice choice(Fields fields, ObjectNode rest) {
        JsonNode choice = fields.get("tool_choice");
        if (choice == null) {
            return null;
        }
        if (choice.isTextual()) {
            return switch (choice.textValue()) {
                case "auto" -> new ToolChoice.Auto();
                case "none" -> new ToolChoice.None();
                case "required" -> new ToolChoice.Required();
                default -> throw fields.invalid("tool_choice", "none, auto, required or an object is expected");
            };
        }
        Fields object = Fields.of(choice, "tool_choice");
        return switch (object.requiredText("type")) {
            case "function", "custom" -> named(object);
            case "allowed_tools" -> allowed(object);
            default -> {
                rest.set("tool_choice", choice);
                yield null;
            }
        };
    }

    private static ToolChoice allowed(Fields object) {
        List<ToolChoice.Named> allowed = new ArrayList<>();
        object.each("tools", tool -> {
            String type = tool.requiredText("type");
            if (type.equals("function") || type.equals("custom")) {
                allowed.add(named(tool));
            }
        });
        return new ToolChoice.Allowed("required".equals(object.text("mode")), allowed);
    }

    private static ToolChoice.Named named(Fields tool) {
        String name = Namespaces.flat(tool.text("namespace"), tool.requiredText("name"));
        boolean custom = tool.requiredText("type").equals("custom");
        return new ToolChoice.Named(name, custom ? ToolKind.CUSTOM : ToolKind.FUNCTION);
    }
}
