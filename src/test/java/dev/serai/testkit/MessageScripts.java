package dev.serai.testkit;

import dev.serai.testkit.FakeUpstream.Script;
import java.util.ArrayList;
import java.util.List;

/** Scripts for a {@link FakeUpstream} that speaks Anthropic Messages. */
public final class MessageScripts {

    private static final String USAGE =
            "{\"input_tokens\":5,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,\"cache_creation\":null,"
                    + "\"output_tokens\":%d,\"output_tokens_details\":null,\"server_tool_use\":null,"
                    + "\"service_tier\":\"standard\",\"inference_geo\":null,\"speed\":null}";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"upstream-model\",\"content\":[%s],"
                    + "\"stop_reason\":%s,\"stop_sequence\":null,\"stop_details\":null,\"container\":null,"
                    + "\"diagnostics\":null,\"usage\":%s}";

    private MessageScripts() {}

    public static Script says(String text) {
        return Scripts.status(200, message("\"end_turn\"", text(text)));
    }

    /** A whole message with the blocks given. */
    public static String message(String stopReason, String... blocks) {
        return MESSAGE.formatted(String.join(",", blocks), stopReason, USAGE.formatted(7));
    }

    public static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\",\"citations\":null}";
    }

    public static String call(String id, String input) {
        return "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"weather\",\"input\":" + input
                + ",\"caller\":{\"type\":\"direct\"}}";
    }

    public static Script error(int status, String type, String message, String... headers) {
        return Scripts.status(status, errorBody(type, message), headers);
    }

    public static String errorBody(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"},\"request_id\":\"req_upstream\"}";
    }

    /** A stream of one text block in pieces, ended well. */
    public static Script streams(String... pieces) {
        return Scripts.streams(events(pieces));
    }

    public static List<String> events(String... pieces) {
        var events = new ArrayList<String>();
        events.add(start());
        events.add(blockStart(0, text("")));
        for (String piece : pieces) {
            events.add(delta(0, "text_delta", "text", piece));
        }
        events.add(blockStop(0));
        events.addAll(end("end_turn"));
        return events;
    }

    public static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + members + "}\n\n";
    }

    public static String start() {
        return event("message_start", ",\"message\":" + MESSAGE.formatted("", "null", USAGE.formatted(1)));
    }

    public static String blockStart(int index, String block) {
        return event("content_block_start", ",\"index\":" + index + ",\"content_block\":" + block);
    }

    /** @param value as it stands inside of a JSON string */
    public static String delta(int index, String type, String member, String value) {
        return event(
                "content_block_delta",
                ",\"index\":" + index + ",\"delta\":{\"type\":\"" + type + "\",\"" + member + "\":\"" + value + "\"}");
    }

    public static String blockStop(int index) {
        return event("content_block_stop", ",\"index\":" + index);
    }

    public static List<String> end(String stopReason) {
        return List.of(
                event(
                        "message_delta",
                        ",\"delta\":{\"stop_reason\":\"" + stopReason
                                + "\",\"stop_sequence\":null,\"stop_details\":null,\"container\":null},\"usage\":{"
                                + "\"input_tokens\":5,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":0,"
                                + "\"output_tokens\":7,\"output_tokens_details\":null,\"server_tool_use\":null}"),
                event("message_stop", ""));
    }
}
