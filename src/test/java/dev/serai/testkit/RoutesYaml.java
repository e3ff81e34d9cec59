package dev.serai.testkit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Small ROUTES_CONFIG texts. */
public final class RoutesYaml {

    private RoutesYaml() {}

    /** An entry with the providers given, as JSON. */
    public static String entry(String name, String... providers) {
        return "{\"" + name + "\":{\"providers\":[" + String.join(",", providers) + "]}}";
    }

    /** An entry whose requests never pass through. */
    public static String translated(String name, String... providers) {
        return "{\"" + name + "\":{\"config\":{\"lane\":\"translated\"},\"providers\":[" + String.join(",", providers)
                + "]}}";
    }

    /** An entry with timeouts such as {@code "firstByte":"300ms"}. */
    public static String timed(String name, String timeouts, String... providers) {
        return "{\"" + name + "\":{\"timeouts\":{" + timeouts + "},\"providers\":[" + String.join(",", providers)
                + "]}}";
    }

    /** A provider of a kind at an upstream, with keys by their variables' names. */
    public static String provider(String kind, FakeUpstream upstream, String... keys) {
        return "{\"provider\":\"" + kind + "\",\"model\":\"upstream-model\",\"baseUrl\":\"" + upstream.url()
                + "\",\"apiKeys\":["
                + Arrays.stream(keys).map(key -> "\"" + key + "\"").collect(Collectors.joining(",")) + "]}";
    }
}
