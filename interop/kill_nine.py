#!/usr/bin/env python3
"""Kills Fairlead with SIGKILL again and again while a home of an agent runtime grows and the backend misbehaves.

usage: kill_nine.py --fairlead PATH --shared DIR [--runtime hermes|openclaw] [--kills N] [--seed S] [--keep DIR]

The home is the store of Hermes, or that of OpenClaw 2026.9.6 beside transcript files of 2026.4.29.
At the end every span must have arrived, each id with one content, the counters must equal the sums of
the store, and a clean stop followed by one more run must send nothing new.
Exit: 0 all true, 1 not (each difference is printed). Needs Python 3.9 and opentelemetry-proto.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

TABLES = ("schema_version", "sessions", "messages", "session_model_usage", "state_meta", "async_delegations")


def grow(source, target, step):
    """Copies sessions of the source into the target one transaction each; yields after each."""
    rows = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    store = sqlite3.connect(target)
    store.execute("PRAGMA journal_mode=WAL")
    for (sql,) in rows.execute("select sql from sqlite_master where sql is not null and name not like 'sqlite_%'"
                               " and name not like 'messages_fts%' and type='table'"):
        store.execute(sql)
    store.execute("insert into schema_version select 22")
    store.commit()
    yield store
    sessions = [r[0] for r in rows.execute("select id from sessions order by started_at")]
    for start in range(0, len(sessions), step):
        for sid in sessions[start:start + step]:
            for table, key in (("sessions", "id"), ("messages", "session_id"), ("session_model_usage", "session_id")):
                cursor = rows.execute(f"select * from {table} where {key}=?", (sid,))
                marks = ",".join("?" * len(cursor.description))
                store.executemany(f"insert into {table} values ({marks})", cursor.fetchall())
        store.commit()
        yield store


def grow_openclaw(recorded, home, _step):
    """Writes the recorded transcripts line by line: a store with the agent main, files with the agent old."""
    rows = sqlite3.connect(f"file:{recorded}/v2026.9.6/store/openclaw-agent.sqlite?mode=ro", uri=True)
    agent = home / "agents/main/agent"
    agent.mkdir(parents=True)
    files = home / "agents/old/sessions"
    files.mkdir(parents=True)
    store = sqlite3.connect(agent / "openclaw-agent.sqlite")
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA user_version=23")
    for table in ("transcript_events", "session_windows", "session_nodes"):
        # The checks of the original need a newer SQLite than Python's may be.
        names = [c[1] for c in rows.execute(f"pragma table_info({table})")]
        store.execute(f"create table {table} ({', '.join(names)})")
    store.commit()
    writes = []
    order = 0
    for row in rows.execute("select * from transcript_events order by session_id, seq").fetchall():
        writes.append((json.loads(row[2])["timestamp"], order, "row", row))
        order += 1
    for path in sorted(recorded.glob("v2026.4.29/transcripts/*.jsonl")):
        if "sub2" in path.name or "sub3" in path.name:
            continue
        lines = path.read_text().splitlines()
        name = json.loads(lines[0])["id"] + ".jsonl"
        for line in lines:
            writes.append((json.loads(line)["timestamp"], order, name, line))
            order += 1
    (files / "sessions.json").write_text((recorded / "v2026.4.29/sessions.json").read_text())
    known = set()
    for number, (_, _, kind, what) in enumerate(sorted(writes, key=lambda w: (w[0], w[1]))):
        if kind == "row":
            if what[0] not in known:
                known.add(what[0])
                for table, key in (("session_windows", "session_id"), ("session_nodes", "current_session_id")):
                    for found in rows.execute(f"select * from {table} where {key}=?", (what[0],)).fetchall():
                        store.execute(f"insert into {table} values ({','.join('?' * len(found))})", found)
            store.execute(f"insert into transcript_events values ({','.join('?' * len(what))})", what)
            store.commit()
        else:
            with open(files / kind, "a") as file:
                file.write(what + "\n")
        if number % 12 == 11:
            yield store
    yield store


def sums_openclaw(fairlead, home, work, environment):
    """What a report over the whole home says."""
    config = work / "report.toml"
    config.write_text(f'version = 1\n[[components]]\nkind = "openclaw"\n[components.config]\nhome = "{home}"\n')
    done = subprocess.run([fairlead, "report", "--format", "json", "--config", str(config)], env=environment,
                          capture_output=True, text=True, timeout=120)
    total = collections.Counter()
    turns = tools = 0
    for session in json.loads(done.stdout)["sessions"]:
        turns += session["turns"]
        tools += sum(t["calls"] for t in session["tools"])
        for model in session["models"]:
            for key in ("input", "cache_read", "cache_write", "output"):
                total[key] += model.get(key + "_tokens") or 0
            total["calls"] += model["calls"]
    return tuple(total[k] for k in ("input", "cache_read", "cache_write", "output", "calls")), turns, tools


def spans_of(flat):
    content = collections.defaultdict(set)
    for line in flat.read_text().splitlines() if flat.exists() else []:
        item = json.loads(line)
        if item["kind"] == "span":
            content[item["span_id"]].add(json.dumps(item, sort_keys=True))
    return content


def counters(flat):
    last = {}
    for line in flat.read_text().splitlines() if flat.exists() else []:
        item = json.loads(line)
        if item["kind"] == "metric" and item["name"] in ("fairlead.tokens", "fairlead.calls"):
            last[(item["name"], json.dumps(item["attributes"], sort_keys=True))] = (item["attributes"], item["value"])
    total = collections.Counter()
    for (name, _), (attributes, value) in last.items():
        total[attributes["fairlead.token.bucket"] if name == "fairlead.tokens" else "calls"] += value
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fairlead", required=True)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    parser.add_argument("--runtime", choices=("hermes", "openclaw"), default="hermes")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    work = args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-kill-"))
    shutil.rmtree(work, ignore_errors=True)
    home = work / "home"
    home.mkdir(parents=True)
    flat = work / "flat.jsonl"
    sink = subprocess.Popen([sys.executable, str(args.shared / "tools/otlp_sink.py"), "--http", "0", "--control", "0",
                             "--flat", str(flat), "--fault", "slow:ms=150,p=0.5", "--fault", "503:p=0.2,stored=1",
                             "--fault", "reset:p=0.1"], stdout=subprocess.PIPE, text=True)
    ready = json.loads(sink.stdout.readline())
    config = work / "plugins.toml"
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
endpoint = "http://127.0.0.1:{ready['http']}/v1/traces"
service_name = "kill"
max_export_batch_size = 16
scheduled_delay_millis = 50
[components.config.opentelemetry.metrics]
enabled = true
export_interval_millis = 300
[[components]]
kind = "{args.runtime}"
[components.config]
home = "{home}"
{'zone = "UTC"' if args.runtime == "hermes" else ""}
backfill = "all"
poll_interval = "200ms"
""")
    environment = dict(os.environ, HOME=str(work), TZ="UTC", XDG_STATE_HOME=str(work / "state"))
    command = [args.fairlead, "run", "--config", str(config)]
    log = open(work / "stderr.log", "w")
    process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
    kills = 0
    growth = (grow(args.shared / "recorded/hermes/gateway/state-103.db", home / "state.db", 4)
              if args.runtime == "hermes" else grow_openclaw(args.shared / "recorded/openclaw", home, 4))
    for _ in growth:
        time.sleep(chance.uniform(0.2, 0.8))
        if kills < args.kills and chance.random() < 0.4:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{ready['control']}/fault", data=b"", method="POST"))
    seen, still = -1, 0
    for _ in range(120):
        time.sleep(0.5)
        now = len(spans_of(flat))
        still = still + 1 if now == seen else 0
        seen = now
        if still > 20 and now:
            break
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=30)
    if args.runtime == "openclaw":
        # A turn of which only the index says that it is over is held for five minutes; not when all is read at once.
        subprocess.run(command + ["--once"], env=environment, stderr=log, stdout=log, timeout=60)
    before = sum(1 for line in flat.read_text().splitlines() if '"kind": "span"' in line or '"kind":"span"' in line)
    process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
    time.sleep(5)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    after = sum(1 for line in flat.read_text().splitlines() if '"kind": "span"' in line or '"kind":"span"' in line)
    sink.terminate()
    sink.wait()
    problems = []
    if code != 0:
        problems.append(f"SIGTERM exits {code}")
    if after != before:
        problems.append(f"{after - before} spans were sent again after a clean exit")
    content = spans_of(flat)
    several = [k for k, v in content.items() if len(v) > 1]
    if several:
        problems.append(f"{len(several)} span ids have several contents, for example {[json.loads(x) for x in list(content[several[0]])[:2]]}")
    spans = [json.loads(next(iter(v)))["attributes"] for v in content.values()]
    turns = sum(1 for a in spans if a.get("gen_ai.operation.name") == "invoke_agent")
    if args.runtime == "hermes":
        store = sqlite3.connect(f"file:{home / 'state.db'}?mode=ro", uri=True)
        sums = store.execute("select sum(input_tokens), sum(cache_read_tokens), sum(cache_write_tokens), sum(output_tokens),"
                             " sum(api_call_count) from session_model_usage").fetchone()
    else:
        sums, asked, tools = sums_openclaw(args.fairlead, home, work, environment)
        ran = sum(1 for a in spans if a.get("gen_ai.operation.name") == "execute_tool")
        if ran != tools:
            problems.append(f"{ran} tool spans, the report has {tools}")
        if turns < asked:
            problems.append(f"{turns} turns, the report has {asked}")
    total = counters(flat)
    for key, want in zip(("input", "cache_read", "cache_write", "output", "calls"), sums):
        if total[key] != want:
            problems.append(f"counter {key} is {total[key]}, the store has {want}")
    print(f"{kills} kills, {len(content)} spans ({turns} turns), {before} sent, counters {dict(total)}, store {sums}")
    for text in problems:
        print("WRONG", text)
    print(f"files in {work}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
