package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.account.AccessToken;
import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.media.PictureMaker;
import dev.serai.media.Pictures;
import dev.serai.media.Pictures.Picture;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.ImageRequest;
import dev.serai.message.Kind;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.protocol.Losses;
import dev.serai.provider.UpstreamReply;
import dev.serai.stream.SseReader;
import dev.serai.upstream.UpstreamExchange;
import dev.serai.upstream.UpstreamRequest;
import dev.serai.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pictures by a turn with the drawing assistant, in a conversation that is deleted afterwards. */
final class ChatglmPictures implements PictureMaker {

    private static final int MOST_EVENT = 16 * 1024 * 1024;
    private static final Failure BROKEN =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");

    private final SecondTry tries;
    private final ChatglmService service;
    private final BrowserHeaders headers;
    private final UpstreamExchange upstream;
    private final GivenFiles files;
    private final Deletions deletions;
    private final Duration defaultConnect;

    ChatglmPictures(
            SecondTry tries,
            ChatglmService service,
            BrowserHeaders headers,
            UpstreamExchange upstream,
            GivenFiles files,
            Deletions deletions,
            Duration defaultConnect) {
        this.tries = tries;
        this.service = service;
        this.headers = headers;
        this.upstream = upstream;
        this.files = files;
        this.deletions = deletions;
        this.defaultConnect = defaultConnect;
    }

    @Override
    public Pictures make(ImageRequest request, Call call) {
        return tries.of(call, token -> draw(request, call, token));
    }

    private Pictures draw(ImageRequest request, Call call, AccessToken token) {
        var attempt = call.running();
        var target = attempt.target();
        var losses = new Losses(target.refuseLosses());
        byte[] body = DrawingBody.of(request, target, uploads(request, call, token), losses);
        String assistant = DrawingBody.assistant(target.model());
        var drawing = new Drawing();
        try {
            read(call, attempt, upstream.send(call, turn(call, body, assistant, token)), drawing);
        } finally {
            if (!drawing.conversation().isEmpty()) {
                deletions.delete(baseUrl(attempt), token.value(), assistant, drawing.conversation());
            }
        }
        var failure = drawing.failure();
        if (failure != null) {
            throw new Refusal(failure);
        }
        var urls = drawing.urls();
        Integer asked = request.asked();
        if (asked != null && urls.size() < asked) {
            losses.late("n");
        }
        List<Picture> pictures = urls.stream()
                .limit(asked == null ? Long.MAX_VALUE : asked)
                .map(Picture::at)
                .toList();
        return new Pictures(pictures, null, null, null, losses.dropped());
    }

    private List<JsonNode> uploads(ImageRequest request, Call call, AccessToken token) {
        var attempt = call.running();
        var uploaded = new ArrayList<JsonNode>();
        for (var picture : request.pictures()) {
            try (var held = call.memory().scope()) {
                var file = files.of(picture, uploaded.size() + 1, call);
                var told = service.upload(baseUrl(attempt), token.value(), file, attempt::onBreak);
                if (told.fault() == Fault.NONE && Uploaded.of(told.result()) instanceof Part.Opaque part) {
                    uploaded.add(part.raw());
                } else {
                    throw new Refusal(ChatglmFailures.failure(told.fault()));
                }
            } catch (IOException unreachable) {
                throw GivenFiles.unreachable(attempt);
            }
        }
        return uploaded;
    }

    private UpstreamRequest turn(Call call, byte[] body, String assistant, AccessToken token) {
        var provider = call.running().candidate().provider();
        var sent = headers.of(token.value(), assistant);
        sent.put("accept", "text/event-stream");
        var connect = provider.timeouts().or(call.entry().timeouts()).connect();
        return new UpstreamRequest(
                URI.create(provider.baseUrl() + "/chatglm/backend-api/assistant/stream"),
                body,
                sent,
                token.value(),
                "authorization",
                "Bearer ",
                connect == null ? defaultConnect : connect);
    }

    private static void read(Call call, Attempt attempt, UpstreamResponse response, Drawing drawing) {
        long start = call.nanos();
        try (response) {
            if (!response.mediaType().equals("text/event-stream")) {
                byte[] body = response.body().readNBytes(UpstreamReply.MAX_BODY);
                throw new Refusal(ChatglmFailures.failure(Fault.of(response.status(), body)));
            }
            var events = new SseReader(response.body(), MOST_EVENT);
            while (!drawing.ended()
                    && events.read(
                            (name, bytes, from, to, dataFrom, dataTo) -> drawing.frame(bytes, dataFrom, dataTo))) {
                attempt.flowing(call.nanos());
            }
        } catch (IOException | UncheckedIOException e) {
            var broken = attempt.broken();
            throw new Refusal(broken != null ? broken : BROKEN);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private static String baseUrl(Attempt attempt) {
        return attempt.candidate().provider().baseUrl();
    }
}
