package dev.serai.provider.gemini;

import dev.serai.json.Json;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import dev.serai.provider.Access;
import dev.serai.provider.Failures;
import dev.serai.stream.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code models/{model}:generateContent} below a version of the API; the key in a header of Google's own. */
record GeminiAccess(Surface surface, Failures failures) implements Access {

    private static final List<String> VERSIONS = List.of("/v1beta", "/v1", "/v1alpha");
    private static final String DEFAULT_VERSION = "/v1beta";
    private static final String UNRESERVED = "-._~/";
    private static final String HEX = "0123456789ABCDEF";

    @Override
    public String url(String baseUrl, Target target) {
        return url(baseUrl, target, target.stream() ? "streamGenerateContent?alt=sse" : "generateContent");
    }

    @Override
    public String countUrl(String baseUrl, Target target) {
        return url(baseUrl, target, "countTokens");
    }

    /** Wrapped: only so are the system instruction and the tools counted as well. */
    @Override
    public byte[] countBody(Envelope envelope, Target target) {
        var splice = new Splice(envelope.body());
        splice.object(envelope.members()).set("model", Json.bytes(named(target.model())));
        var wrapped = new ByteSink(envelope.body().length + 128);
        wrapped.ascii("{\"generateContentRequest\":");
        wrapped.write(splice.apply());
        wrapped.ascii("}");
        return wrapped.toByteArray();
    }

    /** The resource's name: a model's unless the configuration names another kind. */
    private static String named(String model) {
        boolean rooted = model.startsWith("models/") || model.startsWith("tunedModels/");
        return rooted ? model : "models/" + model;
    }

    private static String url(String baseUrl, Target target, String verb) {
        boolean versioned = VERSIONS.stream().anyMatch(baseUrl::endsWith);
        String model = target.model();
        return baseUrl + (versioned ? "" : DEFAULT_VERSION) + "/" + encoded(named(model)) + ":" + verb;
    }

    @Override
    public String credentialHeader() {
        return "x-goog-api-key";
    }

    @Override
    public String credentialPrefix() {
        return "";
    }

    /** RFC 3986: a name of the configuration may hold anything. */
    private static String encoded(String model) {
        var encoded = new StringBuilder(model.length());
        for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letter || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return encoded.toString();
    }
}
