package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/admin-api.md} names every call of the admin API, with the statuses of its answers. */
class AdminApiPageTest {

    private static final Page PAGE = Page.of("docs/admin-api.md");

    @Test
    void everyCallIsOnThePageAndNoOther() throws IOException {
        var document = new ObjectMapper()
                .readTree(Gateway.shared().get("/docs/openapi.json").body());
        var served = new TreeMap<String, TreeSet<String>>();
        for (var path : document.path("paths").properties()) {
            if (path.getKey().startsWith("/admin")) {
                for (var method : path.getValue().properties()) {
                    var answers = new TreeSet<String>();
                    method.getValue().path("responses").fieldNames().forEachRemaining(answers::add);
                    answers.removeIf(status -> status.matches("401|429|503"));
                    served.put(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), answers);
                }
            }
        }
        var told = PAGE.table("Call").stream()
                .collect(Collectors.toMap(
                        row -> Page.plain(row.getFirst()),
                        row -> new TreeSet<>(java.util.List.of(row.get(1).split(", "))),
                        (a, b) -> a,
                        TreeMap::new));
        assertThat(told).isEqualTo(served);
    }
}
