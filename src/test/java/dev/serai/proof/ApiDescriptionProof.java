package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.Gateway;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the gateway says of itself is what it does. */
class ApiDescriptionProof {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode document() throws IOException {
        var answer = Gateway.shared().get("/docs/openapi.json");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        return JSON.readTree(answer.body());
    }

    @Test
    void theDocumentIsValidOpenApi() throws IOException {
        var read = new OpenAPIV3Parser().readContents(document().toString(), null, new ParseOptions());
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(20);
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndASentenceAndEveryReferenceIsThere() throws IOException {
        var document = document();
        var ids = new HashSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    assertThat(ids.add(method.getValue().path("operationId").asText()))
                            .isTrue();
                    assertThat(method.getValue().path("summary").asText()).endsWith(".");
                }));
        assertThat(document.path("paths").path("/v1/chat/completions").has("post"))
                .isTrue();
        assertThat(document.path("paths").path("/admin/api-keys/{id}").size()).isEqualTo(3);
        Set<String> references = new TreeSet<>();
        Pattern.compile("#/components/schemas/(\\w+)")
                .matcher(document.toString())
                .results()
                .forEach(match -> references.add(match.group(1)));
        var schemas = new TreeSet<String>();
        document.path("components").path("schemas").fieldNames().forEachRemaining(schemas::add);
        assertThat(schemas).containsAll(references);
        try (InputStream parts = ApiDescriptionProof.class.getResourceAsStream("/openapi/parts.json")) {
            JSON.readTree(parts)
                    .path("operations")
                    .fieldNames()
                    .forEachRemaining(id -> assertThat(ids).contains(id));
        }
    }

    @Test
    void thePageForPeopleRunsNothingAndLoadsNothingFromElsewhere() {
        var page = Gateway.shared().get("/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(page.body())
                .contains("/v1/chat/completions", "/admin/api-keys/{id}/regenerate", "href=\"#ApiKey\"")
                .doesNotContain("<script", "style=", "http://", "https://");
        assertThat(Gateway.shared()
                        .get("/docs/style.css")
                        .headers()
                        .firstValue("content-type")
                        .orElseThrow())
                .startsWith("text/css");
    }

    @Test
    void theFrontPageTellsWhereThingsAre() throws IOException {
        var told = JSON.readTree(Gateway.shared().get("/").body());
        assertThat(told.path("name").asText()).isEqualTo("Serai");
        assertThat(told.path("version").asText()).isNotEmpty();
        assertThat(told.path("endpoints").path("health").asText()).isEqualTo("/health");
        assertThat(told.path("endpoints").path("openai_compatible").asText()).isEqualTo("/v1/*");
        assertThat(told.path("endpoints").path("anthropic_compatible").asText()).isEqualTo("/v1/messages");
        assertThat(told.path("endpoints").has("stats")).isTrue();
    }
}
