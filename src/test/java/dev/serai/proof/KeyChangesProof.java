package dev.serai.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.tenant.IssuedKey;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.testkit.Figures;
import dev.serai.testkit.Gateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two gateways on one database: a key that ends at one of them is refused by the other. */
class KeyChangesProof {

    private static final int KEYS = 20;

    private static Gateway one;
    private static Gateway other;

    @BeforeAll
    static void start() {
        one = Gateway.shared();
        other = Gateway.start(Map.of("DATABASE_URL", one.database().url().reveal()));
    }

    @AfterAll
    static void close() {
        other.close();
    }

    private static int status(IssuedKey key) {
        return other.get("/v1/models", "authorization", "Bearer " + key.plain().reveal())
                .statusCode();
    }

    private static IssuedKey used() {
        IssuedKey key = one.bean(KeyRegister.class).create(KeySettings.unlimited("to be ended"));
        await().until(() -> status(key) == 200);
        return key;
    }

    /** Ends the key at the one gateway; milliseconds until the other refuses it. */
    private static long end(IssuedKey key) {
        long from = System.nanoTime();
        one.bean(KeyRegister.class).delete(key.key().id());
        await().atMost(Duration.ofSeconds(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> status(key) == 401);
        return Duration.ofNanos(System.nanoTime() - from).toMillis();
    }

    private static List<Integer> listeners() {
        return one.database()
                .jdbc()
                .sql(
                        "select pid from pg_stat_activity where application_name = 'serai-key-changes' and datname = current_database()")
                .query(Integer.class)
                .list();
    }

    @Test
    void aKeyThatEndsAtOneGatewayIsRefusedByTheOther() {
        await().until(() -> listeners().size() == 2);
        long slowest = 0;
        for (int i = 0; i < KEYS; i++) {
            slowest = Math.max(slowest, end(used()));
        }
        Figures.say(
                "%d keys ended at one gateway, the other refused each after %d ms at most".formatted(KEYS, slowest));
        assertThat(slowest).isLessThan(1_000);
    }

    @Test
    void itIsWhenTheConnectionForChangesDiesAtThatMoment() {
        await().until(() -> listeners().size() == 2);
        List<Integer> before = listeners();
        IssuedKey key = used();
        one.database()
                .jdbc()
                .sql("select pg_terminate_backend(pid) from pg_stat_activity where pid in (:pids)")
                .param("pids", before)
                .query((row, number) -> number)
                .list();
        Figures.say("refused after %d ms".formatted(end(key)));
        await().until(() -> listeners().size() == 2 && !listeners().equals(before));
        assertThat(end(used())).isLessThan(2_000);
    }
}
