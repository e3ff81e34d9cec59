package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.emulator.Refused;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the body of a turn, as strictly as the wire is known. */
final class ZaiBody {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    private final JsonNode body;
    private final ZaiGate gate;
    private final ZaiFiles files;

    ZaiBody(JsonNode body, ZaiGate gate, ZaiFiles files) {
        this.body = body;
        this.gate = gate;
        this.files = files;
    }

    boolean hasOnlyUsers() {
        for (var message : body.path("messages")) {
            if (!"user".equals(message.path("role").asText())) {
                return false;
            }
        }
        return true;
    }

    /** @throws Refused when the body cannot be a turn */
    ZaiAsked asked(ZaiSession session) {
        require(body.path("model").isTextual());
        require(body.path("messages").isArray() && !body.path("messages").isEmpty());
        String prompt = "";
        for (var message : body.path("messages")) {
            String role = message.path("role").asText("");
            require(ROLES.contains(role));
            String text = text(message.path("content"));
            prompt = role.equals("user") ? text : prompt;
        }
        lookAt(prompt);
        return new ZaiAsked(session, body.path("model").asText(), prompt, body);
    }

    private String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        require(content.isArray());
        var text = new StringBuilder();
        for (var part : content) {
            switch (part.path("type").asText("")) {
                case "text" -> text.append(part.path("text").asText());
                case "image_url" -> image(part.path("image_url").path("url").asText(""));
                default -> require(false);
            }
        }
        return text.toString();
    }

    private void image(String url) {
        if (files.uploads().stream().noneMatch(upload -> url.startsWith(upload.id()))) {
            gate.complain("turn: image " + url + " was never uploaded");
        }
    }

    private void lookAt(String prompt) {
        expect(body.path("stream").asBoolean(false), "stream is not true");
        expect(UUID.matcher(body.path("chat_id").asText("")).matches(), "chat_id");
        expect(UUID.matcher(body.path("id").asText("")).matches(), "id");
        expect(body.path("features").isObject(), "features");
        expect(body.path("params").isObject(), "params");
        expect(body.path("variables").isObject(), "variables");
        if (!gate.is2025()) {
            expect(
                    body.path("signature_prompt").asText("").equals(prompt),
                    "signature_prompt is not the last user text");
            var captcha = body.path("captcha_verify_param");
            expect(captcha.isMissingNode() || !captcha.asText("").isEmpty(), "captcha_verify_param without a value");
        }
    }

    private void expect(boolean met, String what) {
        if (!met) {
            gate.complain("turn: " + what);
        }
    }

    private static void require(boolean met) {
        if (!met) {
            throw ZaiRefusal.MALFORMED.refused();
        }
    }
}
