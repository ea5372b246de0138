#!/usr/bin/env python3
"""Delivers recorded sessions to real backends, through the preset of each, and compares what they stored with what was sent
to a plain receiver, and with what they store of the same events when NeMo Relay itself sends them.

usage: backends.py --fairlead PATH --shared DIR [--relay PYTHON] [--scripts DIR] [--cache DIR] [--keep DIR]
                   [--only TEXT] [BACKEND...]

BACKEND: phoenix, mlflow, collector, jaeger, prometheus; default all. What a backend needs is installed into the cache directory
on first use: MLflow and Phoenix by pip, the Collector and Jaeger by go where it is on the PATH; Prometheus is used where it
is installed. One server runs at a time, on loopback.

Sources: recorded homes of OpenClaw and Hermes through `fairlead run --once`, the events of recorded Relay scenarios through
`fairlead replay`. Each goes, in one run, to the backend and to the receiver of the tools folder; as full, gen_ai and
openinference, over HTTP and gRPC where the backend takes it. With --relay, an interpreter that has `nemo-relay` 0.10, the
script of each scenario (of --scripts, else the recorded ones) is first played through Relay to the same backend, and its
events are what Fairlead replays. Collector: metrics and log records too. --only checks lots whose name has the text.
Exit: 0 all equal, 1 a difference (each is printed) or nothing was checked, 2 bad usage. Needs Python 3.9,
opentelemetry-proto and grpcio.
"""
import argparse
import collections
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import harness
from servers import BACKENDS, TYPES, Collector, Prometheus, Skip, bare

Source = collections.namedtuple("Source", "name events script runtime")

# Relay names the session on the root alone, or in gen_ai where its metadata has it; a correction.
SESSION = {"session.id", "gen_ai.conversation.id"}
# What openinference says in addition; a correction.
MORE_OF_CALLS = {"llm.provider", "llm.token_count.completion_details.reasoning"}
# Fairlead's gen_ai fills more of MLflow's columns than Relay's; Relay works no cost out without prices.
COLUMNS = {"mlflow.trace.session", "mlflow.trace.user", "request", "response"}


# ---------------------------------------------------------------- what is sent


def sources(args, work):
    recorded = args.shared / "recorded"
    scenarios = args.shared / "conformance/nemo-otlp"
    if args.scripts:
        for script in sorted(args.scripts.glob("*.json")):
            yield Source(script.stem, None, script, None)
        return
    for folder in sorted(f for f in scenarios.iterdir() if f.is_dir()):
        yield Source(f"relay-{folder.name[:2]}", folder / "peer-0.10.4/events.jsonl", folder / "script.json", None)
    claw = work / "homes/openclaw"
    agent = claw / "agents/main/agent"
    agent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(recorded / "openclaw/v2026.9.6/store/openclaw-agent.sqlite", agent / "openclaw-agent.sqlite")
    yield Source("openclaw", None, None, ("openclaw", claw, ""))
    hermes = work / "homes/hermes"
    (hermes / "logs").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(recorded / "hermes/state/state.db", hermes / "state.db")
    shutil.copyfile(recorded / "hermes/logs/agent.log", hermes / "logs/agent.log")
    yield Source("hermes", None, None, ("hermes", hermes, 'zone = "UTC"\n'))


def toml(table):
    """A table of texts, numbers and tables of texts."""
    def value(given):
        if isinstance(given, dict):
            return "{ " + ", ".join(f'"{k}" = {json.dumps(v)}' for k, v in given.items()) + " }"
        return json.dumps(given)
    return "".join(f"{k} = {value(v)}\n" for k, v in table.items())


def document(source, endpoints, base, more=""):
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
        parts.append("\n[[components.config.opentelemetry.endpoints]]\n" + toml(endpoint))
    parts.append(more)
    if source.runtime:
        kind, home, settings = source.runtime
        parts.append(f"""
[[components]]
kind = "{kind}"

[components.config]
home = "{home}"
capture_content = true
{settings}""")
    else:
        # Relay has no prices of its own.
        parts.append('\n[[components]]\nkind = "pricing"\nenabled = false\n')
    return "".join(parts)


def deliver(findings, backend, source, events, lot, endpoint, args, base):
    """The spans a plain receiver got, while the backend got the same."""
    out = base / "got.jsonl"
    with harness.sink(args.shared / "tools", out) as ports:
        common = {k: endpoint[k] for k in ("type", "transport", "service_name")}
        port = ports["http" if endpoint["transport"] == "http_binary" else "grpc"]
        # What the preset adds to the projection, the plain receiver gets as well.
        compat = '\ncompat = ["mlflow"]\n' if backend.name == "mlflow" and endpoint["type"] == "gen_ai" else ""
        plain = {**common, "endpoint": f"http://127.0.0.1:{port}"}
        config = base / "plugins.toml"
        text = document(source, [plain, {**endpoint, "backend": backend.name, "timeout_millis": 30000}], base)
        config.write_text(text.replace(toml(plain), toml(plain) + compat, 1))
        command = ["replay", "--config", config, events] if events else ["run", "--once", "--config", config]
        done = harness.fairlead(args.fairlead, base, *command)
    (base / "output.txt").write_text(done.stdout + done.stderr)
    if done.returncode != 0:
        findings.add(lot, f"{command[0]} exits {done.returncode}: {done.stderr[-800:]}")
    return [s for r in harness.requests(out) for s in harness.spans(r["body"])]


def play(findings, backend, source, lot, endpoint, args, base):
    """Plays a script through Relay to the backend. Returns the file of the events it wrote."""
    script = json.loads(source.script.read_text())
    address = endpoint["endpoint"] + ("/v1/traces" if endpoint["transport"] == "http_binary" else "")
    job = {"ops": script["ops"], "config": {"version": 1, "components": [{
        "kind": "observability", "enabled": True, "config": {
            "version": 4,
            "atof": {"enabled": True, "sinks": [{"type": "file", "output_directory": str(base),
                                                 "filename": "events.jsonl", "mode": "overwrite"}]},
            "opentelemetry": {"enabled": True, "endpoints": [{**endpoint, "endpoint": address,
                                                             "timeout_millis": 30000}]}}}]}}
    (base / "job.json").write_text(json.dumps(job))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OTEL_")}
    environment.update(HOME=str(base), XDG_CONFIG_HOME=str(base))
    done = subprocess.run([str(args.relay), str(pathlib.Path(__file__).with_name("relay_play.py")), str(base / "job.json")],
                          env=environment, capture_output=True, text=True, timeout=120)
    (base / "relay.txt").write_text(done.stdout + done.stderr)
    if done.returncode > 0:
        findings.add(lot, f"Relay exits {done.returncode}: {done.stderr[-800:]}")
    elif done.returncode < 0:  # 0.10.4 may crash after it has closed everything
        print(f"  {lot}: Relay ended by signal {-done.returncode}", flush=True)
    return base / "events.jsonl"


# ---------------------------------------------------------------- comparing


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


def settled(read, seconds=20):
    """What is stored once nothing has come for two seconds."""
    rows, quiet = read(), time.monotonic() + 2
    deadline = time.monotonic() + seconds
    while time.monotonic() < min(quiet, deadline):
        time.sleep(0.5)
        now = read()
        if len(now) != len(rows):
            rows, quiet = now, time.monotonic() + 2
    return rows


def comparable(backend, type_, row):
    """A stored span without what is Fairlead's alone and what a correction explains."""
    left_out = set({"gen_ai": SESSION, "openinference": MORE_OF_CALLS}.get(type_, ()))
    if backend.name == "mlflow" and type_ == "gen_ai":
        left_out |= {"mlflow.spanInputs", "mlflow.spanOutputs", "mlflow.spanType", "user.id"}
    if backend.name == "jaeger":
        left_out |= {"otel.scope.name", "otel.scope.version"}
    kept = ("name", "kind", "trace_id", "parent_span_id", "start_time_unix_nano", "end_time_unix_nano", "status")
    return {**{k: row[k] for k in kept if k in row},
            "attributes": {k: v for k, v in row["attributes"].items()
                           if not k.startswith("fairlead.") and k not in left_out}}


def compare_with_relay(findings, lot, backend, type_, theirs, ours, pages):
    want = {r["span_id"]: comparable(backend, type_, r) for r in theirs}
    have = {r["span_id"]: comparable(backend, type_, r) for r in ours}
    findings.equal(f"{lot} against Relay", want, have)
    relay, fairlead = pages
    if type_ == "gen_ai":
        relay, fairlead = (without(p, COLUMNS | {"sessions"}) for p in pages)
    findings.equal(f"{lot} pages against Relay", relay, fairlead)


def without(tree, names):
    if not isinstance(tree, dict):
        return tree
    return {k: without(v, names) for k, v in tree.items() if k not in names}


def check_lot(findings, backend, source, type_, transport, args):
    lot = f"{source.name}-{type_}-{transport.partition('_')[0]}"
    base = backend.work / lot
    base.mkdir(parents=True)
    events, theirs, pages = source.events, None, None
    common = {"type": type_, "transport": transport}
    if source.script and args.relay:
        name = lot + "-relay"
        endpoint = {"service_name": "interop", **common, **backend.endpoint(name, transport)}
        events = play(findings, backend, source, lot, endpoint, args, base)
        theirs = settled(lambda: backend.read(name))
        pages = backend.shown(name)
        (base / "relay.json").write_text(json.dumps(theirs, indent=1))
        backend.forget(name)
    endpoint = {"service_name": "interop", **common, **backend.endpoint(lot, transport)}
    sent = deliver(findings, backend, source, events, lot, endpoint, args, base)
    stored = wait_for(lambda: backend.read(lot), len(sent))
    (base / "stored.json").write_text(json.dumps(stored, indent=1))
    # Comparing changes the times that a backend cuts off.
    if theirs is not None:
        compare_with_relay(findings, lot, backend, type_, theirs, stored, (pages, backend.shown(lot)))
    compare(findings, lot, sent, stored)
    detail = backend.columns(findings, lot, lot, type_, sent) if sent else "nothing was sent"
    backend.forget(lot)
    beside = "" if theirs is None else f", Relay's {len(theirs)}"
    return f"{len(stored)}/{len(sent)} spans{beside}; {detail}"


def check_signals(findings, backend, source, args):
    """Metrics and log records of a home, through the preset and to a plain receiver at once."""
    lot = f"{source.name}-signals"
    base = backend.work / lot
    base.mkdir(parents=True)
    out = base / "got.jsonl"
    section = "components.config.opentelemetry"
    with harness.sink(args.shared / "tools", out) as ports:
        ours = {"service_name": "interop", "endpoint": f"http://127.0.0.1:{ports['http']}"}
        theirs = {"service_name": "interop", "backend": backend.name, **backend.endpoint(lot, "http_binary")}
        more = ""
        for signal, settings in (("metrics", ""), ("logs", 'minimum_severity = "trace"\n')):
            more += f"\n[{section}.{signal}]\nenabled = true\n{settings}"
            more += "".join(f"\n[[{section}.{signal}.endpoints]]\n{toml(e)}" for e in (ours, theirs))
        config = base / "plugins.toml"
        config.write_text(document(source, [], base, more))
        done = harness.fairlead(args.fairlead, base, "run", "--once", "--config", config)
    if done.returncode != 0:
        findings.add(lot, f"run exits {done.returncode}: {done.stderr[-800:]}")
    mine = lambda body: [r for key in ("resourceMetrics", "resourceLogs") for r in body.get(key, [])
                         if {"key": "interop.run", "value": {"stringValue": lot}} in r["resource"]["attributes"]]
    deadline = time.monotonic() + 20
    while not any(mine(b) for b in backend.received()) and time.monotonic() < deadline:
        time.sleep(0.5)
    plain = [r["body"] for r in harness.requests(out)]
    stored = [{k: [r for r in body.get(k, []) if r in mine(body)] for k in body} for body in backend.received()]
    findings.equal(lot, series(plain), series(stored))
    logs = [sorted(json.dumps([x["time_unix_nano"], x["body"], x["attributes"]], sort_keys=True)
                   for b in bodies for x in harness.log_records(b)) for bodies in (plain, stored)]
    findings.equal(lot, *logs)
    return f"{len(series(stored))} series, {len(logs[1])} log records"


def series(bodies):
    """The last value of each series of Fairlead's own facts; its health counts differ from reading to reading."""
    last = {}
    for body in bodies:
        for point in harness.points(body):
            if not point["name"].startswith("fairlead.kernel") and "subscriber" not in json.dumps(point["attributes"]):
                value = {k: v for k, v in point["point"].items()
                         if k in ("asInt", "asDouble", "count", "sum", "bucketCounts")}
                last[point["name"] + json.dumps(point["attributes"], sort_keys=True)] = value
    return last


# ---------------------------------------------------------------- running


def check(findings, name, args, work):
    """Rows for the table: what was checked of one backend."""
    try:
        backend = BACKENDS[name](args.cache, work, args)
    except Skip as reason:
        return [(name, "-", "skipped", str(reason))]
    rows = []
    shutil.rmtree(backend.work, ignore_errors=True)
    backend.work.mkdir(parents=True)

    def row(lot, work_on):
        if args.only in f"{name} {lot}":
            before = findings.count
            detail = work_on()
            rows.append((name, lot, verdict(findings, before), detail))
            print("{:<11}{:<40}{:<14}{}".format(*rows[-1]), flush=True)

    with backend.start():
        for source in sources(args, work):
            if isinstance(backend, Prometheus):
                if source.runtime:
                    row(source.name, lambda: backend.scraped(findings, source, args, backend.work / source.name))
                continue
            for type_ in TYPES:
                for transport in backend.transports:
                    row(f"{source.name}-{type_}-{transport.partition('_')[0]}",
                        lambda: check_lot(findings, backend, source, type_, transport, args))
            if isinstance(backend, Collector) and source.runtime:
                row(f"{source.name}-signals", lambda: check_signals(findings, backend, source, args))
    return rows


def verdict(findings, before):
    return "equal" if findings.count == before else f"{findings.count - before} different"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fairlead", required=True, type=pathlib.Path)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("--relay", type=pathlib.Path)
    parser.add_argument("--scripts", type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path.home() / ".cache/fairlead-interop")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("backends", nargs="*", choices=[*BACKENDS, []], metavar="BACKEND")
    args = parser.parse_args()
    if args.scripts and not args.relay:
        parser.error("--scripts needs --relay")
    args.fairlead = args.fairlead.resolve()
    args.cache = args.cache.resolve()
    args.cache.mkdir(parents=True, exist_ok=True)
    work = (args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-interop-"))).resolve()
    findings = harness.Findings()
    rows = [row for name in args.backends or BACKENDS for row in check(findings, name, args, work)]
    print(f"{findings.count} differences; files in {work}")
    return 1 if findings.count or all(row[2] == "skipped" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
