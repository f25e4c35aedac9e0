"""Sends every failure mode of a scriptable fake provider through a gateway, on every route, streaming and not.

    python3 sweep.py http://127.0.0.1:8080 small large

The fake provider stands behind both models and takes its mode from the prompt: `[[mode:NAME]]`. Of each answer it is
checked that its status is one that the mode allows, that an error has the shape of its route, that a stream which is
cut ends with an error event and not as a success, and that all of it comes in time. Prints what is wrong, and a table.
"""

import json
import sys
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

PATIENCE = 20
OPENAI, ANTHROPIC = "openai", "anthropic"
ROUTES = {
    "/v1/chat/completions": (OPENAI, lambda text: {"messages": [{"role": "user", "content": text}]}, "[DONE]"),
    "/v1/responses": (OPENAI, lambda text: {"input": text}, "event: response.completed"),
    "/v1/messages": (
        ANTHROPIC,
        lambda text: {"max_tokens": 50, "messages": [{"role": "user", "content": text}]},
        "event: message_stop",
    ),
    "/v1/completions": (OPENAI, lambda text: {"prompt": text}, "[DONE]"),
    "/v1/embeddings": (OPENAI, lambda text: {"input": text}, None),
    "/v1/messages/count_tokens": (
        ANTHROPIC,
        lambda text: {"messages": [{"role": "user", "content": text}]},
        None,
    ),
}
GOOD = "ok slow-drip:0.01 split-utf8 split-sse 100-continue nul wrong-usage tool-calls echo".split()
REFUSED = {"400": 400, "404": 404, "408": 408, "413": 413, "422": 422, "429:7": 429}
FAILED = (
    "401 403 500 502 503 504 529 hang slow-first-byte:9 reset-before-headers close-before-headers reset-mid-headers"
    " garbage-json empty-body wrong-content-type html-200 html-502 redirect header-bomb dup-cl"
).split()
CUT = "reset-mid-stream close-mid-stream hang-mid-stream short-body truncated-json".split()
CUT_STREAMS = "garbage-sse no-finish error-mid-stream bad-chunk endless-line huge-line:40000000".split()
# What is right for these depends on where the damage is: an answer or an error, but always honest and in time.
EITHER = "missing-done invalid-utf8 bad-headers cl-te big:100000 503-then-ok 500-then-ok 429-then-ok".split()


MODELS = {"/v1/completions": 1, "/v1/messages/count_tokens": 1}
# What the fake does not do: cut embeddings, and these two modes in its streams of Anthropic's dialect, nor does it
# count tokens.
NOT_EMBEDDED = CUT + ["wrong-content-type"]
NOT_IN_ANTHROPIC_STREAMS = ["no-finish", "split-utf8"]


def cases(small, large):
    """`large` is the model whose upstream speaks Anthropic's dialect."""
    for route in ROUTES:
        models = ["embeddings"] if route == "/v1/embeddings" else [small, large][: MODELS.get(route, 2)]
        for model in models:
            for stream in [False, True] if ROUTES[route][2] else [False]:
                for mode in GOOD + list(REFUSED) + FAILED + CUT + EITHER + (CUT_STREAMS if stream else []):
                    if model == "embeddings" and mode in NOT_EMBEDDED:
                        continue
                    if model == large and stream and mode in NOT_IN_ANTHROPIC_STREAMS:
                        continue
                    yield route, model, stream, mode


def ask(gateway, route, model, stream, mode):
    body = {"model": model, **ROUTES[route][1](f"[[mode:{mode}]] hello there")}
    if stream:
        body["stream"] = True
    request = urllib.request.Request(
        gateway + route, json.dumps(body).encode(), {"content-type": "application/json"}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def complaint(gateway, case):
    route, model, stream, mode = case
    dialect, _, success = ROUTES[route]
    try:
        status, headers, body = ask(gateway, *case)
    except Exception as error:
        return f"no answer: {error!r}"
    text = body.decode("utf-8", "replace")
    if "169.254" in text or "Traceback" in text or "Exception" in text:
        return f"says too much: {text[:200]}"
    if status >= 400:
        return wrong_error(dialect, mode, status, headers, text)
    if mode in REFUSED or mode in FAILED:
        return None if is_counted_here(route, headers) else f"status {status}: {text[:200]}"
    if stream:
        return wrong_stream(success, mode, text)
    return None if mode in GOOD + EITHER or is_counted_here(route, headers) else f"a broken answer passed: {text[:200]}"


def is_counted_here(route, headers):
    """Tokens are counted by the gateway itself where the upstream cannot; then no mode is met."""
    return route.endswith("count_tokens") and headers["x-pointsman-cost-micros"] == "0"


def wrong_error(dialect, mode, status, headers, text):
    if mode in GOOD and mode != "nul":
        return f"status {status}: {text[:200]}"
    if status != REFUSED.get(mode, status) or (mode not in REFUSED and status not in (429, 502, 503, 504)):
        return f"status {status} for {mode}"
    if mode == "429:7" and headers["retry-after"] != "7":
        return "retry-after is lost"
    try:
        error = json.loads(text)
    except ValueError:
        return f"no JSON: {text[:200]}"
    shaped = error.get("type") == "error" if dialect == ANTHROPIC else "type" not in error
    return None if shaped and error["error"]["message"] else f"another shape: {text[:200]}"


def wrong_stream(success, mode, text):
    finished = success in text
    last = text.rstrip().split("\n\n")[-1]
    if mode in CUT + CUT_STREAMS and mode != "short-body" and (finished or '"error"' not in last):
        return f"a cut stream ends with {last[:200]}"
    return None if finished or '"error"' in last else f"a stream ends with {last[:200]}"


def main(gateway, small, large):
    todo = list(cases(small, large))
    with ThreadPoolExecutor(8) as threads:
        complaints = list(threads.map(lambda case: complaint(gateway, case), todo))
    asked, wrong = Counter(), Counter()
    for case, said in zip(todo, complaints):
        asked[case[:3]] += 1
        if said:
            wrong[case[:3]] += 1
            print(*case, said, sep="  ")
    print("| route | model | stream | modes | wrong |\n|---|---|---|---|---|")
    for (route, model, stream), count in asked.items():
        print(f"| {route} | {model} | {stream} | {count} | {wrong[route, model, stream]} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
