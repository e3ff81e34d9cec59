package dev.serai.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code error} member of an answer: an object, in some servers a string. */
public final class UpstreamErrorFields {

    private UpstreamErrorFields() {}

    /** Reads the parser's current value. @return null when it is null */
    public static @Nullable UpstreamError read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_FALSE) {
            return null;
        }
        if (token != JsonToken.START_OBJECT) {
            String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
            parser.skipChildren();
            return new UpstreamError("", "", text);
        }
        String code = "";
        String type = "";
        String message = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            String value = parser.nextToken().isScalarValue() ? parser.getValueAsString("") : "";
            parser.skipChildren();
            switch (name) {
                case "code" -> code = value;
                case "type" -> type = value;
                case "message" -> message = value;
                default -> {}
            }
        }
        return new UpstreamError(code, type, message);
    }
}
