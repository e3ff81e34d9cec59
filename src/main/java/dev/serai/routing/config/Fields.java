package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of ROUTES_CONFIG, read by type. A member that is absent or null reads as null or empty; one
 * of the wrong type reads the same and adds a problem, so that a single reading finds everything.
 */
final class Fields {

    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(1_000_000_000L);

    private final Tree.Members members;
    private final String path;
    private final Findings findings;

    private Fields(Tree.Members members, String path, Findings findings) {
        this.members = members;
        this.path = path;
        this.findings = findings;
    }

    /** The object's members; null with a problem when it is none. Names outside {@code known} are problems. */
    static @Nullable Fields of(Tree tree, String path, Collection<String> known, Findings findings) {
        if (!(tree instanceof Tree.Members members)) {
            findings.problem(tree.line(), path, "must be an object, but is " + tree.description());
            return null;
        }
        for (var member : members.members().values()) {
            if (!known.contains(member.name()) && !member.name().equals("<<")) {
                String inner = path + "." + Shown.plain(member.name());
                findings.problem(member.line(), inner, "unknown member" + Suggestion.among(known, member.name()));
            }
        }
        return new Fields(members, path, findings);
    }

    int line() {
        return members.line();
    }

    String path(String name) {
        return path + "." + name;
    }

    /** The line of the member, or the object's where it is absent. */
    int line(String name) {
        return find(name).map(Tree.Member::line).orElse(members.line());
    }

    void problem(String name, String reason) {
        findings.problem(line(name), path(name), reason);
    }

    void warning(String name, String reason) {
        findings.warning(line(name), path(name), reason);
    }

    @Nullable
    Tree tree(String name) {
        return find(name).map(Tree.Member::value).orElse(null);
    }

    @Nullable
    String text(String name) {
        var tree = tree(name);
        if (tree == null) {
            return null;
        }
        if (tree instanceof Tree.Scalar scalar && scalar.value().isTextual()) {
            return scalar.value().textValue();
        }
        String hint = tree instanceof Tree.Scalar ? "; put it in quotes" : "";
        problem(name, "must be a text, but is " + tree.description() + hint);
        return null;
    }

    /** A text that has to be there and to be more than blanks. */
    @Nullable
    String requiredText(String name) {
        var text = text(name);
        if (tree(name) == null) {
            findings.problem(members.line(), path, "\"" + name + "\" is missing");
        } else if (text != null && text.isBlank()) {
            problem(name, "must not be empty");
        }
        return text == null || text.isBlank() ? null : text;
    }

    /** A whole number of at least 1. */
    @Nullable
    Long count(String name) {
        var tree = tree(name);
        if (tree == null) {
            return null;
        }
        if (tree instanceof Tree.Scalar scalar
                && scalar.value().isIntegralNumber()
                && scalar.value().canConvertToLong()
                && scalar.value().longValue() >= 1) {
            return scalar.value().longValue();
        }
        problem(name, "must be a whole number of at least 1");
        return null;
    }

    /** A number of at least 0. */
    @Nullable
    BigDecimal price(String name) {
        var tree = tree(name);
        if (tree == null) {
            return null;
        }
        if (tree instanceof Tree.Scalar scalar
                && scalar.value().isNumber()
                && scalar.value().decimalValue().signum() >= 0
                && scalar.value().decimalValue().compareTo(MAX_PRICE) <= 0) {
            return scalar.value().decimalValue();
        }
        problem(name, "must be a number of at least 0, without quotes or currency");
        return null;
    }

    @Nullable
    Boolean truth(String name) {
        var tree = tree(name);
        if (tree instanceof Tree.Scalar scalar && scalar.value().isBoolean()) {
            return scalar.value().booleanValue();
        }
        if (tree != null) {
            problem(name, "must be true or false");
        }
        return null;
    }

    /** An object whose members are the operator's own. */
    @Nullable
    ObjectNode object(String name) {
        var tree = tree(name);
        if (tree instanceof Tree.Members inner) {
            return inner.toJson();
        }
        if (tree != null) {
            problem(name, "must be an object, but is " + tree.description());
        }
        return null;
    }

    /** The members of an inner object. */
    @Nullable
    Fields fields(String name, Collection<String> known) {
        var tree = tree(name);
        return tree == null ? null : Fields.of(tree, path(name), known, findings);
    }

    /** The texts of a list with their lines; empty when it is absent. */
    List<Written> texts(String name) {
        List<Written> texts = new ArrayList<>();
        for (var item : items(name)) {
            String where = path(name) + "[" + texts.size() + "]";
            if (item instanceof Tree.Scalar scalar && scalar.value().isTextual()) {
                texts.add(new Written(scalar.line(), where, scalar.value().textValue()));
            } else {
                findings.problem(item.line(), where, "must be a text, but is " + item.description());
            }
        }
        return texts;
    }

    private List<Tree> items(String name) {
        var tree = tree(name);
        if (tree instanceof Tree.Items list) {
            return list.items();
        }
        if (tree != null) {
            problem(name, "must be a list, but is " + tree.description());
        }
        return List.of();
    }

    /** What one of the given words means. Null when it is absent or, with a problem, none of them. */
    <T> @Nullable T oneOf(String name, Map<String, T> words) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        T meaning = words.get(text);
        if (meaning == null) {
            problem(
                    name,
                    "unknown value " + Shown.quoted(text) + "; one of " + String.join(", ", words.keySet())
                            + Suggestion.among(words.keySet(), text));
        }
        return meaning;
    }

    private Optional<Tree.Member> find(String name) {
        return Optional.ofNullable(members.members().get(name))
                .filter(member -> !(member.value() instanceof Tree.Scalar scalar
                        && scalar.value().isNull()));
    }

    /** A text of the configuration and where it stands. */
    record Written(int line, String path, String text) {}
}
