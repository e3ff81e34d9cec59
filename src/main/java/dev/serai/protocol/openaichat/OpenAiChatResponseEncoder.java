package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.message.ChatResponse;
import dev.serai.message.Citation;
import dev.serai.message.MediaSource;
import dev.serai.message.Part;
import dev.serai.message.Usage;
import dev.serai.protocol.DataUrls;
import dev.serai.protocol.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A whole answer as {@code chat.completion}. */
final class OpenAiChatResponseEncoder {

    private OpenAiChatResponseEncoder() {}

    /** @param created seconds since 1970, for an answer that does not say */
    static byte[] encode(ChatResponse response, Reply reply, long created) {
        ObjectNode body = Json.object();
        body.put("id", id(response.id(), reply));
        body.put("object", "chat.completion");
        body.put("created", response.created() == 0 ? created : response.created());
        body.put("model", reply.model());
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.set("message", message(response.parts()));
        if (response.logprobs().isEmpty()) {
            choice.putNull("logprobs");
        } else {
            choice.set("logprobs", LogprobFields.write(response.logprobs()));
        }
        choice.put("finish_reason", FinishReasons.encode(response.finish().reason()));
        Usage usage = response.usage();
        if (usage != null) {
            body.set("usage", UsageFields.write(usage));
        }
        if (response.serviceTier() != null) {
            body.put("service_tier", response.serviceTier());
        }
        return Json.bytes(body);
    }

    static String id(String id, Reply reply) {
        return "chatcmpl-" + (id.isEmpty() ? reply.requestId() : id);
    }

    private static ObjectNode message(List<Part> parts) {
        ObjectNode message = Json.object().put("role", "assistant");
        message.putNull("content").putNull("refusal");
        AssistantEncoder.write(parts, message);
        ReasoningDetails.write(parts, message);
        var citations = new ArrayList<Citation>();
        ArrayNode images = Json.array();
        for (Part part : parts) {
            if (part instanceof Part.Text text) {
                citations.addAll(text.citations());
            } else if (part instanceof Part.Image image) {
                addImage(image, images);
            }
        }
        if (!citations.isEmpty()) {
            message.set("annotations", AssistantEncoder.annotations(citations));
        }
        if (!images.isEmpty()) {
            message.set("images", images);
        }
        return message;
    }

    static void addImage(Part.Image image, ArrayNode images) {
        String url = url(image.source());
        if (url != null) {
            images.addObject().put("type", "image_url").putObject("image_url").put("url", url);
        }
    }

    private static @Nullable String url(MediaSource source) {
        return switch (source) {
            case MediaSource.Base64 data -> DataUrls.of(data);
            case MediaSource.Url it -> it.url();
            case MediaSource.FileId it -> null;
            case MediaSource.InlineText it -> null;
        };
    }
}
