package dev.serai.transcript;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.call.Outcome;
import dev.serai.inbound.BodyBudget;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.tenant.ApiKey;
import dev.serai.testkit.FakeClient;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class RecallResponseTest {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String ASKED = "{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi \\u00e9\"}";
    private static final String SAID = "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[]}]}";
    private static final long BUDGET = 1_000_000;

    private final Kept kept = Kept.in(DATABASE);
    private final BodyBudget budget = new BodyBudget(BUDGET);

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void whatCameBeforeStandsInFrontOfTheInput() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[" + ASKED + "]");
        var call = recalled(
                "{\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"input\":\"And?\",\"temperature\":1.0}");
        assertThat(body(call))
                .isEqualTo(
                        "{\"model\":\"m\",\"input\":[" + ASKED + "," + SAID
                                + ",{\"type\":\"message\",\"role\":\"user\",\"content\":\"And?\"}],\"temperature\":1.0,\"store\":false}");
    }

    @Test
    void inputThatIsAListGoesOnAsItCame() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[ ]");
        String result = "{\"type\":\"function_call_output\", \"call_id\":\"c\",\"output\":\"1e3\"}";
        var call = recalled("{\"input\":[ " + result + " ],\"store\":true,\"previous_response_id\":\"resp_1\"}");
        assertThat(body(call)).isEqualTo("{\"input\":[" + SAID + "," + result + " ],\"store\":false}");
    }

    @Test
    void reasoningComesBackOnlyInItsEncryptedForm() {
        String sealed = "{\"type\":\"reasoning\",\"id\":\"rs_2\",\"summary\":[],\"encrypted_content\":\"abc\"}";
        String response = "{\"id\":\"resp_1\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]},"
                + "{\"type\":\"reasoning\",\"id\":\"rs_3\",\"encrypted_content\":null}," + sealed + "]}";
        kept.keep(Kept.KEY, "resp_1", response, "[]");
        assertThat(body(recalled("{\"input\":[],\"previous_response_id\":\"resp_1\"}")))
                .isEqualTo("{\"input\":[" + sealed + "],\"store\":false}");
    }

    @Test
    void theUpstreamIsToldToKeepNothingAndAskedForReasoningItCanTakeBack() {
        assertThat(body(recalled("{\"input\":\"Hi\"}"))).isEqualTo("{\"input\":\"Hi\",\"store\":false}");
        assertThat(body(recalled("{\"input\":\"Hi\",\"reasoning\":{}}")))
                .isEqualTo(
                        "{\"input\":\"Hi\",\"reasoning\":{},\"store\":false,\"include\":[\"reasoning.encrypted_content\"]}");
        assertThat(body(recalled("{\"reasoning\":{},\"include\":[\"a\"],\"store\":null}")))
                .isEqualTo("{\"reasoning\":{},\"include\":[\"a\",\"reasoning.encrypted_content\"],\"store\":false}");
        assertThat(body(recalled("{\"reasoning\":{},\"include\":[ \"reasoning.encrypted_content\" ]}")))
                .isEqualTo("{\"reasoning\":{},\"include\":[ \"reasoning.encrypted_content\" ],\"store\":false}");
    }

    @Test
    void aRequestThatIsNotToBeKeptPassesUntouched() {
        String body = "{\"input\":\"Hi\", \"store\":false,\"reasoning\":{}}";
        var exchange = exchange(body, Kept.KEY);
        recall(false).process(exchange);
        assertThat(body(Call.of(exchange))).isEqualTo(body);
        assertThat(Draft.of(exchange)).isNull();
        assertThat(budget.free()).isEqualTo(BUDGET);
    }

    @Test
    void aRequestMayBuildOnAResponseWithoutBeingKept() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[]");
        var exchange = exchange("{\"previous_response_id\":\"resp_1\",\"store\":false,\"input\":\"And?\"}", Kept.KEY);
        recall(false).process(exchange);
        var draft = requireNonNull(Draft.of(exchange));
        assertThat(draft.inputItems()).isNull();
        assertThat(shown(draft)).isEqualTo("{\"store\":false,\"previous_response_id\":\"resp_1\"}");
    }

    @Test
    void theAnswerShowsWhatTheCallerSent() {
        var exchange = exchange("{\"input\":\"Hi\"}", Kept.KEY);
        recall(false).process(exchange);
        assertThat(shown(requireNonNull(Draft.of(exchange))))
                .isEqualTo("{\"store\":true,\"previous_response_id\":null}");
    }

    @Test
    void whereNothingIsKeptTheAnswerSaysSo() {
        var none = new Kept(DATABASE.jdbc(), Duration.ZERO, DataSize.ofKilobytes(4));
        var exchange = exchange("{\"input\":\"Hi\",\"store\":true}", Kept.KEY);
        new RecallResponse(none.transcripts, budget, DataSize.ofMegabytes(1), false).process(exchange);
        var draft = requireNonNull(Draft.of(exchange));
        assertThat(draft.inputItems()).isNull();
        assertThat(shown(draft)).isEqualTo("{\"store\":false,\"previous_response_id\":null}");
        assertThat(body(Call.of(exchange))).isEqualTo("{\"input\":\"Hi\",\"store\":false}");
    }

    @Test
    void anotherKeysResponseIsNotFound() {
        kept.keep(Kept.OTHER_KEY, "resp_other", Kept.response("resp_other", "secret"), "[]");
        for (String id : List.of("resp_other", "resp_never", "", "'")) {
            assertThatThrownBy(() -> recalled("{\"input\":\"Hi\",\"previous_response_id\":\"" + id + "\"}"))
                    .asInstanceOf(type(Refusal.class))
                    .satisfies(refusal -> {
                        assertThat(refusal.failure().kind()).isEqualTo(Kind.PREVIOUS_RESPONSE_NOT_FOUND);
                        assertThat(refusal.failure().param()).isEqualTo("previous_response_id");
                        assertThat(refusal.failure().message())
                                .isEqualTo("Previous response with id '" + id + "' not found.");
                    });
        }
    }

    @Test
    void theLimitOfABodyHoldsForWhatComesOut() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[\"" + "a".repeat(2000) + "\"]");
        var exchange = exchange("{\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}", Kept.KEY);
        assertThatThrownBy(() ->
                        new RecallResponse(kept.transcripts, budget, DataSize.ofBytes(2000), false).process(exchange))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().kind()).isEqualTo(Kind.REQUEST_TOO_LARGE));
        end(Call.of(exchange));
        assertThat(budget.free()).isEqualTo(BUDGET);
    }

    @Test
    void whatIsHeldIsBoundedAndGivenBackAtTheEnd() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[]");
        var call = recalled("{\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}");
        assertThat(budget.free()).isLessThan(BUDGET - body(call).length());
        end(call);
        assertThat(budget.free()).isEqualTo(BUDGET);
        var small = new RecallResponse(kept.transcripts, new BodyBudget(10), DataSize.ofMegabytes(1), false);
        assertThatThrownBy(() -> small.process(exchange("{\"input\":\"Hello you\"}", Kept.KEY)))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().kind()).isEqualTo(Kind.OVERLOADED));
    }

    @Test
    void aRequestThatCountsIsCompletedAndNothingElse() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[]");
        var exchange = exchange("{\"input\":[],\"previous_response_id\":\"resp_1\",\"reasoning\":{}}", Kept.KEY);
        recall(true).process(exchange);
        assertThat(body(Call.of(exchange))).isEqualTo("{\"input\":[" + SAID + "],\"reasoning\":{}}");
        assertThat(Draft.of(exchange)).isNull();
    }

    @Test
    void aWholeAnswerIsKeptWithEverythingItWasMadeFrom() {
        kept.keep(Kept.KEY, "resp_1", Kept.response("resp_1", "Hello"), "[" + ASKED + "]");
        var exchange = exchange("{\"input\":\"And?\",\"previous_response_id\":\"resp_1\"}", Kept.KEY);
        recall(false).process(exchange);
        var call = Call.of(exchange);
        call.answer(new Answer.Whole(200, "application/json", Kept.bytes(Kept.response("resp_2", "Yes"))));
        new KeepResponse(kept.transcripts).process(exchange);
        String shown = Kept.text(((Answer.Whole) requireNonNull(call.answer())).body());
        assertThat(shown).contains("\"store\":true", "\"previous_response_id\":\"resp_1\"");
        var found = kept.transcripts.find(Kept.KEY, "resp_2").orElseThrow();
        assertThat(Kept.text(found.response())).isEqualTo(shown);
        assertThat(Kept.text(found.inputItems()))
                .isEqualTo(
                        "[" + ASKED + "," + SAID + ",{\"type\":\"message\",\"role\":\"user\",\"content\":\"And?\"}]");
    }

    @Test
    void whatIsNoFinishedResponseIsNotKept() {
        for (String body : List.of(
                "[]",
                "{\"error\":{}}",
                Kept.response("resp_failed", "x").replace("\"completed\",\"store\"", "\"failed\",\"store\""))) {
            var exchange = exchange("{\"input\":\"Hi\"}", Kept.KEY);
            recall(false).process(exchange);
            Call.of(exchange).answer(new Answer.Whole(200, "application/json", Kept.bytes(body)));
            new KeepResponse(kept.transcripts).process(exchange);
        }
        assertThat(kept.transcripts.find(Kept.KEY, "resp_failed")).isEmpty();
        assertThat(kept.lost()).isZero();
    }

    private RecallResponse recall(boolean counting) {
        return new RecallResponse(kept.transcripts, budget, DataSize.ofMegabytes(1), counting);
    }

    private Call recalled(String body) {
        var exchange = exchange(body, Kept.KEY);
        recall(false).process(exchange);
        return Call.of(exchange);
    }

    private static Exchange exchange(String body, UUID key) {
        var protocol = new SpokenResponses();
        var client = new FakeClient(FakeHead.NONE, body);
        var call = new Call("req_1", new UUID(0, 1), client, Instant.EPOCH, System::nanoTime, List.of());
        call.speak(protocol);
        call.identify(ApiKey.unlimited(key, "key"));
        call.decode(protocol.read(client.readBody(), client));
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Call.PROPERTY, call);
        return exchange;
    }

    private static void end(Call call) {
        call.finish(new Outcome(Outcome.Result.OK, 200, null, Usage.NONE));
    }

    private static String body(Call call) {
        return Kept.text(call.envelope().body());
    }

    private static String shown(@Nullable Draft draft) {
        byte[] empty = Kept.bytes("{\"store\":0}");
        return Kept.text(requireNonNull(draft).shown(empty, dev.serai.json.JsonObjectSpans.scan(empty)));
    }
}
