"""What is measured: each target starts on a free port, says how it is called and which processes are its own."""

import http.client
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

from . import process
from .process import end, free_port, spawn, status_of, wait_for

PORTKEY_PACKAGE = {
    "name": "bench-portkey",
    "private": True,
    "dependencies": {"@portkey-ai/gateway": "1.15.2"},
    # without these two its streams answer 500
    "overrides": {"@hono/node-server": "1.13.5", "hono": "4.9.7"},
}


class Unavailable(Exception):
    """This target cannot be measured here; the text says why."""


class Target:
    """name, url, headers for the load generator; pids() of its processes ([] = CPU and memory are not read)."""

    headers = ()
    process = None

    def __init__(self, name, work, stub_port=None):
        self.name, self.work, self.stub_port = name, Path(work), stub_port
        self.port = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/v1/chat/completions"

    def start(self):
        pass

    def stop(self):
        end(self.process)
        self.process = None

    def pids(self):
        return [self.process.pid, *process.descendants(self.process.pid)] if self.process else []

    def database_pids(self):
        return []

    def log(self):
        return self.work / f"{self.name}.log"


class Stub(Target):
    def start(self):
        self.port = free_port()
        self.process = spawn([self.work / "stub", "--port", str(self.port)], self.log())
        if not wait_for(lambda: status_of(self.port, "/") == 200, 5, self.process):
            raise Unavailable("the stub does not start, see its log")


class Direct(Target):
    """The stub without anything in between: what the rig itself costs."""

    def start(self):
        self.port = self.stub_port


class External(Target):
    """A target that someone else started; CPU and memory only with a known pid."""

    def __init__(self, name, work, url, headers, pid):
        super().__init__(name, work)
        self._url, self.headers, self.pid = url, headers, pid

    url = property(lambda self: self._url)

    def pids(self):
        return [self.pid, *process.descendants(self.pid)] if self.pid else []


class Nginx(Target):
    CONFIG = """
daemon off;
{user}
worker_processes 2;
worker_rlimit_nofile 65536;
pid {work}/nginx/nginx.pid;
error_log {work}/nginx/error.log;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_max_body_size 64m;
    client_body_temp_path {work}/nginx/body;
    proxy_temp_path {work}/nginx/proxy;
    fastcgi_temp_path {work}/nginx/fastcgi;
    uwsgi_temp_path {work}/nginx/uwsgi;
    scgi_temp_path {work}/nginx/scgi;
    upstream stub {{
        server 127.0.0.1:{stub_port};
        keepalive 2048;
        keepalive_requests 1000000000;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=8192;
        location / {{
            proxy_pass http://stub;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_request_buffering off;
            proxy_read_timeout 600s;
        }}
    }}
}}
"""

    def binary(self):
        """nginx of this machine, else the Debian package unpacked into the work folder: nothing is installed, no service starts."""
        own = self.work / "nginx-package"
        found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:{own}/usr/sbin")
        if found:
            return found
        own.mkdir(exist_ok=True)
        for refresh in (False, True):
            if refresh:
                subprocess.run(["apt-get", "update", "-qq"], capture_output=True)
            if subprocess.run(["apt-get", "download", "-qq", "nginx"], cwd=own, capture_output=True).returncode == 0:
                break
        packages = list(own.glob("nginx_*.deb"))
        if not packages:
            raise Unavailable("nginx is neither installed nor to be had with apt-get: install it and run again")
        subprocess.run(["dpkg-deb", "-x", packages[0], own], check=True)
        return own / "usr/sbin/nginx"

    def start(self):
        binary = self.binary()
        self.port = free_port()
        folder = self.work / "nginx"
        folder.mkdir(exist_ok=True)
        config = folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(self.CONFIG.format(work=self.work, port=self.port, stub_port=self.stub_port, user=user))
        self.process = spawn([binary, "-e", folder / "error.log", "-c", config], self.log())
        if not wait_for(lambda: status_of(self.port, "/") == 200, 5, self.process):
            raise Unavailable("nginx does not start, see nginx.log")


class Portkey(Target):
    def install(self):
        if not shutil.which("node") or not shutil.which("npm"):
            raise Unavailable("Portkey needs node and npm")
        folder = self.work / "portkey"
        folder.mkdir(exist_ok=True)
        package, text = folder / "package.json", json.dumps(PORTKEY_PACKAGE, indent=1)
        script = folder / "node_modules/@portkey-ai/gateway/build/start-server.js"
        if not script.exists() or package.read_text() != text:
            package.write_text(text)
            command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
            if subprocess.run(command, cwd=folder, capture_output=True).returncode or not script.exists():
                raise Unavailable("npm could not install Portkey")
        return script

    def start(self):
        script = self.install()
        self.port = free_port()
        self.headers = (
            "x-portkey-provider: openai",
            f"x-portkey-custom-host: http://127.0.0.1:{self.stub_port}/v1",
            "Authorization: Bearer dummy",
        )
        env = {**os.environ, "NODE_ENV": "production"}
        self.process = spawn(["node", script, f"--port={self.port}", "--headless"], self.log(), env)
        if not wait_for(lambda: status_of(self.port, "/") is not None, 20, self.process):
            raise Unavailable("Portkey does not start, see portkey.log")


def java_home():
    """A JDK 25 or newer: JAVA_HOME when it is one, else the first found beside the default."""
    candidates = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*25*"))
    for home in candidates:
        release = home / "release"
        if (home / "bin/java").exists() and release.exists():
            for line in release.read_text().splitlines():
                if line.startswith('JAVA_VERSION="') and int(line.split('"')[1].split(".")[0]) >= 25:
                    return home
    raise Unavailable("no JDK 25 found: set JAVA_HOME")


class Gateway(Target):
    """The gateway's jar, extracted, with its embedded database in the work folder and every default feature on."""

    def __init__(self, name, work, stub_port, jar, models, heap="512m", options=(), data="data", database=None):
        super().__init__(name, work, stub_port)
        self.jar, self.models, self.heap, self.options = Path(jar), models, heap, list(options)
        self.data, self.database = self.work / data, database or {}
        self.token, self.admin = secrets.token_hex(16), secrets.token_hex(16)
        self.headers = (f"Authorization: Bearer {self.token}",)
        self.started = None

    def extract(self):
        if not self.jar.exists():
            raise Unavailable(f"no jar at {self.jar.name}: build it with mvn package")
        self.java = java_home() / "bin/java"
        app = self.work / "app"
        stamp, now = app / "stamp", f"{self.jar.stat().st_mtime_ns} {self.jar.stat().st_size}"
        if not stamp.exists() or stamp.read_text() != now:
            shutil.rmtree(app, ignore_errors=True)
            command = [self.java, "-Djarmode=tools", "-jar", self.jar, "extract", "--destination", app]
            result = subprocess.run(command, capture_output=True, text=True)
            if result.returncode:
                raise Unavailable(f"the jar cannot be extracted: {(result.stderr or result.stdout).strip()[:200]}")
            stamp.write_text(now)
        return app / self.jar.name

    def environment(self):
        routes = {
            model: {"providers": [{"provider": "openai", "model": model, "baseUrl": f"http://127.0.0.1:{self.stub_port}/v1", "apiKeys": ["OPENAI_KEY_1"]}]}
            for model in self.models
        }
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")}
        kept |= {
            "PORT": str(self.port),
            "MANAGEMENT_PORT": str(free_port()),
            "DATA_DIR": str(self.data),
            "PROXY_AUTH_TOKEN": self.token,
            "ADMIN_API_KEY": self.admin,
            "OPENAI_KEY_1": "dummy",
            "ROUTES_CONFIG": json.dumps(routes),
        }
        return kept | self.database

    def embedded_database(self):
        """Environment with which another gateway works on the embedded database of this one; {} when that cannot be told."""
        try:
            kept = {file.name: file for file in (self.data / "secrets").iterdir()}
            port = next(self.data.rglob("postmaster.pid")).read_text().split("\n")[3]
            password = kept.pop("DATABASE_PASSWORD").read_text().strip()
        except (OSError, KeyError, IndexError, StopIteration):
            return {}
        kept.pop("POSTGRES_PASSWORD", None)
        shared = {f"{name}_FILE": str(file) for name, file in kept.items()}
        return shared | {"DATABASE_URL": f"postgresql://serai:{password}@127.0.0.1:{port}/serai"}

    def start(self, seconds=180):
        """Starts and returns the time to the first 200 of /health/live and /health/ready, and the CPU time to the latter."""
        app = self.extract()
        self.port = free_port()
        self.data.mkdir(parents=True, exist_ok=True)
        home = self.jar.resolve().parent.parent  # routes/ and config/ are found from the project's folder
        begin = time.monotonic()
        self.process = spawn([self.java, f"-Xmx{self.heap}", *self.options, "-jar", app], self.log(), self.environment(), home)
        reached = {}
        for probe in ("live", "ready"):
            if not wait_for(lambda: status_of(self.port, f"/health/{probe}") == 200, seconds, self.process):
                self.stop()
                raise Unavailable(f"the gateway does not reach /health/{probe}, see {self.name}.log")
            reached[f"{probe}_ms"] = round((time.monotonic() - begin) * 1000)
        reached["cpu_s"] = round(process.cpu_seconds([self.process.pid]), 2)
        reached["rss_mib"] = round(process.rss_mib([self.process.pid]), 1)
        return reached

    def pids(self):
        return [self.process.pid] if self.process else []

    def database_pids(self):
        postmasters = []
        for file in self.data.rglob("postmaster.pid"):
            try:
                pid = int(file.read_text().split()[0])
                if str(self.data) in Path(f"/proc/{pid}/cmdline").read_text():  # not a leftover file naming someone else
                    postmasters.append(pid)
            except (OSError, ValueError, IndexError):
                pass
        return [p for master in postmasters for p in (master, *process.descendants(master))]

    def stop(self, seconds=30):
        masters = self.database_pids()
        end(self.process, seconds)
        self.process = None
        for pid in masters[:1]:  # the embedded database goes with the gateway; one that outlives it was ours too
            if not wait_for(lambda: not Path(f"/proc/{pid}").exists(), 5):
                os.kill(pid, signal.SIGINT)

    def live_heap_mib(self):
        """Heap in use right after a full collection, thread stacks of virtual threads included."""
        jcmd = self.java.parent / "jcmd"
        out = subprocess.run([jcmd, str(self.process.pid), "GC.class_histogram"], capture_output=True, text=True, timeout=60).stdout
        total = [line for line in out.splitlines() if line.startswith("Total")]
        return int(total[-1].split()[2]) / 2**20 if total else None


class Limited(Target):
    """The same gateway, called with a key that has token quotas and rates, none of which it reaches."""

    LIMITS = {
        "name": "bench",
        "tokenLimitPerDay": 10**12,
        "tokenLimitPer5h": 10**12,
        "requestsPerMinute": 10**9,
        "tokensPerMinute": 10**12,
        "maxConcurrentStreams": 10**6,
    }
    sections = ("request", "rate")

    def __init__(self, name, work, gateway):
        super().__init__(name, work)
        self.gateway = gateway

    def start(self):
        if not self.gateway.process:
            raise Unavailable("there is no gateway to give a key with limits")
        self.port = self.gateway.port
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        head = {"Authorization": f"Bearer {self.gateway.admin}", "Content-Type": "application/json"}
        connection.request("POST", "/admin/api-keys", json.dumps(self.LIMITS), head)
        answer = connection.getresponse()
        key = re.search(r"pk_[0-9A-Za-z]{46}", answer.read().decode())
        connection.close()
        if answer.status not in (200, 201) or not key:
            raise Unavailable(f"the admin API makes no key: {answer.status}")
        self.headers = (f"Authorization: Bearer {key.group()}",)

    def pids(self):
        return self.gateway.pids()

    def database_pids(self):
        return self.gateway.database_pids()
