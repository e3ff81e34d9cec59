package dev.serai.account;

import dev.serai.message.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether accounts work, found out by asking. */
public final class AccountChecks {

    private final AccountTokens tokens;
    private final AccountPools pools;
    private final Issuers issuers;

    AccountChecks(AccountTokens tokens, AccountPools pools, Issuers issuers) {
        this.tokens = tokens;
        this.pools = pools;
        this.issuers = issuers;
    }

    /** @param reason why it does not, in words that anybody may read */
    public record Check(boolean live, @Nullable String reason) {}

    /**
     * Asks the provider for new tokens of an account. One that works is healthy again, whatever was known of it.
     *
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked
     */
    public Check check(String account) {
        var failure = tokens.check(account, Occasion.ORDER);
        return new Check(failure == null, failure == null ? null : failure.message());
    }

    /** The kinds of provider whose accounts can be used. */
    public List<String> providers() {
        return issuers.providers();
    }

    /** Whether any account of any pool has an access token, or gets one now. Dead and resting ones are not asked. */
    public boolean anyLive() {
        return issuers.providers().stream().anyMatch(this::anyLive);
    }

    private boolean anyLive(String provider) {
        return pools.pool(provider).members("").all().stream().anyMatch(member -> hasToken(member.name()));
    }

    private boolean hasToken(String account) {
        try {
            tokens.of(account);
            return true;
        } catch (Refusal e) {
            return false;
        }
    }
}
