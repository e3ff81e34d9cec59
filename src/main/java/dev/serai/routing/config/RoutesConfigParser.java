package dev.serai.routing.config;

import java.util.ArrayList;
import java.util.List;

/** Turns the text of ROUTES_CONFIG into entries and finds everything that is wrong with it in one reading. */
final class RoutesConfigParser {

    /** For editors; has no meaning here. */
    private static final String SCHEMA = "$schema";

    /**
     * What a text says.
     *
     * @param models to be used only when there are no problems
     * @param problems why the text is refused
     * @param warnings what the operator should know all the same
     */
    record Parsed(List<ModelEntry> models, List<Problem> problems, List<Problem> warnings) {}

    Parsed parse(String text, KeyValues keyValues) {
        var findings = new Findings();
        List<ModelEntry> models = new ArrayList<>();
        var tree = TreeReader.read(text, findings);
        if (tree instanceof Tree.Members entries) {
            var reader = new EntryReader(findings, new ProviderReader(findings, keyValues));
            for (var member : entries.members().values()) {
                read(member, reader, models, findings);
            }
            new NameRules(findings).check(entries);
        } else if (tree != null
                && !(tree instanceof Tree.Scalar scalar && scalar.value().isNull())) {
            findings.problem(tree.line(), "", "must be an object of model names, but is " + tree.description());
        }
        return new Parsed(List.copyOf(models), findings.problems(), findings.warnings());
    }

    private static void read(Tree.Member member, EntryReader reader, List<ModelEntry> models, Findings findings) {
        if (member.name().equals(SCHEMA) || member.name().equals("<<")) {
            return;
        }
        var entry = reader.read(member);
        if (entry == null) {
            return;
        }
        models.add(entry);
        if (entry.providers().isEmpty()) {
            findings.warning(
                    member.line(),
                    Shown.plain(member.name()),
                    "no provider of this model can be used; it stays in the list, and calls to it are answered with 503");
        }
    }
}
