package dev.serai.transcript;

import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Members;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.util.Map;

/** As much of OpenAI Responses as the steps around a call need: its name and its top level. */
final class SpokenResponses implements Protocol {

    @Override
    public String name() {
        return "openai-responses";
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        var spans = JsonObjectSpans.scan(body);
        boolean stream = Boolean.TRUE.equals(Members.of(body, spans).flag("stream"));
        return new Envelope(name(), body, spans, "m", stream, stream, "", -1, Map.of());
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ErrorAnswer error(Failure failure, String requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void errorEvent(Failure failure, Reply reply, ByteSink out) {
        throw new UnsupportedOperationException();
    }
}
