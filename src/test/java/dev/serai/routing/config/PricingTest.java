package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.message.Cost;
import dev.serai.message.Usage;
import dev.serai.routing.config.ModelEntry.Pricing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The law of what a call costs. */
class PricingTest {

    private static Pricing prices(@Nullable String input, @Nullable String cached, @Nullable String output) {
        return new Pricing("CNY", amount(input), amount(cached), amount(output));
    }

    private static @Nullable BigDecimal amount(@Nullable String text) {
        return text == null ? null : new BigDecimal(text);
    }

    private static Usage usage(long input, long cached, long output, long reasoning) {
        return new Usage(input, cached, 0, output, reasoning, false);
    }

    @Test
    void cachedInputHasItsPriceAndReasoningIsOutput() {
        var cost = prices("2", "0.5", "8").costOf(usage(1_000, 400, 100, 60));
        // 600 × 2 + 400 × 0.5 + 100 × 8 millionths
        assertThat(cost).isEqualTo(new Cost(2_200_000, "CNY"));
    }

    @Test
    void withoutACachePriceAllInputCostsTheSame() {
        assertThat(prices("2", null, "8").costOf(usage(1_000, 400, 0, 0)).nanos())
                .isEqualTo(2_000_000);
        assertThat(prices(null, null, null).costOf(usage(1_000, 400, 9, 0)).nanos())
                .isZero();
    }

    @Test
    void itIsRoundedOnceAndHalfUp() {
        // 0.25 + 0.25 billionths: rounded one by one it would be none
        assertThat(prices("0.00025", null, "0.00025").costOf(usage(1, 0, 1, 0)).nanos())
                .isEqualTo(1);
        assertThat(prices("0.00049", null, "0").costOf(usage(1, 0, 0, 0)).nanos())
                .isZero();
    }

    @Test
    void nothingOverflows() {
        var most = usage(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(prices("1e12", "1e12", "1e12").costOf(most).nanos()).isEqualTo(Cost.MOST);
    }

    @Test
    void itIsWhatExactArithmeticSays() {
        var random = new Random(20261128);
        for (int i = 0; i < 10_000; i++) {
            long[] price = {random.nextInt(100_000), random.nextInt(100_000), random.nextInt(100_000)};
            long input = random.nextInt(1_000_000);
            long cached = random.nextInt(1_000_000);
            long output = random.nextInt(1_000_000);
            var pricing = new Pricing(
                    null,
                    BigDecimal.valueOf(price[0], 6),
                    BigDecimal.valueOf(price[1], 6),
                    BigDecimal.valueOf(price[2], 6));
            long held = Math.min(input, cached);
            // prices in millionths a million tokens: thousandths of a billionth a token
            var thousandths = BigInteger.valueOf(price[0] * (input - held) + price[1] * held + price[2] * output);
            long nanos = thousandths
                    .add(BigInteger.valueOf(500))
                    .divide(BigInteger.valueOf(1_000))
                    .longValueExact();
            assertThat(pricing.costOf(usage(input, cached, output, 0))).isEqualTo(new Cost(nanos, "USD"));
        }
    }
}
