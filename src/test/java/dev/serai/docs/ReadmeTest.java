package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the README shows works as it stands. */
class ReadmeTest {

    private static final Page PAGE = Page.of("README.md");

    private final Gateway gateway =
            Gateway.shared().configure("{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");

    @Test
    void theFirstCallsSucceedAndTheStreamEndsWell() throws IOException, InterruptedException {
        var blocks = PAGE.blocks("sh").toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        String stream = run(blocks.getFirst());
        assertThat(stream).contains("\"Hello, \"", "\"Serai\"").endsWith("data: [DONE]\n\n");
        String answers = String.join("", run(blocks.subList(1, blocks.size())));
        assertThat(answers)
                .contains("You said: Hello again", "\"object\":\"list\"", "\"id\":\"demo\"", "\"key\":\"pk_");
    }

    @Test
    void everyConfigurationIsValid() {
        assertThat(PAGE.blocks("yaml").toList()).isNotEmpty().allSatisfy(block -> {
            var examined = gateway.bean(RoutesConfigStore.class).examine(block);
            assertThat(examined.problems()).isEmpty();
            assertThat(examined.models()).isNotEmpty();
        });
    }

    private List<String> run(List<String> blocks) throws IOException, InterruptedException {
        var outputs = new ArrayList<String>();
        for (String block : blocks) {
            outputs.add(run(block));
        }
        return outputs;
    }

    /** A block as a stranger would paste it, with a failing status of curl as a failure. */
    private String run(String block) throws IOException, InterruptedException {
        String script = "set -euo pipefail\ncurl() { command curl --fail-with-body \"$@\"; }\n"
                + block.replace("localhost:3000", "127.0.0.1:" + gateway.port());
        var builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        builder.environment().putAll(Map.of("SERAI_KEY", Gateway.KEY, "ADMIN_API_KEY", Gateway.ADMIN_KEY));
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
