package dev.serai.provider;

import dev.serai.json.Json;
import dev.serai.json.Splice;
import dev.serai.protocol.Envelope;
import dev.serai.protocol.Surface;
import dev.serai.protocol.Target;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One way into an upstream: the wire spoken there, the place, how a credential is shown, how failures read. Stateless. The
 * request step of a provider route picks it, the answer step reads the answer by it.
 */
public interface Access {

    /** The exchange property that holds the access of the attempt under way. */
    String PROPERTY = "access";

    /** The access that the request step has picked. */
    static Access of(Exchange exchange) {
        var access = exchange.getProperty(PROPERTY, Access.class);
        if (access == null) {
            throw new IllegalStateException("the provider's request step has not run");
        }
        return access;
    }

    Surface surface();

    /** Where requests go. @param baseUrl the candidate's, without a slash at its end */
    String url(String baseUrl, Target target);

    /** Where requests to count tokens go in the form of this surface's protocol, or null where they cannot. */
    default @Nullable String countUrl(String baseUrl, Target target) {
        return null;
    }

    /** A request to count tokens as this upstream takes it: the caller's own with the upstream's name of the model. */
    default byte[] countBody(Envelope envelope, Target target) {
        var splice = new Splice(envelope.body());
        if (envelope.members().value("model") != null) {
            splice.object(envelope.members()).set("model", Json.bytes(target.model()));
        }
        return splice.apply();
    }

    /** Headers that a request carries besides the content type; of the caller's only what the envelope keeps in its traits. */
    default Map<String, String> headers(Envelope envelope, boolean passthrough) {
        return Map.of();
    }

    /** The header that shows the credential. */
    default String credentialHeader() {
        return "authorization";
    }

    /** What stands before the credential in its header. */
    default String credentialPrefix() {
        return "Bearer ";
    }

    Failures failures();
}
