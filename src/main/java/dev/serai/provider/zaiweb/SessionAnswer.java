package dev.serai.provider.zaiweb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the path of sessions answers with.
 *
 * @param token to call with from now on, or null when it told none
 * @param userId {@code ""} when neither the answer nor its token tells one
 */
record SessionAnswer(@Nullable Secret token, String userId, boolean guest) {

    static SessionAnswer of(JsonNode answer) {
        var token = answer.path("token").asText("");
        var id = answer.path("id").asText("");
        return new SessionAnswer(
                token.isBlank() ? null : new Secret(token),
                id.isEmpty() ? claim(token, "id") : id,
                isGuest(answer, token));
    }

    /** The claim of a JWT, read without checking anything; {@code ""} when there is none. */
    static String claim(String token, String name) {
        var parts = token.split("\\.", -1);
        if (parts.length < 2) {
            return "";
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII));
            return Json.tree(claims, 0, claims.length).path(name).asText("");
        } catch (IllegalArgumentException | IOException unreadable) {
            return "";
        }
    }

    private static boolean isGuest(JsonNode answer, String token) {
        var told = answer.path("email").asText("");
        var email = told.isEmpty() ? claim(token, "email") : told;
        return answer.path("role").asText("").equals("guest")
                || email.startsWith("guest-")
                || email.endsWith("@guest.com");
    }
}
