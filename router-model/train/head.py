"""The item-response head: what a question asks for, times what a model can do.

    P(model m is right | x) = sigmoid(skills(x) . ability_m + ease_m),   skills(x) = basis(x) A

All models' outcomes train one map from prompts to a few skills (multidimensional two-parameter item response theory,
Reckase 2009, with the item's parameters predicted from its text); a model is a point in that space. The map reads x and,
so that it need not be linear in it, how near x is to some of the prompts it learned from (a Gaussian kernel on sampled
landmarks, as in the Nystroem method, Williams & Seeger 2001). Fitted by L-BFGS on the weighted cross-entropy with Gaussian
priors; the gradient is written out below.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

SKILLS = 32
LANDMARKS = 1000
NARROWNESS = 2.0  # of the kernel: what lies at the median distance of a landmark is e^-2 near
WIDEST = 6.0  # deviations from the mean; what lies farther out is no farther from a landmark
PRIOR = 40.0  # of the map and of the abilities, in units of one row's weight
HEARD = (2, np.inf)  # one fit each: as how many outcomes a question counts at most. In the first one that 28 models answered
# weighs as much as one of RouteLLM's, which two did; in the last 14 times as much
SOURCE_BALANCE = 0.0  # 0: every row weighs the same; 1: every source does
ITERATIONS = 100


@dataclass(frozen=True)
class Basis:
    """What the map to skills reads: x, and its nearness to each landmark; all with mean 0 and deviation 1."""

    mean: np.ndarray  # float32 [inputs]
    scale: np.ndarray  # float32 [inputs]
    landmarks: np.ndarray  # float32 [landmarks, inputs], standardised prompts, cut at WIDEST
    fall: float  # nearness is exp(-fall * squared distance)
    near: np.ndarray  # float32 [landmarks], the mean of nearness
    spread: np.ndarray  # float32 [landmarks], its deviation

    def __call__(self, x):
        """float32 [rows, inputs] -> float32 [rows, inputs + landmarks]"""
        x = ((x - self.mean) / self.scale).astype(np.float32)
        return np.concatenate([x, (nearness(x, self.landmarks, self.fall) - self.near) / self.spread], 1)


@dataclass(frozen=True)
class Head:
    basis: Basis
    skills: np.ndarray  # float32 [inputs + landmarks, skills], SKILLS for each number in HEARD
    abilities: np.ndarray  # float32 [skills, models]
    ease: np.ndarray  # float32 [models]

    def logits(self, x):
        return self.basis(x) @ self.skills @ self.abilities + self.ease


@dataclass(frozen=True)
class Block:
    """The rows of one source, with the models that answered in it."""

    rows: np.ndarray
    models: np.ndarray
    quality: np.ndarray  # float32 [rows, models], 0 where not observed
    weight: np.ndarray  # float32 [rows, models], 0 where not observed


def fit_head(x, quality, source, seed, skills=SKILLS, prior=PRIOR, heard=HEARD, balance=SOURCE_BALANCE, landmarks=LANDMARKS):
    """x float32 [rows, inputs]; quality [rows, models] with NaN for gaps; source [rows]. One fit for each number in `heard`;
    the head's logits are the mean of theirs. Without landmarks skills are linear in x."""
    basis = basis_of(x, landmarks, seed)
    x = basis(x)
    into, abilities, ease = zip(*(fit(x, quality.shape[1], outcome_blocks(quality, source, limit, balance), seed, skills, prior) for limit in heard))
    return Head(basis, np.concatenate(into, 1), np.concatenate(abilities) / len(heard), np.mean(ease, axis=0))


def fit(x, models, blocks, seed, skills, prior):
    """x float32 [rows, basis] -> the map to skills [basis, skills], abilities [skills, models] and ease [models]."""
    total = sum(part.weight.sum() for part in blocks) / len(x)
    shapes = (x.shape[1], skills), (skills, models), (models,)
    ends = np.cumsum([np.prod(shape) for shape in shapes])

    def parts(vector):
        return [part.reshape(shape) for part, shape in zip(np.split(vector.astype(np.float32), ends[:-1]), shapes)]

    def loss(vector):
        into, abilities, ease = parts(vector)
        z = x @ into
        value = prior * ((into**2).sum() + (abilities**2).sum())
        slope_z, slope_abilities, slope_ease = np.zeros_like(z), 2 * prior * abilities, np.zeros_like(ease)
        for part in blocks:
            zs, columns = z[part.rows], abilities[:, part.models]
            logits = zs @ columns + ease[part.models]
            weight = part.weight / total
            value += (weight * (np.logaddexp(0, logits) - part.quality * logits)).sum()
            slope = weight * (expit(logits) - part.quality)
            slope_z[part.rows] = slope @ columns.T
            slope_abilities[:, part.models] += zs.T @ slope
            slope_ease[part.models] += slope.sum(0)
        slopes = x.T @ slope_z + 2 * prior * into, slope_abilities, slope_ease
        return float(value), np.concatenate([slope.ravel() for slope in slopes]).astype(float)

    random = np.random.default_rng(seed)
    start = np.concatenate([random.normal(0, 0.01, ends[0]), random.normal(0, 0.3, ends[1] - ends[0]), np.zeros(shapes[2])])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 20})
    return parts(found.x)


def basis_of(x, landmarks, seed):
    """The basis of the prompts x, some of which are drawn as its landmarks."""
    mean, scale = x.mean(0), deviation(x)
    x = (x - mean) / scale
    drawn = np.random.default_rng(seed).permutation(len(x))[:landmarks]
    places = np.clip(x[drawn], -WIDEST, WIDEST).astype(np.float32)
    fall = float(NARROWNESS / np.median(distances(x, places))) if landmarks else 0.0
    near = nearness(x, places, fall)
    return Basis(mean, scale, places, fall, near.mean(0), deviation(near))


def deviation(x):
    return (x.std(0) + 1e-6).astype(np.float32)


def nearness(x, landmarks, fall):
    return np.exp(-fall * distances(x, landmarks))


def distances(x, landmarks):
    """Squared Euclidean distances [rows, landmarks] of the rows cut at WIDEST."""
    x = np.clip(x, -WIDEST, WIDEST)
    return (x**2).sum(1)[:, None] + (landmarks**2).sum(1) - 2 * x @ landmarks.T


def outcome_blocks(quality, source, heard, balance=SOURCE_BALANCE):
    """The outcomes and their weights, source by source."""
    return [block(np.flatnonzero(source == name), quality, len(source), heard, balance) for name in np.unique(source)]


def block(rows, quality, size, heard, balance):
    seen = ~np.isnan(quality[rows])
    models = np.flatnonzero(seen.any(0))
    seen = seen[:, models]
    share = np.minimum(seen.sum(1), heard) / np.maximum(seen.sum(1), 1)
    weight = seen * share[:, None] * (size / len(rows)) ** balance
    return Block(rows, models, np.nan_to_num(quality[np.ix_(rows, models)]).astype(np.float32), weight.astype(np.float32))
