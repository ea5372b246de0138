#!/usr/bin/env python3
"""Compares what Fairlead says about recorded Hermes homes with what the model server logged.

usage: hermes_truth.py --fairlead PATH --shared DIR [--keep DIR]

For each recorded home it copies the store and the log, then checks that
  - `report --format json` has the server's calls, failed calls, tokens and tools;
  - spans, OTLP metrics and the report agree with each other;
  - check_genai.py finds no violation;
  - the main file and the -wal of the home are byte-identical afterwards;
  - a second run with the same state sends nothing again.
Exit: 0 all equal, 1 a difference (each is printed), 2 bad usage. Needs Python 3.9 and
opentelemetry-proto (for the sink of the tools folder).
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HOMES = [
    # name, store files, log, truth
    ("cli", ["state/state.db"], "logs/agent.log", "truth.json"),
    ("left-by-cli", ["state/left-by-cli/state.db", "state/left-by-cli/state.db-wal",
                     "state/left-by-cli/state.db-shm"], "logs/agent.log", "truth.json"),
    ("gateway-3", ["gateway/live-3/state.db", "gateway/live-3/state.db-wal",
                   "gateway/live-3/state.db-shm"], "gateway/logs/agent.log", "gateway/truth-live-3.json"),
    ("gateway-103", ["gateway/state-103.db"], "gateway/logs/agent.log", "gateway/truth-103.json"),
    ("store-only", ["state/state.db"], None, "truth.json"),
]
BUCKETS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens", "reasoning_tokens")
problems = []


def problem(home, text):
    problems.append(f"{home}: {text}")
    print(f"DIFFERENT {home}: {text}")


def prepare(recorded, home, files, log):
    home.mkdir(parents=True)
    for name in files:
        target = os.path.basename(name).replace("state-103.db", "state.db")
        shutil.copyfile(recorded / name, home / target)
    if log:
        (home / "logs").mkdir()
        shutil.copyfile(recorded / log, home / "logs" / "agent.log")


def digest(home):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(home.glob("state.db*")) if not p.name.endswith("-shm")}


def expected(session, with_log):
    models = collections.defaultdict(collections.Counter)
    for use in session["usage"]:
        row = models[use["model"]]
        row["calls"] += use["calls"]
        row["input_tokens"] += use["prompt_tokens"] - use["cached_prompt_tokens"] - use["cache_write_tokens"]
        row["cache_read_tokens"] += use["cached_prompt_tokens"]
        row["cache_write_tokens"] += use["cache_write_tokens"]
        row["output_tokens"] += use["completion_tokens"]
        row["reasoning_tokens"] += use["reasoning_tokens"]
    if with_log:
        for error in session["requests"]["http_errors"]:
            models[error["model"]]["calls"] += 1
            models[error["model"]]["failed_calls"] += 1
    return models


def check_report(name, report, truth, with_log):
    got = {s["session_id"]: s for s in report["sessions"]}
    for session in truth:
        sid = session["session_id"]
        if sid not in got:
            problem(name, f"session {sid} ({session['run']}) is missing")
            continue
        mine = got.pop(sid)
        if mine.get("parent_session_id") != session["parent_session_id"]:
            problem(name, f"{sid} parent {mine.get('parent_session_id')} != {session['parent_session_id']}")
        want = expected(session, with_log)
        have = collections.defaultdict(collections.Counter)
        for model in mine.get("models", []):
            for key in ("calls", "failed_calls") + BUCKETS:
                have[model.get("model")][key] += model.get(key) or 0
        for model in sorted(set(want) | set(have), key=str):
            for key in ("calls", "failed_calls") + BUCKETS:
                if want[model][key] != have[model][key]:
                    problem(name, f"{session['run']} {sid} {model} {key}: {have[model][key]}, server {want[model][key]}")
        tools = collections.Counter(t["name"] for t in session["tool_calls"])
        mine_tools = {t["name"]: t["calls"] for t in mine.get("tools", [])}
        if dict(tools) != mine_tools:
            problem(name, f"{session['run']} {sid} tools {mine_tools}, server {dict(tools)}")
        cost = sum((float(c["amount"]) for m in mine.get("models", []) for c in m.get("costs", [])), 0.0)
        rows = (session.get("state_db") or {}).get("session_model_usage") or []
        store = sum(r["estimated_cost_usd"] for r in rows if r["cost_status"] != "unknown")
        if abs(cost - store) > 1e-9:
            problem(name, f"{session['run']} {sid} cost {cost}, store {store}")
    for sid in got:
        problem(name, f"session {sid} is not in the server's log")


def run(command, **kwargs):
    return subprocess.run(command, capture_output=True, text=True, timeout=180, **kwargs)


def report_totals(report):
    total = collections.Counter()
    for session in report["sessions"]:
        for model in session.get("models", []):
            for key in ("calls", "failed_calls") + BUCKETS:
                total[key] += model.get(key) or 0
        for tool in session.get("tools", []):
            total["tools"] += tool["calls"]
            total["failed_tools"] += tool["failed_calls"]
    return total


def metric_totals(flat):
    last = {}
    for line in flat:
        item = json.loads(line)
        if item["kind"] != "metric":
            continue
        attributes = item.get("attributes") or {}
        last[(item["name"], json.dumps(attributes, sort_keys=True))] = (attributes, item)
    return last


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fairlead", required=True)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    recorded, tools = args.shared / "recorded/hermes", args.shared / "tools"
    work = args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-interop-"))
    for name, files, log, truth_file in HOMES:
        home, base = work / name / "home", work / name
        if base.exists():
            shutil.rmtree(base)
        prepare(recorded, home, files, log)
        before = digest(home)
        truth = json.loads((recorded / truth_file).read_text())
        environment = dict(os.environ, HOME=str(base), HERMES_HOME=str(home), TZ="UTC",
                           XDG_STATE_HOME=str(base / "state"), XDG_CONFIG_HOME=str(base / "config"))
        done = run([args.fairlead, "report", "--format", "json"], env=environment)
        if done.returncode != 0:
            problem(name, f"report exits {done.returncode}: {done.stderr[-400:]}")
            continue
        report = json.loads(done.stdout)
        (base / "report.json").write_text(done.stdout)
        check_report(name, report, truth, log is not None)
        out, flat = base / "got.jsonl", base / "flat.jsonl"
        sink = subprocess.Popen([sys.executable, str(tools / "otlp_sink.py"), "--http", "0", "--out", str(out),
                                 "--flat", str(flat)], stdout=subprocess.PIPE, text=True)
        port = json.loads(sink.stdout.readline())["http"]
        config = base / "plugins.toml"
        config.write_text(f"""
version = 1
[[components]]
kind = "observability"
[components.config]
version = 4
[components.config.opentelemetry]
enabled = true
[[components.config.opentelemetry.endpoints]]
type = "gen_ai"
endpoint = "http://127.0.0.1:{port}/v1/traces"
service_name = "interop"
[components.config.opentelemetry.metrics]
enabled = true
[[components]]
kind = "hermes"
[components.config]
home = "{home}"
zone = "UTC"
""")
        done = run([args.fairlead, "run", "--once", "--config", str(config)], env=environment)
        if done.returncode != 0:
            problem(name, f"run --once exits {done.returncode}: {done.stderr[-600:]}")
        requests = len(out.read_text().splitlines()) if out.exists() else 0
        again = run([args.fairlead, "run", "--once", "--config", str(config)], env=environment)
        if again.returncode != 0:
            problem(name, f"second run --once exits {again.returncode}: {again.stderr[-600:]}")
        sink.terminate()
        sink.wait()
        items = [json.loads(line) for line in flat.read_text().splitlines()] if flat.exists() else []
        spans = [i for i in items if i["kind"] == "span"]
        ids = collections.Counter(i["span_id"] for i in spans)
        repeated = [i for i, n in ids.items() if n > 1]
        if repeated:
            problem(name, f"{len(repeated)} spans were sent twice")
        totals = report_totals(report)
        operations = collections.Counter((s.get("attributes") or {}).get("gen_ai.operation.name") for s in spans)
        errors = sum(1 for s in spans if (s.get("attributes") or {}).get("gen_ai.operation.name") == "execute_tool"
                     and "error.type" in s["attributes"])
        print(f"{name}: {len(spans)} spans {dict(operations)}, {requests} requests, report {dict(totals)}")
        if operations["execute_tool"] != totals["tools"] or errors != totals["failed_tools"]:
            problem(name, f"tool spans {operations['execute_tool']}/{errors}, report {totals['tools']}/{totals['failed_tools']}")
        check_metrics(name, flat, totals)
        check = run([sys.executable, str(tools / "check_genai.py"), "--cross", str(out)])
        print(check.stdout[-1500:])
        if check.returncode != 0:
            problem(name, f"check_genai.py exits {check.returncode}")
        if digest(home) != before:
            problem(name, "the home was changed")
    print(f"{len(problems)} differences; files in {work}")
    return 1 if problems else 0


def check_metrics(name, flat, totals):
    buckets, calls, tools = collections.Counter(), collections.Counter(), collections.Counter()
    for (metric, _), (attributes, item) in metric_totals(flat.read_text().splitlines() if flat.exists() else []).items():
        value = item.get("value") or 0
        if metric == "fairlead.tokens":
            buckets[attributes["fairlead.token.bucket"]] += value
        elif metric == "fairlead.calls":
            calls["all"] += value
            calls[[v for k, v in attributes.items() if k.endswith("outcome")][0]] += value
        elif metric == "fairlead.tool.calls":
            tools["all"] += value
    pairs = [("input", "input_tokens"), ("cache_read", "cache_read_tokens"),
             ("cache_write", "cache_write_tokens"), ("output", "output_tokens")]
    for bucket, key in pairs:
        if buckets[bucket] != totals[key]:
            problem(name, f"metric fairlead.tokens{{{bucket}}} {buckets[bucket]}, report {totals[key]}")
    if calls["all"] != totals["calls"]:
        problem(name, f"metric fairlead.calls {dict(calls)}, report {totals['calls']}")
    if tools["all"] != totals["tools"]:
        problem(name, f"metric fairlead.tool.calls {dict(tools)}, report {totals['tools']}")


if __name__ == "__main__":
    sys.exit(main())
