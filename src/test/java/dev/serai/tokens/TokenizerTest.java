package dev.serai.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenizerTest {

    private final Tokenizer tokenizer = Tokenizer.o200k();

    @Test
    void countsAsO200kDoes() {
        assertThat(tokenizer.count("")).isZero();
        assertThat(tokenizer.count("hello world")).isEqualTo(2);
        assertThat(tokenizer.count("What colour is the sky on a clear day?")).isEqualTo(10);
    }

    @Test
    void marksOfTheTokenizerAreText() {
        assertThat(tokenizer.count("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void longTextCountsAsItsPartsDo() {
        String sentence = "The quick brown fox jumps over the lazy dog. ";
        long one = tokenizer.count(sentence.repeat(10));
        assertThat(tokenizer.count(sentence.repeat(10_000))).isBetween(one * 990, one * 1010);
    }

    @Test
    void textWithoutAnySpaceIsCountedInBoundedPieces() {
        assertThat(tokenizer.count("a".repeat(1_000_000))).isPositive();
        assertThat(tokenizer.count("\uD83D\uDE00".repeat(100_000))).isPositive();
        assertThat(tokenizer.count(" ".repeat(1_000_000))).isPositive();
    }
}
