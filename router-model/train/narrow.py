"""Makes the encoder narrower before it is tuned: fewer heads, and fewer neurons between the two matrices of each layer.

Units (a neuron, or a head's 32 numbers) leave one by one. Each time it is the one whose part in the layer's output the
others can best take over, by least squares on prompts of the data, and they take it over at once: the optimal brain surgeon
(Hassibi & Stork 1993) for whole structures (ZipLM, Kurtic et al. 2023). No outcome is read.
"""

import hashlib
from dataclasses import dataclass, replace

import numpy as np
import torch

from bert import Bert, padded
from encoder import HEAD_SIZE, POOLED_LAYERS, SHAPE, frozen_weights, kept
from prompt import PromptTokenizer

HEADS = 10  # of 12
NEURONS = 768  # of 1,536
SAMPLE = 1500  # prompts; some 200,000 tokens for at most 1,536 unknowns
BATCH = 64
RIDGE = 1e-3  # of the mean square of an activation


@dataclass(frozen=True)
class Part:
    """Where units can leave: their outputs are the inputs of the matrix `out`, and `into` are the matrices that make them."""

    activations: str  # the method of Bert that gives them
    into: tuple
    out: str
    size: int  # of a unit
    units: int  # that stay


PARTS = (Part("attended", ("attention.self.query", "attention.self.key", "attention.self.value"), "attention.output.dense", HEAD_SIZE, HEADS),
         Part("inner", ("intermediate.dense",), "output.dense", 1, NEURONS))


def narrow_weights(texts, tokenizer_file, seed, cache=None):
    """The encoder's tensors with HEADS heads and NEURONS neurons in each of its layers, narrowed on some of the texts.
    `cache` is a directory that keeps them between runs."""
    tokenizer = PromptTokenizer(tokenizer_file)
    drawn = np.random.default_rng(seed).permutation(len(texts))[:SAMPLE]
    prompts = [tokenizer.encode(texts[number]).ids for number in drawn]
    file = cache / f"narrow-{fingerprint(prompts)}.safetensors" if cache else None
    return kept(file, lambda: narrowed(frozen_weights(), padded_batches(prompts)))


def fingerprint(prompts):
    return hashlib.sha256(repr((PARTS, RIDGE)).encode() + b"".join(ids.tobytes() for ids in prompts)).hexdigest()[:16]


@torch.no_grad()
def narrowed(weights, batches):
    unused = tuple(f"encoder.layer.{layer}." for layer in range(max(POOLED_LAYERS), SHAPE.layers))
    weights = {name: tensor for name, tensor in weights.items() if not name.startswith(unused)}
    for layer in range(max(POOLED_LAYERS)):
        for part in PARTS:
            print(f"  narrowing layer {layer + 1}: {part.units} x {part.size} {part.activations}", flush=True)
            shrink(weights, f"encoder.layer.{layer}.", part, batches)
    return weights


def shrink(weights, prefix, part: Part, batches):
    """Replaces the tensors around `part` by narrower ones."""
    bert = Bert(weights, replace(SHAPE, layers=max(POOLED_LAYERS)), POOLED_LAYERS)
    width = len(weights[prefix + part.out + ".weight"][0])
    total, count, gram = np.zeros(width), 0, np.zeros((width, width))
    for ids, mask in batches:
        seen = bert.activations(ids, mask, prefix, part.activations)[mask.bool()].numpy()
        total, count, gram = total + seen.sum(0), count + len(seen), gram + seen.T @ seen
    mean = total / count
    out = weights[prefix + part.out + ".weight"].T.astype(float)
    kept, narrow = surviving(gram / count - np.outer(mean, mean), out, part.size, part.units)
    weights[prefix + part.out + ".weight"] = np.ascontiguousarray(narrow.T, np.float32)
    weights[prefix + part.out + ".bias"] = (weights[prefix + part.out + ".bias"] + mean @ out - mean[kept] @ narrow).astype(np.float32)
    for name in (prefix + matrix + kind for matrix in part.into for kind in (".weight", ".bias")):
        weights[name] = weights[name][kept]


def surviving(covariance, out, size, units):
    """covariance [inputs, inputs] of what `out` [inputs, outputs] reads -> the inputs that stay, and the matrix for them."""
    inputs = len(out)
    inverse = np.linalg.inv(covariance + RIDGE * np.trace(covariance) / inputs * np.eye(inputs))
    out, left = out.copy(), list(range(inputs // size))
    while len(left) > units:
        losses = [loss(inverse, out, place(unit, size)) for unit in left] if size > 1 else (out[left] ** 2).sum(1) / inverse[left, left]
        gone = place(left.pop(int(np.argmin(losses))), size)
        share = inverse[:, gone] @ np.linalg.inv(inverse[gone, gone])
        out -= share @ out[gone]
        inverse -= share @ inverse[gone]
    kept = np.concatenate([np.arange(inputs)[place(unit, size)] for unit in left])
    return kept, out[kept]


def loss(inverse, out, unit):
    """How much the squared error grows when `unit` leaves and the others make up for it."""
    return np.vdot(out[unit], np.linalg.solve(inverse[unit, unit], out[unit]))


def place(unit, size):
    return slice(unit * size, (unit + 1) * size)


def padded_batches(prompts):
    """Batches as `padded` gives them, of prompts of about the same length."""
    prompts = sorted(prompts, key=len)
    return [padded(prompts[start:start + BATCH]) for start in range(0, len(prompts), BATCH)]
