package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.protocol.Losses;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tools and the choice among them, for an upstream. */
final class ToolsEncoder {

    private ToolsEncoder() {}

    static void tools(
            ChatRequest request, ObjectNode body, CacheMarks cache, AnthropicMessagesDialect dialect, Losses losses) {
        ArrayNode tools = Json.array();
        Set<String> allowed = allowed(request.toolChoice());
        for (ToolDef tool : request.tools()) {
            switch (tool) {
                case ToolDef.FunctionTool it -> {
                    if (allowed == null || allowed.contains(it.name())) {
                        tools.add(cache.mark(function(it), it.cache()));
                    }
                }
                case ToolDef.CustomTool it -> throw Losses.unsupported("tools.custom");
                case ToolDef.HostedTool it -> hosted(it, tools, dialect, losses);
            }
        }
        if (!tools.isEmpty()) {
            body.set("tools", tools);
        }
    }

    /** The names that may be called, where not all may. */
    private static @Nullable Set<String> allowed(@Nullable ToolChoice choice) {
        return choice instanceof ToolChoice.Allowed it
                ? it.tools().stream().map(ToolChoice.Named::name).collect(Collectors.toSet())
                : null;
    }

    private static ObjectNode function(ToolDef.FunctionTool tool) {
        ObjectNode node = Json.object().put("name", tool.name());
        if (tool.description() != null) {
            node.put("description", tool.description());
        }
        node.set("input_schema", ToolSchema.object(tool.parameters()));
        if (Boolean.TRUE.equals(tool.strict())) {
            node.put("strict", true);
        }
        return node;
    }

    private static void hosted(
            ToolDef.HostedTool tool, ArrayNode tools, AnthropicMessagesDialect dialect, Losses losses) {
        if (dialect.hostsTools() && tool.protocol().equals(AnthropicMessagesProtocol.NAME)) {
            tools.add(tool.raw());
        } else if (dialect.hostsTools() && tool.kind() == ToolDef.HostedKind.WEB_SEARCH) {
            tools.add(Json.object().put("type", "web_search_20250305").put("name", "web_search"));
        } else {
            losses.drop("tools." + tool.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    /** @param thinks thinking is on: then no call can be forced */
    static void choice(ChatRequest request, boolean thinks, ObjectNode body, Losses losses) {
        if (!body.has("tools")) {
            return;
        }
        ObjectNode choice = choice(request.toolChoice());
        if (Boolean.FALSE.equals(request.parallelToolCalls())) {
            choice = choice == null ? Json.object().put("type", "auto") : choice;
            if (!choice.path("type").asText().equals("none")) {
                choice.put("disable_parallel_tool_use", true);
            }
        }
        if (choice == null) {
            return;
        }
        String type = choice.path("type").asText();
        if (thinks && (type.equals("any") || type.equals("tool"))) {
            losses.drop("toolChoice");
            choice.remove("name");
            choice.put("type", "auto");
        }
        body.set("tool_choice", choice);
    }

    private static @Nullable ObjectNode choice(@Nullable ToolChoice choice) {
        return switch (choice) {
            case null -> null;
            case ToolChoice.Auto it -> Json.object().put("type", "auto");
            case ToolChoice.None it -> Json.object().put("type", "none");
            case ToolChoice.Required it -> Json.object().put("type", "any");
            case ToolChoice.Named it -> Json.object().put("type", "tool").put("name", it.name());
            case ToolChoice.Allowed it -> Json.object().put("type", it.required() ? "any" : "auto");
        };
    }
}
