"""A pair of models of which nothing is known but their sizes.

Many models say their size in their names. Over these a text's logit is regressed on the logarithm of the size, and the
line is read at the declared one (`DeclaredSize.java`). What such a line says about the large model is a guess at where
exactly a stranger fails, so it counts for less than what it says about the small one:

    raw = sigmoid(logit_small - CAUTION * logit_large)

With 1 the score would ask whether the small model is better; with 0 it asks whether the question is easy.
"""

import re

import numpy as np

from calibrate import sigmoid

CAUTION = 0.6
SIZE_IN_NAME = re.compile(r"(?<![\w.])(\d{1,4}(?:\.\d{1,3})?)[bB](?![\w.])")


def cautious_score(logits_small, logits_large):
    return sigmoid(logits_small - CAUTION * logits_large)


def size(model):
    """Billions of parameters, or None where the name does not say."""
    found = SIZE_IN_NAME.search(model)
    return float(found.group(1)) if found else None


def of_size(models, billions, without=()):
    """[models], what each one's logit weighs in the guess at a model of this size; nothing in the case of `without`."""
    sizes = [None if model in without else size(model) for model in models]
    known = np.array([each is not None for each in sizes])
    logarithms = np.array([np.log(each) if each is not None else 0 for each in sizes])
    mean = logarithms[known].mean()
    away = np.where(known, logarithms - mean, 0)
    return known / known.sum() + (np.log(billions) - mean) * away / (away**2).sum()
