package dev.serai.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.Refusal;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputItemPageTest {

    private static List<ObjectNode> listed(String items) {
        return ListedItems.of(
                new Transcript("resp_x", Kept.bytes("{}"), Kept.bytes(items), Instant.EPOCH, Instant.MAX));
    }

    private static List<ObjectNode> numbered(int count) {
        var items = new StringBuilder();
        for (int i = 0; i < count; i++) {
            items.append(i == 0 ? "" : ",").append("{\"role\":\"user\",\"content\":\"" + i + "\"}");
        }
        return listed("[" + items + "]");
    }

    private static InputItemPage page(Map<String, String> query) {
        return InputItemPage.asked(new FakeHead("/", Map.of(), Map.of(), query));
    }

    private static List<String> ids(ObjectNode list) {
        var ids = new ArrayList<String>();
        for (JsonNode item : list.path("data")) {
            ids.add(item.path("id").textValue());
        }
        return ids;
    }

    @Test
    void newestComeFirstTwentyAtATime() {
        var list = page(Map.of()).of(numbered(25));
        assertThat(ids(list)).hasSize(20).startsWith("msg_x_24").endsWith("msg_x_5");
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("first_id").asText()).isEqualTo("msg_x_24");
        assertThat(list.path("last_id").asText()).isEqualTo("msg_x_5");
        assertThat(list.path("has_more").booleanValue()).isTrue();
    }

    @Test
    void pagesFollowEachOtherWithoutAGap() {
        var items = numbered(5);
        var first = page(Map.of("order", "asc", "limit", "3")).of(items);
        var second =
                page(Map.of("order", "asc", "limit", "3", "after", "msg_x_2")).of(items);
        assertThat(ids(first)).containsExactly("msg_x_0", "msg_x_1", "msg_x_2");
        assertThat(ids(second)).containsExactly("msg_x_3", "msg_x_4");
        assertThat(second.path("has_more").booleanValue()).isFalse();
        assertThat(page(Map.of("after", "msg_x_0")).of(items).path("last_id").isNull())
                .isTrue();
    }

    @Test
    void aParameterAtFaultIsNamed() {
        for (var query : List.of(
                Map.of("limit", "0"),
                Map.of("limit", "101"),
                Map.of("limit", "x"),
                Map.of("order", "up"),
                Map.of("after", "nobody"))) {
            assertThatThrownBy(() -> page(query).of(numbered(2)))
                    .asInstanceOf(type(Refusal.class))
                    .satisfies(refusal -> assertThat(refusal.failure().param())
                            .isEqualTo(query.keySet().iterator().next()));
        }
    }

    @Test
    void everyItemHasATypeAnIdAndPartsAsContent() throws IOException {
        var items = listed("""
                [{"role":"user","content":"a"},
                 {"type":"message","role":"assistant","content":"b","id":"msg_own"},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"c"}]},
                 {"type":"function_call_output","call_id":"c1","output":"d"},
                 {"type":"web_search_call"},
                 {"id":"msg_ref"}]
                """);
        String expected = """
                [{"role":"user","content":[{"type":"input_text","text":"a"}],"type":"message","id":"msg_x_0"},
                 {"type":"message","role":"assistant","content":[{"type":"output_text","text":"b","annotations":[]}],"id":"msg_own"},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"c"}],"id":"msg_x_2"},
                 {"type":"function_call_output","call_id":"c1","output":"d","id":"fco_x_3"},
                 {"type":"web_search_call","id":"item_x_4"},
                 {"id":"msg_ref","type":"item_reference"}]
                """;
        byte[] bytes = Kept.bytes(expected);
        assertThat(Json.array().addAll(items)).isEqualTo(Json.tree(bytes, 0, bytes.length));
    }
}
