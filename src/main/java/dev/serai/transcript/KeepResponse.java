package dev.serai.transcript;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.message.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Keeps the response that answers a call, so that it can be asked for and built on; see {@link RecallResponse}. */
final class KeepResponse implements Processor {

    private final Transcripts transcripts;

    KeepResponse(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var draft = Draft.of(exchange);
        var answer = call.answer();
        if (draft == null || answer == null) {
            return;
        }
        var keeper = new ResponseKeeper(transcripts, call.key().id(), draft);
        call.answer(
                switch (answer) {
                    case Answer.Bytes bytes -> bytes;
                    case Answer.Whole whole -> kept(whole, keeper);
                    case Answer.Streamed streamed ->
                        new Answer.Streamed(streamed.contentType(), new KeptStream(streamed.stream(), keeper));
                });
    }

    private static Answer kept(Answer.Whole answer, ResponseKeeper keeper) {
        try {
            return new Answer.Whole(answer.status(), answer.contentType(), keeper.pass(answer.body()));
        } catch (Refusal noResponse) {
            return answer;
        }
    }
}
