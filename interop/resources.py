#!/usr/bin/env python3
"""Measures a process tree and a control group with `resource_metrics`, and compares what a Collector and two Prometheuses were
told with /proc.

usage: resources.py --fairlead PATH [--cache DIR] [--keep DIR]

One `fairlead run` per target (a process tree by its number, a control group, this program itself) sends the measurements over
OTLP to a Collector and to Prometheus 3, which go builds on first use; a Prometheus of the PATH scrapes them; an ATOF file
keeps the marks. The tree is at rest, so that its memory, threads and files are exact; its CPU time lies
between two readings of /proc. A control group needs version 2 of them and the right to make one.
Exit: 0 all equal, 1 a difference or nothing was checked, 2 bad usage. Linux, Python 3.9.
"""
import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse

import harness
from servers import Collector, Prometheus, Prometheus3, Skip

PREFIX = "nemo.relay.resource."
TICK = os.sysconf("SC_CLK_TCK")
CHILD = "import time; time.sleep(600)"
PARENT = f"""
import subprocess, sys, threading, time
held = bytearray(b'x') * (64 << 20)
files = [open('/dev/null') for _ in range(7)]
for _ in range(3):
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
end = time.process_time() + 0.5
while time.process_time() < end:
    pass
child = subprocess.Popen([sys.executable, '-c', {CHILD!r}])
print('ready', flush=True)
time.sleep(600)
"""


# ---------------------------------------------------------------- what is measured


@contextlib.contextmanager
def tree():
    process = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        process.stdout.readline()
        time.sleep(1)  # until the child has loaded what it needs
        yield process.pid
    finally:
        harness.stop(process)


def below(pid):
    found = [pid]
    for number in found:
        for task in pathlib.Path(f"/proc/{number}/task").iterdir():
            found += [int(n) for n in (task / "children").read_text().split()]
    return found


def facts(pids):
    """What /proc says of some processes, under the names and in the units of the metrics."""
    sums = {}

    def add(name, value):
        sums[name] = sums.get(name, 0) + value
    for pid in pids:
        folder = pathlib.Path(f"/proc/{pid}")
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
        stat = (folder / "stat").read_text().rpartition(")")[2].split()
        io = dict(line.split(": ") for line in (folder / "io").read_text().splitlines())
        rollup = dict(line.split(":", 1) for line in (folder / "smaps_rollup").read_text().splitlines()[1:])
        kib = lambda table, key: int(table[key].split()[0])
        add("memory.resident", kib(status, "VmRSS"))
        add("memory.private", kib(rollup, "Private_Clean") + kib(rollup, "Private_Dirty"))
        add("memory.virtual", kib(status, "VmSize"))
        add("thread.count", int(status["Threads"]))
        add("process.open_file_descriptor_count", len(list((folder / "fd").iterdir())))
        add("cpu.user_time", int(stat[11]) * 1000 / TICK)
        add("cpu.system_time", int(stat[12]) * 1000 / TICK)
        add("disk.read_data", int(io["read_bytes"]))
        add("disk.write_data", int(io["write_bytes"]))
        add("disk.read.operations", int(io["syscr"]))
        add("disk.write.operations", int(io["syscw"]))
    return {**sums, "process.active_count": len(pids), "process.descendant_count": len(pids) - 1}


def group_facts(group):
    usage = dict(line.split() for line in (group / "cpu.stat").read_text().splitlines())
    return {"cpu.user_time": int(usage["user_usec"]) / 1000, "cpu.system_time": int(usage["system_usec"]) / 1000,
            "cpu.total_time": int(usage["usage_usec"]) / 1000}


@contextlib.contextmanager
def control_group():
    """A group of one's own below the root of version 2, or None."""
    root = next((p for p in map(pathlib.Path, ("/sys/fs/cgroup", "/sys/fs/cgroup/unified"))
                 if (p / "cgroup.procs").exists() and (p / "cgroup.controllers").exists()), None)
    group = root / f"fairlead-{os.getpid()}" if root else None
    try:
        if group:
            group.mkdir()
    except OSError:
        group = None
    try:
        yield group
    finally:
        if group:
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError):
                    group.rmdir()
                    break
                time.sleep(0.2)


# ---------------------------------------------------------------- where it goes


def document(base, target, collector, prometheus3, page):
    section = "components.config.opentelemetry"
    endpoints = f"""
[[{section}.metrics.endpoints]]
backend = "collector"
endpoint = "http://127.0.0.1:{collector.ports['http_binary']}"
resource_attributes = {{ "interop.run" = "{base.name}" }}

[[{section}.metrics.endpoints]]
backend = "collector"
transport = "grpc"
endpoint = "http://127.0.0.1:{collector.ports['grpc']}"
resource_attributes = {{ "interop.run" = "{base.name}-grpc" }}
"""
    if prometheus3:
        endpoints += f"""
[[{section}.metrics.endpoints]]
backend = "prometheus-otlp"
endpoint = "{prometheus3.url}"
service_name = "{base.name}"
"""
    return f"""version = 1
data_dir = "{base / 'data'}"

[[components]]
kind = "observability"

[components.config]
version = 4

[{section}]
enabled = true

[{section}.metrics]
enabled = true
export_interval_millis = 1000
{endpoints}
[components.config.prometheus]
enabled = true
port = {page}

[components.config.atof]
enabled = true

[[components.config.atof.sinks]]
type = "file"
output_directory = "{base}"
filename = "events.jsonl"

[[components]]
kind = "resource_metrics"

[components.config]
{target}polling = {{ enabled = true, interval_millis = 1000 }}
disk = {{ filesystem_paths = ["/"] }}
"""


def plain(point):
    """A figure of a process or group, not of a file system, an interface or a field."""
    return not any(k.startswith("nemo_relay.resource.") and k.rsplit(".", 1)[1] not in ("measurement_scope", "operating_system")
                   for k in point)


def from_collector(collector, lot):
    last = {}
    for body in collector.received():
        for resource in body.get("resourceMetrics", []):
            if harness.attributes(resource["resource"]["attributes"]).get("interop.run") == {"string": lot}:
                for p in harness.points({"resourceMetrics": [resource]}):
                    if p["name"].startswith(PREFIX) and plain(p["attributes"]):
                        last[p["name"].removeprefix(PREFIX)] = float(p["point"].get("asInt", p["point"].get("asDouble", 0)))
    return last


def from_file(path):
    marks = [json.loads(line) for line in path.read_text().splitlines() if '"nemo.relay.resource_metrics"' in line]
    return [{m["name"].removeprefix(PREFIX): float(m["value"]) for m in mark["data"]["measurements"]
             if plain(m["attributes"])} for mark in marks]


def from_prometheus(url, where):
    query = urllib.parse.urlencode({"query": f'{{__name__=~"nemo_relay_resource_.*",{where}}}'})
    answer = harness.http(f"{url}/api/v1/query?{query}")
    return {row["metric"]["__name__"]: float(row["value"][1]) for row in answer["data"]["result"]
            if not {"nemo_relay_resource_disk_filesystem_path", "nemo_relay_resource_network_interface_name",
                    "nemo_relay_resource_field", "nemo_relay_resource_limit_resource"} & set(row["metric"])}


def wait(read, enough, seconds=40):
    deadline = time.monotonic() + seconds
    have = read()
    while not enough(have) and time.monotonic() < deadline:
        time.sleep(1)
        have = read()
    return have


# ---------------------------------------------------------------- comparing


def within(findings, where, have, before, after):
    """Each fact of /proc was told, at or between the readings before and after."""
    for name in sorted(before):
        if name not in have:
            findings.add(where, f"{name} is missing, /proc says {after[name]}")
        elif not before[name] - 1e-6 <= have[name] <= after[name] + 1e-6:
            findings.add(where, f"{name} is {have[name]}, /proc says {before[name]} to {after[name]}")


def told_alike(findings, where, marks, others):
    """Each place tells values that a mark of the file has."""
    for place, told in others.items():
        if not told:
            findings.add(where, f"{place} was told nothing")
        for name, value in told.items():
            key = next((k for k in marks[-1] if name == k or as_scraped(k, name)), None)
            if key is None:
                findings.add(where, f"{place} has {name}, which no mark has")
            elif not any(abs(m.get(key, -1) - value) <= 1e-6 * max(1, abs(value)) for m in marks):
                findings.add(where, f"{place} has {name} = {value}, which no mark said: {[m.get(key) for m in marks][-3:]}")
        missing = {k for k in marks[0] if not any(k == n or as_scraped(k, n) for n in told)}
        if missing:
            findings.add(where, f"{place} lacks {sorted(missing)}")


def as_scraped(key, name):
    """Prometheus adds units and leaves out a final total."""
    bare = "nemo_relay_resource_" + key.replace(".", "_")
    names = {bare, bare.removesuffix("_total")}
    return name in names or any(name.startswith(n + "_") and name[len(n) + 1:] in UNITS for n in names)


UNITS = {"milliseconds", "kibibytes", "bytes", "logical_processors", "processes", "threads", "events", "operations",
         "file_descriptors", "bytes_per_second", "packets", "errors"}


def check(findings, name, target, read, args, base, servers):
    collector, scraper, prometheus3, page = servers
    base.mkdir(parents=True)
    config = base / "plugins.toml"
    config.write_text(document(base, target, collector, prometheus3, page))
    before = read()
    ready = lambda: harness.urllib.request.urlopen(f"http://127.0.0.1:{page}/metrics", timeout=5)
    with harness.server([args.fairlead, "run", "--config", config], base / "output.txt", ready, HOME=str(base),
                        XDG_STATE_HOME=str(base / "state"), TZ="UTC") as run:
        file = base / "events.jsonl"
        wait(lambda: from_file(file) if file.exists() else [], lambda marks: len(marks) >= 4)
        collected = wait(lambda: from_collector(collector, name), lambda have: "cpu.consumption_rate" in have)
        over_grpc = wait(lambda: from_collector(collector, name + "-grpc"), lambda have: "cpu.consumption_rate" in have)
        scraped = wait(lambda: from_prometheus(scraper.url, 'job="fairlead"'), lambda have: have)
        pushed = prometheus3 and wait(lambda: from_prometheus(prometheus3.url, f'job="{name}"'), lambda have: have)
        if name == "own":
            before = {"process.active_count": 1, "process.descendant_count": 0}
            after = dict(before)
            launched = below(run.pid)
            own = facts([launched[-1]])
            low, high = own["memory.virtual"] * 0.5, own["memory.virtual"] * 2
            if not low <= collected.get("memory.virtual", 0) <= high:
                findings.add(name, f"memory.virtual is {collected.get('memory.virtual')}, /proc says {own['memory.virtual']}")
        else:
            after = read()
        marks = from_file(file)
    (base / "told.json").write_text(json.dumps([collected, over_grpc, scraped, pushed, marks[-1], before, after], indent=1))
    within(findings, name, collected, before, after)
    places = {"the Collector": collected, "the Collector over gRPC": over_grpc, "Prometheus": scraped}
    if prometheus3:
        places["Prometheus over OTLP"] = pushed
    told_alike(findings, name, marks, places)
    return f"{len(before)} facts of /proc, {len(marks)} marks of {len(marks[-1])} figures; " + ", ".join(
        f"{place} {len(told)}" for place, told in places.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fairlead", required=True, type=pathlib.Path)
    parser.add_argument("--cache", type=pathlib.Path, default=pathlib.Path.home() / ".cache/fairlead-interop")
    parser.add_argument("--keep", type=pathlib.Path)
    args = parser.parse_args()
    args.fairlead, args.cache = args.fairlead.resolve(), args.cache.resolve()
    work = (args.keep or pathlib.Path(tempfile.mkdtemp(prefix="fairlead-interop-"))).resolve()
    findings = harness.Findings()
    with contextlib.ExitStack() as stack:
        collector, scraper = Collector(args.cache, work, args), Prometheus(args.cache, work, args)
        try:
            prometheus3 = Prometheus3(args.cache, work, args)
        except Skip as reason:
            print(f"without Prometheus 3: {reason}")
            prometheus3 = None
        for server in filter(None, (collector, scraper, prometheus3)):
            server.work.mkdir(parents=True)
            stack.enter_context(server.start())
        servers = (collector, scraper, prometheus3, scraper.page)
        with tree() as pid:
            report(findings, "tree", check(findings, "tree", f"pid = {pid}\n", lambda: facts(below(pid)), args,
                                           work / "tree", servers))
            with control_group() as group:
                if group:
                    for number in below(pid):
                        (group / "cgroup.procs").write_text(str(number))
                    report(findings, "cgroup", check(findings, "cgroup", f'cgroup = "{group}"\n', lambda: group_facts(group),
                                                     args, work / "cgroup", servers))
                    for number in below(pid):
                        (group.parent / "cgroup.procs").write_text(str(number))
                else:
                    print("without a control group: none can be made here")
        report(findings, "own", check(findings, "own", "", dict, args, work / "own", servers))
    print(f"{findings.count} differences; files in {work}")
    return 1 if findings.count else 0


def report(findings, name, detail):
    print(f"{name}: {detail}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
