#!/usr/bin/env python3
"""Compares the report of recorded OpenClaw homes with what the model server logged.

usage: openclaw_truth.py --fairlead PATH --shared DIR

Prints one line per session and difference. A store keeps at most one error line per turn, so failed
calls are only bounded by the server's log; sessions of the runaway recordings are left out.
Exit: 0 answered calls, tokens, cost and tools are equal, 1 not, 2 bad usage.
"""
import argparse
import collections
import glob
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

# A request that names no session (a subagent's announce, a heartbeat) is logged apart, as this much each.
UNATTRIBUTED = {"answered": 1, "input_tokens": 120, "output_tokens": 4}
RUNAWAY = {"dev-sub2", "ho-sub2", "ho-sub3"}


def homes(recorded, work):
    new = work / "new/agents/main/agent"
    new.mkdir(parents=True)
    shutil.copyfile(recorded / "v2026.9.6/store/openclaw-agent.sqlite", new / "openclaw-agent.sqlite")
    old = work / "old/agents/main/sessions"
    old.mkdir(parents=True)
    for name in glob.glob(str(recorded / "v2026.4.29/transcripts/*.jsonl")):
        with open(name) as lines:
            sid = json.loads(lines.readline())["id"]
        shutil.copyfile(name, old / f"{sid}.jsonl")
    shutil.copyfile(recorded / "v2026.4.29/sessions.json", old / "sessions.json")
    return {"v2026.9.6": work / "new", "v2026.4.29": work / "old"}


def names(recorded, version):
    by_prefix = {}
    for name in glob.glob(str(recorded / version / "transcripts/*.jsonl")):
        session, _, prefix = os.path.basename(name)[:-6].partition("--")
        by_prefix[prefix] = session
    return by_prefix


def truth_of(session):
    total = collections.Counter()
    tools = collections.Counter()
    for call in session["llm_calls"]:
        if call.get("status") == 200 and not call.get("dropped"):
            total["answered"] += 1
            usage = call.get("usage") or {}
            for mine, theirs in (("input_tokens", "in"), ("cache_read_tokens", "cache_read"),
                                 ("cache_write_tokens", "cache_write"), ("output_tokens", "out")):
                total[mine] += usage.get(theirs) or 0
            for tool in call.get("tool_calls") or []:
                tools[tool["name"] if isinstance(tool, dict) else tool] += 1
    return total, tools


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fairlead", required=True)
    parser.add_argument("--shared", required=True, type=pathlib.Path)
    args = parser.parse_args()
    recorded = args.shared / "recorded/openclaw"
    truth = json.loads((recorded / "truth.json").read_text())
    work = pathlib.Path(tempfile.mkdtemp(prefix="fairlead-openclaw-"))
    different = 0
    for version, home in homes(recorded, work).items():
        config = work / f"{version}.toml"
        config.write_text(f'version = 1\n[[components]]\nkind = "openclaw"\n[components.config]\nhome = "{home}"\n')
        done = subprocess.run([args.fairlead, "report", "--format", "json", "--config", str(config)],
                              capture_output=True, text=True, timeout=180)
        if done.returncode != 0:
            print(f"{version}: report exits {done.returncode}: {done.stderr}")
            return 1
        prefixes = names(recorded, version)
        for session in json.loads(done.stdout)["sessions"]:
            name = prefixes.get(session["session_id"][:8])
            if name not in truth[version] or name in RUNAWAY:
                continue
            want, tools = truth_of(truth[version][name])
            have = collections.Counter()
            for model in session["models"]:
                have["answered"] += model["calls"] - model["failed_calls"]
                for key in list(want):
                    if key != "answered":
                        have[key] += model.get(key) or 0
            mine = {t["name"]: t["calls"] for t in session["tools"]}
            apart = max(0, have["answered"] - want["answered"])
            for key, each in UNATTRIBUTED.items():
                want[key] += apart * each
            wrong = {k: (have[k], want[k]) for k in want if have[k] != want[k]}
            cost = sum(float(c["amount"]) for m in session["models"] for c in m["costs"])
            if not apart and abs(cost - truth[version][name]["total"]["cost_usd"]) > 1e-9:
                wrong["cost"] = (cost, truth[version][name]["total"]["cost_usd"])
            if mine != dict(tools):
                wrong["tools"] = (mine, dict(tools))
            different += bool(wrong)
            print(f"{version} {name}: {'equal' if not wrong else f'ours, server: {wrong}'}"
                  + (f" ({apart} unattributed)" if apart else ""))
    print(f"{different} sessions differ; files in {work}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
