package dev.serai.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** An issuer whose answers are counted by what came of them. */
final class CountedIssuer implements TokenIssuer {

    private static final String GRANTED = "granted";

    private final TokenIssuer issuer;
    private final MeterRegistry metrics;

    CountedIssuer(TokenIssuer issuer, MeterRegistry metrics) {
        this.issuer = issuer;
        this.metrics = metrics;
        counter(GRANTED);
        for (var fault : IssueFault.values()) {
            counter(outcome(fault));
        }
    }

    @Override
    public String provider() {
        return issuer.provider();
    }

    @Override
    public TokenAnswer ask(TokenAsk ask) {
        String outcome = outcome(IssueFault.UNREACHABLE);
        try {
            var answer = issuer.ask(ask);
            outcome = answer instanceof TokenAnswer.Refused refused ? outcome(refused.fault()) : GRANTED;
            return answer;
        } finally {
            counter(outcome).increment();
        }
    }

    private static String outcome(IssueFault fault) {
        return fault.name().toLowerCase(Locale.ROOT);
    }

    private Counter counter(String outcome) {
        return Counter.builder("serai.account.renewals")
                .description("Access tokens asked for")
                .tag("gen_ai.provider.name", issuer.provider())
                .tag("outcome", outcome)
                .register(metrics);
    }
}
