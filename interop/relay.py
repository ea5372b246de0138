#!/usr/bin/env python3
"""Replays events that NeMo Relay wrote through one document with every exporter, and compares what arrives with what
Relay sent and wrote for the same events.

usage: relay.py --fairlead PATH --shared DIR [--keep DIR] [--only TEXT]

Per recorded scenario and transport (http_binary, grpc) one `fairlead replay` delivers, at once,
  - spans of the types full, gen_ai and openinference, to a receiver each;
  - log records and metrics over OTLP;
  - file sinks of the three types, ATOF events and ATIF trajectories.
Differences that docs/relay-corrections.md explains are left out by the tables below; what Fairlead reads and Relay does not is
made from the events (read_answers) and must be there.
Exit: 0 all equal, 1 a difference (each is printed), 2 bad usage. Needs Python 3.9, opentelemetry-proto and grpcio (for the
receiver of the tools folder).
"""
import argparse
import collections
import contextlib
import json
import pathlib
import re
import shutil
import sys
import tempfile

import harness

TYPES = ("full", "gen_ai", "openinference")
# Relay shows the session on agents, the conventions want it on every span.
ON_EVERY_SPAN = {"session.id", "gen_ai.conversation.id"}
# A note in the recordings on attributes that Relay sends twice in one span; a correction.
SENT_TWICE = "__duplicates__"
RESOURCE = ("service.name", "service.namespace", "service.version", "deployment.environment")
# What release 0.7 did otherwise than the later ones, whose spans Fairlead's are: it showed no content of tool calls, a
# payload of null as text, another root of the session, and a step of a call that overlaps the next one without its extra
# (docs/relay-corrections.md).
OTHERWISE_IN_07 = {"gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "nemo_relay.session.instance_id"}
IDS = ("trace_id", "span_id", "parent_span_id")
EMPTY = (None, "", [], {})

Scenario = collections.namedtuple("Scenario", "name folder release settings agent")
HELD_OUT = {"name": "held-out", "version": "1.0.0", "model": "default-model"}
HOOKS = {"name": "NeMo Relay", "version": "1.0.0", "model": "unknown"}


def scenarios(conformance):
    for folder in sorted((conformance / "nemo-otlp").glob("*/peer-*")):
        release = folder.name.removeprefix("peer-")
        settings = {"attributes": "json"} if release.startswith("0.5") else {}
        yield Scenario(f"{folder.parent.name} {release}", folder, release, settings, HELD_OUT)
    for folder in sorted((conformance / "nemo-hooks").iterdir()):
        if folder.is_dir():
            yield Scenario(f"{folder.name} 0.7.3", folder, "0.7.3", {}, HOOKS)


def document(scenario, transport, ports, base):
    scheme = {"http_binary": "http", "grpc": "grpc"}[transport]
    identity = f"""service_name = "agent-service"
service_namespace = "nemo"
service_version = "1.0.0"
instrumentation_scope = "nemo-relay-otel"
resource_attributes = {{ "deployment.environment" = "dev" }}
"""
    shape = "".join(f'{key} = "{text}"\n' for key, text in scenario.settings.items())

    def destination(table, port, extra=""):
        return f"""
[[{table}]]
endpoint = "http://127.0.0.1:{port[scheme]}"
transport = "{transport}"
headers = {{ x-test = "held-out" }}
{identity}{extra}"""

    section = "components.config.opentelemetry"
    parts = [f"""version = 1
data_dir = "{base / 'data'}"

# Relay has no prices of its own.
[[components]]
kind = "pricing"
enabled = false

[[components]]
kind = "observability"

[components.config]
version = 4

[{section}]
enabled = true
"""]
    for kind in TYPES:
        parts.append(destination(f"{section}.endpoints", ports[kind], f'type = "{kind}"\n{shape}'))
        parts.append(f"""
[[{section}.file_sinks]]
type = "{kind}"
output_directory = "{base / 'files'}"
filename = "spans.{kind}.jsonl"
{identity}{shape}""")
    parts.append(f"\n[{section}.metrics]\nenabled = true\n")
    parts.append(destination(f"{section}.metrics.endpoints", ports["signals"]))
    parts.append(f'\n[{section}.logs]\nenabled = true\nminimum_severity = "trace"\n')
    parts.append(destination(f"{section}.logs.endpoints", ports["signals"]))
    parts.append(f"""
[components.config.atof]
enabled = true

[[components.config.atof.sinks]]
type = "file"
output_directory = "{base / 'files'}"
filename = "events.jsonl"

[components.config.atif]
enabled = true
agent_name = "{scenario.agent['name']}"
agent_version = "{scenario.agent['version']}"
model_name = "{scenario.agent['model']}"
output_directory = "{base / 'trajectories'}"
""")
    return "".join(parts)


def comparable(span, kind, scenario):
    """A span without what a correction explains and without what is Fairlead's alone."""
    left_out = ON_EVERY_SPAN if kind == "gen_ai" else set()
    if scenario.release.startswith("0.7"):
        left_out = left_out | OTHERWISE_IN_07
        for name in ("input", "output"):
            if span["attributes"].get(f"{name}.value") == {"string": "null"}:
                left_out = left_out | {f"{name}.value", f"{name}.mime_type"}
    shown = {k: span[k] for k in ("name", "kind", "start_time_unix_nano", "end_time_unix_nano")}
    if not scenario.release.startswith("0.5"):  # whose ids are random
        shown.update({k: span[k] for k in IDS})
    shown["attributes"] = {k: v for k, v in span["attributes"].items()
                           if not k.startswith("fairlead.") and k not in left_out and k != SENT_TWICE}
    shown["events"] = [{**{k: e[k] for k in ("name", "time_unix_nano")},
                        "attributes": {k: v for k, v in e["attributes"].items()
                                       if not k.startswith("fairlead.") and k not in left_out}}
                       for e in span.get("events", [])]
    shown["status"] = span["status"]
    return shown


def by_key(spans):
    return {f"{s['name']}@{s['start_time_unix_nano']}": s for s in spans}


def read_answers(kind, events):
    """By span id what Relay leaves unread of answers as Hermes hands them to hooks, their parts already merged ("Facts
    from bodies" in docs/relay-corrections.md): the attributes that Fairlead must show of exactly what they say."""
    answers = {}
    for event in events:
        data = event.get("data")
        if event.get("category") != "llm" or event.get("scope_category") != "end" or not isinstance(data, dict):
            continue
        if "choices" in data or not {"content", "finish_reason", "model", "usage"} <= set(data):
            continue
        said, reason = data["content"], data["finish_reason"]
        if kind == "gen_ai":
            message = {"role": "assistant", "parts": [{"type": "text", "content": said}], "finish_reason": reason}
            added = {"gen_ai.output.messages": {"string": json.dumps([message], ensure_ascii=False, sort_keys=True,
                                                                     separators=(",", ":"))},
                     "gen_ai.response.finish_reasons": {"array": [{"string": reason}]},
                     "gen_ai.response.model": {"string": data["model"]},
                     "gen_ai.usage.input_tokens": {"int": data["usage"]["prompt_tokens"]},
                     "gen_ai.usage.output_tokens": {"int": data["usage"]["completion_tokens"]}}
        elif kind == "openinference":
            added = {"llm.finish_reason": {"string": {"stop": "complete"}.get(reason, reason)},
                     "llm.output_messages.0.message.content": {"string": said},
                     "llm.output_messages.0.message.role": {"string": "assistant"}}
        else:
            added = {}
        answers[event["uuid"].replace("-", "")[16:]] = added
    return answers


def check_spans(findings, where, scenario, kind, spans, events):
    file = scenario.folder / f"spans.{kind}.json"
    if not file.exists():
        return f"{kind} not recorded"
    recorded = json.loads(file.read_text())
    answers = read_answers(kind, events)
    for span in recorded["spans"]:
        span["attributes"] = answers.get(span["span_id"], {}) | span["attributes"]
    want = by_key(comparable(s, kind, scenario) for s in recorded["spans"])
    if len(spans) != len({s["span_id"] for s in spans}):
        findings.add(where, f"{kind}: a span was sent twice")
    findings.equal(f"{where} {kind}", want, by_key(comparable(s, kind, scenario) for s in spans))
    for span in spans:
        have = {k: span["resource"].get(k) for k in RESOURCE}
        if "resource" in recorded:
            findings.equal(f"{where} {kind} resource", {k: recorded["resource"].get(k) for k in RESOURCE}, have)
            findings.equal(f"{where} {kind} scope", recorded["scope"]["name"], span["scope"])
        parents = {s["span_id"]: s for s in spans}
        if span["parent_span_id"] and span["parent_span_id"] not in parents:
            findings.add(where, f"{kind}: {span['name']} has a parent that was not sent")
    return f"{kind} {len(spans)}/{len(want)}"


def check_logs(findings, where, scenario, records):
    file = scenario.folder / "logs.json"
    if not file.exists():
        return f"logs {len(records)} (not recorded)"
    recorded = json.loads(file.read_text())

    def shown(record):
        return {k: record[k] for k in ("time_unix_nano", "severity_number", "severity_text", "body", "trace_id",
                                       "span_id")} | {
            "attributes": {k: v for k, v in record["attributes"].items()
                           if not k.startswith("fairlead.") and k != "session.id"}}
    want = sorted((shown(r) for r in recorded["records"]), key=lambda r: r["time_unix_nano"])
    have = sorted((shown(r) for r in records), key=lambda r: r["time_unix_nano"])
    findings.equal(f"{where} logs", want, have)
    return f"logs {len(have)}/{len(want)}"


def check_metrics(findings, where, events, points):
    """Counters hold what the answers of the model calls report."""
    want = collections.Counter()
    for event in events:
        if event.get("category") == "llm" and event.get("scope_category") == "end":
            want["calls"] += 1
            usage = event["data"].get("usage") if isinstance(event.get("data"), dict) else None
            for key in ("prompt_tokens", "completion_tokens"):
                want[key] += (usage or {}).get(key) or 0
    have, last = collections.Counter(), {}
    for point in points:
        last[(point["name"], json.dumps(point["attributes"], sort_keys=True))] = point
    for (name, _), point in last.items():
        amount = int(point["point"].get("asInt", 0))
        if name == "fairlead.calls":
            have["calls"] += amount
        elif name == "fairlead.tokens":
            bucket = point["attributes"]["fairlead.token.bucket"]
            have["completion_tokens" if bucket == "output" else "prompt_tokens"] += amount
    findings.equal(f"{where} metrics", dict(+want), dict(+have))
    return f"metrics {len(last)}"


def plain(tree):
    """An event or a trajectory with times in one spelling and without what stands for nothing."""
    if isinstance(tree, dict):
        return {k: plain(v) for k, v in tree.items() if k != "fairlead" and plain(v) not in EMPTY}
    if isinstance(tree, list):
        return [plain(v) for v in tree]
    if isinstance(tree, str):
        return instant(tree)
    return tree


def instant(text):
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|\+00:00)", text)
    return f"{match[1]}.{(match[2] or '').ljust(9, '0')}Z" if match else text


def check_events(findings, where, events, file):
    written = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    findings.equal(f"{where} atof", plain(events), plain(written))
    return f"atof {len(written)}/{len(events)}"


def check_trajectories(findings, where, scenario, folder):
    want = {f.name.removeprefix("atif-"): json.loads(f.read_text()) for f in scenario.folder.glob("atif-*.json")}
    have = {f.name.removeprefix("nemo-relay-atif-"): json.loads(f.read_text()) for f in folder.glob("**/*.json")}
    if scenario.release.startswith("0.5"):
        for tree in [*want.values(), *have.values()]:
            trajectory_of_05(tree)
    if scenario.agent is HOOKS:
        # The gateway names its files otherwise than the library.
        want, have = dict(enumerate(want.values())), dict(enumerate(have.values()))
        for old, new in zip(want.values(), have.values()):
            for before, now in zip(old["steps"], new["steps"]):
                if "extra" not in before:
                    now.pop("extra", None)
    findings.equal(f"{where} atif", plain(want), plain(have))
    return f"atif {len(have)}/{len(want)}"


def trajectory_of_05(tree):
    """Release 0.5 made a step of each mark, repeated the user's words, showed the request and the asked model of the
    first call, and had no extra.nemo_relay."""
    tree.get("extra", {}).pop("nemo_relay", None)
    tree["steps"] = [s for s in tree["steps"] if s.get("source") == "agent"]
    for step in tree["steps"]:
        del step["step_id"]
        step.pop("model_name", None)
        for name in ("nemo_relay", "llm_request"):
            step.get("extra", {}).pop(name, None)
    tree.get("final_metrics", {}).pop("total_steps", None)


def check(findings, scenario, transport, launcher, tools, base):
    where = f"{scenario.name} {transport}"
    base.mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        ports = {name: stack.enter_context(harness.sink(tools, base / f"got.{name}.jsonl"))
                 for name in (*TYPES, "signals")}
        config = base / "plugins.toml"
        config.write_text(document(scenario, transport, ports, base))
        done = harness.fairlead(launcher, base, "replay", "--config", config, scenario.folder / "events.jsonl")
    (base / "output.txt").write_text(done.stdout + done.stderr)
    if done.returncode != 0:
        findings.add(where, f"replay exits {done.returncode}: {done.stderr[-600:]}")
    elif re.search(r"\b(warning|error)\b", done.stderr):
        print(f"  said: {done.stderr.strip()}")
    events = [json.loads(line) for line in (scenario.folder / "events.jsonl").read_text().splitlines()]
    row = []
    for kind in TYPES:
        got = harness.requests(base / f"got.{kind}.jsonl")
        for request in got:
            headers = {k.lower(): v for k, v in dict(request["headers"]).items()}
            if headers.get("x-test") != "held-out":
                findings.add(where, f"{kind}: the header is missing: {request['headers']}")
        delivered = [s for r in got for s in harness.spans(r["body"])]
        row.append(check_spans(findings, where, scenario, kind, delivered, events))
        file = base / "files" / f"spans.{kind}.jsonl"
        filed = [s for body in harness.requests(file) for s in harness.spans(body)]
        order = lambda s: s["span_id"]
        findings.equal(f"{where} {kind} file", sorted(delivered, key=order), sorted(filed, key=order))
    signals = harness.requests(base / "got.signals.jsonl")
    row.append(check_logs(findings, where, scenario, [x for r in signals for x in harness.log_records(r["body"])]))
    row.append(check_metrics(findings, where, events, [x for r in signals for x in harness.points(r["body"])]))
    row.append(check_events(findings, where, events, base / "files" / "events.jsonl"))
    row.append(check_trajectories(findings, where, scenario, base / "trajectories"))
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fairlead", required=True, type=pathlib.Path)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", default="", help="scenarios whose name has this text")
    args = parser.parse_args()
    work = args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-interop-"))
    findings = harness.Findings()
    for scenario in scenarios(args.shared / "conformance"):
        for transport in ("http_binary", "grpc"):
            if args.only not in f"{scenario.name} {transport}":
                continue
            base = work / f"{scenario.name} {transport}".replace(" ", "-")
            shutil.rmtree(base, ignore_errors=True)
            before = findings.count
            row = check(findings, scenario, transport, args.fairlead.resolve(), args.shared / "tools", base)
            print(f"{'ok ' if findings.count == before else 'NOT'} {scenario.name} {transport}: {', '.join(row)}",
                  flush=True)
    print(f"{findings.count} differences; files in {work}")
    return 1 if findings.count else 0


if __name__ == "__main__":
    sys.exit(main())
