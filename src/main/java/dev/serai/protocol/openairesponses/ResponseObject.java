package dev.serai.protocol.openairesponses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.OpenAiErrors;
import dev.serai.protocol.Reply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The response object, with every member that the API always tells: those of the request are repeated, others have the API's own defaults. */
final class ResponseObject {

    private static final String ID_PREFIX = "resp_";
    private static final Map<String, JsonNode> DEFAULTS = Map.of(
            "parallel_tool_calls", BooleanNode.TRUE,
            "store", BooleanNode.TRUE,
            "temperature", DoubleNode.valueOf(1),
            "top_p", DoubleNode.valueOf(1),
            "top_logprobs", IntNode.valueOf(0),
            "tool_choice", TextNode.valueOf("auto"),
            "truncation", TextNode.valueOf("disabled"));

    private ResponseObject() {}

    /** An answer that has begun. */
    static ObjectNode begun(String id, long created, Reply reply) {
        ObjectNode node = Json.object();
        node.put("id", ID_PREFIX + id).put("object", "response").put("created_at", created);
        node.put("status", OutputItems.IN_PROGRESS).put("background", false);
        node.putNull("completed_at").putNull("error").putNull("incomplete_details");
        echo(node, reply, "instructions", "max_output_tokens", "max_tool_calls");
        JsonNode metadata = reply.echo().get("metadata");
        node.set("metadata", metadata == null ? Json.object() : metadata);
        node.put("model", reply.model()).putArray("output");
        echo(node, reply, "parallel_tool_calls", "previous_response_id", "prompt_cache_key");
        node.set("reasoning", reasoning(reply.echo().get("reasoning")));
        echo(node, reply, "safety_identifier");
        node.put("service_tier", "default");
        echo(node, reply, "store", "temperature");
        node.set("text", text(reply.echo().get("text")));
        echo(node, reply, "tool_choice");
        node.set("tools", tools(reply.echo().get("tools")));
        echo(node, reply, "top_logprobs", "top_p", "truncation");
        JsonNode user = reply.echo().get("user");
        if (user != null) {
            node.set("user", user);
        }
        return node;
    }

    /** The answer is over. @param now seconds since 1970 */
    static void finish(ObjectNode node, Finish finish, ArrayNode output, @Nullable Usage usage, long now) {
        String incomplete = Endings.incomplete(finish.reason());
        node.put("status", Endings.status(finish.reason()));
        if (incomplete == null) {
            node.put("completed_at", now);
        } else {
            node.putObject("incomplete_details").put("reason", incomplete);
        }
        node.set("output", output);
        if (usage != null) {
            node.set("usage", UsageFields.write(usage));
        }
    }

    /** The answer broke. @param output what there was of it */
    static void fail(ObjectNode node, Failure failure, ArrayNode output) {
        node.put("status", "failed");
        node.putObject("error")
                .put("code", Endings.errorCode(failure.kind()))
                .put("message", OpenAiErrors.message(failure));
        node.set("output", output);
    }

    /** The id without its prefix. */
    static String bareId(String id) {
        return id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
    }

    private static void echo(ObjectNode node, Reply reply, String... names) {
        for (String name : names) {
            JsonNode value = reply.echo().get(name);
            node.set(name, value != null ? value : DEFAULTS.getOrDefault(name, NullNode.instance));
        }
    }

    private static ObjectNode reasoning(@Nullable JsonNode asked) {
        ObjectNode reasoning = Json.object().putNull("effort").putNull("summary");
        return asked instanceof ObjectNode members ? reasoning.setAll(members) : reasoning;
    }

    private static ObjectNode text(@Nullable JsonNode asked) {
        ObjectNode text = Json.object();
        text.putObject("format").put("type", "text");
        return asked instanceof ObjectNode members ? text.setAll(members) : text;
    }

    /** A function always tells its parameters and whether it is strict. */
    private static ArrayNode tools(@Nullable JsonNode asked) {
        ArrayNode tools = Json.array();
        if (asked != null) {
            for (JsonNode tool : asked) {
                boolean bare = tool.path("type").asText().equals("function")
                        && !(tool.has("strict") && tool.has("parameters"));
                tools.add(bare ? filled(tool) : tool);
            }
        }
        return tools;
    }

    private static ObjectNode filled(JsonNode function) {
        ObjectNode tool = function.deepCopy();
        if (!tool.has("strict")) {
            tool.put("strict", false);
        }
        if (!tool.has("parameters")) {
            tool.putNull("parameters");
        }
        return tool;
    }
}
