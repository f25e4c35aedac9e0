"""From outcomes of models on prompts to the router's artefacts, in one seeded command:

    python3 -m venv .venv
    .venv/bin/pip install --no-deps -r router-model/train/requirements.txt
    .venv/bin/python router-model/train/train.py --data DATA --out router-model

writes router.onnx, tokenizer.json, calibration.json and MODEL_CARD.md, and prints the evaluation on the way.
"""

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path

import numpy as np

import card
import graph as onnx_graph
from curves import calibration
from data import ROUTELLM, Outcomes, read_outcomes
from encoder import Runner, encoded, encoder_width, write_inputs, write_tokenizer
from evaluate import fold_rows, held_out_heads, held_out_logits, report, threshold_table
from narrow import narrow_weights
from prompt import PromptTokenizer
from router import Router, fit_routers
from tune import tuned_encoders

EVERYTHING = "everything"
PARITY_PROMPTS = 1000


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer_file = options.out / "tokenizer.json"
    write_tokenizer(tokenizer_file)
    outcomes = read_outcomes(options.data, options.without)
    print(f"{len(outcomes.texts)} rows, {len(outcomes.models)} models, sources: {', '.join(np.unique(outcomes.source))}", flush=True)
    weights = narrow_weights(outcomes.texts, tokenizer_file, options.seed, options.cache)
    x = encoded(outcomes.texts, tokenizer_file, options.processes, options.cache, weights=weights)
    print("training, and cross-validation", flush=True)
    rows = fold_rows(outcomes) | {EVERYTHING: np.ones(len(x), bool)}
    encoders = trained_encoders(weights, x, outcomes, rows, tokenizer_file, options)
    routers, logits = fit_routers(outcomes, rows, encoders, tokenizer_file, options.seed, options.processes, options.cache)
    router = routers.pop(EVERYTHING)
    cheap = x[:, encoder_width() :]
    cheap_logits = held_out_logits(cheap, outcomes, held_out_heads(cheap, outcomes, options.seed, landmarks=0))
    evaluation = report(outcomes, logits, cheap_logits, token_counts(outcomes.texts, tokenizer_file))
    thresholds = threshold_table(outcomes, logits, *ROUTELLM) if set(ROUTELLM) <= set(outcomes.models) else ""
    print(evaluation, thresholds, sep="\n\n", flush=True)
    model = write_router(options.out, router, outcomes, logits, options.seed)
    if options.folds:
        write_folds(options.folds, routers, outcomes, logits, options.seed)
    print(f"router.onnx: {len(model) / 1e6:.1f} MB", flush=True)
    if not options.without:
        (options.out / "MODEL_CARD.md").write_text(card.text(outcomes, evaluation, thresholds, len(model)), encoding="utf-8")
        write_parity(options.parity, model, tokenizer_file, outcomes)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="directory of others.jsonl.gz and routellm.jsonl.gz")
    parser.add_argument("--out", type=Path, required=True, help="directory for the artefacts")
    parser.add_argument("--without", type=lambda names: names.split(","), default=[], help="sources to leave out: SOURCE,...")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--cache", type=Path, help="directory that keeps the encoder's numbers between runs")
    parser.add_argument("--parity", type=Path, default=Path(__file__).parents[2] / "src/test/resources/score/parity.jsonl",
                        help="where the logits of a few own prompts go, against which the Java scorer is tested")
    parser.add_argument("--frozen", action="store_true", help="do not tune the encoder, fit the head alone: minutes")
    parser.add_argument("--folds", type=Path, help="directory for one router a fold, each trained and calibrated without it")
    parser.add_argument("--stems", action="store_true", help="only print the sha-256 of every training question's stem")
    options = parser.parse_args()
    if options.stems:
        print(card.stem_lines(read_outcomes(options.data, options.without)), end="")
        sys.exit()
    return options


def trained_encoders(weights, x, outcomes: Outcomes, rows, tokenizer_file, options):
    if options.frozen:
        return dict.fromkeys(rows, weights)
    return tuned_encoders(weights, x, outcomes, rows, tokenizer_file, options.seed, options.processes, options.cache)


def token_counts(texts, tokenizer_file):
    tokenizer = PromptTokenizer(tokenizer_file)
    return np.array([tokenizer.encode(text).token_count for text in texts])


def write_router(directory, router: Router, outcomes: Outcomes, logits, seed):
    """The three files of a router; `logits` are the held-out ones that its curves are drawn from."""
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer_file = directory / "tokenizer.json"
    write_tokenizer(tokenizer_file)
    model = router_model(router, tokenizer_file)
    (directory / "router.onnx").write_bytes(model)
    content = calibration(outcomes, logits, model, seed)
    (directory / "calibration.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return model


def write_folds(directory, routers, outcomes: Outcomes, logits, seed):
    for fold, router in routers.items():
        seen = outcomes.fold != fold
        write_router(directory / f"fold-{fold}", router, outcomes.rows(seen), logits[seen], seed)


def router_model(router: Router, tokenizer_file) -> bytes:
    graph = onnx_graph.GraphWriter(int8=True)
    parts, _ = write_inputs(graph, tokenizer_file, weights=router.weights)
    onnx_graph.item_response(graph, parts, router.head)
    return onnx_graph.model(graph, skills=router.head.skills.shape[1], logits=len(router.head.ease)).SerializeToString()


def write_parity(file, model, tokenizer_file, outcomes: Outcomes):
    """What Java is held against: the tokens and logits of own prompts, and beside them the logits of a thousand prompts of
    the data, which are known by their hashes only."""
    runner = Runner(model, tokenizer_file)
    prompts = json.loads((Path(__file__).parent / "parity-prompts.json").read_text(encoding="utf-8"))
    with file.open("w", encoding="utf-8") as out:
        for text in (entry["text"] * entry.get("times", 1) for entry in prompts):
            prompt = runner.tokenizer.encode(text)
            entry = {"text": text, "ids": prompt.ids.tolist(), "tokenCount": prompt.token_count} | pair_logits(runner, text, outcomes.models)
            out.write(json.dumps(entry, ensure_ascii=False) + "\n")
    with file.with_stem(file.stem + "-data").open("w", encoding="utf-8") as out:
        for text in outcomes.texts[:: len(outcomes.texts) // PARITY_PROMPTS]:
            entry = {"sha256": hashlib.sha256(text.encode()).hexdigest()} | pair_logits(runner, text, outcomes.models)
            out.write(json.dumps(entry) + "\n")


def pair_logits(runner, text, models):
    logits = runner(text)
    return {tier: round(float(logits[models.index(name)]), 5) for tier, name in zip(("small", "large"), ROUTELLM)}


if __name__ == "__main__":
    main()
