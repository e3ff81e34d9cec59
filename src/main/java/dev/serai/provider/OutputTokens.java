package dev.serai.provider;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatResponse;
import dev.serai.message.ResponseEvents;
import dev.serai.message.TokenMeter;

/** About how many tokens an answer holds, for an upstream that does not say. */
final class OutputTokens {

    private final TokenMeter meter = new TokenMeter();

    static long of(ChatResponse response) {
        var tokens = new OutputTokens();
        ResponseEvents.of(response).forEach(tokens::add);
        return tokens.count();
    }

    void add(ChatEvent event) {
        switch (event) {
            case ChatEvent.TextDelta delta -> meter.add(delta.text());
            case ChatEvent.RefusalDelta delta -> meter.add(delta.text());
            case ChatEvent.ReasoningDelta delta -> meter.add(delta.text());
            case ChatEvent.ToolCallArgsDelta delta -> meter.add(delta.fragment());
            case ChatEvent.ToolCallStart start -> meter.add(start.name());
            default -> {}
        }
    }

    long count() {
        return meter.tokens();
    }
}
