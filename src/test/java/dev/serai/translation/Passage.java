package dev.serai.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.protocol.ToolDisguise;
import dev.serai.protocol.UpstreamBody;
import dev.serai.provider.UpstreamReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes one trial through the translators, as the gateway does, and holds it against its claims. */
final class Passage {

    private static final String REQUEST_ID = "req_1";

    private final Trial trial;
    private final Protocol caller;
    private final Surface upstream;
    private final Target target;
    private final Likeness likeness = new Likeness();

    Passage(Trial trial) {
        this.trial = trial;
        this.caller = Wires.protocol(trial.text("caller", ""));
        this.upstream = Wires.surface(trial.text("upstream", ""));
        this.target = new Target(
                trial.text("model", "up-1"),
                trial.streams(),
                null,
                Json.object(),
                trial.has("limit") ? trial.get("limit").asLong() : null,
                trial.text("losses", "").equals("refused"));
    }

    void run() {
        if (trial.has("error")) {
            error();
        } else if (trial.has("refused")) {
            var refusal = catchThrowableOfType(Refusal.class, this::sent);
            assertThat(refusal).as("a refusal").isNotNull();
            alike("refused", failure(refusal.failure()));
        } else {
            var sent = sent();
            if (trial.has("sent")) {
                alike("sent", json(sent.body().bytes()));
                assertThat(sent.body().dropped()).as("dropped").isEqualTo(trial.texts("dropped"));
            }
            back(sent);
        }
    }

    /** What the upstream gets, and what the way back must know of it. */
    record Sent(UpstreamBody body, ToolDisguise disguise, Reply reply) {}

    private Sent sent() {
        var envelope = caller.read(trial.body(), Wires.head(trial));
        var reply = new Reply(
                REQUEST_ID,
                envelope.model(),
                envelope.stream(),
                envelope.includeUsage(),
                envelope.traits(),
                caller.echo(envelope));
        if (trial.passes()) {
            var body = Objects.requireNonNull(upstream.passthrough(envelope, target), "cannot pass through");
            return new Sent(body, ToolDisguise.none(), reply);
        }
        var request = caller.decode(envelope);
        var disguise = ToolDisguise.of(request, upstream.toolRules());
        return new Sent(upstream.encode(disguise.applied(request), target), disguise, reply);
    }

    private void back(Sent sent) {
        if (!trial.has("answer") && !trial.streams()) {
            return;
        }
        if (trial.has("fails")) {
            var refusal = catchThrowableOfType(Refusal.class, () -> told(sent));
            assertThat(refusal).as("a failure of the upstream").isNotNull();
            alike("fails", failure(refusal.failure()));
        } else {
            told(sent);
        }
    }

    private void told(Sent sent) {
        if (trial.streams()) {
            stream(sent);
        } else if (trial.passes()) {
            byte[] answer = Trial.bytes(trial.get("answer"));
            var passed = upstream.passthroughAnswer(answer, sent.reply(), target);
            if (passed.failure() != null) {
                throw new Refusal(passed.failure());
            }
            alike("told", json(passed.body()));
        } else {
            var response = upstream.decode(Trial.bytes(trial.get("answer")), target);
            alike("told", json(caller.encode(sent.disguise().revealed(response), sent.reply())));
        }
    }

    private void stream(Sent sent) {
        var lane = trial.passes()
                ? StreamLane.passing(upstream.passthroughStream(sent.reply(), target))
                : StreamLane.translated(
                        upstream.streamDecoder(target), caller.streamEncoder(sent.reply()), sent.disguise());
        String wire = lane.play(trial.get("stream"));
        if (trial.has("events")) {
            alike("events", SeenEvents.of(wire, caller));
        }
        if (trial.has("including")) {
            var missing = SeenEvents.missing(trial.get("including"), SeenEvents.of(wire, caller), likeness);
            assertThat(missing).as("including, in\n%s", wire).isEmpty();
        }
        if (trial.has("told")) {
            var response = SeenEvents.accumulated(wire, Wires.surface(caller.name()), target);
            alike("told", json(caller.encode(response, sent.reply())));
        }
    }

    private void error() {
        Failure failure = trial.has("reply") ? ofReply() : ofTrial();
        var answer = caller.error(failure, REQUEST_ID);
        var told = Json.object()
                .put("status", answer.status())
                .put("class", failure.type().name());
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        var named = told.putObject("headers");
        headers.forEach((name, value) -> named.put(name.toLowerCase(java.util.Locale.ROOT), value));
        told.set("body", json(answer.body()));
        alike("error", told);
    }

    private Failure ofReply() {
        JsonNode reply = trial.get("reply");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        reply.path("headers")
                .properties()
                .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
        return Wires.failures(trial.text("upstream", ""))
                .of(new UpstreamReply(
                        reply.path("status").asInt(), headers::get, Trial.bytes(reply.path("body")), Wires.NOW));
    }

    private Failure ofTrial() {
        JsonNode failure = trial.get("failure");
        return new Failure(
                Kind.valueOf(failure.path("kind").asText()),
                FailureClass.valueOf(failure.path("class").asText("CLIENT")),
                failure.path("message").asText("words"),
                text(failure.path("param")),
                null);
    }

    private static JsonNode failure(Failure failure) {
        return Json.object()
                .put("kind", failure.kind().name())
                .put("class", failure.type().name())
                .put("param", failure.param())
                .put("message", failure.message());
    }

    private void alike(String claim, JsonNode actual) {
        List<String> differences = likeness.differences(trial.get(claim), actual);
        assertThat(differences).as("%s, which was %s", claim, actual).isEmpty();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    static JsonNode json(byte[] bytes) {
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            return TextNode.valueOf("not JSON: " + new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
