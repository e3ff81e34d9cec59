package dev.serai.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.call.Call;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.protocol.openaichat.OpenAiChatSurface;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;
import dev.serai.provider.Provider;
import dev.serai.provider.Providers;
import dev.serai.provider.openai.OpenAiFailures;
import dev.serai.routing.FailoverState;
import dev.serai.routing.ProviderModel;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Timeouts;
import dev.serai.secret.Secret;
import dev.serai.testkit.FakeClient;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.ModelEntries;
import dev.serai.testkit.Scripts;
import dev.serai.upstream.UpstreamClient;
import dev.serai.upstream.UpstreamTimeouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderCountTest {

    private static final String BODY =
            "{\"model\":\"public\", \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"x\":1.0}";
    private static final String ANSWER = "{\"object\":\"response.input_tokens\",\"input_tokens\":17}";

    private final FakeUpstream upstream = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient(4);
    private final FailoverState state =
            FailoverState.empty(System::nanoTime, RandomGenerator.of("L64X256MixRandom"), host -> 0);

    @AfterEach
    void close() throws IOException {
        client.close();
        upstream.close();
    }

    /** An upstream that counts at {@code /count}, or not at all. */
    private record Counting(boolean counts) implements Provider, Access {

        @Override
        public String kind() {
            return "counting";
        }

        @Override
        public Access access(Call call) {
            return this;
        }

        @Override
        public Surface surface() {
            return new OpenAiChatSurface();
        }

        @Override
        public String url(String baseUrl, Target target) {
            return baseUrl + "/chat";
        }

        @Override
        public @Nullable String countUrl(String baseUrl, Target target) {
            return counts ? baseUrl + "/count/" + target.model() : null;
        }

        @Override
        public Failures failures() {
            return new OpenAiFailures();
        }
    }

    private Call call() {
        var protocol = new OpenAiChatProtocol(Clock.systemUTC());
        var caller = new FakeClient(FakeHead.NONE, BODY);
        var call = new Call("req_1", new UUID(0, 1), caller, Instant.EPOCH, System::nanoTime, List.of());
        call.speak(protocol);
        call.decode(protocol.read(caller.readBody(), caller));
        call.resolve(entry());
        return call;
    }

    private ModelEntry entry() {
        var key = new ProviderEntry.Key("K", new Secret("upstream-secret"));
        var provider = new ProviderEntry(
                "counting",
                "inner",
                List.of(key),
                upstream.url(),
                JsonNodeFactory.instance.objectNode(),
                1,
                false,
                null,
                null,
                Timeouts.NONE);
        return ModelEntries.entry("public", provider);
    }

    private Optional<String> ask(Call call, Provider... providers) {
        var timeouts = new UpstreamTimeouts(
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3),
                Duration.ofSeconds(9));
        return new ProviderCount(state, new Providers(List.of(providers)), client, timeouts)
                .ask(call, CountShape.RESPONSES)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void theProvidersOwnCountIsTheAnswer() {
        upstream.now(Scripts.status(200, ANSWER));
        assertThat(ask(call(), new Counting(true))).hasValue(ANSWER);
        var asked = upstream.journal().getFirst();
        assertThat(asked.path()).isEqualTo("/v1/count/inner");
        assertThat(asked.body()).isEqualTo(BODY.replace("public", "inner"));
        assertThat(asked.header("authorization")).isEqualTo("Bearer upstream-secret");
    }

    @Test
    void aProviderThatDoesNotCountIsNotAsked() {
        assertThat(ask(call(), new Counting(false))).isEmpty();
        assertThat(ask(call())).isEmpty();
        assertThat(upstream.journal()).isEmpty();
    }

    @Test
    void aFailureIsNoAnswerAndSaysNothingOfTheProvidersHealth() {
        upstream.now(
                Scripts.error(404, "model_not_found"),
                Scripts.error(401, "invalid_api_key"),
                Scripts.status(200, "<html>"),
                Scripts.status(200, "{\"input_tokens\":null}"),
                (request, wire) -> wire.reset());
        for (int i = 0; i < 5; i++) {
            assertThat(ask(call(), new Counting(true))).isEmpty();
        }
        assertThat(upstream.journal()).hasSize(5);
        var model = ProviderModel.of(entry().providers().getFirst());
        assertThat(state.health().left(model)).isEqualTo(Duration.ZERO);
        upstream.now(Scripts.status(200, ANSWER));
        assertThat(ask(call(), new Counting(true))).hasValue(ANSWER);
    }

    @Test
    void nothingIsUsed() {
        upstream.now(Scripts.status(200, ANSWER));
        var call = call();
        ask(call, new Counting(true));
        assertThat(call.usage().totalTokens()).isZero();
    }
}
