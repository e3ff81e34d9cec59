package dev.serai.admin;

import dev.serai.message.Refusal;
import dev.serai.policy.admin.AdminKey;
import dev.serai.secret.Secret;
import dev.serai.tenant.KeyRecord;
import dev.serai.tenant.KeyRegister;
import dev.serai.tenant.KeySettings;
import dev.serai.tenant.KeyTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code /admin/apikey}: keys as HelloGML took them, strings that somebody made up; adding and ending one twice is no error. */
@Component
final class HelloGmlKeyCalls {

    private static final String KEY = "api_key";
    private static final int BATCH = 1_000;

    private final KeyRegister register;
    private final AdminKey adminKey;
    private final AuditTrail audit;
    private final Changes changes;

    HelloGmlKeyCalls(KeyRegister register, AdminKey adminKey, AuditTrail audit, Changes changes) {
        this.register = register;
        this.adminKey = adminKey;
        this.audit = audit;
        this.changes = changes;
    }

    AdminReply add(AdminRequest request) {
        Secret key = key(request);
        if (adminKey.matches(key.reveal())) {
            throw Refusal.invalid(KEY, "This is the key of the admin API; callers need one of their own");
        }
        try {
            changes.make(() -> {
                KeyRecord kept = register.adopt(key, KeySettings.unlimited("adopted key"));
                audit.note(request, "key.adopt", kept.id(), kept.settings().name(), KeyView.settings(kept.settings()));
                return kept;
            });
        } catch (KeyTaken known) {
            return done("API key added successfully");
        }
        return done("API key added successfully");
    }

    /** All keys: one that was made here can be ended here. */
    AdminReply list(AdminRequest request) {
        List<Map<String, String>> all = new ArrayList<>();
        var page = register.list(BATCH, 0, null);
        while (!page.keys().isEmpty()) {
            page.keys().forEach(key -> all.add(Map.of(KEY, key.masked())));
            page = register.list(BATCH, all.size(), null);
        }
        return AdminReply.ok(Map.of("keys", all));
    }

    AdminReply drop(AdminRequest request) {
        Secret key = key(request);
        changes.make(() -> {
            var found = register.findByKey(key.reveal());
            found.filter(known -> register.delete(known.id()))
                    .ifPresent(ended -> audit.note(
                            request,
                            "key.delete",
                            ended.id(),
                            ended.settings().name(),
                            KeyView.settings(ended.settings())));
            return found;
        });
        return done("API key deleted successfully");
    }

    private static Secret key(AdminRequest request) {
        Fields fields = request.body();
        String key = fields.text(KEY);
        if (key == null || key.isBlank()) {
            throw Refusal.invalid(KEY, "Missing api_key");
        }
        return new Secret(key);
    }

    private static AdminReply done(String message) {
        var answer = new java.util.LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.put("message", message);
        return AdminReply.ok(answer);
    }
}
