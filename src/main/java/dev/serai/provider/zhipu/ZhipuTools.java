package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.ObjectEdit;
import dev.serai.json.Span;
import dev.serai.protocol.openaichat.RequestPatch;

/** Tools: Zhipu wants a description and parameters of every function. */
final class ZhipuTools {

    private ZhipuTools() {}

    static ObjectNode noParameters() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties");
        return schema;
    }

    /** @return false when a tool must be translated */
    static boolean patch(RequestPatch patch) {
        Span tools = patch.editable("tools");
        if (tools == null) {
            return true;
        }
        for (Span span : JsonSpans.elements(patch.body(), tools)) {
            if (patch.body()[span.from()] != '{') {
                return false;
            }
            Members tool = patch.members(span);
            if (tool.isText("type", "custom")) {
                return false;
            }
            Members function = tool.object("function");
            if (function != null) {
                complete(function, patch);
            }
        }
        return true;
    }

    private static void complete(Members function, RequestPatch patch) {
        boolean described = function.present("description") != null;
        boolean typed = function.present("parameters") != null;
        if (described && typed) {
            return;
        }
        ObjectEdit edit = patch.splice().object(function.spans());
        if (!described) {
            edit.set("description", Json.bytes(""));
        }
        if (!typed) {
            edit.set("parameters", Json.bytes(noParameters()));
        }
    }
}
