"""Cut the title and the author's name out of a line that is known to have them.

A line is split into tokens: words, handles, signs. A chain gives each token to the title, to the author, or to neither,
as `bot.stories.sections.chain` does with lines. The looks of a token are its shape, the kinds of words around it, and
the signs that part the line; ``names.tsv`` has their scores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import Literal

from bot.stories.sections.chain import likeliest, weights_in
from bot.stories.sections.naming_words import kinds_in, label_of
from bot.stories.sections.ornaments import bare, has_words, whole_in_marks

LONGEST_LINE = 300
"""Maximum length, in characters, of a line that is searched for names."""

Holder = Literal["title", "signed title", "author"]
"""What a line has: the title, the title of a text whose author another line names, or the author's name."""

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TOKEN = re.compile(rf"((?={_EAST_ASIAN.pattern}))?[^\W\d_\uff9e\uff9f]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|[_\uff9e\uff9f]")
_HANDLE = re.compile(r"(?=\S*[\d_]|\S*[a-z]\S*[A-Z]|\S*[a-z][-.]+\S*[a-z])[\w.-]*\w[_~-]*")
_SIGNED = re.compile(r"\S*?(?:[\d_@]|[a-z]\S*[A-Z]|[a-z][-.]+\S*[a-z])\S*")
"""Text between blanks that may be a handle or an address."""
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
_AROUND = "()[]<>.,;:!?\"'“”«»*~♥@"
_PARTING = frozenset('–—-|•·/:：,，、。.()[]{}【】（）《》「」『』"“”„«»>›→~～✦★☆♥*')
_BETWEEN = frozenset("|│·,;、，()[]【】（）»›>❯#")
_NUMBERED_DAY = ("days word", "a number", ":")  # part of a title: ``Day 3: The Well``
_TOLD_SIGNS = frozenset("&+!?#@©")


@dataclass(frozen=True, slots=True)
class Names:
    """The strings that were cut out of a line, and its details."""

    title: str | None
    author: str | None
    details: tuple[tuple[str, str], ...] = ()
    """Labels and texts of the rest that says something of the story: ``("rating", "PG-13")``, ``("part", "Ch. 2")``."""


def read_names(line: str, holder: Holder) -> Names:
    """Return the title and the author's name in *line*; a line without a cut is one whole name."""
    is_title = holder != "author"
    text = line.strip() if is_title else line.strip().removeprefix("@")
    whole = Names(_shown(text), None) if is_title else Names(None, _shown(text))
    if len(text) > LONGEST_LINE:
        return whole
    tokens = Tokens(text, holder)
    if not tokens.are_told:
        return whole
    title, author = tokens.longest("title"), tokens.longest("author")
    if title and title[0] == len(_NUMBERED_DAY) and tokens.begins_with(_NUMBERED_DAY):
        return whole
    rest = [i for i in range(len(tokens.words)) if i not in title and i not in author]
    is_cut = any(has_words(tokens.words[i]) for i in rest) or (title and author)
    if not (title if is_title else author) or not is_cut:
        return whole
    details = (detail for detail in tokens.details(rest) if is_title or detail[0] == "rating")
    return Names(_cut(tokens, title), _cut(tokens, author), tuple(details))


def _cut(tokens: Tokens, run: Sequence[int]) -> str | None:
    if not run:
        return None
    text = tokens.text[tokens.spans[run[0]][0] : tokens.spans[run[-1]][1]].rstrip(" ([<")
    return _shown(text if "(" in text else text.rstrip(")"))


_BEHIND = re.compile(
    r"\s*(?:\(\s*\d{1,3}\s*(?:/|of)\s*[\d?]{1,3}\s*\)|[\[【（][^\[\]【】（）]*[\]】）]|[<(][^\s@]+@[^\s@]+[>)]|\s{3,}\S.*)$"
)


def whole_name(value: str) -> str:
    """Return the name in the text of a label, without a count of parts, an address, or text that is set far off."""
    name = _BEHIND.sub("", value.strip())
    shown = _shown(name) or value
    return shown + "." if name.endswith(f"{shown}.") else shown


def _shown(text: str) -> str:
    """Return *text* without the ornaments, the quotation marks or the brackets around all of it."""
    if _is_handle(text):
        return text
    shown = bare(text)
    inner = whole_in_marks(shown)
    return (bare(inner) if inner and has_words(inner) else shown) or text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and the last position of each token of *text*; letters of scripts without spaces are tokens."""
    end = 0
    for piece in _SIGNED.finditer(text):
        core = piece[0].strip(_AROUND).removeprefix("u/")  # as Reddit begins names
        if _is_handle(core) or _ADDRESS.fullmatch(core):
            start = piece.start() + piece[0].index(core)
            yield from _split(text, end, start)
            end = start + len(core)
            yield start, end
    yield from _split(text, end, len(text))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for token in _TOKEN.finditer(text, start, end):
        if token.lastindex:
            yield from ((at, at + 1) for at in range(*token.span()))
        else:
            yield token.span()


def _is_handle(word: str) -> bool:
    return _HANDLE.fullmatch(word) is not None and _EAST_ASIAN.search(word) is None and not word.isdigit()


def _shape(word: str) -> str:
    if word.isdigit():
        return "a number"
    if _ADDRESS.fullmatch(word):
        return "an address"
    if not has_words(word) or word in "\uff9e\uff9f":
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


def kinds_of(line: str) -> frozenset[str]:
    """Return the kinds of the words in *line* that stand beside titles and names."""
    return frozenset[str]().union(*kinds_in(line, list(_spans(line))))


class Tokens:
    """The tokens of a line and their looks."""

    def __init__(self, text: str, holder: Holder) -> None:
        self.text = text
        self.spans = list(_spans(text))
        self.words = [text[start:end] for start, end in self.spans]
        self._holder = holder
        self._shapes = list(map(_shape, self.words))
        self._sorts = ["a parting sign" if shape in _PARTING else shape for shape in self._shapes]
        self._kinds = list(map(sorted, kinds_in(text, self.spans)))
        self._is_parting = [
            shape in _PARTING and (shape not in "-–—" or i == 0 or self.spans[i][0] > self.spans[i - 1][1])
            for i, shape in enumerate(self._shapes)
        ]
        self._numbers = list(accumulate(self._is_parting))

    @property
    def are_told(self) -> bool:
        """Whether a token may belong to no name: a sign that parts the line, a number, or a known word."""
        return any(self._kinds) or not all(map(has_words, self.words)) or any(map(str.isdigit, self.words))

    def begins_with(self, sorts: Sequence[str]) -> bool:
        """Return whether the first tokens have these shapes or kinds, one each."""
        return all(sort == self._shapes[i] or sort in self._kinds[i] for i, sort in enumerate(sorts))

    @cached_property
    def parts(self) -> list[str]:
        """What each token belongs to: ``title``, ``author`` or ``none``."""
        return likeliest(self.looks(), weights_in("names.tsv"), "author" if self._holder == "author" else "title")

    def longest(self, part: str) -> Sequence[int]:
        """Return the run of tokens with the most letters that the chain gives to *part*."""
        runs = ([i for i, _ in run] for of, run in groupby(enumerate(self.parts), key=itemgetter(1)) if of == part)
        found = max(runs, key=self._letters, default=())
        return found if self._letters(found) else ()

    def _letters(self, run: Sequence[int]) -> int:
        return sum(len(self.words[i]) for i in run if has_words(self.words[i]))

    def details(self, tokens: Sequence[int]) -> Iterator[tuple[str, str]]:
        """Yield the label and the text of each detail in *tokens*; tags before the title only if in brackets."""
        title = min(self.longest("title"), default=0)
        for is_between, run in groupby(tokens, key=lambda i: self.words[i] in _BETWEEN or tokens.index(i) - i):
            at = [*run]
            words = [self._kinds[i] for i in at if has_words(self.words[i])]
            label = label_of(words) if words and is_between is not True else None
            if label is not None and (label != "tags" or at[0] > title or self.words[at[0] - 1] in "([（【"):
                yield label, bare(self.text[self.spans[at[0]][0] : self.spans[at[-1]][1]])

    def _piece(self, i: int) -> tuple[int, int]:
        """Return the first and the last position of the piece between parting signs that has token *i*."""
        parts = self._is_parting
        if parts[i]:
            return i, i + 1
        first = next((at + 1 for at in range(i, -1, -1) if parts[at]), 0)
        return first, next((at for at in range(i, len(parts)) if parts[at]), len(parts))

    def looks(self) -> list[list[str]]:
        """Return the looks of each token."""
        looks = (self._own, self._beside, self._in_piece, self._at_byline)
        return [[each for of in looks for each in of(i)] for i in range(len(self.words))]

    def _own(self, i: int) -> Iterator[str]:
        shape, numbers = self._shapes[i], self._numbers
        yield f"in the line of a {self._holder}"
        yield "in capitals" if self.text.isupper() else "in small letters" if self.text.islower() else "in both cases"
        yield shape
        yield f"{self._holder}: {self._sorts[i]}"
        yield from self._kinds[i]
        yield f"{min(i, 3)} tokens before"
        yield f"{min(len(self.words) - 1 - i, 3)} tokens behind"
        yield f"{min(numbers[i], 3)} parting signs before"
        yield f"{min(numbers[-1] - numbers[i], 3)} parting signs behind"
        if i:
            yield f"{min(self.spans[i][0] - self.spans[i - 1][1], 3)} blanks before"
            yield f"{self._sorts[i]} behind {self._sorts[i - 1]}"

    def _beside(self, i: int) -> Iterator[str]:
        for step, name in ((-2, "second before"), (-1, "before"), (1, "behind"), (2, "second behind")):
            if not 0 <= i + step < len(self.words):
                yield f"{name}: nothing"
                continue
            yield f"{name}: {(self._shapes if abs(step) == 1 else self._sorts)[i + step]}"
            yield from (f"{name}: {kind}" for kind in self._kinds[i + step])
        for name, others in (("any before", slice(0, i)), ("any behind", slice(i + 1, None))):
            yield from (f"{name}: {kind}" for kind in dict.fromkeys(chain(*self._kinds[others])))

    def _in_piece(self, i: int) -> Iterator[str]:
        """Yield looks of the piece between two parting signs that has token *i*."""
        first, last = self._piece(i)
        kinds = Counter(kind for at in range(first, last) for kind in self._kinds[at])
        yield from (f"in a piece with {kind}" for kind in kinds)
        yield from (f"in a piece of {kind}" for kind, count in kinds.items() if count == last - first)
        if all(self._kinds[at] for at in range(first, last)):
            yield "in a piece of known words"
        yield f"in a piece behind {self.words[first - 1] if first else 'nothing'}"
        yield f"in a piece before {self.words[last] if last < len(self.words) else 'nothing'}"
        yield f"in a piece of {min(last - first, 6)}"
        if any(self._shapes[at] == "a number" for at in range(first, last)):
            yield "in a piece with a number"
        if first > 1:
            yield from (f"in a piece behind {kind}" for kind in self._kinds[first - 2])

    def _at_byline(self, i: int) -> Iterator[str]:
        """Yield looks of the name behind the last word such as ``by`` or ``de``, for the tokens on both sides of it."""
        for kind in ("a byline word", "a particle"):
            at = next((n for n in range(len(self.words) - 1, -1, -1) if kind in self._kinds[n]), None)
            if at is not None:
                first, last = self._piece(at)
                side = "before" if i < at else "behind" if i > at else "is"
                shapes = self._shapes[at + 1 : last]
                yield f"{side} {kind} and {', '.join(shapes) if len(shapes) < 4 else 'a long name'}"
                yield f"{max(-1, min(i - at, 4))} from {kind}, {self._shapes[at]}"
                yield f"{self._holder}: {side} {kind} in a piece of {min(at - first, 2)} words before"
