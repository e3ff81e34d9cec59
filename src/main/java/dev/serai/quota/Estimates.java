package dev.serai.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.serai.json.EncodedMedia;
import dev.serai.json.Span;
import dev.serai.message.Usage;

/**
 * What a call will use, before it is made: learned for each model from the calls that told their usage. A guess, and no
 * promise: a call settles what it used, whatever was guessed.
 *
 * <p>Input is the bytes of the prompt by a ratio, a quarter at first; encoded media count a thousand tokens each. Output
 * is a share of the caller's limit, a half of it at most and no more than four usual answers, so that a large limit locks
 * nobody out; without a limit it is a usual answer.
 */
public final class Estimates {

    private static final int MODELS = 10_000;

    private final Cache<String, Learned> models =
            Caffeine.newBuilder().maximumSize(MODELS).build();

    /**
     * A guess.
     *
     * @param promptBytes what the input was guessed from, for {@link #learn}
     */
    public record Guess(long promptBytes, long mediaTokens, long inputTokens, long outputTokens) {

        /** The guess as a usage. */
        public Usage usage() {
            return new Usage(inputTokens, 0, 0, outputTokens, 0, true);
        }
    }

    /** @param maxOutputTokens what the caller allows, or -1 */
    public Guess guess(String model, byte[] body, long maxOutputTokens) {
        var media = EncodedMedia.in(body);
        long bytes = body.length - media.stream().mapToLong(Span::length).sum();
        long mediaTokens = media.size() * EncodedMedia.TOKENS;
        var learned = of(model);
        return new Guess(bytes, mediaTokens, mediaTokens + learned.input(bytes), learned.output(maxOutputTokens));
    }

    /** Learns from a call that told its usage. */
    public void learn(String model, Guess guess, long maxOutputTokens, Usage usage) {
        of(model)
                .learn(
                        guess.promptBytes(),
                        Math.max(0, usage.inputTokens() - guess.mediaTokens()),
                        maxOutputTokens,
                        usage.outputTokens());
    }

    private Learned of(String model) {
        return models.get(model, name -> new Learned());
    }

    /** What is known of one model: moving averages, each call with a weight of one sixteenth. */
    private static final class Learned {

        private static final double WEIGHT = 1 / 16.0;
        private static final double LEAST_RATIO = 1 / 40.0;
        private static final double MOST_SHARE = 0.5;
        private static final int USUAL_ANSWERS = 4;

        private double ratio = 0.25;
        private double share = 0.125;
        private double answer = 256;

        synchronized long input(long bytes) {
            return Math.max(1, (long) Math.ceil(bytes * ratio));
        }

        synchronized long output(long most) {
            if (most < 0) {
                return (long) Math.ceil(answer);
            }
            return (long) Math.ceil(Math.min(most * share, USUAL_ANSWERS * answer));
        }

        synchronized void learn(long bytes, long input, long most, long output) {
            if (bytes > 0 && input > 0) {
                ratio = moved(ratio, Math.clamp((double) input / bytes, LEAST_RATIO, 1));
            }
            if (most > 0) {
                share = Math.min(MOST_SHARE, moved(share, Math.min(1, (double) output / most)));
            }
            answer = Math.max(1, moved(answer, output));
        }

        private static double moved(double average, double value) {
            return average + (value - average) * WEIGHT;
        }
    }
}
