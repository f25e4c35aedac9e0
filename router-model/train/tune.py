"""Fine-tunes the encoder end to end, together with the item-response head.

Both start where `narrow.py` ends: from the first layers of all-MiniLM-L6-v2, and from the head that L-BFGS fitted on what they
give. Then every outcome of every model moves both, by AdamW on the head's own loss (cross-entropy with the sources' and
models' weights of `head.py`, and its priors). What is kept is the encoder alone, as the average over the last steps (Polyak
& Juditsky 1992): its head moved with it so that gradients meant something, but AdamW wears it out; a head that L-BFGS fits
anew on what the tuned encoder gives ranks better (0.713 against 0.657 on fold 2 of RouteLLM's MMLU; frozen: 0.703).
In half precision where the machine multiplies such matrices; on a GPU if there is one.
"""

import hashlib
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from bert import Bert, key, padded
from data import Outcomes
from encoder import POOLED_LAYERS, SHAPE, encoder_width, kept
from head import PRIOR, SOURCE_BALANCE, Head, fit_head, outcome_blocks
from prompt import PromptTokenizer


WIDTH_STEP = 32  # of a batch, in tokens: every shape is compiled once, and few shapes are few compilations


@dataclass(frozen=True)
class Recipe:
    epochs: int = 1
    batch: int = 64  # texts
    encoder_rate: float = 5e-5
    head_rate: float = 1e-3
    warm_up: float = 0.06  # of all steps
    decay: float = 0.01  # of the encoder's weights
    dropout: float = 0.1  # of the head's inputs
    average: float = 0.99  # how much of the running average each step keeps
    clip: float = 1.0  # largest norm of the encoder's gradient
    heard: int = 4  # in place of head.py's HEARD; the head that is tuned along and thrown away is one fit without landmarks


def tuned_encoders(weights, x, outcomes: Outcomes, rows, tokenizer_file, seed, processes, cache=None, recipe=Recipe()):
    """name -> an encoder's tensors, tuned from `weights` on the rows that `rows` (name -> bool [rows]) chooses; x is what
    the encoder with `weights` gives the head.

    Several are tuned side by side, one thread each; on a GPU one after the other."""
    tokenizer, outcomes = PromptTokenizer(tokenizer_file), outcomes.borrowed()
    prompts = [tokenizer.encode(text).ids for text in outcomes.texts]
    jobs = [(name, weights, x[chosen], outcomes.rows(chosen), [ids for ids, wanted in zip(prompts, chosen) if wanted], seed, recipe, cache)
            for name, chosen in rows.items()]
    if torch.cuda.is_available():
        return dict(zip(rows, map(tune, jobs)))
    with ProcessPoolExecutor(min(processes, len(jobs)), multiprocessing.get_context("spawn"), torch.set_num_threads, (1,)) as pool:
        return dict(zip(rows, pool.map(tune, jobs)))


def tune(job):
    name, weights, x, outcomes, prompts, seed, recipe, cache = job
    file = cache / f"tuned-{fingerprint(x, outcomes, prompts, seed, recipe)}.safetensors" if cache else None
    return kept(file, lambda: tuned(name, weights, x, outcomes, prompts, seed, recipe))


def tuned(name, weights, x, outcomes, prompts, seed, recipe):
    head = fit_head(x, outcomes.quality, outcomes.source, seed, heard=(recipe.heard,), landmarks=0)
    return Tuning(name, weights, x[:, encoder_width():], outcomes, prompts, head, seed, recipe).run()


class Tuning:
    """One run: everything it reads, and where it stands."""

    def __init__(self, name, weights, cheap, outcomes, prompts, head, seed, recipe):
        torch.manual_seed(seed)
        self.name, self.weights, self.recipe, self.prompts = name, weights, recipe, prompts
        self.random = np.random.default_rng(seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.length = np.array([len(ids) for ids in prompts])
        self.cheap = self.tensor(cheap)
        self.quality = self.tensor(np.nan_to_num(outcomes.quality).astype(np.float32))
        self.weight = self.tensor(outcome_weights(outcomes, recipe.heard))
        shape = replace(SHAPE, layers=max(POOLED_LAYERS))
        self.network = Network(Bert(weights, shape, POOLED_LAYERS), head, recipe.dropout).to(self.device)
        self.average = torch.optim.swa_utils.AveragedModel(self.network, avg_fn=self.averaged)

    def run(self):
        """The tuned tensors, with those that stayed, by their names."""
        steps = self.recipe.epochs * -(-len(self.prompts) // self.recipe.batch)
        optimizer = self.optimizer()
        pace = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / (self.recipe.warm_up * steps), 1) * max(0.02, 1 - step / steps))
        start = time.monotonic()
        for epoch in range(self.recipe.epochs):
            losses = [self.step(rows, optimizer, pace) for rows in self.batches()]
            print(f"  {self.name}: epoch {epoch + 1} of {self.recipe.epochs}, loss {np.mean(losses):.4f}, "
                  f"{time.monotonic() - start:.0f} s", flush=True)
        bert = self.average.module.cpu().bert
        return self.weights | {name: bert.tensor(name).detach().numpy() for name in self.weights if key(name) in bert.tensors}

    def optimizer(self):
        encoder, head = list(self.network.bert.parameters()), list(self.network.head_parameters())
        return torch.optim.AdamW([{"params": encoder, "lr": self.recipe.encoder_rate, "weight_decay": self.recipe.decay},
                                  {"params": head, "lr": self.recipe.head_rate, "weight_decay": 0.0}], betas=(0.9, 0.98))

    def batches(self):
        """All rows in a random order, those of about the same length together."""
        order, batch = self.random.permutation(len(self.prompts)), self.recipe.batch
        batches = []
        for chunk in np.array_split(order, max(1, len(order) // (16 * batch))):
            alike = chunk[np.argsort(self.length[chunk], kind="stable")]
            batches += [alike[start:start + batch] for start in range(0, len(alike), batch)]
        self.random.shuffle(batches)
        return batches

    def step(self, rows, optimizer, pace):
        with torch.autocast(self.device.type, torch.bfloat16, enabled=multiplies_half_precision(self.device)):
            means = self.network.bert(*(part.to(self.device) for part in padded([self.prompts[row] for row in rows], WIDTH_STEP)))
        logits = self.network(torch.cat([means.float(), self.cheap[rows]], 1))
        errors = functional.binary_cross_entropy_with_logits(logits, self.quality[rows], reduction="none")
        loss = (self.weight[rows] * errors).sum() / len(rows) + PRIOR / len(self.prompts) * self.network.size()
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.bert.parameters(), self.recipe.clip)
        optimizer.step()
        pace.step()
        self.average.update_parameters(self.network)
        return loss.item()

    def averaged(self, average, new, count):
        """A running average whose memory grows from ten steps to the recipe's."""
        return average.lerp(new, 1 - min(self.recipe.average, count / (count + 10)))

    def tensor(self, array):
        return torch.from_numpy(np.ascontiguousarray(array)).to(self.device)


class Network(nn.Module):
    """The encoder, and head.py's arithmetic on its means and the cheap features."""

    def __init__(self, bert, head: Head, dropout):
        super().__init__()
        self.bert, self.dropout = bert, nn.Dropout(dropout)
        self.skills, self.abilities, self.ease = (nn.Parameter(torch.tensor(part)) for part in (head.skills, head.abilities, head.ease))
        self.register_buffer("mean", torch.tensor(head.basis.mean))
        self.register_buffer("scale", torch.tensor(head.basis.scale))

    def forward(self, x):
        return self.dropout((x - self.mean) / self.scale) @ self.skills @ self.abilities + self.ease

    def head_parameters(self):
        return self.skills, self.abilities, self.ease

    def size(self):
        return self.skills.square().sum() + self.abilities.square().sum()


def outcome_weights(outcomes: Outcomes, heard):
    """float32 [rows, models]: what each outcome weighs in the loss, one a row in the mean; 0 where there is none."""
    weight = np.zeros(outcomes.quality.shape, np.float32)
    for block in outcome_blocks(outcomes.quality, outcomes.source, heard):
        weight[np.ix_(block.rows, block.models)] = block.weight
    return weight / (weight.sum() / len(weight))


def multiplies_half_precision(device):
    return device.type == "cuda" or torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()


def fingerprint(x, outcomes, prompts, seed, recipe):
    digest = hashlib.sha256(repr((seed, recipe, PRIOR, SOURCE_BALANCE, POOLED_LAYERS, outcomes.models)).encode())
    for array in (x, outcomes.quality, *prompts):
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
