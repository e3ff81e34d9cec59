package dev.serai.testkit.chatglm;

import dev.serai.testkit.FakeUpstream.Received;
import dev.serai.testkit.emulator.Refused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** What the server looks at before it knows who calls: headers of the web client and the signature. */
public final class ChatglmGate {

    private static final Pattern DIGITS = Pattern.compile("\\d{13}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    private final Map<String, Boolean> nonces = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile Clock clock;
    private volatile String secret = "8a1317a7468aa3ad86e997d08f3f31cb";
    private volatile boolean freshNonces;
    private volatile boolean signedUploads;
    private volatile Duration window = Duration.ofMinutes(5);

    ChatglmGate(Clock clock) {
        this.clock = clock;
    }

    /** The server's clock goes wrong by so much from now on. */
    public void skew(Duration by) {
        clock = Clock.offset(clock, by);
    }

    /** The constant in the signature changes. */
    public void secret(String other) {
        secret = other;
    }

    /** A nonce is taken only once. */
    public void onceOnlyNonces() {
        freshNonces = true;
    }

    /** Uploads are to be signed too. */
    public void signedUploads() {
        signedUploads = true;
    }

    long millis() {
        return clock.millis();
    }

    Clock clock() {
        return clock;
    }

    /** What a real browser would have done otherwise, although the request was taken. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    void complain(String what) {
        complaints.add(what);
    }

    /** @throws Refused by the first check that fails */
    void check(ChatglmEndpoint endpoint, Received request) {
        if (request.header("user-agent").isBlank()) {
            throw ChatglmRefusal.NO_USER_AGENT.refused();
        }
        if (request.header("x-app-platform").isEmpty()
                || request.header("x-app-version").isEmpty()
                || !HEX.matcher(request.header("x-device-id")).matches()) {
            throw ChatglmRefusal.HEADER_MISSING.refused();
        }
        if (endpoint != ChatglmEndpoint.TIME && (signedUploads || !endpoint.isUpload())) {
            checkSignature(request);
        }
        lookAtHeaders(endpoint, request);
    }

    private void checkSignature(Received request) {
        String timestamp = request.header("x-timestamp");
        String nonce = request.header("x-nonce");
        String sign = request.header("x-sign");
        if (timestamp.isEmpty() || nonce.isEmpty() || sign.isEmpty()) {
            throw ChatglmRefusal.UNSIGNED.refused();
        }
        boolean valid = DIGITS.matcher(timestamp).matches()
                && checkDigitFits(timestamp)
                && sign.equals(md5(timestamp + "-" + nonce + "-" + secret))
                && Math.abs(millis() - Long.parseLong(timestamp)) <= window.toMillis();
        boolean used = nonces.putIfAbsent(nonce, true) != null;
        if (used) {
            complain("nonce used twice");
        }
        if (!valid || (used && freshNonces)) {
            throw ChatglmRefusal.BAD_SIGNATURE.refused();
        }
    }

    private static boolean checkDigitFits(String timestamp) {
        int others = 0;
        for (int i = 0; i < timestamp.length(); i++) {
            others += i == timestamp.length() - 2 ? 0 : timestamp.charAt(i) - '0';
        }
        return timestamp.charAt(timestamp.length() - 2) - '0' == others % 10;
    }

    static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void lookAtHeaders(ChatglmEndpoint endpoint, Received request) {
        expect(request, endpoint, "app-name", "chatglm");
        expect(request, endpoint, "origin", "https://chatglm.cn");
        if (!HEX.matcher(request.header("x-request-id")).matches()) {
            complain(endpoint + ": x-request-id");
        }
        if (endpoint.isUpload()) {
            expect(request, endpoint, "content-type", "multipart/form-data");
        } else if (!request.body().isEmpty()) {
            expect(request, endpoint, "content-type", "application/json");
        }
        if (endpoint == ChatglmEndpoint.STREAM) {
            expect(request, endpoint, "accept", "text/event-stream");
        }
        if (endpoint.isVideo()) {
            expect(request, endpoint, "referer", "https://chatglm.cn/video");
        }
    }

    private void expect(Received request, ChatglmEndpoint endpoint, String header, String start) {
        if (!request.header(header).startsWith(start)) {
            complain(endpoint + ": " + header + " is not " + start);
        }
    }
}
