package dev.serai.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Camel YAML routes as a Mermaid picture and a table. */
final class RoutesPicture {

    private static final String HEAD = """
            # Routes

            What the gateway does, drawn from [`routes/`](../routes) by a test that fails when this page is stale. A box is a route
            with its steps in their order; every step is a bean of that name. Arrows are calls; round ends are the world outside.

            """;

    private final Map<String, List<String>> boxes = new LinkedHashMap<>();
    private final List<String> arrows = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();

    static RoutesPicture of(Path folder) throws IOException {
        var picture = new RoutesPicture();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                var content = new YAMLMapper().readTree(file.toFile());
                content.findValues("rest").forEach(picture::open);
                for (var route : content.findValues("route")) {
                    picture.add(folder.relativize(file), route);
                }
            }
        }
        return picture;
    }

    /** The verbs of a block of the REST DSL, each an arrow into its route. */
    private void open(JsonNode rest) {
        for (String verb : List.of("get", "put", "post", "delete")) {
            for (var operation : rest.path(verb)) {
                String path = verb.toUpperCase(Locale.ROOT) + " "
                        + rest.path("path").asText() + operation.path("path").asText();
                arrows.add(end(path) + " --> " + target(operation.path("to").asText()));
            }
        }
    }

    private void add(Path file, JsonNode route) {
        String id = route.path("id").asText();
        rows.add("| `%s` | [%s](../routes/%s) | %s |"
                .formatted(id, file, file, route.path("description").asText()));
        var from = route.path("from");
        String uri = from.path("uri").asText();
        if (uri.startsWith("platform-http:")) {
            String path = from.path("parameters").path("httpMethodRestrict").asText() + " "
                    + uri.substring("platform-http:".length());
            arrows.add(end(path) + " --> " + node(id));
        }
        var steps = new ArrayList<String>();
        follow(id, from.path("steps"), steps);
        String label = steps.isEmpty() ? id : id + "<br/>" + String.join("<br/>", steps);
        String group = file.getParent() == null ? "pipeline" : file.getParent().toString();
        boxes.computeIfAbsent(group, any -> new ArrayList<>()).add(node(id) + "[\"" + label + "\"]");
    }

    private void follow(String id, JsonNode list, List<String> steps) {
        for (var step : list) {
            var entry = step.properties().iterator().next();
            var body = entry.getValue();
            switch (entry.getKey()) {
                case "process" -> steps.add("· " + body.path("ref").asText());
                case "setBody" -> steps.add("· " + body.path("constant").asText());
                case "to" ->
                    arrows.add(node(id) + " --> " + target(body.path("uri").asText()));
                case "toD" -> arrows.add(node(id) + " --> " + end("the route that endpoint names"));
                case "loadBalance" -> {
                    steps.add("· " + body.path("customLoadBalancer").path("ref").asText());
                    follow(id, body.path("steps"), steps);
                }
                default -> {
                    // sets what a later step reads
                }
            }
        }
    }

    private String target(String uri) {
        return uri.startsWith("direct:") ? node(uri.substring("direct:".length())) : end(uri);
    }

    private String end(String label) {
        String end = "world_" + label.replaceAll("[^A-Za-z0-9]+", "_") + "([\"" + label + "\"])";
        ends.add(end);
        return end.substring(0, end.indexOf('('));
    }

    private static String node(String id) {
        return id.replaceAll("[^A-Za-z0-9]+", "_");
    }

    /** The whole page. */
    String page() {
        var page = new StringBuilder(HEAD).append("```mermaid\nflowchart LR\n");
        boxes.forEach((group, routes) -> {
            page.append("  subgraph ")
                    .append(group)
                    .append("_routes[\"")
                    .append(group)
                    .append("\"]\n");
            routes.forEach(route -> page.append("    ").append(route).append('\n'));
            page.append("  end\n");
        });
        for (var lines : List.of(ends, arrows)) {
            Set.copyOf(lines).stream()
                    .sorted()
                    .forEach(line -> page.append("  ").append(line).append('\n'));
        }
        page.append("```\n\n| Route | File | What it does |\n|---|---|---|\n");
        rows.forEach(row -> page.append(row).append('\n'));
        return page.append("""

                Errors of the inbound routes are answered by [failures.camel.yaml](../routes/failures.camel.yaml). One route is written in
                Java: `usage.flush` moves usage from the journal to the database, once a second.
                """).toString();
    }
}
