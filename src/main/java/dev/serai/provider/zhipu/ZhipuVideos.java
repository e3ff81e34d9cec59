package dev.serai.provider.zhipu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.media.Commission;
import dev.serai.media.Look;
import dev.serai.media.VideoMaker;
import dev.serai.message.FailureClass;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.Losses;
import dev.serai.provider.UpstreamReply;
import dev.serai.provider.WholeExchange;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /videos/generations} and {@code /async-result} of Zhipu. A task is known to the key that asked for it alone. */
public final class ZhipuVideos implements VideoMaker {

    private static final Map<String, String> HEADERS = Map.of("accept-language", "en-US,en");
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final int MOST = 256 * 1024;
    private static final Look.Failed FILTERED =
            new Look.Failed("content_filter", "The video was blocked by the provider's content filter.");
    private static final Look.Failed FAILED =
            new Look.Failed("upstream_error", "The provider could not make the video.");

    private final WholeExchange exchange;
    private final SideExchange side;
    private final RoutesConfigStore routes;
    private final Clock clock;
    private final ZhipuFailures failures = new ZhipuFailures();

    public ZhipuVideos(WholeExchange exchange, SideExchange side, RoutesConfigStore routes, Clock clock) {
        this.exchange = exchange;
        this.side = side;
        this.routes = routes;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "zhipu";
    }

    @Override
    public Begun begin(VideoRequest request, Call call) {
        var target = call.running().target();
        var losses = new Losses(target.refuseLosses());
        byte[] body = ZhipuVideoBody.of(request, target, losses);
        String url = ZhipuMedia.base(call.running().candidate().provider().baseUrl()) + "/videos/generations";
        var whole = exchange.post(call, url, body, HEADERS, failures);
        String task = text(Json.treeIfAny(whole.body()), "id");
        if (task == null || task.isEmpty()) {
            throw new Refusal(whole.failure());
        }
        return new Begun(task, null, null, losses.dropped());
    }

    @Override
    public Look look(Commission commission) throws IOException {
        var key = routes.current()
                .key(commission.provider(), commission.baseUrl(), commission.credential())
                .orElseThrow(() -> new IOException("its key is not configured any more"));
        var url = ZhipuMedia.base(commission.baseUrl()) + "/async-result/"
                + URLEncoder.encode(commission.task(), StandardCharsets.UTF_8);
        var request = new UpstreamRequest(
                "GET", URI.create(url), new byte[0], HEADERS, key, "authorization", "Bearer ", CONNECT, null);
        var reply = side.send(request, LOOK, MOST, abort -> {});
        var answer = Json.treeIfAny(reply.body());
        String status = text(answer, "task_status");
        if (reply.status() != 200 || status == null) {
            return refused(reply);
        }
        return switch (status) {
            case "SUCCESS" -> done(answer.path("video_result").path(0));
            case "FAIL" -> FAILED;
            default -> new Look.Running(true, 0);
        };
    }

    /** Only what says that the task itself is at fault ends it; the rest may pass. */
    private Look refused(SideExchange.Reply reply) throws IOException {
        var failure =
                failures.of(new UpstreamReply(reply.status(), reply.headers()::first, reply.body(), clock.instant()));
        if (failure.type() == FailureClass.CONTENT) {
            return FILTERED;
        }
        if (failure.type() == FailureClass.CLIENT) {
            return FAILED;
        }
        throw new IOException("the provider answers " + reply.status() + ", " + failure.type());
    }

    private static Look done(JsonNode result) {
        String url = text(result, "url");
        return url == null || url.isEmpty() ? FAILED : new Look.Done(url, text(result, "cover_image_url"), null, null);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }
}
