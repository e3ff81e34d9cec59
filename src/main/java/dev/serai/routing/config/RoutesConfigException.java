package dev.serai.routing.config;

import java.util.List;
import java.util.stream.Collectors;

/** A ROUTES_CONFIG that cannot be used. Its message is the whole report, one problem a line, without any secret. */
public final class RoutesConfigException extends RuntimeException {

    private static final int SHOWN = 50;

    private final String report;
    private final transient List<Problem> problems;

    /**
     * @param origin where the text came from, such as {@code config/routes-config.yaml}
     * @param problems at least one
     */
    public RoutesConfigException(String origin, List<Problem> problems) {
        this(problems, report(origin, problems));
    }

    private RoutesConfigException(List<Problem> problems, String report) {
        super(report);
        this.report = report;
        this.problems = List.copyOf(problems);
    }

    /** All problems in words, one a line. */
    public String report() {
        return report;
    }

    /** All problems, in the order of the text. */
    public List<Problem> problems() {
        return problems;
    }

    private static String report(String origin, List<Problem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        String lines = problems.stream()
                .limit(SHOWN)
                .map(problem -> System.lineSeparator() + "  " + problem)
                .collect(Collectors.joining());
        String more =
                problems.size() > SHOWN ? System.lineSeparator() + "  and " + (problems.size() - SHOWN) + " more" : "";
        return "The models configuration (" + origin + ") is not valid, " + count + ":" + lines + more;
    }
}
