package dev.serai.database;

import dev.serai.secret.Secret;
import dev.serai.secret.Secrets;
import dev.serai.secret.StartRefused;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The database in use: the one that {@code DATABASE_URL} names, or the embedded one, which starts in the background and
 * is waited for where its address is asked for.
 */
public final class Database implements AutoCloseable {

    private final @Nullable DatabaseUrl given;
    private final @Nullable CompletableFuture<EmbeddedDatabase> embedded;

    private Database(@Nullable DatabaseUrl given, @Nullable CompletableFuture<EmbeddedDatabase> embedded) {
        this.given = given;
        this.embedded = embedded;
    }

    /**
     * Decides by {@code DATABASE_URL} (or {@code DATABASE_URL_FILE}).
     *
     * @throws StartRefused when the address cannot be read
     */
    static Database of(Secrets secrets, DataDirectory data) {
        return secrets.find("DATABASE_URL").map(Database::given).orElseGet(() -> background(data));
    }

    private static Database given(Secret url) {
        try {
            return new Database(DatabaseUrl.parse(url.reveal()), null);
        } catch (IllegalArgumentException e) {
            throw new StartRefused(String.valueOf(e.getMessage()));
        }
    }

    private static Database background(DataDirectory data) {
        CompletableFuture<EmbeddedDatabase> start = new CompletableFuture<>();
        Thread.ofPlatform().name("embedded-database-start").daemon().start(() -> complete(start, data));
        return new Database(null, start);
    }

    private static void complete(CompletableFuture<EmbeddedDatabase> start, DataDirectory data) {
        Supplier<EmbeddedDatabase> server = () -> EmbeddedDatabase.start(data);
        try {
            start.complete(server.get());
        } catch (Throwable e) {
            start.completeExceptionally(e);
        }
    }

    /** Whether the gateway runs its own server ("development mode"). */
    public boolean isEmbedded() {
        return embedded != null;
    }

    /**
     * The address, once there is one.
     *
     * @throws StartRefused when the embedded server does not start
     */
    public DatabaseUrl url() {
        if (given != null) {
            return given;
        }
        return server().url();
    }

    private EmbeddedDatabase server() {
        if (embedded == null) {
            throw new IllegalStateException("no embedded server");
        }
        try {
            return embedded.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartRefused refused
                    ? refused
                    : new StartRefused("The embedded PostgreSQL did not start.", e);
        }
    }

    /** Ends the embedded server, if there is one; idempotent. */
    @Override
    public void close() {
        if (embedded != null) {
            embedded.handle((server, failure) -> server)
                    .thenAccept(Database::end)
                    .join();
        }
    }

    private static void end(@Nullable EmbeddedDatabase server) {
        if (server != null) {
            server.close();
        }
    }
}
