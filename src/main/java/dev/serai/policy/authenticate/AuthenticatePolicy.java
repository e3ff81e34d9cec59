package dev.serai.policy.authenticate;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.tenant.ApiKey;
import dev.serai.tenant.ApiKeys;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Finds the API key of a call by the request's head alone; the body has not been read yet. */
@Component("authenticate")
final class AuthenticatePolicy implements Processor {

    private final ApiKeys keys;

    AuthenticatePolicy(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        call.identify(find(call));
    }

    private ApiKey find(Call call) {
        var presented = Credentials.of(call.client());
        if (presented.isEmpty()) {
            throw refused("No API key was given. Send it as 'Authorization: Bearer <key>'.");
        }
        for (String candidate : presented) {
            var key = keys.find(candidate);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw refused("Invalid API key.");
    }

    private static Refusal refused(String message) {
        return new Refusal(Failure.of(Kind.AUTHENTICATION, FailureClass.CLIENT, message));
    }
}
