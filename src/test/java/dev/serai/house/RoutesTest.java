package dev.serai.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A lint over {@code routes/}: it must read as the table of contents, and nothing in it may destroy a stream. */
class RoutesTest {

    private static final Path ROUTES = Path.of("routes");
    /** EIPs that run a copy with its own unit of work, or hold or wait for a whole body. */
    private static final Set<String> FORBIDDEN_STEPS = Set.of(
            "circuitBreaker",
            "recipientList",
            "multicast",
            "enrich",
            "pollEnrich",
            "kamelet",
            "throttle",
            "split",
            "aggregate",
            "resequence",
            "saga",
            "script",
            "bean",
            "marshal",
            "unmarshal",
            "convertBodyTo",
            "wireTap");

    private static final Set<String> FORBIDDEN_ENDPOINTS = Set.of(
            "vertx-http",
            "netty-http",
            "undertow",
            "exec",
            "file",
            "kamelet",
            "language",
            "groovy",
            "velocity",
            "freemarker");
    private static final Set<String> ALLOWED_EXPRESSIONS = Set.of("${exchangeProperty.route}");

    @TestFactory
    Stream<DynamicTest> everyRouteKeepsTheHouseRules() throws IOException {
        return routes().stream()
                .map(route -> DynamicTest.dynamicTest(route.path("id").asText(), () -> {
                    assertThat(route.path("id").asText()).as("id").isNotBlank();
                    assertThat(route.path("description").asText())
                            .as("description")
                            .endsWith(".");
                    var steps = steps(route.path("from").path("steps"));
                    assertThat(steps).as("steps").hasSizeBetween(1, 12);
                    steps.forEach(RoutesTest::check);
                    endpoint(route.path("from"));
                    assertThat(new YAMLMapper()
                                    .writeValueAsString(route)
                                    .lines()
                                    .count())
                            .as("lines")
                            .isLessThan(60);
                }));
    }

    @Test
    void idsAreUnique() throws IOException {
        var ids = new ArrayList<String>();
        for (var route : routes()) {
            ids.add(route.path("id").asText());
            steps(route.path("from").path("steps"))
                    .forEach(step -> ids.add(step.properties()
                            .iterator()
                            .next()
                            .getValue()
                            .path("id")
                            .asText()));
        }
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void everyDoorAnswersErrorsInTheCallersProtocol() throws IOException {
        assertThat(routes().stream()
                        .filter(route -> route.path("from").path("uri").asText().startsWith("platform-http:"))
                        .filter(route -> !route.path("id").asText().matches("inbound\\.(health.*|ping)")))
                .isNotEmpty()
                .allSatisfy(route ->
                        assertThat(route.path("routeConfigurationId").asText()).isEqualTo("failures"));
    }

    @Test
    void everyVerbHasAnIdASentenceAndARouteOfItsOwn() throws IOException {
        var byUri = new HashMap<String, JsonNode>();
        routes().forEach(route -> byUri.put(route.path("from").path("uri").asText(), route));
        var targets = new ArrayList<String>();
        for (var rest : all("rest")) {
            for (String verb : List.of("get", "put", "post", "delete")) {
                for (var operation : rest.path(verb)) {
                    String id = operation.path("id").asText();
                    assertThat(id).as("id").isNotBlank();
                    assertThat(operation.path("description").asText()).as(id).endsWith(".");
                    String target = operation.path("to").asText();
                    targets.add(target);
                    assertThat(byUri).as(id).containsKey(target);
                    var route = byUri.getOrDefault(target, MissingNode.getInstance());
                    assertThat(route.path("routeConfigurationId").asText())
                            .as(id)
                            .isEqualTo("failures");
                    if (rest.path("path").asText().startsWith("/admin")) {
                        assertThat(route.path("from")
                                        .path("steps")
                                        .path(0)
                                        .path("process")
                                        .path("ref")
                                        .asText())
                                .as("the first step of %s", id)
                                .isEqualTo("adminDoor");
                    }
                }
            }
        }
        assertThat(targets).isNotEmpty().doesNotHaveDuplicates();
    }

    private static void check(JsonNode step) {
        var entry = step.properties().iterator().next();
        assertThat(FORBIDDEN_STEPS).as("an EIP that destroys streams").doesNotContain(entry.getKey());
        assertThat(entry.getValue().path("id").asText())
                .as("id of a step %s", entry.getKey())
                .isNotBlank();
        endpoint(entry.getValue());
        entry.getValue().findValuesAsText("simple").forEach(RoutesTest::allowedExpression);
    }

    private static void endpoint(JsonNode node) {
        String uri = node.path("uri").asText();
        if (uri.contains("${")) {
            allowedExpression(uri);
            return;
        }
        int colon = uri.indexOf(':');
        if (colon > 0) {
            assertThat(FORBIDDEN_ENDPOINTS).doesNotContain(uri.substring(0, colon));
        }
        assertThat(uri).as("a path that makes Camel a forward proxy").doesNotStartWith("platform-http:/proxy");
        assertThat(uri).doesNotContain("{{");
        assertThat(node.path("parameters").path("httpMethodRestrict").asText())
                .as("a blank opens all methods")
                .doesNotContain(" ");
    }

    private static void allowedExpression(String expression) {
        assertThat(ALLOWED_EXPRESSIONS).as("an expression that computes").contains(expression);
    }

    private static List<JsonNode> steps(JsonNode list) {
        var steps = new ArrayList<JsonNode>();
        for (var step : list) {
            steps.add(step);
            steps.addAll(steps(step.properties().iterator().next().getValue().path("steps")));
        }
        return steps;
    }

    private static List<JsonNode> routes() throws IOException {
        var routes = all("route");
        assertThat(routes).isNotEmpty();
        return routes;
    }

    private static List<JsonNode> all(String kind) throws IOException {
        var found = new ArrayList<JsonNode>();
        try (var files = Files.walk(ROUTES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                new YAMLMapper().readTree(file.toFile()).findValues(kind).forEach(found::add);
            }
        }
        return found;
    }
}
