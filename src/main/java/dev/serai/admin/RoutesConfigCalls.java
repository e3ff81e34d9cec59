package dev.serai.admin;

import dev.serai.message.Refusal;
import dev.serai.routing.config.Problem;
import dev.serai.routing.config.Reload;
import dev.serai.routing.config.RoutesConfigStore;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code /admin/routes-config}: the models configuration, looked at, tried out, read anew. */
@Component
final class RoutesConfigCalls {

    private static final long MOST = 1024 * 1024;

    private final RoutesConfigStore store;
    private final AuditTrail audit;
    private final Changes changes;

    RoutesConfigCalls(RoutesConfigStore store, AuditTrail audit, Changes changes) {
        this.store = store;
        this.audit = audit;
        this.changes = changes;
    }

    AdminReply show(AdminRequest request) {
        var config = store.current();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("origin", store.origin());
        answer.put("generation", config.generation());
        answer.put("models", config.models().stream().map(ModelView::of).toList());
        answer.put("warnings", problems(store.warnings()));
        return AdminReply.ok(answer);
    }

    AdminReply validate(AdminRequest request) {
        var found = store.examine(text(request.call().client().readBody(MOST)));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("valid", found.problems().isEmpty());
        answer.put("models", found.models());
        answer.put("problems", problems(found.problems()));
        answer.put("warnings", problems(found.warnings()));
        return AdminReply.ok(answer);
    }

    AdminReply reload(AdminRequest request) {
        var reload = changes.make(
                () -> {
                    var replaced = Map.of("replacedGeneration", store.current().generation());
                    audit.note(request, "routes-config.reload", null, "", replaced);
                    return store.reload();
                },
                made -> made instanceof Reload.Swapped);
        return switch (reload) {
            case Reload.Swapped swapped -> {
                var names = swapped.config().models().stream()
                        .map(model -> model.name())
                        .toList();
                var answer = new LinkedHashMap<String, Object>();
                answer.put("origin", swapped.origin());
                answer.put("generation", swapped.config().generation());
                answer.put("models", names);
                answer.put("warnings", problems(swapped.warnings()));
                yield AdminReply.ok(answer);
            }
            case Reload.Refused refused -> {
                var answer = new LinkedHashMap<String, Object>();
                answer.put("message", "The configuration is not valid; the one in use stays");
                answer.put("problems", problems(refused.problems()));
                yield new AdminReply(422, answer);
            }
        };
    }

    private static List<Map<String, ?>> problems(List<Problem> problems) {
        return problems.stream().<Map<String, ?>>map(RoutesConfigCalls::problem).toList();
    }

    private static Map<String, ?> problem(Problem problem) {
        var view = new LinkedHashMap<String, Object>();
        view.put("line", problem.line());
        view.put("path", Fields.clean(problem.path()));
        view.put("reason", Fields.clean(problem.reason()));
        return view;
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("body", "The configuration must be UTF-8 text");
        }
    }
}
