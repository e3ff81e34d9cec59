package dev.serai.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.protocol.Protocols;
import dev.serai.protocol.RequestHead;
import dev.serai.routing.config.ModelEntry;
import java.time.Instant;
import java.util.List;

/** How one protocol's clients read models. */
interface ModelShape {

    /** The shape that a request means, by its path, headers and query. */
    static ModelShape meantBy(RequestHead head) {
        return switch (Protocols.meantBy(head)) {
            case "anthropic-messages" -> new AnthropicModels();
            case "gemini" -> new GeminiModels();
            default -> new OpenAiModels();
        };
    }

    /** One model. @param created dates what the configuration does not */
    ObjectNode card(ModelEntry entry, Instant created);

    /**
     * The page of the list that the request asks for.
     *
     * @param entries all that the caller may see, in their order
     * @throws dev.serai.message.Refusal that names the parameter at fault
     */
    ObjectNode list(List<ModelEntry> entries, RequestHead head, Instant created);
}
