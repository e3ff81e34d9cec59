package dev.serai.routing.config;

import java.util.ArrayList;
import java.util.List;

/** What one reading of ROUTES_CONFIG finds: all problems, not only the first. Used by one thread. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void problem(int line, String path, String reason) {
        problems.add(new Problem(line, path, reason));
    }

    void warning(int line, String path, String reason) {
        warnings.add(new Problem(line, path, reason));
    }

    void addAll(Findings other) {
        problems.addAll(other.problems);
        warnings.addAll(other.warnings);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }
}
