package dev.serai.routing.config;

import dev.serai.routing.config.ModelEntry.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one public model name: an object, or, as in the original AI-Worker-Proxy, a bare list of providers. */
final class EntryReader {

    static final List<String> MEMBERS = Stream.concat(
                    Stream.of("aliases", "config", "strategy", "timeouts", "providers"), Description.MEMBERS.stream())
            .toList();

    private static final List<String> CONFIG_MEMBERS = List.of("prompt", "lane", "on_unsupported");
    private static final Map<String, Lane> LANES =
            new TreeMap<>(Map.of("auto", Lane.AUTO, "translated", Lane.TRANSLATED));
    private static final Map<String, Boolean> ON_UNSUPPORTED = new TreeMap<>(Map.of("error", true, "report", false));
    private static final List<String> LATER =
            List.of("leastInFlight", "lowestLatency", "lowestCost", "sticky", "hedge");
    private static final Map<String, Strategy> STRATEGIES = strategies();

    private final Findings findings;
    private final ProviderReader providerReader;

    EntryReader(Findings findings, ProviderReader providerReader) {
        this.findings = findings;
        this.providerReader = providerReader;
    }

    /** The entry; null when a problem leaves none. */
    @Nullable
    ModelEntry read(Tree.Member member) {
        String path = Shown.plain(member.name());
        Names.fault(member.name()).ifPresent(fault -> findings.problem(member.line(), path, fault));
        if (member.value() instanceof Tree.Items providers) {
            var read = providers(member, providers, path);
            return entry(member.name(), List.of(), Description.NONE, Settings.PLAIN, Timeouts.NONE, read);
        }
        var fields = Fields.of(member.value(), path, MEMBERS, findings);
        if (fields == null) {
            return null;
        }
        var providers = providers(member, fields.tree("providers"), path + ".providers");
        return entry(
                member.name(),
                aliases(fields, member.name()),
                Description.read(fields),
                settings(fields),
                Durations.timeouts(fields),
                providers);
    }

    /** What {@code config} and {@code strategy} say. */
    private record Settings(@Nullable String prompt, Lane lane, boolean refuseLosses, Strategy strategy) {
        static final Settings PLAIN = new Settings(null, Lane.AUTO, false, Strategy.ORDERED);
    }

    private static ModelEntry entry(
            String name,
            List<String> aliases,
            Description own,
            Settings settings,
            Timeouts timeouts,
            List<ProviderReader.Read> providers) {
        var description =
                providers.isEmpty() ? own : own.or(providers.getFirst().description());
        return new ModelEntry(
                name,
                aliases,
                description.displayName(),
                description.description(),
                description.contextWindow(),
                description.maxInputTokens(),
                description.maxOutputTokens(),
                description.pricing(),
                description.metadata(),
                description.flags(),
                settings.prompt(),
                settings.lane(),
                settings.refuseLosses(),
                settings.strategy(),
                timeouts,
                candidates(providers));
    }

    private static List<ProviderEntry> candidates(List<ProviderReader.Read> providers) {
        List<ProviderEntry> candidates = new ArrayList<>();
        for (var provider : providers) {
            if (provider.entry() != null) {
                candidates.add(provider.entry());
            }
        }
        return List.copyOf(candidates);
    }

    private List<ProviderReader.Read> providers(Tree.Member member, @Nullable Tree tree, String path) {
        if (!(tree instanceof Tree.Items list) || list.items().isEmpty()) {
            String reason = tree == null
                    ? "is missing: an entry needs at least one provider"
                    : "must be a list of at least one provider, but is "
                            + (tree instanceof Tree.Items ? "empty" : tree.description());
            findings.problem(tree == null ? member.line() : tree.line(), path, reason);
            return List.of();
        }
        List<ProviderReader.Read> providers = new ArrayList<>();
        for (var item : list.items()) {
            providers.add(providerReader.read(item, path + "[" + providers.size() + "]", member.name()));
        }
        return providers;
    }

    private List<String> aliases(Fields fields, String name) {
        List<String> aliases = new ArrayList<>();
        for (var alias : fields.texts("aliases")) {
            Names.fault(alias.text()).ifPresent(fault -> findings.problem(alias.line(), alias.path(), fault));
            if (!alias.text().equalsIgnoreCase(name)) {
                aliases.add(alias.text());
            }
        }
        return List.copyOf(aliases);
    }

    private static Settings settings(Fields fields) {
        var strategy = strategy(fields);
        var config = fields.fields("config", CONFIG_MEMBERS);
        if (config == null) {
            return new Settings(null, Lane.AUTO, false, strategy);
        }
        var prompt = config.text("prompt");
        var lane = config.oneOf("lane", LANES);
        return new Settings(
                prompt == null || prompt.isBlank() ? null : prompt,
                lane == null ? Lane.AUTO : lane,
                Boolean.TRUE.equals(config.oneOf("on_unsupported", ON_UNSUPPORTED)),
                strategy);
    }

    private static Strategy strategy(Fields fields) {
        var strategy = fields.oneOf("strategy", STRATEGIES);
        if (strategy != null && LATER.contains(fields.text("strategy"))) {
            fields.warning("strategy", "is not built yet; the providers are tried in order");
        }
        return strategy == null ? Strategy.ORDERED : strategy;
    }

    private static Map<String, Strategy> strategies() {
        var strategies = new LinkedHashMap<String, Strategy>();
        strategies.put("ordered", Strategy.ORDERED);
        strategies.put("roundRobin", Strategy.ROUND_ROBIN);
        strategies.put("weighted", Strategy.WEIGHTED);
        strategies.put("random", Strategy.RANDOM);
        LATER.forEach(name -> strategies.put(name, Strategy.ORDERED));
        return Collections.unmodifiableMap(strategies);
    }
}
