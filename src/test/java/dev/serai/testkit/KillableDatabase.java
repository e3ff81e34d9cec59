package dev.serai.testkit;

import dev.serai.database.DataDirectory;
import dev.serai.database.DatabaseUrl;
import dev.serai.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A server of its own with its data in a folder, which can be killed as a loss of its machine would, and started again. */
public final class KillableDatabase implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of("fsync", "off");

    private final Path data;
    private final DataDirectory directory;
    private final int port;
    private EmbeddedDatabase server;

    /** @param data an empty folder for it alone */
    public KillableDatabase(Path data) throws IOException {
        TestDatabase.sharePrograms(Files.createDirectories(data));
        this.data = data;
        directory = DataDirectory.open(data);
        server = EmbeddedDatabase.start(directory, 0, SETTINGS);
        String host = server.url().hosts();
        port = Integer.parseInt(host.substring(host.lastIndexOf(':') + 1));
    }

    /** Its address, the same after every start. */
    public DatabaseUrl url() {
        return server.url();
    }

    /** Kills the server and every process of it. */
    public void kill() throws IOException {
        var file = data.resolve("postgres").resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        var family = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        postmaster.onExit().join();
        family.forEach(process -> process.onExit().join());
        server.close();
    }

    /** Starts it again after {@link #kill}. */
    public void restart() {
        server = EmbeddedDatabase.start(directory, port, SETTINGS);
    }

    @Override
    public void close() {
        server.close();
        directory.close();
    }
}
