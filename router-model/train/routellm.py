"""RouteLLM's published answers to MMLU as outcomes that `calibrate` and `eval` read.

    git clone https://github.com/lm-sys/RouteLLM
    python3 router-model/train/routellm.py RouteLLM > outcomes.jsonl

Only questions that the shipped router was not trained on: its training data are folds 2 to 4 of five.
"""

import csv
import hashlib
import json
import re
import sys
from pathlib import Path

SMALL, LARGE = "mistralai/Mixtral-8x7B-Instruct-v0.1", "gpt-4-1106-preview"
FOLDS, UNSEEN = 5, (0, 1)


def fold(text):
    """By the question without its options, so that a question is in one fold however often it is asked."""
    stem = re.split(r"\n[A-J][.)] ", text)[0]
    stem = re.sub(r"[^a-z0-9]+", " ", stem.lower()).strip()
    return int(hashlib.md5(stem.encode()).hexdigest(), 16) % FOLDS


def main(checkout):
    for file in sorted((checkout / "routellm/evals/mmlu/responses").glob("*.csv")):
        with file.open(newline="", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                if fold(row["prompt"]) in UNSEEN:
                    quality = {name: int(row[model] == "True") for name, model in (("small", SMALL), ("large", LARGE))}
                    print(json.dumps({"text": row["prompt"], **quality}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
