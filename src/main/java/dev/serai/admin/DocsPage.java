package dev.serai.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** An OpenAPI document as a page for people, without any script. */
final class DocsPage {

    private final ObjectNode document;
    private final StringBuilder page = new StringBuilder(32 * 1024);

    private DocsPage(ObjectNode document) {
        this.document = document;
    }

    static String of(ObjectNode document) {
        return new DocsPage(document).write();
    }

    private String write() {
        page.append("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Serai API</title>
                <link rel="stylesheet" href="/docs/style.css">
                </head>
                <body>
                <h1>Serai API</h1>
                <p>Version %s. The same for programs: <a href="/docs/openapi.json">openapi.json</a>.</p>
                """.formatted(escape(document.path("info").path("version").asText())));
        document.path("tags").forEach(this::part);
        page.append("<h2>Shapes</h2>\n");
        document.path("components").path("schemas").properties().forEach(schema -> {
            String name = escape(schema.getKey());
            page.append("<section id=\"")
                    .append(name)
                    .append("\"><h3>")
                    .append(name)
                    .append("</h3>\n");
            json(schema.getValue());
            page.append("</section>\n");
        });
        return page.append("</body>\n</html>\n").toString();
    }

    private void part(JsonNode tag) {
        String name = tag.path("name").asText();
        page.append("<h2>").append(escape(name)).append("</h2>\n<p>");
        page.append(escape(tag.path("description").asText())).append("</p>\n");
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (method.getValue().path("tags").path(0).asText().equals(name)) {
                    operation(method.getKey(), path.getKey(), method.getValue());
                }
            }
        }
    }

    private void operation(String method, String path, JsonNode operation) {
        page.append("<details><summary><b>")
                .append(escape(method.toUpperCase(Locale.ROOT)))
                .append("</b> <code>")
                .append(escape(path))
                .append("</code> ")
                .append(escape(operation.path("summary").asText()))
                .append("</summary>\n<ul>\n");
        operation
                .path("parameters")
                .forEach(parameter -> item(
                        parameter.path("in").asText() + " "
                                + parameter.path("name").asText(),
                        parameter.path("description").asText()));
        shape("body", "", operation.path("requestBody"));
        operation
                .path("responses")
                .properties()
                .forEach(response -> shape(
                        response.getKey(),
                        response.getValue().path("description").asText(),
                        response.getValue()));
        page.append("</ul></details>\n");
    }

    private void shape(String name, String text, JsonNode holder) {
        if (holder.isMissingNode()) {
            return;
        }
        JsonNode schema = holder.path("content").path("application/json").path("schema");
        String target = schema.path("$ref").asText();
        String shape = target.substring(target.lastIndexOf('/') + 1);
        page.append("<li><code>").append(escape(name)).append("</code> ").append(escape(text));
        if (!shape.isEmpty()) {
            page.append(" <a href=\"#")
                    .append(escape(shape))
                    .append("\">")
                    .append(escape(shape))
                    .append("</a>");
        }
        page.append("</li>\n");
    }

    private void item(String name, String text) {
        page.append("<li><code>")
                .append(escape(name))
                .append("</code> ")
                .append(escape(text))
                .append("</li>\n");
    }

    private void json(JsonNode node) {
        page.append("<pre>").append(escape(node.toPrettyString())).append("</pre>\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
