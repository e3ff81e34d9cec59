package dev.serai.provider.zaiweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Effort;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Target;
import dev.serai.provider.zaiweb.ZaiRequestEncoder.Encoded;
import dev.serai.testkit.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZaiRequestEncoderTest {

    private static ChatRequestBuilder asked() {
        return ChatRequest.builder("m")
                .system(List.of(SystemBlock.of("Be brief.")))
                .messages(List.of(Message.of(Role.USER, "hello")));
    }

    private static Encoded encode(ChatRequest request, Profile profile, boolean folded, ObjectNode customParams) {
        return new ZaiRequestEncoder(profile, "glm-4.7", folded, new TestClock())
                .encode(request, new Target("glm-4.7", true, null, customParams, null, false));
    }

    private static Encoded encode(ChatRequest request) {
        return encode(request, Profile.P2026, false, Json.object());
    }

    @Test
    void theTurnsAreTextsAndTheLastOfTheUserIsThePrompt() {
        var encoded = encode(asked().build());
        assertThat(encoded.body().path("messages")).hasSize(2);
        assertThat(encoded.body().at("/messages/0/role").asText()).isEqualTo("system");
        assertThat(encoded.body().at("/messages/1/content").asText()).isEqualTo("hello");
        assertThat(encoded.prompt()).isEqualTo("hello");
        assertThat(encoded.body().path("stream").asBoolean()).isTrue();
    }

    @Test
    void foldedTurnsAreOneOfTheUsers() {
        var encoded = encode(asked().build(), Profile.P2026, true, Json.object());
        assertThat(encoded.body().path("messages")).hasSize(1);
        assertThat(encoded.body().at("/messages/0/role").asText()).isEqualTo("user");
        assertThat(encoded.prompt()).isEqualTo("SYSTEM:\nBe brief.\n\nUSER:\nhello");
    }

    @Test
    void callsAndResultsAreTold() {
        var call = new Part.ToolCall("c1", "find", ToolKind.FUNCTION, "{\"q\":1}", null);
        var result = new Part.ToolResult("c1", "find", List.of(new Part.Text("found")), false, null);
        var encoded = encode(asked().messages(List.of(
                        Message.of(Role.USER, "look"),
                        Message.of(Role.ASSISTANT, List.of(call)),
                        Message.of(Role.USER, List.of(result))))
                .build());
        assertThat(encoded.body().at("/messages/2/content").asText()).contains("c1", "find", "{\"q\":1}");
        assertThat(encoded.body().at("/messages/3/content").asText()).contains("c1", "found");
    }

    @Test
    void thinkingIsASwitchAndTheHighestEffortsHaveAWord() {
        for (var effort : Effort.values()) {
            var reasoning = new ReasoningOptions(
                    ReasoningOptions.Mode.DEFAULT, effort, null, ReasoningOptions.Visibility.DEFAULT, null);
            var features = encode(asked().reasoning(reasoning).build()).body().path("features");
            assertThat(features.path("enable_thinking").asBoolean()).isEqualTo(effort != Effort.NONE);
            assertThat(features.path("reasoning_effort").asText(""))
                    .isEqualTo(
                            switch (effort) {
                                case HIGH -> "high";
                                case XHIGH, MAX -> "max";
                                default -> "";
                            });
        }
    }

    @Test
    void toolsArePassedOn() {
        var tool = new ToolDef.FunctionTool("find", "Finds.", Json.object().put("type", "object"), null, null);
        var encoded = encode(asked().tools(List.of(tool)).build());
        assertThat(encoded.body().at("/tools/0/function/name").asText()).isEqualTo("find");
        assertThat(encoded.tools()).containsExactly("find");
    }

    @Test
    void whatHasNoPlaceIsReported() {
        var sampling = new Sampling(0.5, null, 40, 1L, null, null, List.of("x"), null, null, null, Map.of());
        var request = asked().sampling(sampling).build();
        assertThat(encode(request).dropped()).containsExactlyInAnyOrder("topK", "seed", "stop");
        assertThat(encode(request).body().at("/params/temperature").asDouble()).isEqualTo(0.5);
        assertThat(encode(request, Profile.P2025, false, Json.object()).dropped())
                .contains("temperature");
    }

    @Test
    void imagesHaveAPlaceWhereTheirIdsWillStand() {
        var encoded = encode(asked().messages(List.of(turn(2))).build());
        var content = encoded.body().at("/messages/1/content");
        assertThat(content.at("/0/text").asText()).isEqualTo("look");
        assertThat(encoded.images()).hasSize(2);
        encoded.images().get(1).place().put("url", "file-2");
        assertThat(content.at("/2/image_url/url").asText()).isEqualTo("file-2");
        assertThat(encoded.images().get(1).image().field()).isEqualTo("messages[0].content[2]");
        assertThat(encoded.prompt()).isEqualTo("look");
        var folded = encode(asked().messages(List.of(turn(2))).build(), Profile.P2026, true, Json.object());
        assertThat(folded.images()).hasSize(2);
    }

    @Test
    void imagesOfOneResultStandAtPlacesOfTheirOwn() {
        var images = turn(2).parts().subList(1, 3);
        var result = new Part.ToolResult("c1", "look", images, false, null);
        var encoded = encode(asked().messages(List.of(Message.of(Role.USER, List.of(result))))
                .build());
        assertThat(encoded.images())
                .extracting(image -> image.image().field())
                .containsExactly("messages[0].content[0].content[0]", "messages[0].content[0].content[1]");
    }

    @Test
    void ofManyImagesTheNewestAreSent() {
        var encoded = encode(asked().messages(List.of(turn(4), Message.of(Role.ASSISTANT, "I see."), turn(8)))
                .build());
        assertThat(encoded.images()).hasSize(10);
        assertThat(encoded.images().getFirst().image().field()).isEqualTo("messages[0].content[3]");
        assertThat(encoded.dropped()).contains("messages.image");
    }

    private static Message turn(int images) {
        var parts = new ArrayList<Part>(List.of(new Part.Text("look")));
        for (int i = 0; i < images; i++) {
            parts.add(new Part.Image(new MediaSource.Base64("image/png", "AAAA"), null, null));
        }
        return Message.of(Role.USER, parts);
    }

    @Test
    void filesAreRefused() {
        var file = new Part.Audio(new MediaSource.Url("https://a/b.mp3", null), null, null);
        var request =
                asked().messages(List.of(Message.of(Role.USER, List.of(file)))).build();
        assertThatThrownBy(() -> encode(request)).isInstanceOf(Refusal.class).hasMessageContaining("messages.audio");
    }

    @Test
    void customParamsAreSetLastAndTheProfileGoesNowhere() {
        var params = Json.object()
                .put("profile", "P2026")
                .put("captcha_verify_param", "pasted")
                .put("stream", false);
        var body = encode(asked().build(), Profile.P2026, false, params).body();
        assertThat(body.path("captcha_verify_param").asText()).isEqualTo("pasted");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.has("profile")).isFalse();
    }
}
