package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.SseEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as the service writes it: a document that grows by deltas and is rewritten by edits. Each method adds frames;
 * positions of edits are reckoned from the document as it stands.
 */
public final class ZaiAnswer {

    /** Where the edit begins that turns from thinking to the answer. */
    public enum EditFrom {
        /** The whole thinking block is written anew. */
        START,
        /** From inside the opening tag on. */
        TAG,
        /** No edit: the block is closed by a delta. */
        NOWHERE
    }

    private static final String OPEN = "<details type=\"reasoning\" done=\"";
    private static final String TOOL_TAIL =
            ", \"display_result\": \"\", \"duration\": \"...\", \"status\": \"completed\", "
                    + "\"is_error\": false, \"mcp_server\": {\"name\": \"mcp-server\"}}, \"thought\": null, \"ppt\": null, "
                    + "\"browser\": null}}</glm_block>";

    private final StringBuilder document = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final List<SseEvent> events = new ArrayList<>();
    private Delivery delivery = Delivery.WHOLE;

    private ZaiAnswer() {}

    /** Nothing so far. */
    public static ZaiAnswer of() {
        return new ZaiAnswer();
    }

    /** A whole answer without thinking. */
    public static ZaiAnswer saying(String... pieces) {
        return of().says(pieces).usage(12, 34).done().sentinel();
    }

    /** Thinking in pieces; line breaks in them get their marks. */
    public ZaiAnswer thinks(String... pieces) {
        for (String piece : pieces) {
            String quoted = piece.replace("\n", "\n> ");
            if (thoughts.isEmpty()) {
                delta("thinking", OPEN + "false\">\n<summary>Thinking…</summary>\n> " + quoted);
            } else {
                delta("thinking", quoted);
            }
            thoughts.append(quoted);
        }
        return this;
    }

    /** Thinking without a block around it, as some models send it. */
    public ZaiAnswer thinksBare(String... pieces) {
        for (String piece : pieces) {
            delta("thinking", piece);
        }
        return this;
    }

    /** The end of thinking and the first piece of the answer in one frame. */
    public ZaiAnswer turnsToAnswer(EditFrom where, int seconds, String first) {
        String closed = "true\" duration=\"" + seconds + "\">\n<summary>Thought for " + seconds
                + " seconds</summary>\n> " + thoughts + "\n</details>\n" + first;
        int block = document.lastIndexOf(OPEN);
        return switch (where) {
            case START -> edit("answer", position(block), OPEN + closed);
            case TAG -> edit("answer", position(block + OPEN.length()), closed);
            case NOWHERE -> delta("answer", "\n</details>\n" + first);
        };
    }

    /** Pieces of the answer. */
    public ZaiAnswer says(String... pieces) {
        for (String piece : pieces) {
            delta("answer", piece);
        }
        return this;
    }

    /** Pieces in frames that name no phase. */
    public ZaiAnswer goesOn(String... pieces) {
        for (String piece : pieces) {
            document.append(piece);
            frame(Json.object().put("delta_content", piece));
        }
        return this;
    }

    /** An edit of the answer at a position in code points. */
    public ZaiAnswer edits(int position, String text) {
        return edit("answer", position, text);
    }

    /** A piece of the answer as an edit at the end. */
    public ZaiAnswer saysByEdit(String text) {
        return edit("answer", position(document.length()), text);
    }

    /** A piece as an edit without a position. */
    public ZaiAnswer editsNowhere(String text) {
        document.append(text);
        return frame(Json.object().put("phase", "answer").put("edit_content", text));
    }

    /** A call of the service's own tool. @param arguments the JSON text of its arguments, in pieces */
    public ZaiAnswer tool(String id, String name, String result, String... arguments) {
        String rest = "\", \"result\": \"\"" + TOOL_TAIL;
        String head = "\n\n<glm_block view=\"\">{\"type\": \"mcp\", \"data\": {\"metadata\": {\"id\": \"" + id
                + "\", \"name\": \"" + name + "\", \"arguments\": \"";
        int at = document.length();
        for (String piece : arguments) {
            String escaped = escaped(piece);
            edit("tool_call", position(at), head + escaped + rest);
            at += head.length() + escaped.length();
            head = "";
        }
        return edit("other", position(at + "\", \"result\": ".length()), result + TOOL_TAIL);
    }

    /** A call as an array, as some models tell it. */
    public ZaiAnswer callsTool(String id, String name, String arguments) {
        var data = Json.object().put("phase", "tool_call");
        var call = data.putArray("tool_calls")
                .addObject()
                .put("index", 0)
                .put("id", id)
                .put("type", "function");
        call.putObject("function").put("name", name).put("arguments", arguments);
        return frame(data);
    }

    /** One frame of each type that means nothing to a client. */
    public ZaiAnswer chatters() {
        for (String type : List.of("status", "chat:title", "chat:tags", "notification", "conn:heartbeat")) {
            var frame = Json.object().put("type", type);
            frame.putObject("data").put("description", "to be ignored");
            events.add(ZaiRefusal.event(frame));
        }
        return this;
    }

    /** A source that a search has found. */
    public ZaiAnswer finds(String title, String url) {
        var frame = Json.object().put("type", "web_search");
        frame.putObject("data")
                .putArray("results")
                .addObject()
                .put("title", title)
                .put("url", url);
        events.add(ZaiRefusal.event(frame));
        return this;
    }

    /** A piece in the official chunk form. */
    public ZaiAnswer saysInChunk(String text) {
        document.append(text);
        var chunk = Json.object().put("object", "chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("content", text);
        events.add(ZaiRefusal.event(chunk));
        return this;
    }

    public ZaiAnswer usage(int prompt, int completion) {
        var data = Json.object().put("phase", "other").put("delta_content", "");
        data.set("usage", counted(prompt, completion));
        return frame(data);
    }

    /** The last frame. */
    public ZaiAnswer done() {
        return frame(Json.object().put("phase", "done").put("done", true));
    }

    /** The last frame, with the usage in it. */
    public ZaiAnswer doneWithUsage(int prompt, int completion) {
        var data = Json.object().put("phase", "done").put("done", true).put("delta_content", "");
        data.set("usage", counted(prompt, completion));
        return frame(data);
    }

    /** {@code [DONE]}. */
    public ZaiAnswer sentinel() {
        events.add(SseEvent.of("[DONE]"));
        return this;
    }

    /** An error at {@code data.error}. */
    public ZaiAnswer fails(String detail, int code) {
        var data = Json.object();
        data.putObject("error").put("detail", detail).put("code", code);
        return frame(data.put("done", true));
    }

    /** A refusal in the middle, at all places where errors are told. */
    public ZaiAnswer fails(ZaiRefusal refusal) {
        events.add(ZaiRefusal.event(ZaiRefusal.frame(refusal.body())));
        return this;
    }

    public ZaiAnswer by(Delivery other) {
        delivery = other;
        return this;
    }

    /** The document as it stands. */
    public String document() {
        return document.toString();
    }

    Delivery delivery() {
        return delivery;
    }

    List<SseEvent> events() {
        return List.copyOf(events);
    }

    private ZaiAnswer delta(String phase, String text) {
        document.append(text);
        return frame(Json.object().put("phase", phase).put("delta_content", text));
    }

    private ZaiAnswer edit(String phase, int position, String text) {
        document.setLength(document.offsetByCodePoints(0, position));
        document.append(text);
        return frame(
                Json.object().put("phase", phase).put("edit_index", position).put("edit_content", text));
    }

    private ZaiAnswer frame(ObjectNode data) {
        var frame = Json.object().put("type", "chat:completion");
        frame.set("data", data);
        events.add(ZaiRefusal.event(frame));
        return this;
    }

    /** @return in code points */
    private int position(int index) {
        return document.codePointCount(0, index);
    }

    private static String escaped(String text) {
        String quoted = new String(Json.bytes(text), StandardCharsets.UTF_8);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static ObjectNode counted(int prompt, int completion) {
        return Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
    }
}
