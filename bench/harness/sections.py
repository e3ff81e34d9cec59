"""The measurements. Each takes a started target and returns a flat dict of figures."""

import json
import os
import resource
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass

from .process import PeakMemory, cpu_seconds, end, machine_busy_seconds, rss_mib, status_of
from .targets import Unavailable


@dataclass(frozen=True)
class Size:
    """How long things run: `FULL` for figures, `QUICK` to see that everything works."""

    seconds: float = 5
    chunks_100: int = 200
    chunks_1000: int = 250
    ttft_rounds: int = 9
    warm_slices: int = 30
    warm_requests: int = 40_000
    warm_rounds: int = 25
    held: int = 2000
    held_chunks: int = 12
    capped: int = 3000
    starts: int = 3


FULL = Size()
QUICK = Size(seconds=1.5, chunks_100=50, chunks_1000=100, ttft_rounds=3, warm_slices=3, warm_requests=0, warm_rounds=3, held=500, held_chunks=8, capped=1500, starts=1)
WARM_CHUNKS, TTFT_CHUNKS, CAP_CHUNKS = 40, 5, 8
HOLD_INTERVAL, HOLD_RAMP = 2000, 8000  # ms


def models(size):
    """Every model name that the sections ask for; the gateway gets a route for each."""
    shapes = [(WARM_CHUNKS, 20), (TTFT_CHUNKS, 20), (size.chunks_100, 20), (size.chunks_1000, 20), (size.held_chunks, HOLD_INTERVAL), (CAP_CHUNKS, HOLD_INTERVAL)]
    return ["bench", *dict.fromkeys(f"bench-{n}x{i}" for n, i in shapes)]


class Load:
    """Runs the load generator against a target and reads its one line of JSON."""

    def __init__(self, binary, stub):
        self.binary, self.stub = binary, stub

    def command(self, mode, target, **options):
        command = [str(self.binary), mode, "--url", target.url]
        for header in target.headers:
            command += ["--header", header]
        for name, value in options.items():
            command += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        return command

    def run(self, mode, target, **options):
        """The generator's figures and, where the target's processes are known, the CPU seconds they took for them."""
        pids, database = target.pids(), target.database_pids()
        before, database_before = cpu_seconds(pids), cpu_seconds(database)
        others, begin = self.others(pids + database), time.monotonic()
        done = subprocess.run(self.command(mode, target, **options), capture_output=True, text=True, timeout=240)
        others = (self.others(pids + database) - others) / (time.monotonic() - begin) / os.cpu_count()
        if done.returncode:
            raise Unavailable(f"load generator: {done.stderr.strip()[:300]}")
        figures = json.loads(done.stdout)
        figures["cpu"] = cpu_seconds(pids) - before if pids else None
        figures["database_cpu"] = cpu_seconds(database) - database_before if database else None
        figures["neighbours_pct"] = round(max(0.0, 100 * others), 1)
        figures["complaint"] = done.stderr.strip()[:300]
        return figures

    def others(self, pids):
        """CPU time that everything but this benchmark took: neighbours on the machine, and the host's steal."""
        generators = resource.getrusage(resource.RUSAGE_CHILDREN)
        return machine_busy_seconds() - cpu_seconds({*pids, *self.stub.pids()}) - generators.ru_utime - generators.ru_stime


def micros(seconds, count):
    return round(seconds * 1e6 / count, 2) if seconds is not None and count else None


def flat(run, unit, *series):
    """The figures every section reports: CPU per unit, errors, and the named series' percentiles."""
    out = {"errors": run["errors"] + run["refused"], "neighbours_pct": run["neighbours_pct"]}
    if run["cpu"] is not None:
        out["cpu_us"] = micros(run["cpu"], run[unit])
    if run["database_cpu"] is not None:
        out["database_cpu_us"] = micros(run["database_cpu"], run[unit])
    for name in series:
        for p in ("p50", "p99", "p999"):
            if name in run:
                out[f"{name.removesuffix('_us')}_{p}_us"] = run[name][p]
    if run["complaint"] and out["errors"]:
        out["complaint"] = run["complaint"]
    return out


def warm(load, target, size):
    """Runs load until the CPU time of a request stops falling, then streams: the compilers of Java and JavaScript count calls."""
    last, served = None, 0
    for _ in range(size.warm_slices):
        run = load.run("closed", target, conns=64, seconds=2)
        now, served = micros(run["cpu"], run["ok"]), served + run["ok"]
        if now is None or (last and now > 0.95 * last and served >= size.warm_requests):
            break
        last = now
    for _ in range(2):
        load.run("streams", target, conns=100, chunks=TTFT_CHUNKS, interval=20, ramp=20, rounds=size.warm_rounds)
        load.run("streams", target, conns=100, chunks=WARM_CHUNKS, interval=20, ramp=20)


def request(load, target, size):
    """Whole answers, 64 connections, closed loop."""
    run = load.run("closed", target, conns=64, seconds=size.seconds)
    return flat(run, "ok", "latency_us") | {"rps": run["rps"]}


def rate(load, target, size):
    """Whole answers at 200 a second: what a call costs in time when nothing is saturated."""
    run = load.run("rate", target, rate=200, seconds=size.seconds)
    return flat(run, "ok", "latency_us")


def chunk(load, target, size):
    """100 streams, their starts spread over one interval, a chunk every 20 ms each."""
    run = load.run("streams", target, conns=100, chunks=size.chunks_100, interval=20, ramp=20)
    return flat(run, "chunks", "chunk_us", "gap_us") | {"delivered_pct": run["delivered_pct"]}


def ttft(load, target, size):
    """100 short streams begun within 20 ms, several times: request sent to first content received, less the stub's delay.

    The p99 of one round is its slowest stream or two, so one hiccup of the machine decides it: the median round is reported.
    """
    runs = [load.run("streams", target, conns=100, chunks=TTFT_CHUNKS, interval=20, ramp=20) for _ in range(size.ttft_rounds)]
    rounds = [flat(run, "chunks", "ttft_us") for run in runs]
    figures = set.intersection(*map(set, rounds)) - {"complaint"}
    return {f: round(statistics.median(r[f] for r in rounds), 1) for f in sorted(figures)} | {"errors": sum(r["errors"] for r in rounds)}


def streams(load, target, size):
    """1,000 streams at 50 chunks a second each."""
    memory = PeakMemory(target.pids())
    run = load.run("streams", target, conns=1000, chunks=size.chunks_1000, interval=20, ramp=1000)
    peak = memory.stop()
    out = flat(run, "chunks", "ttft_us", "chunk_us", "gap_us") | {"delivered_pct": run["delivered_pct"]}
    return out | ({"rss_peak_mib": peak} if peak else {})


def body(load, target, size):
    """1 MB requests with small answers, 8 connections."""
    load.run("closed", target, conns=8, seconds=0.5, body=1_000_000)
    memory = PeakMemory(target.pids())
    run = load.run("closed", target, conns=8, seconds=size.seconds, body=1_000_000)
    peak = memory.stop()
    return flat(run, "ok", "latency_us") | {"rps": run["rps"]} | ({"rss_peak_mib": peak} if peak else {})


def hold(load, target, count, chunks, while_held):
    """Opens streams of a chunk every two seconds, calls while_held once all of them run, and returns the generator's figures."""
    command = load.command("streams", target, conns=count, chunks=chunks, interval=HOLD_INTERVAL, ramp=HOLD_RAMP, grace=60, announce=True)
    generator = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    guard = threading.Timer((chunks * HOLD_INTERVAL + HOLD_RAMP) / 1000 + 90, generator.kill)
    guard.start()
    try:
        complaints = []
        for line in generator.stderr:
            if line.startswith("held"):
                while_held()
            else:
                complaints.append(line)
        return json.loads(generator.stdout.read()) | {"complaint": "".join(complaints)[:300]}
    finally:
        guard.cancel()
        end(generator, 5)


def held(load, target, size):
    """Memory of streams that are open side by side: growth of resident memory, and of the live heap where there is one."""
    heap = getattr(target, "live_heap_mib", lambda: None)
    load.run("streams", target, conns=200, chunks=WARM_CHUNKS, interval=20, ramp=200)
    before, heap_before, seen = rss_mib(target.pids()), heap(), {}

    def while_held():
        time.sleep(1.5)
        seen["rss"], seen["heap"] = rss_mib(target.pids()), heap()

    run = hold(load, target, size.held, size.held_chunks, while_held)
    out = {"errors": run["errors"] + run["refused"], "held": run["held_peak"]}
    if out["errors"]:
        out["complaint"] = run["complaint"]
    if "rss" in seen:
        out["rss_kib_per_stream"] = round((seen["rss"] - before) * 1024 / size.held, 1)
        if seen["heap"]:
            out["heap_kib_per_stream"] = round((seen["heap"] - heap_before) * 1024 / size.held, 1)
    return out


def memory_cap(load, gateway, size):
    """More streams than a small heap carries: some are refused with 503, none of the accepted is lost, and it still answers after."""
    load.run("streams", gateway, conns=50, chunks=WARM_CHUNKS, interval=20, ramp=200)
    peak = PeakMemory(gateway.pids())
    run = hold(load, gateway, size.capped, CAP_CHUNKS, lambda: None)
    after = load.run("rate", gateway, rate=20, seconds=1)
    return {
        "asked": run["requests"],
        "whole": run["ok"],
        "refused": run["refused"],
        "lost": run["cut"],
        "other_errors": run["errors"] - run["cut"],
        "held_peak": run["held_peak"],
        "answers_after": after["ok"],
        "ready_after": status_of(gateway.port, "/health/ready"),
        "rss_peak_mib": peak.stop(),
    }


def starts(load, make_gateway, size, cache, database):
    """Start times of the extracted jar without and with an AOT cache, against a database that is already there.

    `database` is the environment that names one; without it a further gateway lends its embedded database, and how long
    that one took to start, on a folder initialised before, is reported too.
    """
    out, host = {}, None

    def once(options, exercise=False, stop_seconds=30):
        gateway = make_gateway(options, "data-start", database)
        try:
            figures = gateway.start()
            if exercise:
                load.run("closed", gateway, conns=8, seconds=2)
                load.run("streams", gateway, conns=20, chunks=WARM_CHUNKS, interval=20, ramp=20)
            return figures
        finally:
            gateway.stop(stop_seconds)

    try:
        if not database:
            host = make_gateway((), "data-host", {})
            host.start()
            host.stop()
            out["embedded"] = [host.start()]
            database = host.embedded_database()
            if not database:
                raise Unavailable("the embedded database cannot be shared: give --database-url")
        once(())
        out["plain"] = [once(()) for _ in range(size.starts)]
        cache.unlink(missing_ok=True)
        once((f"-XX:AOTCacheOutput={cache}",), exercise=True, stop_seconds=180)  # the cache is written while it ends
        if cache.exists():
            out["aot_cache_mib"] = round(cache.stat().st_size / 2**20, 1)
            out["aot"] = [once((f"-XX:AOTCache={cache}",)) for _ in range(size.starts)]
    finally:
        if host:
            host.stop()
    for kind in ("embedded", "plain", "aot"):
        for figure in ("live_ms", "ready_ms", "cpu_s", "rss_mib"):
            if kind in out:
                out[f"{kind}_{figure}"] = statistics.median(run[figure] for run in out[kind])
    return out


def ledger(gateway, source, size):
    """Pairs of reserve and settle by 32 clients over ten connections, without HTTP: all on one key, and spread over 1,000."""
    database = gateway.embedded_database()
    if not database:
        raise Unavailable("the ledger is measured on the gateway's embedded database, which cannot be told")
    app = gateway.work / "app"
    classes, path = gateway.work / "ledger", f"{app / gateway.jar.name}:{app}/lib/*"
    compiler = [gateway.java.parent / "javac", "--release", "25", "-nowarn", "-proc:none", "-cp", path, "-d", classes, source]
    subprocess.run(compiler, check=True, capture_output=True)
    out = {}
    for name, keys in (("hot", 1), ("spread", 1000)):
        command = [gateway.java, "-Xmx256m", "-cp", f"{classes}:{path}", "dev.serai.quota.LedgerLoad", "32", str(keys), str(size.seconds)]
        done = subprocess.run(command, env={**os.environ, **database}, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise Unavailable(f"the ledger's load: {done.stderr.strip()[-300:]}")
        found = next(line for line in done.stdout.splitlines() if line.startswith("{"))  # the rest is its log
        out |= {f"{name}_{figure}": value for figure, value in json.loads(found).items()}
    return out
