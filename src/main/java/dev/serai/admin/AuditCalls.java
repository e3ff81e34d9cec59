package dev.serai.admin;

import dev.serai.message.Refusal;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /admin/audit}: who changed what. */
@Component
final class AuditCalls {

    private final AuditTrail audit;

    AuditCalls(AuditTrail audit) {
        this.audit = audit;
    }

    AdminReply list(AdminRequest request) {
        Span span = request.span();
        var page = audit.list(span, key(request.query("keyId")));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("entries", page.entries());
        answer.put("total", page.total());
        answer.put("limit", span.limit());
        answer.put("offset", span.offset());
        return AdminReply.ok(answer);
    }

    private static @Nullable UUID key(@Nullable String id) {
        return id == null
                ? null
                : AdminRequest.uuid(id).orElseThrow(() -> Refusal.invalid("keyId", "Key id must be the id of a key"));
    }
}
