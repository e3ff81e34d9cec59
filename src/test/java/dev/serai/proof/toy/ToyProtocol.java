package dev.serai.proof.toy;

import dev.serai.json.Json;
import dev.serai.json.JsonObjectSpans;
import dev.serai.json.Members;
import dev.serai.message.ChatEvent;
import dev.serai.message.ChatRequest;
import dev.serai.message.ChatResponse;
import dev.serai.message.Failure;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import dev.serai.message.Role;
import dev.serai.message.StreamOptions;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.ErrorAnswer;
import dev.serai.protocol.Protocol;
import dev.serai.protocol.Reply;
import dev.serai.protocol.RequestHead;
import dev.serai.protocol.StreamEncoder;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A wire format of three members: {@code {"to":…,"ask":…,"stream":…}} in, {@code {"answer":…}} or lines of events out. */
final class ToyProtocol implements Protocol {

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public Envelope read(byte[] body, RequestHead head) {
        var spans = JsonObjectSpans.scan(body);
        var members = Members.of(body, spans);
        boolean stream = Boolean.TRUE.equals(members.flag("stream"));
        return new Envelope(name(), body, spans, required("to", members.text("to")), stream, false, "", -1, Map.of());
    }

    @Override
    public ChatRequest decode(Envelope envelope) {
        var members = Members.of(envelope.body(), envelope.members());
        return ChatRequest.builder(envelope.model())
                .messages(List.of(Message.of(Role.USER, required("ask", members.text("ask")))))
                .stream(new StreamOptions(envelope.stream(), false))
                .build();
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw Refusal.invalid(name, name + " is missing");
        }
        return value;
    }

    @Override
    public byte[] encode(ChatResponse response, Reply reply) {
        String text = response.parts().stream()
                .map(part -> part instanceof Part.Text it ? it.text() : "")
                .collect(Collectors.joining());
        return Json.bytes(Json.object().put("answer", text));
    }

    @Override
    public StreamEncoder streamEncoder(Reply reply) {
        return new StreamEncoder() {
            @Override
            public void encode(ChatEvent event, ByteSink out) {
                if (event instanceof ChatEvent.TextDelta delta) {
                    out.utf8("data: " + delta.text() + "\n\n");
                }
            }

            @Override
            public void end(ByteSink out) {
                out.ascii("data: over\n\n");
            }
        };
    }

    @Override
    public ErrorAnswer error(Failure failure, String requestId) {
        return new ErrorAnswer(
                failure.kind().status(),
                Map.of(),
                ("{\"oops\":\"" + failure.message() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void errorEvent(Failure failure, Reply reply, ByteSink out) {
        out.utf8("event: oops\ndata: " + failure.message() + "\n\n");
    }
}
