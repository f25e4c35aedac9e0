"""MODEL_CARD.md, from what was just measured."""

import hashlib
from collections import Counter
from pathlib import Path

from data import SIBLINGS, Outcomes, stem_digest
from declared import CAUTION
from encoder import POOLED_LAYERS
from head import HEARD, LANDMARKS, SKILLS
from narrow import HEADS, NEURONS
from tune import Recipe

ABLATION = Path(__file__).parent / "ablation.md"  # the table that ablate.py printed last

TEMPLATE = """# Model card: the router

Reads a prompt and says how likely a small model's answer is good enough, that is: not worse than the large model's.
Written by `router-model/train/train.py` together with the artefacts; every number below was printed by that command, or
by the one that stands beside it.

```
python3 -m venv .venv
.venv/bin/pip install --no-deps -r router-model/train/requirements.txt
.venv/bin/python router-model/train/train.py --data DATA --out router-model
```

`DATA` is a directory with two files of outcomes; [routing.md](../docs/routing.md#data) says where they come from.
What was tried, and why the router is as it is: [RATIONALE.md](RATIONALE.md).

Python 3.11; about half an hour of two cores that multiply bfloat16, most of it for fine-tuning four times (three folds,
and everything). On an H100 each of the four takes 3 to 8 seconds instead of 7 to 11 minutes; the rest is linear algebra
of the CPU's. `--frozen` tunes nothing and takes ten minutes. `--cache DIRECTORY` keeps tuned routers and the encoder's
numbers between runs, `--without SOURCE,...` leaves sources out. Seeded, but another number of
threads or kind of processor rounds otherwise: run again, the command gave 0.700 on RouteLLM's MMLU, 0.624 on GSM8K, 0.839
on the mix (58.6 % at 1 %, 48.9 % at 0 % drop), 0.538 on MMLU-Pro and 0.651 on ZeroEval, and probabilities that differ by
0.01 in the mean.

## The model

One ONNX graph, {megabytes:.1f} MB: `input_ids`, `attention_mask`, `token_count` in; `skills` [batch, {skills}] and `logits` [batch, {models}] out.

* Encoder: the first {layers} of all-MiniLM-L6-v2's six layers, with {heads} of 12 heads and {neurons} of 1,536 neurons each, which take
  over what the others said (`narrow.py`); then fine-tuned end to end with the head on the outcomes of all models
  ({epochs} epoch, averaged weights; word embeddings left as they are), written with fused operators; int8 weights with a
  scale per output column, word embeddings with one per row. Weights use 7 bits, so that CPUs without VNNI do not saturate
  and score otherwise.
* Its tokens' means after layers {pooled}. Middle layers know more about difficulty than the last one, which was trained to
  tell topics apart (table below); layers 3 and 6, frozen, take twice the time, rank RouteLLM's MMLU 0.003 better, GSM8K
  0.009 and the mix 0.015 worse.
* 58 properties of word pieces (digits, options, code, negation, rarity ...), as shares and as logarithms of counts, and the length.
* How near the prompt is to {landmarks:,} of the prompts that were learned from: a wide Gaussian kernel on all of the above, so
  that skills need not be linear in it.
* RouteLLM's two models answered MMLU's and GSM8K's questions only. For all others they borrow the outcomes of the same
  model, or one of its kind, from the other sets ({siblings}), so that their pair
  knows of more than two kinds of questions.
* Head: item response. {models} models' outcomes train {skills} skills; sigmoid(logit m) = P(model m is right). Half of the skills
  are from a fit in which a question counts as at most two outcomes, half from one in which it counts as all it has.
* A pair's raw score is p_small - p_large: minus what the large model is expected to gain. It ranked better than
  1 - p_large (1 - p_small) on RouteLLM's MMLU (0.705 against 0.692), GSM8K (0.632 against 0.611) and the mix (0.84
  against 0.70), and not on MMLU-Pro and ZeroEval (0.005 worse). Isotonic curves in `calibration.json` make P(small is good enough) of it; pairs
  without a curve of their own share one.
* A model of which the size alone is known is read off a line through the logits of those that say theirs. With one in the pair
  the raw score is sigmoid(logit_small - {caution} logit_large), with a curve of its own, whose calibration error `train.py` prints.

## The text that is scored

The gateway scores what the user asked last: the last user turn that holds text; a turn of fewer than 80 characters is
read after the last 1,000 characters of what the user said before. System prompts, tool results and the models' own turns
are left out: what surrounds a question drowns it. Of this text the encoder sees `[CLS]`, the first 95 and the
last 159 word pieces, `[SEP]`; all when they fit. Texts of more than 6,144 code points are cut to their first 2,048 and
last 4,096 before they are tokenised. One prompt at a time, without padding: int8 activations take their scale from the
whole batch, so a prompt's score would depend on its neighbours.

## Evaluation

Cross-validation over the given folds (2, 3, 4; cut by question stem), int8 encoder, {rows} rows. Higher is better for APGR (random 0.5) and
cost advantage (share sent to small at that relative drop of quality, read off the held-out curve: no promise for new
data), lower for CPT (share of calls to large for 50 % / 80 % of its gain) and ECE (expected calibration error, curves
fitted without the fold). Intervals: 1,000 bootstrap draws over questions. Folds 0 and 1 are not in the data.

{evaluation}

![How much of the large model's gain is kept, against the share of calls to it](curve.svg)

Drawn by `./lab eval --data DATA --routers DIRECTORY --curve
router-model/curve.svg` through the gateway's own scorer, with the routers of `train.py --folds DIRECTORY`. The same command
prints what ECE a perfectly calibrated score would show by chance (0.010 on RouteLLM's MMLU, 0.035 on GSM8K, 0.015 on the
mix, 0.013 on MMLU-Pro, 0.024 on ZeroEval), and the rank correlation of the score with the prompt's length (-0.49, -0.41,
-0.29, -0.40, -0.65): length alone explains it nowhere.

## What each ingredient gives

Printed by `.venv/bin/python router-model/train/ablate.py --data DATA --cache CACHE`, in the same
cross-validation. Linear algebra on another number of threads moves the last digit. There is no distillation: a teacher of
three heads, which takes twice the time, ranks 0.001 better on RouteLLM's MMLU, 0.013 worse on GSM8K and 0.005 worse on the mix.
The last row is no router: it says what the answers of other models to the very question are worth.
The last column is no task; it asks of twenty easy and twenty hard prompts as people type them (`everyday-prompts.json`)
how often the easy one has the higher score, by the mean logits of the folds' heads.

{ablation}

## Choosing a threshold

Small is "good enough" also where both models fail, so scores are high: most prompts gain nothing from the large model.
Held-out prompts of RouteLLM's pair (MMLU and GSM8K), small answering from the threshold on:

{thresholds}

## Data and licences

{sources}

* MMLU-Pro's outcomes and ZeroEval: Apache-2.0 / MIT; the 14-task mix: Apache-2.0 / MIT; RouteLLM's MMLU and GSM8K: Apache-2.0.
* AlpacaEval's outcomes are not in the shipped weights. Left out as format failures: NullModel; chatqa and qwen2.5-7b of the 14-task mix.
* Encoder: sentence-transformers/all-MiniLM-L6-v2, Apache-2.0.

{stems} different question stems. Their sha-256, so that anyone can check whether a question was trained on, are printed by
`train.py --data DATA --out router-model --stems`; the sha-256 of that output is `{digest}`.

## Limits

* Trained on academic questions in English with short reference answers. Chats, long documents, other languages and images
  are outside; there the score says little, and the threshold should be set on outcomes of one's own.
* A pair of models that were never asked the same questions is scored all the same, by skills learned elsewhere.
* Where the small model's mistakes cannot be foreseen (MMLU-Pro) the honest answer is to send it all to large.
* A prefix in a prompt can steer it: ten words, found with 1,936 scores, send all of 200 of GSM8K's questions to large where half
  of them went (`./lab attack --data DATA/routellm.jsonl.gz --source routellm_gsm8k`, as confounder
  gadgets, arXiv 2501.01818). Limits on money stand behind the router, not in it.
"""


def stem_lines(outcomes: Outcomes):
    """The sha-256 of every training question's stem, a line each, sorted."""
    return "".join(line + "\n" for line in sorted({stem_digest(text) for text in outcomes.texts}))


def text(outcomes: Outcomes, evaluation, thresholds, size):
    stems = stem_lines(outcomes)
    rows = Counter(outcomes.source.tolist())
    table = ["| source | rows |", "|---|---|", *(f"| {source} | {count} |" for source, count in sorted(rows.items()))]
    return TEMPLATE.format(megabytes=size / 1e6, epochs=Recipe().epochs, skills=len(HEARD) * SKILLS, landmarks=LANDMARKS, siblings=", ".join(f"`{sibling}` for `{name}`" for name, sibling in SIBLINGS.items()), heads=HEADS, neurons=NEURONS, layers=max(POOLED_LAYERS), pooled=" and ".join(map(str, POOLED_LAYERS)), caution=CAUTION, models=len(outcomes.models), rows=len(outcomes.texts), evaluation=evaluation, thresholds=thresholds, ablation=ABLATION.read_text(encoding="utf-8").rstrip(),
                           sources="\n".join(table), stems=stems.count("\n"), digest=hashlib.sha256(stems.encode()).hexdigest())
