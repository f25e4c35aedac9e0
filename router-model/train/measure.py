"""The router's measures, in the words of the literature, with bootstrap intervals over questions.

Quality curve: mean quality as a function of the share of prompts sent to large, over all cut points of the score.
APGR: the area between that curve and all-small, divided by the area between all-large and all-small; random is 0.5.
CPT(x): share sent to large that closes x of the gap. Cost advantage at d: the largest share sent to small whose mean
quality is at most d (relative) below all-large.
"""

import numpy as np

DRAWS = 1000


def quality_curve(score, small, large):
    """Share sent to large, and the mean quality there: at 0, after each group of tied scores, at 1."""
    order = np.argsort(score, kind="stable")  # the least likely to be good enough goes to large first
    gain = np.cumsum((large - small)[order])
    ends = np.append(np.flatnonzero(np.diff(score[order])), len(score) - 1)
    share = np.append(0, (ends + 1) / len(score))
    quality = small.mean() + np.append(0, gain[ends]) / len(score)
    return share, quality


def apgr(score, small, large):
    share, quality = quality_curve(score, small, large)
    return (np.trapezoid(quality, share) - small.mean()) / (large.mean() - small.mean())


def cpt(score, small, large, recovered):
    share, quality = quality_curve(score, small, large)
    wanted = small.mean() + recovered * (large.mean() - small.mean())
    reached = np.flatnonzero(quality >= wanted - 1e-12)[0]
    if reached == 0:
        return 0.0
    part = (wanted - quality[reached - 1]) / (quality[reached] - quality[reached - 1])
    return share[reached - 1] + part * (share[reached] - share[reached - 1])


def cost_advantage(score, small, large, drop):
    share, quality = quality_curve(score, small, large)
    return 1 - share[quality >= (1 - drop) * large.mean() - 1e-12].min()


def calibration_error(probability, good, bins=10):
    """ECE over bins of equal size."""
    order = np.argsort(probability, kind="stable")
    parts = np.array_split(order, bins)
    return sum(len(part) * abs(probability[part].mean() - good[part].mean()) for part in parts) / len(order)


def interval(measure, *columns, seed=0, draws=DRAWS):
    """A measure of the columns, and its 95 % bootstrap interval over questions."""
    random = np.random.default_rng(seed)
    size = len(columns[0])
    drawn = [measure(*(column[rows] for column in columns)) for rows in random.integers(0, size, (draws, size))]
    return measure(*columns), *np.percentile(drawn, [2.5, 97.5])
