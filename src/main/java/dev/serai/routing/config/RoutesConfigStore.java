package dev.serai.routing.config;

import dev.serai.routing.config.RoutesConfigLoader.Loaded;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in use. Readers take {@link #current()} without a lock; a change is read, checked and swapped whole by
 * one thread at a time, and one that is not valid changes nothing.
 */
public final class RoutesConfigStore {

    private static final Logger log = LoggerFactory.getLogger(RoutesConfigStore.class);

    private static final int LOGGED = 10;

    private final RoutesConfigLoader loader;
    private final AtomicReference<InUse> inUse;
    private final List<Consumer<RoutesConfig>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock changing = new ReentrantLock();
    private FileStates tried;
    private FileStates seen;

    private record InUse(RoutesConfig config, Loaded loaded) {}

    /**
     * What a text would mean if it were the configuration.
     *
     * @param models the public names
     * @param problems why it would be refused; empty when it is valid
     */
    public record Examination(List<String> models, List<Problem> problems, List<Problem> warnings) {}

    /** Reads the first configuration. @throws RoutesConfigException when it is not valid: then there is no gateway */
    public RoutesConfigStore(RoutesConfigLoader loader) {
        this.loader = loader;
        var before = FileStates.of(loader.file().stream().toList());
        var loaded = loader.load();
        this.inUse = new AtomicReference<>(new InUse(config(1, loaded), loaded));
        this.tried = before.over(watched(loaded));
        this.seen = tried;
        tell(loaded);
    }

    /** The configuration for a call that starts now. */
    public RoutesConfig current() {
        return inUse.get().config();
    }

    /** Where the configuration in use came from: a file's name, {@code ROUTES_CONFIG}, or {@code no ROUTES_CONFIG}. */
    public String origin() {
        return inUse.get().loaded().origin();
    }

    /** What the operator should know about the configuration in use, such as keys that are not set. */
    public List<Problem> warnings() {
        return inUse.get().loaded().warnings();
    }

    /** Calls the listener after every swap, on the thread that swaps; it is not told of the configuration of the start. */
    public void onSwap(Consumer<RoutesConfig> listener) {
        listeners.add(listener);
    }

    /** Checks a text as if it were the configuration, without using it. */
    public Examination examine(String text) {
        var parsed = loader.examine(text);
        return new Examination(
                parsed.models().stream().map(ModelEntry::name).toList(), parsed.problems(), parsed.warnings());
    }

    /** Reads the configuration anew and takes it into use if it is valid. */
    public Reload reload() {
        changing.lock();
        try {
            return reload(FileStates.of(watched(inUse.get().loaded())));
        } finally {
            changing.unlock();
        }
    }

    /**
     * Looks at the files behind the configuration. A change is taken up once two looks in a row saw the same, so a file that
     * is still being written is left alone; one that was refused is not tried again before it changes.
     *
     * @return what came of a change; empty when there was none to take up
     */
    public Optional<Reload> check() {
        changing.lock();
        try {
            var now = FileStates.of(watched(inUse.get().loaded()));
            boolean settled = now.equals(seen);
            seen = now;
            return settled && !now.equals(tried) ? Optional.of(reload(now)) : Optional.empty();
        } finally {
            changing.unlock();
        }
    }

    private Reload reload(FileStates now) {
        tried = now;
        try {
            var loaded = loader.load();
            var old = inUse.get();
            if (old.loaded().written() && !loaded.written()) {
                var gone = new Problem(0, "", "it is gone or empty; to run without one, restart");
                throw new RoutesConfigException(old.loaded().origin(), List.of(gone));
            }
            return swap(old, loaded, now);
        } catch (RoutesConfigException e) {
            log.error("The new models configuration is refused, the one in use stays: {}", onOneLine(e.problems()));
            return new Reload.Refused(e.report(), e.problems());
        }
    }

    private Reload swap(InUse old, Loaded loaded, FileStates now) {
        var config = config(old.config().generation() + 1, loaded);
        inUse.set(new InUse(config, loaded));
        tried = now.over(watched(loaded));
        tell(loaded);
        for (var listener : listeners) {
            try {
                listener.accept(config);
            } catch (RuntimeException e) {
                log.error("A listener failed on the new models configuration", e);
            }
        }
        return new Reload.Swapped(config, loaded.origin(), loaded.warnings());
    }

    private Set<Path> watched(Loaded loaded) {
        var files = new HashSet<>(loaded.files());
        loader.file().ifPresent(files::add);
        return files;
    }

    private static String onOneLine(List<Problem> problems) {
        return problems.stream().limit(LOGGED).map(Problem::toString).collect(Collectors.joining("; "))
                + (problems.size() > LOGGED ? "; and " + (problems.size() - LOGGED) + " more" : "");
    }

    private static RoutesConfig config(long generation, Loaded loaded) {
        return new RoutesConfig(generation, loaded.models(), loaded.fallback());
    }

    private static void tell(Loaded loaded) {
        log.info("Models: {} from {}", loaded.models().size(), loaded.origin());
        loaded.warnings().forEach(warning -> log.warn("{}: {}", loaded.origin(), warning));
    }
}
