package dev.serai.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Seeds changed a little, by chance: bytes flipped, stretches cut, doubled, swapped, words of the wires put in. */
final class Mutation {

    private static final List<byte[]> WORDS = Stream.of(
                    "null",
                    "{}",
                    "[]",
                    "\"\"",
                    "0",
                    "-1",
                    "1e999",
                    "1e-999",
                    "1e-99999999999",
                    "1e99999",
                    "99999999999999999999",
                    "true",
                    "\\ud800",
                    "\u0000",
                    "\n\n",
                    "data: ",
                    "data: [DONE]\n\n",
                    "event: error\n",
                    "\"index\":2147483647",
                    "\"index\":-1",
                    "\"type\":\"error\"",
                    "\"role\":\"system\"",
                    "\"id\":\"\"",
                    "\"stream\":true",
                    ",",
                    ":",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\r",
                    ": ping\n\n",
                    "[[[[[[[[[[[[[[[[",
                    "\"error\":{}")
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toList();

    private final Random random;
    private final List<byte[]> seeds;

    Mutation(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] bytes = seeds.get(random.nextInt(seeds.size()));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(1 + (random.nextBoolean() ? 8 : bytes.length / 4)));
        return switch (random.nextInt(7)) {
            case 0 -> joined(bytes, at, new byte[0], to);
            case 1 -> joined(bytes, to, slice(bytes, at, to), to);
            case 2 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, Math.min(bytes.length, at + 1));
            case 3 -> joined(bytes, at, WORDS.get(random.nextInt(WORDS.size())), at);
            case 4 -> joined(bytes, at, WORDS.get(random.nextInt(WORDS.size())), to);
            case 5 -> slice(bytes, 0, at);
            default -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                yield joined(bytes, at, slice(other, from, Math.min(other.length, from + 200)), to);
            }
        };
    }

    private static byte[] joined(byte[] bytes, int to, byte[] middle, int from) {
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.writeBytes(middle);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
