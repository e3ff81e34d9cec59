package dev.serai.tokens;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.util.Arrays;

/** The answer to a request to count tokens, in each protocol that has one. */
enum CountShape {
    ANTHROPIC("anthropic-messages", "input_tokens") {
        @Override
        ObjectNode of(TokenCount count) {
            return Json.object().put("input_tokens", count.total());
        }
    },
    RESPONSES("openai-responses", "input_tokens") {
        @Override
        ObjectNode of(TokenCount count) {
            return Json.object().put("object", "response.input_tokens").put("input_tokens", count.total());
        }
    },
    GEMINI("gemini", "totalTokens") {
        @Override
        ObjectNode of(TokenCount count) {
            var answer = Json.object().put("totalTokens", count.total());
            var details = answer.putArray("promptTokensDetails");
            detail(details, "TEXT", count.text());
            detail(details, "IMAGE", count.image());
            detail(details, "DOCUMENT", count.document());
            detail(details, "AUDIO", count.audio());
            detail(details, "VIDEO", count.video());
            return answer;
        }
    };

    private final String protocol;
    private final String total;

    CountShape(String protocol, String total) {
        this.protocol = protocol;
        this.total = total;
    }

    /** @throws IllegalArgumentException for a protocol that counts no tokens */
    static CountShape of(String protocol) {
        return Arrays.stream(values())
                .filter(shape -> shape.protocol.equals(protocol))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(protocol + " counts no tokens"));
    }

    abstract ObjectNode of(TokenCount count);

    /** Whether the bytes are such an answer. */
    boolean is(byte[] answer) {
        try {
            return Json.tree(answer, 0, answer.length).path(total).isIntegralNumber();
        } catch (IOException notJson) {
            return false;
        }
    }

    private static void detail(ArrayNode details, String modality, long tokens) {
        if (tokens > 0) {
            details.addObject().put("modality", modality).put("tokenCount", tokens);
        }
    }
}
