package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.Usage;
import dev.serai.testkit.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageJournalTest {

    private static final long MOST = 64 << 20;
    private static final long SEGMENT = 1 << 20;

    @TempDir
    Path folder;

    private UsageJournal journal() {
        return new UsageJournal(folder, MOST, SEGMENT);
    }

    @Test
    void everyEventComesBackAsItWas() throws Exception {
        UsageEvent full = Events.event(UUID.randomUUID(), Long.MAX_VALUE / 2, 0);
        UsageEvent sparse = new UsageEvent(
                UUID.randomUUID(),
                Events.AT,
                null,
                "",
                "gemini",
                "модель 模型 🙂",
                null,
                null,
                499,
                "client_closed",
                false,
                Usage.NONE,
                0,
                0,
                -1,
                0,
                null);
        try (UsageJournal journal = journal()) {
            journal.append(full);
            journal.append(sparse);
            assertThat(Events.in(journal)).containsExactly(full, sparse);
        }
    }

    @Test
    void textThatTheDatabaseCannotHoldIsMadeToFit() throws Exception {
        try (UsageJournal journal = journal()) {
            journal.append(new UsageEvent(
                    UUID.randomUUID(),
                    Events.AT,
                    null,
                    "a\0b",
                    "gemini",
                    "m".repeat(70_000),
                    null,
                    null,
                    200,
                    "finished",
                    false,
                    Usage.NONE,
                    0,
                    0,
                    -1,
                    0,
                    null));
            UsageEvent back = Events.in(journal).getFirst();
            assertThat(back.keyName()).isEqualTo("a b");
            assertThat(back.model()).hasSize(255);
        }
    }

    @Test
    void tornTailLosesOnlyTheTornEvent() throws Exception {
        UsageEvent first = Events.event();
        UsageEvent second = Events.event();
        try (UsageJournal journal = journal()) {
            journal.append(first);
            journal.append(second);
        }
        Path segment = segments().getFirst();
        byte[] whole = Files.readAllBytes(segment);
        int firstLength = JournalSegment.frame(UsageEventCodec.encode(first)).length;
        for (int length = firstLength; length < whole.length; length += 7) {
            Files.write(segment, java.util.Arrays.copyOf(whole, length));
            assertThat(JournalSegment.read(segment)).containsExactly(first);
        }
        whole[whole.length - 1] ^= 1;
        Files.write(segment, whole);
        assertThat(JournalSegment.read(segment)).containsExactly(first);
    }

    @Test
    void nextRunFindsWhatIsLeftAndNeverWritesIntoIt() throws Exception {
        UsageEvent first = Events.event();
        UsageEvent second = Events.event();
        try (UsageJournal journal = journal()) {
            journal.append(first);
        }
        Files.writeString(segments().getFirst(), "torn", java.nio.file.StandardOpenOption.APPEND);
        try (UsageJournal journal = journal()) {
            journal.append(second);
            assertThat(Events.in(journal)).containsExactly(first, second);
        }
    }

    @Test
    void fullJournalRefusesNewCallsBeforeItLosesAnEvent() throws Exception {
        try (UsageJournal journal = new UsageJournal(folder, 8_000, 1_000)) {
            int kept = 0;
            while (journal.hasRoom()) {
                journal.append(Events.event());
                kept++;
            }
            assertThat(journal.lost()).isZero();
            while (journal.lost() == 0) {
                journal.append(Events.event());
                kept++;
            }
            assertThat(Events.in(journal)).hasSize(kept - 1);

            for (Path segment : journal.seal()) {
                journal.delete(segment);
            }
            journal.lookAgain();
            assertThat(journal.hasRoom()).isTrue();
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void diskThatFailsIsToldByHasRoomAndNotByAppend() throws Exception {
        try (UsageJournal journal = journal()) {
            Files.delete(folder);
            journal.append(Events.event());
            assertThat(journal.hasRoom()).isFalse();
            assertThat(journal.lost()).isOne();

            Files.createDirectory(folder);
            journal.lookAgain();
            journal.append(Events.event());
            assertThat(journal.hasRoom()).isTrue();
            assertThat(Events.in(journal)).hasSize(1);
        }
    }

    @Test
    void interruptedThreadsHarmNobody() throws Exception {
        try (UsageJournal journal = journal();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var appends = IntStream.range(0, 2_000)
                    .mapToObj(i -> threads.submit(() -> {
                        if (i % 2 == 0) {
                            Thread.currentThread().interrupt();
                        }
                        journal.append(Events.event());
                    }))
                    .toList();
            for (var append : appends) {
                append.get();
            }
            assertThat(journal.lost()).isZero();
            assertThat(Events.in(journal)).hasSize(2_000);
        }
    }

    @Test
    void killedProcessLosesNothingThatWasAppended() throws Exception {
        Process process = Forked.java(Appender.class, folder.toString());
        Set<UUID> appended = new HashSet<>();
        try {
            while (appended.size() < 3_000) {
                appended.add(UUID.fromString(Forked.line(process)));
            }
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        try (UsageJournal journal = journal()) {
            assertThat(Events.in(journal).stream().map(UsageEvent::id)).containsAll(appended);
        }
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Appends for ever, and says the id of each event once it is appended. */
    static final class Appender {

        public static void main(String[] args) {
            UsageJournal journal = new UsageJournal(Path.of(args[0]), MOST, 64 << 10);
            while (true) {
                UsageEvent event = Events.event();
                journal.append(event);
                Forked.say(event.id().toString());
            }
        }
    }
}
