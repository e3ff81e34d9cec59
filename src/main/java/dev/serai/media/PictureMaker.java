package dev.serai.media;

import dev.serai.call.Call;
import dev.serai.message.ImageRequest;

/** Makes pictures at one kind of upstream, whose wire it knows. Stateless. */
@FunctionalInterface
public interface PictureMaker {

    /**
     * Makes the pictures of a request within the call's attempt.
     *
     * @throws dev.serai.message.Refusal when there are none; its class says whether another candidate may have some
     */
    Pictures make(ImageRequest request, Call call);
}
