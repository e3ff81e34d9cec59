"""Medians, ratios, verdicts and tables of a run's figures."""

import statistics
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"

# section, figure, how it is called in the table
FIGURES = [
    ("request", "cpu_us", "CPU µs per request, 64 connections"),
    ("request", "database_cpu_us", "… and its database's, µs"),
    ("request", "rps", "requests a second, 64 connections"),
    ("rate", "latency_p50_us", "latency p50 at 200/s, µs"),
    ("rate", "latency_p99_us", "latency p99 at 200/s, µs"),
    ("chunk", "cpu_us", "CPU µs per chunk, 100 streams"),
    ("chunk", "chunk_p50_us", "chunk delay p50, 100 streams, µs"),
    ("chunk", "chunk_p99_us", "chunk delay p99, 100 streams, µs"),
    ("chunk", "gap_p99_us", "gap between chunks p99 (20 ms sent), µs"),
    ("ttft", "ttft_p50_us", "first token p50, 100 streams, µs"),
    ("ttft", "ttft_p99_us", "first token p99, 100 streams, µs"),
    ("streams", "delivered_pct", "1,000 streams: chunks delivered in time, %"),
    ("streams", "errors", "1,000 streams: errors"),
    ("streams", "cpu_us", "1,000 streams: CPU µs per chunk"),
    ("streams", "ttft_p50_us", "1,000 streams: first token p50, µs"),
    ("streams", "ttft_p99_us", "1,000 streams: first token p99, µs"),
    ("streams", "gap_p99_us", "1,000 streams: gap p99, µs"),
    ("streams", "rss_peak_mib", "1,000 streams: peak resident memory, MiB"),
    ("body", "cpu_us", "CPU µs per 1 MB request"),
    ("body", "rps", "1 MB requests a second, 8 connections"),
    ("held", "rss_kib_per_stream", "KiB per held stream, resident"),
    ("held", "heap_kib_per_stream", "KiB per held stream, live heap"),
    ("held", "errors", "held streams: errors"),
    ("ledger", "hot_pairs_s", "ledger, one key, 32 clients: reserve and settle, pairs a second"),
    ("ledger", "hot_p99_ms", "… p99 of a pair, ms"),
    ("ledger", "spread_pairs_s", "ledger, 1,000 keys, 32 clients: pairs a second"),
    ("ledger", "spread_p99_ms", "… p99 of a pair, ms"),
]


@dataclass(frozen=True)
class Goal:
    """A limit on a figure of the gateway: absolute, or as a ratio to another target's figure (median of the pairs' ratios)."""

    text: str
    section: str
    figure: str
    limit: float
    to: str = None
    stretch: float = None
    at_least: bool = False
    unit: str = ""
    scale: float = 1

    def measured(self, results, subject):
        if self.to:
            ratios = pair_ratios(results, self.section, self.figure, subject, self.to)
            return statistics.median(ratios) if ratios else None
        value = median(results, self.section, self.figure, subject)
        return None if value is None else value / self.scale

    def holds(self, value, limit):
        return value >= limit if self.at_least else value <= limit

    def verdict(self, results, subject):
        value = self.measured(results, subject)
        if value is None:
            return "not measured"
        if self.stretch is not None and self.holds(value, self.stretch):
            return "stretch goal met"
        if self.holds(value, self.limit):
            return "met"
        alone = None if self.to else self.measured(results, "direct")
        if alone is not None and not self.holds(alone, self.limit):
            return f"undecided: with no gateway at all it is {number(alone)}{self.unit}"
        return "missed"

    def limit_text(self):
        sign = "≥" if self.at_least else "≤"
        text = f"{sign} {self.limit:g}{'× ' + self.to if self.to else self.unit}"
        if self.to and self.limit < 1:
            text = f"{sign} {self.limit:.3f}× {self.to}"
        return text + (f" (stretch {self.stretch:g}×)" if self.stretch is not None else "")


GOALS = [
    Goal("CPU per request", "request", "cpu_us", 8, to="nginx", stretch=4),
    Goal("CPU per request", "request", "cpu_us", 1 / 6, to="portkey"),
    Goal("CPU per chunk, 100 streams", "chunk", "cpu_us", 3.5, to="nginx", stretch=2.5),
    Goal("CPU per chunk, 100 streams", "chunk", "cpu_us", 2 / 3, to="portkey"),
    Goal("first token p99, 100 streams", "ttft", "ttft_p99_us", 6, unit=" ms", scale=1000),
    Goal("first token p99, 100 streams", "ttft", "ttft_p99_us", 1 / 5, to="portkey"),
    Goal("first token p99, 100 streams (stretch)", "ttft", "ttft_p99_us", 2, to="nginx"),
    Goal("1,000 streams × 50 chunks/s: delivered", "streams", "delivered_pct", 98, at_least=True, unit=" %"),
    Goal("1,000 streams × 50 chunks/s: errors", "streams", "errors", 0),
    Goal("1,000 streams × 50 chunks/s: resident memory", "streams", "rss_peak_mib", 650, unit=" MiB"),
    Goal("a held stream, live heap", "held", "heap_kib_per_stream", 160, unit=" KiB"),
    Goal("CPU per 1 MB request", "body", "cpu_us", 2.5, to="nginx"),
    Goal("start to /health/ready, extracted jar", "start", "plain_ready_ms", 5, unit=" s", scale=1000),
    Goal("start to /health/ready, AOT cache", "start", "aot_ready_ms", 3, unit=" s", scale=1000),
    Goal("past the memory cap: accepted streams lost", "memory", "lost", 0),
    Goal("past the memory cap: streams refused", "memory", "refused", 1, at_least=True),
    Goal("ledger, one key: pairs a second", "ledger", "hot_pairs_s", 500, at_least=True),
    Goal("ledger, one key: p99 of a pair", "ledger", "hot_p99_ms", 200, unit=" ms"),
    Goal("ledger, 1,000 keys: pairs a second", "ledger", "spread_pairs_s", 2500, at_least=True),
    Goal("ledger, 1,000 keys: p99 of a pair", "ledger", "spread_p99_ms", 30, unit=" ms"),
]


def values(results, section, figure, target):
    """One value per pair."""
    return [p[target][figure] for p in results["sections"].get(section, []) if figure in p.get(target, {}) and p[target][figure] is not None]


def median(results, section, figure, target):
    found = values(results, section, figure, target)
    if figure == "errors":
        return sum(found) if found else None
    return statistics.median(found) if found else None


def pair_ratios(results, section, figure, target, other):
    return [
        p[target][figure] / p[other][figure]
        for p in results["sections"].get(section, [])
        if p.get(target, {}).get(figure) and p.get(other, {}).get(figure)
    ]


def number(value):
    if value is None:
        return "–"
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value == int(value) or value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def figures_table(results):
    targets = results["targets"]
    rows = []
    for section, figure, text in FIGURES:
        found = [median(results, section, figure, t) for t in targets]
        if any(v is not None for v in found):
            rows.append([text, *map(number, found)])
    return table(["figure (median of the pairs)", *targets], rows)


def neighbours(results):
    """How much of the machine others took while figures were taken: median and worst of all measurements."""
    found = [f["neighbours_pct"] for pairs in results["sections"].values() for p in pairs for f in p.values() if "neighbours_pct" in f]
    return f"neighbours took {statistics.median(found):.0f} % of the machine (median), {max(found):.0f} % at worst" if found else ""


def ratios_table(results, subject):
    others = [t for t in results["targets"] if t not in (subject, "direct", "limited")]
    rows = []
    for section, figure, text in FIGURES:
        for other in others:
            ratios = pair_ratios(results, section, figure, subject, other) if figure.endswith(("cpu_us", "p99_us", "p50_us")) else []
            if ratios:
                rows.append([text, other, f"{statistics.median(ratios):.2f}", " ".join(f"{r:.2f}" for r in ratios)])
    return table([f"figure of {subject}", "to", "median ratio", "per pair"], rows) if rows else ""


def goals_table(results, subject):
    rows = []
    for goal in [g for g in GOALS if g.section in results["sections"]]:
        value = goal.measured(results, subject)
        shown = "–" if value is None else f"{value:.2f}×" if goal.to else number(value) + goal.unit
        rows.append([goal.text, goal.limit_text(), shown, goal.verdict(results, subject)])
    return table(["goal", "limit", f"{subject}, median of the pairs", "verdict"], rows)


def gateway_sections(results):
    """Start and memory cap, which only the gateway has."""
    parts = []
    start = [p["gateway"] for p in results["sections"].get("start", []) if "gateway" in p]
    if start:
        rows = [
            [text] + [number(start[0].get(f"{kind}_{f}")) for f in ("live_ms", "ready_ms", "cpu_s", "rss_mib")]
            for kind, text in (("plain", "extracted jar"), ("aot", f"with AOT cache ({number(start[0].get('aot_cache_mib'))} MiB)"), ("embedded", "extracted jar and its embedded database"))
            if f"{kind}_live_ms" in start[0]
        ]
        if rows:
            parts.append(table(["start, median", "/health/live ms", "/health/ready ms", "CPU s", "resident MiB"], rows))
    cap = [p["gateway"] for p in results["sections"].get("memory", []) if "gateway" in p]
    if cap:
        head = ["asked", "whole", "refused", "lost", "other_errors", "held_peak", "answers_after", "ready_after", "rss_peak_mib"]
        parts.append(f"Past the memory cap (-Xmx{cap[0].get('heap', '?')}):\n\n" + table(head, [[number(cap[0].get(h)) for h in head]]))
    return parts


def markdown(results):
    meta = results["meta"]
    where = f"{meta['date']}, commit {meta['commit']}, {meta['cores']} cores ({meta['cpu']}), kernel {meta['kernel']}, {meta['versions']}"
    parts = ["; ".join(filter(None, [where, f"{meta['pairs']} pairs", meta["quick"] and "quick", meta.get("nice") and f"niceness {meta['nice']}", neighbours(results)])) + ".", figures_table(results)]
    for subject in results["targets"]:
        if subject == "gateway":
            parts += [goals_table(results, subject), *gateway_sections(results)]
        if subject not in ("direct", "nginx", "portkey"):
            parts.append(ratios_table(results, subject))
    if "gateway" not in results["targets"]:
        parts.append(goals_table(results, "gateway"))
    parts += [f"Not measured: {name}: {why}." for name, why in results.get("skipped", {}).items()]
    return "\n\n".join(p for p in parts if p) + "\n"


def write_into(document, results):
    """Replaces what stands between the two marks of a Markdown file."""
    text = Path(document).read_text()
    head, rest = text.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    Path(document).write_text(f"{head}{BEGIN}\n{markdown(results)}{END}{tail}")
