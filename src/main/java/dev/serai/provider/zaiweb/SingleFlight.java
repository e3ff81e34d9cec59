package dev.serai.provider.zaiweb;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream tells slowly and is then believed for a while. Each thing is asked for once at a time, on a thread of its
 * own; all who want it wait for that, each for no longer than it may. What was refused is believed for a moment too.
 * Thread-safe.
 */
final class SingleFlight<K, V> {

    /** How long it is believed that something cannot be had. */
    static final Duration MOMENT = Duration.ofSeconds(3);

    private static final long PATIENCE_SECONDS = 10;
    private static final Failure NO_ANSWER = Failure.of(
            Kind.UPSTREAM_ERROR,
            FailureClass.NETWORK,
            "The upstream provider did not answer a request beside the call.");

    private final Function<K, V> source;
    private final AsyncCache<K, Outcome<V>> outcomes;

    /** One of the two. */
    private record Outcome<V>(@Nullable V value, @Nullable Failure failure) {}

    /**
     * @param source blocks; throws a {@link Refusal} where there is nothing to be had
     * @param life how long a value is believed
     */
    SingleFlight(Function<K, V> source, Function<V, Duration> life, Ticker ticker) {
        this.source = source;
        this.outcomes = Caffeine.newBuilder()
                .expireAfter(Expiry.<K, Outcome<V>>creating(
                        (key, outcome) -> outcome.value == null ? MOMENT : life.apply(outcome.value)))
                .ticker(ticker)
                .maximumSize(1_000)
                .executor(Runnable::run)
                .buildAsync();
    }

    /**
     * The value, asked for where it is not known.
     *
     * @param abortable is given what ends the wait
     * @throws Refusal when it cannot be had, or the wait is over
     */
    V get(K key, Consumer<Runnable> abortable) {
        var awaited = outcomes.get(key, (unknown, unused) -> ask(unknown)).copy();
        abortable.accept(() -> awaited.cancel(false));
        try {
            var outcome = awaited.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (outcome.value != null) {
                return outcome.value;
            }
            throw new Refusal(outcome.failure == null ? NO_ANSWER : outcome.failure);
        } catch (TimeoutException | CancellationException | ExecutionException noAnswer) {
            throw new Refusal(NO_ANSWER);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal(NO_ANSWER);
        }
    }

    /** The value asked for anew, unless that is under way, or was refused a moment ago. Otherwise as {@link #get}. */
    V again(K key, Consumer<Runnable> abortable) {
        var known = outcomes.getIfPresent(key);
        if (known != null && value(known) != null) {
            outcomes.asMap().remove(key, known);
        }
        return get(key, abortable);
    }

    /** This value is not to be believed any more. */
    void forget(K key, V value) {
        var known = outcomes.getIfPresent(key);
        if (known != null && value.equals(value(known))) {
            outcomes.asMap().remove(key, known);
        }
    }

    private @Nullable V value(CompletableFuture<Outcome<V>> known) {
        return known.isDone() && !known.isCompletedExceptionally() ? known.join().value : null;
    }

    private CompletableFuture<Outcome<V>> ask(K key) {
        var asked = new CompletableFuture<Outcome<V>>();
        Thread.ofVirtual().name("zai-web-asks").start(() -> {
            try {
                asked.complete(new Outcome<>(source.apply(key), null));
            } catch (Refusal refused) {
                asked.complete(new Outcome<>(null, refused.failure()));
            } catch (RuntimeException failed) {
                asked.completeExceptionally(failed);
            }
        });
        return asked;
    }
}
