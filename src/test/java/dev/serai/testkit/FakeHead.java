package dev.serai.testkit;

import dev.serai.protocol.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request head made of nothing but maps; header names have no case.
 *
 * @param headers one value each
 * @param query one value each
 */
public record FakeHead(
        String path, Map<String, String> pathVariables, Map<String, String> headers, Map<String, String> query)
        implements RequestHead {

    /** A head that says nothing. */
    public static final FakeHead NONE = new FakeHead("/", Map.of(), Map.of(), Map.of());

    public FakeHead {
        var folded = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(headers);
        headers = folded;
    }

    public static FakeHead ofHeaders(Map<String, String> headers) {
        return new FakeHead("/", Map.of(), headers, Map.of());
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public List<String> headers(String name) {
        return listed(headers.get(name));
    }

    @Override
    public List<String> query(String name) {
        return listed(query.get(name));
    }

    private static List<String> listed(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
