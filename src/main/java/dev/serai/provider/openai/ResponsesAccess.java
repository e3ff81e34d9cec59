package dev.serai.provider.openai;

import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;

/** {@code /responses} below the base URL, with a bearer token. */
record ResponsesAccess(Surface surface, Failures failures) implements Access {

    @Override
    public String url(String baseUrl, Target target) {
        return baseUrl + "/responses";
    }

    @Override
    public String countUrl(String baseUrl, Target target) {
        return baseUrl + "/responses/input_tokens";
    }
}
