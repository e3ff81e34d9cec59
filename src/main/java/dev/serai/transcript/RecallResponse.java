package dev.serai.transcript;

import dev.serai.call.Call;
import dev.serai.inbound.BodyBudget;
import dev.serai.json.Members;
import dev.serai.json.Splice;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Makes a request of OpenAI Responses stand for itself: what came before {@code previous_response_id} is put in front of its
 * input, and the upstream is told to keep nothing, since the gateway does. The request's bytes are edited, so that it can
 * go either lane; the limits of a body hold for what comes out.
 */
final class RecallResponse implements Processor {

    private static final String PROTOCOL = "openai-responses";
    private static final String PREVIOUS = "previous_response_id";
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final Transcripts transcripts;
    private final BodyBudget budget;
    private final DataSize maxBody;
    private final boolean counting;

    /** @param counting the request only counts tokens: there will be no answer to keep */
    RecallResponse(Transcripts transcripts, BodyBudget budget, DataSize maxBody, boolean counting) {
        this.transcripts = transcripts;
        this.budget = budget;
        this.maxBody = maxBody;
        this.counting = counting;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var envelope = call.envelope();
        var protocol = call.protocol();
        if (protocol == null || !envelope.protocol().equals(PROTOCOL)) {
            return;
        }
        var members = Members.of(envelope.body(), envelope.members());
        String previous = members.text(PREVIOUS);
        boolean store = !Boolean.FALSE.equals(members.flag("store")) && !counting;
        if (previous == null && !store) {
            return;
        }
        var recalled = previous == null ? null : recalled(call, previous);
        boolean keep = store && transcripts.enabled();
        hold(call, recalled, keep);
        byte @Nullable [] items = recalled == null && !keep ? null : InputItems.of(members, envelope.body(), recalled);
        change(call, protocol, edited(envelope, members, recalled == null ? null : items, store));
        if (!counting) {
            exchange.setProperty(Draft.PROPERTY, new Draft(previous, keep, keep ? items : null));
        }
    }

    private Transcript recalled(Call call, String previous) {
        return transcripts.find(call.key().id(), previous).orElseThrow(() -> {
            String shown = previous.length() <= 128 ? previous : previous.substring(0, 128) + "…";
            return new Refusal(new Failure(
                    Kind.PREVIOUS_RESPONSE_NOT_FOUND,
                    FailureClass.CLIENT,
                    "Previous response with id '" + shown + "' not found.",
                    PREVIOUS,
                    null));
        });
    }

    /** Counts what the request grows by, and what is held of it to the end of the call, against the bound on bodies. */
    private void hold(Call call, @Nullable Transcript recalled, boolean keep) {
        long grown = recalled == null ? 0 : recalled.size();
        long held = grown + (keep ? grown + call.requestBytes() : 0);
        if (held > 0) {
            budget.take(held);
            call.atEnd(() -> budget.giveBack(held));
        }
    }

    private static byte[] edited(Envelope envelope, Members members, byte @Nullable [] items, boolean store) {
        var splice = new Splice(envelope.body());
        var edit = splice.object(envelope.members());
        if (items != null) {
            edit.remove(PREVIOUS).set("input", items);
        }
        if (store) {
            edit.set("store", FALSE);
            byte[] include = Include.withReasoning(members, envelope.body());
            if (include != null) {
                edit.set("include", include);
            }
        }
        return splice.apply();
    }

    private void change(Call call, Protocol protocol, byte[] body) {
        if (body.length > maxBody.toBytes()) {
            throw new Refusal(
                    Kind.REQUEST_TOO_LARGE,
                    "The request exceeds " + maxBody.toMegabytes() + " MiB together with what came before it.");
        }
        call.decode(counting ? protocol.readCount(body, call.client()) : protocol.read(body, call.client()));
    }
}
