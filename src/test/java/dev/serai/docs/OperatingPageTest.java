package dev.serai.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.account.AccountProperties;
import dev.serai.conversation.ConversationProperties;
import dev.serai.inbound.DoorProperties;
import dev.serai.media.MediaProperties;
import dev.serai.provider.chatglmweb.ChatglmProperties;
import dev.serai.provider.zaiweb.ZaiWebProperties;
import dev.serai.quota.QuotaProperties;
import dev.serai.testkit.Gateway;
import dev.serai.transcript.TranscriptProperties;
import dev.serai.upstream.UpstreamTimeouts;
import dev.serai.usage.UsageProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.HealthContributorRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;

/** The tables of {@code docs/operating.md} name what exists, all of it, with its defaults. */
class OperatingPageTest {

    private static final Page PAGE = Page.of("docs/operating.md");
    private static final Pattern VARIABLE = Pattern.compile("\"([A-Z]+(?:_[A-Z]+)+)\"|\\$\\{([A-Z_]+)[:}]");
    /** Where words in capitals are those of a wire. */
    private static final String WIRE = ".*/(protocol|provider)/[a-z]+/[A-Za-z]+\\.java";
    /** Names of files that the gateway writes for itself; the page tells of them as such. */
    private static final Set<String> KEPT = Set.of("DATABASE_PASSWORD", "POSTGRES_PASSWORD");

    @Test
    void everyVariableIsOnThePageAndNoOther() throws IOException {
        var read = new TreeSet<String>();
        sources(WIRE)
                .forEach(source -> VARIABLE.matcher(source)
                        .results()
                        .forEach(match -> read.add(match.group(1) != null ? match.group(1) : match.group(2))));
        read.removeAll(KEPT);
        var told = tables("Variable")
                .map(row -> Page.plain(row.getFirst()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(read);
    }

    @Test
    void defaultsOfVariablesAreThoseOfTheCode() throws IOException {
        String sources = String.join("\n", sources());
        tables("Variable")
                .filter(row -> !Page.code(row.get(1)).isEmpty() && !row.get(1).startsWith("made"))
                .forEach(row -> {
                    String name = Page.plain(row.getFirst());
                    String value = Page.plain(row.get(1));
                    boolean inOnePlace = sources.contains("${" + name + ":" + value + "}");
                    boolean asConstant =
                            sources.contains("\"" + value + "\"") || value.equals("config/routes-config.yaml");
                    assertThat(inOnePlace || asConstant).as(name).isTrue();
                });
    }

    @Test
    void everyPropertyIsOnThePageWithItsDefault() throws IOException {
        var read = new TreeMap<String, String>();
        read.putAll(properties("serai.door.", DoorProperties.class));
        read.putAll(properties("serai.timeouts.", UpstreamTimeouts.class));
        read.putAll(properties("serai.transcripts.", TranscriptProperties.class));
        read.putAll(properties("serai.conversations.", ConversationProperties.class));
        read.putAll(properties("serai.quota.", QuotaProperties.class));
        read.putAll(properties("serai.zai-web.", ZaiWebProperties.class));
        read.putAll(properties("serai.usage.", UsageProperties.class));
        read.putAll(properties("serai.chatglm-web.", ChatglmProperties.class));
        read.putAll(properties("serai.accounts.", AccountProperties.class));
        read.putAll(properties("serai.media.", MediaProperties.class));
        String sources = String.join("\n", sources());
        Pattern.compile("@Value\\(\"\\$\\{(serai\\.[a-z.-]+):([^}]*)}")
                .matcher(sources)
                .results()
                .forEach(match -> read.put(match.group(1), match.group(2)));
        var told = tables("Property")
                .collect(Collectors.toMap(
                        row -> Page.plain(row.getFirst()), row -> Page.plain(row.get(1)), (a, b) -> a, TreeMap::new));
        assertThat(told).isEqualTo(read);
    }

    private static Map<String, String> properties(String prefix, Class<? extends Record> type) {
        var parameters = type.getDeclaredConstructors()[0].getParameters();
        return Arrays.stream(parameters)
                .collect(Collectors.toMap(
                        parameter -> prefix + kebab(parameter.getName()),
                        parameter -> String.join(
                                ",", parameter.getAnnotation(DefaultValue.class).value())));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void everyMetricOfTheGatewayIsOnThePageAndNoOther() {
        var gateway = Gateway.shared()
                .configure("{\"demo\":{\"providers\":[{\"provider\":\"simulator\",\"model\":\"demo\"}]}}");
        gateway.chat("{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        String port = gateway.bean(Environment.class).getRequiredProperty("local.management.port");
        String metrics = Gateway.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                                .build())
                .body();
        var seen = Pattern.compile("(?m)^# TYPE ((?:gen_ai|serai)\\S+) (\\S+)")
                .matcher(metrics)
                .results()
                .filter(match -> !match.group(1).endsWith("_max"))
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
        assertThat(PAGE.table("Metric").stream()
                        .collect(Collectors.toMap(row -> Page.plain(row.getFirst()), row -> row.get(1))))
                .isEqualTo(seen);
    }

    @Test
    void healthForTheOperatorKnowsDatabaseAndDisk() {
        var health = Gateway.shared().bean(HealthContributorRegistry.class);
        assertThat(health.getContributor("db")).isNotNull();
        assertThat(health.getContributor("diskSpace")).isNotNull();
    }

    @Test
    void fixedLimitsAreThoseOfTheServer() {
        var server = Map.of(
                "a request head has at most 8 KB", "max-http-request-header-size: 8KB",
                "24,000 connections may be open", "max-connections: 24000",
                "idle\nconnection is closed after 60 s", "keep-alive-timeout: 60s");
        String settings = Page.read(Path.of("src/main/resources/application.yaml"));
        assertThat(server).allSatisfy((told, set) -> {
            assertThat(PAGE.text()).contains(told);
            assertThat(settings).contains(set);
        });
    }

    @Test
    void theCapOnCallsIsTheFormulaOfThePage() {
        var formula = Pattern.compile("\\(heap − (\\d+) MiB\\) ÷ (\\d+) KiB, at least (\\d+) and at most (\\d+)")
                .matcher(PAGE.text());
        assertThat(formula.find()).isTrue();
        long heap = Runtime.getRuntime().maxMemory() - Long.parseLong(formula.group(1)) * 1024 * 1024;
        long calls = heap / (Long.parseLong(formula.group(2)) * 1024);
        var bound = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("serai.door", DoorProperties.class);
        assertThat(bound.effectiveMaxStreams())
                .isEqualTo((int) Math.clamp(calls, Long.parseLong(formula.group(3)), Long.parseLong(formula.group(4))));
    }

    @Test
    void everyHeaderOfTheGatewayIsOnThePageAndNoOther() throws IOException {
        var used = Pattern.compile("\"(x-gateway-[a-z-]+|x-request-id)\"")
                .matcher(String.join("\n", sources()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(PAGE.table("Header").stream().map(row -> Page.plain(row.getFirst())))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void sentencesToLookForAreThoseOfTheCode() throws IOException {
        String sources = String.join("\n", sources()).replaceAll("\"\\s*\\+\\s*\"", "");
        assertThat(PAGE.table("You see").stream()
                        .flatMap(row -> Page.code(row.getFirst()).stream())
                        .filter(sentence -> sentence.contains(" ")))
                .hasSizeGreaterThan(12)
                .allSatisfy(sentence -> assertThat(sources).contains(sentence));
    }

    private static Stream<List<String>> tables(String first) {
        String[] parts = PAGE.text().split("(?m)^### ");
        return Arrays.stream(parts)
                .filter(part -> part.contains("\n| " + first + " |"))
                .flatMap(part -> new Page(PAGE.path(), part).table(first).stream());
    }

    private static List<String> sources() throws IOException {
        return sources("");
    }

    private static List<String> sources(String without) throws IOException {
        try (var files = Files.walk(Path.of("src/main"))) {
            return files.filter(path -> path.toString().matches(".*(\\.java|application\\.yaml)"))
                    .filter(path -> !path.toString().matches(without))
                    .map(Page::read)
                    .toList();
        }
    }
}
