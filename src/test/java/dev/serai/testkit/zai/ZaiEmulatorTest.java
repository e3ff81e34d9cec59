package dev.serai.testkit.zai;

import static dev.serai.testkit.emulator.Examples.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Asking;
import dev.serai.testkit.emulator.Delivery;
import dev.serai.testkit.emulator.Ending;
import dev.serai.testkit.emulator.Pace;
import dev.serai.testkit.emulator.SseStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The emulator of chat.z.ai does what the description of the wire says of the server, seen by hand-made requests. */
class ZaiEmulatorTest {

    private static final String QUERY = "?requestId=11111111-2222-4333-8444-555555555555&timestamp=1767225600000"
            + "&user_id=user-0001&signature_timestamp=1767225600000&platform=web";

    private final ZaiEmulator emulator =
            new ZaiEmulator(Clock.fixed(Instant.ofEpochMilli(1_767_225_600_000L), ZoneOffset.UTC));
    private final ZaiSession owner = emulator.sessions().register();

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void signaturesOfTheDescription() {
        String id = "11111111-2222-4333-8444-555555555555";

        assertThat(ZaiSignature.hmac(ZaiSignature.KEY, "5890752"))
                .isEqualTo("fb87b43b59f928eed228818238373fea4be13642a177753a404e00817aa86261");
        assertThat(ZaiSignature.of(ZaiSignature.KEY, id, "user-0001", 1_767_225_600_000L, "hello"))
                .isEqualTo("c7e9809fae69bac9541065c719f0f8533ae4fa3886145b098d8f24ea61fbcc6d");
        assertThat(ZaiSignature.of(ZaiSignature.KEY, id, "user-0001", 1_767_225_899_999L, "héllo 你好"))
                .isEqualTo("9d72c5cd05667971613ad7d0d35dc55dd1222c1a674324cce22271b63971292c");
    }

    @Test
    void goodTurnIsAnsweredAndRaisesNoComplaint() {
        var frames = data(turn().send().body());

        assertThat(frames.getFirst().at("/data/delta_content").asText()).isEqualTo("Hello");
        assertThat(frames.getLast().asText()).isEqualTo("[DONE]");
        assertThat(emulator.gate().complaints()).isEmpty();
        assertThat(emulator.chat().asked().getFirst().prompt()).isEqualTo("hello");
        assertThat(emulator.chat().ended().getFirst().ending()).isEqualTo(Ending.WHOLE);
    }

    @Test
    void checksComeInTheirOrder() {
        emulator.gate().captcha(true, true);
        var worst = turn().without("X-FE-Version")
                .with("Authorization", "Bearer nobody")
                .with("X-Signature", "wrong")
                .body(body().put("model", "none").toString());

        assertThat(worst.send().statusCode()).isEqualTo(426);
        assertThat(worst.with("X-FE-Version", "prod-fe-1.0.90")
                        .json()
                        .at("/error/code")
                        .asInt())
                .isEqualTo(426);
        var versioned = worst.with("X-FE-Version", "prod-fe-1.0.91");
        assertThat(versioned.send().statusCode()).isEqualTo(401);
        var known = versioned.with("Authorization", "Bearer " + owner.token());
        assertThat(error(known).path("code").asInt()).isEqualTo(426);
        var signed = known.with("X-Signature", "c7e9809fae69bac9541065c719f0f8533ae4fa3886145b098d8f24ea61fbcc6d");
        assertThat(error(signed).path("code").asText()).isEqualTo("FRONTEND_CAPTCHA_REQUIRED");
        emulator.gate().captcha(true, false);
        assertThat(signed.send().statusCode()).isEqualTo(400);
        assertThat(emulator.gate().captchasSeen()).isEmpty();
    }

    @Test
    void signatureCoversPromptUserAndTime() {
        assertThat(error(turn().body(body().put("signature_prompt", "hello!").toString()))
                        .path("code")
                        .asInt())
                .isEqualTo(426);
        var other = emulator.sessions().register();
        assertThat(error(turn().with("Authorization", "Bearer " + other.token()))
                        .path("code")
                        .asInt())
                .isEqualTo(426);
        emulator.gate().skew(Duration.ofMinutes(6));
        assertThat(error(turn()).path("detail").asText()).isEqualTo("client check failed");
    }

    @Test
    void oldVersionMeetsTheFirewallWhenThereIsOne() {
        emulator.gate().version("prod-fe-1.2.0", "prod-fe-1.1.98").firewallBelow("prod-fe-1.0.200");

        assertThat(turn().with("X-FE-Version", "prod-fe-1.0.199").send().statusCode())
                .isEqualTo(405);
        assertThat(turn().with("X-FE-Version", "prod-fe-1.1.97").send().statusCode())
                .isEqualTo(426);
        var page = Asking.of("GET", emulator.url() + "/").send();
        assertThat(page.body()).contains("prod-fe-1.2.0");
        assertThat(page.headers().firstValue("date")).contains("Thu, 1 Jan 2026 00:00:00 GMT");
    }

    @Test
    void whoeverIsNobodyBecomesAGuest() {
        var auths = Asking.of("GET", emulator.url() + "/api/v1/auths/");
        var first = auths.json();
        emulator.sessions().kill(owner);
        var dead = auths.with("Authorization", "Bearer " + owner.token()).json();

        assertThat(first.path("role").asText()).isEqualTo("guest");
        assertThat(first.path("email").asText()).startsWith("guest-").endsWith("@guest.com");
        assertThat(dead.path("role").asText()).isEqualTo("guest");
        assertThat(dead.path("id").asText()).isNotEqualTo(owner.userId());
        assertThat(auths.with("Authorization", "Bearer " + first.path("token").asText())
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(first.path("id").asText());
        assertThat(emulator.sessions().guests()).isEqualTo(2);
    }

    @Test
    void guestsAreLimited() {
        emulator.sessions().guestLimit(1);
        var guest = Asking.of("POST", emulator.url() + "/api/v1/auths/guest")
                .with("Content-Type", "application/json")
                .body("{}");

        assertThat(guest.send().statusCode()).isEqualTo(200);
        assertThat(guest.send().statusCode()).isEqualTo(429);
    }

    @Test
    void guestsMayUseSomeModelsAndUploadNothing() {
        emulator.gate().profile2025();
        emulator.chat().guestModels("glm-4.7");
        var guest = emulator.sessions().guest();
        var turn = old().with("Authorization", "Bearer " + guest.token());

        assertThat(turn.json().path("detail").asText()).startsWith("model_level");
        assertThat(turn.body(body().put("model", "glm-4.7").toString()).send().statusCode())
                .isEqualTo(200);
        assertThat(upload(guest).send().statusCode()).isEqualTo(403);
    }

    @Test
    void eachProfileHasItsOwnPath() {
        assertThat(old().json().path("detail").asText()).isEqualTo("Not Found");
        emulator.gate().profile2025();

        assertThat(old().send().body()).startsWith("data: ");
        assertThat(old().with("Authorization", "Bearer nobody").send().statusCode())
                .isEqualTo(401);
        assertThat(turn().send().statusCode()).isEqualTo(404);
    }

    @Test
    void sessionHasSoManyStreams() throws IOException {
        var pace = Pace.steps().go(1);
        emulator.chat().streamsPerSession(1).says(ZaiAnswer.saying("Hi").by(Delivery.WHOLE.at(pace)));
        var first = turn().open();
        first.body().read();

        assertThat(turn().json().path("detail").asText()).isEqualTo("Too many concurrent requests");
        pace.goOn();

        assertThat(new String(first.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("[DONE]");
        assertThat(turn().send().body()).startsWith("data: ");
        assertThat(owner.streamsPeak()).isEqualTo(1);
    }

    @Test
    void callerWhoLeavesIsNoticed() throws IOException {
        emulator.chat().says(ZaiAnswer.saying("Hi").by(Delivery.WHOLE.ends(Ending.STALL, 1)));
        var answer = turn().open();
        answer.body().read();
        answer.body().close();

        await().until(() -> emulator.chat().ended().size() == 1);
        assertThat(emulator.chat().ended().getFirst().ending()).isEqualTo(Ending.LEFT);
    }

    @Test
    void streamCanBeCutAndStyled() {
        emulator.chat()
                .says(
                        ZaiAnswer.saying("你好").by(Delivery.WHOLE.as(SseStyle.ODD)),
                        ZaiAnswer.saying("你好").by(Delivery.WHOLE.ends(Ending.CUT, 1)));

        assertThat(data(turn().send().body()))
                .isEqualTo(data(ZaiAnswer.saying("你好").events()));
        assertThatThrownBy(() -> turn().send()).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void refusalsCanBePlannedForOneSession() {
        owner.next(ZaiEndpoint.CHAT_V2, ZaiRefusal.CONCURRENCY, ZaiRefusal.FIREWALL, ZaiRefusal.INTERNAL);

        assertThat(error(turn()).path("code").asInt()).isEqualTo(429);
        assertThat(turn().send().statusCode()).isEqualTo(405);
        assertThat(error(turn()).path("code").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(turn().send().body()).contains("Hello");
    }

    @Test
    void otherRolesMakeTheServerFailWhenAskedTo() {
        emulator.chat().usersOnly();
        var body = body();
        body.withArray("messages").insertObject(0).put("role", "system").put("content", "Be brief.");

        assertThat(error(turn().body(body.toString())).path("code").asText()).isEqualTo("INTERNAL_ERROR");
        assertThat(turn().send().body()).contains("Hello");
    }

    @Test
    void someModelsWantAChatMadeFirst() {
        emulator.chat().chatsNeeded("glm-5");
        assertThat(error(turn()).path("code").asText()).isEqualTo("INTERNAL_ERROR");
        var chat = asks("POST", "/api/v1/chats/new")
                .body("{\"chat\":{\"models\":[\"glm-5\"],\"history\":{\"messages\":{\"m\":{\"content\":\"hello\"}},"
                        + "\"currentId\":\"m\"}}}")
                .json();

        assertThat(turn().body(body().put("chat_id", chat.path("id").asText()).toString())
                        .send()
                        .body())
                .contains("Hello");
        assertThat(emulator.chat().undeleted()).hasSize(1);
        asks("DELETE", "/api/v1/chats/").send();
        assertThat(emulator.chat().undeleted()).isEmpty();
    }

    @Test
    void uploadsAndModels() {
        assertThat(upload(owner).json().at("/meta/size").asInt()).isEqualTo(6);
        assertThat(asks("GET", "/api/models")
                        .json()
                        .at("/data/0/info/is_active")
                        .asBoolean())
                .isTrue();
        assertThat(emulator.sessions().tokensSeen()).containsExactly(owner.token());
    }

    @Test
    void sloppyTurnRaisesComplaints() {
        turn().without("Origin")
                .body(body().put("stream", false)
                        .put("captcha_verify_param", "")
                        .toString())
                .send();

        assertThat(emulator.gate().complaints())
                .contains(
                        "turn: origin is not https://chat.z.ai",
                        "turn: stream is not true",
                        "turn: captcha_verify_param without a value");
    }

    private Asking turn() {
        return asks("POST", "/api/v2/chat/completions" + QUERY)
                .with("X-FE-Version", "prod-fe-1.1.98")
                .with("X-Signature", "c7e9809fae69bac9541065c719f0f8533ae4fa3886145b098d8f24ea61fbcc6d")
                .body(body().toString());
    }

    private Asking old() {
        return asks("POST", "/api/chat/completions").body(body().toString());
    }

    private Asking upload(ZaiSession session) {
        return Asking.of("POST", emulator.url() + "/api/v1/files/")
                .with("Authorization", "Bearer " + session.token())
                .file("a.png", "image/png", "pixels");
    }

    private Asking asks(String method, String path) {
        return Asking.of(method, emulator.url() + path)
                .with("Authorization", "Bearer " + owner.token())
                .with("Content-Type", "application/json")
                .with("Accept", "text/event-stream")
                .with("Accept-Language", "en-US")
                .with("User-Agent", "Mozilla/5.0 (synthetic)")
                .with("Origin", "https://chat.z.ai")
                .with("Referer", "https://chat.z.ai/c/11111111-2222-4333-8444-666666666666");
    }

    private static ObjectNode body() {
        var body = Json.object().put("stream", true).put("model", "glm-5");
        body.putArray("messages").addObject().put("role", "user").put("content", "hello");
        body.put("chat_id", "11111111-2222-4333-8444-666666666666")
                .put("id", "11111111-2222-4333-8444-777777777777")
                .put("signature_prompt", "hello");
        body.putObject("features").put("enable_thinking", true);
        body.putObject("params");
        body.putObject("variables");
        return body;
    }

    /** The error that is the only frame of a stream. */
    private static JsonNode error(Asking asking) {
        var answer = asking.send();
        assertThat(answer.statusCode()).isEqualTo(200);
        var frame = data(answer.body()).getFirst();
        assertThat(frame.at("/data/data/error")).isEqualTo(frame.at("/data/error"));
        return frame.at("/data/error");
    }
}
