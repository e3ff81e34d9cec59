package dev.serai.proof;

import static dev.serai.testkit.Scripts.data;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
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

    private static final List<String> PROSE = List.of(
            "The harbour was quiet when the first boats came home, ",
            "and nobody on the long stone pier expected any news. ",
            "An old man mended his nets beside the lighthouse, ",
            "humming a song that his grandmother used to sing. ",
            "Further along, two children counted the gulls ",
            "that circled above the market stalls. ",
            "Their mother had told them to wait for the baker, ",
            "who always closed his shop shortly before noon. ",
            "When the bells finally rang across the bay, ",
            "people stepped out of their houses and looked up. ",
            "The sky had turned a strange, pale shade of green, ",
            "as it sometimes does before a heavy summer storm. ",
            "Somebody laughed and said that it would pass, ",
            "but the fishermen were already tying down their boats. ",
            "Within an hour the wind had reached the village, ",
            "and rain was falling hard on every roof. ",
            "The children ran home with their bread under their coats, ",
            "while the old man carried his nets inside. ",
            "Later that evening, everyone agreed about one thing: ",
            "it had been the finest storm in many years.");
    private static final Pattern AFTER = Pattern.compile("after event (\\d+)\\.");
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private final FakeUpstream upstream = new FakeUpstream();
    private final Gateway gateway = Gateway.shared();
    private volatile boolean breaks;
    private volatile Way way = Way.CHAT_PASSES;

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

        private List<String> opening() {
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

        private String event(int index) {
            String text = PROSE.get(index);
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
                            .replace("candidatesTokenCount\":7", "candidatesTokenCount\":" + tokens(index)));
            };
        }

        private static String response(String type, String members) {
            return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":1," + members + "}\n\n";
        }
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    /** Of all that is told up to an event. */
    private static long tokens(int last) {
        return TOKENS.countTokensOrdinary(PROSE.subList(0, last + 1).stream().collect(joining()));
    }

    private static String prompt(int last) {
        return "Tell me a story of a village by the sea, and stop after event " + last + ".";
    }

    private void use(Way way, boolean breaks) {
        this.way = way;
        this.breaks = breaks;
        upstream.now(this::play);
        String provider = RoutesYaml.provider(way.kind, upstream, "OPENAI_KEY_1");
        String lane = way.passes() ? "" : "\"config\":{\"lane\":\"translated\"},";
        gateway.configure(IntStream.range(0, PROSE.size())
                .mapToObj(i -> "\"story-" + i + "\":{" + lane + "\"providers\":[" + provider + "]}")
                .collect(joining(",", "{", "}")));
    }

    /** Plays as many events as the prompt says, then breaks off or falls silent. */
    private void play(Received request, Wire wire) throws IOException {
        Matcher after = AFTER.matcher(request.body());
        assertThat(after.find()).isTrue();
        int last = Integer.parseInt(after.group(1));
        wire.send(Scripts.streamHead());
        for (String event : way.opening()) {
            wire.chunk(event);
        }
        for (int i = 0; i <= last; i++) {
            wire.chunk(way.event(i));
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
        use(way, false);
        checkEach("client_closed");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anUpstreamThatBreaksAfterAnyEvent(Way way) throws Exception {
        use(way, true);
        checkEach("cut");
    }

    private void checkEach(String outcome) throws InterruptedException, ExecutionException {
        var charged = Charged.since(gateway);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < PROSE.size(); i++) {
                int last = i;
                calls.add(threads.submit(() -> call(last)));
            }
            for (var call : calls) {
                call.get();
            }
        }
        Map<String, Event> events = charged.events().stream().collect(toMap(Event::model, Function.identity()));
        assertThat(events).hasSize(PROSE.size());
        for (int i = 0; i < PROSE.size(); i++) {
            check(requireNonNull(events.get("story-" + i)), i, outcome);
        }
    }

    private void check(Event event, int last, String outcome) {
        long delivered = tokens(last);
        assertThat(event.outcome()).as(event.toString()).isEqualTo(outcome);
        assertThat(event.outputTokens())
                .as("%s after event %d", way, last)
                .isPositive()
                .isBetween(
                        delivered - Math.max(5, delivered * 15 / 100), delivered + Math.max(5, delivered * 15 / 100));
        // Anthropic's upstream has told its five tokens by then
        long input = way.kind.equals("anthropic") ? 5 : TOKENS.countTokensOrdinary(prompt(last));
        assertThat(event.inputTokens()).isGreaterThanOrEqualTo(input);
    }

    private void call(int last) {
        String body = way.body(prompt(last)).replace("MODEL", "story-" + last);
        String head = "POST " + way.path.replace("MODEL", "story-" + last)
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (way.kind.equals("gemini") ? "x-goog-api-key: " : "Authorization: Bearer ") + Gateway.KEY
                + "\r\nanthropic-version: 2023-06-01\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n";
        try (var client = new RawClient(gateway.port())) {
            client.send(head.replace(
                                    "anthropic-version: 2023-06-01\r\n",
                                    way.kind.equals("anthropic") ? "anthropic-version: 2023-06-01\r\n" : "")
                            + body)
                    .readUntil(PROSE.get(last));
            if (breaks) {
                client.readAll();
            } else {
                client.reset();
            }
        }
    }
}
