package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of an answer.
 *
 * @param field member of its content that holds the value; empty when the content has none
 * @param pieces text that comes piece by piece while the part is not finished
 * @param whole the value of the finished part; {@code null} when it never finishes
 * @param meta its {@code meta_data}
 */
public record ChatglmPart(
        String role,
        String type,
        String field,
        List<String> pieces,
        @Nullable JsonNode whole,
        ObjectNode meta) {

    /** Text in pieces. */
    public static ChatglmPart text(String... pieces) {
        return textual("assistant", "text", "text", List.of(pieces), String.join("", pieces));
    }

    /** Text in pieces whose end says something else: rewritten, or longer. */
    public static ChatglmPart rewritten(String whole, String... pieces) {
        return textual("assistant", "text", "text", List.of(pieces), whole);
    }

    public static ChatglmPart reasoning(String... pieces) {
        return textual("assistant", "think", "think", List.of(pieces), String.join("", pieces));
    }

    /** Code; of the drawing assistant the prompt as it was rewritten. */
    public static ChatglmPart code(String code) {
        return textual("assistant", "code", "code", List.of(), code);
    }

    public static ChatglmPart executed(String output) {
        return textual("tool", "execution_output", "content", List.of(), output);
    }

    /** The service calls a tool of its own. @param arguments JSON text */
    public static ChatglmPart ownTool(String name, String arguments) {
        var call = Json.object().put("name", name).put("arguments", arguments);
        return new ChatglmPart("assistant", "tool_calls", "tool_calls", List.of(), call, Json.object());
    }

    /** What a search of the service found: one hit, to be cited by its key. */
    public static ChatglmPart found(String key, String title, String url, String snippet, String host) {
        var meta = Json.object();
        meta.putObject("tool_result_extra")
                .putArray("search_results")
                .addObject()
                .put("match_key", key)
                .put("title", title)
                .put("url", url)
                .put("snippet", snippet)
                .put("host_name", host);
        return new ChatglmPart("tool", "tool_result", "content", List.of(), TextNode.valueOf(""), meta);
    }

    /** Sources in the older form. */
    public static ChatglmPart quoted(String title, String url) {
        var meta = Json.object();
        meta.putArray("metadata_list").addObject().put("title", title).put("url", url);
        return new ChatglmPart("tool", "quote_result", "", List.of(), TextNode.valueOf(""), meta);
    }

    public static ChatglmPart image(String url) {
        var images = Json.array();
        images.addObject().put("image_url", url);
        return new ChatglmPart("tool", "image", "image", List.of(), images, Json.object());
    }

    /** "No more images". */
    public static ChatglmPart noMoreImages() {
        var images = Json.array();
        images.addObject();
        return new ChatglmPart("tool", "one_to_more_finish", "image", List.of(), images, Json.object());
    }

    /** A kind of content that no client knows. */
    public static ChatglmPart ofType(String type) {
        return textual("tool", type, "content", List.of(), "to be ignored");
    }

    private static ChatglmPart textual(String role, String type, String field, List<String> pieces, String whole) {
        return new ChatglmPart(role, type, field, pieces, TextNode.valueOf(whole), Json.object());
    }

    /** The same without an end of its own. */
    public ChatglmPart unfinished() {
        return new ChatglmPart(role, type, field, pieces, null, meta);
    }
}
