import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** The whole deployment on one machine, told step by step; see {@code deploy/rehearse}. */
final class Rehearsal {

    private static final Duration AT_MOST = Duration.ofMinutes(8);
    private static final Pattern KEY = Pattern.compile("pk_[0-9A-Za-z]{46}");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final int CROWD = 6;
    private static final int STREAMS = 6;
    private static final int LIMIT = 6;

    private final Path work;
    private final String nginx;
    private final Site site;
    private final int[] ports = {Site.freePort(), Site.freePort()};
    private final Child[] replicas = new Child[2];
    private final List<Integer> doors = new ArrayList<>();
    private String key = "";

    private Rehearsal(Path work, String nginx, Upstream upstream) throws IOException {
        this.work = work;
        this.nginx = nginx;
        this.site = new Site(work, upstream);
    }

    /** @param arguments the folder that {@code deploy/rehearse} has prepared, and the path of nginx or {@code -} */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Thread.ofPlatform().daemon().start(Rehearsal::endInTime);
        long begin = System.nanoTime();
        try (var upstream = new Upstream()) {
            new Rehearsal(Path.of(arguments[0]), arguments[1], upstream).run();
            System.out.printf("rehearsal: ok, in %d s%n", (System.nanoTime() - begin) / 1_000_000_000);
            System.exit(0);
        } catch (Exception e) {
            System.out.println("rehearsal: " + e.getMessage());
            throw e;
        }
    }

    private static void endInTime() {
        try {
            Thread.sleep(AT_MOST);
            System.out.println("rehearsal: not done after " + AT_MOST.toMinutes() + " minutes");
            System.exit(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws Exception {
        Map<String, Long> tree = files();
        try {
            starts();
            keysAreShared();
            limitsAreShared();
            streamsArriveEventByEvent();
            aKilledReplicaTakesNobodyWithIt();
            aStopLetsAnswersEnd();
            aDatabaseThatIsAwayIsTold();
            check(files().equals(tree), "nothing was written to the application's folder");
        } finally {
            site.endDatabase();
        }
    }

    private void starts() throws Exception {
        replicas[0] = site.replica("gateway", ports[0]);
        awaitReady(0);
        key = firstKey();
        replicas[1] = site.replica("replica", ports[1]);
        awaitReady(1);
        for (int i = 0; i < 2; i++) {
            check(site.healthCheck(ports[i]) == 0, "the image's health check is content");
            check(
                    Files.readString(Path.of("/proc/" + replicas[i].pid() + "/maps"))
                            .contains("serai.aot"),
                    "the AOT cache is in use");
            if (Child.isRoot()) {
                check(
                        Files.getAttribute(Path.of("/proc/" + replicas[i].pid()), "unix:uid")
                                .toString()
                                .equals(Child.USER),
                        "it runs as user " + Child.USER);
            }
        }
        check(site.healthCheck(Site.freePort()) == 1, "the health check tells of a gateway that is not there");
        if (nginx.equals("-")) {
            doors.addAll(List.of(ports[0], ports[1]));
        } else {
            int port = Site.freePort();
            var balancer = site.balancer(nginx, port, ports[0], ports[1]);
            await("nginx answers", () -> balancer.isAlive() && door(port).get("/health/ready") == 200);
            doors.add(port);
        }
    }

    private void awaitReady(int number) throws Exception {
        long begin = System.nanoTime();
        await("replica " + number + " is ready", () -> {
            if (!replicas[number].isAlive()) {
                throw new IllegalStateException("A replica ended:\n" + replicas[number].log());
            }
            return door(ports[number]).get("/health/ready") == 200;
        });
        say("… after %d ms", (System.nanoTime() - begin) / 1_000_000);
    }

    private String firstKey() {
        var found = KEY.matcher(replicas[0].log());
        check(found.find(), "the first replica prints the first key");
        return found.group();
    }

    private void keysAreShared() throws Exception {
        for (int port : ports) {
            check(door(port).chat("demo") == 200, "the key is good at each replica");
        }
        for (int port : doors) {
            check(door(port).chat("demo") == 200, "… and where callers come in");
            check(new Caller(port, "pk_nobody").get("/v1/models") == 401, "an unknown key is refused");
        }
        check(!KEY.matcher(replicas[1].log()).find(), "the second replica makes no key of its own");
    }

    /** A key that one replica makes has one limit at both, and when the other ends it, both refuse it. */
    private void limitsAreShared() throws Exception {
        String answer = site.administrator(ports[0])
                .post("/admin/api-keys", "{\"name\": \"limited\", \"requestsPerMinute\": " + LIMIT + "}");
        var made = KEY.matcher(answer);
        var id = ID.matcher(answer);
        check(made.find() && id.find(), "the admin API makes a key");
        var callers = List.of(new Caller(ports[0], made.group()), new Caller(ports[1], made.group()));
        var statuses = new TreeMap<Integer, Integer>();
        for (int i = 0; i < 2 * LIMIT; i++) {
            statuses.merge(callers.get(i % 2).chat("demo"), 1, Integer::sum);
        }
        check(statuses.equals(Map.of(200, LIMIT, 429, LIMIT)), "two replicas admit exactly its limit: " + statuses);
        check(site.administrator(ports[1]).delete("/admin/api-keys/" + id.group(1)) < 300, "the other replica ends it");
        await("both refuse it", () -> callers.stream().allMatch(caller -> caller.get("/v1/models") == 401));
    }

    private void streamsArriveEventByEvent() {
        var stream = door(doors.getFirst()).stream("paced", () -> {});
        long sent = Upstream.PACE.toMillis() * (Upstream.WORDS - 1);
        check(stream.whole() && stream.eventMillis().size() >= Upstream.WORDS, "a stream is whole");
        check(
                stream.spreadMillis() > sent * 3 / 4 && stream.moments() > Upstream.WORDS * 2 / 3,
                "its events arrive one by one: %d events in %d ms, in %d different tenths of a second"
                        .formatted(stream.eventMillis().size(), stream.spreadMillis(), stream.moments()));
    }

    /** A kill breaks what runs in the replica that dies, and nothing else; what had ended is accounted for. */
    private void aKilledReplicaTakesNobodyWithIt() throws Exception {
        try (var crowd = new Crowd(CROWD, doors.size() == 1 ? doors : List.of(ports[0]), key)) {
            crowd.awaitAnswers(100);
            replicas[1].kill();
            crowd.awaitAnswers(200);
            int broken = crowd.broken();
            crowd.awaitAnswers(200);
            check(broken <= CROWD, "one replica killed: %d of %d callers lost one call".formatted(broken, CROWD));
            check(crowd.broken() == broken, "… and none after that");
        }
        replicas[1] = site.replica("replica", ports[1]);
        awaitReady(1);
        await("the usage that the killed replica had noted is in the database", () -> replicaWroteItsJournal());
    }

    private boolean replicaWroteItsJournal() throws IOException {
        try (var files = Files.list(work.resolve("replica-data/journal"))) {
            return files.allMatch(file -> file.toFile().length() == 0)
                    || site.number("select count(*) from usage_event") >= 500;
        } catch (SQLException notNow) {
            return false;
        }
    }

    /** SIGTERM: what runs ends well, and next to nobody else is met by the stop. */
    private void aStopLetsAnswersEnd() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var crowd = new Crowd(CROWD, doors.size() == 1 ? doors : List.of(ports[1]), key)) {
            var begun = new CountDownLatch(STREAMS);
            var streams = new ArrayList<Future<Caller.Stream>>();
            for (int i = 0; i < STREAMS; i++) {
                var caller = door(doors.get(i % doors.size()));
                streams.add(threads.submit(() -> caller.stream("paced", begun::countDown)));
            }
            check(begun.await(30, TimeUnit.SECONDS), "streams run at both replicas");
            crowd.awaitAnswers(50);
            replicas[0].terminate();
            crowd.awaitAnswers(200);
            check(wholeOnes(streams) == STREAMS, "asked to stop, a replica ends its streams well");
            int code = replicas[0].awaitEnd(Duration.ofSeconds(40));
            check(code == 128 + 15, "… and then ends by itself");
            // what is on its way over a kept connection at this very moment cannot be saved: one call of each caller at
            // most
            check(
                    crowd.broken() <= CROWD,
                    "%d of %d other calls were met by the stop".formatted(crowd.broken(), crowd.answered()));
        }
        replicas[0] = site.replica("gateway", ports[0]);
        awaitReady(0);
    }

    private static long wholeOnes(List<Future<Caller.Stream>> streams) throws InterruptedException, ExecutionException {
        long whole = 0;
        for (var stream : streams) {
            whole += stream.get().whole() ? 1 : 0;
        }
        return whole;
    }

    private void aDatabaseThatIsAwayIsTold() throws Exception {
        for (int port : ports) {
            check(door(port).chat("demo") == 200, "both replicas know the key");
        }
        site.endDatabase();
        var door = door(doors.getFirst());
        await(
                "a database that is away is told",
                () -> door.text("/health/ready").contains("\"database\":\"away\""));
        check(door.get("/health/ready") == 200, "… and the replicas stay ready");
        check(door.chat("demo") == 200, "… and serve the keys that they know");
        for (var replica : replicas) {
            replica.terminate();
        }
        for (var replica : replicas) {
            check(replica.awaitEnd(Duration.ofSeconds(60)) == 128 + 15, "each replica ends by itself");
        }
    }

    private Caller door(int port) {
        return new Caller(port, key);
    }

    /** Every file of the application with the time of its last change. */
    private Map<String, Long> files() throws IOException {
        var found = new TreeMap<String, Long>();
        try (var paths = Files.walk(work.resolve("app"))) {
            for (Path path : paths.toList()) {
                found.put(path.toString(), Files.getLastModifiedTime(path).toMillis());
            }
        }
        return found;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("does not come: " + what);
            }
            Thread.sleep(50);
        }
        say("ok  %s", what);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("does not hold: " + what);
        }
        say("ok  %s", what);
    }

    private static void say(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
