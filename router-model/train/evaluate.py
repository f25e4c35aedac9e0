"""Cross-validation over the given folds: what the router is worth on questions it was not trained on."""

from dataclasses import dataclass

import numpy as np

from calibrate import apply, curve, raw_score
from data import Outcomes
from head import fit_head
from measure import apgr, calibration_error, cost_advantage, cpt, interval


@dataclass(frozen=True)
class Task:
    """A pair of models on the sources whose names begin with `source`."""

    title: str
    small: str
    large: str
    source: str


TASKS = (
    Task("RouteLLM MMLU", "weak", "strong", "routellm_mmlu"),
    Task("RouteLLM GSM8K", "weak", "strong", "routellm_gsm8k"),
    Task("14-task mix, Llama-3.1 8B to Nemotron 51B", "llama-3.1-8b-instruct", "llama-3.1-nemotron-51b-instruct", "lr_"),
    Task("MMLU-Pro, Llama-3.1 8B to 70B", "Meta-Llama-3_1-8B-Instruct", "Meta-Llama-3_1-70B-Instruct", "mmlupro"),
    Task("ZeroEval, Llama-3.1 8B to GPT-4o", "Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13", "ze_"),
)


def held_out_heads(x, outcomes: Outcomes, seed, **settings):
    """fold -> the head that never saw it (folds are cut by question stem). `settings` go to `fit_head`."""
    quality = outcomes.borrowed().quality
    return {fold: fit_head(x[rest], quality[rest], outcomes.source[rest], seed, **settings)
            for fold in np.unique(outcomes.fold) for rest in [outcomes.fold != fold]}


def held_out_logits(x, outcomes: Outcomes, heads):
    """Each row's logits from the head that never saw its fold."""
    logits = np.empty(outcomes.quality.shape, np.float32)
    for fold, head in heads.items():
        test = outcomes.fold == fold
        logits[test] = head.logits(x[test])
    return logits


def fold_rows(outcomes: Outcomes):
    """fold -> bool [rows], true where a router that must not see the fold may learn."""
    return {int(fold): outcomes.fold != fold for fold in np.unique(outcomes.fold)}


def report(outcomes: Outcomes, logits, cheap_logits, token_count):
    """Markdown tables: the router beside what it must beat, then its other measures."""
    rankings = ["| task | questions | random | length | cheap features | category mean | **router** | oracle |",
                "|---|---|---|---|---|---|---|---|"]
    measures = ["| task | APGR (95 % interval) | CPT50 / CPT80 | cost advantage at 0 / 1 / 2 / 5 % drop | ECE | all small / all large |",
                "|---|---|---|---|---|---|"]
    for task in TASKS:
        small, large, rows = task_rows(outcomes, task)
        if not len(rows):
            continue
        pair = outcomes.models.index(task.small), outcomes.models.index(task.large)
        score = raw_score(logits[rows, pair[0]], logits[rows, pair[1]])
        cheap = raw_score(cheap_logits[rows, pair[0]], cheap_logits[rows, pair[1]])
        others = [-token_count[rows].astype(float), cheap, category_mean(outcomes, rows, small - large)]
        values = [apgr(other, small, large) for other in (*others, score, small - large)]
        rankings.append(f"| {task.title} | {len(rows)} | 0.500 | {values[0]:.3f} | {values[1]:.3f} | {values[2]:.3f} | **{values[3]:.3f}** | {values[4]:.3f} |")
        measures.append(measured(task, outcomes, rows, score, small, large))
    return "\n".join(rankings) + "\n\n" + "\n".join(measures)


def measured(task, outcomes, rows, score, small, large):
    value, low, high = interval(apgr, score, small, large)
    points = " / ".join(f"{100 * cpt(score, small, large, recovered):.1f}" for recovered in (0.5, 0.8))
    saved = " / ".join(f"{100 * cost_advantage(score, small, large, drop):.1f}" for drop in (0, 0.01, 0.02, 0.05))
    good = (small >= large).astype(float)
    error = calibration_error(held_out_probability(score, good, outcomes.fold[rows]), good)
    return (f"| {task.title} | {value:.3f} ({low:.3f} to {high:.3f}) | {points} | {saved} | {error:.3f} "
            f"| {small.mean():.3f} / {large.mean():.3f} |")


def threshold_table(outcomes: Outcomes, logits, small, large):
    """What a threshold on the pair's score means: share sent to large, and mean quality."""
    quality_small, quality_large, rows = outcomes.columns(small, large)
    quality_small, quality_large = quality_small[rows], quality_large[rows]
    raw = raw_score(logits[rows, outcomes.models.index(small)], logits[rows, outcomes.models.index(large)])
    score = held_out_probability(raw, (quality_small >= quality_large).astype(float), outcomes.fold[rows])
    table = ["| threshold | share to large | mean quality |", "|---|---|---|"]
    for share in np.arange(0, 1.01, 0.1):
        threshold = np.quantile(score, share)
        to_large = score < threshold
        quality = np.where(to_large, quality_large, quality_small).mean()
        table.append(f"| {threshold:.3f} | {100 * to_large.mean():.0f} % | {quality:.3f} |")
    return "\n".join(table)


def task_rows(outcomes, task):
    """Qualities and row numbers of a task's questions."""
    if not {task.small, task.large} <= set(outcomes.models):
        return np.empty(0), np.empty(0), np.empty(0, int)
    small, large, rows = outcomes.columns(task.small, task.large)
    rows = rows[np.char.startswith(outcomes.source[rows], task.source)]
    return small[rows], large[rows], rows


def category_mean(outcomes, rows, gain):
    """The mean of small - large over the other folds' questions of the same category."""
    fold, label = outcomes.fold[rows], np.char.add(outcomes.source[rows], outcomes.category[rows])
    result = np.empty(len(rows))
    for number in range(len(rows)):
        alike = (label == label[number]) & (fold != fold[number])
        result[number] = gain[alike].mean() if alike.any() else gain[fold != fold[number]].mean()
    return result


def held_out_probability(score, good, fold):
    """Probabilities from curves that never saw the question's fold."""
    probability = np.empty(len(score))
    for number in np.unique(fold):
        test = fold == number
        probability[test] = apply(curve(score[~test], good[~test]), score[test])
    return probability
