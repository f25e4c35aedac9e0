"""What each ingredient of the router gives, by cross-validation over the given folds with the int8 encoder:

    .venv/bin/python router-model/train/ablate.py --data DATA --cache CACHE

prints one Markdown row a variant as soon as it is known; about an hour on two idle cores. Beside the tasks, of which
every variant learned, stand prompts as people type them, of which none did: `everyday-prompts.json` has twenty easy and
twenty hard ones.
"""

import argparse
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np

from calibrate import raw_score, sigmoid
from curves import DEFAULT_PAIR
from data import ROUTELLM, Outcomes, read_outcomes, stem_digest
from declared import cautious_score, of_size
from encoder import HIDDEN, POOLED_LAYERS, encoded, write_tokenizer
from evaluate import TASKS, fold_rows, held_out_heads, held_out_logits, task_rows
from head import HEARD, LANDMARKS, PRIOR, SKILLS, fit_head
from measure import apgr, cost_advantage, cpt, interval
from narrow import narrow_weights
from router import fit_routers
from tune import tuned_encoders

LAYERS = (1, 2, 3, 4, 5, 6)
COLUMNS = ("RouteLLM MMLU: APGR (95 %), CPT50 / CPT80", "GSM8K: APGR", "mix: APGR, cost advantage at 1 %", "MMLU-Pro: APGR", "ZeroEval: APGR",
           "everyday: easy above hard, RouteLLM's pair / the default pair")
EVERYDAY = json.loads((Path(__file__).parent / "everyday-prompts.json").read_text(encoding="utf-8"))
EVERYDAY_PAIRS = ROUTELLM, DEFAULT_PAIR
SIZES = 47, 1000  # billions: Mixtral 8x7B's, and a guess at GPT-4's
RELATIVES = ("routellm_mmlu", "routellm_gsm8k", "mmlupro", "lr_mmlu", "lr_gsm8k", "lr_agentverse-mgsm", "ze_gsm")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="directory of others.jsonl.gz and routellm.jsonl.gz")
    parser.add_argument("--cache", type=Path, help="directory that keeps the encoder's numbers between runs")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    outcomes = read_outcomes(options.data)
    with tempfile.TemporaryDirectory() as directory:
        tokenizer_file = Path(directory) / "tokenizer.json"
        write_tokenizer(tokenizer_file)
        everything = encoded(asked(outcomes), tokenizer_file, options.processes, options.cache, LAYERS)
        frozen, *tuned = narrow_logits(outcomes, tokenizer_file, options)
    print("| variant | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 1) + "|", flush=True)
    for title, logits, score in variants(everything, outcomes, frozen, tuned):
        print(f"| {title} | " + " | ".join(measures(outcomes, logits, score)) + " |", flush=True)


def asked(outcomes: Outcomes):
    """The texts of all outcomes, and behind them the everyday prompts. Inputs `x` and logits have rows for both."""
    return outcomes.texts + EVERYDAY["easy"] + EVERYDAY["hard"]


def narrow_logits(outcomes: Outcomes, tokenizer_file, options):
    """Logits of the narrow encoder, frozen; and, in int8 and in float32, of the routers that train.py tunes from it and
    finds in the same cache."""
    weights = narrow_weights(outcomes.texts, tokenizer_file, 0, options.cache)
    x = encoded(outcomes.texts, tokenizer_file, options.processes, options.cache, weights=weights)
    rows = fold_rows(outcomes)
    encoders = tuned_encoders(weights, x, outcomes, rows, tokenizer_file, 0, options.processes, options.cache)
    return [router_logits(outcomes, rows, each, tokenizer_file, options, int8)
            for each, int8 in ((dict.fromkeys(rows, weights), True), (encoders, True), (encoders, False))]


def router_logits(outcomes, rows, encoders, tokenizer_file, options, int8):
    routers, logits = fit_routers(outcomes, rows, encoders, tokenizer_file, 0, options.processes, options.cache, int8)
    everyday = asked(outcomes)[len(outcomes.texts):]
    read = [router.head.logits(encoded(everyday, tokenizer_file, 1, weights=router.weights, int8=int8)) for router in routers.values()]
    return np.concatenate([logits, np.mean(read, axis=0)])


def variants(everything, outcomes, frozen, tuned):
    """(title, held-out logits, how a pair's logits become its score), the shipped one first."""
    yield "**shipped**: layers 1 to 3, narrowed and fine-tuned end to end", tuned[0], raw_score
    sized = of_pair(outcomes, by_size(tuned[0], outcomes.models, ()))
    yield "the same; of RouteLLM's pair its sizes alone are known", sized, cautious_score
    yield "the same, scored by p_small - p_large", sized, raw_score
    yield "shipped, in float32 instead of int8", tuned[1], raw_score
    yield "narrowed and frozen", frozen, raw_score
    shipped = inputs(everything, POOLED_LAYERS)
    logits = fitted(shipped, outcomes)
    yield f"layers 2 and 3 frozen in their full width, {len(HEARD)} fits of {SKILLS} skills, cheap features, all models' outcomes: what the rows below vary", logits, raw_score
    yield "skills linear in the inputs: no landmarks", fitted(shipped, outcomes, landmarks=0), raw_score
    yield "no outcomes borrowed from siblings", fitted(shipped, Lonely(**vars(outcomes))), raw_score
    yield f"2,000 landmarks instead of {LANDMARKS:,}", fitted(shipped, outcomes, landmarks=2000), raw_score
    yield "ten folds by stem instead of the given three: nine tenths of the rows to learn from", fitted(shipped, ten_folds(outcomes)), raw_score
    yield "score 1 - p_large (1 - p_small) instead of p_small - p_large", logits, independent
    for seed in (1, 2):
        yield f"seed {seed}", fitted(shipped, outcomes, seed), raw_score
    yield "cheap features alone", fitted(inputs(everything, ()), outcomes), raw_score
    yield "no cheap features", fitted(everything[:, wanted(POOLED_LAYERS)], outcomes), raw_score
    for layers in ((3,), (1, 2), (3, 6), (6,), LAYERS):
        yield f"layers {', '.join(map(str, layers))} instead", fitted(inputs(everything, layers), outcomes), raw_score
    teacher = np.mean([fitted(inputs(everything, layers), outcomes) for layers in (POOLED_LAYERS, (3, 6), LAYERS)], axis=0)
    yield "a teacher: the mean logit of heads on layers 2 and 3, on 3 and 6, and on all six", teacher, raw_score
    for skills in (4, 16):
        yield f"{skills} skills instead of {SKILLS}", fitted(shipped, outcomes, skills=skills), raw_score
    yield "sources balanced a little: weights divided by rows ** 0.1", fitted(shipped, outcomes, balance=0.1), raw_score
    yield "every source weighs the same", fitted(shipped, outcomes, balance=1), raw_score
    for heard in (2, 4, 8, 16):
        yield f"one fit, in which a question weighs at most as much as {heard} of its models", fitted(shipped, outcomes, heard=(heard,)), raw_score
    yield "one fit, in which every model's outcome weighs the same", fitted(shipped, outcomes, heard=(np.inf,)), raw_score
    yield "the pair's outcomes alone", fitted(shipped, only_pairs(outcomes)), raw_score
    yield "1,500 labels of RouteLLM's pair", fitted(shipped, few_labels(outcomes, 1500)), raw_score
    yield "300 labels of RouteLLM's pair", fitted(shipped, few_labels(outcomes, 300)), raw_score
    allowed, unlike, mmlupro = unasked(outcomes), unrelated(outcomes), outcomes.source == "mmlupro"
    yield ("no question of RouteLLM's; Mixtral 8x7B and GPT-4 Turbo stand in for the pair",
           strangers(shipped, outcomes, allowed, stand_ins("Mixtral-8x7B-Instruct-v0.1", "gpt-4-turbo-2024-04-09")), raw_score)
    for seed in (0, 1, 2):
        yield (f"the same, but of the pair its sizes alone are known, as by `pointsman.router.pair: 47B,1000B`, seed {seed}",
               strangers(shipped, outcomes, allowed, by_size, seed), cautious_score)
    yield "the same, seed 0, scored by p_small - p_large", strangers(shipped, outcomes, allowed, by_size), raw_score
    yield (f"1,000 of MMLU-Pro's {(allowed & mmlupro).sum():,} other questions; sizes alone",
           strangers(shipped, outcomes, thinned(allowed, mmlupro, 1000), by_size), cautious_score)
    for seed in (0, 1, 2):
        yield (f"no row of any set made from MMLU or GSM8K, MMLU-Pro among them; sizes alone, seed {seed}",
               strangers(shipped, outcomes, unlike, by_size, seed), cautious_score)
    yield "the same, seed 0, scored by p_small - p_large", strangers(shipped, outcomes, unlike, by_size), raw_score
    yield "all of these rows, and the pair known by its outcomes in the other folds", by_outcomes(shipped, outcomes, unlike), raw_score
    yield "no router: how many of ZeroEval's models were right on the very question", answers_of_others(outcomes), raw_score


def inputs(everything, layers):
    return np.concatenate([everything[:, wanted(layers)], everything[:, len(LAYERS) * HIDDEN :]], axis=1)


def wanted(layers):
    return [column for layer in layers for column in range((layer - 1) * HIDDEN, layer * HIDDEN)]


def fitted(x, outcomes: Outcomes, seed=0, **settings):
    """Logits of frozen inputs: held-out ones for the outcomes, the heads' mean for the everyday prompts."""
    x, everyday = np.split(x, [len(outcomes.texts)])
    heads = held_out_heads(x, outcomes, seed, **settings)
    return np.concatenate([held_out_logits(x, outcomes, heads), np.mean([head.logits(everyday) for head in heads.values()], axis=0)])


def independent(logits_small, logits_large):
    return 1 - sigmoid(logits_large) * (1 - sigmoid(logits_small))


def ten_folds(outcomes: Outcomes):
    return replace(outcomes, fold=np.array([int(stem_digest(text)[:8], 16) % 10 for text in outcomes.texts]))


class Lonely(Outcomes):
    """Outcomes of which none is borrowed."""

    def borrowed(self):
        return self


def only_pairs(outcomes: Outcomes):
    """Without the outcomes of models that are in no task's pair."""
    pairs = {name for task in TASKS for name in (task.small, task.large)}
    return with_quality(outcomes, lambda quality: quality * np.where([name in pairs for name in outcomes.models], 1, np.nan))


def few_labels(outcomes: Outcomes, labels):
    """RouteLLM's pair answered so many questions in each two folds that a head learns from, and no more."""
    keep = np.zeros(len(outcomes.texts), bool)
    asked = np.char.startswith(outcomes.source, "routellm")
    for fold in np.unique(outcomes.fold):
        rows = np.flatnonzero(asked & (outcomes.fold == fold))
        keep[np.random.default_rng(fold).permutation(rows)[: labels // 2]] = True
    return with_quality(outcomes, lambda quality: np.where((asked & ~keep)[:, None], np.nan, quality))


def strangers(x, outcomes: Outcomes, known, pair, seed=0):
    """Logits of RouteLLM's pair, as `pair` reads them off those of the known models, by a head that learned from the rows
    `known` and no other.

    None of them is a question of the benchmarks, so one head is judged on all of these."""
    head = strangers_head(x, outcomes, known, seed)
    unseen = [name for name, silent in zip(outcomes.models, np.isnan(outcomes.quality[known]).all(0)) if silent]
    return of_pair(outcomes, pair(head.logits(x), outcomes.models, unseen))


def strangers_head(x, outcomes, known, seed=0):
    """Fewer rows get a weaker prior."""
    learned = outcomes.rows(known)
    return fit_head(x[: len(known)][known], learned.quality, learned.source, seed, prior=PRIOR * known.mean())


def of_pair(outcomes, pair):
    """Logits that know of RouteLLM's pair and questions, and of everyday prompts."""
    logits = np.full((len(asked(outcomes)), len(outcomes.models)), np.nan)
    for name, read in zip(ROUTELLM, pair):
        logits[:, outcomes.models.index(name)] = read
    logits[: len(outcomes.texts)][~np.char.startswith(outcomes.source, "routellm")] = np.nan
    return logits


def stand_ins(*names):
    return lambda read, models, unseen: [read[:, models.index(name)] for name in names]


def by_size(read, models, unseen):
    return [read @ of_size(models, size, unseen) for size in SIZES]


def by_outcomes(x, outcomes: Outcomes, known):
    """Logits of RouteLLM's pair by heads that learned from the pair's outcomes what its models can do, and from the rows
    `known` what questions ask for."""
    head = strangers_head(x, outcomes, known)
    asked_of_pair = np.isin(outcomes.models, ROUTELLM)
    pairs = Lonely(**vars(with_quality(outcomes, lambda quality: np.where(asked_of_pair, quality, np.nan))))
    return of_pair(outcomes, fitted(head.basis(x) @ head.skills, pairs, landmarks=0, prior=PRIOR / 10)[:, asked_of_pair].T)


def answers_of_others(outcomes: Outcomes):
    """Logits that rank RouteLLM's GSM8K by the share of ZeroEval's models that were right on the same question; of all else
    they are silent."""
    stems = np.array([stem_digest(text) for text in outcomes.texts])
    known = outcomes.source == "ze_gsm"
    share = dict(zip(stems[known], np.nanmean(outcomes.quality[known], 1)))
    logits = np.full((len(asked(outcomes)), len(outcomes.models)), np.nan)
    rows = np.flatnonzero(outcomes.source == "routellm_gsm8k")
    logits[rows] = 0
    logits[rows, outcomes.models.index(ROUTELLM[0])] = [share.get(stem, np.mean([*share.values()])) for stem in stems[rows]]
    return logits


def unrelated(outcomes: Outcomes):
    """Rows of no set that was made from MMLU or GSM8K."""
    return ~np.isin(outcomes.source, RELATIVES)


def thinned(rows, of, count):
    """Rows of which only so many stay where `of` is true, too."""
    dropped = np.random.default_rng(0).permutation(np.flatnonzero(rows & of))[count:]
    return rows & ~np.isin(np.arange(len(rows)), dropped)


def unasked(outcomes: Outcomes):
    """Rows whose question neither benchmark asks. More than half of MMLU-Pro are questions of MMLU; the others may stay."""
    stems = np.array([stem_digest(text) for text in outcomes.texts])
    asked = np.isin(stems, stems[np.char.startswith(outcomes.source, "routellm")])
    return (unrelated(outcomes) | (outcomes.source == "mmlupro")) & ~asked


def with_quality(outcomes: Outcomes, change):
    return replace(outcomes, quality=change(outcomes.quality))


def measures(outcomes, logits, score):
    for task in TASKS:
        small, large, rows = task_rows(outcomes, task)
        ranked = score(*(logits[rows, outcomes.models.index(name)] for name in (task.small, task.large)))
        if np.isnan(ranked).any():
            yield ""
            continue
        value = apgr(ranked, small, large)
        if task.title == "RouteLLM MMLU":
            low, high = interval(apgr, ranked, small, large)[1:]
            points = " / ".join(f"{100 * cpt(ranked, small, large, part):.1f}" for part in (0.5, 0.8))
            yield f"{value:.3f} ({low:.3f} to {high:.3f}), {points}"
        elif task.source == "lr_":
            yield f"{value:.3f}, {100 * cost_advantage(ranked, small, large, 0.01):.1f} %"
        else:
            yield f"{value:.3f}"
    yield " / ".join(easy_above_hard(outcomes, logits, score, pair) for pair in EVERYDAY_PAIRS)


def easy_above_hard(outcomes, logits, score, pair):
    """How often an easy everyday prompt has a higher score than a hard one; "-" of a pair that the logits do not know."""
    scores = score(*(logits[len(outcomes.texts):, outcomes.models.index(name)] for name in pair))
    easy, hard = np.split(scores, [len(EVERYDAY["easy"])])
    return "-" if np.isnan(scores).any() else f"{(easy[:, None] > hard).mean():.2f}"


if __name__ == "__main__":
    main()
