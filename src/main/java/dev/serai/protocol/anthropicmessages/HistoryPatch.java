package dev.serai.protocol.anthropicmessages;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.JsonSpans;
import dev.serai.json.Members;
import dev.serai.json.Span;
import dev.serai.json.Splice;
import dev.serai.message.SignatureKind;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The edits of a passing request's messages: thinking that the upstream has not sealed is taken out, for it would refuse
 * it; system turns become user text where they are not known. Used once.
 */
final class HistoryPatch {

    private static final byte[] SIGNATURE = "\"signature\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PACKED = Signatures.PACKED.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OPEN = "<system-reminder>\\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "\\n</system-reminder>".getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private final Splice splice;
    private final AnthropicMessagesDialect dialect;

    HistoryPatch(byte[] body, Splice splice, AnthropicMessagesDialect dialect) {
        this.body = body;
        this.splice = splice;
        this.dialect = dialect;
    }

    /** @return false when edits are not enough */
    boolean apply(Members request) {
        Span messages = request.present("messages");
        boolean seals = ByteSearch.contains(body, SIGNATURE) || ByteSearch.contains(body, PACKED);
        if (messages == null || !seals && dialect.takesSystemTurns()) {
            return true;
        }
        for (Span span : JsonSpans.elements(body, messages)) {
            Members message = object(span);
            if (message == null) {
                return false;
            }
            if (message.isText("role", "assistant") && seals && !thinking(message)) {
                return false;
            }
            if (message.isText("role", "system") && !dialect.takesSystemTurns() && !system(message)) {
                return false;
            }
        }
        return true;
    }

    private boolean system(Members message) {
        Span role = message.present("role");
        Span content = message.present("content");
        if (role == null || content == null || body[content.from()] != '"') {
            return false;
        }
        splice.replace(role, Json.bytes("user"));
        splice.insert(content.from() + 1, OPEN);
        splice.insert(content.to() - 1, CLOSE);
        return true;
    }

    private boolean thinking(Members message) {
        Span content = message.present("content");
        if (content == null || body[content.from()] != '[') {
            return true;
        }
        List<Span> blocks = JsonSpans.elements(body, content);
        var foreign = new BitSet();
        for (int i = 0; i < blocks.size(); i++) {
            Members block = object(blocks.get(i));
            foreign.set(i, block != null && isForeign(block));
        }
        if (foreign.cardinality() == blocks.size() && !blocks.isEmpty()) {
            return false;
        }
        remove(foreign, blocks);
        return true;
    }

    private boolean isForeign(Members block) {
        if (block.isText("type", "thinking")) {
            return isForeign(block, "signature", SignatureKind.SIGNATURE);
        }
        return block.isText("type", "redacted_thinking") && isForeign(block, "data", SignatureKind.REDACTED_DATA);
    }

    /** A packed seal of the upstream's own is put back into its raw form. */
    private boolean isForeign(Members block, String name, SignatureKind kind) {
        Span at = block.present(name);
        if (at == null || body[at.from()] != '"') {
            return true;
        }
        String text = block.text(name);
        if (text == null || text.isEmpty()) {
            return true;
        }
        if (!text.startsWith(Signatures.PACKED)) {
            return false;
        }
        var seal = Signatures.read(text, kind, dialect.issuer());
        if (seal == null || !Signatures.own(seal, dialect.issuer())) {
            return true;
        }
        splice.replace(at, Json.bytes(seal.value()));
        return false;
    }

    /** Takes elements out of an array of which at least one stays, each with a comma. */
    private void remove(BitSet which, List<Span> elements) {
        for (int first = which.nextSetBit(0); first >= 0; ) {
            int next = which.nextClearBit(first);
            if (next < elements.size()) {
                splice.remove(elements.get(first).from(), elements.get(next).from());
            } else {
                splice.remove(elements.get(first - 1).to(), elements.getLast().to());
            }
            first = which.nextSetBit(next);
        }
    }

    private @Nullable Members object(Span span) {
        return body[span.from()] == '{' ? Members.of(body, JsonObjectSpans.within(body, span)) : null;
    }
}
