package dev.serai.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.Model;
import org.springframework.stereotype.Component;

/**
 * Everything the gateway serves, as an OpenAPI 3.0 document. Paths, methods, ids and sentences are those of the routes as
 * they run, in the REST DSL and from {@code platform-http:}; what bodies look like is added from {@code openapi/parts.json}.
 */
@Component
final class ApiDescription {

    private static final String PARTS = "/openapi/parts.json";
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final List<String> ROOM_OF_ITS_OWN = List.of("/health", "/ping", "/docs");

    private final CamelContext camel;
    private final ObjectMapper json;
    private final JsonNode parts;
    private final String version;

    /** A path with a method, and the route behind it. */
    private record Operation(String path, String method, String id, String sentence) {}

    ApiDescription(CamelContext camel, ObjectMapper json, GatewayVersion version) {
        this.camel = camel;
        this.json = json;
        this.version = version.text();
        try (var in = ApiDescription.class.getResourceAsStream(PARTS)) {
            this.parts = json.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document. */
    ObjectNode document() {
        var document = json.createObjectNode();
        document.put("openapi", "3.0.3");
        document.putObject("info").put("title", "Serai").put("version", version);
        document.putArray("servers").addObject().put("url", "/");
        document.set("tags", parts.path("tags"));
        var paths = document.putObject("paths");
        Stream.concat(declared(), served())
                .sorted(Comparator.comparing(Operation::path).thenComparing(Operation::method))
                .forEach(operation ->
                        paths.withObjectProperty(operation.path()).set(operation.method(), describe(operation)));
        document.set("components", parts.path("components"));
        return document;
    }

    private Stream<Operation> declared() {
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        return model.getRestDefinitions().stream()
                .flatMap(rest -> rest.getVerbs().stream()
                        .map(verb -> new Operation(
                                rest.getPath() + (verb.getPath() == null ? "" : verb.getPath()),
                                verb.asVerb().toLowerCase(Locale.ROOT),
                                verb.getId(),
                                verb.getDescription())));
    }

    private Stream<Operation> served() {
        return camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() instanceof PlatformHttpEndpoint)
                .flatMap(route -> {
                    var endpoint = (PlatformHttpEndpoint) route.getEndpoint();
                    return Arrays.stream(endpoint.getHttpMethodRestrict().split(","))
                            .map(method -> new Operation(
                                    endpoint.getPath(),
                                    method.trim().toLowerCase(Locale.ROOT),
                                    route.getRouteId(),
                                    route.getDescription()));
                });
    }

    private ObjectNode describe(Operation operation) {
        var node = json.createObjectNode();
        String tag = tag(operation.path());
        node.put("operationId", operation.id());
        node.put("summary", operation.sentence());
        node.putArray("tags").add(tag);
        security(node, tag);
        if (tag.equals("callers") && operation.method().equals("post")) {
            node.putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("type", "object");
        }
        var known = parts.path("operations").path(operation.id());
        if (known instanceof ObjectNode more) {
            node.setAll(more.deepCopy());
        } else {
            var responses = node.putObject("responses");
            responses.putObject("200").put("description", "The answer.");
            responses.putObject("default").put("description", "An error in the words of the caller's protocol.");
        }
        variables(node, operation.path());
        return node;
    }

    private static void security(ObjectNode node, String tag) {
        var ways = node.putArray("security");
        switch (tag) {
            case "admin" -> {
                ways.addObject().putArray("adminKey");
                ways.addObject().putArray("adminHeader");
            }
            case "callers" -> ways.addObject().putArray("apiKey");
            default -> {
                // open to anybody
            }
        }
    }

    private static void variables(ObjectNode node, String path) {
        var matcher = VARIABLE.matcher(path);
        while (matcher.find()) {
            node.withArrayProperty("parameters")
                    .addObject()
                    .put("name", matcher.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
    }

    private static String tag(String path) {
        if (path.startsWith("/admin")) {
            return "admin";
        }
        return path.equals("/") || ROOM_OF_ITS_OWN.stream().anyMatch(path::startsWith) ? "gateway" : "callers";
    }
}
