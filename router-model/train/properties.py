"""Properties of a word piece that say something about a prompt's difficulty, as a table over the vocabulary.

The graph counts them, so that the gateway needs no second reading of the text. Word pieces are lower case.
"""

import numpy as np

WORDS = {
    "question": "what which who whom whose when where why how",
    "negation": "not no never none neither nor except without false incorrect cannot unlikely",
    "stop": "the a an of to and in is that it for on as with was by at be from are or his her this their its has have had",
    "superlative": "most least best worst more less greater largest smallest highest lowest maximum minimum",
    "quantity": "all each every any some many much few several total both half twice number average per",
    "condition": "if then when assume suppose given because therefore let unless whether would should could",
    "choice": "following statement statements true correct option options answer choose select above below",
    "code": "def return import class int str list python function assert print string array code program java script sql self lambda const void",
    "mathematics": "prove sum integral derivative probability equation function matrix vector prime theorem polynomial real integer angle triangle "
                   "square root group ring field finite limit graph cube circle radius area volume",
    "money": "cost price dollars dollar buy sell sold pay paid profit interest tax market money bank",
    "time": "day days week weeks month months year years hour hours minutes seconds today tomorrow",
    "task": "write explain describe list summarize translate generate create compare rewrite edit give tell show design",
    "law": "court law defendant plaintiff contract statute constitutional jury liability trial evidence state crime",
    "medicine": "patient disease blood cells treatment symptoms clinical pain cancer infection physician medical",
    "physics": "energy mass force velocity temperature pressure electric charge wave field electron atom speed heat gas molecule",
    "person": "i you he she they we my your me him them us",
    "ethics": "moral morally wrong ethical justice rights philosophy argument",
}
CHARACTERS = {
    "full stop": ".", "comma": ",", "question mark": "?", "colon": ":", "semicolon": ";", "hyphen": "-–—", "quote": "'\"`’“”",
    "parenthesis": "()", "bracket": "[]", "brace": "{}", "dollar": "$", "backslash": "\\", "equals": "=",
    "operator": "+*/^<>%|~", "underscore": "_", "hash": "#&@",
}
LETTERS = "abcdefghij"
RARITY = [0, 1000, 1996, 2500, 3500, 5000, 8000, 13000, 20000]  # the vocabulary is sorted by frequency from 1996 on


def property_table(vocabulary):
    """{piece: id} -> (uint8 [len(vocabulary), properties], names)."""
    pieces = [piece for piece, _ in sorted(vocabulary.items(), key=lambda entry: entry[1])]
    columns = {}
    for name, words in WORDS.items():
        columns[name] = member(pieces, set(words.split()))
    for name, characters in CHARACTERS.items():
        columns[name] = member(pieces, set(characters))
    for letter in LETTERS:
        columns["letter " + letter] = member(pieces, {letter})
    bare = [piece.removeprefix("##") for piece in pieces]
    columns["digit"] = [len(piece) == 1 and piece.isdigit() for piece in pieces]
    columns["number"] = [len(piece) > 1 and piece.isdigit() for piece in bare]
    columns["continuation"] = [piece.startswith("##") for piece in pieces]
    columns["long"] = [len(piece) >= 9 for piece in bare]
    columns["foreign"] = [not piece.isascii() for piece in pieces]
    columns["unknown"] = member(pieces, {"[UNK]"})
    for number, start in enumerate(RARITY):
        end = RARITY[number + 1] if number + 1 < len(RARITY) else len(pieces)
        columns[f"rarity {start}"] = [start <= rank < end for rank in range(len(pieces))]
    return np.array(list(columns.values()), np.uint8).T, list(columns)


def member(pieces, wanted):
    return [piece in wanted for piece in pieces]
