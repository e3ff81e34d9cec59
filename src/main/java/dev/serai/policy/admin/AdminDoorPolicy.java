package dev.serai.policy.admin;

import dev.serai.call.Call;
import dev.serai.call.Client;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Lets the operator in, by {@code Authorization: Bearer} or {@code X-Admin-Key} and by nothing else; a key in the URL does
 * not count. First step of every route below {@code /admin}.
 */
final class AdminDoorPolicy implements Processor {

    private static final String BEARER = "bearer ";

    private final AdminKey key;
    private final WrongTries tries;

    AdminDoorPolicy(AdminKey key, WrongTries tries) {
        this.key = key;
        this.tries = tries;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        call.header("cache-control", "no-store");
        if (!key.isConfigured()) {
            throw new Refusal(Failure.of(Kind.OVERLOADED, FailureClass.GATEWAY, "ADMIN_API_KEY not configured"));
        }
        String presented = presented(call.client());
        if (presented == null) {
            throw refused(call);
        }
        boolean right = key.matches(presented);
        var wait = tries.note(call.client().remoteAddress(), right);
        if (!wait.isZero()) {
            throw tooMany(wait);
        }
        if (!right) {
            throw refused(call);
        }
    }

    /** The one credential of the request, or null. */
    private static @Nullable String presented(Client client) {
        Set<String> values = new LinkedHashSet<>();
        String authorization = only("Authorization", client.headers("authorization"));
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            values.add(authorization.substring(BEARER.length()).trim());
        }
        String own = only("X-Admin-Key", client.headers("x-admin-key"));
        if (own != null) {
            values.add(own.trim());
        }
        if (values.size() > 1) {
            throw Refusal.invalid("Authorization", "Send one credential in one place; this request carries several.");
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    private static @Nullable String only(String name, List<String> values) {
        if (values.size() > 1) {
            throw Refusal.invalid(name, "'" + name + "' is given more than once.");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static Refusal refused(Call call) {
        call.header("www-authenticate", "Bearer");
        return new Refusal(Failure.of(Kind.AUTHENTICATION, FailureClass.CLIENT, "Invalid admin credentials"));
    }

    private static Refusal tooMany(Duration wait) {
        return new Refusal(
                Failure.of(Kind.RATE_LIMITED, FailureClass.CLIENT, "Too many wrong tries from this address; wait")
                        .withRetryAfter(wait));
    }
}
