"""Compute the looks (features) of the lines at an end of a text, from their words, their signs and their neighbours.

A look decides nothing: ``roles.tsv`` has the scores of each look, and `bot.stories.sections.roles` decides by sums.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice

from bot.stories.sections.blocks import Block
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.headings import heads_scene, read_chapter
from bot.stories.sections.labels import has_label, read_label
from bot.stories.sections.letters import is_date, is_salutation
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.names import kinds_of
from bot.stories.sections.ornaments import bare, whole_in_marks
from bot.stories.sections.plays import heads_cast
from bot.stories.sections.remarks import EMOJI, FACE, read_remark

MOST_LINES = 60
"""Maximum number of lines examined at an end of a text; no author writes more around a story."""

EVERY = "a line"
"""The look of every line."""
WORD = "has the word "
"""What a word's look begins with; the first letters of the word follow."""

_LETTERS = 6  # first letters by which a word is known

_CHARS = 400  # maximum characters examined in a line
_LONG = 240  # minimum characters of a line whose signs do not count
_SHORT = 120  # maximum characters of a line that may be a title or a name
_NEAR = 12  # number of lines at an end whose position is a look
_BODY_CHARS = 3000  # maximum characters from the middle of a text, to compare its outer lines with

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LABEL = re.compile(r"[^:：]{1,25}[:：]\s*(\S?)")
_SIGNS = {
    "has a number": re.compile(r"\d"),
    "has speech": re.compile(r"[\"”»」]"),
    "has a hash": re.compile("#"),
    "has an address": re.compile(r"https?:|www\.|\.com\b|@\w"),
    "has a face": FACE,
    "has an emoji": EMOJI,
    "has wide blanks": re.compile(r"\S(?: {2,}|\t|\u3000)\S"),
    "has parting signs": re.compile(r"[|•·»›←→>]"),
    "begins with speech": re.compile(r"\A[*_~ ]*[\"“«„「『—–]"),
    "has an initial": re.compile(r"(?:^|[\s.])[^\W\d_]\.(?:\s|$)"),
    "begins small": re.compile(r"\A[a-zß-öø-ÿа-яё]"),
}
CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*"
_PARTICLES = r"de|da|do|dos|van|von|of|the|no|di|del|la|le|el|y|e|al|bin"
HANDLE = re.compile(r"@?(?=\S*[\d_.]|\S*[a-z]\S*[A-Z])[\w.-]*\w_?")
FULL_NAME = re.compile(rf"{CAPITAL}(?:\s+(?:(?:{_PARTICLES})\s+){{0,2}}{CAPITAL}){{0,3}}")

_KINDS = (
    ("a heading", partial(read_chapter, is_counted=True)),
    ("a heading", heads_scene),
    ("a cast", heads_cast),
    ("a byline", read_byline),
    ("a dedication", is_dedicated),
    ("a salutation", is_salutation),
    ("a date", is_date),
    ("an end mark", read_end_mark),
)
_LENGTHS = (
    (0, "no word"),
    (1, "one word"),
    (2, "two words"),
    (3, "three words"),
    (5, "five words"),
    (8, "eight words"),
    (12, "twelve words"),
    (20, "a sentence"),
    (40, "sentences"),
)
_FEW, _SOME = 5, 12  # maximum words of a line of few words, and of some


@dataclass(frozen=True)
class Line:
    """Line *at* of the block *of*, which has the index *block*; *is_headed* says whether the block heads a chapter.

    Properties are computed on demand, since few lines need all.
    """

    block: int
    at: int
    of: Block
    is_headed: bool = False

    @cached_property
    def text(self) -> str:
        return self.of.lines[self.at][:_CHARS].strip()

    @cached_property
    def gap(self) -> int:
        """Number of blank lines above, at most two."""
        return min(self.of.gap, 2) if self.at == 0 else 0

    @cached_property
    def label(self) -> str:
        """Kind of the label at the start of the line, or an empty string."""
        if self.at == 0 and self.of.labels:
            return self.of.labels[0].kind
        line = self.of.lines[self.at]
        if not has_label(line):
            return ""
        if (label := read_label(line)) is not None:
            return label.kind
        return "metadata" if self.at > 0 and not has_label(self.of.lines[0]) else ""  # ``To: Bo`` below a title

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text[:_LONG])

    @cached_property
    def small_words(self) -> list[str]:
        return list(map(str.lower, self.words))

    @cached_property
    def count(self) -> int:
        """Number of words; two letters of a script without spaces count as one."""
        words = _WORD.findall(self.text) if len(self.text) > _LONG else self.words
        numbers = sum(map(str.isdigit, self.text.split()))
        if self.text.isascii():
            return len(words) + numbers
        return sum(1 if word[0] < "\u3040" else (len(word) + 1) // 2 for word in words) + numbers

    @cached_property
    def length(self) -> str:
        """Approximate number of words, as a name in `_LENGTHS`, or ``long``."""
        if len(self.text) > _LONG:
            return "long"
        return next((name for most, name in _LENGTHS if self.count <= most), "long")

    @cached_property
    def last(self) -> str:
        """The last sign, or its class if it is a letter or a digit."""
        return _class_of(self.text.rstrip("*_~ ")[-1:])

    @cached_property
    def size(self) -> str:
        """``rule``, or whether the line has few, some or many words."""
        if self.of.is_rule:
            return "rule"
        return "few" if self.count <= _FEW else "some" if self.count <= _SOME and self.length != "long" else "many"

    @cached_property
    def kind(self) -> str:
        """What is recognised in the line without its neighbours (``a date``), or an empty string."""
        if self.of.is_rule:
            return "a rule"
        if self.label:
            return f"a label of {self.label}"
        if self.at == 0 and (self.is_headed or self.of.is_heading):
            return "a heading"
        if len(self.text) > _SHORT:
            return ""
        return next((kind for kind, is_so in _KINDS if is_so(self.text) not in (None, False)), "")

    @cached_property
    def from_beside(self) -> list[str]:
        """The looks that the line gives to its neighbours."""
        size = "a rule" if self.of.is_rule else f"{self.size} words"
        kind = self.kind or ("like a label" if _LABEL.match(self.text) else "")
        return [f"{size} ending in {self.last}", *([kind] if kind else [])]

    @cached_property
    def looks(self) -> list[str]:
        """The looks of the line without its neighbours."""
        return [*_own_looks(self), *_name_looks(self)]


def _class_of(sign: str) -> str:
    if sign.isdigit():
        return "a digit"
    if sign.islower():
        return "a small letter"
    if sign.isupper():
        return "a capital"
    return "a letter" if sign.isalpha() else sign or "nothing"


def _own_looks(line: Line) -> Iterator[str]:
    text = line.text
    yield EVERY
    yield line.length
    yield f"ends in {line.last}"
    yield f"{line.length} ending in {line.last}"
    yield f"begins with {_class_of(text.lstrip('*_~ ')[:1])}"
    if line.kind:
        yield line.kind
    for kind, count in sorted(read_remark(text).kinds.items()):
        yield from (f"{least} or more {kind} words" for least in (1, 2, 4) if count >= least)
    if line.length != "long":
        yield from dict.fromkeys([WORD + word[:_LETTERS] for word in line.small_words])
    if len(text) <= _SHORT:
        yield from (f"has {kind}" for kind in sorted(kinds_of(text)))
    if line.of.marked and line.of.marked[line.at] != line.of.lines[line.at]:
        yield "is emphasised"
    if len(text) <= _LONG:
        yield from [name for name, sign in _SIGNS.items() if sign.search(text)]
    if (labelled := _LABEL.match(text)) is not None:
        yield "is like a label" if labelled[1] else "is like a label above text"


def _name_looks(line: Line) -> Iterator[str]:
    """Yield looks for a name: handle or full name, ornaments, marks around it, upper and lower case."""
    if len(line.text) > _SHORT:
        return
    name = bare(line.text)
    words = name.split()
    if HANDLE.fullmatch(name):
        yield "is a handle"
    elif FULL_NAME.fullmatch(name):
        yield f"is a name of {len(words)}"
    if name != line.text:
        yield "is decorated"
    if whole_in_marks(name):
        yield "is in marks"
    yield f"{line.length} in {_case_of(name, words)}"


def _case_of(name: str, words: Sequence[str]) -> str:
    if name.isupper():
        return "capitals"
    first = [word[0] for word in words if word[0].isalpha()]
    if len(first) > 1 and all(map(str.isupper, first)):
        return "capitals at each beginning"
    if 2 * sum(map(str.isupper, first)) > len(first):
        return "capitals at most beginnings"
    return "small letters" if name.islower() else "both cases"


_SIGNPOSTS = ("a rule", "a heading", "a label", "a byline", "an end mark")


class Looks:
    """Looks of the lines at both ends of a text, each line compared with its neighbours and with the middle."""

    def __init__(self, blocks: Sequence[Block], headings: Collection[int], known: Sequence[str] = ()) -> None:
        """*headings* are the indices of the blocks that head a chapter; each line gets the looks *known*, too."""
        lines = (Line(i, at, b, i in headings) for i, b in enumerate(blocks) for at in range(len(b.lines)))
        first = list(islice(lines, MOST_LINES))
        self.count = sum(len(block.lines) for block in blocks)
        backwards = (
            Line(i, at, blocks[i], i in headings)
            for i in range(len(blocks) - 1, -1, -1)
            for at in range(len(blocks[i].lines) - 1, -1, -1)
        )
        last = list(islice(backwards, min(MOST_LINES, self.count - len(first))))[::-1]
        self.lines = [*first, *last]
        """The lines at both ends, at most `MOST_LINES` at each."""
        self._tail = self.count - len(self.lines)  # number of lines in the middle that are not among `lines`
        self.known = known
        self._body = _words_in(_body_of(blocks))

    @cached_property
    def _again(self) -> Counter[str]:
        return Counter(_folded(line.text) for line in self.lines)

    def of(self, i: int) -> list[str]:
        """Return the looks of ``lines[i]``."""
        line = self.lines[i]
        return [
            *self.known,
            *line.looks,
            *self._place_looks(i),
            *self._neighbour_looks(i),
            *self._compared_looks(line),
        ]

    def _place_looks(self, i: int) -> Iterator[str]:
        line = self.lines[i]
        below = self.lines[i + 1].gap if i + 1 < len(self.lines) else 3
        yield f"{line.gap} blank lines above"
        yield f"{below} blank lines below"
        yield f"{line.length} between {line.gap} and {below} blank lines"
        above = i if i < MOST_LINES else i + self._tail
        left = self.count - 1 - above
        yield f"{min(above, 6)} lines above" if above < _NEAR else "many lines above"
        if above < 2 and len(line.text) <= _SHORT:
            yield f"{above} lines above {_case_of(line.text, line.text.split())}"
        yield f"{min(left, 6)} lines below" if left < _NEAR else "many lines below"
        yield f"line {min(line.at, 3) + 1} of {min(len(line.of.lines), 4)} in its paragraph"

    def _neighbour_looks(self, i: int) -> Iterator[str]:
        for name, j in (("above", i - 1), ("below", i + 1), ("second above", i - 2), ("second below", i + 2)):
            if not 0 <= j < len(self.lines):
                yield f"{name}: nothing"
                continue
            yield from (f"{name}: {look}" for look in self.lines[j].from_beside)
        for way, near in (("below", self.lines[i + 1 : i + 5]), ("above", self.lines[max(0, i - 4) : i])):
            if kinds := [other.kind for other in near if other.kind]:
                yield from (f"{post} soon {way}" for post in _SIGNPOSTS if any(kind.startswith(post) for kind in kinds))
        from_end = self.lines[MOST_LINES:i] if i >= MOST_LINES else self.lines[:i]
        beyond = {other.kind for other in from_end}
        yield from (f"beyond {kind}" for kind in ("a heading", "an end mark") if kind in beyond)

    def _compared_looks(self, line: Line) -> Iterator[str]:
        if words := {word for word in line.small_words if len(word) > 4}:
            yield f"{min(3, 4 * len(words & self._body) // len(words))} quarters of its words inside"
        if 3 < len(line.text) < _SHORT and self._again[_folded(line.text)] > 1:
            yield "comes again"


def _folded(text: str) -> str:
    return text.lower().strip('"*_“”[]【】《》')


def _body_of(blocks: Sequence[Block]) -> str:
    """Return text from the middle of *blocks*, at most `_BODY_CHARS` characters."""
    found: list[str] = []
    third = len(blocks) // 3
    for block in islice(blocks, third, len(blocks) - third):
        found.append(block.text[:_BODY_CHARS])
        if sum(map(len, found)) > _BODY_CHARS:
            break
    return "\n".join(found)[:_BODY_CHARS]


def _words_in(text: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(_WORD.findall, {text.lower()})))
