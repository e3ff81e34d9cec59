package dev.serai.observe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.serai.call.Call;
import dev.serai.call.CallListener;
import dev.serai.call.Outcome;
import dev.serai.stream.ByteSink;
import dev.serai.tenant.ApiKeyFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of JSON per call on standard output: who, what, where to, how it ended, what it used, how long it took; never
 * a request's or an answer's content, a credential, a query or an upstream's URL. Lines are gathered and written a few
 * times a second and at the stop, so that a call does not wait for the log.
 */
public final class AccessLog implements CallListener {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int FULL = 64 * 1024;
    private static final Pattern KEY = Pattern.compile(ApiKeyFormat.PATTERN);
    private static final Pattern AFTER_KEY = Pattern.compile("(?is)(/key/).*");

    private final OutputStream target;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteSink lines = new ByteSink(FULL / 4);

    public AccessLog(OutputStream target) {
        this.target = target;
    }

    @Override
    public void finished(Call call, Outcome outcome) {
        if (call.client().path().startsWith("/health") || call.client().path().equals("/ping")) {
            return;
        }
        byte[] line = line(call, outcome);
        lock.lock();
        try {
            lines.write(line);
            if (lines.size() > FULL) {
                writeOut();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what has been gathered. */
    public void flush() {
        lock.lock();
        try {
            writeOut();
        } finally {
            lock.unlock();
        }
    }

    private void writeOut() {
        if (lines.isEmpty()) {
            return;
        }
        try {
            lines.drainTo(target);
            target.flush();
        } catch (IOException nobodyReads) {
            lines.clear();
        }
    }

    private static byte[] line(Call call, Outcome outcome) {
        var line = new ByteSink(512);
        try (var json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("at", call.arrived().toString());
            json.writeStringField("type", "access");
            json.writeStringField("call", call.id());
            json.writeStringField("method", call.client().method());
            json.writeStringField("path", shown(call.client().path()));
            what(json, call);
            ending(json, call, outcome);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        line.write('\n');
        return line.toByteArray();
    }

    private static void what(JsonGenerator json, Call call) throws IOException {
        var protocol = call.protocol();
        text(json, "protocol", protocol == null ? null : protocol.name());
        text(json, "key", call.identified() ? call.key().name() : null);
        text(json, "model", call.resolved() ? call.entry().name() : null);
        var attempt = call.attempt();
        if (attempt != null) {
            json.writeStringField("provider", attempt.candidate().provider().kind());
            json.writeStringField(
                    "upstream_model", attempt.candidate().provider().model());
            json.writeStringField("lane", attempt.passthrough() ? "passthrough" : "translated");
            json.writeNumberField("attempts", call.attempts());
            json.writeBooleanField("stream", call.streaming());
        }
    }

    private static void ending(JsonGenerator json, Call call, Outcome outcome) throws IOException {
        json.writeNumberField("status", outcome.status());
        json.writeStringField("outcome", outcome.result().word());
        var failure = outcome.failure();
        if (failure != null) {
            json.writeStringField("error", failure.kind().name().toLowerCase(java.util.Locale.ROOT));
            json.writeStringField("class", failure.type().name().toLowerCase(java.util.Locale.ROOT));
        }
        var usage = outcome.usage();
        if (usage.totalTokens() > 0) {
            json.writeNumberField("input_tokens", usage.inputTokens());
            json.writeNumberField("cached_tokens", usage.cachedInputTokens());
            json.writeNumberField("output_tokens", usage.outputTokens());
            json.writeNumberField("reasoning_tokens", usage.reasoningTokens());
            json.writeBooleanField("estimated", usage.estimated());
        }
        long total = call.nanos() - call.startNanos();
        millis(json, "total_ms", total);
        if (call.firstContentNanos() >= 0) {
            millis(json, "first_content_ms", call.firstContentNanos());
        }
        millis(json, "overhead_ms", Math.max(0, total - call.upstreamNanos()));
    }

    private static void millis(JsonGenerator json, String name, long nanos) throws IOException {
        json.writeFieldName(name);
        json.writeNumber(TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0);
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** Some paths hold a key: that of the search by key, and those of callers who mistook the path for the query. */
    private static String shown(String path) {
        String safe = KEY.matcher(AFTER_KEY.matcher(path).replaceFirst("$1…")).replaceAll("pk_…");
        return safe.length() <= 256 ? safe : safe.substring(0, 256) + "…";
    }
}
