package dev.serai.protocol.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.message.FailureClass;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tests of this wire have in common. */
public final class GeminiWire {

    public static final GeminiProtocol PROTOCOL = new GeminiProtocol();
    public static final UpstreamErrors ERRORS = data -> UpstreamErrors.broken(FailureClass.UPSTREAM);
    public static final GeminiSurface SURFACE = new GeminiSurface(ERRORS, true);
    public static final Reply REPLY = new Reply("req_demo", "demo-1", true, true);
    public static final Reply ARRAY = new Reply("req_demo", "demo-1", true, true, Map.of("framing", "array"), Map.of());
    public static final FakeHead WHOLE = head("demo-1", "generateContent", "");
    public static final FakeHead STREAM = head("demo-1", "streamGenerateContent", "sse");

    private static final JsonNode DOCUMENT = document();

    private GeminiWire() {}

    public static FakeHead head(String model, String verb, String alt) {
        return new FakeHead(
                "/v1beta/models/" + model + ":" + verb,
                Map.of("model", model),
                Map.of(),
                alt.isEmpty() ? Map.of() : Map.of("alt", alt));
    }

    public static Envelope read(String body) {
        return PROTOCOL.read(body.getBytes(UTF_8), WHOLE);
    }

    public static ChatRequest decode(String body) {
        return PROTOCOL.decode(read(body));
    }

    public static Target target(String model) {
        return target(model, null);
    }

    public static Target target(String model, @Nullable String prompt) {
        return new Target(model, false, prompt, Json.object(), null, false);
    }

    public static JsonNode encoded(ChatRequest request, String model) {
        return Wire.json(SURFACE.encode(request, target(model)).bytes());
    }

    /** @return what is wrong with {@code body} as {@code type} of Google's description */
    public static Set<String> faults(String type, JsonNode body) {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("urn:wire"), DOCUMENT)
                .getRefSchema(SchemaLocation.Fragment.of("/$defs/" + type));
        return schema.validate(body).stream().map(Object::toString).collect(Collectors.toSet());
    }

    private static JsonNode document() {
        try (var in = Objects.requireNonNull(GeminiWire.class.getResourceAsStream("/schemas/gemini.schema.json"))) {
            return Wire.json(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
