package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.account.AccessToken;
import dev.serai.account.AccessTokens;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.media.Commission;
import dev.serai.media.Look;
import dev.serai.media.VideoMaker;
import dev.serai.message.FailureClass;
import dev.serai.message.Refusal;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.Losses;
import dev.serai.provider.MaskedText;
import dev.serai.provider.UpstreamFailure;
import dev.serai.provider.chatglmweb.ChatglmService.Envelope;
import dev.serai.upstream.UpstreamExchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Videos of the service, looked at with the account that asked for them. A sound track is laid under when they are finished. */
final class ChatglmVideos implements VideoMaker {

    private static final Look.Failed FILTERED =
            new Look.Failed("content_filter", "The video was blocked by the provider's content filter.");
    private static final Look.Failed NO_SOUND =
            new Look.Failed("upstream_error", "The provider could not lay the sound track under the video.");

    private final SecondTry tries;
    private final AccessTokens tokens;
    private final VideoService service;
    private final GivenFiles files;

    ChatglmVideos(SecondTry tries, AccessTokens tokens, VideoService service, GivenFiles files) {
        this.tries = tries;
        this.tokens = tokens;
        this.service = service;
        this.files = files;
    }

    @Override
    public String kind() {
        return ChatglmSurface.PROTOCOL;
    }

    @Override
    public Begun begin(VideoRequest request, Call call) {
        var losses = new Losses(call.running().target().refuseLosses());
        var body = Json.object().put("conversation_id", "").put("prompt", request.prompt());
        body.set("advanced_parameter_extra", VideoOptions.extra(request));
        VideoOptions.checkAudio(request);
        if (request.conversation() != null && !request.conversation().isEmpty()) {
            losses.drop("conversation_id");
        }
        request.others().stream()
                .filter(name -> name.matches("[A-Za-z0-9_]{1,64}"))
                .forEach(losses::drop);
        call.running().committed(false);
        var result = tries.of(call, token -> {
            var asked = body.deepCopy();
            String picture = uploaded(request, call, token);
            if (picture != null) {
                asked.putArray("source_list").add(picture);
            }
            return begun(call, token, Json.bytes(asked));
        });
        String conversation = result.path("conversation_id").asText("");
        return new Begun(
                VideoOptions.task(result.path("chat_id").asText(), request).text(),
                conversation.isEmpty() ? null : conversation,
                null,
                losses.dropped());
    }

    private @Nullable String uploaded(VideoRequest request, Call call, AccessToken token) {
        if (request.pictures().isEmpty()) {
            return null;
        }
        var attempt = call.running();
        try (var held = call.memory().scope()) {
            var file = files.of(request.pictures().getFirst(), 1, call);
            var told = service.upload(baseUrl(call), token.value(), file, attempt::onBreak);
            return text(told, "source_id");
        } catch (IOException unreachable) {
            throw GivenFiles.unreachable(attempt);
        }
    }

    private JsonNode begun(Call call, AccessToken token, byte[] body) {
        var attempt = call.running();
        attempt.committed(true);
        try {
            var told = service.begin(baseUrl(call), token.value(), body, attempt::onBreak);
            attempt.committed(told.fault() == Fault.NONE || told.fault() == Fault.FAILED);
            text(told, "chat_id");
            return told.result();
        } catch (IOException unreachable) {
            if (UpstreamExchange.unsent(unreachable)) {
                attempt.committed(false);
            }
            throw GivenFiles.unreachable(attempt);
        }
    }

    /** A member that must be there. */
    private static String text(Envelope told, String name) {
        if (told.fault() != Fault.NONE) {
            throw new Refusal(ChatglmFailures.failure(told.fault()));
        }
        String text = told.result().path(name).asText("");
        if (text.isEmpty()) {
            throw new Refusal(UpstreamFailure.of(FailureClass.UPSTREAM));
        }
        return text;
    }

    private static String baseUrl(Call call) {
        return call.running().candidate().provider().baseUrl();
    }

    @Override
    public Look look(Commission commission) throws IOException {
        var token = token(commission);
        var task = ChatglmTask.of(commission.task());
        var told = checked(service.look(commission.baseUrl(), token.value(), task.chat()), token);
        if (told.fault() == Fault.FILTERED) {
            return FILTERED;
        }
        var result = told.result();
        return switch (result.path("status").asText("")) {
            case "init" -> new Look.Running(false, 0);
            case "processing" -> new Look.Running(true, 0);
            case "finished" -> done(commission, token, task, result);
            case "" -> throw new IOException("the provider tells no status");
            default -> failed(result);
        };
    }

    private static Look failed(JsonNode result) {
        if (Fault.of(Json.object().put("message", result.path("msg").asText(""))) == Fault.FILTERED) {
            return FILTERED;
        }
        String said = MaskedText.of(result.path("msg").asText(""));
        return new Look.Failed("upstream_error", said.isBlank() ? "The provider could not make the video." : said);
    }

    private Look done(Commission commission, AccessToken token, ChatglmTask task, JsonNode result) throws IOException {
        String url = result.path("video_url").asText("");
        if (task.wantsSound()) {
            var sound = service.sound(commission.baseUrl(), token.value(), task);
            if (sound.fault() == Fault.FILTERED) {
                return FILTERED;
            }
            url = isLasting(sound.fault())
                    ? ""
                    : checked(sound, token).result().path("url").asText("");
            if (url.isEmpty()) {
                return NO_SOUND;
            }
        }
        if (url.isEmpty()) {
            return failed(result);
        }
        return new Look.Done(
                url, told(result, "cover_url"), told(result, "video_duration"), told(result, "resolution"));
    }

    /** What asking for the same sound track again would not change. */
    private static boolean isLasting(Fault fault) {
        return fault == Fault.FORM || fault == Fault.NOT_ALLOWED || fault == Fault.FAILED;
    }

    private static @Nullable String told(JsonNode result, String name) {
        String text = result.path(name).asText("");
        return text.isEmpty() ? null : text;
    }

    /** What may pass is nothing said about the video. */
    private Envelope checked(Envelope told, AccessToken token) throws IOException {
        switch (told.fault()) {
            case NONE, FILTERED -> {
                return told;
            }
            case ACCESS -> tokens.refused(token);
            default -> {
                // the next look comes by itself
            }
        }
        throw new IOException("the provider says " + told.fault());
    }

    private AccessToken token(Commission commission) throws IOException {
        try {
            return tokens.of(commission.credential());
        } catch (Refusal refused) {
            throw new IOException("its account has no access token: " + refused.getMessage());
        }
    }

    @Override
    public void forget(Commission commission) throws IOException {
        var token = token(commission);
        checked(
                service.delete(
                        commission.baseUrl(),
                        token.value(),
                        ChatglmTask.of(commission.task()).chat()),
                token);
    }
}
