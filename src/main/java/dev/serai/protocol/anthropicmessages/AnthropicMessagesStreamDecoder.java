package dev.serai.protocol.anthropicmessages;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatEvent.Failed;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.UsageReport;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.StreamDecoder;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages events as canonical events. The answer is whole with its {@code message_stop} and not before. */
final class AnthropicMessagesStreamDecoder implements StreamDecoder {

    private final AnthropicMessagesDialect dialect;
    private final BlockReader blocks;
    private final UsageFields usage = new UsageFields();
    private JsonNode told = Json.object();
    private boolean started;
    private boolean over;

    AnthropicMessagesStreamDecoder(AnthropicMessagesDialect dialect) {
        this.dialect = dialect;
        this.blocks = new BlockReader(dialect);
    }

    @Override
    public void event(String event, byte[] bytes, int from, int to, Consumer<ChatEvent> out) {
        if (over || from >= to) {
            return;
        }
        try {
            JsonNode data = Json.tree(bytes, from, to);
            if (event.equals("error") || AnthropicMessagesResponseDecoder.isError(data)) {
                fail(dialect.failure(UpstreamErrors.read(data.path("error")), FailureClass.STREAM_BROKEN), out);
            } else if (!data.isObject()) {
                fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            } else {
                data(data.path("type").asText(event), data, out);
            }
        } catch (IOException notJson) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public @Nullable Usage usage() {
        return usage.usage();
    }

    @Override
    public void end(Consumer<ChatEvent> out) {
        if (!over) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
        }
    }

    @Override
    public boolean complete() {
        return over;
    }

    private void data(String type, JsonNode data, Consumer<ChatEvent> out) throws IOException {
        switch (type) {
            case "message_start" -> start(data.path("message"), out);
            case "content_block_start" -> {
                begin("", "", out);
                blocks.start(data.path("index").asInt(0), data.path("content_block"), out);
            }
            case "content_block_delta" -> {
                begin("", "", out);
                blocks.delta(data.path("index").asInt(0), data.path("delta"), out);
            }
            case "content_block_stop" -> blocks.stop(data.path("index").asInt(0), out);
            case "message_delta" -> {
                told = data.path("delta");
                usage(data.path("usage"));
            }
            case "message_stop" -> finish(out);
            case "ping" -> out.accept(new ChatEvent.Ping());
            default -> {
                // events that came later than this code say nothing that it must know
            }
        }
    }

    private void start(JsonNode message, Consumer<ChatEvent> out) throws IOException {
        usage(message.path("usage"));
        String id = AnthropicMessagesResponseDecoder.id(message.path("id").asText(""));
        begin(id, message.path("model").asText(""), out);
    }

    /** Content may come from a server that leaves the start out. */
    private void begin(String id, String model, Consumer<ChatEvent> out) {
        if (!started) {
            started = true;
            blocks.messageId(id);
            out.accept(new Start(id, model, 0));
        }
    }

    private void usage(JsonNode node) throws IOException {
        try (JsonParser parser = node.traverse()) {
            if (parser.nextToken() != null) {
                usage.merge(parser);
            }
        }
    }

    private void finish(Consumer<ChatEvent> out) {
        Finish finish = StopReasons.finish(told, blocks.sawCalls(), dialect);
        if (finish.reason() == Finish.Reason.ERROR) {
            fail(UpstreamErrors.of(FailureClass.STREAM_BROKEN), out);
            return;
        }
        over = true;
        blocks.end(out);
        Usage sum = usage.usage();
        if (sum != null) {
            out.accept(new UsageReport(sum));
        }
        out.accept(new Finished(finish));
    }

    private void fail(Failure failure, Consumer<ChatEvent> out) {
        if (!over) {
            over = true;
            out.accept(new Failed(failure));
        }
    }
}
