package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.proof.toy.ToyBeans;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upstream, a protocol and a policy that exist only in the test tree work without a change of the product: each is its
 * own class and route file, and the policy one step in a copy of the pipeline.
 */
class ExtensionProof {

    private static final String ADMISSION = "        - process:\n            id: govern.admission\n";
    private static final String POLITENESS =
            "        - process:\n            id: govern.politeness\n            ref: politeness\n";
    private static final String CONFIG = """
            {"toy-model": {"providers": [{"provider": "camel", "endpoint": "direct:toy-model"}]},
             "demo": {"providers": [{"provider": "simulator", "model": "demo"}]}}
            """;

    private static Gateway gateway;

    @BeforeAll
    static void extend(@TempDir Path routes) throws IOException {
        copy(Path.of("routes"), routes);
        copy(Path.of("src/test/resources/extension/routes"), routes);
        var pipeline = routes.resolve("pipeline.camel.yaml");
        String shipped = Files.readString(pipeline);
        assertThat(shipped).containsOnlyOnce(ADMISSION);
        Files.writeString(pipeline, shipped.replace(ADMISSION, POLITENESS + ADMISSION));
        gateway = Gateway.start(Map.of("ROUTES_DIR", routes.toString()), ToyBeans.class)
                .configure(CONFIG);
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    @Test
    void aNewProtocolReachesANewUpstream() {
        var answer = toy("{\"to\":\"toy-model\",\"ask\":\"please look\"}");
        assertThat(answer).isEqualTo("{\"answer\":\"kool esaelp\"}");
    }

    @Test
    void aNewProtocolStreamsAndEndsInItsOwnWay() {
        var answer = toy("{\"to\":\"toy-model\",\"ask\":\"please look\",\"stream\":true}");
        assertThat(answer).isEqualTo("data: kool \n\ndata: esaelp\n\ndata: over\n\n");
    }

    @Test
    void aNewProtocolReachesTheUpstreamsThatWereThere() {
        assertThat(toy("{\"to\":\"demo\",\"ask\":\"please\"}")).contains("simulator");
    }

    @Test
    void theShippedProtocolReachesANewUpstream() {
        var whole = gateway.chat(chat("please look", false));
        assertThat(whole.body()).contains("kool esaelp");
        assertThat(whole.headers().firstValue("x-gateway-provider")).contains("camel");
        assertThat(gateway.chat(chat("please look", true)).body()).contains("kool ", "esaelp", "[DONE]");
    }

    @Test
    void aNewPolicyHoldsForEveryProtocolInItsOwnWords() {
        assertThat(toy("{\"to\":\"toy-model\",\"ask\":\"look\"}")).isEqualTo("{\"oops\":\"Say please.\"}");
        var refused = gateway.chat(chat("look", false));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("permission_denied", "Say please.");
    }

    @Test
    void aNewProtocolsErrorsAreItsOwn() {
        assertThat(toy("{\"to\":\"nobody\",\"ask\":\"please\"}")).startsWith("{\"oops\":\"Model nobody does not exist");
        assertThat(gateway.post("/toy", "{}").body()).startsWith("{\"oops\":\"No API key");
    }

    private static String toy(String body) {
        return gateway.post("/toy", body, "authorization", "Bearer " + Gateway.KEY)
                .body();
    }

    private static String chat(String text, boolean stream) {
        return "{\"model\":\"toy-model\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + text + "\"}]}";
    }
}
