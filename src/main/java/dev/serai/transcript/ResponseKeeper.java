package dev.serai.transcript;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Members;
import java.util.UUID;

/** The response objects of one answer on their way to the caller: shown as the caller asked, and kept when finished. */
final class ResponseKeeper {

    private final Transcripts transcripts;
    private final UUID key;
    private final Draft draft;

    ResponseKeeper(Transcripts transcripts, UUID key, Draft draft) {
        this.transcripts = transcripts;
        this.key = key;
        this.draft = draft;
    }

    /**
     * The object as the caller is to see it; once it is finished, it is kept first.
     *
     * @throws dev.serai.message.Refusal when it is no object
     */
    byte[] pass(byte[] response) {
        var spans = JsonObjectSpans.scan(response);
        byte[] shown = draft.shown(response, spans);
        var members = Members.of(response, spans);
        byte[] inputItems = draft.inputItems();
        if (inputItems != null && (members.isText("status", "completed") || members.isText("status", "incomplete"))) {
            String id = members.text("id");
            transcripts.keep(key, id == null ? "" : id, shown, inputItems);
        }
        return shown;
    }
}
