package dev.serai.provider;

import dev.serai.message.ChatEvent;
import dev.serai.message.ChatResponse;
import dev.serai.message.ResponseEvents;

/** How much text an answer holds, in bytes of UTF-8, as far as an estimate of its tokens needs it. */
final class OutputSize {

    private OutputSize() {}

    static long of(ChatResponse response) {
        return ResponseEvents.of(response).stream().mapToLong(OutputSize::of).sum();
    }

    static long of(ChatEvent event) {
        return switch (event) {
            case ChatEvent.TextDelta delta -> bytes(delta.text());
            case ChatEvent.RefusalDelta delta -> bytes(delta.text());
            case ChatEvent.ReasoningDelta delta -> bytes(delta.text());
            case ChatEvent.ToolCallArgsDelta delta -> bytes(delta.fragment());
            case ChatEvent.ToolCallStart start -> bytes(start.name());
            default -> 0;
        };
    }

    private static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }
}
