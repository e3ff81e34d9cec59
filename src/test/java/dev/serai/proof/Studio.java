package dev.serai.proof;

import dev.serai.testkit.FakeUpstream;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.FakeUpstream.Script;
import dev.serai.testkit.FakeUpstream.Wire;
import dev.serai.testkit.Scripts;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Zhipu's wire for videos on a {@link FakeUpstream}: every task takes so many looks, and counts them. */
final class Studio implements Script {

    private final int looks;
    private final String ending;
    private final AtomicInteger submissions = new AtomicInteger();
    private final Map<String, AtomicInteger> looked = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> looking = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private volatile @Nullable CountDownLatch held;
    private volatile @Nullable CountDownLatch heldSubmissions;

    /**
     * A studio.
     *
     * @param looks which look finds the end
     * @param ending what that look finds, such as {@code "task_status":"FAIL"}
     */
    Studio(int looks, String ending) {
        this.looks = looks;
        this.ending = ending;
    }

    static Studio making(int looks, String url) {
        return new Studio(
                looks,
                "\"task_status\":\"SUCCESS\",\"video_result\":[{\"url\":\"" + url + "\",\"cover_image_url\":\"" + url
                        + ".jpg\"}]");
    }

    /** Looks wait from now on until the latch is open. */
    Studio holdLooks(CountDownLatch latch) {
        held = latch;
        return this;
    }

    Studio holdSubmissions(CountDownLatch latch) {
        heldSubmissions = latch;
        return this;
    }

    int submissions() {
        return submissions.get();
    }

    Map<String, AtomicInteger> looked() {
        return looked;
    }

    int looking() {
        return looking.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How often a task was looked at while it was being looked at already. */
    int overlaps() {
        return overlaps.get();
    }

    @Override
    public void play(Received request, Wire wire) throws IOException, InterruptedException {
        if (request.path().endsWith("/videos/generations")) {
            int number = submissions.incrementAndGet();
            await(heldSubmissions, wire);
            Scripts.status(200, "{\"id\":\"task-" + number + "\",\"task_status\":\"PROCESSING\"}")
                    .play(request, wire);
            return;
        }
        String task = request.path().substring(request.path().lastIndexOf('/') + 1);
        var now = looking.computeIfAbsent(task, absent -> new AtomicInteger());
        if (now.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        try {
            int look =
                    looked.computeIfAbsent(task, absent -> new AtomicInteger()).incrementAndGet();
            await(held, wire);
            String told = look < looks ? "\"task_status\":\"PROCESSING\"" : ending;
            Scripts.status(200, "{\"model\":\"m\",\"request_id\":\"r\"," + told + "}")
                    .play(request, wire);
        } finally {
            now.decrementAndGet();
        }
    }

    private static void await(@Nullable CountDownLatch latch, Wire wire) throws InterruptedException {
        if (latch != null) {
            wire.await(latch);
        }
    }
}
