package dev.serai.docs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.testkit.Gateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the deployment fit each other, the code and the pages, and give nobody more rights than needed. */
class DeploymentFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode COMPOSE = yaml(Page.read(Path.of("docker-compose.yml")));
    private static final List<String> DOCKERFILE = instructions(Page.read(Path.of("Dockerfile")));
    private static final String NGINX = Page.read(Path.of("deploy/nginx.conf"));
    private static final List<String> OURS = List.of("gateway", "replica");
    private static final Pattern INTERPOLATED = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)([^}]*)}");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]+)=(.*)$");

    /** Anchors and merged members resolved. */
    private static JsonNode yaml(String document) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(document));
    }

    /** The instructions of a Dockerfile, continued lines joined. */
    private static List<String> instructions(String text) {
        return text.replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static Stream<JsonNode> services() {
        return COMPOSE.path("services").properties().stream().map(Map.Entry::getValue);
    }

    private static JsonNode service(String name) {
        return COMPOSE.path("services").path(name);
    }

    @Test
    void everyVariableOfComposeIsInTheExampleAndOnThePage() {
        var example = EXAMPLE.matcher(Page.read(Path.of(".env.example")))
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        String page = Page.of("docs/operating.md").text();
        var used = INTERPOLATED
                .matcher(Page.read(Path.of("docker-compose.yml")))
                .results()
                .toList();
        assertThat(used).hasSizeGreaterThan(4);
        for (MatchResult variable : used) {
            assertThat(example).containsKey(variable.group(1));
            assertThat(page).contains("`" + variable.group(1) + "`");
        }
        assertThat(example.keySet().stream().filter(name -> !name.matches("[A-Z]+_KEY_\\d")))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void noSecretHasADefault() {
        var secrets = Set.of("POSTGRES_PASSWORD", "KEY_PEPPER", "ADMIN_API_KEY");
        var asked = INTERPOLATED
                .matcher(Page.read(Path.of("docker-compose.yml")))
                .results()
                .filter(variable -> secrets.contains(variable.group(1)))
                .toList();
        assertThat(asked.stream().map(variable -> variable.group(1)).collect(Collectors.toSet()))
                .isEqualTo(secrets);
        assertThat(asked).allSatisfy(variable -> assertThat(variable.group(2)).startsWith(":?"));
        EXAMPLE.matcher(Page.read(Path.of(".env.example")))
                .results()
                .filter(line -> secrets.contains(line.group(1)))
                .forEach(line -> assertThat(line.group(2)).isEmpty());
        assertThat(Page.read(Path.of(".gitignore")).lines()).contains(".env");
        services()
                .forEach(
                        each -> assertThat(each.path("command").isMissingNode()).isTrue());
    }

    @Test
    void whatIsMountedOrCopiedExists() {
        var paths = new TreeSet<String>();
        services().flatMap(each -> elements(each.path("volumes"))).forEach(mount -> {
            String source = mount.split(":")[0];
            if (source.startsWith("./")) {
                assertThat(mount).endsWith(":ro");
                paths.add(source);
            } else {
                assertThat(COMPOSE.path("volumes").has(source)).as(source).isTrue();
            }
        });
        DOCKERFILE.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                .forEach(line -> paths.addAll(
                        List.of(line.substring(5, line.lastIndexOf(' ')).split(" "))));
        assertThat(paths)
                .hasSizeGreaterThan(6)
                .allSatisfy(path -> assertThat(Path.of(path)).exists());
        String sent = Page.read(Path.of(".dockerignore"));
        paths.stream()
                .filter(path -> !path.startsWith("./"))
                .forEach(path -> assertThat(sent).contains("!" + path.split("/")[0] + "\n"));
    }

    @Test
    void imagesAreNamedWithTheirVersion() {
        var images = new ArrayList<String>();
        services().forEach(each -> images.add(each.path("image").asText()));
        var stages = new TreeSet<String>();
        for (String line : DOCKERFILE) {
            if (line.startsWith("FROM ")) {
                String[] words = line.split(" ");
                if (!stages.contains(words[1])) {
                    images.add(words[1]);
                }
                stages.add(words[words.length - 1]);
            }
        }
        assertThat(images)
                .hasSizeGreaterThan(4)
                .allSatisfy(image -> assertThat(image).matches("[a-z/-]+:.*\\d.*"));
    }

    @Test
    void servicesRunWithoutRights() {
        services()
                .forEach(each -> assertThat(elements(each.path("security_opt"))).contains("no-new-privileges:true"));
        for (String name : List.of("gateway", "replica", "balancer")) {
            var each = service(name);
            assertThat(each.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(elements(each.path("cap_drop"))).containsExactly("ALL");
            assertThat(each.has("privileged")).isFalse();
            assertThat(each.path("mem_limit").asText()).isNotEmpty();
        }
        assertThat(service("balancer").path("user").asText()).matches("[1-9]\\d*:\\d+");
        assertThat(service("database").has("ports")).isFalse();
    }

    @Test
    void callsAreSentWhereTheGatewayListens() {
        for (String name : OURS) {
            assertThat(service(name).path("environment").path("PORT").asText()).isEqualTo("3000");
            assertThat(NGINX).contains("server " + name + ":3000 ");
        }
        assertThat(elements(service("gateway").path("ports"))).containsExactly("${PORT:-3000}:3000");
        assertThat(elements(service("balancer").path("ports"))).containsExactly("${BALANCER_PORT:-8080}:8080");
        assertThat(NGINX).contains("listen 8080;");
        assertThat(DOCKERFILE).contains("EXPOSE 3000");
    }

    /** Each has its own journal, and is given longer than its drain time. */
    @Test
    void replicasShareTheDatabaseAndNothingElse() {
        var data = new TreeSet<String>();
        for (String name : OURS) {
            elements(service(name).path("volumes"))
                    .filter(mount -> mount.endsWith("/app/data"))
                    .forEach(data::add);
            assertThat(service(name).path("stop_grace_period").asText()).isEqualTo("130s");
            assertThat(service(name)
                            .path("depends_on")
                            .path("database")
                            .path("condition")
                            .asText())
                    .isEqualTo("service_healthy");
        }
        assertThat(data).hasSize(OURS.size());
        assertThat(service("gateway").path("environment"))
                .isEqualTo(service("replica").path("environment"));
    }

    @Test
    void theBalancerNeitherHoldsEventsBackNorAsksTwice() {
        assertThat(NGINX)
                .contains(
                        "proxy_buffering off;",
                        "proxy_request_buffering off;",
                        "proxy_http_version 1.1;",
                        "proxy_set_header Connection \"\";",
                        "keepalive 64;",
                        "proxy_read_timeout 660s;",
                        "proxy_next_upstream error timeout;")
                .doesNotContainPattern("(?m)^[^#]*non_idempotent");
    }

    @Test
    void theImageRunsAsANumericUserWithoutAShell() throws IOException {
        int last = lastIndexOf("FROM ");
        var image = DOCKERFILE.subList(last, DOCKERFILE.size());
        assertThat(image).contains("USER 10001:10001");
        assertThat(image.stream().filter(line -> line.matches("(ENTRYPOINT|CMD|HEALTHCHECK|RUN) .*")))
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(line).contains("[\"").doesNotContain("sh\""));
        assertThat(Files.readAllLines(Path.of("deploy/java-options")))
                .contains("-XX:+ExitOnOutOfMemoryError", "-XX:-HeapDumpOnOutOfMemoryError", "-XX:AOTCache=serai.aot");
        assertThat(image).contains("ENTRYPOINT [\"java\", \"@java-options\", \"-jar\", \"serai.jar\"]");
        assertThat(image)
                .anySatisfy(line -> assertThat(line).startsWith("HEALTHCHECK").contains("\"Ready\""));
        assertThat(Page.read(Path.of("deploy/java/Ready.java"))).contains("\"PORT\"", "/health/ready");
    }

    @Test
    void kubernetesRunsWhatComposeRuns() {
        var objects = Arrays.stream(
                        Page.read(Path.of("deploy/kubernetes/serai.yaml")).split("(?m)^---$"))
                .map(DeploymentFilesTest::yaml)
                .collect(Collectors.toMap(object -> object.path("kind").asText(), object -> object));
        assertThat(objects).containsOnlyKeys("ConfigMap", "Service", "PodDisruptionBudget", "StatefulSet");
        var set = object(objects, "StatefulSet").path("spec");
        var pod = set.path("template").path("spec");
        var gateway = pod.path("containers").path(0);
        assertThat(set.path("replicas").asInt()).isEqualTo(2);
        assertThat(gateway.path("image")).isEqualTo(service("gateway").path("image"));
        assertThat(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText())
                .isEqualTo("10001:10001");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(gateway.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(gateway.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(gateway.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        assertThat(gateway.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
        assertThat(gateway.path("env").findValuesAsText("name"))
                .allSatisfy(name -> assertThat(name).doesNotMatch(".*(KEY|PEPPER|PASSWORD|URL).*"));
        assertThat(object(objects, "Service").at("/spec/selector")).isEqualTo(set.at("/template/metadata/labels"));
        String models =
                object(objects, "ConfigMap").at("/data/routes-config.yaml").asText();
        assertThat(Gateway.shared()
                        .bean(RoutesConfigStore.class)
                        .examine(models)
                        .problems())
                .isEmpty();
    }

    private static JsonNode object(Map<String, JsonNode> objects, String kind) {
        return requireNonNull(objects.get(kind), kind);
    }

    private static int lastIndexOf(String start) {
        for (int i = DOCKERFILE.size() - 1; i >= 0; i--) {
            if (DOCKERFILE.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new IllegalStateException(start);
    }

    private static Stream<String> elements(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts.stream();
    }
}
