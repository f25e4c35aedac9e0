"""From a text to the ids that the encoder sees. `PromptTokenizer.java` follows the same rules; a test compares them.

1. A text of more than HEAD_CHARACTERS + TAIL_CHARACTERS code points is cut to its first HEAD_CHARACTERS and its last
   TAIL_CHARACTERS with a line feed between them, so that a giant prompt costs no more than a long one.
2. WordPiece (BERT, lower case, accents stripped). Names of special tokens inside the text are ordinary text.
3. `token_count` is the number of these tokens, [CLS] and [SEP] not counted.
4. The encoder sees [CLS], the first HEAD_TOKENS - 1 and the last TAIL_TOKENS - 1 tokens, [SEP]; all of them when they fit.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

HEAD_CHARACTERS = 2048
TAIL_CHARACTERS = 4096
HEAD_TOKENS = 96
TAIL_TOKENS = 160
CLS, SEP = 101, 102


@dataclass(frozen=True)
class EncodedPrompt:
    ids: np.ndarray  # int64 [tokens], with [CLS] and [SEP]
    token_count: int


class PromptTokenizer:
    def __init__(self, file: Path):
        self.tokenizer = Tokenizer.from_file(str(file))
        self.tokenizer.encode_special_tokens = True

    def encode(self, text: str) -> EncodedPrompt:
        tokens = self.tokenizer.encode(bounded(text), add_special_tokens=False).ids
        return EncodedPrompt(np.array([CLS, *window(tokens), SEP], np.int64), len(tokens))


def bounded(text):
    if len(text) <= HEAD_CHARACTERS + TAIL_CHARACTERS:
        return text
    return text[:HEAD_CHARACTERS] + "\n" + text[-TAIL_CHARACTERS:]


def window(tokens):
    head, tail = HEAD_TOKENS - 1, TAIL_TOKENS - 1
    return tokens if len(tokens) <= head + tail else tokens[:head] + tokens[-tail:]
