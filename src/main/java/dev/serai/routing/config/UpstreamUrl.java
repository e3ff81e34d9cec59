package dev.serai.routing.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks where an upstream is. An address is never part of a message: it may hold what somebody should not have written
 * there.
 */
final class UpstreamUrl {

    private static final Pattern DIRECT = Pattern.compile("direct:[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern OWN = Pattern.compile(
            "direct:(?:govern|dispatch|openai-chat|openai-responses|anthropic-messages|gemini|count-tokens|usage-event|(?:provider|inbound)\\..*)");
    private static final Pattern CALL = Pattern.compile("/(?:chat/completions|responses|messages)$");
    private static final int MAX_PORT = 65_535;

    private UpstreamUrl() {}

    /** The members {@code endpoint} and {@code baseUrl}, else the kind's own address; null with a problem when it is no good. */
    static @Nullable String read(Fields fields, ProviderName name) {
        var endpoint = read(fields, "endpoint", name.kind());
        var baseUrl = read(fields, "baseUrl", name.kind());
        if (endpoint != null && baseUrl != null && !endpoint.equals(baseUrl)) {
            fields.problem("baseUrl", "differs from \"endpoint\"; both mean the same, so write one of them");
        }
        var url = endpoint != null ? endpoint : baseUrl;
        if (url != null || fields.tree("endpoint") != null || fields.tree("baseUrl") != null) {
            return url;
        }
        if (name.urlRequired()) {
            String example = name.kind().route() ? "direct:my-route" : "https://llm.example.com/v1";
            fields.problem("provider", "needs an \"endpoint\" (or \"baseUrl\") such as " + example);
            return null;
        }
        return name.kind().defaultUrl();
    }

    private static @Nullable String read(Fields fields, String member, ProviderKind kind) {
        var text = fields.text(member);
        if (text == null) {
            return null;
        }
        String url = trimmed(text.strip());
        var fault = fault(url, kind);
        if (fault != null) {
            fields.problem(member, fault);
            return null;
        }
        return url;
    }

    /** Why this cannot be the address for that kind; null when it can. */
    static @Nullable String fault(String url, ProviderKind kind) {
        if (Names.placeholder(url)) {
            return "placeholders are not expanded in an address; write it out";
        }
        if (kind == ProviderKind.SIMULATOR) {
            return "the simulator is built in and has no address; leave it out";
        }
        if (kind == ProviderKind.CAMEL) {
            return routeFault(url);
        }
        if (url.startsWith("direct:")) {
            return "direct: routes are for \"provider: camel\"";
        }
        try {
            return fault(new URI(url));
        } catch (URISyntaxException e) {
            return "is not a valid address";
        }
    }

    private static @Nullable String routeFault(String url) {
        if (!DIRECT.matcher(url).matches()) {
            return "must name a Camel route as direct:name, of letters, digits, dots, - and _";
        }
        return OWN.matcher(url).matches() ? "names a route of the gateway itself; name one of yours" : null;
    }

    private static @Nullable String fault(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return "must start with https:// or http://";
        }
        if (url.getRawUserInfo() != null
                || (url.getRawAuthority() != null && url.getRawAuthority().contains("@"))) {
            return "must not hold a user or a password; name the key in apiKeys";
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return "must end with its path: no ? and no #";
        }
        if (url.getHost() == null || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            return "has no valid host and port";
        }
        return CALL.matcher(url.getRawPath()).find()
                ? "must be the address in front of the call's path, without /chat/completions and the like"
                : null;
    }

    /** Without trailing slashes. */
    private static String trimmed(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
