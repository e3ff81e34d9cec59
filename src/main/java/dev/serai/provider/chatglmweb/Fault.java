package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the service means by a refusal: a number in one of several places, or only words. */
enum Fault {
    /** The access token is not taken. */
    ACCESS,
    /** The account must log in again. */
    DEAD,
    /** A guest has had its turns. */
    GUEST,
    RATE,
    /** The account has an answer running. */
    BUSY,
    /** Refused for what was said. */
    FILTERED,
    /** Headers are missing, or the constant of the signature has changed. */
    SIGNATURE,
    /** The request is not what the web page would send. */
    FORM,
    FIREWALL,
    /** The account may not talk to this assistant. */
    NOT_ALLOWED,
    /** The service failed. */
    FAILED,
    /** None. */
    NONE;

    private static final Pattern CODE =
            Pattern.compile("(?<![0-9A-Za-z])(40001|40002|40011|40012|40014|40102|40103|10024|401)(?![0-9A-Za-z])");
    private static final int WORDS = 2048;

    /** What an answer that is no event stream says. */
    static Fault of(int status, byte[] body) {
        Fault told = body.length == 0 ? NONE : of(Json.treeIfAny(body));
        if (status == 429) {
            return told == BUSY ? BUSY : RATE;
        }
        if (told != NONE) {
            return told;
        }
        return switch (status) {
            case 401, 403 -> isPage(body) ? FIREWALL : ACCESS;
            case 400 -> FIREWALL;
            default -> status == 200 && isEnvelope(body) ? NONE : FAILED;
        };
    }

    /** What an envelope, or a frame of a stream, says. */
    static Fault of(JsonNode tree) {
        if (!tree.isObject()) {
            return NONE;
        }
        JsonNode inner =
                tree.path("last_error").isObject() && !tree.path("last_error").isEmpty()
                        ? tree.path("last_error")
                        : tree.path("error").isObject() ? tree.path("error") : tree;
        String words = words(inner);
        if (has(words, "already streaming", "conversation streaming", "已有对话流")) {
            return BUSY;
        }
        for (String name : new String[] {"status", "code", "error_code"}) {
            Fault told = byCode(inner.path(name).asText(""));
            if (told != NONE) {
                return told;
            }
        }
        var code = CODE.matcher(words);
        return code.find() ? byCode(code.group(1)) : byWords(words);
    }

    private static Fault byCode(String code) {
        return switch (code) {
            case "401" -> ACCESS;
            case "40102", "40103" -> DEAD;
            case "429" -> RATE;
            case "40001", "40002", "40011" -> FORM;
            case "40014" -> SIGNATURE;
            case "40012" -> FIREWALL;
            case "10024" -> FAILED;
            default -> NONE;
        };
    }

    private static Fault byWords(String words) {
        if (has(words, "多次体验", "请登录后继续")) {
            return GUEST;
        }
        if (has(words, "合规")) {
            return FILTERED;
        }
        if (has(words, "权限不足")) {
            return NOT_ALLOWED;
        }
        return has(words, "频繁", "限流", "限制", "rate limit", "too many requests") ? RATE : NONE;
    }

    private static boolean has(String words, String... any) {
        for (String one : any) {
            if (words.contains(one)) {
                return true;
            }
        }
        return false;
    }

    private static String words(JsonNode inner) {
        var words = new StringBuilder();
        for (String name : new String[] {"message", "msg", "err_msg", "intervene_text"}) {
            String said = inner.path(name).asText("");
            words.append(said, 0, Math.min(said.length(), WORDS)).append('\n');
        }
        return words.toString().toLowerCase(Locale.ROOT);
    }

    /** Whether it begins like HTML, after blanks and a mark of its encoding. */
    private static boolean isPage(byte[] body) {
        for (byte b : body) {
            if (b == '<') {
                return true;
            }
            boolean before = Character.isWhitespace(b) || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
            if (!before) {
                return false;
            }
        }
        return false;
    }

    private static boolean isEnvelope(byte[] body) {
        JsonNode tree = Json.treeIfAny(body);
        return tree.isObject() && (tree.path("status").asInt(tree.path("code").asInt(0)) == 0);
    }
}
