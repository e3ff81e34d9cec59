package dev.serai.provider.chatglmweb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatRequestBuilder;
import dev.serai.message.Effort;
import dev.serai.message.Extensions;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningOptions;
import dev.serai.message.Role;
import dev.serai.message.Sampling;
import dev.serai.message.SystemBlock;
import dev.serai.message.ToolChoice;
import dev.serai.message.ToolDef;
import dev.serai.message.ToolKind;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnBodyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ToolDef WEATHER = new ToolDef.FunctionTool(
            "weather", "Tells the weather", Json.object().put("type", "object"), null, null);

    private static ChatRequestBuilder hello() {
        return ChatRequest.builder("m").messages(List.of(Message.of(Role.USER, "Hello")));
    }

    private static UpstreamBody encode(ChatRequest request, String model) {
        var target = new Target(model, true, null, Json.object(), null, false);
        return TurnBody.encode(request, target, Turn.of(request, model));
    }

    private static JsonNode body(ChatRequest request, String model) {
        try {
            return JSON.readTree(encode(request, model).bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(ChatRequest request) {
        return body(request, "glm").at("/messages/0/content/0/text").asText();
    }

    @Test
    void aFirstWordIsTheWiresMinimalBody() throws IOException {
        assertThat(body(hello().build(), "glm")).isEqualTo(JSON.readTree("""
                                {"assistant_id":"65940acff94777010aa6b796","conversation_id":"","project_id":"",\
                                "chat_type":"user_chat","meta_data":{"channel":"","chat_mode":"","draft_id":"",\
                                "input_question_type":"xxxx","is_networking":false,"is_test":false,"platform":"pc",\
                                "quote_log_id":"","cogview":{"rm_label_watermark":false}},"messages":[{"role":"user",\
                                "content":[{"type":"text","text":"Hello"}]}]}"""));
    }

    @ParameterizedTest
    @CsvSource({
        "glm-4.7, 65940acff94777010aa6b796, ''",
        "glm-4-think, 65940acff94777010aa6b796, zero",
        "GLM-Zero-preview, 65940acff94777010aa6b796, zero",
        "glm-deepresearch, 65940acff94777010aa6b796, deep_research",
        "65a232c082ff90a2ad2f15e2, 65a232c082ff90a2ad2f15e2, ''",
    })
    void theModelsNameChoosesAssistantAndMode(String model, String assistant, String mode) {
        var body = body(hello().build(), model);
        assertThat(body.path("assistant_id").asText()).isEqualTo(assistant);
        assertThat(body.at("/meta_data/chat_mode").asText()).isEqualTo(mode);
    }

    @Test
    void aCallerWhoAsksForReasoningGetsIt() {
        var high = new ReasoningOptions(
                ReasoningOptions.Mode.DEFAULT, Effort.HIGH, null, ReasoningOptions.Visibility.DEFAULT, null);
        assertThat(body(hello().reasoning(high).build(), "glm")
                        .at("/meta_data/chat_mode")
                        .asText())
                .isEqualTo("zero");
    }

    @Test
    void earlierTurnsStandUnderTheirSpeakers() {
        var request = ChatRequest.builder("m")
                .system(List.of(SystemBlock.of("Be kind.")))
                .messages(List.of(
                        Message.of(Role.USER, "Hi"),
                        Message.of(Role.ASSISTANT, "Hello!"),
                        Message.of(Role.USER, "Bye")))
                .build();
        assertThat(text(request))
                .isEqualTo(
                        "<|system|>\nBe kind.\n\n<|user|>\nHi\n\n<|assistant|>\nHello!\n\n<|user|>\nBye\n\n<|assistant|>\n");
    }

    @Test
    void toolsAreDescribedAndTheirCallsAndResultsAreTold() {
        var request = ChatRequest.builder("m")
                .tools(List.of(WEATHER))
                .toolChoice(new ToolChoice.Required())
                .messages(List.of(
                        Message.of(Role.USER, "Weather in Paris?"),
                        Message.of(
                                Role.ASSISTANT,
                                List.of(new Part.ToolCall(
                                        "c1", "weather", ToolKind.FUNCTION, "{\"city\":\"Paris\"}", null))),
                        Message.of(
                                Role.USER,
                                List.of(new Part.ToolResult(
                                        "c1", "weather", List.of(new Part.Text("Sunny")), false, null)))))
                .build();
        assertThat(text(request))
                .contains(
                        "{\"name\":\"weather\",\"description\":\"Tells the weather\",\"parameters\":{\"type\":\"object\"}}")
                .contains("You must call at least one tool now.")
                .contains("<|assistant|>\n{\"tool_calls\":[{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}]}")
                .contains("<|user|>\nResult of the tool \"weather\":\nSunny")
                .doesNotContain("null");
    }

    @Test
    void toolsThatMayNotBeCalledAreNotDescribed() {
        var request = hello().tools(List.of(WEATHER))
                .toolChoice(new ToolChoice.None())
                .build();
        assertThat(text(request)).isEqualTo("Hello");
        assertThat(Turn.of(request, "glm").tools()).isEmpty();
    }

    @Test
    void aConversationThatGoesOnGetsOnlyTheNewestTurn() {
        var unmapped = Json.object().put("conversation_id", "66f0a1b2c3d4e5f601234567");
        var request = ChatRequest.builder("m")
                .messages(List.of(
                        Message.of(Role.USER, "Hi"),
                        Message.of(Role.ASSISTANT, "Hello!"),
                        Message.of(Role.USER, "Bye")))
                .extensions(new Extensions("openai-chat", unmapped))
                .build();
        var body = body(request, "glm");
        assertThat(body.path("conversation_id").asText()).isEqualTo("66f0a1b2c3d4e5f601234567");
        assertThat(body.at("/messages/0/content/0/text").asText()).isEqualTo("Bye");
        assertThat(encode(request, "glm").dropped()).isEmpty();
    }

    @Test
    void filesOfTheServiceStandInPartsOfTheirOwn() {
        var picture = Json.object()
                .put("file_id", "f1")
                .put("file_url", "https://x.example/1")
                .put("width", 3)
                .put("height", 4);
        var paper = Json.object().put("file_id", "f2").put("file_name", "a.pdf");
        var request = ChatRequest.builder("m")
                .messages(List.of(Message.of(
                        Role.USER,
                        List.of(
                                new Part.Text("Look"),
                                new Part.Opaque("chatglm-web", picture),
                                new Part.Opaque("chatglm-web", paper)))))
                .build();
        var content = body(request, "glm").at("/messages/0/content");
        assertThat(content.at("/0/text").asText()).isEqualTo("Look");
        assertThat(content.at("/1/file/0/file_id").asText()).isEqualTo("f2");
        assertThat(content.at("/2/image/0/image_url").asText()).isEqualTo("https://x.example/1");
        assertThat(content.at("/2/image/0/order").asInt()).isZero();
    }

    @Test
    void whatTheWireHasNoWordsForIsReported() {
        var sampling =
                new Sampling(0.5, null, null, null, null, null, List.of("x"), null, null, null, java.util.Map.of());
        var request = hello().sampling(sampling).maxOutputTokens(10L).build();
        assertThat(encode(request, "glm").dropped()).containsExactly("temperature", "stop", "maxOutputTokens");
    }

    @Test
    void audioIsReportedAsLost() {
        var request = ChatRequest.builder("m")
                .messages(List.of(Message.of(
                        Role.USER,
                        List.of(
                                new Part.Text("Hear"),
                                new Part.Audio(new MediaSource.Base64("audio/wav", "AA=="), "wav", null)))))
                .build();
        assertThat(encode(request, "glm").dropped()).containsExactly("messages.audio");
    }

    @Test
    void customParamsAreSetMemberByMember() throws IOException {
        var params = Json.object();
        params.putObject("meta_data").put("selected_model", "glm-5.3");
        var request = hello().build();
        var target = new Target("glm", true, null, params, null, false);
        var body = JSON.readTree(
                TurnBody.encode(request, target, Turn.of(request, "glm")).bytes());
        assertThat(body.at("/meta_data/selected_model").asText()).isEqualTo("glm-5.3");
        assertThat(body.at("/meta_data/platform").asText()).isEqualTo("pc");
    }
}
