package dev.serai.protocol.openairesponses;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.ProviderSignature;
import dev.serai.protocol.Losses;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reasoning items of a passing request that this upstream cannot have issued: those whose seal is another protocol's, and,
 * where nothing is stored, those that hold neither a seal nor the reasoning itself. The upstream would refuse the call.
 */
final class ForeignReasoning {

    private static final byte[] MARK = "\"reasoning\"".getBytes(StandardCharsets.US_ASCII);

    private ForeignReasoning() {}

    static void remove(byte[] body, Span input, Members request, Splice splice, Losses losses) {
        if (!contains(body, input)) {
            return;
        }
        boolean unstored = Boolean.FALSE.equals(request.flag("store"));
        List<Span> items = JsonSpans.elements(body, input);
        int kept = 0;
        for (int i = 0; i < items.size(); i++) {
            Span item = items.get(i);
            if (body[item.from()] != '{' || !isForeign(body, item, unstored)) {
                kept++;
            } else {
                losses.drop("messages.reasoning");
                cut(items, i, kept > 0, splice);
            }
        }
    }

    /** Takes an element out with the comma before it, or, where none is kept before it, behind it. */
    private static void cut(List<Span> items, int i, boolean anyKept, Splice splice) {
        if (anyKept) {
            splice.remove(items.get(i - 1).to(), items.get(i).to());
        } else if (i + 1 < items.size()) {
            splice.remove(items.get(i).from(), items.get(i + 1).from());
        } else {
            splice.remove(items.get(i).from(), items.get(i).to());
        }
    }

    private static boolean isForeign(byte[] body, Span item, boolean unstored) {
        Members members = Members.of(body, JsonObjectSpans.within(body, item));
        if (!members.isText("type", "reasoning")) {
            return false;
        }
        Span seal = members.present("encrypted_content");
        if (seal == null) {
            return unstored && members.present("content") == null;
        }
        String value = body[seal.from()] == '"' ? members.text("encrypted_content") : null;
        return value != null && ProviderSignature.unpack(value).isPresent();
    }

    private static boolean contains(byte[] body, Span input) {
        int last = input.to() - MARK.length;
        for (int at = input.from(); at <= last; at++) {
            if (body[at] == '"' && Arrays.equals(body, at, at + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
