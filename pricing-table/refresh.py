#!/usr/bin/env python3
"""Makes prices.json from a data.json of genai-prices: refresh.py DATA_JSON RELEASE DAY > prices.json

Keeps what prices tokens and how models are found; leaves out everything else. Numbers stay as written.
"""
import json
import sys

PROVIDER = ("id", "provider_match", "model_match", "fallback_model_providers")
MODEL = ("id", "match", "prices", "price_variants")
PRICES = {
    "input_mtok", "cache_read_mtok", "cache_write_mtok", "cache_write_1h_mtok", "input_audio_mtok",
    "output_mtok", "output_reasoning_mtok", "output_audio_mtok", "requests_kcount",
}


MARK = "\uffff"


def number(text):
    """Stands for a number until it is written back digit by digit."""
    return MARK + text + MARK


def tokens(value):
    if isinstance(value, list):
        return [tokens(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: price for name, price in inner.items() if name in PRICES}
        if key == "prices" and isinstance(inner, dict) else tokens(inner)
        for key, inner in value.items()
    }


def compact(value):
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return text.replace('"' + MARK, "").replace(MARK + '"', "")


def main(path, release, day):
    with open(path, encoding="utf-8") as file:
        providers = json.load(file, parse_float=number, parse_int=number)
    print('{"source":%s,"as_of":%s,"providers":[' % (compact("genai-prices " + release), compact(day)))
    for last, provider in enumerate(providers, 1 - len(providers)):
        head = compact({key: provider[key] for key in PROVIDER if provider.get(key)})
        print(head[:-1] + ',"models":[')
        models = [{k: m[k] for k in MODEL if m.get(k)} for m in provider["models"]]
        print(",\n".join(compact(tokens(model)) for model in models))
        print("]}" + ("" if last == 0 else ","))
    print("]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
