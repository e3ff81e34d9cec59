package dev.serai.wires;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A seeded source of values that are apt to break something. */
public final class Chance {

    private static final String[] BITS = {
        "a", "Q", "7", " ", "word ", "\n", "\t", "\"", "\\", "/", "{", "}", "[", ",", ":", "<tag>", "&", "é", "ß", "中文",
        "\u2028", "🙂", "👩‍🔬", "\\u00e9", "data: ", "\r\n", "null", "%7B", "'", "`", "$", "０", "ي"
    };

    private final Random random;

    public Chance(long seed) {
        this.random = new Random(seed);
    }

    public boolean in(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    /** From 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    @SafeVarargs
    public final <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }

    public <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Nothing but once in {@code oneOf} times. */
    public <T> @Nullable T seldom(int oneOf, Supplier<T> value) {
        return in(oneOf) ? value.get() : null;
    }

    public <T> List<T> some(int least, int most, Supplier<T> value) {
        int count = between(least, most);
        var list = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            list.add(value.get());
        }
        return list;
    }

    /** A text that is not blank, and neither begins nor ends with white space. */
    public String text() {
        var text = new StringBuilder("T").append(random.nextInt(1000));
        int bits = between(1, in(10) ? 120 : 12);
        for (int i = 0; i < bits; i++) {
            text.append(any(BITS));
        }
        return text.append('.').toString();
    }

    /** Letters, digits, dashes and underscores; the first one a letter. */
    public String word(int most) {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
        var word = new StringBuilder().append(letters.charAt(random.nextInt(52)));
        int length = between(1, most);
        while (word.length() < length) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    public String base64() {
        byte[] bytes = new byte[between(1, 40)];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A number with at most two decimals. */
    public double number(double least, double most) {
        return Math.rint((least + (most - least) * random.nextDouble()) * 100) / 100;
    }

    public ObjectNode object(int depth) {
        ObjectNode node = Json.object();
        int members = below(4);
        for (int i = 0; i < members; i++) {
            String name = in(6) ? text() : word(8);
            switch (below(depth > 0 ? 7 : 5)) {
                case 0 -> node.put(name, text());
                case 1 -> node.put(name, below(1_000_000));
                case 2 -> node.put(name, number(-10, 10));
                case 3 -> node.put(name, random.nextBoolean());
                case 4 -> node.putNull(name);
                case 5 -> node.set(name, object(depth - 1));
                default -> {
                    ArrayNode array = node.putArray(name);
                    some(0, 3, this::text).forEach(array::add);
                }
            }
        }
        return node;
    }

    /** A text cut into pieces anywhere but inside of a character. */
    public List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int to = Math.min(text.length(), at + between(1, 9));
            if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
                to++;
            }
            pieces.add(text.substring(at, to));
            at = to;
        }
        return pieces;
    }
}
