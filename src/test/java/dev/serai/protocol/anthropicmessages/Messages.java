package dev.serai.protocol.anthropicmessages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.serai.json.Json;
import dev.serai.message.ChatRequest;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Reply;
import dev.serai.protocol.Target;
import dev.serai.protocol.UpstreamBody;
import dev.serai.protocol.openaichat.Wire;
import dev.serai.testkit.FakeHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the tests of this protocol share. */
final class Messages {

    static final AnthropicMessagesProtocol PROTOCOL = new AnthropicMessagesProtocol();
    static final AnthropicMessagesSurface SURFACE = new AnthropicMessagesSurface();
    static final Reply REPLY = new Reply("req_demo", "demo-1", true, true);
    static final Target TARGET = target("demo-1");

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final JsonNode WIRE = document();

    private Messages() {}

    static Target target(String model) {
        return new Target(model, false, null, Json.object(), null, false);
    }

    static byte[] body(String more) {
        return ("{\"model\":\"m\",\"max_tokens\":100" + (more.isEmpty() ? "" : "," + more) + "}").getBytes(UTF_8);
    }

    /** A message of the user, as a member. */
    static String says(String text) {
        return "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
    }

    static Envelope read(String more) {
        return PROTOCOL.read(body(more), FakeHead.NONE);
    }

    static Envelope read(String more, String version) {
        return PROTOCOL.read(body(more), FakeHead.ofHeaders(Map.of("anthropic-version", version)));
    }

    static ChatRequest decode(String more) {
        return PROTOCOL.decode(read(more));
    }

    static UpstreamBody encode(ChatRequest request, String model) {
        return SURFACE.encode(request, target(model));
    }

    static JsonNode encoded(ChatRequest request, String model) {
        return Wire.json(encode(request, model).bytes());
    }

    static @Nullable UpstreamBody pass(String more, String model) {
        return SURFACE.passthrough(read(more), target(model));
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** @return what is wrong with {@code body} as {@code type} of the wire's description */
    static Set<String> faults(String type, JsonNode body) {
        JsonSchema schema = FACTORY.getSchema(SchemaLocation.of("urn:anthropic"), WIRE)
                .getRefSchema(SchemaLocation.Fragment.of("/definitions/" + type));
        return schema.validate(body).stream().map(Object::toString).collect(Collectors.toSet());
    }

    private static JsonNode document() {
        try (var in =
                Objects.requireNonNull(Messages.class.getResourceAsStream("/schemas/anthropic-messages.schema.json"))) {
            return Wire.json(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
