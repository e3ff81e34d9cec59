package dev.serai.proof;

import static dev.serai.testkit.RoutesYaml.entry;
import static dev.serai.testkit.RoutesYaml.provider;
import static dev.serai.testkit.RoutesYaml.translated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.testkit.Charged;
import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.Figures;
import dev.serai.testkit.ForkedGateway;
import dev.serai.testkit.KeptConnection;
import dev.serai.testkit.Scripts;
import dev.serai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forty texts that nobody but their owner may see go through a gateway whose log tells everything it can: none of them is
 * found in the log, the metrics, the journal or the database.
 */
class CanaryProof {

    private static final int CANARIES = 40;

    private final FakeUpstream upstream = new FakeUpstream();
    private final Map<String, String> canaries = new LinkedHashMap<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        upstream.close();
    }

    /** A text that is found wherever it turns up. */
    private String canary(String what) {
        return canaries.computeIfAbsent(
                what,
                name -> "cnry" + HexFormat.of().toHexDigits(0x5eca_0000_0000_0000L + canaries.size() * 7919L) + "x");
    }

    private ForkedGateway.Plan plan(TestDatabase database) {
        String routes = merged(
                entry("m", provider("openai", upstream, "OPENAI_KEY_1", "OPENAI_KEY_2")),
                translated("t", provider("openai", upstream, "OPENAI_KEY_3")),
                entry("a", provider("anthropic", upstream, "ANTHROPIC_KEY")),
                entry("g", provider("gemini", upstream, "GEMINI_KEY")),
                "{\"p\":{\"config\":{\"prompt\":\"" + canary("operator's prompt") + "\"},\"providers\":["
                        + provider("openai", upstream, "OPENAI_KEY_1") + "]}}");
        var plan = ForkedGateway.plan(folder, database.url().reveal(), routes)
                .with("PROXY_AUTH_TOKEN", canary("token of callers"))
                .with("ADMIN_API_KEY", canary("admin key"))
                .with("KEY_PEPPER", canary("pepper") + "0123456789abcdef")
                .with("LOGGING_LEVEL_ROOT", "TRACE")
                .with("LOGGING_THRESHOLD_CONSOLE", "TRACE");
        for (String key : List.of("OPENAI_KEY_1", "OPENAI_KEY_2", "OPENAI_KEY_3", "ANTHROPIC_KEY", "GEMINI_KEY")) {
            plan.with(key, canary(key));
        }
        return plan;
    }

    private static String merged(String... entries) {
        var all = new ArrayList<String>();
        for (String entry : entries) {
            all.add(entry.substring(1, entry.length() - 1));
        }
        return "{" + String.join(",", all) + "}";
    }

    private static String post(String path, String credential, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + credential
                + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private List<String> requests(String key) {
        String bearer = "Authorization: Bearer " + key;
        String picture = Base64.getEncoder().encodeToString(canary("picture").getBytes(StandardCharsets.UTF_8));
        canaries.put("picture in base 64", picture);
        String chat = """
                {"model":"%%s","stream":%%s,"user":"%s","metadata":{"k":"%s"},"stop":["%s"],
                 "messages":[{"role":"system","content":"%s"},{"role":"user","content":[{"type":"text","text":"%s"},
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,%s"}}]},
                   {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"q\\":\\"%s\\"}"}}]},
                   {"role":"tool","tool_call_id":"c1","content":"%s"}],
                 "tools":[{"type":"function","function":{"name":"f","description":"%s","parameters":{"type":"object","properties":{"q":{"type":"string","description":"%s"}}}}}]}
                """.formatted(
                        canary("end user"),
                        canary("metadata"),
                        canary("stop"),
                        canary("system"),
                        canary("prompt"),
                        picture,
                        canary("arguments"),
                        canary("tool result"),
                        canary("tool description"),
                        canary("schema"));
        String messages =
                """
                {"model":"%%s","max_tokens":100,"stream":%%s,"system":"%s","metadata":{"user_id":"%s"},
                 "messages":[{"role":"user","content":"%s"}]}
                """.formatted(canary("system of Messages"), canary("user of Messages"), canary("prompt of Messages"));
        String responses = "{\"model\":\"%s\",\"store\":false,\"stream\":%s,\"instructions\":\""
                + canary("instructions") + "\",\"input\":\"" + canary("input") + "\"}";
        String gemini = "{\"systemInstruction\":{\"parts\":[{\"text\":\"" + canary("system of Gemini")
                + "\"}]},\"contents\":[{\"parts\":[{\"text\":\"" + canary("prompt of Gemini") + "\"}]}]}";
        var all = new ArrayList<String>();
        for (String model : List.of("m", "t", "a", "g", "p")) {
            for (boolean stream : List.of(false, true)) {
                all.add(post("/v1/chat/completions", bearer, chat.formatted(model, stream)));
                all.add(post("/v1/messages", "x-api-key: " + key, messages.formatted(model, stream)));
                all.add(post("/v1/responses", bearer, responses.formatted(model, stream)));
                all.add(post(
                        "/v1beta/models/" + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent"),
                        "x-goog-api-key: " + key,
                        gemini));
            }
        }
        all.add(post("/v1beta/models/m:generateContent?key=" + key, "X-Other: " + canary("other header"), gemini));
        all.add(post("/v1/chat/completions?q=" + canary("query"), bearer, chat.formatted("m", false)));
        all.add(post(
                "/v1/chat/completions", bearer, "{\"model\":\"m\",\"messages\":\"" + canary("wrong type") + "\"}"));
        all.add(post("/v1/chat/completions", bearer, "{\"model\":\"m\",\"" + canary("broken JSON")));
        all.add(post(
                "/v1/chat/completions", "Authorization: Bearer " + canary("wrong key"), chat.formatted("m", false)));
        all.add(post("/admin/api-keys", "X-Admin-Key: " + canary("wrong admin key"), "{}"));
        all.add(post("/v1/messages/count_tokens", "x-api-key: " + key, messages.formatted("m", false)));
        return all;
    }

    /** Answers that hold canaries, on two wires, and failures that repeat the credential. */
    private void scripts() {
        String answer = canary("answer");
        upstream.then((request, wire) -> {
            if (request.body().contains("\"" + "stream\":true")) {
                Scripts.streams(canary("streamed answer"), " ", answer).play(request, wire);
            } else if (request.path().contains("messages")) {
                Scripts.error(401, "invalid " + request.header("x-api-key")).play(request, wire);
            } else if (request.path().contains("gemini") || request.path().contains("models")) {
                Scripts.status(
                                400,
                                "{\"error\":{\"message\":\"API key not valid: " + request.header("x-goog-api-key") + " "
                                        + canary("upstream's error")
                                        + "\",\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}")
                        .play(request, wire);
            } else {
                Scripts.says(answer).play(request, wire);
            }
        });
    }

    @Test
    void nothingThatIsNobodyElsesIsFoundAnywhere() throws Exception {
        scripts();
        canary("streamed answer");
        canary("upstream's error");
        try (var database = TestDatabase.fresh();
                var gateway = plan(database).start()) {
            String made = createdKey(gateway);
            canaries.put("key that was made", made);
            for (String key : List.of(canary("token of callers"), made)) {
                for (String request : requests(key)) {
                    try (var client = new KeptConnection(gateway.port())) {
                        client.send(request);
                    } catch (IOException cut) {
                        // a stream that broke is an answer too
                    }
                }
            }
            for (int i = canaries.size(); i < CANARIES; i++) {
                canary("spare prompt " + i);
                try (var client = new KeptConnection(gateway.port())) {
                    client.send(post(
                            "/v1/chat/completions",
                            "Authorization: Bearer " + made,
                            "{\"model\":\"t\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                    + canary("spare prompt " + i) + "\"}]}"));
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> Charged.isEmpty(folder.resolve("journal")));
            gateway.terminate();
            gateway.awaitEnd();
            var found = new ArrayList<String>();
            search("log", String.join("\n", gateway.output()), found);
            search("database", dump(database.jdbc()), found);
            search("disk", disk(), found);
            assertThat(found).isEmpty();
            assertThat(canaries.size()).isGreaterThanOrEqualTo(CANARIES);
            assertThat(gateway.output()).anyMatch(line -> line.contains("TRACE"));
            Figures.say("%d canaries, %,d lines of log at TRACE: 0 found"
                    .formatted(canaries.size(), gateway.output().size()));
        }
    }

    private String createdKey(ForkedGateway gateway) throws IOException {
        try (var client = new KeptConnection(gateway.port())) {
            var answer = client.send(post(
                    "/admin/api-keys",
                    "Authorization: Bearer " + canary("admin key"),
                    "{\"name\":\"a tenant\",\"tokenLimitPerDay\":1000000}"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return answer.body().replaceFirst("(?s).*\"key\"\\s*:\\s*\"(pk_[^\"]+)\".*", "$1");
        }
    }

    private void search(String where, String text, List<String> found) {
        canaries.forEach((what, canary) -> {
            int at = text.indexOf(canary);
            if (at >= 0) {
                int from = text.lastIndexOf('\n', at) + 1;
                found.add(what + " in the " + where + ": "
                        + text.substring(from, Math.min(at + canary.length(), from + 400)));
            }
        });
    }

    /** Every row of every table. */
    private static String dump(JdbcClient jdbc) {
        var text = new StringBuilder();
        jdbc.sql("select table_name from information_schema.tables where table_schema = 'public'")
                .query(String.class)
                .list()
                .forEach(table -> jdbc.sql("select t::text from " + table + " t")
                        .query(String.class)
                        .list()
                        .forEach(row -> text.append(row).append('\n')));
        return text.toString();
    }

    /** What the gateway keeps on its disk. */
    private String disk() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
