#!/usr/bin/env python3
"""Delivers recorded sessions to real backends and compares what they stored with what was sent to a plain receiver.

usage: backends.py --fairlead PATH --shared DIR [--cache DIR] [--keep DIR] [BACKEND...]

BACKEND: phoenix, mlflow, collector, jaeger, prometheus; default all. What a backend needs is installed into the cache directory
on first use: MLflow and Phoenix by pip, the Collector and Jaeger by go where it is on the PATH; Prometheus is used where it
is installed. One server runs at a time, on loopback.

Sources: the events of the recorded Relay scenarios through `fairlead replay`, recorded homes of OpenClaw and Hermes through
`fairlead run --once`. Each source goes, in one run, to the backend and to the receiver of the tools folder.
Exit: 0 all equal, 1 a difference (each is printed) or nothing was checked, 2 bad usage. Needs Python 3.9,
opentelemetry-proto and grpcio.
"""
import argparse
import collections
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse

import harness

PHOENIX = "arize-phoenix==20.26.1"
MLFLOW = "mlflow==3.17.2"
COLLECTOR = "v0.155.0"
JAEGER = "v1.62.0"

Source = collections.namedtuple("Source", "name events runtime")


class Skip(Exception):
    """Why a backend cannot be checked here."""


# ---------------------------------------------------------------- what is sent


def sources(shared, work):
    recorded = shared / "recorded"
    for scenario in ("01-agent-llm-tool", "02-errors"):
        events = shared / "conformance/nemo-otlp" / scenario / "peer-0.10.4/events.jsonl"
        yield Source(f"relay-{scenario[:2]}", events, None)
    claw = work / "homes/openclaw"
    agent = claw / "agents/main/agent"
    agent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(recorded / "openclaw/v2026.9.6/store/openclaw-agent.sqlite", agent / "openclaw-agent.sqlite")
    yield Source("openclaw", None, ("openclaw", claw, ""))
    hermes = work / "homes/hermes"
    (hermes / "logs").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(recorded / "hermes/state/state.db", hermes / "state.db")
    shutil.copyfile(recorded / "hermes/logs/agent.log", hermes / "logs/agent.log")
    yield Source("hermes", None, ("hermes", hermes, 'zone = "UTC"\n'))


def document(source, endpoints, base):
    parts = [f"""version = 1
data_dir = "{base / 'data'}"

[[components]]
kind = "observability"

[components.config]
version = 4

[components.config.opentelemetry]
enabled = true
"""]
    for endpoint in endpoints:
        parts.append("\n[[components.config.opentelemetry.endpoints]]\nservice_name = \"interop\"\n" + endpoint)
    if source.runtime:
        kind, home, more = source.runtime
        parts.append(f"""
[[components]]
kind = "{kind}"

[components.config]
home = "{home}"
capture_content = true
{more}""")
    return "".join(parts)


def deliver(findings, backend, source, kind, args, base):
    """The spans a plain receiver got, while the backend got the same."""
    base.mkdir(parents=True)
    out = base / "got.jsonl"
    with harness.sink(args.shared / "tools", out) as ports:
        plain = f'type = "{kind}"\nendpoint = "http://127.0.0.1:{ports["http"]}/v1/traces"\n'
        theirs = backend.endpoint(source, kind)
        config = base / "plugins.toml"
        config.write_text(document(source, [plain, f'type = "{kind}"\ntimeout_millis = 30000\n' + theirs], base))
        command = ["replay", "--config", config, source.events] if source.events else ["run", "--once", "--config", config]
        done = harness.fairlead(args.fairlead, base, *command)
    (base / "output.txt").write_text(done.stdout + done.stderr)
    if done.returncode != 0:
        findings.add(f"{backend.name} {source.name} {kind}", f"{command[0]} exits {done.returncode}: {done.stderr[-800:]}")
    return [s for r in harness.requests(out) for s in harness.spans(r["body"])]


def bare(typed):
    """A typed attribute value without its type."""
    (kind, inner), = typed.items()
    if kind == "array":
        return [bare(v) for v in inner]
    if kind == "kvlist":
        return {k: bare(v) for k, v in inner.items()}
    return inner


def wait_for(read, count, seconds=60):
    deadline = time.monotonic() + seconds
    rows = read()
    while len(rows) < count and time.monotonic() < deadline:
        time.sleep(0.5)
        rows = read()
    return rows


def compare(findings, where, sent, rows):
    """Each sent span is stored once, with its parent, name, status and every attribute."""
    stored = collections.defaultdict(list)
    for row in rows:
        stored[(row["trace_id"], row["span_id"])].append(row)
    for span in sent:
        found = stored.pop((span["trace_id"], span["span_id"]), [])
        label = f"{where} {span['name']} {span['span_id']}"
        if len(found) != 1:
            findings.add(label, f"is stored {len(found)} times")
            continue
        row = found[0]
        want = {k: span[k] for k in ("name", "parent_span_id", "start_time_unix_nano", "end_time_unix_nano")}
        want["status"] = span["status"]["code"]
        for key in ("start_time_unix_nano", "end_time_unix_nano"):
            if abs(want[key] - row[key]) <= row["precision"]:
                row[key] = want[key]
        if "kind" in row:
            want["kind"] = span["kind"]
        findings.equal(label, want, {k: row[k] for k in want})
        for key, typed in span["attributes"].items():
            have = row["attributes"].get(key, below(row["attributes"], key))
            if have is None:
                findings.add(label, f"attribute {key} is missing, sent {harness.short(typed)}")
            elif not alike(bare(typed), have):
                findings.add(label, f"attribute {key} is {harness.short(have)}, sent {harness.short(typed)}")
    for (trace, span), _ in stored.items():
        findings.add(where, f"span {span} of trace {trace} was never sent")


def below(attributes, key):
    """The members of an object that a backend read from JSON text and shows by their paths."""
    members = {k.removeprefix(key + "."): v for k, v in attributes.items() if k.startswith(key + ".")}
    return members or None


def alike(sent, stored):
    """Backends read JSON text, and write lists as JSON text."""
    if sent == stored:
        return True
    for text, other in ((sent, stored), (stored, sent)):
        if isinstance(text, str):
            with contextlib.suppress(ValueError):
                if json.loads(text) == other or json.loads(text) == json.loads(str(other)):
                    return True
    return False


# ---------------------------------------------------------------- installing


def pip(cache, name, package):
    folder = cache / name
    program = folder / "bin" / name
    if not (folder / ".complete").exists():
        print(f"{name}: installing {package} into {folder} …", flush=True)
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin/pip", "install", "-q", "--disable-pip-version-check", package])
        (folder / ".complete").touch()
    return program


def go(cache, name, modules, package, source=None):
    program = cache / name
    if program.exists():
        return program
    if not shutil.which("go"):
        raise Skip("go is not on the PATH")
    print(f"{name}: building with go, this takes minutes …", flush=True)
    folder = cache / f"{name}-src"
    folder.mkdir(parents=True, exist_ok=True)
    if source:
        (folder / "main.go").write_text(source)
    variables = {"GOFLAGS": "-mod=mod -buildvcs=false"}
    if not (folder / "go.mod").exists():
        run(["go", "mod", "init", "interop"], folder, variables)
    run(["go", "get", *modules], folder, variables)
    run(["go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, package], folder, variables)
    return program


def run(command, folder=None, variables=None):
    done = subprocess.run(["nice", *map(str, command)], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, **(variables or {})})
    if done.returncode != 0:
        raise Skip(f"{' '.join(map(str, command))} failed: {done.stderr[-400:]}")


# ---------------------------------------------------------------- backends


class Phoenix:
    name = "phoenix"
    kinds = ("openinference", "gen_ai")

    def __init__(self, cache, work, args):
        self.program = pip(cache, "phoenix", PHOENIX)
        self.work = work / "phoenix"
        self.port = harness.free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        return harness.server([self.program, "serve"], self.work / "server.log",
                              lambda: harness.urllib.request.urlopen(self.url + "/healthz", timeout=5),
                              PHOENIX_WORKING_DIR=str(self.work), PHOENIX_HOST="127.0.0.1", PHOENIX_PORT=str(self.port),
                              PHOENIX_GRPC_PORT=str(harness.free_port()), PHOENIX_TELEMETRY_ENABLED="false")

    def endpoint(self, source, kind):
        return (f'endpoint = "{self.url}/v1/traces"\n'
                f'resource_attributes = {{ "openinference.project.name" = "{source.name}-{kind}" }}\n')

    def read(self, source, kind):
        rows, cursor = [], None
        while True:
            query = urllib.parse.urlencode({"limit": 500, **({"cursor": cursor} if cursor else {})})
            try:
                page = harness.http(f"{self.url}/v1/projects/{source.name}-{kind}/spans?{query}")
            except urllib.error.HTTPError as refused:
                if refused.code == 404:
                    return []
                raise
            rows += [self.row(span) for span in page["data"]]
            cursor = page.get("next_cursor")
            if not cursor:
                return rows

    @staticmethod
    def row(span):
        return {"trace_id": span["context"]["trace_id"], "span_id": span["context"]["span_id"],
                "parent_span_id": span["parent_id"] or "", "name": span["name"], "status": span["status_code"],
                "start_time_unix_nano": nanos(span["start_time"]), "end_time_unix_nano": nanos(span["end_time"]),
                "precision": 1000,
                "attributes": {**span["attributes"], "openinference.span.kind": span["span_kind"]}}

    def forget(self, source, kind):
        """A span id is stored once, in whichever project it came to first."""
        harness.http(f"{self.url}/v1/projects/{source.name}-{kind}", method="DELETE")

    def columns(self, findings, where, source, kind, sent):
        """What its pages show: kinds, tokens, cost and sessions."""
        answer = harness.http(self.url + "/graphql", {"query": """{ projects(first: 100) { edges { node { name traceCount
            tokenCountTotal tokenCountPrompt tokenCountCompletion costSummary { total { cost } }
            sessions(first: 500) { edges { node { sessionId numTraces tokenUsage { total } } } } } } } }"""})
        if answer.get("errors"):
            findings.add(where, f"graphql: {answer['errors'][0]['message']}")
            return ""
        projects = {e["node"]["name"]: e["node"] for e in answer["data"]["projects"]["edges"]}
        project = projects.get(f"{source.name}-{kind}")
        if not project:
            return "no such project"
        sessions = {e["node"]["sessionId"] for e in project["sessions"]["edges"]}
        roots = [s for s in sent if not s["parent_span_id"]]
        findings.equal(where, sorted(texts(roots, "session.id")), sorted(sessions), "/sessions")
        findings.equal(where, len({s["trace_id"] for s in sent}), project["traceCount"], "/traces")
        names = ({"prompt": "llm.token_count.prompt", "completion": "llm.token_count.completion"}
                 if kind == "openinference" else
                 {"prompt": "gen_ai.usage.input_tokens", "completion": "gen_ai.usage.output_tokens"})
        calls = [s for s in sent if is_call(s)]
        tokens = {k: sum(number(s, name) for s in calls) for k, name in names.items()}
        findings.equal(where, tokens, {"prompt": int(project["tokenCountPrompt"]),
                                       "completion": int(project["tokenCountCompletion"])}, "/tokens")
        kinds = collections.Counter(r["attributes"]["openinference.span.kind"] for r in self.read(source, kind))
        return (f"{len(sessions)} sessions, tokens {project['tokenCountPrompt']:.0f}/{project['tokenCountCompletion']:.0f}, "
                f"cost {project['costSummary']['total']['cost']}, kinds {dict(kinds)}")


class Mlflow:
    name = "mlflow"
    kinds = ("gen_ai", "openinference")

    def __init__(self, cache, work, args):
        self.program = pip(cache, "mlflow", MLFLOW)
        self.work = work / "mlflow"
        self.port = harness.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.experiments = {}

    def start(self):
        return harness.server(
            [self.program, "server", "--host", "127.0.0.1", "--port", self.port, "--backend-store-uri",
             f"sqlite:///{self.work}/mlflow.db", "--artifacts-destination", self.work / "artifacts", "--workers", "1"],
            self.work / "server.log", lambda: harness.urllib.request.urlopen(self.url + "/health", timeout=5),
            MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", MLFLOW_SERVER_ENABLE_JOB_EXECUTION="false",
            PATH=f"{self.program.parent}{os.pathsep}{os.environ['PATH']}")

    def endpoint(self, source, kind):
        name = f"{source.name}-{kind}"
        made = harness.http(self.url + "/api/2.0/mlflow/experiments/create", {"name": name})
        self.experiments[name] = made["experiment_id"]
        return (f'endpoint = "{self.url}/v1/traces"\n'
                f'headers = {{ x-mlflow-experiment-id = "{made["experiment_id"]}" }}\n')

    def traces(self, source, kind):
        place = {"experiment_id": self.experiments[f"{source.name}-{kind}"]}
        body = {"locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": place}], "max_results": 500}
        return harness.http(self.url + "/api/3.0/mlflow/traces/search", body).get("traces", [])

    def read(self, source, kind):
        rows = []
        for trace in self.traces(source, kind):
            url = f"{self.url}/ajax-api/3.0/mlflow/get-trace-artifact?request_id={trace['trace_id']}"
            rows += [self.row(trace, span) for span in harness.http(url)["spans"]]
        return rows

    @staticmethod
    def row(trace, span):
        status = span["status"]
        code = status["code"] if isinstance(status, dict) else status
        return {"trace_id": trace["trace_id"].removeprefix("tr-"), "span_id": identifier(span["span_id"]),
                "parent_span_id": identifier(span["parent_span_id"]), "name": span["name"],
                "status": str(code).removeprefix("STATUS_CODE_"),
                "start_time_unix_nano": int(span["start_time_unix_nano"]),
                "end_time_unix_nano": int(span["end_time_unix_nano"]), "precision": 0,
                "attributes": {k: decoded(v) for k, v in span["attributes"].items()}}

    def forget(self, source, kind):
        """A trace id is stored once, in whichever experiment it came to first."""
        harness.http(self.url + "/api/3.0/mlflow/traces/delete-traces", {
            "experiment_id": self.experiments[f"{source.name}-{kind}"], "max_timestamp_millis": 2**53})

    def columns(self, findings, where, source, kind, sent):
        """Its columns are filled from the spans of the trace, and hold their sums."""
        by_trace = collections.defaultdict(list)
        for span in sent:
            by_trace[span["trace_id"]].append(span)
        filled = collections.Counter()
        total = collections.Counter()
        for trace in self.traces(source, kind):
            spans = by_trace[trace["trace_id"].removeprefix("tr-")]
            label = f"{where} {trace['trace_id']}"
            meta = trace.get("trace_metadata", {})
            root = next((s for s in spans if not s["parent_span_id"]), None)
            findings.equal(label, root and root["attributes"].get("session.id", {}).get("string"),
                           meta.get("mlflow.trace.session"), "/session")
            state = "ERROR" if root and root["status"]["code"] == "ERROR" else "OK"
            findings.equal(label, state, trace.get("state"), "/state")
            usage = json.loads(meta.get("mlflow.trace.tokenUsage", "{}"))
            names = (("llm.token_count.prompt", "llm.token_count.completion") if kind == "openinference" else
                     ("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"))
            want = [tree_sum(spans, root, name) for name in names]
            findings.equal(label, want, [usage.get("input_tokens", 0), usage.get("output_tokens", 0)], "/tokens")
            for column, there in (("session", "mlflow.trace.session" in meta), ("user", "mlflow.trace.user" in meta),
                                  ("request", trace.get("request_preview")), ("response", trace.get("response_preview")),
                                  ("tokens", usage), ("cost", "mlflow.trace.cost" in meta)):
                filled[column] += bool(there)
            total["input"] += usage.get("input_tokens", 0)
            total["output"] += usage.get("output_tokens", 0)
            total["cost"] += json.loads(meta.get("mlflow.trace.cost", "{}")).get("total_cost", 0)
        return f"{len(by_trace)} traces, filled {dict(filled)}, sums {dict(total)}"


class Collector:
    name = "collector"
    kinds = ("full", "gen_ai", "openinference")

    def __init__(self, cache, work, args):
        contrib = "github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter"
        modules = [f"{m}@{COLLECTOR}" for m in (
            "go.opentelemetry.io/collector/otelcol", "go.opentelemetry.io/collector/receiver/otlpreceiver",
            "go.opentelemetry.io/collector/service", contrib)]
        main = pathlib.Path(__file__).with_name("collector.go.txt").read_text()
        self.program = go(cache, "otelcol-interop", modules, ".", main)
        self.work = work / "collector"
        self.ports = {"http": harness.free_port(), "grpc": harness.free_port()}

    def start(self):
        config = self.work / "config.yaml"
        config.write_text(f"""receivers:
  otlp:
    protocols:
      grpc: {{endpoint: "127.0.0.1:{self.ports['grpc']}"}}
      http: {{endpoint: "127.0.0.1:{self.ports['http']}"}}
exporters:
  file: {{path: "{self.work}/traces.jsonl", flush_interval: 200ms}}
service:
  telemetry: {{metrics: {{level: none}}}}
  pipelines:
    traces: {{receivers: [otlp], exporters: [file]}}
""")
        return harness.server([self.program, "--config", config], self.work / "server.log",
                              lambda: harness.socket.create_connection(("127.0.0.1", self.ports["http"]), 1).close())

    def endpoint(self, source, kind):
        # Half of it over gRPC, so that both of the receiver's doors are used.
        transport, scheme = ("grpc", "grpc") if kind == "full" else ("http_binary", "http")
        return (f'endpoint = "http://127.0.0.1:{self.ports[scheme]}"\ntransport = "{transport}"\ncompression = "gzip"\n'
                f'resource_attributes = {{ "interop.run" = "{source.name}-{kind}" }}\n')

    def read(self, source, kind):
        path = self.work / "traces.jsonl"
        rows = []
        for line in path.read_text().splitlines() if path.exists() else []:
            with contextlib.suppress(ValueError):
                rows += [{**s, "status": s["status"]["code"], "precision": 0,
                          "attributes": {k: bare(v) for k, v in s["attributes"].items()}}
                         for s in harness.spans(json.loads(line))
                         if s["resource"].get("interop.run") == {"string": f"{source.name}-{kind}"}]
        return rows

    def columns(self, findings, where, source, kind, sent):
        return ""

    def forget(self, source, kind):
        pass


class Jaeger:
    name = "jaeger"
    kinds = ("full", "gen_ai")

    def __init__(self, cache, work, args):
        package = "github.com/jaegertracing/jaeger/cmd/all-in-one"
        self.program = go(cache, "jaeger-all-in-one", [f"{package}@{JAEGER}"], package)
        self.work = work / "jaeger"
        self.ports = collections.defaultdict(harness.free_port)

    def start(self):
        flags = {"collector.otlp.http.host-port": "http", "collector.otlp.grpc.host-port": "grpc",
                 "query.http-server.host-port": "query", "query.grpc-server.host-port": "query-grpc",
                 "admin.http.host-port": "admin", "collector.http-server.host-port": "collector",
                 "collector.grpc-server.host-port": "collector-grpc", "http-server.host-port": "agent",
                 "processor.jaeger-binary.server-host-port": "binary",
                 "processor.jaeger-compact.server-host-port": "compact",
                 "processor.zipkin-compact.server-host-port": "zipkin"}
        return harness.server(
            [self.program, "--collector.otlp.enabled=true",
             *(f"--{flag}=127.0.0.1:{self.ports[name]}" for flag, name in flags.items())],
            self.work / "server.log",
            lambda: harness.urllib.request.urlopen(f"http://127.0.0.1:{self.ports['admin']}/", timeout=5))

    def endpoint(self, source, kind):
        transport, scheme = ("grpc", "grpc") if kind == "full" else ("http_binary", "http")
        return (f'endpoint = "http://127.0.0.1:{self.ports[scheme]}"\ntransport = "{transport}"\n'
                f'service_namespace = "{source.name}-{kind}"\n')

    def read(self, source, kind):
        url = f"http://127.0.0.1:{self.ports['query']}/api/traces?service=interop&limit=1500&lookback=custom&start=0&end=" \
              f"{2**53}"
        rows = []
        for trace in harness.http(url).get("data") or []:
            for span in trace["spans"]:
                process = tags(trace["processes"][span["processID"]]["tags"])
                if process.get("service.namespace") != f"{source.name}-{kind}":
                    continue
                about = tags(span["tags"])
                parents = [r["spanID"] for r in span["references"] if r["refType"] == "CHILD_OF"]
                start = span["startTime"] * 1000
                rows.append({"trace_id": trace["traceID"].zfill(32), "span_id": span["spanID"].zfill(16),
                             "parent_span_id": parents[0].zfill(16) if parents else "", "name": span["operationName"],
                             "status": about.get("otel.status_code", "UNSET"), "start_time_unix_nano": start,
                             "end_time_unix_nano": start + span["duration"] * 1000,
                             "precision": 2000,  # start and duration are cut to microseconds
                             "kind": str(about.get("span.kind", "UNSPECIFIED")).upper(), "attributes": about})
        return rows

    def columns(self, findings, where, source, kind, sent):
        return ""

    def forget(self, source, kind):
        pass


class Prometheus:
    """Scrapes the page of `fairlead run` over a home and asks for the sums."""

    name = "prometheus"
    kinds = ()

    def __init__(self, cache, work, args):
        program = shutil.which("prometheus")
        if not program:
            raise Skip("prometheus is not installed")
        self.program = program
        self.work = work / "prometheus"
        self.port, self.page = harness.free_port(), harness.free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        config = self.work / "prometheus.yml"
        config.write_text(f"""global: {{scrape_interval: 1s}}
scrape_configs:
  - job_name: fairlead
    static_configs: [{{targets: ["127.0.0.1:{self.page}"]}}]
""")
        return harness.server([self.program, f"--config.file={config}", f"--storage.tsdb.path={self.work}/data",
                               f"--web.listen-address=127.0.0.1:{self.port}"], self.work / "server.log",
                              lambda: harness.urllib.request.urlopen(self.url + "/-/ready", timeout=5))

    def scraped(self, findings, source, args, base):
        base.mkdir(parents=True)
        kind, home, more = source.runtime
        config = base / "plugins.toml"
        config.write_text(f"""version = 1
data_dir = "{base / 'data'}"

[[components]]
kind = "observability"

[components.config]
version = 4

[components.config.prometheus]
enabled = true
port = {self.page}

[[components]]
kind = "{kind}"

[components.config]
home = "{home}"
backfill = "all"
{more}""")
        done = harness.fairlead(args.fairlead, base, "report", "--format", "json", "--config", config)
        want = collections.Counter()
        for session in json.loads(done.stdout)["sessions"]:
            for model in session.get("models", []):
                want["calls"] += model.get("calls") or 0
                for bucket in ("input", "cache_read", "cache_write", "output"):
                    want[bucket] += model.get(f"{bucket}_tokens") or 0
        ready = lambda: harness.urllib.request.urlopen(f"http://127.0.0.1:{self.page}/metrics", timeout=5)
        with harness.server([args.fairlead, "run", "--config", config], base / "output.txt", ready,
                            HOME=str(base), XDG_STATE_HOME=str(base / "state"), TZ="UTC"):
            deadline = time.monotonic() + 60
            have = {}
            while have != +want and time.monotonic() < deadline:
                time.sleep(1)
                have = self.sums()
        findings.equal(f"prometheus {source.name}", dict(+want), dict(have))
        return f"{dict(have)}"

    def sums(self):
        have = collections.Counter()
        for query, label in (("sum by (fairlead_token_bucket) (fairlead_tokens_total)", "fairlead_token_bucket"),
                             ("sum(fairlead_calls_total)", None)):
            answer = harness.http(f"{self.url}/api/v1/query?" + urllib.parse.urlencode({"query": query}))
            for row in answer["data"]["result"]:
                have[row["metric"].get(label, "calls")] += int(float(row["value"][1]))
        return +have


def is_call(span):
    about = span["attributes"]
    return (about.get("openinference.span.kind") == {"string": "LLM"}
            or about.get("gen_ai.operation.name", {}).get("string") in ("chat", "text_completion", "generate_content"))


def tree_sum(spans, top, name):
    """What a span says itself, else what those below it say: MLflow counts nothing twice."""
    if name in top["attributes"]:
        return number(top, name)
    return sum(tree_sum(spans, s, name) for s in spans if s["parent_span_id"] == top["span_id"])


def texts(spans, name):
    return {s["attributes"][name]["string"] for s in spans if name in s["attributes"]}


def number(span, name):
    return span["attributes"].get(name, {}).get("int", 0)


def nanos(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    since = moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return ((since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds) * 1000


def identifier(text):
    """MLflow writes span ids in hex or, in artifacts, in base64."""
    if not text:
        return ""
    if len(text) == 16:
        return text
    import base64
    return base64.b64decode(text).hex()


def decoded(text):
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def tags(pairs):
    return {p["key"]: p["value"] for p in pairs}


BACKENDS = {b.name: b for b in (Phoenix, Mlflow, Collector, Jaeger, Prometheus)}


def check(findings, kind, args, work):
    """Rows for the table: what was checked of one backend."""
    try:
        backend = BACKENDS[kind](args.cache, work, args)
    except Skip as reason:
        return [(kind, "-", "-", "skipped", str(reason))]
    rows = []
    shutil.rmtree(backend.work, ignore_errors=True)
    backend.work.mkdir(parents=True)
    with backend.start():
        for source in sources(args.shared, work):
            if isinstance(backend, Prometheus):
                if source.runtime:
                    before = findings.count
                    detail = backend.scraped(findings, source, args, backend.work / source.name)
                    rows.append((kind, source.name, "metrics", verdict(findings, before), detail))
                continue
            for projection in backend.kinds:
                before = findings.count
                where = f"{kind} {source.name} {projection}"
                sent = deliver(findings, backend, source, projection, args, backend.work / f"{source.name}-{projection}")
                stored = wait_for(lambda: backend.read(source, projection), len(sent))
                (backend.work / f"{source.name}-{projection}" / "stored.json").write_text(json.dumps(stored, indent=1))
                compare(findings, where, sent, stored)
                detail = backend.columns(findings, where, source, projection, sent) if sent else "nothing was sent"
                backend.forget(source, projection)
                rows.append((kind, source.name, projection, verdict(findings, before),
                             f"{len(stored)}/{len(sent)} spans; {detail}"))
    return rows


def verdict(findings, before):
    return "equal" if findings.count == before else f"{findings.count - before} different"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fairlead", required=True, type=pathlib.Path)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path.home() / ".cache/fairlead-interop")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("backends", nargs="*", choices=[*BACKENDS, []], metavar="BACKEND")
    args = parser.parse_args()
    args.fairlead = args.fairlead.resolve()
    args.cache = args.cache.resolve()
    args.cache.mkdir(parents=True, exist_ok=True)
    work = (args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-interop-"))).resolve()
    findings = harness.Findings()
    rows = [row for name in args.backends or BACKENDS for row in check(findings, name, args, work)]
    print()
    for row in rows:
        print("{:<11}{:<10}{:<15}{:<14}{}".format(*row))
    print(f"{findings.count} differences; files in {work}")
    return 1 if findings.count or all(row[3] == "skipped" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
