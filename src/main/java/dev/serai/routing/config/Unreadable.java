package dev.serai.routing.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A text that is neither JSON nor YAML. The parsers' own messages quote the text, so they are not passed on. */
final class Unreadable extends Exception {

    final int line;
    final String reason;

    Unreadable(int line, String reason) {
        super(reason);
        this.line = line;
        this.reason = reason;
    }

    /** The same failure, told without quoting the text. */
    static Unreadable because(Exception failure) {
        if (marked(failure) instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            String problem = yaml.getProblem();
            boolean quotable = problem != null && problem.length() < 120 && !KeyLike.inside(problem);
            return new Unreadable(
                    yaml.getProblemMark().getLine() + 1, "not valid YAML" + (quotable ? ": " + problem : ""));
        }
        if (failure instanceof JacksonException json && json.getLocation() != null) {
            String reason = failure instanceof JsonEOFException ? "the text ends too early" : "not valid JSON or YAML";
            return new Unreadable(Math.max(0, json.getLocation().getLineNr()), reason);
        }
        return new Unreadable(0, "not valid YAML: it is nested too deep or holds characters that YAML forbids");
    }

    private static Throwable marked(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof MarkedYAMLException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
