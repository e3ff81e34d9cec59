package dev.serai.protocol.openaimedia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.message.VideoRequest;
import dev.serai.protocol.Envelope;
import org.springframework.stereotype.Component;

/** OpenAI Videos towards callers (OpenAI API description of 2026-08-21), with the members of HelloGML and of Zhipu. */
@Component
public final class OpenAiVideosProtocol extends MediaProtocol {

    public static final String NAME = "openai-videos";

    @Override
    public String name() {
        return NAME;
    }

    /** The request in canonical form. @throws dev.serai.message.Refusal with the field's name */
    public static VideoRequest video(Envelope envelope) {
        return VideoRequestDecoder.decode(MediaMembers.of(envelope));
    }

    /** The request, as {@link OpenAiImagesProtocol#sent}. */
    public static SentBody sent(Envelope envelope, String model, ObjectNode more) {
        return OpenAiImagesProtocol.sent(envelope, model, more);
    }
}
