package dev.serai.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.message.ChatRequest;
import dev.serai.message.Failure;
import dev.serai.message.Usage;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.routing.config.ModelEntry;
import dev.serai.tenant.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to its settlement: the only state that rides an exchange, as a property. Every field is
 * written by the call's own thread, each by the step that is named for it; the watch reads what is volatile.
 */
public final class Call {

    /** The exchange property that holds the call. */
    public static final String PROPERTY = "call";

    private final String id;
    private final UUID uid;
    private final Client client;
    private final Instant arrived;
    private final LongSupplier nanos;
    private final long startNanos;
    private final List<CallListener> listeners;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final List<Runnable> releases = new ArrayList<>(2);
    private final EarlyEnd early = new EarlyEnd();
    private final HeldMemory memory;

    private @Nullable ApiKey key;
    private @Nullable Protocol protocol;
    private @Nullable Envelope envelope;
    private @Nullable ChatRequest request;
    private boolean reasoningForgotten;
    private @Nullable ModelEntry entry;
    private volatile @Nullable Attempt attempt;
    private volatile long deadlineNanos;
    private @Nullable Answer answer;
    private @Nullable Failure failure;
    private int attempts;
    private long firstContentNanos = -1;
    private long upstreamNanos;
    private volatile boolean streaming;
    private int requestBytes;
    private @Nullable Usage usage;
    private Usage spent = Usage.NONE;
    private Consumer<Usage> onUse = usage -> {};

    /**
     * @param id as callers know it
     * @param uid as the ledger knows it
     */
    public Call(String id, UUID uid, Client client, Instant arrived, LongSupplier nanos, List<CallListener> listeners) {
        this.id = id;
        this.uid = uid;
        this.client = client;
        this.memory = new HeldMemory(client);
        this.arrived = arrived;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.deadlineNanos = startNanos + Duration.ofDays(1).toNanos();
        this.listeners = listeners;
        headers.put("x-request-id", id);
    }

    /** The call of an exchange that came in through the gateway's own door. */
    public static Call of(Exchange exchange) {
        var call = exchange.getProperty(PROPERTY, Call.class);
        if (call == null) {
            throw new IllegalStateException("this exchange has no call");
        }
        return call;
    }

    public String id() {
        return id;
    }

    /** The id of the call's reservation and of its usage event. */
    public UUID uid() {
        return uid;
    }

    public Client client() {
        return client;
    }

    public Instant arrived() {
        return arrived;
    }

    public long startNanos() {
        return startNanos;
    }

    public long nanos() {
        return nanos.getAsLong();
    }

    // -- authenticate

    public void identify(ApiKey key) {
        this.key = key;
    }

    /** Whose call it is. */
    public ApiKey key() {
        return set(key, "authenticate");
    }

    public boolean identified() {
        return key != null;
    }

    // -- decode

    public void speak(Protocol protocol) {
        this.protocol = protocol;
        headers.putAll(protocol.answerHeaders(id));
    }

    /** The caller's protocol, or null where a path has none. */
    public @Nullable Protocol protocol() {
        return protocol;
    }

    public void decode(Envelope envelope) {
        this.envelope = envelope;
        this.requestBytes = envelope.body().length;
        this.streaming = envelope.stream();
    }

    public Envelope envelope() {
        return set(envelope, "decode");
    }

    public int requestBytes() {
        return requestBytes;
    }

    public boolean streaming() {
        return streaming;
    }

    /** The whole request in canonical form; made when first asked for. */
    public ChatRequest request() {
        if (request == null) {
            request = set(protocol, "decode").decode(envelope());
        }
        return request;
    }

    /** From the next attempt on, the reasoning of earlier turns is left out: an upstream has refused it. */
    public void forgetReasoning() {
        request = request().withoutReasoning();
        reasoningForgotten = true;
    }

    /** Whether the request as the caller sent it cannot be used any more. */
    public boolean reasoningForgotten() {
        return reasoningForgotten;
    }

    /** What a tap on a passing answer must know. */
    public Reply reply() {
        return reply(Map.of());
    }

    /** What an encoder of the answer must know; to be asked for while the request is still held. */
    public Reply fullReply() {
        return reply(set(protocol, "speak").echo(envelope()));
    }

    private Reply reply(Map<String, JsonNode> echo) {
        var asked = envelope();
        return new Reply(id, asked.model(), asked.stream(), asked.includeUsage(), asked.traits(), echo);
    }

    /** The content type of a streamed answer. */
    public String streamType() {
        return set(protocol, "speak").streamType(envelope().traits());
    }

    /** A sign of life in the caller's protocol. */
    byte[] heartbeat() {
        return set(protocol, "speak").heartbeat(envelope().traits());
    }

    /** The request's bytes are not needed any more. */
    public void releaseRequest() {
        request = null;
        envelope = envelope().withoutBody();
        client.releaseBody();
    }

    /** What the call holds besides the request's body. */
    public HeldMemory memory() {
        return memory;
    }

    // -- resolve the model

    public void resolve(ModelEntry entry) {
        this.entry = entry;
    }

    public ModelEntry entry() {
        return set(entry, "resolveModel");
    }

    public boolean resolved() {
        return entry != null;
    }

    // -- dispatch

    /** The call must be over by then, all attempts included. */
    public void deadline(Duration total) {
        deadlineNanos = Math.min(deadlineNanos, startNanos + total.toNanos());
    }

    public long deadlineNanos() {
        return deadlineNanos;
    }

    public void begin(Attempt attempt) {
        attempt.begin(nanos());
        spent = usage();
        usage = null;
        this.attempt = attempt;
        attempts++;
        var reason = stopped();
        if (reason != null) {
            attempt.breakOff(reason);
        }
    }

    public @Nullable Attempt attempt() {
        return attempt;
    }

    public Attempt running() {
        return set(attempt, "dispatch");
    }

    /** How many candidates have been tried. */
    public int attempts() {
        return attempts;
    }

    /** The first content of the answer is there. */
    public void content() {
        if (firstContentNanos < 0) {
            firstContentNanos = nanos() - startNanos;
        }
    }

    /** From the start to the first content, or -1. */
    public long firstContentNanos() {
        return firstContentNanos;
    }

    /** Adds time spent waiting for an upstream. */
    public void waited(long nanos) {
        upstreamNanos += nanos;
    }

    public long upstreamNanos() {
        return upstreamNanos;
    }

    // -- answer

    public void answer(Answer answer) {
        this.answer = answer;
    }

    public @Nullable Answer answer() {
        return answer;
    }

    /** A header of the answer; only what is put here reaches the caller. */
    public void header(String name, String value) {
        headers.put(name, value);
    }

    public Map<String, String> headers() {
        return headers;
    }

    public void fail(Failure failure) {
        this.failure = failure;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    /** What the running attempt used so far; the last word counts. */
    public void use(Usage usage) {
        this.usage = usage;
        onUse.accept(usage());
    }

    /** Who is told what all attempts have used, as soon as it is known and before the end of the answer goes out. */
    public void onUse(Consumer<Usage> listener) {
        onUse = listener;
    }

    /** What is charged: what all attempts used, nothing before an upstream has answered. */
    public Usage usage() {
        return usage == null ? spent : spent.plus(usage);
    }

    /** The caller has left: whatever runs upstream is stopped. */
    public void clientLeft() {
        early.clientLeft();
        breakOff(Attempt.CLIENT_LEFT);
    }

    /** Breaks off whatever runs upstream, for a reason of the gateway's own. */
    public void stop(Failure reason) {
        early.stop(reason);
        breakOff(reason);
    }

    private void breakOff(Failure reason) {
        var running = attempt;
        if (running != null) {
            running.breakOff(reason);
        }
        early.abort();
    }

    /** How to break off what runs outside attempts when the call is stopped or overdue; run at once if it is so already. */
    public void onBreak(Runnable abort) {
        early.onBreak(abort);
    }

    /** Why what runs outside attempts was broken off, or null. */
    public @Nullable Failure broken() {
        return early.broken();
    }

    /** Ends what runs outside attempts when the call's time is over. */
    void check(long nowNanos) {
        if (nowNanos - deadlineNanos > 0) {
            early.overdue();
        }
    }

    /** Why no further attempt may begin, or null. */
    public @Nullable Failure stopped() {
        return early.stopped();
    }

    public boolean clientGone() {
        return early.clientGone();
    }

    // -- finish

    /** Runs {@code release} at the end of the call, whatever the end is: gives a permit back. */
    public void atEnd(Runnable release) {
        releases.add(release);
    }

    /** Ends the call: settles, logs, counts. Only the first call of this method does anything. */
    public void finish(Outcome outcome) {
        if (finished.compareAndSet(false, true)) {
            listeners.forEach(listener -> listener.finished(this, outcome));
            releases.forEach(Runnable::run);
            client.releaseBody();
        }
    }

    private static <T> T set(@Nullable T value, String step) {
        if (value == null) {
            throw new IllegalStateException("the step '" + step + "' has not run");
        }
        return value;
    }
}
