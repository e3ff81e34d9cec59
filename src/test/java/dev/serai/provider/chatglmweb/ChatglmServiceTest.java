package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.account.IssueFault;
import dev.serai.account.TokenAnswer;
import dev.serai.account.TokenAsk;
import dev.serai.secret.Secret;
import dev.serai.testkit.FakeUpstream;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.TimeLimit;
import dev.serai.upstream.UpstreamClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatglmServiceTest {

    private static final Secret TOKEN = new Secret("ref.synthetic.1");

    private final FakeUpstream site = new FakeUpstream();
    private final UpstreamClient client = new UpstreamClient(4);
    private final TimeLimit limit = new TimeLimit();
    private final ServiceClock clock =
            new ServiceClock(Clock.fixed(Instant.ofEpochMilli(1_700_000_000_124L), ZoneOffset.UTC));
    private final ChatglmProperties properties =
            new ChatglmProperties(site.url(), "constant", FrameStyle.AUTO, "Agent", Map.of("Cookie", "waf=1"));
    private final ChatglmService service =
            new ChatglmService(new SideExchange(client, limit), new BrowserHeaders(properties, clock));
    private final ChatglmTokens tokens = new ChatglmTokens(service, clock, site.url());

    @AfterEach
    void close() throws IOException {
        client.close();
        limit.close();
        site.close();
    }

    private void answers(String json) {
        site.now((request, wire) -> json(wire, json));
    }

    private static void json(FakeUpstream.Wire wire, String json) throws IOException {
        wire.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + json.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + json);
    }

    private TokenAnswer ask() {
        return tokens.ask(new TokenAsk("tk_1", TOKEN, null));
    }

    @Test
    void aRefreshTokenBecomesAnAccessTokenAndItsSuccessor() {
        answers("{\"status\":0,\"message\":\"success\",\"result\":{\"user_id\":\"u-1001\",\"access_token\":\"acc.2\","
                + "\"refresh_token\":\"ref.2\",\"is_guest\":false},\"rid\":\"x\"}");
        assertThat(ask()).isInstanceOfSatisfying(TokenAnswer.Granted.class, granted -> {
            assertThat(granted.access().reveal()).isEqualTo("acc.2");
            assertThat(granted.secret()).isNotNull().extracting(Secret::reveal).isEqualTo("ref.2");
            assertThat(granted.subject()).isEqualTo("u-1001");
        });
        var asked = site.journal().getFirst();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/chatglm/user-api/user/refresh");
        assertThat(asked.header("authorization")).isEqualTo("Bearer ref.synthetic.1");
    }

    @Test
    void everyRequestIsSignedAndLooksLikeTheWebPages() {
        answers("{\"status\":0,\"result\":{}}");
        ask();
        var asked = site.journal().getFirst();
        assertThat(asked.header("x-timestamp")).isEqualTo("1700000000134");
        assertThat(asked.header("x-nonce")).matches("[0-9a-f]{32}");
        assertThat(asked.header("x-sign"))
                .isEqualTo(Signature.digest("1700000000134-" + asked.header("x-nonce") + "-constant"));
        assertThat(asked.header("x-request-id")).matches("[0-9a-f]{32}");
        assertThat(asked.header("x-device-id")).matches("[0-9a-f]{32}");
        assertThat(asked.header("app-name")).isEqualTo("chatglm");
        assertThat(asked.header("x-app-platform")).isEqualTo("pc");
        assertThat(asked.header("x-app-version")).isEqualTo("0.0.1");
        assertThat(asked.header("origin")).isEqualTo("https://chatglm.cn");
        assertThat(asked.header("user-agent")).isEqualTo("Agent");
        assertThat(asked.header("cookie")).isEqualTo("waf=1");
    }

    @Test
    void anExpiredRefreshTokenIsDead() {
        answers("{\"status\":40102,\"message\":\"40102: refresh token expired\",\"result\":null}");
        assertThat(ask()).isEqualTo(TokenAnswer.refused(IssueFault.DEAD, "The refresh token has expired."));
    }

    @Test
    void aFirewallsRefusalSaysNothingOfTheAccount() {
        answers("{\"status\":40012,\"message\":\"waf\"}");
        assertThat(ask())
                .isInstanceOfSatisfying(
                        TokenAnswer.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(IssueFault.BLOCKED));
    }

    @Test
    void aFirewallsPageSaysNothingOfTheAccount() {
        site.now((request, wire) ->
                wire.send("HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"));
        assertThat(ask())
                .isInstanceOfSatisfying(
                        TokenAnswer.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(IssueFault.BLOCKED));
    }

    @Test
    void aClockThatIsOffIsPutRightAndTheTokenAskedForAgain() {
        site.now(
                (request, wire) -> json(wire, "{\"status\":40014,\"message\":\"40014: sign\",\"result\":null}"),
                (request, wire) -> json(wire, "{\"status\":0,\"result\":{\"cur_ts\":1700000100000}}"),
                (request, wire) -> json(wire, "{\"status\":0,\"result\":{\"access_token\":\"acc.2\"}}"));
        assertThat(ask()).isInstanceOf(TokenAnswer.Granted.class);
        assertThat(site.journal()).hasSize(3);
        assertThat(site.journal().getLast().header("x-timestamp")).startsWith("17000001000");
    }

    @Test
    void noAnswerSaysNothingOfTheAccount() {
        site.now((request, wire) -> wire.reset());
        assertThat(ask())
                .isInstanceOfSatisfying(
                        TokenAnswer.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(IssueFault.UNREACHABLE));
    }

    @Test
    void theServicesClockIsLearned() {
        answers("{\"status\":0,\"result\":{\"cur_ts\":1700000100}}");
        clock.learn(service.time(site.url()));
        assertThat(clock.millis()).isEqualTo(1_700_000_100_000L);
    }

    @Test
    void aFileGoesAsAForm() throws IOException {
        answers(
                "{\"status\":0,\"result\":{\"file_id\":\"f1\",\"file_url\":\"https://x.example/f1\",\"width\":1,\"height\":1}}");
        var file = new MediaFile("a\"\r\n.png", "image/png", new byte[] {1, 2, 3});
        var told = service.upload(site.url(), TOKEN, file, abort -> {});
        assertThat(Uploaded.of(told.result())).isNotNull();
        var asked = site.journal().getFirst();
        assertThat(asked.header("content-type")).startsWith("multipart/form-data; boundary=");
        assertThat(asked.body()).contains("name=\"file\"; filename=\"a___.png\"\r\ncontent-type: image/png\r\n\r\n");
    }

    @Test
    void deletingNamesAssistantAndConversation() throws IOException {
        answers("{\"status\":0,\"result\":null}");
        service.delete(site.url(), TOKEN, "a1", "c1");
        assertThat(site.journal().getFirst().body()).isEqualTo("{\"assistant_id\":\"a1\",\"conversation_id\":\"c1\"}");
    }
}
