package dev.serai.admin;

import dev.serai.account.AccountStanding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account as the admin API shows it: HelloGML's two fields, and how it is doing. */
final class AccountView {

    private AccountView() {}

    static Map<String, @Nullable Object> of(AccountStanding standing) {
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", standing.account().id());
        view.put("token_preview", standing.account().preview());
        view.put("provider", standing.account().provider());
        view.put("health", standing.health().word());
        view.put("reason", standing.lastFailure());
        view.put("failures", standing.failures());
        view.put("rests_for_seconds", standing.restLeft().plusMillis(999).toSeconds());
        view.put("uses", standing.uses());
        view.put("from_variable", standing.fromVariable());
        view.put("created_at", text(standing.account().createdAt()));
        view.put("last_used_at", text(standing.lastUsedAt()));
        view.put("last_failure_at", text(standing.lastFailureAt()));
        return view;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
