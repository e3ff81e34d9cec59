package dev.serai.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * Where secrets come from: the variable {@code NAME}, or the file that {@code NAME_FILE} names.
 *
 * <p>The gateway's own secrets are looked at once when this is made, so that an empty one, a shipped default or two
 * different values refuse the start and not the first call.
 */
@Component
public final class Secrets {

    /** The secrets that guard the gateway itself; a shipped default in one of them refuses the start. */
    static final List<String> OWN = List.of(
            "PROXY_AUTH_TOKEN",
            "API_KEY",
            "ADMIN_API_KEY",
            "ADMIN_KEY",
            "KEY_PEPPER",
            "KEY_PEPPER_PREVIOUS",
            "SEAL_KEYSET");

    private static final Logger log = LoggerFactory.getLogger(Secrets.class);

    private final ConfigurableEnvironment environment;

    public Secrets(ConfigurableEnvironment environment) {
        this.environment = environment;
        OWN.forEach(this::find);
        find("DATABASE_URL");
        adminKey();
    }

    /**
     * The secret {@code name}, taken literally: no place holder inside it is resolved.
     *
     * @throws StartRefused when it is set but empty, when variable and file differ, when the file cannot be read, or
     *     when one of the gateway's own secrets is a shipped default
     */
    public Optional<Secret> find(String name) {
        String direct = property(name);
        String path = property(name + "_FILE");
        String value = path == null ? direct : read(name, path);
        if (value == null) {
            return Optional.empty();
        }
        if (value.isBlank()) {
            throw new StartRefused(name + " is set but empty; give it a value or unset it.");
        }
        if (direct != null && !new Secret(value).matches(direct)) {
            throw new StartRefused(name + " and " + name + "_FILE are both set and differ; keep one of them.");
        }
        if (OWN.contains(name) && elements(value).anyMatch(Placeholders::contains)) {
            throw new StartRefused(name + " still has a shipped default or a placeholder; set a value of your own.");
        }
        return Optional.of(new Secret(value));
    }

    /** {@code ADMIN_API_KEY} or its alias {@code ADMIN_KEY}; refuses the start when both are set and differ. */
    public Optional<Secret> adminKey() {
        Optional<Secret> key = find("ADMIN_API_KEY");
        Optional<Secret> alias = find("ADMIN_KEY");
        if (key.isPresent() && alias.isPresent() && !key.equals(alias)) {
            throw new StartRefused("ADMIN_API_KEY and ADMIN_KEY are both set and differ; keep one of them.");
        }
        return key.or(() -> alias);
    }

    /** The elements of the comma-separated secret {@code name}, trimmed; none when it is not set. */
    public List<Secret> findAll(String name) {
        return find(name).stream()
                .flatMap(secret -> elements(secret.reveal()))
                .map(Secret::new)
                .toList();
    }

    private static Stream<String> elements(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(element -> !element.isEmpty());
    }

    private @Nullable String property(String name) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            Object value = source.getProperty(name);
            if (value != null) {
                return value.toString();
            }
        }
        return null;
    }

    private static String read(String name, String file) {
        try {
            Path path = Path.of(file);
            warnIfOpen(name, path);
            return Files.readString(path).replaceFirst("[\\r\\n]+\\z", "");
        } catch (IOException | IllegalArgumentException e) {
            throw new StartRefused(name + "_FILE names a file that cannot be read.", e);
        }
    }

    private static void warnIfOpen(String name, Path path) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
            log.warn("The file of {} can be read by every user of this machine; chmod 0400 closes it.", name);
        }
    }
}
