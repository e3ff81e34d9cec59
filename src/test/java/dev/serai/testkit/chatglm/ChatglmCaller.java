package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.testkit.emulator.Asking;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Requests to the emulator, made by hand: signed with the first test vector of the wire's description, at its time. */
final class ChatglmCaller {

    static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_124L), ZoneOffset.UTC);

    static final Map<String, String> SIGNED = Map.of(
            "X-Timestamp", "1700000000134",
            "X-Nonce", "0123456789abcdef0123456789abcdef",
            "X-Sign", "c3a17ec35924bb9857edddb313042d92");

    private static final Map<String, String> HEADERS = Map.of(
            "App-Name", "chatglm",
            "X-App-Platform", "pc",
            "X-App-Version", "0.0.1",
            "X-Request-Id", "00112233445566778899aabbccddeeff",
            "Origin", "https://chatglm.cn",
            "Referer", "https://chatglm.cn/main/alltoolsdetail",
            "User-Agent", "Mozilla/5.0 (synthetic)",
            "Accept", "text/event-stream");

    private final ChatglmEmulator emulator;

    ChatglmCaller(ChatglmEmulator emulator) {
        this.emulator = emulator;
    }

    /** A good request from an account's device. */
    Asking asks(ChatglmEndpoint endpoint, ChatglmAccount account, String token) {
        return asks(endpoint == ChatglmEndpoint.USER_INFO ? "GET" : "POST", endpoint.path())
                .with("X-Device-Id", account.deviceId())
                .with("Authorization", "Bearer " + token);
    }

    Asking asks(String method, String path) {
        return Asking.of(method, emulator.url() + path)
                .with(HEADERS)
                .with(SIGNED)
                .with("X-Device-Id", "ffffffffffffffffffffffffffffffff");
    }

    Asking refreshes(ChatglmAccount account, String token) {
        return asks(ChatglmEndpoint.REFRESH, account, token)
                .with("Content-Type", "application/json")
                .body("{}");
    }

    /** A turn with a fresh access token. */
    Asking turn(ChatglmAccount account, String conversation, String text) {
        return turn(account, emulator.accounts().accessToken(account), conversation, text);
    }

    Asking turn(ChatglmAccount account, String token, String conversation, String text) {
        return asks(ChatglmEndpoint.STREAM, account, token)
                .with("Content-Type", "application/json")
                .body(body(conversation, text).toString());
    }

    Asking delete(ChatglmAccount account, String conversation) {
        var body = Json.object().put("assistant_id", ChatglmChat.MAIN).put("conversation_id", conversation);
        return asks(ChatglmEndpoint.DELETE, account, emulator.accounts().accessToken(account))
                .with("Content-Type", "application/json")
                .body(body.toString());
    }

    static ObjectNode body(String conversation, String text) {
        var body = Json.object()
                .put("assistant_id", ChatglmChat.MAIN)
                .put("conversation_id", conversation)
                .put("project_id", "")
                .put("chat_type", "user_chat");
        var meta = body.putObject("meta_data")
                .put("channel", "")
                .put("chat_mode", "")
                .put("draft_id", "")
                .put("input_question_type", "xxxx")
                .put("is_networking", false)
                .put("is_test", false)
                .put("platform", "pc")
                .put("quote_log_id", "");
        meta.putObject("cogview").put("rm_label_watermark", false);
        var message = body.putArray("messages").addObject().put("role", "user");
        message.putArray("content").addObject().put("type", "text").put("text", text);
        return body;
    }

    /** Where the stream of an answer belongs to. */
    static String conversation(JsonNode frame) {
        return frame.path("conversation_id").asText();
    }
}
