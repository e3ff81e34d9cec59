package dev.serai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Refusal;
import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.Strategy;
import dev.serai.routing.config.Timeouts;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelShapesTest {

    private static final Instant CREATED = Instant.ofEpochSecond(1_764_000_000L);

    private static ModelEntry entry(String name, @Nullable Long window, @Nullable Long input, @Nullable Long output) {
        return new ModelEntry(
                name,
                List.of(),
                name.equals("demo-1") ? "Demo 1" : null,
                name.equals("demo-1") ? "Gateway model" : null,
                window,
                input,
                output,
                null,
                null,
                List.of(),
                null,
                ModelEntry.Lane.AUTO,
                false,
                Strategy.ORDERED,
                Timeouts.NONE,
                List.of());
    }

    private static List<ModelEntry> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> entry("m/" + i, null, null, null))
                .toList();
    }

    private static FakeHead asked(Map<String, String> query) {
        return new FakeHead("/v1/models", Map.of(), Map.of(), query);
    }

    private static JsonNode golden(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/wire/models/" + name + ".json"));
        return Json.tree(bytes, 0, bytes.length);
    }

    private static List<String> names(ObjectNode list, String array, String member) {
        var names = new ArrayList<String>();
        list.path(array).forEach(card -> names.add(card.path(member).textValue()));
        return names;
    }

    @Test
    void anthropicsListIsWhatItsClientsRead() throws IOException {
        var golden = golden("anthropic");
        ((ObjectNode) golden.at("/data/0")).putNull("capabilities");
        var list =
                new AnthropicModels().list(List.of(entry("demo-1", 200_000L, null, 64_000L)), FakeHead.NONE, CREATED);
        assertThat(written(list)).isEqualTo(written(golden));
    }

    @Test
    void geminisListIsWhatItsClientsRead() throws IOException {
        var golden = golden("gemini");
        ((ObjectNode) golden.at("/models/0"))
                .remove(List.of("temperature", "topP", "topK", "maxTemperature", "thinking"));
        var list = new GeminiModels().list(List.of(entry("demo-1", 1L, 200_000L, 64_000L)), FakeHead.NONE, CREATED);
        assertThat(written(list)).isEqualTo(written(golden));
    }

    @Test
    void openAisListIsWhatItsClientsRead() throws IOException {
        var entries = List.of(entry("demo-1", null, null, null), entry("demo-vision", null, null, null));
        var list = new OpenAiModels().list(entries, asked(Map.of("limit", "1")), CREATED);
        list.path("data").forEach(card -> ((ObjectNode) card).remove(List.of("display_name", "description")));
        var golden = golden("openai");
        golden.path("data").forEach(card -> ((ObjectNode) card).put("owned_by", "serai"));
        assertThat(written(list)).isEqualTo(golden);
    }

    @Test
    void whatTheEntryDoesNotSayIsNullOrAbsent() {
        var bare = entry("m", null, null, null);
        var anthropic = AnthropicModelCard.of(bare, CREATED);
        assertThat(anthropic.path("max_input_tokens").isNull()).isTrue();
        assertThat(anthropic.path("max_tokens").isNull()).isTrue();
        assertThat(anthropic.path("display_name").textValue()).isEqualTo("m");
        var gemini = GeminiModelCard.of(bare);
        assertThat(gemini.has("inputTokenLimit")).isFalse();
        assertThat(gemini.has("outputTokenLimit")).isFalse();
        assertThat(gemini.has("description")).isFalse();
    }

    @Test
    void anthropicsPagesGoForwardAndBack() {
        var models = new AnthropicModels();
        var first = models.list(numbered(5), asked(Map.of("limit", "2")), CREATED);
        assertThat(names(first, "data", "id")).containsExactly("m/0", "m/1");
        assertThat(first.path("has_more").booleanValue()).isTrue();
        assertThat(first.path("last_id").textValue()).isEqualTo("m/1");
        var last = models.list(numbered(5), asked(Map.of("limit", "9", "after_id", "m/1")), CREATED);
        assertThat(names(last, "data", "id")).containsExactly("m/2", "m/3", "m/4");
        assertThat(last.path("has_more").booleanValue()).isFalse();
        var back = models.list(numbered(5), asked(Map.of("limit", "2", "before_id", "m/3")), CREATED);
        assertThat(names(back, "data", "id")).containsExactly("m/1", "m/2");
        assertThat(back.path("has_more").booleanValue()).isTrue();
        assertThat(names(models.list(numbered(25), asked(Map.of()), CREATED), "data", "id"))
                .hasSize(20);
        assertThat(models.list(List.of(), asked(Map.of()), CREATED)
                        .path("first_id")
                        .isNull())
                .isTrue();
    }

    @Test
    void geminisPagesFollowTheirToken() {
        var models = new GeminiModels();
        var seen = new ArrayList<String>();
        var query = Map.of("pageSize", "2");
        while (true) {
            var page = models.list(numbered(5), asked(query), CREATED);
            seen.addAll(names(page, "models", "name"));
            if (!page.has("nextPageToken")) {
                break;
            }
            query = Map.of(
                    "pageSize", "2", "pageToken", page.path("nextPageToken").textValue());
        }
        assertThat(seen).containsExactly("models/m/0", "models/m/1", "models/m/2", "models/m/3", "models/m/4");
        assertThat(models.list(numbered(51), asked(Map.of()), CREATED).path("models"))
                .hasSize(50);
    }

    @Test
    void aParameterAtFaultIsNamed() {
        refused(new AnthropicModels(), "limit", Map.of("limit", "0"));
        refused(new AnthropicModels(), "limit", Map.of("limit", "x"));
        refused(new AnthropicModels(), "after_id", Map.of("after_id", "nobody"));
        refused(new AnthropicModels(), "before_id", Map.of("before_id", "nobody"));
        refused(new AnthropicModels(), "before_id", Map.of("before_id", "m/0", "after_id", "m/0"));
        refused(new GeminiModels(), "pageSize", Map.of("pageSize", "-1"));
        refused(new GeminiModels(), "pageToken", Map.of("pageToken", "nonsense"));
    }

    @Test
    void theRequestSaysWhichShapeItMeans() {
        assertThat(shape("/v1/models", Map.of(), Map.of())).isInstanceOf(OpenAiModels.class);
        assertThat(shape("/v1/models", Map.of("Anthropic-Version", "2023-06-01"), Map.of()))
                .isInstanceOf(AnthropicModels.class);
        assertThat(shape("/v1/models", Map.of("x-goog-api-key", "k"), Map.of())).isInstanceOf(GeminiModels.class);
        assertThat(shape("/models", Map.of(), Map.of("key", "k"))).isInstanceOf(GeminiModels.class);
        assertThat(shape("/v1beta/models", Map.of("anthropic-version", "2023-06-01"), Map.of()))
                .isInstanceOf(GeminiModels.class);
    }

    private static ModelShape shape(String path, Map<String, String> headers, Map<String, String> query) {
        return ModelShape.meantBy(new FakeHead(path, Map.of(), headers, query));
    }

    private static void refused(ModelShape shape, String parameter, Map<String, String> query) {
        assertThatThrownBy(() -> shape.list(numbered(2), asked(query), CREATED))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.failure().param()).isEqualTo(parameter));
    }

    /** As it goes over the wire, so that numbers of one value are equal. */
    private static JsonNode written(JsonNode node) {
        byte[] bytes = Json.bytes(node);
        try {
            return Json.tree(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
