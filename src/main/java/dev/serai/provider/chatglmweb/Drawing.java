package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.provider.MaskedText;
import dev.serai.provider.UpstreamFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pictures in one answer of the drawing assistant, gathered frame by frame. For one thread. */
final class Drawing {

    private static final Failure NOTHING = Failure.of(
            Kind.UPSTREAM_ERROR, FailureClass.EMPTY, "The upstream provider answered with words and no picture.");
    private static final Failure CUT =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.STREAM_BROKEN, "The upstream provider's answer broke off.");
    private static final Failure NO_FRAME =
            Failure.of(Kind.UPSTREAM_ERROR, FailureClass.UPSTREAM, "The upstream provider's answer cannot be read.");
    private static final Pattern LINK = Pattern.compile("(!?)\\[[^\\]]*\\]\\((https?://[^\\s)]+)\\)");
    private static final Pattern PICTURE =
            Pattern.compile("(?i)https?://[^/?#]+/[^?#]*\\.(?:png|jpe?g|webp|gif|bmp|avif)(?:[?#].*)?");
    private static final Pattern NUMBER = Pattern.compile("_(\\d{1,4})_\\d+\\.[A-Za-z]+(?:\\?.*)?$");

    private final Set<String> pictures = new LinkedHashSet<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private String conversation = "";
    private String end = "";
    private boolean ended;
    private @Nullable Failure failure;

    /** Reads one frame. @return whether more may come */
    boolean frame(byte[] bytes, int from, int to) {
        JsonNode frame;
        try {
            frame = Json.tree(bytes, from, to);
        } catch (IOException notJson) {
            failure = NO_FRAME;
            ended = true;
            return false;
        }
        String told = frame.path("conversation_id").asText("");
        conversation = told.isEmpty() ? conversation : told;
        end = frame.path("status").asText("");
        boolean last = end.equals("finish") || end.equals("intervene") || end.equals("error");
        int position = 0;
        for (JsonNode part : frame.path("parts")) {
            part(part, position++, last);
        }
        if (end.equals("error")) {
            failure = ChatglmFailures.failure(Fault.of(frame));
        } else if (end.equals("intervene")) {
            failure = filtered(frame.path("last_error").path("intervene_text").asText(""));
        }
        ended = last;
        return !last;
    }

    private static Failure filtered(String said) {
        return UpstreamFailure.told(
                FailureClass.CONTENT, Kind.CONTENT_BLOCKED, said.isBlank() ? null : MaskedText.of(said), null);
    }

    private void part(JsonNode part, int position, boolean last) {
        String name = part.path("logic_id").asText(part.path("id").asText("#" + position));
        boolean done = last || part.path("status").asText("").equals("finish");
        int index = 0;
        for (JsonNode piece : part.path("content")) {
            index++;
            if (piece.path("type").asText("").equals("image")) {
                piece.path("image")
                        .forEach(image -> picture(image.path("image_url").asText("")));
            } else if (done && piece.path("type").asText("").equals("text")) {
                texts.put(name + "#" + index, piece.path("text").asText(""));
            }
        }
    }

    private void picture(String url) {
        if (url.startsWith("https://") || url.startsWith("http://")) {
            pictures.add(url);
        }
    }

    /** Nothing more is to come. */
    boolean ended() {
        return ended;
    }

    /** Where the answer stands, or {@code ""}. */
    String conversation() {
        return conversation;
    }

    /** Why there are no pictures, or null when there are. */
    @Nullable
    Failure failure() {
        if (failure != null) {
            return failure;
        }
        if (!end.equals("finish")) {
            return CUT;
        }
        if (!urls().isEmpty()) {
            return null;
        }
        boolean silent = texts.values().stream().allMatch(String::isBlank);
        return silent ? UpstreamFailure.of(FailureClass.RATE) : NOTHING;
    }

    /** The pictures in their own order, which is not that of their coming. */
    List<String> urls() {
        if (pictures.isEmpty()) {
            texts.values()
                    .forEach(text -> LINK.matcher(text)
                            .results()
                            .filter(link -> !link.group(1).isEmpty()
                                    || PICTURE.matcher(link.group(2)).matches())
                            .forEach(link -> pictures.add(link.group(2))));
        }
        var urls = new ArrayList<>(pictures);
        if (urls.stream().allMatch(url -> NUMBER.matcher(url).find())) {
            urls.sort(Comparator.comparingInt(Drawing::number));
        }
        return urls;
    }

    private static int number(String url) {
        var number = NUMBER.matcher(url);
        return number.find() ? Integer.parseInt(number.group(1)) : 0;
    }
}
