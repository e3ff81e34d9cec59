package dev.serai.translation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares JSON with what a case expects of it: every member that is named must be there and alike, others may be; a list
 * has these elements and no more; {@code {}} and {@code []} are empty. Text in parentheses is a claim: {@code (absent)},
 * {@code (any)}, {@code (like regex)}, {@code (has text)}, {@code (json text)} for text that holds JSON, and
 * {@code (id name)} for a value that is the same wherever the name stands and another under every other name. One per
 * trial.
 */
final class Likeness {

    private final Map<String, String> ids = new HashMap<>();

    /** What is not as expected, each with its place; empty when all is. */
    List<String> differences(JsonNode expected, JsonNode actual) {
        var found = new ArrayList<String>();
        compare("", expected, actual, found);
        return found;
    }

    private void compare(String at, JsonNode expected, JsonNode actual, List<String> found) {
        if (expected.isObject()) {
            object(at, expected, actual, found);
        } else if (expected.isArray()) {
            array(at, expected, actual, found);
        } else if (isClaim(expected)) {
            if (!claim(expected.textValue(), actual)) {
                found.add(at + ": expected " + expected.textValue() + " but was " + actual);
            }
        } else if (!same(expected, actual)) {
            found.add(at + ": expected " + expected + " but was " + actual);
        }
    }

    private void object(String at, JsonNode expected, JsonNode actual, List<String> found) {
        if (!actual.isObject() || expected.isEmpty() && !actual.isEmpty()) {
            found.add(at + ": expected " + expected + " but was " + actual);
            return;
        }
        expected.properties()
                .forEach(member ->
                        compare(at + "/" + member.getKey(), member.getValue(), actual.path(member.getKey()), found));
    }

    private void array(String at, JsonNode expected, JsonNode actual, List<String> found) {
        if (!actual.isArray() || actual.size() != expected.size()) {
            found.add(at + ": expected " + expected + " but was " + actual);
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(at + "/" + i, expected.get(i), actual.get(i), found);
        }
    }

    private static boolean isClaim(JsonNode expected) {
        return expected.isTextual()
                && expected.textValue().startsWith("(")
                && expected.textValue().endsWith(")");
    }

    private boolean claim(String claim, JsonNode actual) {
        String inner = claim.substring(1, claim.length() - 1);
        int blank = inner.indexOf(' ');
        String word = blank < 0 ? inner : inner.substring(0, blank);
        String rest = blank < 0 ? "" : inner.substring(blank + 1);
        return switch (word) {
            case "absent" -> actual.isMissingNode();
            case "any" -> !actual.isMissingNode() && !actual.isNull();
            case "like" -> actual.isTextual() && actual.textValue().matches("(?s)" + rest);
            case "has" -> actual.isTextual() && actual.textValue().contains(rest);
            case "json" ->
                actual.isTextual()
                        && differences(json(rest), json(actual.textValue())).isEmpty();
            case "id" -> isNamed(rest, actual);
            default -> actual.asText().equals(claim);
        };
    }

    private boolean isNamed(String name, JsonNode actual) {
        if (!actual.isTextual() || actual.textValue().isEmpty()) {
            return false;
        }
        String known = ids.get(name);
        if (known == null && !ids.containsValue(actual.textValue())) {
            ids.put(name, actual.textValue());
            return true;
        }
        return actual.textValue().equals(known);
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }

    private static JsonNode json(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            return Json.object().put("not JSON", text);
        }
    }
}
