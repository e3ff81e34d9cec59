package dev.serai.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Fields;
import dev.serai.message.CacheHint;
import dev.serai.message.CachePolicy;
import dev.serai.message.Effort;
import dev.serai.message.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members that both OpenAI protocols have and write alike. */
public final class OpenAiFields {

    private static final int MAX_IDENTIFIER = 128;
    private static final Map<String, Duration> TTLS =
            Map.of("5m", Duration.ofMinutes(5), "30m", Duration.ofMinutes(30), "12h", Duration.ofHours(12));

    private OpenAiFields() {}

    /** {@code metadata}: at most 16 pairs of texts. */
    public static Map<String, String> metadata(Fields fields) {
        Fields metadata = fields.object("metadata");
        if (metadata == null) {
            return Map.of();
        }
        if (metadata.node().size() > 16) {
            throw Refusal.invalid("metadata", "metadata: at most 16 pairs are allowed");
        }
        var map = new LinkedHashMap<String, String>();
        for (Map.Entry<String, JsonNode> pair : metadata.node().properties()) {
            String value = metadata.text(pair.getKey());
            if (pair.getKey().length() > 64 || value != null && value.length() > 512) {
                throw metadata.invalid(pair.getKey(), "a key has at most 64 characters and a value at most 512");
            }
            if (value != null) {
                map.put(pair.getKey(), value);
            }
        }
        return map;
    }

    /** {@code prompt_cache_key}, {@code prompt_cache_options} and {@code prompt_cache_retention}. */
    public static @Nullable CachePolicy cache(Fields fields) {
        String key = fields.text("prompt_cache_key");
        Fields options = fields.object("prompt_cache_options");
        String retention = fields.text("prompt_cache_retention");
        if (key == null && options == null && retention == null) {
            return null;
        }
        String ttl = options == null ? null : options.text("ttl");
        return new CachePolicy(key, ttl == null ? retention : ttl, options == null ? null : options.text("mode"));
    }

    public static void cache(@Nullable CachePolicy cache, ObjectNode body) {
        if (cache == null) {
            return;
        }
        put(body, "prompt_cache_key", cache.key());
        if (cache.mode() != null) {
            ObjectNode options = body.putObject("prompt_cache_options").put("mode", cache.mode());
            put(options, "ttl", cache.ttl());
        } else {
            put(body, "prompt_cache_retention", cache.ttl());
        }
    }

    /** The {@code prompt_cache_breakpoint} of a part. */
    public static @Nullable CacheHint breakpoint(Fields part) {
        Fields point = part.object("prompt_cache_breakpoint");
        if (point == null) {
            return null;
        }
        String ttl = point.text("ttl");
        if (ttl != null && !TTLS.containsKey(ttl)) {
            throw point.invalid("ttl", "30m or 12h is expected");
        }
        return new CacheHint(ttl == null ? null : TTLS.get(ttl));
    }

    /** Five minutes is the shortest there is and needs no word; more than half an hour is half a day. */
    public static ObjectNode breakpoint(@Nullable CacheHint cache, ObjectNode part) {
        if (cache == null) {
            return part;
        }
        ObjectNode point = part.putObject("prompt_cache_breakpoint").put("mode", "explicit");
        Duration ttl = cache.ttl();
        if (ttl != null && ttl.toMinutes() > 5) {
            point.put("ttl", ttl.toMinutes() > 30 ? "12h" : "30m");
        }
        return part;
    }

    /** An effort by its word. */
    public static @Nullable Effort effort(Fields fields, String name) {
        String word = fields.text(name);
        if (word == null) {
            return null;
        }
        for (Effort effort : Effort.values()) {
            if (effort.wireName().equals(word.toLowerCase(Locale.ROOT))) {
                return effort;
            }
        }
        throw fields.invalid(name, "none, minimal, low, medium, high, xhigh or max is expected");
    }

    /** A mark of an end user that fits: a longer one is replaced by its digest. */
    public static String identifier(String user) {
        return user.length() > MAX_IDENTIFIER ? sha256(user) : user;
    }

    public static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Whole numbers are written without a fraction. */
    public static void put(ObjectNode node, String name, @Nullable Double value) {
        if (value == null) {
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            node.put(name, value.longValue());
        } else {
            node.put(name, value);
        }
    }

    /** The SHA-256 of a text in hexadecimal. */
    public static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
