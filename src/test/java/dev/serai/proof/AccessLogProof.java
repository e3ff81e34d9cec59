package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.Scripts.chunk;
import static dev.serai.testkit.Scripts.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line for every call, and in all that the gateway writes, its loggers at TRACE, not a word of content or credential. */
class AccessLogProof {

    private static final String CANARY = "canary7f3a";
    private static final String WHOLE =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + CANARY + " ACT\"}]}";
    private static final int THREADS = 8;
    private static final int ROUNDS = 6;

    private final FakeUpstream upstream = new FakeUpstream().then(AccessLogProof::answer);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    /** Does what the prompt says, with the canary in all of it. */
    private static void answer(Received request, Wire wire) throws IOException, InterruptedException {
        String said = data(chunk("{\"content\":\"" + CANARY + "\"}", "null"));
        if (request.body().contains("refuse")) {
            Scripts.status(400, "{\"error\":{\"message\":\"bad " + CANARY + "\",\"code\":\"invalid_value\"}}")
                    .play(request, wire);
        } else if (request.body().contains("fail")) {
            Scripts.status(500, "<html>" + CANARY + "</html>", "x-info: " + CANARY)
                    .play(request, wire);
        } else if (request.body().contains("garble")) {
            Scripts.status(200, "{\"choices\": " + CANARY).play(request, wire);
        } else if (request.body().contains("stream")) {
            wire.send(Scripts.streamHead()).chunk(said);
            wire.chunk(request.body().contains("break") ? data("{" + CANARY) : data("[DONE]"))
                    .lastChunk();
        } else {
            Scripts.says(CANARY).play(request, wire);
        }
    }

    @Test
    void oneLineForEachCallAndNothingOfWhatWasSaid() throws Exception {
        List<String> calls = new ArrayList<>();
        List<String> output;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var database = TestDatabase.fresh();
                var gateway = ForkedGateway.plan(folder, database.url().reveal(), routes())
                        .with("LOGGING_LEVEL_DEV_SERAI", "TRACE")
                        .with("LOGGING_LEVEL_ORG_APACHE", "TRACE")
                        .start()) {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> calls(gateway.port())));
            }
            for (var each : running) {
                calls.addAll(each.get());
            }
            gateway.terminate();
            gateway.awaitEnd();
            output = gateway.output();
        }
        assertThat(calls).hasSize(THREADS * ROUNDS * requests().size()).doesNotHaveDuplicates();
        assertThat(logged(output)).containsExactlyInAnyOrderElementsOf(calls);
        assertThat(output).noneMatch(line -> line.contains(CANARY));
        assertThat(output).noneMatch(line -> line.contains(Gateway.KEY) || line.contains("upstream-secret"));
    }

    /** An entry that works, one that translates, and one that fails, whose breaker opens and so leaves the others alone. */
    private String routes() {
        String provider = provider("openai", upstream, "OPENAI_KEY_1");
        return "{\"m\":{\"providers\":[" + provider + "]},"
                + "\"t\":{\"config\":{\"lane\":\"translated\"},\"providers\":[" + provider + "]},"
                + "\"f\":{\"providers\":[" + provider.replace("upstream-model", "failing-model") + "]}}";
    }

    /** @return the ids of the calls */
    private static List<String> calls(int port) throws IOException {
        List<String> ids = new ArrayList<>();
        try (var client = new KeptConnection(port)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String request : requests()) {
                    ids.add(client.send(request).header("x-request-id"));
                }
            }
        }
        return ids;
    }

    private static List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (String act :
                List.of("m say", "m refuse", "f fail", "f garble", "m stream", "t stream", "f stream break")) {
            String body = WHOLE.replace("ACT", act.substring(2)).replace("\"m\"", "\"" + act.charAt(0) + "\"");
            String asked = act.contains("stream") ? body.replace("\"model\"", "\"stream\":true,\"model\"") : body;
            requests.add(post("/v1/chat/completions", Gateway.KEY, asked));
        }
        requests.add(post("/v1/chat/completions", Gateway.KEY, WHOLE.replace("\"m\"", "\"" + CANARY + "\"")));
        requests.add(post("/v1/chat/completions", Gateway.KEY, "{\"messages\": " + CANARY));
        requests.add(post("/v1/chat/completions", "sk-" + CANARY, WHOLE));
        requests.add(post("/v1/chat/completions?key=" + CANARY, Gateway.KEY, WHOLE));
        requests.add(post("/v1/nothing?key=" + CANARY, Gateway.KEY, WHOLE));
        requests.add("GET /v1/models?key=" + CANARY + " HTTP/1.1\r\nHost: x\r\nX-Canary: " + CANARY + "\r\n\r\n");
        return requests;
    }

    private static String post(String path, String key, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nX-Canary: " + CANARY + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private static List<String> logged(List<String> output) throws JsonProcessingException {
        var json = new ObjectMapper();
        List<String> ids = new ArrayList<>();
        for (String line : output) {
            if (line.contains("\"type\":\"access\"")) {
                JsonNode fields = json.readTree(line);
                ids.add(fields.path("call").asText());
            }
        }
        return ids;
    }
}
