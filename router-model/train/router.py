"""A router is an encoder and the head that was fitted on what it gives."""

from dataclasses import dataclass

import numpy as np

from data import Outcomes
from encoder import encoded
from head import Head, fit_head


@dataclass(frozen=True)
class Router:
    weights: dict  # the encoder's tensors by their names
    head: Head


def fit_routers(outcomes: Outcomes, rows, encoders, tokenizer_file, seed, processes, cache=None, int8=True):
    """name -> Router, for the rows (name -> bool [rows]) and encoders (name -> tensors) of the same names; and each row's
    logits from the router that did not learn from it."""
    routers, logits = {}, np.full(outcomes.quality.shape, np.nan, np.float32)
    quality = outcomes.borrowed().quality
    for name, weights in encoders.items():
        x, learned = encoded(outcomes.texts, tokenizer_file, processes, cache, weights=weights, int8=int8), rows[name]
        routers[name] = Router(weights, fit_head(x[learned], quality[learned], outcomes.source[learned], seed))
        logits[~learned] = routers[name].head.logits(x[~learned])
    return routers, logits
