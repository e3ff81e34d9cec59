package dev.serai.message;

import dev.serai.message.ChatEvent.Cited;
import dev.serai.message.ChatEvent.Finished;
import dev.serai.message.ChatEvent.Logprobs;
import dev.serai.message.ChatEvent.PartComplete;
import dev.serai.message.ChatEvent.ReasoningDelta;
import dev.serai.message.ChatEvent.RefusalDelta;
import dev.serai.message.ChatEvent.Signature;
import dev.serai.message.ChatEvent.Start;
import dev.serai.message.ChatEvent.TextDelta;
import dev.serai.message.ChatEvent.ToolCallArgsDelta;
import dev.serai.message.ChatEvent.ToolCallEnd;
import dev.serai.message.ChatEvent.ToolCallStart;
import dev.serai.message.ChatEvent.UsageReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of an answer that came whole, for a caller who asked for a stream. */
public final class ResponseEvents {

    private ResponseEvents() {}

    public static List<ChatEvent> of(ChatResponse response) {
        var events = new ArrayList<ChatEvent>();
        events.add(new Start(response.id(), response.model(), response.created()));
        for (int i = 0; i < response.parts().size(); i++) {
            part(i, response.parts().get(i), events);
        }
        if (!response.logprobs().isEmpty()) {
            events.add(new Logprobs(0, response.logprobs()));
        }
        Usage usage = response.usage();
        if (usage != null) {
            events.add(new UsageReport(usage));
        }
        events.add(new Finished(response.finish()));
        return List.copyOf(events);
    }

    private static void part(int index, Part part, List<ChatEvent> events) {
        switch (part) {
            case Part.Text text -> {
                events.add(new TextDelta(index, text.text()));
                text.citations().forEach(citation -> events.add(new Cited(index, citation)));
                sign(index, text.signature(), events);
            }
            case Part.RefusalText refusal -> events.add(new RefusalDelta(index, refusal.text()));
            case Part.Reasoning reasoning -> {
                events.add(new ReasoningDelta(index, reasoning.text(), reasoning.form()));
                sign(index, reasoning.signature(), events);
            }
            case Part.ToolCall call -> call(index, call, events);
            case Part.Image media -> events.add(new PartComplete(index, media));
            case Part.Document media -> events.add(new PartComplete(index, media));
            case Part.Audio media -> events.add(new PartComplete(index, media));
            case Part.Video media -> events.add(new PartComplete(index, media));
            case Part.ToolResult result -> events.add(new PartComplete(index, result));
            case Part.Opaque item -> events.add(new PartComplete(index, item));
        }
    }

    private static void call(int index, Part.ToolCall call, List<ChatEvent> events) {
        events.add(new ToolCallStart(index, call.id(), call.name(), call.kind()));
        sign(index, call.signature(), events);
        if (!call.arguments().isEmpty()) {
            events.add(new ToolCallArgsDelta(index, call.arguments()));
        }
        events.add(new ToolCallEnd(index));
    }

    private static void sign(int index, @Nullable ProviderSignature signature, List<ChatEvent> events) {
        if (signature != null) {
            events.add(new Signature(index, signature));
        }
    }
}
