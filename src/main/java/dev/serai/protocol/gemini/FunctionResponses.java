package dev.serai.protocol.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Fields;
import dev.serai.json.Json;
import dev.serai.message.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code functionResponse} as a result: {@code output} or {@code error} is what the tool said, else all of it is. */
final class FunctionResponses {

    private FunctionResponses() {}

    static Part.ToolResult result(Fields call, String id, String name) {
        Fields response = call.object("response");
        var content = new ArrayList<Part>();
        boolean error = false;
        if (response != null) {
            error = response.has("error") && response.node().size() == 1;
            content.add(new Part.Text(text(response.node(), name)));
        }
        call.each("parts", part -> content.add(PartsDecoder.whole(part)));
        return new Part.ToolResult(id, name, List.copyOf(content), error, null);
    }

    private static String text(JsonNode response, String name) {
        JsonNode said = response;
        if (response.size() == 1) {
            said = response.has("output")
                    ? response.get("output")
                    : response.has("error") ? response.get("error") : said;
        } else if (response.size() == 2
                && response.has("content")
                && name.equals(response.path("name").textValue())) {
            said = response.get("content");
        }
        if (said.isTextual()) {
            return said.textValue();
        }
        return said.isNull() ? "" : new String(Json.bytes(said), StandardCharsets.UTF_8);
    }
}
