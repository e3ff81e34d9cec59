package dev.serai.testkit;

import dev.serai.testkit.FakeUpstream.Script;
import java.util.ArrayList;
import java.util.List;

/** Scripts for a {@link FakeUpstream} that speaks generateContent. */
public final class GeminiScripts {

    private static final String OBJECT =
            "{\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"}%s,\"index\":0}],\"usageMetadata\":"
                    + "{\"promptTokenCount\":5,\"candidatesTokenCount\":7,\"totalTokenCount\":12},"
                    + "\"modelVersion\":\"upstream-model\",\"responseId\":\"r1\"}";

    private GeminiScripts() {}

    /** A whole answer of these parts. */
    public static Script answers(String parts) {
        return Scripts.status(200, finished(parts));
    }

    public static Script says(String text) {
        return answers(text(text));
    }

    /** An error as Google writes one. */
    public static Script error(int status, String name) {
        return Scripts.status(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"told by the upstream\",\"status\":\"" + name
                        + "\"}}");
    }

    public static String text(String text) {
        return "{\"text\":\"" + text + "\"}";
    }

    public static String object(String parts) {
        return OBJECT.formatted(parts, "");
    }

    public static String finished(String parts) {
        return OBJECT.formatted(parts, ",\"finishReason\":\"STOP\"");
    }

    /** The events of a stream that says the pieces; lines end as the real service ends them. */
    public static List<String> events(String... pieces) {
        var events = new ArrayList<String>();
        for (String piece : pieces) {
            events.add(event(object(text(piece))));
        }
        events.add(event(finished(text(""))));
        return events;
    }

    public static String event(String object) {
        return "data: " + object + "\r\n\r\n";
    }

    /** A stream of the objects given, each an event. */
    public static Script streams(String... objects) {
        return Scripts.streams(
                List.of(objects).stream().map(GeminiScripts::event).toList());
    }
}
