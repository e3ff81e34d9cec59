package dev.serai.provider.chatglmweb;

import dev.serai.secret.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends conversations that no caller keeps, beside the calls: nobody waits for it, and when it fails nothing is lost.
 * Closes with the application.
 */
final class Deletions implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);
    private static final int AT_ONCE = 32;
    private static final int MOST_WAITING = 5_000;
    private static final int LAST_SECONDS = 5;

    private final ChatglmService service;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore running = new Semaphore(AT_ONCE);

    Deletions(ChatglmService service) {
        this.service = service;
    }

    /** Deletes soon. */
    void delete(String baseUrl, Secret token, String assistant, String conversation) {
        if (!waiting.tryAcquire()) {
            LOG.info("A conversation at chatglm-web stays: too many wait to be deleted");
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    run(baseUrl, token, assistant, conversation);
                } finally {
                    waiting.release();
                }
            });
        } catch (RejectedExecutionException closed) {
            waiting.release();
        }
    }

    private void run(String baseUrl, Secret token, String assistant, String conversation) {
        running.acquireUninterruptibly();
        try {
            var told = service.delete(baseUrl, token, assistant, conversation);
            if (told.fault() != Fault.NONE) {
                LOG.info("A conversation at chatglm-web could not be deleted: {}", told.fault());
            }
        } catch (IOException e) {
            LOG.info("A conversation at chatglm-web could not be deleted: {}", e.toString());
        } finally {
            running.release();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
