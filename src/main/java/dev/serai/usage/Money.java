package dev.serai.usage;

import java.math.BigDecimal;

/** Billionths of a currency as people write money. */
final class Money {

    private static final int NANOS = 9;

    private Money() {}

    /** In whole units, without zeros at the end. */
    static BigDecimal of(long nanos) {
        return of(BigDecimal.valueOf(nanos));
    }

    static BigDecimal of(BigDecimal nanos) {
        var amount = nanos.movePointLeft(NANOS).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }
}
