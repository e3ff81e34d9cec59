"""Processes of one benchmark run: starting, stopping, CPU time and memory, all by process id."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def status_of(port, path):
    """HTTP status of a GET on this machine, or None when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_for(condition, seconds, process=None):
    """True once the condition holds; False at the time limit or when the process has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        if process and process.poll() is not None:
            return False
        time.sleep(0.005)
    return False


def descendants(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, task.read_text().split()):
                found += [child, *descendants(child)]
        except OSError:
            pass
    return found


def cpu_seconds(pids):
    """User and system time of all threads. The process CPU clock counts nanoseconds, /proc/<pid>/stat (the fallback) ticks of 10 ms."""
    total = 0.0
    for pid in pids:
        try:
            total += time.clock_gettime((~pid << 3) | 2)
        except OSError:
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / TICKS
            except OSError:
                pass  # ended meanwhile
    return total


def machine_busy_seconds():
    """CPU time that all processes of this machine took, and the host took from it, since it started."""
    fields = [int(f) for f in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _iowait, irq, softirq, steal = fields
    return (user + nice + system + irq + softirq + steal) / TICKS


def wait_for_calm(seconds, share=0.1):
    """Waits, at most the given time, for a second in which the machine is almost idle."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = machine_busy_seconds()
        time.sleep(1)
        if machine_busy_seconds() - before < share * os.cpu_count():
            return


def rss_mib(pids):
    total = 0
    for pid in pids:
        try:
            total += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            pass
    return total * os.sysconf("SC_PAGE_SIZE") / 2**20


class PeakMemory(threading.Thread):
    """Samples the resident memory of processes; the peak is read after stop()."""

    def __init__(self, pids):
        super().__init__(daemon=True)
        self.pids, self.peak, self.over = pids, rss_mib(pids), threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.05):
            self.peak = max(self.peak, rss_mib(self.pids))

    def stop(self):
        self.over.set()
        self.join()
        return round(self.peak, 1)


LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_parent():
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def spawn(command, log, env=None, cwd=None):
    """Starts a process that outlives neither end() nor this program, however that one ends."""
    with open(log, "ab") as out:
        streams = {"stdin": subprocess.DEVNULL, "stdout": out, "stderr": out}
        return subprocess.Popen(command, **streams, env=env, cwd=cwd, start_new_session=True, preexec_fn=end_with_parent)


def end(process, seconds=30):
    """Asks the process to end and waits; insists after the given time."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
