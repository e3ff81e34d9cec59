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
            case Part.Text(var text, var citations, var _, var signature) -> {
                events.add(new TextDelta(index, text));
                citations.forEach(citation -> events.add(new Cited(index, citation)));
                sign(index, signature, events);
            }
            case Part.RefusalText(var text) -> events.add(new RefusalDelta(index, text));
            case Part.Reasoning(var text, var form, var signature) -> {
                events.add(new ReasoningDelta(index, text, form));
                sign(index, signature, events);
            }
            case Part.ToolCall(var id, var name, var kind, var arguments, var signature) -> {
                events.add(new ToolCallStart(index, id, name, kind));
                sign(index, signature, events);
                if (!arguments.isEmpty()) {
                    events.add(new ToolCallArgsDelta(index, arguments));
                }
                events.add(new ToolCallEnd(index));
            }
            case Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Video _,
                    Part.ToolResult _,
                    Part.Opaque _ -> events.add(new PartComplete(index, part));
        }
    }

    private static void sign(int index, @Nullable ProviderSignature signature, List<ChatEvent> events) {
        if (signature != null) {
            events.add(new Signature(index, signature));
        }
    }
}
