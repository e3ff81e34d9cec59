package dev.serai.policy.quota;

import dev.serai.call.Call;
import dev.serai.message.Cost;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.message.Usage;
import dev.serai.quota.Ask;
import dev.serai.quota.Estimates;
import dev.serai.quota.Estimates.Guess;
import dev.serai.quota.Ledger;
import dev.serai.quota.LedgerUnavailable;
import dev.serai.quota.QuotaProperties;
import dev.serai.quota.QuotaProperties.DatabaseAway;
import dev.serai.quota.Verdict;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reserves what the call may use of its key's limits, or refuses it. A key without limits is not looked up anywhere. What
 * the call used in the end is settled by its usage event.
 */
@Component("quota")
final class QuotaPolicy implements Processor {

    private static final Duration DATABASE_BACK = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Estimates estimates;
    private final DatabaseAway databaseAway;
    private final Clock clock;

    QuotaPolicy(Ledger ledger, Estimates estimates, QuotaProperties properties, Clock clock) {
        this.ledger = ledger;
        this.estimates = estimates;
        this.databaseAway = properties.databaseAway();
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        if (call.key().limits().isEmpty()) {
            return;
        }
        var envelope = call.envelope();
        long most = envelope.maxOutputTokens();
        String model = call.entry().name();
        var protocol = call.protocol();
        byte[] counted = protocol == null ? envelope.body() : protocol.counted(envelope);
        Guess guess = estimates.guess(model, counted, most);
        Ask ask = ask(call, guess);
        hold(call, ask);
        call.atEnd(() -> learn(call, guess, most));
        Verdict verdict = verdict(ask);
        if (verdict != null) {
            var limits = call.key().limits();
            tell(call, verdict);
            if (verdict.refusedBy() != null) {
                throw QuotaRefusals.of(verdict.refusedBy(), verdict, ask, limits);
            }
        }
    }

    /** Null when the ledger cannot be asked and calls are served all the same. */
    private @Nullable Verdict verdict(Ask ask) {
        try {
            return ledger.reserve(ask);
        } catch (LedgerUnavailable unavailable) {
            if (databaseAway == DatabaseAway.SERVE) {
                return null;
            }
            throw new Refusal(Failure.of(
                            Kind.OVERLOADED,
                            FailureClass.GATEWAY,
                            "The limits of this key cannot be checked at the moment.")
                    .withRetryAfter(DATABASE_BACK));
        }
    }

    private static Ask ask(Call call, Guess guess) {
        var usage = guess.usage();
        var cost = cost(call, usage);
        var inputCost = cost(call, new Usage(usage.inputTokens(), 0, 0, 0, 0, true));
        var protocol = call.protocol();
        return new Ask(
                call.uid(),
                call.key(),
                protocol == null ? "" : protocol.name(),
                call.entry().name(),
                call.streaming(),
                usage.totalTokens(),
                usage.inputTokens(),
                cost == null ? 0 : cost.nanos(),
                inputCost == null ? 0 : inputCost.nanos(),
                cost == null ? null : cost.currency());
    }

    /** Null where the model has no price. Money of one currency is no measure of another. */
    private static @Nullable Cost cost(Call call, Usage usage) {
        var pricing = call.entry().pricing();
        var cost = pricing == null ? null : pricing.costOf(usage);
        String currency = call.key().limits().spendCurrency();
        if (cost != null && currency != null && !currency.equals(cost.currency())) {
            throw new Refusal(new Failure(
                    Kind.PERMISSION,
                    FailureClass.CLIENT,
                    "This key's limit is in " + currency + ", and model "
                            + call.entry().name() + " is priced in " + cost.currency() + ".",
                    "model",
                    null));
        }
        return cost;
    }

    private void hold(Call call, Ask ask) {
        var hold = ledger.hold(ask);
        call.onUse(hold::used);
        call.atEnd(hold::end);
    }

    private void tell(Call call, Verdict verdict) {
        var protocol = call.protocol();
        if (protocol != null) {
            var told = ToldLimits.of(call.key().limits(), verdict.state());
            protocol.limitHeaders(told, clock.instant()).forEach(call::header);
        }
    }

    private void learn(Call call, Guess guess, long most) {
        var usage = call.usage();
        if (call.failure() == null && !usage.estimated() && usage.totalTokens() > 0 && call.attempts() == 1) {
            estimates.learn(call.entry().name(), guess, most, usage);
        }
    }
}
