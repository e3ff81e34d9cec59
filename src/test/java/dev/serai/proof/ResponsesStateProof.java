package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI Responses with state, of a provider that keeps none and of one that is told to keep none. */
class ResponsesStateProof {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OTHER_KEY = "other-token-0123456789abcdef";
    private static final FakeUpstream UPSTREAM = new FakeUpstream();

    private static Gateway gateway;

    /** What stands between the caller and its model. */
    enum Way {
        CHAT {
            @Override
            Script says(String text, int number) {
                return Scripts.status(200, Scripts.completion(text).replace("chatcmpl-1", "chatcmpl-" + number));
            }

            @Override
            Script streams(String text, int number) {
                return Scripts.streams(Scripts.events(text).stream()
                        .map(event -> event.replace("chatcmpl-1", "chatcmpl-" + number))
                        .toList());
            }

            @Override
            String saidBefore(JsonNode upstream) {
                return texts(upstream.path("messages"));
            }
        },
        RESPONSES {
            @Override
            Script says(String text, int number) {
                return Scripts.status(200, response(text, number, "completed"));
            }

            @Override
            Script streams(String text, int number) {
                return Scripts.streams(events(text, number));
            }

            @Override
            String saidBefore(JsonNode upstream) {
                assertThat(upstream.path("store").booleanValue()).isFalse();
                assertThat(upstream.has("previous_response_id")).isFalse();
                return texts(upstream.path("input"));
            }
        };

        abstract Script says(String text, int number);

        abstract Script streams(String text, int number);

        /** Who said what, as the upstream got it. */
        abstract String saidBefore(JsonNode upstream);

        String config() {
            String kind = this == CHAT ? "openaiChat" : "openai";
            return "{\"m\":{\"providers\":[{\"provider\":\"" + kind + "\",\"model\":\"upstream-model\",\"endpoint\":\""
                    + UPSTREAM.url() + "\",\"apiKeys\":[\"OPENAI_KEY_1\"]}]}}";
        }
    }

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("PROXY_AUTH_TOKEN", Gateway.KEY + "," + OTHER_KEY));
    }

    @AfterAll
    static void close() {
        gateway.close();
        UPSTREAM.close();
    }

    @BeforeEach
    void empty() {
        gateway.database().jdbc().sql("delete from transcript").update();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aConversationGoesOnFromItsLastResponse(Way way) {
        use(way, way.says("One.", 1), way.says("Two.", 2), way.says("Three.", 3));
        var first = json(ask("\"input\":\"Say one\""));
        var second = json(ask("\"input\":\"Say two\",\"previous_response_id\":\"" + id(first) + "\""));
        var third = json(ask("\"input\":[{\"role\":\"user\",\"content\":\"Say three\"}],\"previous_response_id\":\""
                + id(second) + "\""));
        assertThat(second.path("previous_response_id").asText()).isEqualTo(id(first));
        assertThat(second.path("store").booleanValue()).isTrue();
        assertThat(third.at("/output/0/content/0/text").asText()).isEqualTo("Three.");
        assertThat(way.saidBefore(upstream(2)))
                .isEqualTo("user:Say one assistant:One. user:Say two assistant:Two. user:Say three ");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aStreamedResponseIsKeptWhenItsLastEventComes(Way way) {
        use(way, way.streams("One.", 1), way.says("Two.", 2));
        var answer = ask("\"input\":\"Say one\",\"stream\":true");
        assertThat(answer.body().split("\"store\":true", -1).length).isGreaterThan(2);
        assertThat(answer.body()).doesNotContain("\"store\":false");
        String[] events = answer.body().split("\n\n");
        assertThat(events[events.length - 1]).startsWith("event: response.completed");
        var last = parsed(events[events.length - 1].split("data: ", 2)[1]).path("response");
        assertThat(json(get(id(last)))).isEqualTo(last);
        json(ask("\"input\":\"Say two\",\"previous_response_id\":\"" + id(last) + "\""));
        assertThat(way.saidBefore(upstream(1))).isEqualTo("user:Say one assistant:One. user:Say two ");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsKeptCanBeShownListedAndDeleted(Way way) {
        use(way, way.says("One.", 1), way.says("Two.", 2));
        var first = json(ask("\"input\":\"Say one\""));
        var second = json(ask("\"input\":\"Say two\",\"previous_response_id\":\"" + id(first) + "\""));
        assertThat(json(get(id(second)))).isEqualTo(second);
        assertThat(json(send("GET", "/responses/" + id(second), Gateway.KEY))).isEqualTo(second);
        var items = json(get(id(second) + "/input_items?order=asc&limit=2"));
        assertThat(items.path("data")).hasSize(2);
        assertThat(items.path("has_more").booleanValue()).isTrue();
        assertThat(items.at("/data/0/content/0/text").asText()).isEqualTo("Say one");
        var rest = json(get(id(second) + "/input_items?order=asc&after="
                + items.path("last_id").asText()));
        assertThat(rest.at("/data/0/content/0/text").asText()).isEqualTo("Say two");
        var deleted = json(send("DELETE", "/v1/responses/" + id(second), Gateway.KEY));
        assertThat(deleted.path("deleted").booleanValue()).isTrue();
        assertThat(get(id(second)).statusCode()).isEqualTo(404);
        assertThat(get(id(first)).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherKeyFindsNothing() {
        use(Way.CHAT, Way.CHAT.says("One.", 1));
        String id = id(json(ask("\"input\":\"Say one\"")));
        assertThat(send("GET", "/v1/responses/" + id, OTHER_KEY).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/v1/responses/" + id + "/input_items", OTHER_KEY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/v1/responses/" + id, OTHER_KEY).statusCode())
                .isEqualTo(404);
        assertThat(send("GET", "/v1/responses/" + id, "").statusCode()).isEqualTo(401);
        var refused = gateway.post(
                "/v1/responses",
                "{\"model\":\"m\",\"input\":\"And?\",\"previous_response_id\":\"" + id + "\"}",
                "authorization",
                "Bearer " + OTHER_KEY);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(parsed(refused.body()).at("/error/code").asText()).isEqualTo("previous_response_not_found");
        assertThat(parsed(refused.body()).at("/error/param").asText()).isEqualTo("previous_response_id");
        assertThat(UPSTREAM.journal()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsNotToBeStoredIsNot(Way way) {
        use(way, way.says("One.", 1), way.streams("Two.", 2));
        var whole = json(ask("\"input\":\"Say one\",\"store\":false"));
        assertThat(whole.path("store").booleanValue()).isFalse();
        ask("\"input\":\"Say two\",\"store\":false,\"stream\":true");
        assertThat(get(id(whole)).statusCode()).isEqualTo(404);
        assertThat(rows()).isZero();
    }

    @Test
    void aStreamThatBreaksIsNotKept() {
        use(Way.CHAT, (request, wire) -> {
            wire.send(Scripts.streamHead());
            wire.chunk(Scripts.events("One.").get(1));
            wire.reset();
        });
        assertThat(ask("\"input\":\"Say one\",\"stream\":true").body())
                .contains("response.failed")
                .doesNotContain("response.completed");
        assertThat(rows()).isZero();
    }

    @Test
    void whatNobodyServesIsRefused() {
        use(Way.CHAT, Way.CHAT.says("One.", 1));
        String id = id(json(ask("\"input\":\"Say one\"")));
        assertThat(send("POST", "/v1/responses/" + id + "/cancel", Gateway.KEY).statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/v1/responses/nobody/cancel", Gateway.KEY).statusCode())
                .isEqualTo(404);
        assertThat(get(id + "?stream=true").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/v1/responses/compact", Gateway.KEY).statusCode())
                .isEqualTo(404);
        assertThat(send("POST", "/responses/compact", Gateway.KEY).statusCode()).isEqualTo(404);
        assertThat(get(id + "/input_items?limit=0").statusCode()).isEqualTo(400);
    }

    private static void use(Way way, Script... scripts) {
        gateway.configure(way.config());
        UPSTREAM.now(scripts);
    }

    private static HttpResponse<String> ask(String members) {
        return gateway.post(
                "/v1/responses", "{\"model\":\"m\"," + members + "}", "authorization", "Bearer " + Gateway.KEY);
    }

    private static HttpResponse<String> get(String rest) {
        return send("GET", "/v1/responses/" + rest, Gateway.KEY);
    }

    private static HttpResponse<String> send(String method, String path, String key) {
        return Gateway.send(gateway.request(path, "authorization", "Bearer " + key)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static JsonNode upstream(int call) {
        return parsed(UPSTREAM.journal().get(call).body());
    }

    private static long rows() {
        return gateway.database()
                .jdbc()
                .sql("select count(*) from transcript")
                .query(Long.class)
                .single();
    }

    private static String id(JsonNode response) {
        return response.path("id").textValue();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return parsed(answer.body());
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String texts(JsonNode turns) {
        var said = new StringBuilder();
        for (JsonNode turn : turns) {
            var content = turn.path("content");
            String text = content.isTextual()
                    ? content.asText()
                    : content.at("/0/text").asText();
            said.append(turn.path("role").asText()).append(':').append(text).append(' ');
        }
        return said.toString();
    }

    private static String response(String text, int number, String status) {
        String output = status.equals("completed")
                ? "{\"id\":\"msg_" + number + "\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"output_text\",\"text\":\"" + text
                        + "\",\"annotations\":[],\"logprobs\":[]}]}"
                : "";
        String usage = status.equals("completed")
                ? ",\"usage\":{\"input_tokens\":5,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":7,"
                        + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":12}"
                : "";
        return "{\"id\":\"resp_" + number + "\",\"object\":\"response\",\"created_at\":1764000000,\"status\":\""
                + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"metadata\":{},"
                + "\"model\":\"upstream-model\",\"output\":[" + output + "],\"parallel_tool_calls\":true,"
                + "\"previous_response_id\":null,\"store\":false,\"temperature\":1.0,\"tool_choice\":\"auto\",\"tools\":[],"
                + "\"top_p\":1.0" + usage + "}";
    }

    private static List<String> events(String text, int number) {
        String place = "\"item_id\":\"msg_" + number + "\",\"output_index\":0,\"content_index\":0";
        String begun = response(text, number, "in_progress");
        String done = response(text, number, "completed");
        String item = parsed(done).at("/output/0").toString();
        return List.of(
                event(0, "response.created", "\"response\":" + begun),
                event(1, "response.in_progress", "\"response\":" + begun),
                event(
                        2,
                        "response.output_item.added",
                        "\"output_index\":0,\"item\":{\"id\":\"msg_" + number
                                + "\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"),
                event(
                        3,
                        "response.content_part.added",
                        place
                                + ",\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[],\"logprobs\":[]}"),
                event(4, "response.output_text.delta", place + ",\"delta\":\"" + text + "\",\"logprobs\":[]"),
                event(5, "response.output_text.done", place + ",\"text\":\"" + text + "\",\"logprobs\":[]"),
                event(
                        6,
                        "response.content_part.done",
                        place + ",\"part\":{\"type\":\"output_text\",\"text\":\"" + text
                                + "\",\"annotations\":[],\"logprobs\":[]}"),
                event(7, "response.output_item.done", "\"output_index\":0,\"item\":" + item),
                event(8, "response.completed", "\"response\":" + done));
    }

    private static String event(int number, String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + members
                + "}\n\n";
    }
}
