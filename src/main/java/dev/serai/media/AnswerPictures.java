package dev.serai.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.inbound.BodyBudget;
import dev.serai.json.Json;
import dev.serai.media.Pictures.Picture;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.ImageRequest;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.upstream.GuardedFetch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The last step of a call for pictures: links as they are, or the pictures themselves, fetched for it where need be. */
final class AnswerPictures implements Processor {

    private static final Duration FETCH = Duration.ofSeconds(60);
    private static final Failure LOST = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "A picture was made, but cannot be fetched from its provider.");

    private final GuardedFetch fetch;
    private final BodyBudget budget;
    private final int mostBytes;
    private final Clock clock;

    /** @param mostBytes of one picture */
    AnswerPictures(GuardedFetch fetch, BodyBudget budget, int mostBytes, Clock clock) {
        this.fetch = fetch;
        this.budget = budget;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var pictures = MakePictures.pictures(exchange);
        byte[] passed = pictures.answer();
        if (passed != null) {
            call.answer(new Answer.Whole(200, "application/json", passed));
        } else if (wantsEncoded(MakePictures.request(exchange))) {
            call.answer(encoded(call, pictures));
        } else {
            call.answer(new Answer.Whole(200, "application/json", Json.bytes(links(pictures))));
        }
    }

    private static boolean wantsEncoded(ImageRequest request) {
        return Boolean.TRUE.equals(request.encoded());
    }

    private ObjectNode links(Pictures pictures) {
        var answer = Json.object().put("created", clock.instant().getEpochSecond());
        var data = answer.putArray("data");
        for (Picture picture : pictures.pictures()) {
            var one = data.addObject();
            put(one, "url", picture.url());
            put(one, "b64_json", picture.base64());
            put(one, "revised_prompt", picture.revisedPrompt());
        }
        if (pictures.filter() != null) {
            answer.set("content_filter", pictures.filter());
        }
        return answer;
    }

    private static void put(ObjectNode node, String name, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** Every picture is there before the first byte goes out, so that a failure is told as one. */
    private Answer encoded(Call call, Pictures pictures) {
        var held = new AtomicLong();
        call.atEnd(() -> budget.giveBack(held.getAndSet(0)));
        var bytes = new ArrayList<byte[]>();
        for (Picture picture : pictures.pictures()) {
            byte[] one = bytes(call, picture);
            budget.take(one.length);
            held.addAndGet(one.length);
            bytes.add(one);
        }
        call.running().resting(call.nanos());
        String start = "{\"created\":" + clock.instant().getEpochSecond() + ",\"data\":[";
        var stream = new EncodedPictures(start, bytes, "]" + filter(pictures) + "}", bytes::clear);
        return new Answer.Bytes("application/json", stream.length(), stream);
    }

    private static String filter(Pictures pictures) {
        return pictures.filter() == null
                ? ""
                : ",\"content_filter\":" + new String(Json.bytes(pictures.filter()), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Call call, Picture picture) {
        String url = picture.url();
        if (picture.base64() != null) {
            return decoded(picture.base64());
        }
        var attempt = call.running();
        long start = call.nanos();
        try {
            attempt.flowing(start);
            return fetch.get(url == null ? "" : url, AnswerPictures::isPicture, mostBytes, FETCH, attempt::onBreak)
                    .bytes();
        } catch (GuardedFetch.NotFetched e) {
            var broken = attempt.broken();
            throw new Refusal(broken != null ? broken : LOST);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new Refusal(LOST);
        }
    }

    /** Stores of files often say no more than that they hold bytes. */
    private static boolean isPicture(String type) {
        return type.isEmpty()
                || type.startsWith("image/")
                || List.of("application/octet-stream", "binary/octet-stream").contains(type);
    }
}
