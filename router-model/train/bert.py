"""The encoder of graph.py as a network that can be trained: the same tensors under the same names, the same arithmetic."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from graph import EncoderShape


class Bert(nn.Module):
    """BERT's first layers. `weights` are the encoder's tensors by their names; embeddings stay as they are."""

    def __init__(self, weights, shape: EncoderShape, pooled_layers):
        super().__init__()
        self.shape, self.pooled_layers = shape, pooled_layers
        trained = [name for name in weights if any(name.startswith(f"encoder.layer.{layer}.") for layer in range(shape.layers))]
        fixed = [name for name in weights if name.startswith("embeddings.") and not name.endswith("position_ids")]
        self.tensors = nn.ParameterDict({key(name): torch.tensor(weights[name]) for name in trained})
        for name in fixed:
            self.register_buffer(key(name), torch.tensor(weights[name]))

    def forward(self, ids, mask):
        """ids int64 [batch, tokens], mask float [batch, tokens] -> the means over the tokens after each of `pooled_layers`,
        side by side: [batch, layers * hidden]."""
        share = mask / mask.sum(1, keepdim=True)
        means = [torch.einsum("bt,bth->bh", share.to(state.dtype), state) for state in self.pooled_states(ids, mask.bool())]
        return torch.cat(means, dim=1)

    def pooled_states(self, ids, mask):
        x = self.embedded(ids)
        for number in range(self.shape.layers):
            x = self.layer(x, attendable(mask), f"encoder.layer.{number}.")
            if number + 1 in self.pooled_layers:
                yield x

    def activations(self, ids, mask, prefix, part):
        """What the last matrix of attention ("attended") or of the perceptron ("inner") reads in the layer with this
        prefix: [batch, tokens, width]."""
        x, mask, number = self.embedded(ids), attendable(mask.bool()), 0
        while prefix != (before := f"encoder.layer.{number}."):
            x, number = self.layer(x, mask, before), number + 1
        attended = self.attended(x, mask, prefix)
        return attended if part == "attended" else self.inner(self.after_attention(x, attended, prefix), prefix)

    def embedded(self, ids):
        table = lambda kind: getattr(self, key(f"embeddings.{kind}_embeddings.weight"))
        return self.norm(table("word")[ids] + table("position")[: ids.shape[1]] + table("token_type")[0], "embeddings.LayerNorm")

    def layer(self, x, mask, prefix):
        x = self.after_attention(x, self.attended(x, mask, prefix), prefix)
        return self.norm(x + self.dense(self.inner(x, prefix), prefix + "output.dense"), prefix + "output.LayerNorm")

    def attended(self, x, mask, prefix):
        heads = lambda part: self.dense(x, f"{prefix}attention.self.{part}").unflatten(-1, (-1, self.shape.head_size)).transpose(1, 2)
        attended = functional.scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=mask)
        return attended.transpose(1, 2).flatten(2)

    def after_attention(self, x, attended, prefix):
        return self.norm(x + self.dense(attended, prefix + "attention.output.dense"), prefix + "attention.output.LayerNorm")

    def inner(self, x, prefix):
        return functional.gelu(self.dense(x, prefix + "intermediate.dense"), approximate="tanh")

    def dense(self, x, name):
        return functional.linear(x, self.tensor(name + ".weight"), self.tensor(name + ".bias"))

    def norm(self, x, name):
        return functional.layer_norm(x, x.shape[-1:], self.tensor(name + ".weight"), self.tensor(name + ".bias"), self.shape.layer_norm_epsilon)

    def tensor(self, name):
        return self.tensors[key(name)] if key(name) in self.tensors else getattr(self, key(name))


def padded(prompts, step=1):
    """Lists of ids as the network takes them: ids int64 and mask float32, each [texts, tokens], as wide as the longest
    rounded up to a multiple of `step`."""
    width = -(-max(map(len, prompts)) // step) * step
    ids, mask = np.zeros((len(prompts), width), np.int64), np.zeros((len(prompts), width), np.float32)
    for number, prompt in enumerate(prompts):
        ids[number, : len(prompt)], mask[number, : len(prompt)] = prompt, 1
    return torch.from_numpy(ids), torch.from_numpy(mask)


def attendable(mask):
    """mask bool [batch, tokens] as attention takes it: [batch, heads, tokens, tokens]."""
    return mask[:, None, None, :]


def key(name):
    """A tensor's name as PyTorch takes it: without dots."""
    return name.replace(".", "/")
