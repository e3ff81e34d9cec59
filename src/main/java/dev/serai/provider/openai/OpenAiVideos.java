package dev.serai.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.media.Commission;
import dev.serai.media.Look;
import dev.serai.media.VideoMaker;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.openaimedia.OpenAiVideosProtocol;
import dev.serai.provider.MaskedText;
import dev.serai.provider.WholeExchange;
import dev.serai.routing.config.RoutesConfigStore;
import dev.serai.upstream.SideExchange;
import dev.serai.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /videos} of OpenAI and of what is compatible with it: the caller's own request; the bytes come from there too. */
public final class OpenAiVideos implements VideoMaker {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final int MOST = 256 * 1024;

    private final WholeExchange exchange;
    private final SideExchange side;
    private final RoutesConfigStore routes;
    private final OpenAiFailures failures = new OpenAiFailures();

    public OpenAiVideos(WholeExchange exchange, SideExchange side, RoutesConfigStore routes) {
        this.exchange = exchange;
        this.side = side;
        this.routes = routes;
    }

    @Override
    public String kind() {
        return "openai";
    }

    @Override
    public Begun begin(VideoRequest request, Call call) {
        var target = call.running().target();
        var sent = OpenAiVideosProtocol.sent(call.envelope(), target.model(), target.customParams());
        var whole = exchange.post(
                call,
                call.running().candidate().provider().baseUrl() + "/videos",
                sent.bytes(),
                sent.headers(),
                failures);
        var video = Json.treeIfAny(whole.body());
        String task = text(video, "id");
        if (task == null || task.isEmpty()) {
            throw new Refusal(whole.failure());
        }
        return new Begun(task, null, null, List.of(), new Told(text(video, "size"), seconds(text(video, "seconds"))));
    }

    private static @Nullable Integer seconds(@Nullable String told) {
        return told != null && told.matches("[0-9]{1,5}") ? Integer.valueOf(told) : null;
    }

    @Override
    public Look look(Commission commission) throws IOException {
        var reply = side.send(request(commission, "GET", ""), LOOK, MOST, abort -> {});
        var video = Json.treeIfAny(reply.body());
        String status = text(video, "status");
        if (reply.status() == 404) {
            return new Look.Failed("upstream_error", "The provider does not know the video any more.");
        }
        if (reply.status() != 200 || status == null) {
            throw new IOException("the provider answers " + reply.status());
        }
        return switch (status) {
            case "completed" -> new Look.Done("", null, text(video, "seconds"), text(video, "size"));
            case "failed" -> failed(video.path("error"));
            default ->
                new Look.Running(
                        !status.equals("queued"), video.path("progress").asInt(0));
        };
    }

    private static Look failed(JsonNode error) {
        String code = text(error, "code");
        String message = text(error, "message");
        boolean filtered = code != null && (code.contains("moderation") || code.contains("content"));
        return new Look.Failed(
                filtered ? "content_filter" : "upstream_error",
                message == null || message.isBlank()
                        ? "The provider could not make the video."
                        : MaskedText.of(message));
    }

    @Override
    public UpstreamRequest content(Commission commission, boolean cover) throws IOException {
        return request(commission, "GET", cover ? "/content?variant=thumbnail" : "/content");
    }

    @Override
    public void forget(Commission commission) throws IOException {
        side.send(request(commission, "DELETE", ""), LOOK, MOST, abort -> {});
    }

    private UpstreamRequest request(Commission commission, String method, String rest) throws IOException {
        boolean keyless = commission.credential().isEmpty();
        var key = keyless
                ? null
                : routes.current()
                        .key(commission.provider(), commission.baseUrl(), commission.credential())
                        .orElseThrow(() -> new IOException("its key is not configured any more"));
        String url =
                commission.baseUrl() + "/videos/" + URLEncoder.encode(commission.task(), StandardCharsets.UTF_8) + rest;
        return new UpstreamRequest(
                method, URI.create(url), new byte[0], Map.of(), key, "authorization", "Bearer ", CONNECT, SILENCE);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }
}
