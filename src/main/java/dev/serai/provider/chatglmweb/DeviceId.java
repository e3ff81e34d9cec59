package dev.serai.provider.chatglmweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.secret.Secret;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** The device that a token was made for: its claim where it can be read, else one that stays the same for the token. */
final class DeviceId {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private DeviceId() {}

    static String of(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        String claimed = parts.length == 3 ? claim(parts[1]).replace("-", "").toLowerCase(Locale.ROOT) : "";
        return ID.matcher(claimed).matches() ? claimed : Signature.digest("device " + token.reveal());
    }

    private static String claim(String payload) {
        try {
            byte[] json = Base64.getUrlDecoder().decode(payload);
            JsonNode claims = Json.tree(json, 0, json.length);
            return claims.path("device_id").asText("");
        } catch (IOException | IllegalArgumentException unreadable) {
            return "";
        }
    }
}
