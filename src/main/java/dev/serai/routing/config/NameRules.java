package dev.serai.routing.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Every name and alias, read without case, means one entry. */
final class NameRules {

    private final Findings findings;
    private final Map<String, String> owners = new HashMap<>();

    NameRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks the names of all entries first, then the aliases, so that an alias never takes a name away. */
    void check(Tree.Members entries) {
        for (var entry : entries.members().values()) {
            claim(entry.name(), entry.line(), Shown.plain(entry.name()), entry.name());
        }
        for (var entry : entries.members().values()) {
            if (entry.value() instanceof Tree.Members members
                    && members.members().get("aliases") instanceof Tree.Member member
                    && member.value() instanceof Tree.Items aliases) {
                aliases(entry.name(), aliases);
            }
        }
    }

    private void aliases(String entry, Tree.Items aliases) {
        for (int i = 0; i < aliases.items().size(); i++) {
            if (aliases.items().get(i) instanceof Tree.Scalar scalar
                    && scalar.value().isTextual()
                    && !scalar.value().textValue().equalsIgnoreCase(entry)) {
                claim(scalar.value().textValue(), scalar.line(), Shown.plain(entry) + ".aliases[" + i + "]", entry);
            }
        }
    }

    private void claim(String name, int line, String path, String entry) {
        var owner = owners.putIfAbsent(name.toLowerCase(Locale.ROOT), entry);
        if (owner != null) {
            String reason = owner.equals(entry)
                    ? "this alias is written twice"
                    : "read without case, this name already means " + Shown.quoted(owner);
            findings.problem(line, path, reason);
        }
    }
}
