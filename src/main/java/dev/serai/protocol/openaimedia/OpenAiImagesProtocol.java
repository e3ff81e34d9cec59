package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.json.Json;
import dev.serai.json.Splice;
import dev.serai.message.ImageRequest;
import dev.serai.protocol.Envelope;
import org.springframework.stereotype.Component;

/** OpenAI Images towards callers (OpenAI API description of 2026-08-21): generations and edits, as JSON and as forms. */
@Component
public final class OpenAiImagesProtocol extends MediaProtocol {

    public static final String NAME = "openai-images";

    @Override
    public String name() {
        return NAME;
    }

    /**
     * The request in canonical form.
     *
     * @param edit a picture is required
     * @throws dev.serai.message.Refusal with the field's name
     */
    public static ImageRequest images(Envelope envelope, boolean edit) {
        return ImageRequestDecoder.decode(MediaMembers.of(envelope), edit);
    }

    /**
     * The request as it goes on to an upstream of the same wire: JSON in its own bytes, a form in a frame of our own.
     *
     * @param model its name of the model
     * @param more members that are set over the caller's
     */
    public static SentBody sent(Envelope envelope, String model, ObjectNode more) {
        var form = MediaEnvelopes.formOf(envelope);
        if (form != null) {
            return form.edited(model, more);
        }
        var splice = new Splice(envelope.body());
        var edit = splice.object(envelope.members()).set("model", Json.bytes(model));
        more.properties().forEach(param -> edit.set(param.getKey(), Json.bytes(param.getValue())));
        return new SentBody("application/json", splice.apply());
    }
}
