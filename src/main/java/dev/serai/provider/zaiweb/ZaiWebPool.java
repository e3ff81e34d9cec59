package dev.serai.provider.zaiweb;

import dev.serai.credential.CredentialPool;
import dev.serai.credential.PoolMember;
import dev.serai.credential.PoolMembers;
import dev.serai.message.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The guests of the kind {@code zai-web}, a pool of its own for each address. Empty until an address is first called. */
public final class ZaiWebPool implements CredentialPool {

    private final ZaiWebProperties settings;
    private final SessionCalls calls;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final ConcurrentHashMap<String, GuestPool> pools = new ConcurrentHashMap<>();

    ZaiWebPool(ZaiWebProperties settings, SessionCalls calls, LongSupplier nanos, RandomGenerator random) {
        this.settings = settings;
        this.calls = calls;
        this.nanos = nanos;
        this.random = random;
    }

    /** A place on a guest, as {@link GuestPool#take} gives it. */
    SessionLease take(String baseUrl, @Nullable String name, Consumer<Runnable> abortable) {
        return pool(baseUrl).take(name, abortable);
    }

    @Override
    public String kind() {
        return ZaiWeb.KIND;
    }

    /** Keys are tokens of accounts; guests serve entries that name none. */
    @Override
    public boolean holdsNamedKeys() {
        return false;
    }

    @Override
    public PoolMembers members(String baseUrl) {
        return pool(baseUrl).members();
    }

    @Override
    public Duration soonest(String baseUrl) {
        return pool(baseUrl).soonest();
    }

    @Override
    public String trouble(String baseUrl) {
        return asPart(pool(baseUrl).trouble());
    }

    /** A sentence as a part of another one. */
    private static String asPart(String sentence) {
        int end = sentence.endsWith(".") ? sentence.length() - 1 : sentence.length();
        return end < 1 ? "" : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, end);
    }

    @Override
    public void succeeded(PoolMember member) {
        // the lease of the attempt has told it
    }

    @Override
    public void failed(PoolMember member, Failure failure, Duration rest) {
        // the lease of the attempt has told it, with more than a class
    }

    private GuestPool pool(String baseUrl) {
        return pools.computeIfAbsent(baseUrl, url -> new GuestPool(settings, source(url), nanos, random));
    }

    private GuestPool.Source source(String baseUrl) {
        return new GuestPool.Source() {
            @Override
            public Session fetch(String name) {
                return calls.guest(baseUrl, name);
            }

            @Override
            public void forget(Session guest) {
                calls.forget(baseUrl, guest);
            }
        };
    }
}
