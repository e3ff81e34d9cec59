package dev.serai.provider.chatglmweb;

import dev.serai.secret.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The headers that every request to the service carries, signed anew for each. */
final class BrowserHeaders {

    private static final String SITE = "https://chatglm.cn";

    private final ChatglmProperties properties;
    private final ServiceClock clock;

    BrowserHeaders(ChatglmProperties properties, ServiceClock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The headers of one request.
     *
     * @param token shown with it, or null
     * @param assistant who is asked, where it is not the main one
     */
    Map<String, String> of(@Nullable Secret token, String assistant) {
        var headers = new HashMap<String, String>(32);
        var signature = Signature.of(clock.millis(), fresh(), properties.signSecret());
        headers.put("app-name", "chatglm");
        headers.put("x-app-platform", "pc");
        headers.put("x-app-version", "0.0.1");
        headers.put("x-app-fr", "default");
        headers.put("x-device-id", token == null ? fresh() : DeviceId.of(token));
        headers.put("x-device-brand", "");
        headers.put("x-device-model", "");
        headers.put("x-lang", "zh");
        headers.put("x-request-id", fresh());
        headers.put("x-timestamp", signature.timestamp());
        headers.put("x-nonce", signature.nonce());
        headers.put("x-sign", signature.digest());
        headers.put("origin", SITE);
        headers.put("referer", referer(assistant));
        headers.put("user-agent", properties.userAgent());
        headers.put("accept", "application/json, text/plain, */*");
        headers.put("content-type", "application/json");
        properties.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return headers;
    }

    private static String referer(String assistant) {
        boolean main = assistant.isEmpty() || assistant.equals(ModelName.MAIN);
        return main ? SITE + "/main/alltoolsdetail" : SITE + "/main/gdetail/" + assistant;
    }

    private static String fresh() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
