package dev.serai.testkit.chatglm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.emulator.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the body of a turn, as strictly as the wire is known. */
final class ChatglmBody {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final Set<String> MEMBERS =
            Set.of("assistant_id", "conversation_id", "project_id", "chat_type", "messages", "meta_data");
    private static final Set<String> MODES = Set.of("", "zero", "deep_research", "thinking", "deep_thinking", "normal");
    private static final Set<String> EFFORTS = Set.of("", "low", "high", "max");
    private static final Set<String> RATIOS = Set.of("", "1:1", "3:4", "4:3", "9:16", "16:9");

    private final JsonNode body;
    private final ChatglmGate gate;
    private final ChatglmFiles uploads;
    private final ChatglmAccount account;
    private final List<String> files = new ArrayList<>();

    /** @throws Refused when the body cannot be a turn */
    ChatglmBody(JsonNode body, ChatglmGate gate, ChatglmFiles uploads, ChatglmAccount account) {
        this.body = body;
        this.gate = gate;
        this.uploads = uploads;
        this.account = account;
        require(body.isObject());
        require(ID.matcher(assistant()).matches());
        require(body.path("conversation_id").isTextual());
        require(body.path("meta_data").isObject());
    }

    String assistant() {
        return body.path("assistant_id").asText("");
    }

    /** Empty for a new one. */
    String conversation() {
        return body.path("conversation_id").asText("");
    }

    /** @param conversation the id of the conversation that the turn belongs to in the end */
    ChatglmAsked asked(String conversation) {
        var messages = body.path("messages");
        require(messages.isArray() && messages.size() == 1);
        require("user".equals(messages.path(0).path("role").asText("")));
        String text = text(messages.path(0).path("content"));
        lookAt(body.path("meta_data"));
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                gate.complain("turn: member " + name + " does not exist");
            }
        });
        return new ChatglmAsked(
                account,
                conversation,
                !conversation().isEmpty(),
                assistant(),
                text,
                List.copyOf(files),
                body.path("meta_data"));
    }

    private String text(JsonNode content) {
        require(content.isArray() && !content.isEmpty());
        var text = new StringBuilder();
        for (var part : content) {
            switch (part.path("type").asText("")) {
                case "text" -> {
                    require(part.path("text").isTextual());
                    text.append(part.path("text").asText());
                }
                case "file" -> part.path("file").forEach(this::file);
                case "image" -> part.path("image").forEach(this::image);
                default -> require(false);
            }
        }
        return text.toString();
    }

    private void file(JsonNode file) {
        String id = file.path("file_id").asText(file.path("source_id").asText(""));
        files.add(id);
        if (!uploads.has(account, id)) {
            gate.complain("turn: file " + id + " was never uploaded by this account");
        }
    }

    private void image(JsonNode image) {
        file(image);
        String url = image.path("image_url").asText("");
        if (!url.equals(uploads.url(image.path("file_id").asText("")))) {
            gate.complain("turn: image_url is not that of the upload");
        }
    }

    private void lookAt(JsonNode meta) {
        expect(MODES.contains(meta.path("chat_mode").asText("")), "chat_mode");
        expect(EFFORTS.contains(meta.path("reasoning_effort").asText("")), "reasoning_effort");
        expect("xxxx".equals(meta.path("input_question_type").asText("")), "input_question_type");
        expect("pc".equals(meta.path("platform").asText("")), "platform");
        expect(meta.path("channel").isTextual(), "channel");
        expect(meta.path("draft_id").isTextual(), "draft_id");
        expect(meta.path("quote_log_id").isTextual(), "quote_log_id");
        expect(!meta.path("is_test").asBoolean(true), "is_test");
        expect(RATIOS.contains(meta.path("cogview").path("aspect_ratio").asText("")), "aspect_ratio");
    }

    private void expect(boolean met, String member) {
        if (!met) {
            gate.complain("turn: meta_data." + member);
        }
    }

    private static void require(boolean met) {
        if (!met) {
            throw ChatglmRefusal.BAD_REQUEST.refused();
        }
    }
}
