package dev.serai.routing.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serai.routing.config.ProviderEntry.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code providers}. */
final class ProviderReader {

    static final List<String> MEMBERS = Stream.concat(
                    Stream.of(
                            "provider",
                            "model",
                            "apiKeys",
                            "endpoint",
                            "baseUrl",
                            "customParams",
                            "weight",
                            "grounding",
                            "timeouts"),
                    Description.MEMBERS.stream())
            .toList();

    static final long MAX_WEIGHT = 1_000_000;

    private final Findings findings;
    private final KeyValues keyValues;

    ProviderReader(Findings findings, KeyValues keyValues) {
        this.findings = findings;
        this.keyValues = keyValues;
    }

    /**
     * One provider.
     *
     * @param description what it says about the model, also when the provider itself is skipped
     * @param entry null when it cannot be used, with a problem or a warning that says why
     */
    record Read(Description description, @Nullable ProviderEntry entry) {}

    Read read(Tree tree, String path, String publicName) {
        var fields = Fields.of(tree, path, MEMBERS, findings);
        if (fields == null) {
            return new Read(Description.NONE, null);
        }
        var description = Description.read(fields);
        var name = name(fields);
        return new Read(description, name == null ? null : entry(fields, name, description, publicName));
    }

    private @Nullable ProviderName name(Fields fields) {
        var written = fields.requiredText("provider");
        if (written == null) {
            return null;
        }
        if (written.equals(ProviderName.REFUSED)) {
            fields.problem("provider", ProviderName.REFUSED_REASON);
            return null;
        }
        var names = ProviderName.names();
        var name = names.get(written);
        if (name == null) {
            fields.problem(
                    "provider",
                    "unknown provider kind " + Shown.quoted(written) + "; one of " + String.join(", ", names.keySet())
                            + Suggestion.among(names.keySet(), written));
        }
        return name;
    }

    private @Nullable ProviderEntry entry(
            Fields fields, ProviderName name, Description description, String publicName) {
        var model = model(fields, name.kind(), publicName);
        var url = UpstreamUrl.read(fields, name);
        var keys = keys(fields);
        var customParams = fields.object("customParams");
        int weight = weight(fields);
        var timeouts = Durations.timeouts(fields);
        if (Boolean.TRUE.equals(fields.truth("grounding"))) {
            fields.warning("grounding", "is not supported and has no effect");
        }
        if (model == null || url == null || !usable(fields, name.kind(), keys, url)) {
            return null;
        }
        return new ProviderEntry(
                name.kind().id(),
                model,
                keys,
                url,
                customParams == null ? JsonNodeFactory.instance.objectNode() : customParams,
                weight,
                name.chatOnly(),
                description.contextWindow(),
                description.maxOutputTokens(),
                timeouts);
    }

    /** Whether the candidate can be tried at all; if not, a warning says why. */
    private boolean usable(Fields fields, ProviderKind kind, List<Key> keys, String url) {
        if (!keys.isEmpty() || kind.poolHoldsNamedKeys()) {
            return true;
        }
        if (fields.tree("apiKeys") instanceof Tree.Items items && !items.items().isEmpty()) {
            fields.warning("apiKeys", "none of these keys is set; this provider is skipped");
            return false;
        }
        if (kind.pooled()) {
            return true;
        }
        if (kind.keyed() && url.equals(kind.defaultUrl())) {
            findings.warning(
                    fields.line(),
                    fields.path("apiKeys"),
                    "no key is named, and this upstream answers nobody without one; this provider is skipped");
            return false;
        }
        return true;
    }

    private static @Nullable String model(Fields fields, ProviderKind kind, String publicName) {
        if (kind.route() && fields.tree("model") == null) {
            return publicName;
        }
        var model = fields.requiredText("model");
        var fault = model == null ? null : Names.fault(model).orElse(null);
        if (fault != null) {
            fields.problem("model", fault);
        }
        return fault == null ? model : null;
    }

    private List<Key> keys(Fields fields) {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (var written : fields.texts("apiKeys")) {
            var fault = KeyLike.nameFault(written.text());
            if (fault != null) {
                findings.problem(written.line(), written.path(), fault);
                continue;
            }
            var value = keyValues.find(written.text());
            if (value.secret() != null) {
                keys.putIfAbsent(written.text(), new Key(written.text(), value.secret()));
            } else {
                findings.warning(written.line(), written.path(), value.fault() + "; skipped");
            }
        }
        return List.copyOf(keys.values());
    }

    private static int weight(Fields fields) {
        var weight = fields.count("weight");
        if (weight != null && weight > MAX_WEIGHT) {
            fields.problem("weight", "must be at most " + MAX_WEIGHT);
            return 1;
        }
        return weight == null ? 1 : weight.intValue();
    }
}
