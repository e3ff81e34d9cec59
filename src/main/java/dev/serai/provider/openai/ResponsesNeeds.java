package dev.serai.provider.openai;

import dev.serai.message.ChatRequest;
import dev.serai.message.MediaSource;
import dev.serai.message.Message;
import dev.serai.message.Part;
import dev.serai.message.ReasoningOptions.Visibility;
import dev.serai.message.ToolDef;
import dev.serai.protocol.openairesponses.OpenAiResponsesProtocol;

/**
 * What a request may hold that Chat Completions cannot carry and Responses can: the wish to see the reasoning, a web
 * search, a document by its URL, and reasoning that Responses itself has sealed.
 */
final class ResponsesNeeds {

    private ResponsesNeeds() {}

    static boolean any(ChatRequest request) {
        Visibility visibility = request.reasoning().visibility();
        return visibility == Visibility.SUMMARY
                || visibility == Visibility.FULL
                || request.tools().stream().anyMatch(ResponsesNeeds::isWebSearch)
                || request.messages().stream().anyMatch(ResponsesNeeds::isNeeded);
    }

    private static boolean isWebSearch(ToolDef tool) {
        return tool instanceof ToolDef.HostedTool hosted && hosted.kind() == ToolDef.HostedKind.WEB_SEARCH;
    }

    private static boolean isNeeded(Message message) {
        return message.parts().stream().anyMatch(ResponsesNeeds::isNeeded);
    }

    private static boolean isNeeded(Part part) {
        if (part instanceof Part.Document document) {
            return document.source() instanceof MediaSource.Url;
        }
        return part instanceof Part.Reasoning reasoning
                && reasoning.signature() != null
                && reasoning.signature().issuer().equals(OpenAiResponsesProtocol.NAME);
    }
}
