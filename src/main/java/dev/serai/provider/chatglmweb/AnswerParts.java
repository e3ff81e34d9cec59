package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of one answer as its frames tell them, merged by their names: a frame that lacks one does not end it. */
final class AnswerParts {

    private static final int MOST = 2_000;
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    private final AnswerEvents answer;
    private final Sources sources;
    private final StreamStyle style;
    private final boolean whole;
    private final boolean showsReasoning;
    private final Map<Place, Slot> slots = new LinkedHashMap<>();
    private boolean tooLarge;

    private record Place(String part, int index, String type) {}

    private static final class Slot {
        private final GrowingText text;
        private boolean begun;
        private boolean done;

        private Slot(StreamStyle style) {
            this.text = new GrowingText(style);
        }
    }

    /** @param whole nothing is shown before {@link #end} */
    AnswerParts(AnswerEvents answer, Sources sources, StreamStyle style, boolean whole, boolean showsReasoning) {
        this.answer = answer;
        this.sources = sources;
        this.style = style;
        this.whole = whole;
        this.showsReasoning = showsReasoning;
    }

    /** @param last the frame ends the answer, and so its parts */
    void read(JsonNode parts, boolean last) {
        for (int i = 0; i < parts.size(); i++) {
            part(parts.get(i), i, last);
        }
    }

    /** There is more of it than is kept: it cannot be told as a whole. */
    boolean tooLarge() {
        return tooLarge;
    }

    /** The answer is whole. */
    void end() {
        if (whole) {
            slots.forEach((place, slot) -> show(place, slot, slot.text.toString()));
        }
    }

    private void part(JsonNode part, int position, boolean last) {
        String name = part.path("logic_id").asText(part.path("id").asText(""));
        JsonNode content = part.path("content");
        boolean partDone = last || part.path("status").asText("").equals("finish");
        sources.read(part.path("meta_data"));
        for (int i = 0; i < content.size(); i++) {
            JsonNode piece = content.get(i);
            var place = new Place(
                    name.isEmpty() ? "#" + position : name,
                    i,
                    piece.path("type").asText(""));
            var slot = slots.get(place);
            if (slot == null && slots.size() < MOST) {
                slot = new Slot(style);
                slots.put(place, slot);
            }
            if (slot == null) {
                tooLarge = true;
            } else {
                take(place, slot, piece, part, partDone);
                tooLarge |= slot.text.length() > MOST_CHARACTERS;
            }
        }
    }

    private void take(Place place, Slot slot, JsonNode piece, JsonNode part, boolean done) {
        switch (place.type) {
            case "text", "think", "code" ->
                grow(place, slot, piece.path(place.type).asText(""), done);
            case "image", "execution_output" -> {
                if (done && !slot.done) {
                    slot.done = true;
                    grow(place, slot, once(place.type, piece), true);
                }
            }
            case "quote_result" -> {
                if (done && !slot.done) {
                    slot.done = true;
                    sources.readQuotes(part.path("meta_data"));
                }
            }
            default -> {
                // the service's own tools, and what nobody knows
            }
        }
    }

    private void grow(Place place, Slot slot, String told, boolean done) {
        String more = slot.text.take(told, done);
        if (!whole && !more.isEmpty()) {
            show(place, slot, more);
        }
    }

    private static String once(String type, JsonNode piece) {
        if (type.equals("execution_output")) {
            return piece.path("content").asText("").strip();
        }
        var pictures = new StringBuilder();
        for (JsonNode image : piece.path("image")) {
            String url = image.path("image_url").asText("");
            if (url.startsWith("https://") || url.startsWith("http://")) {
                pictures.append(pictures.isEmpty() ? "" : "\n")
                        .append("![image](")
                        .append(url)
                        .append(')');
            }
        }
        return pictures.toString();
    }

    private void show(Place place, Slot slot, String more) {
        if (more.isEmpty()) {
            return;
        }
        boolean begins = !slot.begun;
        slot.begun = true;
        switch (place.type) {
            case "text" -> answer.text(more, begins);
            case "think" -> {
                if (showsReasoning) {
                    answer.reasoning(more, begins);
                }
            }
            case "code" -> answer.code(more);
            case "image" -> answer.line(more);
            case "execution_output" -> answer.block(more);
            default -> {
                // shows nothing
            }
        }
    }
}
