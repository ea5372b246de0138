"""Plays one recorded script through NeMo Relay; run by an interpreter that has the package `nemo-relay` 0.10.

usage: relay_play.py JOB.json

The job has `config`, the plugin document, and `ops`, the calls in order, with symbolic ids and explicit times.
"""
import asyncio
import datetime
import functools
import json
import operator
import sys

import nemo_relay
from nemo_relay import llm, plugin, scope, subscribers, tools


def given(op, **names):
    """The arguments a call states, under the names the package has for them."""
    found = {name: op[key] for name, key in names.items() if op.get(key) is not None}
    if "timestamp" in op:
        found["timestamp"] = datetime.datetime.fromisoformat(op["timestamp"].replace("Z", "+00:00"))
    return found


def flags(kind, op):
    named = [getattr(kind, name) for name in op.get("flags", ())]
    return {"attributes": functools.reduce(operator.or_, named)} if named else {}


class Player:
    def __init__(self):
        self.handles = {}

    def parent(self, op):
        return {"handle": self.handles[op["parent"]]} if op.get("parent") in self.handles else {}

    def push(self, op):
        kind = getattr(nemo_relay.ScopeType, op["scope_type"].capitalize())
        self.handles[op["id"]] = scope.push(
            op["name"], kind, **self.parent(op), **flags(nemo_relay.ScopeAttributes, op),
            **given(op, data="data", metadata="metadata", input="input"))

    def pop(self, op):
        scope.pop(self.handles[op["id"]], **given(op, output="output", metadata="metadata"))

    def llm_start(self, op):
        request = nemo_relay.LLMRequest(op["request"].get("headers", {}), op["request"]["content"])
        self.handles[op["id"]] = llm.call(
            op["name"], request, **self.parent(op), **flags(nemo_relay.LLMAttributes, op),
            **given(op, data="data", metadata="metadata", model_name="model_name"))

    def llm_end(self, op):
        llm.call_end(self.handles[op["id"]], op.get("response"), **given(op, data="data", metadata="metadata"))

    def tool_start(self, op):
        self.handles[op["id"]] = tools.call(
            op["name"], op.get("args"), **self.parent(op), **flags(nemo_relay.ToolAttributes, op),
            **given(op, data="data", metadata="metadata", tool_call_id="tool_call_id"))

    def tool_end(self, op):
        result = nemo_relay.ToolExecutionResult(op.get("result"), op.get("annotation"))
        tools.call_end(self.handles[op["id"]], result, **given(op, data="data", metadata="metadata"))

    def mark(self, op):
        scope.event(op["name"], **self.parent(op), **given(op, data="data", metadata="metadata"))


async def main(job):
    active = await plugin.initialize(job["config"])
    player = Player()
    for op in job["ops"]:
        try:
            getattr(player, op["op"])(op)
        except (TypeError, ValueError, RuntimeError, KeyError) as refused:
            print(f"{op['op']} {op.get('id', op.get('name'))}: {refused}", file=sys.stderr)
    await subscribers.flush_async()
    await active.close()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        asyncio.run(main(json.load(file)))
