package dev.serai.proof;

import static dev.serai.testkit.Scripts.data;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.serai.json.Json;
import dev.serai.testkit.Charged;
import dev.serai.testkit.Charged.Event;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.GeminiScripts;
import dev.serai.testkit.MessageScripts;
import dev.serai.testkit.RawClient;
import dev.serai.testkit.RoutesYaml;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Wherever a stream ends too early, its input is charged in full and its output within 15 % of what was delivered, or
 * within 5 tokens where that is more; never nothing.
 */
class AbortChargeProof {

    private static final Pattern AFTER = Pattern.compile("after event (\\d+)\\.");
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private final List<FakeUpstream> upstreams = new ArrayList<>();
    private final Gateway gateway = Gateway.shared();
    private volatile boolean breaks;
    private volatile Way way = Way.CHAT_PASSES;
    private volatile Text text = Text.PROSE;

    /** A protocol of callers and of upstreams, on both lanes. */
    enum Way {
        CHAT_PASSES("openaiChat", "/v1/chat/completions"),
        CHAT_TRANSLATED("openaiChat", "/v1/chat/completions"),
        RESPONSES_PASSES("openai", "/v1/responses"),
        RESPONSES_TRANSLATED("openai", "/v1/responses"),
        MESSAGES_PASSES("anthropic", "/v1/messages"),
        MESSAGES_TRANSLATED("anthropic", "/v1/messages"),
        GEMINI_PASSES("gemini", "/v1beta/models/MODEL:streamGenerateContent?alt=sse"),
        GEMINI_TRANSLATED("gemini", "/v1beta/models/MODEL:streamGenerateContent?alt=sse");

        private final String kind;
        private final String path;

        Way(String kind, String path) {
            this.kind = kind;
            this.path = path;
        }

        private boolean passes() {
            return name().endsWith("PASSES");
        }

        private String body(String prompt) {
            return switch (this) {
                case CHAT_PASSES, CHAT_TRANSLATED ->
                    "{\"model\":\"MODEL\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt
                            + "\"}]}";
                case RESPONSES_PASSES, RESPONSES_TRANSLATED ->
                    "{\"model\":\"MODEL\",\"stream\":true,\"store\":false,\"input\":\"" + prompt + "\"}";
                case MESSAGES_PASSES, MESSAGES_TRANSLATED ->
                    "{\"model\":\"MODEL\",\"stream\":true,\"max_tokens\":900,\"messages\":[{\"role\":\"user\","
                            + "\"content\":\"" + prompt + "\"}]}";
                case GEMINI_PASSES, GEMINI_TRANSLATED ->
                    "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + prompt + "\"}]}]}";
            };
        }

        private List<String> opening(Text text) {
            if (text == Text.ARGUMENTS) {
                return List.of(
                        switch (this) {
                            case CHAT_PASSES, CHAT_TRANSLATED ->
                                data(Scripts.chunk(
                                        "{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\","
                                                + "\"type\":\"function\",\"function\":{\"name\":\"act\",\"arguments\":\"\"}}]}",
                                        "null"));
                            case RESPONSES_PASSES, RESPONSES_TRANSLATED ->
                                response(
                                                "response.created",
                                                "\"response\":{\"id\":\"resp_1\",\"object\":\"response\","
                                                        + "\"created_at\":1764000000,\"status\":\"in_progress\","
                                                        + "\"model\":\"upstream-model\",\"output\":[],\"usage\":null}")
                                        + response(
                                                "response.output_item.added",
                                                "\"output_index\":0,\"item\":{\"id\":\"fc_1\",\"type\":\"function_call\","
                                                        + "\"status\":\"in_progress\",\"call_id\":\"call_1\","
                                                        + "\"name\":\"act\",\"arguments\":\"\"}");
                            default ->
                                MessageScripts.start()
                                        + MessageScripts.blockStart(
                                                0,
                                                "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"act\",\"input\":{}}");
                        });
            }
            return switch (this) {
                case CHAT_PASSES, CHAT_TRANSLATED -> List.of(Scripts.events("").getFirst());
                case RESPONSES_PASSES, RESPONSES_TRANSLATED ->
                    List.of(
                            response(
                                    "response.created",
                                    "\"response\":{\"id\":\"resp_1\",\"object\":\"response\","
                                            + "\"created_at\":1764000000,\"status\":\"in_progress\",\"model\":\"upstream-model\","
                                            + "\"output\":[],\"usage\":null}"),
                            response(
                                    "response.output_item.added",
                                    "\"output_index\":0,\"item\":{\"id\":\"msg_1\","
                                            + "\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\","
                                            + "\"content\":[]}"),
                            response(
                                    "response.content_part.added",
                                    "\"item_id\":\"msg_1\",\"output_index\":0,"
                                            + "\"content_index\":0,\"part\":{\"type\":\"output_text\",\"text\":\"\","
                                            + "\"annotations\":[]}"));
                case MESSAGES_PASSES, MESSAGES_TRANSLATED ->
                    List.of(MessageScripts.start(), MessageScripts.blockStart(0, MessageScripts.text("")));
                case GEMINI_PASSES, GEMINI_TRANSLATED -> List.of();
            };
        }

        private String event(Text kind, int index) {
            String text = escaped(kind.pieces.get(index));
            if (kind == Text.ARGUMENTS) {
                return switch (this) {
                    case CHAT_PASSES, CHAT_TRANSLATED ->
                        data(Scripts.chunk(
                                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + text + "\"}}]}",
                                "null"));
                    case RESPONSES_PASSES, RESPONSES_TRANSLATED ->
                        response(
                                "response.function_call_arguments.delta",
                                "\"item_id\":\"fc_1\",\"output_index\":0,\"delta\":\"" + text + "\"");
                    default ->
                        MessageScripts.event(
                                "content_block_delta",
                                ",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"" + text
                                        + "\"}");
                };
            }
            return switch (this) {
                case CHAT_PASSES, CHAT_TRANSLATED -> data(Scripts.chunk("{\"content\":\"" + text + "\"}", "null"));
                case RESPONSES_PASSES, RESPONSES_TRANSLATED ->
                    response(
                            "response.output_text.delta",
                            "\"item_id\":\"msg_1\",\"output_index\":0," + "\"content_index\":0,\"delta\":\"" + text
                                    + "\"");
                case MESSAGES_PASSES, MESSAGES_TRANSLATED -> MessageScripts.delta(0, "text_delta", "text", text);
                case GEMINI_PASSES, GEMINI_TRANSLATED ->
                    GeminiScripts.event(GeminiScripts.object(GeminiScripts.text(text))
                            .replace("TokenCount\":5", "TokenCount\":40")
                            .replace("candidatesTokenCount\":7", "candidatesTokenCount\":" + tokens(kind, index)));
            };
        }

        private static String response(String type, String members) {
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":1," + members + "}\n\n";
        }
    }

    @AfterEach
    void close() {
        upstreams.forEach(FakeUpstream::close);
    }

    private static String escaped(String text) {
        String quoted = new String(Json.bytes(text), StandardCharsets.UTF_8);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Of all that is told up to an event. */
    private static long tokens(Text text, int last) {
        return TOKENS.countTokensOrdinary(text.upTo(last));
    }

    private String prompt(int last) {
        return text.whole() + " Go on, and stop after event " + last + ".";
    }

    private void use(Way way, Text text, boolean breaks) {
        this.way = way;
        this.text = text;
        this.breaks = breaks;
        // an address for each: one that has broken twenty streams is left alone for a while
        upstreams.forEach(FakeUpstream::close);
        upstreams.clear();
        text.pieces.forEach(piece -> upstreams.add(new FakeUpstream().then(this::play)));
        String lane = way.passes() ? "" : "\"config\":{\"lane\":\"translated\"},";
        gateway.configure(IntStream.range(0, text.pieces.size())
                .mapToObj(i -> "\"story-" + i + "\":{" + lane + "\"providers\":["
                        + RoutesYaml.provider(way.kind, upstreams.get(i), "OPENAI_KEY_1") + "]}")
                .collect(joining(",", "{", "}")));
    }

    /** Plays as many events as the prompt says, then breaks off or falls silent. */
    private void play(Received request, Wire wire) throws IOException {
        Matcher after = AFTER.matcher(request.body());
        assertThat(after.find()).isTrue();
        int last = Integer.parseInt(after.group(1));
        wire.send(Scripts.streamHead());
        for (String event : way.opening(text)) {
            wire.chunk(event);
        }
        for (int i = 0; i <= last; i++) {
            wire.chunk(way.event(text, i));
        }
        if (breaks) {
            wire.close();
        } else {
            wire.stall();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallerWhoLeavesAfterAnyEvent(Way way) throws Exception {
        use(way, Text.PROSE, false);
        checkEach("client_closed");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anUpstreamThatBreaksAfterAnyEvent(Way way) throws Exception {
        for (Text each : Text.values()) {
            // Gemini sends arguments whole and tells its usage with every event
            if (!way.kind.equals("gemini") || each != Text.ARGUMENTS) {
                use(way, each, true);
                checkEach("cut");
            }
        }
    }

    private void checkEach(String outcome) throws InterruptedException, ExecutionException {
        var charged = Charged.since(gateway);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < text.pieces.size(); i++) {
                int last = i;
                calls.add(threads.submit(() -> call(last)));
            }
            for (var call : calls) {
                call.get();
            }
        }
        Map<String, Event> events = charged.events().stream().collect(toMap(Event::model, Function.identity()));
        assertThat(events).hasSize(text.pieces.size());
        for (int i = 0; i < text.pieces.size(); i++) {
            check(requireNonNull(events.get("story-" + i)), i, outcome);
        }
    }

    private void check(Event event, int last, String outcome) {
        long delivered = tokens(text, last);
        assertThat(event.outcome()).as(event.toString()).isEqualTo(outcome);
        assertThat(event.outputTokens())
                .as("%s, %s after event %d", way, text, last)
                .isPositive()
                .isBetween(
                        delivered - Math.max(5, delivered * 15 / 100), delivered + Math.max(5, delivered * 15 / 100));
        // Anthropic's upstream has told its five tokens by then, and Gemini's forty
        long input = way.kind.equals("anthropic")
                ? 5L
                : way.kind.equals("gemini") ? 40L : TOKENS.countTokensOrdinary(prompt(last));
        assertThat(event.inputTokens())
                .as("input of %s, %s", way, text)
                .isBetween(input, 2L * TOKENS.countTokensOrdinary(prompt(last)));
    }

    private void call(int last) {
        String body = way.body(escaped(prompt(last))).replace("MODEL", "story-" + last);
        String head = "POST " + way.path.replace("MODEL", "story-" + last)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (way.kind.equals("gemini") ? "x-goog-api-key: " : "Authorization: Bearer ") + Gateway.KEY
                + "\r\nanthropic-version: 2023-06-01\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        try (var client = new RawClient(gateway.port())) {
            client.send(head.replace(
                            "anthropic-version: 2023-06-01\r\n",
                            way.kind.equals("anthropic") ? "anthropic-version: 2023-06-01\r\n" : "")
                    + body);
            if (breaks) {
                client.readAll();
            } else {
                client.readUntil(text.pieces.get(last));
                client.reset();
            }
        }
    }
}
