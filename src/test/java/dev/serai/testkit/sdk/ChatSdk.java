package dev.serai.testkit.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.sdk.Told.End;
import java.util.List;
import java.util.Map;

/** OpenAI's client with Chat Completions; reasoning is the member that most gateways give it in. */
final class ChatSdk implements SdkClient {

    private final OpenAIClient client;

    ChatSdk(Gateway gateway) {
        client = openai(gateway);
    }

    static OpenAIClient openai(Gateway gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.url() + "/v1")
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @Override
    public Told ask(Ask ask, boolean stream) {
        var params = params(ask);
        if (!stream) {
            var answer = client.chat().completions().create(params);
            return told(answer, reasoning(answer.choices().getFirst().message()._additionalProperties()));
        }
        var whole = ChatCompletionAccumulator.create();
        var reasoning = new StringBuilder();
        try (var chunks = client.chat().completions().createStreaming(params)) {
            chunks.stream().forEach(chunk -> {
                whole.accumulate(chunk);
                chunk.choices()
                        .forEach(choice ->
                                reasoning.append(reasoning(choice.delta()._additionalProperties())));
            });
        }
        return told(whole.chatCompletion(), reasoning.toString());
    }

    private static ChatCompletionCreateParams params(Ask ask) {
        var params = ChatCompletionCreateParams.builder().model(ask.model());
        if (ask.reasons()) {
            params.reasoningEffort(ReasoningEffort.HIGH);
        }
        if (ask.tool()) {
            params.addFunctionTool(FunctionDefinition.builder()
                    .name(Ask.TOOL)
                    .description(Ask.TOOL_IS)
                    .parameters(FunctionParameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty(
                                    "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build());
        }
        params.addUserMessageOfArrayOfContentParts(parts(ask));
        var earlier = ask.earlier();
        if (earlier != null) {
            params.addMessage((ChatCompletionMessage) earlier.turn());
            params.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(earlier.calls().getFirst().id())
                    .content(ask.result())
                    .build());
        }
        return params.build();
    }

    private static List<ChatCompletionContentPart> parts(Ask ask) {
        var text = ChatCompletionContentPart.ofText(
                ChatCompletionContentPartText.builder().text(ask.text()).build());
        if (ask.picture().isEmpty()) {
            return List.of(text);
        }
        var url = ChatCompletionContentPartImage.ImageUrl.builder()
                .url("data:image/png;base64," + ask.picture())
                .build();
        return List.of(
                text,
                ChatCompletionContentPart.ofImageUrl(
                        ChatCompletionContentPartImage.builder().imageUrl(url).build()));
    }

    private static String reasoning(Map<String, JsonValue> more) {
        var value = more.get("reasoning_content");
        String text = value == null ? null : value.convert(String.class);
        return text == null ? "" : text;
    }

    private static Told told(ChatCompletion answer, String reasoning) {
        var choice = answer.choices().getFirst();
        var message = choice.message();
        var calls = message.toolCalls().orElse(List.of()).stream()
                .map(call -> call.asFunction())
                .map(call -> new Told.Call(
                        call.id(), call.function().name(), call.function().arguments()))
                .toList();
        return new Told(reasoning, message.content().orElse(""), calls, end(choice.finishReason()), message);
    }

    private static End end(FinishReason reason) {
        if (reason.equals(FinishReason.STOP)) {
            return End.STOP;
        }
        if (reason.equals(FinishReason.TOOL_CALLS)) {
            return End.CALLS;
        }
        return reason.equals(FinishReason.CONTENT_FILTER) ? End.FILTERED : End.OTHER;
    }

    @Override
    public void close() {
        client.close();
    }
}
