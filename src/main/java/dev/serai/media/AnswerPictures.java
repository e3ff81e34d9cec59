package dev.serai.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.media.Pictures.Picture;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.upstream.GuardedFetch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** The last step of a call for pictures: links as they are, or the pictures themselves, fetched for it where need be. */
final class AnswerPictures implements Processor {

    private static final Duration FETCH = Duration.ofSeconds(60);
    private static final Failure LOST = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "A picture was made, but cannot be fetched from its provider.");

    private final GuardedFetch fetch;
    private final int mostBytes;
    private final Clock clock;

    /** @param mostBytes of one picture */
    AnswerPictures(GuardedFetch fetch, int mostBytes, Clock clock) {
        this.fetch = fetch;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var pictures = MakePictures.pictures(exchange);
        boolean encoded = Boolean.TRUE.equals(MakePictures.request(exchange).encoded());
        MakePictures.release(exchange);
        call.running().resting(call.nanos());
        byte[] passed = pictures.answer();
        if (passed != null) {
            call.answer(new Answer.Whole(200, "application/json", passed));
        } else if (encoded) {
            call.answer(encoded(call, pictures));
        } else {
            call.answer(new Answer.Whole(200, "application/json", Json.bytes(links(pictures))));
        }
        call.onBreak(call.client()::cut);
    }

    private ObjectNode links(Pictures pictures) {
        var answer = Json.object().put("created", created(pictures));
        var data = answer.putArray("data");
        for (Picture picture : pictures.pictures()) {
            var one = data.addObject();
            put(one, "url", picture.url());
            put(one, "b64_json", picture.base64());
            put(one, "revised_prompt", picture.revisedPrompt());
        }
        answer.setAll(rest(pictures));
        return answer;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private long created(Pictures pictures) {
        var told = pictures.told();
        return told != null && told.path("created").isIntegralNumber()
                ? told.path("created").longValue()
                : clock.instant().getEpochSecond();
    }

    /** What the provider says of all pictures together. */
    private static ObjectNode rest(Pictures pictures) {
        var told = pictures.told();
        return told == null ? Json.object() : told.deepCopy().without(List.of("created", "data"));
    }

    /** Every picture is there before the first byte goes out, so that a failure is told as one. */
    private Answer encoded(Call call, Pictures pictures) {
        var all = new ArrayList<EncodedPictures.One>();
        for (Picture picture : pictures.pictures()) {
            all.add(new EncodedPictures.One(bytes(call, picture), more(picture)));
        }
        var broken = call.broken();
        if (broken != null) {
            throw new Refusal(broken);
        }
        String rest = text(rest(pictures));
        var stream = new EncodedPictures(
                "{\"created\":" + created(pictures) + ",\"data\":[",
                all,
                rest.equals("{}") ? "]}" : "]," + rest.substring(1),
                call.memory()::letGo);
        return new Answer.Bytes("application/json", stream.length(), stream);
    }

    /** The members beside a picture's bytes, each with a comma before it. */
    private static String more(Picture picture) {
        var more = Json.object();
        put(more, "revised_prompt", picture.revisedPrompt());
        String text = text(more);
        return more.isEmpty() ? "" : "," + text.substring(1, text.length() - 1);
    }

    private static String text(ObjectNode node) {
        return new String(Json.bytes(node), StandardCharsets.UTF_8);
    }

    /** Depends on the call alone: the attempt that made the pictures may have been broken off after the last one that is there. */
    private byte[] bytes(Call call, Picture picture) {
        String url = picture.url();
        if (picture.base64() != null) {
            return decoded(call, picture.base64());
        }
        long start = call.nanos();
        try {
            return fetch.get(url == null ? "" : url, AnswerPictures::isPicture, mostBytes, FETCH, call::onBreak, call)
                    .bytes();
        } catch (GuardedFetch.NotFetched e) {
            var broken = call.broken();
            throw new Refusal(broken != null ? broken : LOST);
        } finally {
            call.waited(call.nanos() - start);
        }
    }

    private static byte[] decoded(Call call, String base64) {
        long most = base64.length() / 4 * 3L + 3;
        call.memory().hold(most);
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            call.memory().letGo(most - bytes.length);
            return bytes;
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
