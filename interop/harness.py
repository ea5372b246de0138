"""What the checks of this folder share: starting programs, running Fairlead, reading OTLP, comparing."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

SPAN_KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]
STATUS_CODES = ["UNSET", "OK", "ERROR"]


class Findings:
    """Differences, printed as they are found."""

    def __init__(self):
        self.count = 0

    def add(self, where, text):
        self.count += 1
        print(f"DIFFERENT {where}: {text}", flush=True)

    def equal(self, where, want, have, path=""):
        """Reports every leaf in which two trees of dicts and lists differ. Returns how many they are."""
        before = self.count
        if isinstance(want, dict) and isinstance(have, dict):
            for key in sorted(set(want) | set(have)):
                here = f"{path}/{key}"
                if key not in have:
                    self.add(where, f"{here} is missing, want {short(want[key])}")
                elif key not in want:
                    self.add(where, f"{here} is too much: {short(have[key])}")
                else:
                    self.equal(where, want[key], have[key], here)
        elif isinstance(want, list) and isinstance(have, list) and len(want) == len(have):
            for index, pair in enumerate(zip(want, have)):
                self.equal(where, *pair, f"{path}/{index}")
        elif type(want) is not type(have) or want != have:
            self.add(where, f"{path or '/'} is {short(have)}, want {short(want)}")
        return self.count - before


def short(value, limit=160):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= limit else text[:limit] + "…"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fairlead(launcher, base, *arguments, timeout=300, **variables):
    """Runs the launcher with a home, state and configuration of its own below `base`."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OTEL_", "FAIRLEAD_", "MLFLOW_"))}
    environment.update(HOME=str(base), XDG_STATE_HOME=str(base / "state"), XDG_CONFIG_HOME=str(base / "config"),
                       TZ="UTC", **variables)
    return subprocess.run([str(launcher), *map(str, arguments)], env=environment, capture_output=True, text=True,
                          timeout=timeout)


def http(url, body=None, method=None, timeout=30):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        text = answer.read()
    return json.loads(text) if text.strip() else None


@contextlib.contextmanager
def server(command, log, ready, seconds=180, **variables):
    """A server of ours from the moment `ready()` is true; it is stopped at the end of the block."""
    with open(log, "wb") as output:
        process = subprocess.Popen(list(map(str, command)), stdout=output, stderr=subprocess.STDOUT,
                                   start_new_session=True, env={**os.environ, **variables})
    try:
        deadline = time.monotonic() + seconds
        while not answers(ready):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not start; see {log}")
            time.sleep(0.3)
        yield process
    finally:
        stop(process)


def answers(ready):
    try:
        ready()
        return True
    except (OSError, ValueError):
        return False


def stop(process):
    """The process and those it started itself, which share its group."""
    for number in (15, 9):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
            return


@contextlib.contextmanager
def sink(tools, out):
    """An OTLP receiver of the tools folder; gives its ports and writes requests to `out`."""
    process = subprocess.Popen([sys.executable, str(tools / "otlp_sink.py"), "--http", "0", "--grpc", "0", "--out",
                                str(out)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(20)


def requests(path):
    path = pathlib.Path(path)
    # Only a line feed ends a record: JSON may hold other ends of lines.
    return [json.loads(line) for line in path.read_text().split("\n") if line] if path.exists() else []


def value(any_value):
    """An OTLP/JSON AnyValue as the recordings write it."""
    for key, name in (("stringValue", "string"), ("boolValue", "bool"), ("bytesValue", "bytes")):
        if key in any_value:
            return {name: any_value[key]}
    if "intValue" in any_value:
        return {"int": int(any_value["intValue"])}
    if "doubleValue" in any_value:
        return {"double": float(any_value["doubleValue"])}
    if "arrayValue" in any_value:
        return {"array": [value(v) for v in any_value["arrayValue"].get("values", [])]}
    if "kvlistValue" in any_value:
        return {"kvlist": attributes(any_value["kvlistValue"].get("values", []))}
    return {}


def attributes(pairs, strict=True):
    """Attributes by name. Relay sends some twice, of which the last counts; we never do (`strict`)."""
    names = [pair["key"] for pair in pairs]
    if strict and len(names) != len(set(names)):
        raise ValueError(f"an attribute was sent twice: {names}")
    return {pair["key"]: value(pair.get("value", {})) for pair in pairs}


def enum(names, given, prefix):
    return names[given] if isinstance(given, int) else str(given).removeprefix(prefix)


def spans(body, strict=True):
    """The spans of an OTLP/JSON trace request, as the recordings write them."""
    for resource in body.get("resourceSpans", []):
        about = attributes(resource.get("resource", {}).get("attributes", []))
        for scope in resource.get("scopeSpans", []):
            for span in scope.get("spans", []):
                status = span.get("status", {})
                yield {
                    "name": span.get("name", ""),
                    "kind": enum(SPAN_KINDS, span.get("kind", 0), "SPAN_KIND_"),
                    "trace_id": span["traceId"],
                    "span_id": span["spanId"],
                    "parent_span_id": span.get("parentSpanId", ""),
                    "start_time_unix_nano": int(span.get("startTimeUnixNano", 0)),
                    "end_time_unix_nano": int(span.get("endTimeUnixNano", 0)),
                    "attributes": attributes(span.get("attributes", []), strict),
                    "events": [{"name": e.get("name", ""), "time_unix_nano": int(e.get("timeUnixNano", 0)),
                                "attributes": attributes(e.get("attributes", []))} for e in span.get("events", [])],
                    "status": {"code": enum(STATUS_CODES, status.get("code", 0), "STATUS_CODE_"),
                               "message": status.get("message", "")},
                    "resource": about,
                    "scope": scope.get("scope", {}).get("name", ""),
                }


def log_records(body):
    for resource in body.get("resourceLogs", []):
        about = attributes(resource.get("resource", {}).get("attributes", []))
        for scope in resource.get("scopeLogs", []):
            for record in scope.get("logRecords", []):
                severity = record.get("severityNumber", 0)
                yield {
                    "time_unix_nano": int(record.get("timeUnixNano", 0)),
                    "severity_number": severity,
                    "severity_text": record.get("severityText", ""),
                    "body": value(record.get("body", {})),
                    "attributes": attributes(record.get("attributes", [])),
                    "trace_id": record.get("traceId", ""),
                    "span_id": record.get("spanId", ""),
                    "resource": about,
                    "scope": scope.get("scope", {}).get("name", ""),
                }


def points(body):
    """The data points of an OTLP/JSON metric request."""
    for resource in body.get("resourceMetrics", []):
        for scope in resource.get("scopeMetrics", []):
            for metric in scope.get("metrics", []):
                for kind in ("sum", "gauge", "histogram", "exponentialHistogram"):
                    for point in metric.get(kind, {}).get("dataPoints", []):
                        plain = {k: next(iter(v.values()), None)
                                 for k, v in attributes(point.get("attributes", [])).items()}
                        yield {"name": metric["name"], "attributes": plain, "point": point}
