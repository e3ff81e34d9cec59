package dev.serai.translation;

import java.util.List;

/**
 * One case of translation.
 *
 * @param id such as {@code T001}; never given twice
 * @param promise what holds, in words
 * @param decided there was a choice; why it fell as it did stands in {@code docs/translation.md}
 * @param elsewhere the tests that keep the promise, as {@code Class#method}, where it is not kept here
 * @param outOfScope why the gateway has no such thing, or {@code ""}
 * @param trials calls that show it
 */
public record Case(
        String id, String promise, boolean decided, List<String> elsewhere, String outOfScope, List<Trial> trials) {

    public Case {
        elsewhere = List.copyOf(elsewhere);
        trials = List.copyOf(trials);
    }
}
