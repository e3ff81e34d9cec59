package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.call.Call;
import dev.serai.testkit.FakeClient;
import dev.serai.testkit.FakeHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class UsageCsvStreamTest {

    private static final UsageRow ROW = new UsageRow(
            Instant.parse("2026-11-28T12:00:00Z"),
            new UUID(0, 1),
            "a key",
            "m",
            "openai",
            "USD",
            2,
            1,
            0,
            30,
            5,
            0,
            12,
            0,
            1_500);
    private static final List<UsageRow> FULL = Collections.nCopies(UsageRowRepository.PAGE, ROW);

    private final Call call = new Call(
            "req_1", new UUID(0, 2), new FakeClient(FakeHead.NONE, ""), Instant.EPOCH, System::nanoTime, List.of());

    @Test
    void anExportThatBreaksOffSaysSoInItsLastLine() throws IOException {
        var pages = new AtomicInteger();
        var stream = new UsageCsvStream(call, last -> {
            if (pages.getAndIncrement() > 0) {
                throw new DataAccessResourceFailureException("away");
            }
            return FULL;
        });
        stream.begin();
        String text = read(stream, new AtomicInteger());
        assertThat(text.lines().toList())
                .hasSize(1 + FULL.size() + 1)
                .last()
                .asString()
                .startsWith("INCOMPLETE,");
        assertThat(call.failure()).isNotNull();
    }

    @Test
    void aLargeExportHoldsOnePageAtATime() throws IOException {
        var pages = new AtomicInteger();
        var stream = new UsageCsvStream(call, last -> pages.incrementAndGet() < 200 ? FULL : List.of(ROW));
        stream.begin();
        var most = new AtomicInteger();
        String text = read(stream, most);
        assertThat(text.lines().count()).isEqualTo(1 + 199L * FULL.size() + 1);
        assertThat(most.get()).isLessThan(2 * text.length() / 200);
    }

    private static String read(UsageCsvStream stream, AtomicInteger most) throws IOException {
        var all = new ByteArrayOutputStream();
        boolean more = true;
        while (more) {
            most.accumulateAndGet(stream.out().size(), Math::max);
            stream.out().drainTo(all);
            more = stream.advance();
        }
        stream.out().drainTo(all);
        return all.toString(StandardCharsets.UTF_8);
    }
}
