package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.call.Client;
import dev.serai.call.Outcome;
import dev.serai.credential.TestNanos;
import dev.serai.message.FailureClass;
import dev.serai.message.Usage;
import dev.serai.observe.AccessLog;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.OpenAiChatProtocol;
import dev.serai.provider.UpstreamFailure;
import dev.serai.routing.Candidate;
import dev.serai.routing.config.ProviderEntry;
import dev.serai.routing.config.Timeouts;
import dev.serai.tenant.ApiKey;
import dev.serai.testkit.FakeHead;
import dev.serai.testkit.ModelEntries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fields of the access log are those of its page. */
class AccessLogPageTest {

    private static final Page PAGE = Page.of("docs/operating.md");
    private static final byte[] REQUEST =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}".getBytes(StandardCharsets.UTF_8);

    @Test
    void fieldsOfTheLinesAreThoseOfThePage() throws IOException {
        var told = PAGE.table("Field").stream()
                .flatMap(row -> Page.code(row.getFirst()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        var written = new TreeSet<>(answered());
        written.addAll(
                line(new Outcome(Outcome.Result.REFUSED, 502, UpstreamFailure.of(FailureClass.UPSTREAM), Usage.NONE)));
        assertThat(told).isEqualTo(written);
    }

    @Test
    void theExampleHasTheFieldsOfAnAnsweredCall() throws IOException {
        assertThat(fields(PAGE.blocks("json").findFirst().orElseThrow())).isEqualTo(answered());
    }

    private static Set<String> answered() throws IOException {
        return line(new Outcome(Outcome.Result.OK, 200, null, new Usage(5, 0, 0, 7, 0, false)));
    }

    private static Set<String> line(Outcome outcome) throws IOException {
        var out = new ByteArrayOutputStream();
        var log = new AccessLog(out);
        log.finished(call(), outcome);
        log.flush();
        return fields(out.toString(StandardCharsets.UTF_8));
    }

    private static Call call() {
        var protocol = new OpenAiChatProtocol(Clock.systemUTC());
        var call = new Call("req_1", new UUID(0, 1), new SilentClient(), Instant.EPOCH, new TestNanos(), List.of());
        call.speak(protocol);
        call.identify(ApiKey.unlimited(new UUID(0, 0), "key"));
        call.decode(protocol.read(REQUEST, FakeHead.NONE));
        var none = JsonNodeFactory.instance.objectNode();
        var provider =
                new ProviderEntry("openai", "m", List.of(), "https://a", none, 1, false, null, null, Timeouts.NONE);
        var entry = ModelEntries.entry("m", provider);
        call.resolve(entry);
        call.begin(new Attempt(
                new Candidate(entry, provider, null, 0),
                new Target("m", false, null, none, null, false),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
        call.content();
        return call;
    }

    private static Set<String> fields(String line) throws IOException {
        var names = new TreeSet<String>();
        new ObjectMapper().readTree(line).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A caller that says nothing beyond its path. */
    private static final class SilentClient implements Client {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String remoteAddress() {
            return "192.0.2.1";
        }

        @Override
        public String path() {
            return "/v1/chat/completions";
        }

        @Override
        public Map<String, String> pathVariables() {
            return Map.of();
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public List<String> query(String name) {
            return List.of();
        }

        @Override
        public byte[] readBody() {
            return REQUEST;
        }

        @Override
        public byte[] readBody(long most) {
            return REQUEST;
        }

        @Override
        public byte[] readFormOrBody() {
            return REQUEST;
        }

        @Override
        public void releaseBody() {}

        @Override
        public void hold(long bytes) {}

        @Override
        public void letGo(long bytes) {}

        @Override
        public void cut() {}

        @Override
        public boolean gone() {
            return false;
        }

        @Override
        public boolean committed() {
            return false;
        }

        @Override
        public long lastWriteNanos() {
            return 0;
        }

        @Override
        public void expectStream(String contentType, Map<String, String> headers) {}

        @Override
        public void heartbeat(byte[] comment) {}
    }
}
