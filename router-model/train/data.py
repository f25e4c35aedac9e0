"""Outcomes of models on prompts, as one matrix with gaps."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

FILES = ("others.jsonl.gz", "routellm.jsonl.gz")
EXPERIMENTS_ONLY = {"alpacaeval"}  # its judge's licence does not cover shipped weights
ROUTELLM = ("weak", "strong")  # its pair
# who is the same model, or its next version, in the other files
SIBLINGS = dict(zip(ROUTELLM, ("Mixtral-8x7B-Instruct-v0.1", "gpt-4-turbo-2024-04-09")))
FORMAT_FAILURES = {"NullModel", "llama3-chatqa-1.5-8b", "llama3-chatqa-1.5-70b", "qwen2.5-7b-instruct"}


@dataclass(frozen=True)
class Outcomes:
    texts: list  # [rows]
    source: np.ndarray  # [rows], str
    category: np.ndarray  # [rows], str
    fold: np.ndarray  # [rows], int
    models: list  # [models]
    quality: np.ndarray  # float [rows, models], NaN where the model did not answer

    def rows(self, chosen):
        """Only the rows where `chosen` is true."""
        texts = [text for text, wanted in zip(self.texts, chosen) if wanted]
        return Outcomes(texts, self.source[chosen], self.category[chosen], self.fold[chosen], self.models, self.quality[chosen])

    def borrowed(self):
        """Outcomes to learn from: where a model has none it takes that of its sibling."""
        quality = self.quality.copy()
        for name, sibling in SIBLINGS.items():
            if {name, sibling} <= set(self.models):
                own, other = self.models.index(name), self.models.index(sibling)
                quality[:, own] = np.where(np.isnan(quality[:, own]), quality[:, other], quality[:, own])
        return replace(self, quality=quality)

    def columns(self, small, large):
        """Qualities of a pair, and the rows that both have."""
        small, large = (self.quality[:, self.models.index(name)] for name in (small, large))
        return small, large, np.flatnonzero(~np.isnan(small + large))


def read_outcomes(directory: Path, without=()) -> Outcomes:
    rows = [row for file in FILES for row in lines(directory / file) if row["source"] not in {*EXPERIMENTS_ONLY, *without}]
    models = list(dict.fromkeys(model for row in rows for model in row["scores"] if model not in FORMAT_FAILURES))
    quality = np.full((len(rows), len(models)), np.nan)
    column = {model: number for number, model in enumerate(models)}
    for number, row in enumerate(rows):
        for model, score in row["scores"].items():
            if model in column:
                quality[number, column[model]] = score
    field = lambda name: np.array([row[name] for row in rows])
    return Outcomes([row["text"] for row in rows], field("source"), field("cat"), field("fold"), models, quality)


def lines(file):
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def stem_digest(text):
    """sha-256 of the question without options and without regard to case, punctuation and white space."""
    stem = re.split(r"\n[A-J][.)] ", text)[0]
    return hashlib.sha256(re.sub(r"[^a-z0-9]+", " ", stem.lower()).strip().encode()).hexdigest()
