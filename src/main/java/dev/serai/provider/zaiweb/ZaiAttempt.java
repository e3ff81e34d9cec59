package dev.serai.provider.zaiweb;

import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.Refusal;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;
import dev.serai.provider.LaneChoice;
import dev.serai.upstream.UpstreamRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a call on one session. What can be mended without anybody else's help is mended once and tried again:
 * another guest for one whose session is over, version and clock read anew, another spelling of the model, roles folded
 * into one. The call's thread only.
 */
final class ZaiAttempt implements Access {

    private static final Logger LOG = LoggerFactory.getLogger(ZaiAttempt.class);

    private final ZaiWeb web;
    private final Call call;
    private final Profile profile;
    private final ZaiFailures failures = new ZaiFailures();
    private final Uploads uploads;
    private final Set<Sign> mended = EnumSet.noneOf(Sign.class);
    private SessionLease lease;
    private boolean folded;
    private boolean told;
    private @Nullable ZaiSurface surface;

    ZaiAttempt(ZaiWeb web, Call call, Profile profile, SessionLease lease) {
        this.web = web;
        this.call = call;
        this.profile = profile;
        this.lease = lease;
        this.uploads = web.uploads(call, failures);
    }

    /** The request as it is sent now. @throws Refusal when it cannot be made, and nothing can be mended */
    UpstreamRequest request() {
        while (true) {
            try {
                return prepared();
            } catch (Refusal refused) {
                var broken = call.running().broken();
                if (broken != null) {
                    throw new Refusal(broken);
                }
                if (!mends(refused.failure())) {
                    throw refused;
                }
            }
        }
    }

    private UpstreamRequest prepared() {
        failures.forget();
        var ids = web.newIds();
        var encoder = new ZaiRequestEncoder(profile, model(), folded, web.clock());
        var made = web.surface(encoder, failures, ids.answer().replace("-", ""));
        surface = made;
        LaneChoice.body(made, call);
        var encoded = made.encoded();
        uploads.check(encoded, lease.session());
        long start = call.nanos();
        try {
            if (profile == Profile.P2026) {
                ids = ids.withChat(newChat(encoded, ids));
            }
            uploads.fill(encoded, profile, lease.session(), ids);
            return signed(encoded, ids);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    /** The session was taken, and the answer has begun. */
    void succeeded() {
        lease.succeeded();
    }

    /**
     * The upstream refused.
     *
     * @return whether something was mended, so that it is worth asking again
     */
    boolean mends(Failure failure) {
        var sign = failures.last();
        if (sign == null || call.running().broken() != null || !mended.add(sign)) {
            return false;
        }
        return switch (sign) {
            case CLIENT_REFUSED, FIREWALL ->
                profile == Profile.P2026 && web.frontEnd().reread(baseUrl(), call.running()::onBreak);
            case INTERNAL -> {
                folded = true;
                yield true;
            }
            case NO_MODEL ->
                web.models()
                        .learn(
                                baseUrl(),
                                lease.session(),
                                call.running().target().model(),
                                call.running()::onBreak);
            case SESSION_DEAD -> lease.session().guest() && anotherGuest(failure);
            default -> false;
        };
    }

    /** The attempt is over, and its session is told why. */
    void failed(Failure failure) {
        told = true;
        var sign = failures.last();
        if (sign != null) {
            if (sign == Sign.CLIENT_REFUSED) {
                LOG.warn("zai-web refuses version or signature, also with the version that its home page tells");
            }
            lease.failed(sign, failure);
        }
        lease.close();
    }

    /** The call is over: the session is told what went wrong after the answer had begun. */
    void ended() {
        var sign = failures.last();
        if (sign != null && !told) {
            lease.failed(sign, sign.failure(ZaiError.NONE, null));
        }
        lease.close();
    }

    @Override
    public Surface surface() {
        if (surface == null) {
            throw new IllegalStateException("no request has been made yet");
        }
        return surface;
    }

    @Override
    public String url(String baseUrl, Target target) {
        return baseUrl + profile.path();
    }

    @Override
    public Failures failures() {
        return failures;
    }

    private boolean anotherGuest(Failure failure) {
        lease.failed(Sign.SESSION_DEAD, failure);
        lease.close();
        lease = web.session(call.running());
        return true;
    }

    private String newChat(ZaiRequestEncoder.Encoded encoded, ChatIds ids) {
        var thinking = encoded.body().path("features").path("enable_thinking").asBoolean();
        var chat = NewChat.of(
                model(), encoded.prompt(), thinking, ids.message(), web.clock().instant());
        return web.sessions().newChat(baseUrl(), lease.session(), chat, failures, call.running()::onBreak);
    }

    private UpstreamRequest signed(ZaiRequestEncoder.Encoded encoded, ChatIds ids) {
        var session = lease.session();
        var body = encoded.body().put("chat_id", ids.chat()).put("id", ids.answer());
        var headers = web.frontEnd().headers(baseUrl(), profile, session, ids.chat(), call.running()::onBreak);
        headers.put("accept", "text/event-stream");
        var url = url(baseUrl(), call.running().target());
        if (profile == Profile.P2026) {
            body.put("session_id", ids.session())
                    .put("current_user_message_id", ids.message())
                    .putNull("current_user_message_parent_id")
                    .put("signature_prompt", encoded.prompt());
            long millis = web.frontEnd().now(baseUrl()).toEpochMilli();
            headers.put("x-signature", web.signature().of(ids.request(), session.userId(), millis, encoded.prompt()));
            url += query(ids, session.userId(), millis);
        }
        return new UpstreamRequest(
                URI.create(url),
                Json.bytes(body),
                headers,
                session.token(),
                credentialHeader(),
                credentialPrefix(),
                connect());
    }

    private Duration connect() {
        var told = call.running()
                .candidate()
                .provider()
                .timeouts()
                .or(call.entry().timeouts())
                .connect();
        return told == null ? web.defaultConnect() : told;
    }

    /** Without the token, which the front end puts here too: secrets stand in no URL. */
    private String query(ChatIds ids, String userId, long millis) {
        var path = "/c/" + ids.chat();
        return "?requestId=" + ids.request()
                + "&timestamp=" + millis
                + "&user_id=" + encoded(userId)
                + "&version=0.0.1&platform=web"
                + "&current_url=" + encoded(FrontEnd.SITE + path)
                + "&pathname=" + encoded(path)
                + "&signature_timestamp=" + millis;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String model() {
        return web.models().id(baseUrl(), call.running().target().model());
    }

    private String baseUrl() {
        return call.running().candidate().provider().baseUrl();
    }
}
