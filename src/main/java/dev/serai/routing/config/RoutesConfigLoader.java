package dev.serai.routing.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From the source to entries: finds the text, reads it, and falls back to zero configuration where there is none. */
public final class RoutesConfigLoader {

    private static final String NOTHING = "no ROUTES_CONFIG";

    private final RoutesConfigSource source;
    private final RoutesConfigParser parser;

    public RoutesConfigLoader(RoutesConfigSource source) {
        this.source = source;
        this.parser = new RoutesConfigParser();
    }

    /**
     * A configuration that is good to use.
     *
     * @param origin where it came from, for people
     * @param written the operator wrote it; else it is zero configuration
     * @param fallback the entry for unknown names, beside {@code default} and {@code _default}
     * @param files whose change may change it
     */
    record Loaded(
            String origin,
            boolean written,
            List<ModelEntry> models,
            Optional<String> fallback,
            List<Problem> warnings,
            Set<Path> files) {}

    /** The file that a watcher has to look at, if there is one. */
    Optional<Path> file() {
        return source.file();
    }

    /**
     * Reads everything anew.
     *
     * @throws RoutesConfigException with every problem, when the text cannot be used
     */
    Loaded load() {
        var keyValues = new KeyValues(source.environment());
        var found = source.read();
        if (found.isPresent()) {
            var parsed = parser.parse(found.get().text(), keyValues);
            if (!parsed.problems().isEmpty()) {
                throw new RoutesConfigException(found.get().origin(), parsed.problems());
            }
            if (!parsed.models().isEmpty()) {
                return new Loaded(
                        found.get().origin(),
                        true,
                        parsed.models(),
                        Optional.empty(),
                        parsed.warnings(),
                        files(keyValues));
            }
        }
        var zero = new ZeroConfiguration(source.environment()).entries(keyValues);
        return new Loaded(NOTHING, false, zero.models(), zero.fallback(), zero.warnings(), files(keyValues));
    }

    /** What a text would mean here, without using it; keys are looked up, so that missing ones are told. */
    RoutesConfigParser.Parsed examine(String text) {
        return parser.parse(text, new KeyValues(source.environment()));
    }

    private Set<Path> files(KeyValues keyValues) {
        var files = new HashSet<>(keyValues.files());
        source.file().ifPresent(files::add);
        return Set.copyOf(files);
    }
}
