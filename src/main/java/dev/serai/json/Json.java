package dev.serai.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The one configuration of Jackson: bounded input, exact numbers, blocking UTF-8 parsers only. */
public final class Json {

    /** The longest string, and so the longest body, in bytes. */
    public static final int MAX_STRING = 32 * 1024 * 1024;

    public static final int MAX_DEPTH = 64;
    public static final int MAX_MEMBERS = 10_000;
    public static final int MAX_NUMBER = 100;
    /** Digits of a number's exponent. */
    public static final int MAX_EXPONENT = 4;

    /** Above the depth that {@link JsonObjectSpans} refuses itself, with a path. */
    private static final int PARSER_DEPTH = 200;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(PARSER_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(64 * 1024)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Models that write JSON by hand forget to escape line breaks, and leave commas at the end. */
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /** A parser over a stretch of bytes; its byte offsets count from {@code from}. */
    public static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
        return FACTORY.createParser(bytes, from, to - from);
    }

    /** The tree of a stretch of bytes. @throws IOException when it is not one JSON value */
    public static JsonNode tree(byte[] bytes, int from, int to) throws IOException {
        try {
            return MAPPER.readTree(bytes, from, to - from);
        } catch (NumberFormatException hugeExponent) {
            throw new IOException("a number without a value", hugeExponent);
        }
    }

    /** The tree of what may be no JSON: then it is missing, and so are all its members. */
    public static JsonNode treeIfAny(byte[] bytes) {
        try {
            return tree(bytes, 0, bytes.length);
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The tree of JSON that a model wrote into its text. @throws IOException when even a lenient reader cannot read it */
    public static JsonNode lenientTree(String text) throws IOException {
        try {
            return LENIENT.readTree(text);
        } catch (NumberFormatException hugeExponent) {
            throw new IOException("a number without a value", hugeExponent);
        }
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The node's bytes, on one line. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JSON text of a string, quotes included. */
    public static byte[] bytes(String text) {
        try {
            return MAPPER.writeValueAsBytes(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
