package dev.serai.admin;

import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import dev.serai.policy.admin.AdminKey;
import dev.serai.secret.Secret;
import dev.serai.tenant.IssuedKey;
import dev.serai.tenant.KeyRecord;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.tenant.KeyTaken;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** {@code /admin/api-keys}: keys in the shapes of glm-proxy. */
@Component
final class ApiKeyCalls {

    private static final String GRACE = "gracePeriodSeconds";

    private final KeyRegister register;
    private final AdminKey adminKey;
    private final KeyModels models;
    private final AuditTrail audit;
    private final Changes changes;
    private final Clock clock;

    ApiKeyCalls(
            KeyRegister register, AdminKey adminKey, KeyModels models, AuditTrail audit, Changes changes, Clock clock) {
        this.register = register;
        this.adminKey = adminKey;
        this.models = models;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    AdminReply create(AdminRequest request) {
        var body = KeyBody.forNew(request.body(), models);
        KeySettings settings = body.create(clock.instant());
        var elsewhere = body.key();
        return elsewhere.isPresent() ? adopt(request, elsewhere.get(), settings) : issue(request, settings);
    }

    private AdminReply issue(AdminRequest request, KeySettings settings) {
        IssuedKey issued = changes.make(() -> {
            IssuedKey made = register.create(settings);
            note(request, "key.create", made.key(), KeyView.settings(made.key().settings()));
            return made;
        });
        return AdminReply.created(KeyView.of(issued.key(), issued.plain().reveal()));
    }

    private AdminReply adopt(AdminRequest request, Secret key, KeySettings settings) {
        if (adminKey.matches(key.reveal())) {
            throw AdminRefusal.conflict("This is the key of the admin API; callers need one of their own", KeyBody.KEY);
        }
        try {
            return AdminReply.created(KeyView.masked(changes.make(() -> {
                KeyRecord kept = register.adopt(key, settings);
                note(request, "key.adopt", kept, KeyView.settings(kept.settings()));
                return kept;
            })));
        } catch (KeyTaken known) {
            throw AdminRefusal.conflict("This key is known already", KeyBody.KEY);
        }
    }

    AdminReply list(AdminRequest request) {
        Span span = request.span();
        var page = register.list(span.limit(), span.offset(), request.query("search"));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("keys", page.keys().stream().map(KeyView::masked).toList());
        answer.put("total", page.total());
        answer.put("limit", span.limit());
        answer.put("offset", span.offset());
        return AdminReply.ok(answer);
    }

    AdminReply get(AdminRequest request) {
        return AdminReply.ok(KeyView.masked(request.id().flatMap(register::find).orElseThrow(ApiKeyCalls::unknown)));
    }

    AdminReply find(AdminRequest request) {
        return AdminReply.ok(
                KeyView.masked(register.findByKey(request.variable("key")).orElseThrow(ApiKeyCalls::unknown)));
    }

    AdminReply update(AdminRequest request) {
        Fields fields = request.body();
        if (fields.isEmpty()) {
            throw Refusal.invalid("body", "No fields to update");
        }
        var body = KeyBody.forChange(fields, models);
        UUID id = id(request);
        KeyRecord changed = changes.make(() -> {
            var before = new AtomicReference<KeySettings>();
            KeyRecord after = register.update(id, settings -> {
                        before.set(settings);
                        return body.applyTo(settings);
                    })
                    .orElseThrow(ApiKeyCalls::unknown);
            note(request, "key.update", after, KeyView.changes(before.get(), after.settings()));
            return after;
        });
        return AdminReply.ok(KeyView.masked(changed));
    }

    AdminReply delete(AdminRequest request) {
        UUID id = id(request);
        changes.make(() -> {
            KeyRecord ended = register.find(id).orElseThrow(ApiKeyCalls::unknown);
            if (!register.delete(id)) {
                throw unknown();
            }
            note(request, "key.delete", ended, KeyView.settings(ended.settings()));
            return ended;
        });
        return AdminReply.none();
    }

    AdminReply regenerate(AdminRequest request) {
        Fields fields = request.body();
        fields.allow(Set.of(GRACE), Set.of());
        Long seconds = fields.wholeNumber(GRACE);
        Duration grace = Duration.ofSeconds(seconds == null ? 0 : seconds);
        UUID id = id(request);
        IssuedKey issued = changes.make(() -> {
            IssuedKey made = register.regenerate(id, grace).orElseThrow(ApiKeyCalls::unknown);
            note(request, "key.regenerate", made.key(), Map.of(GRACE, grace.toSeconds()));
            return made;
        });
        return AdminReply.ok(KeyView.of(issued.key(), issued.plain().reveal()));
    }

    private void note(AdminRequest request, String action, KeyRecord key, Map<String, ?> changed) {
        audit.note(request, action, key.id(), key.settings().name(), changed);
    }

    private static UUID id(AdminRequest request) {
        return request.id().orElseThrow(ApiKeyCalls::unknown);
    }

    private static Refusal unknown() {
        return new Refusal(Failure.of(Kind.NOT_FOUND, FailureClass.CLIENT, "API key not found"));
    }
}
