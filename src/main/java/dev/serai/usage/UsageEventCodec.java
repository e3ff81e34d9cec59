package dev.serai.usage;

import dev.serai.message.Cost;
import dev.serai.message.Usage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as bytes: a version, then the components in their order. Texts are cut at 255 characters. */
final class UsageEventCodec {

    private static final int VERSION = 2;
    private static final int WITHOUT_COST = 1;
    private static final int LONGEST_TEXT = 255;
    private static final int USUAL_SIZE = 256;

    private UsageEventCodec() {}

    static byte[] encode(UsageEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, event.id());
            out.writeLong(event.at().getEpochSecond());
            out.writeInt(event.at().getNano());
            out.writeBoolean(event.keyId() != null);
            if (event.keyId() != null) {
                write(out, event.keyId());
            }
            write(out, event.keyName());
            write(out, event.protocol());
            write(out, event.model());
            write(out, event.provider());
            write(out, event.upstreamModel());
            out.writeInt(event.status());
            write(out, event.outcome());
            out.writeBoolean(event.stream());
            write(out, event.usage());
            out.writeInt(event.attempts());
            out.writeLong(event.durationMs());
            out.writeLong(event.firstContentMs());
            out.writeLong(event.upstreamMs());
            write(out, event.cost());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException when {@code bytes} are no event of a known version */
    static UsageEvent decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION && version != WITHOUT_COST) {
            throw new IOException("an event of another version");
        }
        return new UsageEvent(
                readId(in),
                Instant.ofEpochSecond(in.readLong(), in.readInt()),
                in.readBoolean() ? readId(in) : null,
                readText(in),
                readText(in),
                readText(in),
                readOptionalText(in),
                readOptionalText(in),
                in.readInt(),
                readText(in),
                in.readBoolean(),
                readUsage(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                version == WITHOUT_COST ? null : readCost(in));
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    /** PostgreSQL holds no NUL in a text. */
    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
            out.writeUTF(cut.replace('\0', ' '));
        }
    }

    private static void write(DataOutputStream out, Usage usage) throws IOException {
        out.writeLong(usage.inputTokens());
        out.writeLong(usage.cachedInputTokens());
        out.writeLong(usage.cacheWriteTokens());
        out.writeLong(usage.outputTokens());
        out.writeLong(usage.reasoningTokens());
        out.writeBoolean(usage.estimated());
    }

    private static void write(DataOutputStream out, @Nullable Cost cost) throws IOException {
        out.writeBoolean(cost != null);
        if (cost != null) {
            out.writeLong(cost.nanos());
            write(out, cost.currency());
        }
    }

    private static @Nullable Cost readCost(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Cost(in.readLong(), readText(in)) : null;
    }

    private static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    private static String readText(DataInputStream in) throws IOException {
        String text = readOptionalText(in);
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    private static @Nullable String readOptionalText(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static Usage readUsage(DataInputStream in) throws IOException {
        return new Usage(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean());
    }
}
