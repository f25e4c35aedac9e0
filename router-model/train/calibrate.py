"""From a pair's raw score to a probability: isotonic regression on held-out scores, kept as a few knots."""

import numpy as np
from scipy.optimize import isotonic_regression

BINS = 24  # quantiles of the raw score; each is one observation of the regression
FEWEST = 400  # questions a pair needs for a curve of its own


def raw_score(logits_small, logits_large):
    """p_small - p_large: minus what sending the prompt to large is expected to gain."""
    return sigmoid(logits_small) - sigmoid(logits_large)


def sigmoid(logit):
    return 1 / (1 + np.exp(-logit.astype(np.float64)))


def curve(raw, good):
    """Knots (raw, probability) over all of [-1, 1]. Bins that the regression ties are merged into one knot, so that the
    curve rises strictly between knots and two different raw scores keep their order."""
    parts = np.array_split(np.argsort(raw, kind="stable"), min(BINS, len(raw)))
    middle = np.array([raw[part].mean() for part in parts])
    level = isotonic_regression([good[part].mean() for part in parts], weights=[len(part) for part in parts]).x
    levels, block = np.unique(level, return_inverse=True)
    inner = np.array([middle[block == number].mean() for number in range(len(levels))])
    levels = np.clip(levels, 0.002, 0.998)
    knots = np.concatenate([[-1], inner, [1]]), np.concatenate([[levels[0] / 2], levels, [(1 + levels[-1]) / 2]])
    return {"raw": [round(float(x), 6) for x in knots[0]], "probability": [round(float(y), 6) for y in knots[1]]}


def apply(knots, raw):
    return np.interp(raw, knots["raw"], knots["probability"])
