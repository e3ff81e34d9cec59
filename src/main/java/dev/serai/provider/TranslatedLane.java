package dev.serai.provider;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.ChatEvent;
import dev.serai.message.Failure;
import dev.serai.message.Finish;
import dev.serai.message.Usage;
import dev.serai.protocol.StreamDecoder;
import dev.serai.protocol.StreamEncoder;
import dev.serai.upstream.UpstreamResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The upstream's events as canonical events, and those in the caller's protocol. */
final class TranslatedLane extends LaneStream {

    private static final String DONE = "[DONE]";

    private final StreamDecoder decoder;
    private final StreamEncoder encoder;
    private final Consumer<ChatEvent> events;
    private @Nullable Failure told;
    private @Nullable Usage usage;
    private @Nullable Finish finish;
    private boolean content;
    private boolean sentinel;
    private final OutputTokens output = new OutputTokens();

    TranslatedLane(Call call, Attempt attempt, UpstreamResponse response) {
        super(call, attempt, response);
        this.decoder = attempt.surface().streamDecoder(attempt.target());
        this.encoder = protocol().streamEncoder(call.fullReply());
        this.events = attempt.disguise().revealing(this::pass);
    }

    @Override
    @Nullable
    Failure event(String name, byte[] bytes, int from, int to, int dataFrom, int dataTo) {
        sentinel = dataTo - dataFrom == DONE.length() && bytes[dataFrom] == '[';
        decoder.event(name, bytes, dataFrom, dataTo, events);
        return told;
    }

    @Override
    @Nullable
    Failure end() {
        decoder.end(events);
        if (told == null) {
            encoder.end(out());
        }
        return told;
    }

    @Override
    void fail(Failure failure) {
        encoder.encode(new ChatEvent.Failed(failure), out());
    }

    private void pass(ChatEvent event) {
        switch (event) {
            case ChatEvent.Failed failed -> {
                told = failed.failure();
                return;
            }
            case ChatEvent.UsageReport report -> usage = report.usage();
            case ChatEvent.Finished finished -> finish = finished.finish();
            default -> {
                content |= event.isContent();
                output.add(event);
            }
        }
        encoder.encode(event, out());
    }

    @Override
    boolean complete() {
        return sentinel || decoder.complete();
    }

    @Override
    boolean mayBreakOff() {
        return decoder.mayBreakOff();
    }

    @Override
    boolean contentSeen() {
        return content;
    }

    @Override
    @Nullable
    Usage usage() {
        return usage != null ? usage : decoder.usage();
    }

    @Override
    @Nullable
    Finish finish() {
        return finish;
    }

    @Override
    long outputTokens() {
        return output.count();
    }
}
