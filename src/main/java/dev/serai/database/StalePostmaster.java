package dev.serai.database;

import dev.serai.secret.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the server that a killed gateway left running, so that the next start finds the data folder free. */
final class StalePostmaster {

    private static final Logger log = LoggerFactory.getLogger(StalePostmaster.class);
    private static final int PATIENCE_SECONDS = 10;

    private StalePostmaster() {}

    /**
     * Ends the server named in {@code postmaster.pid} of the data folder. A process of the same number that is no
     * PostgreSQL is left alone, and the stale file is removed.
     *
     * @throws StartRefused when it cannot be told what the process is, or when it does not end
     */
    static void stop(Path dataFolder) throws IOException {
        Path pidFile = dataFolder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process = process(pidFile);
        if (process.isEmpty()) {
            return;
        }
        String command = process.get()
                .info()
                .command()
                .orElseThrow(() -> new StartRefused("Process " + process.get().pid() + " holds " + dataFolder
                        + " and cannot be looked at; end it and start again."));
        if (command.contains("postgres")) {
            log.info(
                    "Ending the database server of an earlier run (process {})",
                    process.get().pid());
            end(process.get());
        } else {
            Files.deleteIfExists(pidFile);
        }
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    private static void end(ProcessHandle postmaster) {
        List<ProcessHandle> family = postmaster.children().toList();
        postmaster.destroy();
        if (!gone(List.of(postmaster))) {
            postmaster.destroyForcibly();
            if (!gone(List.of(postmaster)) || !gone(family)) {
                throw new StartRefused("The database server of an earlier run (process " + postmaster.pid()
                        + ") does not end; end it and start again.");
            }
        }
    }

    private static boolean gone(List<ProcessHandle> processes) {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
