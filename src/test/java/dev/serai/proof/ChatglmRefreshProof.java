package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.secret.Sealer;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.TestDatabase;
import dev.serai.testkit.chatglm.ChatglmAccount;
import dev.serai.testkit.chatglm.ChatglmEmulator;
import dev.serai.testkit.chatglm.ChatglmEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole gateways with one account: however many callers want its token, the service is asked for one once. */
class ChatglmRefreshProof {

    private static final int CALLERS = 200;

    private final ChatglmEmulator site = new ChatglmEmulator();
    private final TestDatabase database = TestDatabase.fresh();
    private final List<ForkedGateway> gateways = new ArrayList<>();

    @TempDir
    private Path data;

    @AfterEach
    void close() {
        gateways.forEach(ForkedGateway::close);
        database.close();
        site.close();
    }

    @Test
    void manyCallersOfTwoGatewaysCauseOneRefresh() throws Exception {
        site.chat().manyStreams();
        var account = site.accounts().register();
        start(account);

        assertThat(together()).isEqualTo(2 * CALLERS);
        assertThat(site.calls(ChatglmEndpoint.REFRESH)).as("with no token yet").isEqualTo(1);

        site.accounts().killAccess(account);
        assertThat(together()).isEqualTo(2 * CALLERS);
        assertThat(site.calls(ChatglmEndpoint.REFRESH)).as("with a dead token").isEqualTo(2);

        assertThat(account.refreshingPeak()).isEqualTo(1);
        Figures.say(
                2 * CALLERS + " callers of 2 gateways: 1 refresh for a token that is missing, 1 for one that has died");
    }

    private void start(ChatglmAccount account) {
        String keyset = Sealer.newKeyset();
        String routes = "{\"glm\":{\"providers\":[{\"provider\":\"chatglm-web\",\"model\":\"glm-5\",\"endpoint\":\""
                + site.url() + "\",\"apiKeys\":[\"CHATGLM_TOKEN\"]}]}}";
        for (String name : List.of("one", "two")) {
            gateways.add(ForkedGateway.plan(data.resolve(name), database.url().reveal(), routes)
                    .with("SEAL_KEYSET", keyset)
                    .with("CHATGLM_TOKEN", account.refreshToken())
                    .with("SERAI_CHATGLMWEB_BASEURL", site.url())
                    .start());
        }
    }

    /** Lets all callers of both gateways ask at once. @return how many were answered well */
    private long together() throws Exception {
        var start = new CountDownLatch(1);
        long served = 0;
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Integer>>();
            for (var gateway : gateways) {
                for (int i = 0; i < CALLERS; i++) {
                    all.add(callers.submit(() -> {
                        start.await();
                        return ask(client, gateway.port());
                    }));
                }
            }
            start.countDown();
            for (var one : all) {
                served += one.get() == 200 ? 1 : 0;
            }
        }
        return served;
    }

    private static int ask(HttpClient client, int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                .header("authorization", "Bearer " + Gateway.KEY)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"glm\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
