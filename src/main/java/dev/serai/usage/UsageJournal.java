package dev.serai.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of finished calls on disk, from the end of the call until they are in the database. An appended event outlives
 * the death of the process (not a loss of power: nothing is forced to the disk). Of bounded size; the folder belongs to
 * one process, by the lock of the data directory around it.
 *
 * <p>Appended to by every call, drained by {@link UsageWriter} alone.
 */
public final class UsageJournal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UsageJournal.class);
    private static final String ENDING = ".journal";
    private static final long LEAST_FREE_DISK = 32L << 20;

    private final Path folder;
    private final long mostBytes;
    private final long segmentBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Path, Long> sealed = new TreeMap<>();
    private final AtomicLong lost = new AtomicLong();
    private long sealedBytes;
    private long number;
    private @Nullable JournalSegment active;
    private volatile boolean room = true;

    /**
     * Finds what an earlier run left.
     *
     * @param folder made if need be
     * @param mostBytes what all of it may take
     * @param segmentBytes after how much a new file is begun
     */
    public UsageJournal(Path folder, long mostBytes, long segmentBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.segmentBytes = segmentBytes;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : (Iterable<Path>) files.filter(UsageJournal::isSegment)::iterator) {
                    seal(file, Files.size(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!sealed.isEmpty()) {
            String last = sealed.lastKey().getFileName().toString();
            number = Long.parseLong(last.substring(0, last.length() - ENDING.length()));
        }
    }

    private static boolean isSegment(Path file) {
        return file.getFileName().toString().matches("[0-9]{19}\\" + ENDING);
    }

    /**
     * Keeps the event; takes microseconds. Never throws: an event that the disk does not take, or beyond the bound, is
     * counted as lost and logged, because its call is already answered.
     */
    public void append(UsageEvent event) {
        byte[] frame = JournalSegment.frame(UsageEventCodec.encode(event));
        lock.lock();
        try {
            long after = bytes() + frame.length;
            if (after > mostBytes) {
                lose(event, "the journal is full");
                return;
            }
            JournalSegment segment = segment();
            segment.append(frame);
            if (segment.length() >= segmentBytes) {
                sealActive();
            }
            room = room && after < roomBound();
        } catch (IOException e) {
            lose(event, "the disk does not take it");
        } finally {
            lock.unlock();
        }
    }

    /** Whether new calls may be let in: false while the journal is nearly full or the disk does not take events. */
    public boolean hasRoom() {
        return room;
    }

    /** Events that could not be kept, since the start. */
    public long lost() {
        return lost.get();
    }

    /** Bytes that are not in the database yet. */
    public long waitingBytes() {
        lock.lock();
        try {
            return bytes();
        } finally {
            lock.unlock();
        }
    }

    /** When the oldest file that waits was last appended to; empty when none waits. */
    public Optional<Instant> waitingSince() {
        Path oldest;
        lock.lock();
        try {
            JournalSegment segment = active;
            oldest = !sealed.isEmpty() ? sealed.firstKey() : segment == null ? null : segment.path();
        } finally {
            lock.unlock();
        }
        try {
            return oldest == null
                    ? Optional.empty()
                    : Optional.of(Files.getLastModifiedTime(oldest).toInstant());
        } catch (IOException writtenMeanwhile) {
            return Optional.empty();
        }
    }

    /** Looks at the disk and the bound again. */
    void lookAgain() {
        long free = folder.toFile().getUsableSpace();
        lock.lock();
        try {
            room = bytes() < roomBound() && free >= LEAST_FREE_DISK;
        } finally {
            lock.unlock();
        }
    }

    /** The files to be drained, oldest first; the one that was being appended to is closed and among them. */
    List<Path> seal() throws IOException {
        lock.lock();
        try {
            sealActive();
            return List.copyOf(sealed.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** Gives up a file whose events are in the database. */
    void delete(Path segment) throws IOException {
        Files.deleteIfExists(segment);
        lock.lock();
        try {
            Long size = sealed.remove(segment);
            sealedBytes -= size == null ? 0 : size;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            sealActive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    private JournalSegment segment() throws IOException {
        if (active == null) {
            number++;
            active = new JournalSegment(folder.resolve("%019d%s".formatted(number, ENDING)));
        }
        return active;
    }

    private void sealActive() throws IOException {
        JournalSegment segment = active;
        if (segment != null) {
            active = null;
            seal(segment.path(), segment.length());
            segment.close();
        }
    }

    private void seal(Path segment, long size) {
        sealed.put(segment, size);
        sealedBytes += size;
    }

    private long bytes() {
        return sealedBytes + (active == null ? 0 : active.length());
    }

    /** Leaves an eighth for the calls that are already in. */
    private long roomBound() {
        return mostBytes - mostBytes / 8;
    }

    private void lose(UsageEvent event, String reason) {
        room = false;
        long count = lost.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            log.error("Usage of call {} is lost: {}; {} lost since the start", event.id(), reason, count);
        }
    }
}
