package dev.serai.testkit.zai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Queries;
import dev.serai.testkit.emulator.Refused;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the server holds against a turn before it answers: version, signature, captcha; and who may be what. */
public final class ZaiGate {

    private static final Pattern VERSION = Pattern.compile("prod-fe-(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final List<String> SIGNED = List.of("requestId", "timestamp", "user_id", "signature_timestamp");
    private static final long WINDOW_MILLIS = Duration.ofMinutes(5).toMillis();

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> captchas = new CopyOnWriteArrayList<>();
    private volatile Clock clock;
    private volatile boolean checks = true;
    private volatile String key = ZaiSignature.KEY;
    private volatile String version = "prod-fe-1.1.98";
    private volatile String minimum = "prod-fe-1.0.91";
    private volatile @Nullable String firewall;
    private volatile boolean guestCaptcha;
    private volatile boolean accountCaptcha;

    ZaiGate(Clock clock) {
        this.clock = clock;
    }

    /** Profile P2025: the older path, nothing but the session is checked. */
    public ZaiGate profile2025() {
        checks = false;
        return this;
    }

    /** The server's clock goes wrong by so much from now on. */
    public ZaiGate skew(Duration by) {
        clock = Clock.offset(clock, by);
        return this;
    }

    /** The key text of signatures changes. */
    public ZaiGate key(String other) {
        key = other;
        return this;
    }

    /** A new front end is out. @param least what is still taken, {@code prod-fe-N.N.N} as well */
    public ZaiGate version(String newest, String least) {
        version = newest;
        minimum = least;
        return this;
    }

    /** Whoever claims to be older than this gets the page of the firewall. */
    public ZaiGate firewallBelow(String oldest) {
        firewall = oldest;
        return this;
    }

    /** Who has to bring the result of a captcha. */
    public ZaiGate captcha(boolean fromGuests, boolean fromAccounts) {
        guestCaptcha = fromGuests;
        accountCaptcha = fromAccounts;
        return this;
    }

    /** What a real browser would have done otherwise, although the request was taken. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Every captcha result that was sent: only what an operator has given may stand here. */
    public List<String> captchasSeen() {
        return List.copyOf(captchas);
    }

    String version() {
        return version;
    }

    /** What the server's clock tells. */
    ZonedDateTime now() {
        return ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    boolean is2025() {
        return !checks;
    }

    void complain(String what) {
        complaints.add(what);
    }

    /** @throws Refused for a version that is missing or too old */
    void checkVersion(Received request) {
        String claimed = request.header("x-fe-version");
        String oldest = firewall;
        if (VERSION.matcher(claimed).matches() && oldest != null && compare(claimed, oldest) < 0) {
            throw new Refused(ZaiRefusal.FIREWALL);
        }
        if (!VERSION.matcher(claimed).matches() || compare(claimed, minimum) < 0) {
            throw ZaiRefusal.OLD_VERSION.refused();
        }
    }

    /** @throws Refused when the signature is not that of the session, the prompt and about now */
    void checkSignature(Received request, ZaiSession session, JsonNode body) {
        var query = Queries.query(request);
        String timestamp = query.getOrDefault("timestamp", "");
        boolean valid = query.keySet().containsAll(SIGNED)
                && timestamp.matches("\\d{13}")
                && timestamp.equals(query.get("signature_timestamp"))
                && session.userId().equals(query.get("user_id"))
                && body.path("signature_prompt").isTextual()
                && isNow(Long.parseLong(timestamp))
                && signature(query, body).equals(request.header("x-signature"));
        if (!valid) {
            throw ZaiRefusal.BAD_SIGNATURE.refused();
        }
    }

    /** @throws Refused when a captcha is asked of the session's kind and the request brings none */
    void checkCaptcha(ZaiSession session, JsonNode body) {
        var result = body.path("captcha_verify_param");
        if (!result.isMissingNode()) {
            captchas.add(result.asText());
        }
        if ((session.isGuest() ? guestCaptcha : accountCaptcha)
                && result.asText("").isEmpty()) {
            throw ZaiRefusal.CAPTCHA.refused();
        }
    }

    /** Notes what is missing of the headers that need not be there for an answer. */
    void lookAtHeaders(Received request) {
        expect(request, "content-type", "application/json");
        expect(request, "origin", "https://chat.z.ai");
        expect(request, "referer", "https://chat.z.ai/");
        for (String header : List.of("accept", "user-agent", "accept-language")) {
            expect(request, header, "");
        }
    }

    private void expect(Received request, String header, String start) {
        String value = request.header(header);
        if (value.isEmpty() || !value.startsWith(start)) {
            complain("turn: " + header + " is not " + start);
        }
    }

    private boolean isNow(long millis) {
        return Math.abs(clock.millis() - millis) <= WINDOW_MILLIS;
    }

    private String signature(Map<String, String> query, JsonNode body) {
        return ZaiSignature.of(
                key,
                query.getOrDefault("requestId", ""),
                query.getOrDefault("user_id", ""),
                Long.parseLong(query.getOrDefault("timestamp", "0")),
                body.path("signature_prompt").asText());
    }

    private static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        var found = VERSION.matcher(version);
        if (!found.matches()) {
            throw new IllegalArgumentException(version);
        }
        return new int[] {
            Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3))
        };
    }
}
