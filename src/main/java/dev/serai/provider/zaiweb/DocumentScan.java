package dev.serai.provider.zaiweb;

import java.util.List;

/**
 * Reads a message document from its start, character by character, into its two texts: reasoning, which is what stands in
 * {@code <details type="reasoning">}, and the answer, which is what stands outside of it and of {@code <glm_block>}. Text
 * that may still become a tag belongs to neither until more of it is known.
 */
final class DocumentScan {

    private enum Place {
        OUTSIDE,
        REASONING,
        SUMMARY,
        BLOCK,
        FOREIGN;

        List<DocumentTag> tags() {
            return switch (this) {
                case OUTSIDE -> DocumentTag.OUTSIDE;
                case REASONING -> DocumentTag.REASONING;
                case SUMMARY -> DocumentTag.IN_SUMMARY;
                case BLOCK -> DocumentTag.IN_BLOCK;
                case FOREIGN -> DocumentTag.FOREIGN;
            };
        }
    }

    private final HeldText answer = new HeldText();
    private final QuotedText reasoning = new QuotedText();
    private final StringBuilder tag = new StringBuilder();
    private Place place = Place.OUTSIDE;
    private Place aroundBlock = Place.OUTSIDE;
    private int plainDetails;
    private boolean sawReasoning;

    /** Where a reading stood. */
    record Stand(
            HeldText.Stand answer,
            QuotedText.Stand reasoning,
            String tag,
            Place place,
            Place aroundBlock,
            int plainDetails,
            boolean sawReasoning) {}

    Stand stand() {
        return new Stand(
                answer.stand(), reasoning.stand(), tag.toString(), place, aroundBlock, plainDetails, sawReasoning);
    }

    /** Goes back to where it stood, to read on from there. */
    void back(Stand to) {
        answer.back(to.answer);
        reasoning.back(to.reasoning);
        tag.setLength(0);
        tag.append(to.tag);
        place = to.place;
        aroundBlock = to.aroundBlock;
        plainDetails = to.plainDetails;
        sawReasoning = to.sawReasoning;
    }

    /**
     * Goes on reading.
     *
     * @param thinking what stands outside of everything is reasoning, because the upstream says so; not believed any more
     *     once there was a block of reasoning
     */
    void read(CharSequence text, boolean thinking) {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i), thinking);
        }
    }

    /** The document is whole: what was held as a tag is text. */
    void end() {
        var rest = tag.toString();
        tag.setLength(0);
        text(rest, false);
    }

    StringBuilder answer() {
        return answer.text();
    }

    StringBuilder reasoning() {
        return reasoning.text();
    }

    private void read(char c, boolean thinking) {
        if (tag.isEmpty() && c != '<') {
            text(c, thinking);
            return;
        }
        tag.append(c);
        var found = DocumentTag.find(tag, place.tags());
        if (found == null) {
            spill(thinking);
        } else if (found.match(tag) == DocumentTag.Match.WHOLE) {
            var whole = tag.toString();
            tag.setLength(0);
            pass(found, whole, thinking);
        }
    }

    /** It was no tag: its first character is text, and a tag may begin in the rest. */
    private void spill(boolean thinking) {
        var held = tag.toString();
        tag.setLength(0);
        text(held.charAt(0), thinking);
        for (int i = 1; i < held.length(); i++) {
            read(held.charAt(i), thinking);
        }
    }

    private void pass(DocumentTag found, String whole, boolean thinking) {
        switch (found) {
            case DETAILS -> details(whole, thinking);
            case DETAILS_END -> detailsEnd(whole, thinking);
            case SUMMARY -> place = Place.SUMMARY;
            case SUMMARY_END -> {
                place = Place.REASONING;
                reasoning.summaryEnded();
            }
            case BLOCK -> {
                if (place == Place.OUTSIDE) {
                    answer.leftOut();
                }
                aroundBlock = place;
                place = Place.BLOCK;
            }
            case BLOCK_END -> place = aroundBlock;
            case FULL, FULL_END, THINKING_END -> {
                // means nothing
            }
        }
    }

    /** Details without a type are the model's own markup and stay in its text. */
    private void details(String whole, boolean thinking) {
        if (!whole.contains("type=")) {
            plainDetails++;
            text(whole, thinking);
        } else if (whole.contains("type=\"reasoning\"")) {
            sawReasoning = true;
            place = Place.REASONING;
            reasoning.open();
        } else {
            place = Place.FOREIGN;
        }
    }

    private void detailsEnd(String whole, boolean thinking) {
        if (place == Place.OUTSIDE && plainDetails > 0) {
            plainDetails--;
            text(whole, thinking);
        }
        place = Place.OUTSIDE;
    }

    private void text(String text, boolean thinking) {
        text.chars().forEach(c -> text((char) c, thinking));
    }

    private void text(char c, boolean thinking) {
        switch (place) {
            case OUTSIDE -> {
                if (thinking && !sawReasoning) {
                    reasoning.appendPlain(c);
                } else {
                    answer.append(c);
                }
            }
            case REASONING -> reasoning.append(c);
            case SUMMARY, BLOCK, FOREIGN -> {
                // for nobody
            }
        }
    }
}
