package dev.serai.usage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the journal: frames of length, CRC-32 and payload. Written through a plain file and not a channel, which
 * an interrupted thread would close for all. Not safe for several threads at once.
 */
final class JournalSegment implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournalSegment.class);
    private static final int HEADER = 8;

    private final Path path;
    private final RandomAccessFile file;
    private long length;

    JournalSegment(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    static byte[] frame(byte[] payload) {
        return ByteBuffer.allocate(HEADER + payload.length)
                .putInt(payload.length)
                .putInt(checksum(payload))
                .put(payload)
                .array();
    }

    /** Once it returns, the death of this process loses nothing of {@code frame}; when it fails, nothing was added. */
    void append(byte[] frame) throws IOException {
        try {
            file.write(frame);
            length += frame.length;
        } catch (IOException e) {
            file.setLength(length);
            file.seek(length);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The events of a file; what follows the first torn frame is left out. */
    static List<UsageEvent> read(Path path) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        List<UsageEvent> events = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                events.add(UsageEventCodec.decode(payload(bytes)));
            }
        } catch (IOException | IllegalArgumentException e) {
            log.warn(
                    "{} ends torn after {} events; {} bytes are left out",
                    path.getFileName(),
                    events.size(),
                    bytes.remaining());
        }
        return events;
    }

    private static byte[] payload(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() < HEADER) {
            throw new IOException("torn header");
        }
        int size = bytes.getInt();
        int checksum = bytes.getInt();
        if (size <= 0 || size > bytes.remaining()) {
            throw new IOException("torn payload");
        }
        byte[] payload = new byte[size];
        bytes.get(payload);
        if (checksum(payload) != checksum) {
            throw new IOException("wrong checksum");
        }
        return payload;
    }

    private static int checksum(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
