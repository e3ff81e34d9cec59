package dev.serai.admin;

import dev.serai.routing.config.ModelEntry;
import dev.serai.routing.config.RoutesConfigStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Models that a key may name: the public names of ROUTES_CONFIG. */
@Component
final class KeyModels {

    private static final int LISTED = 20;

    private final RoutesConfigStore store;

    KeyModels(RoutesConfigStore store) {
        this.store = store;
    }

    /** The name as it is written in ROUTES_CONFIG. @throws AdminRefusal 422 when no model has it */
    @Nullable
    String known(String field, @Nullable String name) {
        return name == null ? null : find(field, name);
    }

    List<String> known(String field, List<String> names) {
        return names.stream().map(name -> find(field, name)).distinct().toList();
    }

    private String find(String field, String name) {
        var names = store.current().models().stream().map(ModelEntry::name).toList();
        if (names.contains(name)) {
            return name;
        }
        return names.stream()
                .filter(name.strip()::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> AdminRefusal.unprocessable(
                        "There is no model '" + Fields.shown(name) + "'; there are: " + listed(names), field));
    }

    private static String listed(List<String> names) {
        String first = String.join(", ", names.stream().limit(LISTED).toList());
        return names.size() > LISTED ? first + " and " + (names.size() - LISTED) + " more" : first;
    }
}
