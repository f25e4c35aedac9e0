"""Runs checks against a gateway one after the other, and prints one line of JSON for each: what PythonClientsTest reads."""

import json
import os
import traceback
from importlib.metadata import version

GATEWAY = os.environ["GATEWAY"]
KEY = os.environ["KEY"]
# The models to ask: each stands for an upstream of another dialect.
MODELS = os.environ["MODELS"].split(",")
TEXT = "Grüße, wörld 😀!"

_checks = []


def check(name):
    """A fact about one model, which is the function's argument."""

    def add(body):
        _checks.extend((f"{name} ({model})", lambda model=model: body(model)) for model in MODELS)
        return body

    return add


def once(name):
    """A fact about the gateway, whatever the model."""

    def add(body):
        _checks.append((name, body))
        return body

    return add


def mode(name):
    return f"[[mode:{name}]] hello"


def failure(kind, call):
    """The error of this kind that `call` must end with."""
    try:
        value = call()
    except kind as error:
        return error
    raise AssertionError(f"it did not fail, but gave {value!r:.300}")


def run(client, package):
    _print({"client": client, "version": version(package)})
    for name, body in _checks:
        try:
            body()
            _print({"check": name, "ok": True})
        except Exception:
            _print({"check": name, "ok": False, "error": traceback.format_exc()[-1500:]})


def _print(line):
    print(json.dumps(line), flush=True)
