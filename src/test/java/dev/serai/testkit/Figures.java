package dev.serai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a test has measured, for the page of promises: {@code Figures.say("admitted 1,000 of 6,400, overspent 0")}. The
 * last thing that a test says in a run is its figure.
 */
public final class Figures {

    /** A file for each test, named {@code Class#method}. */
    public static final Path FOLDER = Path.of("target", "promises");

    private Figures() {}

    /**
     * Keeps the figure of the test that is running in this thread.
     *
     * @param figure a few words and numbers, without a bar
     * @throws IllegalStateException when no test method calls this
     */
    public static void say(String figure) {
        if (figure.contains("|") || figure.lines().count() != 1) {
            throw new IllegalArgumentException("a figure is one line of a table: " + figure);
        }
        String test = StackWalker.getInstance()
                .walk(frames ->
                        frames.filter(Figures::isOfATest).map(Figures::name).reduce((inner, outer) -> outer))
                .orElseThrow(() -> new IllegalStateException("a figure is said in the thread of its test"));
        try {
            Files.writeString(Files.createDirectories(FOLDER).resolve(test), figure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfATest(StackFrame frame) {
        return frame.getClassName().matches("dev\\.serai\\..*(Test|Proof)");
    }

    private static String name(StackFrame frame) {
        return frame.getClassName().replaceFirst(".*\\.", "") + "#"
                + frame.getMethodName().replaceFirst("^lambda\\$(\\w+)\\$\\d+$", "$1");
    }
}
