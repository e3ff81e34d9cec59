package dev.serai.testkit.sdk;

import static java.util.Objects.requireNonNull;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.testkit.Gateway;
import dev.serai.testkit.sdk.Told.End;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Anthropic's client. */
final class MessagesSdk implements SdkClient {

    private static final long MOST_TOKENS = 2048;
    private static final long THINKING = 1024;

    private final AnthropicClient client;

    MessagesSdk(Gateway gateway) {
        client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.url())
                .apiKey(Gateway.KEY)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @Override
    public Told ask(Ask ask, boolean stream) {
        var params = params(ask);
        if (!stream) {
            return told(client.messages().create(params));
        }
        var whole = MessageAccumulator.create();
        try (var events = client.messages().createStreaming(params)) {
            events.stream().forEach(whole::accumulate);
        }
        return told(whole.message());
    }

    private static MessageCreateParams params(Ask ask) {
        var params = MessageCreateParams.builder().model(ask.model()).maxTokens(MOST_TOKENS);
        if (ask.reasons()) {
            params.enabledThinking(THINKING);
        }
        if (ask.tool()) {
            params.addTool(Tool.builder()
                    .name(Ask.TOOL)
                    .description(Ask.TOOL_IS)
                    .inputSchema(Tool.InputSchema.builder()
                            .properties(Tool.InputSchema.Properties.builder()
                                    .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                    .build())
                            .build())
                    .build());
        }
        params.addUserMessageOfContentBlockParams(blocks(ask));
        var earlier = ask.earlier();
        if (earlier != null) {
            params.addMessage((Message) earlier.turn());
            params.addUserMessageOfContentBlockParams(
                    List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                            .toolUseId(earlier.calls().getFirst().id())
                            .content(ask.result())
                            .build())));
        }
        return params.build();
    }

    private static List<ContentBlockParam> blocks(Ask ask) {
        var blocks = new ArrayList<ContentBlockParam>();
        blocks.add(ContentBlockParam.ofText(ask.text()));
        if (!ask.picture().isEmpty()) {
            blocks.add(ContentBlockParam.ofImage(Base64ImageSource.builder()
                    .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                    .data(ask.picture())
                    .build()));
        }
        return blocks;
    }

    private static Told told(Message answer) {
        String reasoning = answer.content().stream()
                .flatMap(block -> block.thinking().stream())
                .map(thinking -> thinking.thinking())
                .collect(Collectors.joining());
        String text = answer.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
        var calls = answer.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .map(MessagesSdk::call)
                .toList();
        return new Told(
                reasoning,
                text,
                calls,
                answer.stopReason().map(MessagesSdk::end).orElse(End.OTHER),
                answer);
    }

    private static Told.Call call(ToolUseBlock block) {
        byte[] input = Json.bytes(requireNonNull(block._input().convert(JsonNode.class)));
        return new Told.Call(block.id(), block.name(), new String(input, StandardCharsets.UTF_8));
    }

    private static End end(StopReason reason) {
        if (reason.equals(StopReason.END_TURN)) {
            return End.STOP;
        }
        if (reason.equals(StopReason.TOOL_USE)) {
            return End.CALLS;
        }
        return reason.equals(StopReason.REFUSAL) ? End.FILTERED : End.OTHER;
    }

    @Override
    public void close() {
        client.close();
    }
}
