package dev.serai.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** Secrets that the gateway makes for itself on its first start and keeps in a folder, one file each, mode 0600. */
public final class GeneratedSecrets {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    public GeneratedSecrets(Path folder) {
        this.folder = folder;
    }

    /**
     * The kept secret {@code name}, or {@code fresh} one, written down before it is returned.
     *
     * @throws UncheckedIOException when the folder cannot be written
     */
    public Secret keep(String name, Supplier<String> fresh) {
        try {
            Path file = file(name);
            if (!Files.exists(file)) {
                write(file, fresh.get());
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the secret {@code name} is kept. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Whole or not at all: a killed start leaves no half secret behind. */
    private void write(Path file, String value) throws IOException {
        Files.createDirectories(folder, attributes(OWNER_ONLY_FOLDER));
        Path draft = Files.createTempFile(folder, "draft", "", attributes(OWNER_ONLY));
        Files.writeString(draft, value + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private FileAttribute<?>[] attributes(FileAttribute<?> attribute) {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix") ? new FileAttribute<?>[] {attribute} : new FileAttribute<?>[0];
    }
}
