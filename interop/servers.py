"""Real backends: how each is installed, started, addressed and asked what it stored."""
import base64
import collections
import contextlib
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse

import harness

PHOENIX = "arize-phoenix==20.26.1"
MLFLOW = "mlflow==3.17.2"
COLLECTOR = "v0.155.0"
JAEGER = "v1.62.0"
PROMETHEUS = "v0.315.0"  # 3.15.0
TYPES = ("full", "gen_ai", "openinference")
COST = "mlflow.llm.cost"


class Skip(Exception):
    """Why a backend cannot be checked here."""


def pip(cache, name, package):
    folder = cache / name
    program = folder / "bin" / name
    if not (folder / ".complete").exists():
        print(f"{name}: installing {package} into {folder} …", flush=True)
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin/pip", "install", "-q", "--disable-pip-version-check", package])
        (folder / ".complete").touch()
    return program


def go(cache, name, modules, package, source=None, tags=""):
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
    run(["go", "build", "-trimpath", "-ldflags=-s -w", f"-tags={tags}", "-o", program, package], folder, variables)
    return program


def run(command, folder=None, variables=None):
    done = subprocess.run(["nice", *map(str, command)], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, **(variables or {})})
    if done.returncode != 0:
        raise Skip(f"{' '.join(map(str, command))} failed: {done.stderr[-400:]}")


# ---------------------------------------------------------------- backends


class Backend:
    """A place that spans are sent to and asked for again. `lot` is the name under which one delivery is found."""

    transports = ("http_binary", "grpc")

    def __init__(self, work):
        self.work = work / self.name

    def forget(self, lot):
        """Makes room for the same spans of another sender."""

    def shown(self, lot):
        """What its pages show, for comparison."""
        return {}

    def columns(self, findings, where, lot, type_, sent):
        """Holds its pages to what was sent. Returns a line about them."""
        return ""


class Phoenix(Backend):
    name = "phoenix"

    def __init__(self, cache, work, args):
        super().__init__(work)
        self.program = pip(cache, "phoenix", PHOENIX)
        self.ports = {"http_binary": harness.free_port(), "grpc": harness.free_port()}
        self.url = f"http://127.0.0.1:{self.ports['http_binary']}"

    def start(self):
        return harness.server([self.program, "serve"], self.work / "server.log",
                              lambda: harness.urllib.request.urlopen(self.url + "/healthz", timeout=5),
                              PHOENIX_WORKING_DIR=str(self.work), PHOENIX_HOST="127.0.0.1",
                              PHOENIX_PORT=str(self.ports["http_binary"]),
                              PHOENIX_GRPC_PORT=str(self.ports["grpc"]), PHOENIX_TELEMETRY_ENABLED="false")

    def endpoint(self, lot, transport):
        return {"endpoint": f"http://127.0.0.1:{self.ports[transport]}",
                "resource_attributes": {"openinference.project.name": lot}}

    def read(self, lot):
        rows, cursor = [], None
        while True:
            query = urllib.parse.urlencode({"limit": 500, **({"cursor": cursor} if cursor else {})})
            try:
                page = harness.http(f"{self.url}/v1/projects/{lot}/spans?{query}")
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

    def forget(self, lot):
        """A span id is stored once, in whichever project it came to first."""
        harness.http(f"{self.url}/v1/projects/{lot}", method="DELETE")

    def shown(self, lot):
        answer = harness.http(self.url + "/graphql", {"query": """{ projects(first: 100) { edges { node { name traceCount
            tokenCountTotal tokenCountPrompt tokenCountCompletion costSummary { total { cost } }
            sessions(first: 500) { edges { node { sessionId numTraces tokenUsage { total } } } } } } } }"""})
        if answer.get("errors"):
            raise RuntimeError(f"graphql: {answer['errors'][0]['message']}")
        projects = {e["node"]["name"]: e["node"] for e in answer["data"]["projects"]["edges"]}
        project = projects.get(lot)
        if not project:
            return {"sessions": [], "traces": 0, "prompt": 0, "completion": 0, "cost": None}
        return {"sessions": sorted(e["node"]["sessionId"] for e in project["sessions"]["edges"]),
                "traces": project["traceCount"], "prompt": int(project["tokenCountPrompt"]),
                "completion": int(project["tokenCountCompletion"]), "cost": project["costSummary"]["total"]["cost"]}

    def columns(self, findings, where, lot, type_, sent):
        """Kinds, tokens, cost and sessions."""
        shown = self.shown(lot)
        findings.equal(where, len({s["trace_id"] for s in sent}), shown["traces"], "/traces")
        kinds = collections.Counter(r["attributes"]["openinference.span.kind"] for r in self.read(lot))
        if type_ == "full":
            return f"kinds {dict(kinds)}"
        roots = [s for s in sent if not s["parent_span_id"]]
        findings.equal(where, sorted(texts(roots, "session.id")), shown["sessions"], "/sessions")
        names = ({"prompt": "llm.token_count.prompt", "completion": "llm.token_count.completion"}
                 if type_ == "openinference" else
                 {"prompt": "gen_ai.usage.input_tokens", "completion": "gen_ai.usage.output_tokens"})
        calls = [s for s in sent if is_call(s)]
        tokens = {k: sum(number(s, name) for s in calls) for k, name in names.items()}
        findings.equal(where, tokens, {k: shown[k] for k in tokens}, "/tokens")
        return (f"{len(shown['sessions'])} sessions, tokens {shown['prompt']}/{shown['completion']}, "
                f"cost {shown['cost']}, kinds {dict(kinds)}")


class Mlflow(Backend):
    name = "mlflow"
    transports = ("http_binary",)

    def __init__(self, cache, work, args):
        super().__init__(work)
        self.program = pip(cache, "mlflow", MLFLOW)
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

    def endpoint(self, lot, transport):
        made = harness.http(self.url + "/api/2.0/mlflow/experiments/create", {"name": lot})
        self.experiments[lot] = made["experiment_id"]
        return {"endpoint": self.url, "headers": {"x-mlflow-experiment-id": made["experiment_id"]}}

    def traces(self, lot):
        place = {"experiment_id": self.experiments[lot]}
        body = {"locations": [{"type": "MLFLOW_EXPERIMENT", "mlflow_experiment": place}], "max_results": 500}
        return harness.http(self.url + "/api/3.0/mlflow/traces/search", body).get("traces", [])

    def read(self, lot):
        rows = []
        for trace in self.traces(lot):
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

    def forget(self, lot):
        """A trace id is stored once, in whichever experiment it came to first."""
        harness.http(self.url + "/api/3.0/mlflow/traces/delete-traces", {
            "experiment_id": self.experiments[lot], "max_timestamp_millis": 2**53})

    def shown(self, lot):
        kept = ("mlflow.trace.session", "mlflow.trace.user", "mlflow.trace.tokenUsage", "mlflow.trace.cost")
        return {t["trace_id"]: {
            "state": t.get("state"), "request": t.get("request_preview"), "response": t.get("response_preview"),
            **{k: v for k, v in t.get("trace_metadata", {}).items() if k in kept}} for t in self.traces(lot)}

    def columns(self, findings, where, lot, type_, sent):
        """Its columns are filled from the spans of the trace, and hold their sums."""
        by_trace = collections.defaultdict(list)
        for span in sent:
            by_trace[span["trace_id"]].append(span)
        filled = collections.Counter()
        total = collections.Counter()
        for trace in self.traces(lot):
            spans = by_trace[trace["trace_id"].removeprefix("tr-")]
            label = f"{where} {trace['trace_id']}"
            meta = trace.get("trace_metadata", {})
            root = next((s for s in spans if not s["parent_span_id"]), None)
            findings.equal(label, root and root["attributes"].get("session.id", {}).get("string"),
                           meta.get("mlflow.trace.session"), "/session")
            state = "ERROR" if root and root["status"]["code"] == "ERROR" else "OK"
            findings.equal(label, state, trace.get("state"), "/state")
            usage = json.loads(meta.get("mlflow.trace.tokenUsage", "{}"))
            names = (("llm.token_count.prompt", "llm.token_count.completion") if type_ == "openinference" else
                     ("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens"))
            want = [tree_sum(spans, root, name) for name in names] if root and type_ != "full" else [0, 0]
            findings.equal(label, want, [usage.get("input_tokens", 0), usage.get("output_tokens", 0)], "/tokens")
            cost = json.loads(meta.get("mlflow.trace.cost", "{}")).get("total_cost", 0)
            if root and any(COST in s["attributes"] for s in spans):
                findings.equal(label, round(tree_cost(spans, root), 9), round(float(cost), 9), "/cost")
            for column, there in (("session", "mlflow.trace.session" in meta), ("user", "mlflow.trace.user" in meta),
                                  ("request", trace.get("request_preview")), ("response", trace.get("response_preview")),
                                  ("tokens", usage), ("cost", "mlflow.trace.cost" in meta)):
                filled[column] += bool(there)
            total["input"] += usage.get("input_tokens", 0)
            total["output"] += usage.get("output_tokens", 0)
            total["cost"] += cost
        return f"{len(by_trace)} traces, filled {dict(filled)}, sums {dict(total)}"


class Collector(Backend):
    name = "collector"

    def __init__(self, cache, work, args):
        super().__init__(work)
        contrib = "github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter"
        modules = [f"{m}@{COLLECTOR}" for m in (
            "go.opentelemetry.io/collector/otelcol", "go.opentelemetry.io/collector/receiver/otlpreceiver",
            "go.opentelemetry.io/collector/service", contrib)]
        main = pathlib.Path(__file__).with_name("collector.go.txt").read_text()
        self.program = go(cache, "otelcol-interop", modules, ".", main)
        self.ports = {"http_binary": harness.free_port(), "grpc": harness.free_port()}

    def start(self):
        config = self.work / "config.yaml"
        config.write_text(f"""receivers:
  otlp:
    protocols:
      grpc: {{endpoint: "127.0.0.1:{self.ports['grpc']}"}}
      http: {{endpoint: "127.0.0.1:{self.ports['http_binary']}"}}
exporters:
  file: {{path: "{self.work}/received.jsonl", flush_interval: 200ms}}
service:
  telemetry: {{metrics: {{level: none}}}}
  pipelines:
    traces: {{receivers: [otlp], exporters: [file]}}
    metrics: {{receivers: [otlp], exporters: [file]}}
    logs: {{receivers: [otlp], exporters: [file]}}
""")
        return harness.server([self.program, "--config", config], self.work / "server.log",
                              lambda: harness.socket.create_connection(
                                  ("127.0.0.1", self.ports["http_binary"]), 1).close())

    def endpoint(self, lot, transport):
        return {"endpoint": f"http://127.0.0.1:{self.ports[transport]}", "resource_attributes": {"interop.run": lot}}

    def received(self):
        path = self.work / "received.jsonl"
        for line in path.read_text().split("\n") if path.exists() else []:
            with contextlib.suppress(ValueError):  # the line being written
                yield json.loads(line)

    def read(self, lot):
        return [{**s, "status": s["status"]["code"], "precision": 0,
                 "attributes": {k: bare(v) for k, v in s["attributes"].items()}}
                for body in self.received() for s in harness.spans(body, strict=False)
                if s["resource"].get("interop.run") == {"string": lot}]


class Jaeger(Backend):
    name = "jaeger"

    def __init__(self, cache, work, args):
        super().__init__(work)
        package = "github.com/jaegertracing/jaeger/cmd/all-in-one"
        self.program = go(cache, "jaeger-all-in-one", [f"{package}@{JAEGER}"], package)
        self.ports = collections.defaultdict(harness.free_port)

    def start(self):
        flags = {"collector.otlp.http.host-port": "http_binary", "collector.otlp.grpc.host-port": "grpc",
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

    def endpoint(self, lot, transport):
        return {"endpoint": f"http://127.0.0.1:{self.ports[transport]}", "service_name": lot}

    def read(self, lot):
        url = (f"http://127.0.0.1:{self.ports['query']}/api/traces?service={lot}&limit=1500&lookback=custom&start=0"
               f"&end={2**53}")
        rows = []
        for trace in harness.http(url).get("data") or []:
            for span in trace["spans"]:
                if trace["processes"][span["processID"]]["serviceName"] != lot:
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


class Prometheus:
    """Scrapes the page of `fairlead run` over a home and asks for the sums."""

    name = "prometheus"
    more = ()

    def __init__(self, cache, work, args):
        program = shutil.which("prometheus")
        if not program:
            raise Skip("prometheus is not installed")
        self.program = program
        self.place(work)

    def place(self, work):
        self.work = work / self.name
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
                               f"--web.listen-address=127.0.0.1:{self.port}", *self.more], self.work / "server.log",
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


class Prometheus3(Prometheus):
    """Takes OTLP, which the one of the PATH may be too old for."""

    name = "prometheus3"
    more = ("--web.enable-otlp-receiver",)

    def __init__(self, cache, work, args):
        package = "github.com/prometheus/prometheus/cmd/prometheus"
        self.program = go(cache, "prometheus3", [f"{package}@{PROMETHEUS}"], package, tags="remove_all_sd")
        self.place(work)


def is_call(span):
    about = span["attributes"]
    return (about.get("openinference.span.kind") == {"string": "LLM"}
            or about.get("gen_ai.operation.name", {}).get("string") in ("chat", "text_completion", "generate_content"))


def tree_sum(spans, top, name):
    """What a span says itself, else what those below it say: MLflow counts nothing twice."""
    if name in top["attributes"]:
        return number(top, name)
    return sum(tree_sum(spans, s, name) for s in spans if s["parent_span_id"] == top["span_id"])


def tree_cost(spans, top):
    if COST in top["attributes"]:
        return float(json.loads(top["attributes"][COST]["string"])["total_cost"])
    return float(sum(tree_cost(spans, s) for s in spans if s["parent_span_id"] == top["span_id"]))


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
    return base64.b64decode(text).hex()


def decoded(text):
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def tags(pairs):
    return {p["key"]: p["value"] for p in pairs}


def bare(typed):
    """A typed attribute value without its type."""
    (kind, inner), = typed.items()
    if kind == "array":
        return [bare(v) for v in inner]
    if kind == "kvlist":
        return {k: bare(v) for k, v in inner.items()}
    return inner


BACKENDS = {b.name: b for b in (Phoenix, Mlflow, Collector, Jaeger, Prometheus)}
