package dev.serai.testkit;

import dev.serai.testkit.FakeUpstream.Script;
import java.util.ArrayList;
import java.util.List;

/** Scripts for a {@link FakeUpstream} that speaks OpenAI Chat Completions. */
public final class Scripts {

    private static final String CHUNK =
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,"
                    + "\"model\":\"upstream-model\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}";

    private Scripts() {}

    /** An answer with a length. */
    public static Script status(int status, String body, String... headers) {
        return (request, wire) -> wire.send(head(status, "application/json", headers) + "content-length: "
                + body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    /** A whole chat completion that says {@code text}. */
    public static Script says(String text) {
        return status(200, completion(text));
    }

    public static String completion(String text) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1764000000,\"model\":\"upstream-model\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + text
                + "\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
                + "\"completion_tokens\":7,\"total_tokens\":12}}";
    }

    /** An error body with a code, as OpenAI writes it. */
    public static Script error(int status, String code, String... headers) {
        return status(
                status,
                "{\"error\":{\"message\":\"told by the upstream\",\"type\":\"x\",\"param\":null,\"code\":"
                        + (code.isEmpty() ? "null" : "\"" + code + "\"") + "}}",
                headers);
    }

    /** A stream of the events given, each in its own chunk, ended well. */
    public static Script streams(List<String> events) {
        return (request, wire) -> {
            wire.send(streamHead());
            for (String event : events) {
                wire.chunk(event);
            }
            wire.lastChunk();
        };
    }

    /** A stream that says the pieces and ends as OpenAI ends one, usage included. */
    public static Script streams(String... pieces) {
        return streams(events(pieces));
    }

    public static List<String> events(String... pieces) {
        var events = new ArrayList<String>();
        events.add(data(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null")));
        for (String piece : pieces) {
            events.add(data(chunk("{\"content\":\"" + piece + "\"}", "null")));
        }
        events.add(data(chunk("{}", "\"stop\"")));
        events.add(usage());
        events.add(data("[DONE]"));
        return events;
    }

    public static String chunk(String delta, String finish) {
        return CHUNK.formatted(delta, finish);
    }

    public static String usage() {
        return data("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,"
                + "\"model\":\"upstream-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7,"
                + "\"total_tokens\":12}}");
    }

    public static String data(String data) {
        return "data: " + data + "\n\n";
    }

    public static String streamHead() {
        return head(200, "text/event-stream") + "transfer-encoding: chunked\r\n\r\n";
    }

    private static String head(int status, String type, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " X\r\ncontent-type: " + type + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }
}
