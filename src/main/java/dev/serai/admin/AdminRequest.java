package dev.serai.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Call;
import dev.serai.message.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the operator asks for: path, query and body of a call of the admin API. Throws a {@link Refusal} for what cannot be read. */
record AdminRequest(Call call) {

    /** The largest body. */
    static final long MOST = 64 * 1024;

    private static final int DEEPEST = 20;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** The body, an object; an absent one has no fields. */
    Fields body() {
        byte[] body = call.client().readBody(MOST);
        if (body.length == 0) {
            return new Fields(JSON.createObjectNode());
        }
        JsonNode read = parse(body);
        if (read instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw Refusal.invalid("body", "The request body must be a JSON object");
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage();
            throw Refusal.invalid(
                    "body",
                    reason != null && reason.startsWith("Duplicate field")
                            ? "The request body names a field twice"
                            : "The request body is not valid JSON");
        } catch (IOException | NumberFormatException e) {
            throw Refusal.invalid("body", "The request body is not valid JSON");
        }
    }

    /** The variable {@code id} of the path; empty for what is no id at all. */
    Optional<UUID> id() {
        return uuid(variable("id"));
    }

    /** A variable of the path. */
    String variable(String name) {
        String value = call.client().pathVariables().get(name);
        if (value == null) {
            throw new IllegalStateException("the path has no variable " + name);
        }
        return value;
    }

    /** A parameter of the query, which may be given once; null when it is not. */
    @Nullable
    String query(String name) {
        List<String> values = call.client().query(name);
        if (values.size() > 1) {
            throw Refusal.invalid(name, "'" + name + "' is given more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The part of a list that is asked for. */
    Span span() {
        return Span.of(query("limit"), query("offset"));
    }

    /** An id in its usual form only; Java reads more. */
    static Optional<UUID> uuid(String text) {
        try {
            UUID id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
