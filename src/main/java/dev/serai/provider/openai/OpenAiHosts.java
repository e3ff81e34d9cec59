package dev.serai.provider.openai;

import java.net.URI;
import java.util.Locale;

/** The vendor's own addresses, regional ones included. */
final class OpenAiHosts {

    private static final String HOST = "api.openai.com";

    private OpenAiHosts() {}

    static boolean isOwn(String baseUrl) {
        String host = URI.create(baseUrl).getHost();
        return host != null
                && (host.toLowerCase(Locale.ROOT).equals(HOST)
                        || host.toLowerCase(Locale.ROOT).endsWith("." + HOST));
    }
}
