package dev.serai.translation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * A table of cases: {@code src/test/resources/translation/<name>.yaml}. What stands at its top holds for each of its
 * cases, what stands in a case for each of its trials; members of {@code request} are put together, anything else is
 * replaced.
 */
public record CaseFile(String name, String title, List<Case> cases) {

    /** Every table. */
    public static final List<String> NAMES = List.of(
            "chat-to-anthropic-request",
            "anthropic-to-openai-request",
            "chat-to-anthropic-answer",
            "chat-to-anthropic-stream",
            "anthropic-to-chat-answer",
            "gemini-caller",
            "gemini-upstream",
            "responses-request",
            "responses-stream",
            "thinking",
            "errors-and-transport");

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ObjectMapper COPY = new JsonMapper();

    public static CaseFile read(String name) {
        String resource = "/translation/" + name + ".yaml";
        try (var in = Objects.requireNonNull(CaseFile.class.getResourceAsStream(resource), resource)) {
            JsonNode root = YAML.readTree(in);
            var cases = new ArrayList<Case>();
            root.path("cases").forEach(node -> cases.add(read(root, node)));
            return new CaseFile(name, root.path("title").asText(), List.copyOf(cases));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case read(JsonNode root, JsonNode node) {
        var elsewhere = new ArrayList<String>();
        node.path("elsewhere").forEach(test -> elsewhere.add(test.asText()));
        return new Case(
                node.path("id").asText(),
                node.path("promise").asText(),
                node.path("decided").asBoolean(),
                elsewhere,
                node.path("outOfScope").asText(),
                trials(root, node));
    }

    private static List<Trial> trials(JsonNode root, JsonNode node) {
        ObjectNode shared = laidOver(without(root, "title", "cases"), without(node, Trial.NOT_OF_A_TRIAL));
        var trials = new ArrayList<Trial>();
        node.path("try").forEach(one -> trials.add(new Trial(laidOver(shared, one))));
        if (trials.isEmpty() && !node.has("elsewhere") && !node.has("outOfScope")) {
            trials.add(new Trial(shared));
        }
        return trials;
    }

    private static ObjectNode without(JsonNode node, String... names) {
        return node.<ObjectNode>deepCopy().without(List.of(names));
    }

    private static ObjectNode laidOver(ObjectNode below, JsonNode above) {
        ObjectNode both = COPY.createObjectNode().setAll(below);
        above.properties().forEach(member -> {
            JsonNode under = both.path(member.getKey());
            if (member.getKey().equals("request")
                    && under.isObject()
                    && member.getValue().isObject()) {
                ObjectNode request = under.deepCopy();
                request.setAll((ObjectNode) member.getValue());
                both.set("request", request);
            } else {
                both.set(member.getKey(), member.getValue());
            }
        });
        return both;
    }

    /** The cases that have trials, as tests. */
    Stream<DynamicContainer> tests() {
        return cases.stream()
                .filter(it -> !it.trials().isEmpty())
                .map(it -> DynamicContainer.dynamicContainer(
                        it.id() + " " + it.promise(),
                        it.trials().stream()
                                .map(trial ->
                                        DynamicTest.dynamicTest(it.id() + " " + trial.name(), () -> twice(trial)))));
    }

    /** Translators are shared: of one call nothing may be left for the next. */
    private static void twice(Trial trial) {
        new Passage(trial).run();
        new Passage(trial).run();
    }
}
