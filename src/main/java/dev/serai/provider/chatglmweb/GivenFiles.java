package dev.serai.provider.chatglmweb;

import dev.serai.call.Attempt;
import dev.serai.call.Call;
import dev.serai.message.FailureClass;
import dev.serai.message.GivenPicture;
import dev.serai.message.Refusal;
import dev.serai.provider.UpstreamFailure;
import dev.serai.upstream.GuardedFetch;
import java.time.Duration;

/** The bytes of the pictures that come with a request for media; those that stand somewhere are fetched. Thread-safe. */
final class GivenFiles {

    private static final int MOST_BYTES = 32 * 1024 * 1024;
    private static final Duration FETCH = Duration.ofSeconds(30);

    private final GuardedFetch fetch;

    GivenFiles(GuardedFetch fetch) {
        this.fetch = fetch;
    }

    /**
     * The picture as a file. Its bytes, where they are fetched, and those of the form that it goes out in are held by the call.
     *
     * @param number its place among the request's pictures, from 1
     * @throws Refusal when it cannot be fetched
     */
    MediaFile of(GivenPicture picture, int number, Call call) {
        var file = file(picture, number, call);
        call.memory().hold(file.bytes().length);
        return file;
    }

    private MediaFile file(GivenPicture picture, int number, Call call) {
        return switch (picture) {
            case GivenPicture.Sent sent -> {
                String type = sent.mediaType().isEmpty() ? "image/png" : sent.mediaType();
                yield sent.name().isEmpty()
                        ? MediaFile.unnamed(number, type, sent.bytes())
                        : new MediaFile(sent.name(), type, sent.bytes());
            }
            case GivenPicture.Linked linked -> fetched(linked, number, call);
        };
    }

    private MediaFile fetched(GivenPicture.Linked linked, int number, Call call) {
        var attempt = call.running();
        try {
            var file = fetch.get(
                    linked.url(), type -> type.startsWith("image/"), MOST_BYTES, FETCH, attempt::onBreak, call);
            return MediaFile.unnamed(number, file.mediaType(), file.bytes());
        } catch (GuardedFetch.NotFetched e) {
            var broken = attempt.broken();
            if (broken != null) {
                throw new Refusal(broken);
            }
            throw ChatglmFailures.unsupported(linked.path(), "only pictures that can be fetched: " + e.getMessage());
        }
    }

    /** Why an exchange beside the attempt's own gave nothing. */
    static Refusal unreachable(Attempt attempt) {
        var broken = attempt.broken();
        return new Refusal(broken != null ? broken : UpstreamFailure.of(FailureClass.NETWORK));
    }
}
