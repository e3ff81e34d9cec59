package dev.serai.protocol.openaichat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks bodies against published descriptions of the wire. */
public final class Schemas {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonNode OPENAI = document("/schemas/openai-chat.schema.json");
    private static final JsonNode RESPONSES = document("/schemas/openai-responses.schema.json");
    private static final JsonNode ZHIPU = document("/schemas/zhipu-chat.schema.json");

    private Schemas() {}

    /** @return what is wrong with {@code body} as {@code type} of the OpenAI description */
    public static Set<String> openAi(String type, JsonNode body) {
        return check("urn:openai-chat", OPENAI, "/components/schemas/" + type, body);
    }

    /** @return what is wrong with {@code body} as {@code type} of the Responses part of the OpenAI description */
    public static Set<String> openAiResponses(String type, JsonNode body) {
        return check("urn:openai-responses", RESPONSES, "/components/schemas/" + type, body);
    }

    /** @return what is wrong with {@code body} as {@code type} of the Zhipu description */
    public static Set<String> zhipu(String type, JsonNode body) {
        return check("urn:zhipu", ZHIPU, "/$defs/" + type, body);
    }

    private static Set<String> check(String name, JsonNode document, String pointer, JsonNode body) {
        JsonSchema schema =
                FACTORY.getSchema(SchemaLocation.of(name), document).getRefSchema(SchemaLocation.Fragment.of(pointer));
        return schema.validate(body).stream().map(Object::toString).collect(Collectors.toSet());
    }

    private static JsonNode document(String resource) {
        try (var in = Objects.requireNonNull(Schemas.class.getResourceAsStream(resource))) {
            return Wire.json(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
