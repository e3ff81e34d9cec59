package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.zhipu.ZhipuMediaEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about pictures and videos shows works as it stands. */
class MediaPageTest {

    private static final Page PAGE = Page.of("docs/media.md");
    private static final ZhipuMediaEmulator ZHIPU = new ZhipuMediaEmulator("upstream-secret-1");
    private static Gateway gateway;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(Map.of("serai.egress.allow", "127.0.0.1/32", "serai.media.first-look", "100ms"));
        gateway.configure("{\"pictures\":{\"providers\":[" + provider("cogview-4-250304")
                + "]},\"films\":{\"providers\":[" + provider("cogvideox-3") + "]}}");
    }

    private static String provider(String model) {
        return "{\"provider\":\"zhipu\",\"model\":\"" + model + "\",\"baseUrl\":\"" + ZHIPU.url()
                + "\",\"apiKeys\":[\"OPENAI_KEY_1\"]}";
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ZHIPU.close();
    }

    @Test
    void theConfigurationIsValid() {
        assertThat(PAGE.blocks("yaml").toList()).isNotEmpty().allSatisfy(block -> {
            var examined = gateway.bean(RoutesConfigStore.class).examine(block);
            assertThat(examined.problems()).isEmpty();
            assertThat(examined.models()).containsExactly("pictures", "films");
        });
    }

    @Test
    void theCallsSucceed(@TempDir Path folder) throws IOException, InterruptedException {
        var blocks = PAGE.blocks("sh").toList();
        assertThat(blocks).hasSize(2);
        assertThat(run(folder, blocks.getFirst())).contains("\"b64_json\":\"");
        assertThat(run(folder, blocks.getLast())).contains("\"status\":\"completed\"");
        assertThat(Files.size(folder.resolve("cat.mp4"))).isPositive();
    }

    private static String run(Path folder, String block) throws IOException, InterruptedException {
        String script = "set -euo pipefail\ncurl() { command curl --fail-with-body \"$@\"; }\n"
                + block.replace("localhost:3000", "127.0.0.1:" + gateway.port());
        var builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SERAI_KEY", Gateway.KEY);
        var process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
