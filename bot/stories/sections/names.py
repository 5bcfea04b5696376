"""Cut the title and the author's name out of a line that is known to have them.

A line is split into tokens: words, handles, signs. A chain gives each token to the title, to the author, or to neither,
as `bot.stories.sections.chain` does with lines. The looks of a token are its shape, the kinds of words around it, and
the signs that part the line; ``names.tsv`` has their scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby, islice
from operator import itemgetter
from typing import Literal

from bot.stories.cached import cached
from bot.stories.folding import fold
from bot.stories.sections.chain import likeliest, weights_in
from bot.stories.sections.ornaments import bare, has_words, whole_in_marks
from bot.stories.vocabulary import VOCABULARIES

LONGEST_LINE = 300
"""Maximum length, in characters, of a line that is searched for names."""

Holder = Literal["title", "signed title", "author"]
"""What a line is known to be: the title's line, that of a text whose author another line names, or the author's line."""

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_")
_HANDLE = re.compile(r"@?(?=\S*[\d_]|\S*[a-z]\S*[A-Z]|\S*[a-z]-\S*[a-z])[\w.-]*\w[_~-]*")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_AROUND = "()[]<>.,;:!?\"'“”«»*~♥"
_PARTING = frozenset('–—-|•·/:：,，、。.()[]{}【】（）《》「」『』"“”„«»>›→~～✦★☆♥*')
_TOLD_SIGNS = frozenset("&+!?#@©")
_PARTICLES = ("de", "da", "do", "dos", "del", "di", "du", "van", "von", "der", "of", "the", "la", "le", "el", "y", "al")
_NAMING = ("pieces", "posts", "rounds", "topics", "days", "said", "signed", "wrote", "own", "leave")


@dataclass(frozen=True, slots=True)
class Names:
    """The strings that were cut out of a line, and the rest of it."""

    title: str | None
    author: str | None
    rest: str
    """What is neither title nor author; empty if it has no words."""


def read_names(line: str, holder: Holder) -> Names:
    """Return the title and the author's name in *line*, or in the text of a label; what has no cut is one whole name."""
    text = line.strip()
    is_title = holder != "author"
    whole = Names(_shown(text), None, "") if is_title else Names(None, _shown(text), "")
    if len(text) > LONGEST_LINE:
        return whole
    tokens = Tokens(text, holder)
    title, author = tokens.longest("title"), tokens.longest("author")
    rest = " ".join(word for i, word in enumerate(tokens.words) if i not in title and i not in author)
    if not (title if is_title else author):
        return whole
    if not has_words(rest) and not (title and author):
        return whole
    return Names(_cut(tokens, title), _cut(tokens, author), rest if has_words(rest) else "")


def _cut(tokens: Tokens, run: Sequence[int]) -> str | None:
    return _shown(tokens.text[tokens.spans[run[0]][0] : tokens.spans[run[-1]][1]]) if run else None


_BEHIND = re.compile(
    r"\s*(?:\(\s*\d{1,3}\s*(?:/|of)\s*[\d?]{1,3}\s*\)|[\[【（][^\[\]【】（）]*[\]】）]|<\S+@\S+>|\s{3,}\S.*)$"
)


def whole_name(value: str) -> str:
    """Return the name in the text of a label: all of it, but for a count of parts, an address, or what is set far off."""
    return _shown(_BEHIND.sub("", value.strip())) or value


def _shown(text: str) -> str:
    """Return *text* without the ornaments, the quotation marks or the brackets around all of it."""
    if _is_handle(text):
        return text
    shown = bare(text)
    inner = whole_in_marks(shown)
    return (bare(inner) if inner and has_words(inner) else shown) or text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last position of each token of *text*; letters of scripts without spaces are tokens."""
    for piece in re.finditer(r"\S+", text):
        core = piece[0].strip(_AROUND)
        if not (_is_handle(core) or _ADDRESS.fullmatch(core)):
            yield from _split(text, *piece.span())
            continue
        start = piece.start() + piece[0].index(core)
        yield from _split(text, piece.start(), start)
        yield start, start + len(core)
        yield from _split(text, start + len(core), piece.end())


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text, start, end):
        if _EAST_ASIAN.match(token[0]):
            yield from ((at, at + 1) for at in range(*token.span()))
        else:
            yield token.span()


def _is_handle(word: str) -> bool:
    return _HANDLE.fullmatch(word) is not None and _EAST_ASIAN.search(word) is None


def _shape(word: str) -> str:
    if word.isdigit():
        return "a number"
    if _ADDRESS.fullmatch(word):
        return "an address"
    if not has_words(word):
        return word if word in _PARTING or word in _TOLD_SIGNS else "a sign"
    if _is_handle(word):
        return "a handle"
    if _EAST_ASIAN.match(word):
        return "an east asian letter"
    if word.isupper():
        return "capitals" if len(word) > 1 else "a capital letter"
    if word[0].isupper():
        return "a capitalised word"
    return "a small word" if word[0].islower() else "a word"


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Return the kinds of the words that stand beside titles and names, by the word in folded letters."""
    found: dict[str, set[str]] = {}
    for vocabulary in VOCABULARIES.values():
        listed = {
            "a byline word": vocabulary.bylines,
            "a particle": _PARTICLES,
            "a chapter word": vocabulary.headings.get("chapters", []),
            "a number word": [word for words in vocabulary.number_words for word in words.split()],
            **{f"a {kind} label": vocabulary.labels.get(kind, []) for kind in ("title", "author", "summary", "note")},
            **{f"{kind} word": vocabulary.naming.get(kind, []) for kind in _NAMING},
        }
        for kind, words in listed.items():
            for word in words:
                shown = fold(re.sub(r"\(\?:|[\\^$*+?()\[\]|.{}]", " ", word)).strip()
                if shown and " " not in shown:
                    found.setdefault(shown, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def kinds_of(word: str) -> frozenset[str]:
    """Return the kinds of *word*, if it stands beside titles and names."""
    return _kinds().get(fold(word), frozenset())


class Tokens:
    """The tokens of a line and their looks."""

    def __init__(self, text: str, holder: Holder) -> None:
        self.text = text
        self.spans = list(_spans(text))
        self.words = [text[start:end] for start, end in self.spans]
        self._holder = holder
        self._shapes = list(map(_shape, self.words))
        self._kinds = list(map(kinds_of, self.words))
        self._is_parting = [
            shape in _PARTING and (shape not in "-–—" or i == 0 or self.spans[i][0] > self.spans[i - 1][1])
            for i, shape in enumerate(self._shapes)
        ]
        """Whether each token parts the line; a dash within a word does not."""

    @cached
    def parts(self) -> list[str]:
        """What each token belongs to: ``title``, ``author`` or ``none``."""
        return likeliest(self.looks(), weights_in("names.tsv"))

    def longest(self, part: str) -> Sequence[int]:
        """Return the run of tokens with the most letters that the chain gives to *part*."""
        runs = ([i for i, _ in run] for of, run in groupby(enumerate(self.parts), key=itemgetter(1)) if of == part)
        return max(runs, key=lambda run: sum(len(self.words[i]) for i in run if has_words(self.words[i])), default=())

    @cached
    def _numbers(self) -> list[int]:
        """Number of parting signs up to each token."""
        return list(accumulate(self._is_parting))

    def looks(self) -> list[list[str]]:
        """Return the looks of each token."""
        case = "capitals" if self.text.isupper() else "small letters" if self.text.islower() else "both cases"
        common = [f"in the line of a {self._holder}", f"in a line in {case}"]
        return [[*common, *self._own(i), *self._beside(i), *self._in_piece(i)] for i in range(len(self.words))]

    def _own(self, i: int) -> Iterator[str]:
        shape, numbers = self._shapes[i], self._numbers
        yield shape
        yield f"{self._holder}: {shape}"
        yield from self._kinds[i]
        yield f"{min(i, 3)} tokens before"
        yield f"{min(len(self.words) - 1 - i, 3)} tokens behind"
        yield f"{min(numbers[i], 3)} parting signs before"
        yield f"{min(numbers[-1] - numbers[i], 3)} parting signs behind"
        if i:
            yield f"{min(self.spans[i][0] - self.spans[i - 1][1], 3)} blanks before"
            if self._shapes[i - 1] != shape:
                yield f"{shape} behind {self._shapes[i - 1]}"

    def _beside(self, i: int) -> Iterator[str]:
        for step, name in ((-2, "second before"), (-1, "before"), (1, "behind"), (2, "second behind")):
            if not 0 <= i + step < len(self.words):
                yield f"{name}: nothing"
                continue
            yield f"{name}: {self._shapes[i + step]}"
            yield from (f"{name}: {kind}" for kind in self._kinds[i + step])
        for name, others in (("any before", slice(0, i)), ("any behind", slice(i + 1, None))):
            yield from (f"{name}: {kind}" for kind in frozenset[str]().union(*self._kinds[others]))
            signs = self.words[others]
            yield from (f"{name}: {sign}" for sign in ':|"“«(-–—/,' if sign in signs)

    def _in_piece(self, i: int) -> Iterator[str]:
        """Yield looks of the piece between two parting signs that has token *i*."""
        parts = self._is_parting
        first = next((at + 1 for at in range(i, -1, -1) if parts[at]), 0) if not parts[i] else i
        last = next((at for at in range(i, len(parts)) if parts[at]), len(parts)) if not parts[i] else i + 1
        yield from (f"in a piece with {kind}" for kind in frozenset[str]().union(*self._kinds[first:last]))
        yield f"in a piece behind {self.words[first - 1] if first else 'nothing'}"
        yield f"in a piece before {self.words[last] if last < len(parts) else 'nothing'}"
        yield f"in a piece of {min(last - first, 6)}"
        if any(shape == "a number" for shape in islice(self._shapes, first, last)):
            yield "in a piece with a number"
        if first > 1:
            yield from (f"in a piece behind {kind}" for kind in self._kinds[first - 2])
