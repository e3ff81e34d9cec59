package dev.serai.testkit.sdk;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.sdk.Told.End;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** OpenAI's client with Responses; nothing is stored, all goes back with the next turn. */
final class ResponsesSdk implements SdkClient {

    private final OpenAIClient client;

    ResponsesSdk(Gateway gateway) {
        client = ChatSdk.openai(gateway);
    }

    @Override
    public Told ask(Ask ask, boolean stream) {
        var params = params(ask);
        if (!stream) {
            return told(client.responses().create(params));
        }
        var whole = ResponseAccumulator.create();
        try (var events = client.responses().createStreaming(params)) {
            events.stream().forEach(whole::accumulate);
        }
        return told(whole.response());
    }

    private static ResponseCreateParams params(Ask ask) {
        var params = ResponseCreateParams.builder().model(ask.model()).store(false);
        if (ask.reasons()) {
            params.reasoning(Reasoning.builder()
                    .effort(ReasoningEffort.HIGH)
                    .summary(Reasoning.Summary.AUTO)
                    .build());
        }
        if (ask.tool()) {
            params.addTool(FunctionTool.builder()
                    .name(Ask.TOOL)
                    .description(Ask.TOOL_IS)
                    .parameters(FunctionTool.Parameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty(
                                    "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                            .build())
                    .strict(false)
                    .build());
        }
        return params.inputOfResponse(input(ask)).build();
    }

    private static List<ResponseInputItem> input(Ask ask) {
        var message = ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(ask.text());
        if (!ask.picture().isEmpty()) {
            message.addContent(ResponseInputImage.builder()
                    .detail(ResponseInputImage.Detail.AUTO)
                    .imageUrl("data:image/png;base64," + ask.picture())
                    .build());
        }
        var input = new ArrayList<ResponseInputItem>();
        input.add(ResponseInputItem.ofMessage(message.build()));
        var earlier = ask.earlier();
        if (earlier != null) {
            var call = (ResponseFunctionToolCall) earlier.turn();
            input.add(ResponseInputItem.ofFunctionCall(call));
            input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                    .callId(call.callId())
                    .output(ask.result())
                    .build()));
        }
        return input;
    }

    private static Told told(Response answer) {
        var items = answer.output();
        var raw = items.stream().flatMap(item -> item.functionCall().stream()).toList();
        var calls = raw.stream()
                .map(call -> new Told.Call(call.callId(), call.name(), call.arguments()))
                .toList();
        return new Told(reasoning(items), text(items), calls, end(answer), raw.isEmpty() ? answer : raw.getFirst());
    }

    private static String reasoning(List<ResponseOutputItem> items) {
        return items.stream()
                .flatMap(item -> item.reasoning().stream())
                .flatMap(reasoning -> reasoning.summary().stream())
                .map(summary -> summary.text())
                .collect(Collectors.joining());
    }

    private static String text(List<ResponseOutputItem> items) {
        return items.stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .map(part -> part.text())
                .collect(Collectors.joining());
    }

    private static End end(Response answer) {
        if (answer.status().equals(java.util.Optional.of(ResponseStatus.COMPLETED))) {
            return answer.output().stream().anyMatch(ResponseOutputItem::isFunctionCall) ? End.CALLS : End.STOP;
        }
        return answer.incompleteDetails()
                        .flatMap(details -> details.reason())
                        .filter(reason -> reason.asString().equals("content_filter"))
                        .isPresent()
                ? End.FILTERED
                : End.OTHER;
    }

    @Override
    public void close() {
        client.close();
    }
}
