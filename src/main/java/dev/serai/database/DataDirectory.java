package dev.serai.database;

import dev.serai.secret.GeneratedSecrets;
import dev.serai.secret.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The folder of everything the gateway keeps on its own disk ({@code DATA_DIR}, by default {@code data}). It belongs to
 * one process at a time: the lock ends with {@link #close()} or with the process, however that ends.
 */
public final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final FileChannel lock;
    private final boolean passing;

    private DataDirectory(Path root, FileChannel lock, boolean passing) {
        this.root = root;
        this.lock = lock;
        this.passing = passing;
    }

    /** The folder that {@code DATA_DIR} names; see {@link #open(Path)}. */
    static DataDirectory of(PropertyResolver properties) {
        return open(Path.of(properties.getProperty("DATA_DIR", "data")));
    }

    /**
     * Takes the folder, which is made if need be.
     *
     * @throws StartRefused when another gateway has it, or when it cannot be written
     */
    public static DataDirectory open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            FileChannel file =
                    FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                file.close();
                throw new StartRefused("Another gateway is using DATA_DIR " + root + "; give each its own.");
            }
            return new DataDirectory(root, file, false);
        } catch (IOException e) {
            throw new StartRefused("DATA_DIR " + root + " cannot be written.", e);
        }
    }

    /** A folder that is gone with {@link #close()}. */
    static DataDirectory passing() {
        try {
            DataDirectory kept = open(Files.createTempDirectory("serai"));
            return new DataDirectory(kept.root, kept.lock, true);
        } catch (IOException e) {
            throw new StartRefused("The folder for temporary files cannot be written.", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path root() {
        return root;
    }

    /** The sub-folder {@code name}; it need not exist yet. */
    public Path folder(String name) {
        return root.resolve(name);
    }

    /** Secrets the gateway made for itself. */
    public GeneratedSecrets secrets() {
        return new GeneratedSecrets(folder("secrets"));
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (passing) {
                FileSystemUtils.deleteRecursively(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
