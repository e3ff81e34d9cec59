package dev.serai.admin;

import dev.serai.account.AccountChecks;
import dev.serai.account.AccountPools;
import dev.serai.account.Accounts;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.secret.Secret;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /admin/token}: the accounts of the pools. Adding a token that is there already, or ending one twice, is no error. */
@Component
final class AccountCalls {

    private static final String TOKEN = "refresh_token";
    private static final String TOKENS = "refresh_tokens";
    private static final String ID = "id";
    private static final String PROVIDER = "provider";
    private static final String USUAL = "chatglm-web";
    private static final Map<String, String> OTHER_NAMES = Map.of("chatglm", USUAL, "zai", "zai-web");
    private static final long SIX_DIGITS = 2_176_782_336L;

    private final Accounts accounts;
    private final AccountPools pools;
    private final AccountChecks checks;
    private final AuditTrail audit;
    private final Changes changes;
    private final Clock clock;

    AccountCalls(
            Accounts accounts,
            AccountPools pools,
            AccountChecks checks,
            AuditTrail audit,
            Changes changes,
            Clock clock) {
        this.accounts = accounts;
        this.pools = pools;
        this.checks = checks;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** One token, or many: all of them are taken, or none. */
    AdminReply add(AdminRequest request) {
        Fields fields = request.body();
        String provider = provider(fields.text(PROVIDER));
        if (fields.has(TOKENS)) {
            return addAll(request, provider, fields.texts(TOKENS));
        }
        Secret token = token(fields.text(TOKEN), TOKEN);
        String id = fields.text(ID);
        String kept = changes.make(() -> keep(request, provider, id, token));
        return done("Token added to pool", ID, kept);
    }

    private AdminReply addAll(AdminRequest request, String provider, List<String> tokens) {
        if (tokens.isEmpty()) {
            throw Refusal.invalid(TOKENS, "Missing refresh_tokens");
        }
        List<String> ids = changes.make(() -> {
            List<String> kept = new ArrayList<>();
            for (int i = 0; i < tokens.size(); i++) {
                kept.add(keep(request, provider, null, token(tokens.get(i), TOKENS + "[" + i + "]")));
            }
            return kept;
        });
        return done(ids.size() + " tokens added to pool", "ids", ids);
    }

    private String keep(AdminRequest request, String provider, @Nullable String id, Secret token) {
        var holder = accounts.holder(provider, token);
        if (holder.isPresent() && (id == null || id.equals(holder.get()))) {
            return holder.get();
        }
        if (holder.isPresent()) {
            throw AdminRefusal.conflict("This token is in the pool already, as " + holder.get(), TOKEN);
        }
        String name = id == null ? freshId() : id;
        if (!accounts.put(name, provider, token)) {
            throw AdminRefusal.conflict("There is an account of this id for another provider", ID);
        }
        audit.note(request, "account.add", null, name, Map.of(PROVIDER, provider));
        return name;
    }

    AdminReply list(AdminRequest request) {
        return AdminReply.ok(
                Map.of("tokens", pools.standings().stream().map(AccountView::of).toList()));
    }

    AdminReply drop(AdminRequest request) {
        String id = id(request);
        changes.make(() -> {
            boolean ended = accounts.delete(id);
            if (ended) {
                audit.note(request, "account.delete", null, id, Map.of());
            }
            return ended;
        });
        return done("Token removed from pool", null, null);
    }

    AdminReply check(AdminRequest request) {
        String id = id(request);
        if (pools.standings().stream()
                .noneMatch(standing -> standing.account().id().equals(id))) {
            throw new Refusal(Kind.NOT_FOUND, "Token not found");
        }
        var check = checks.check(id);
        var answer = new LinkedHashMap<String, Object>();
        answer.put(ID, id);
        answer.put("live", check.live());
        if (check.reason() != null) {
            answer.put("reason", check.reason());
        }
        return AdminReply.ok(answer);
    }

    private String provider(@Nullable String named) {
        String provider = named == null ? USUAL : OTHER_NAMES.getOrDefault(named, named);
        if (!provider.equals(USUAL) && !checks.providers().contains(provider)) {
            throw AdminRefusal.unprocessable("Providers of this kind have no accounts", PROVIDER);
        }
        return provider;
    }

    private static Secret token(@Nullable String text, String field) {
        if (text == null || text.isBlank()) {
            throw Refusal.invalid(field, "Missing refresh_token");
        }
        return new Secret(text.strip());
    }

    private static String id(AdminRequest request) {
        String id = request.body().text(ID);
        if (id == null || id.isBlank()) {
            throw Refusal.invalid(ID, "Missing id");
        }
        return id;
    }

    /** As HelloGML made them: the time, and six digits of base 36. */
    private String freshId() {
        long chance = Math.floorMod(UUID.randomUUID().getLeastSignificantBits(), SIX_DIGITS);
        String digits = Long.toString(chance + SIX_DIGITS, 36);
        return "tk_" + clock.millis() + "_" + digits.substring(digits.length() - 6);
    }

    private static AdminReply done(String message, @Nullable String name, @Nullable Object value) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.put("message", message);
        if (name != null && value != null) {
            answer.put(name, value);
        }
        return AdminReply.ok(answer);
    }
}
