"""What calibration.json says of a router: the curves that make a probability of a pair's raw score, and what belongs to them.

A task's pair has a curve of its own; all other pairs of known models share one, and all of which sizes are known another.
Both shared ones are fitted on some pairs that answered the same questions, and judged on the others.
"""

import hashlib

import numpy as np

from calibrate import FEWEST, apply, curve, raw_score
from data import Outcomes
from declared import cautious_score, of_size, size
from evaluate import TASKS
from measure import calibration_error
from prompt import HEAD_CHARACTERS, HEAD_TOKENS, TAIL_CHARACTERS, TAIL_TOKENS

VERSION = 2  # RouterFiles.java reads no other
DEFAULT_PAIR = ("Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13")  # an everyday one
DRAWN = 200  # pairs, for a shared curve
LEAST_GAP = 0.05  # a pair whose large model is hardly better says nothing about routing


def calibration(outcomes: Outcomes, logits, model, seed):
    """`logits` [rows, models] are held-out ones; `model` is the graph's bytes."""
    pairs = known_pairs(outcomes)
    sized = [pair for pair in pairs if None not in map(size, pair) and size(pair[0]) < size(pair[1])]
    pooled = shared_curve("known", pairs, seed, lambda *pair: pair_outcomes(outcomes, logits, *pair))
    return {
        "version": VERSION,
        "models": outcomes.models,
        "input": {"headCharacters": HEAD_CHARACTERS, "tailCharacters": TAIL_CHARACTERS, "headTokens": HEAD_TOKENS, "tailTokens": TAIL_TOKENS},
        "onnxSha256": hashlib.sha256(model).hexdigest(),
        "defaultPair": dict(zip(("small", "large"), DEFAULT_PAIR)),
        "pooled": pooled,
        "declared": shared_curve("known by size", sized, seed, lambda *pair: declared_outcomes(outcomes, logits, *pair)) if sized else pooled,
        "pairs": [{"small": small, "large": large, "knots": curve(*pair_outcomes(outcomes, logits, small, large))}
                  for small, large in sorted({(task.small, task.large) for task in TASKS})
                  if {small, large} <= set(outcomes.models)],
    }


def pair_outcomes(outcomes, logits, small, large):
    """Raw scores of a pair, and whether small was good enough: not worse than large."""
    raw = raw_score(logits[:, outcomes.models.index(small)], logits[:, outcomes.models.index(large)])
    return with_good(outcomes, raw, small, large)


def declared_outcomes(outcomes, logits, small, large):
    """The same where sizes alone are known: what the other models' logits say of such models."""
    raw = cautious_score(*(logits @ of_size(outcomes.models, size(name), (small, large)) for name in (small, large)))
    return with_good(outcomes, raw, small, large)


def with_good(outcomes, raw, small, large):
    quality_small, quality_large, rows = outcomes.columns(small, large)
    return raw[rows], (quality_small[rows] >= quality_large[rows]).astype(float)


def shared_curve(title, pairs, seed, outcomes_of):
    """The curve of some pairs; prints how far it is off on others, if there are any."""
    order = np.random.default_rng(seed).permutation(len(pairs))
    knots = curve(*joined(outcomes_of(*pairs[number]) for number in order[:DRAWN]))
    rest = order[DRAWN:2 * DRAWN]
    if len(rest):
        raw, good = joined(outcomes_of(*pairs[number]) for number in rest)
        print(f"pairs {title}: ECE {calibration_error(apply(knots, raw), good):.3f} on {len(rest)} that had no part in the curve", flush=True)
    return knots


def joined(columns):
    return [np.concatenate(column) for column in zip(*columns)]


def known_pairs(outcomes):
    """Pairs that answered enough of the same questions, and of which the large one is the better."""
    return [(small, large) for small in outcomes.models for large in outcomes.models if worth_routing(outcomes, small, large)]


def worth_routing(outcomes, small, large):
    quality_small, quality_large, rows = outcomes.columns(small, large)
    return len(rows) >= FEWEST and quality_large[rows].mean() - quality_small[rows].mean() >= LEAST_GAP
