"""Compute the looks (features) of the first lines of a text, from their words, their signs and their neighbours.

A look does not decide what a line is; `bot.stories.sections.chain` has scores for all looks and decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice, pairwise

from bot.stories.cached import cached
from bot.stories.sections.author_lines import FULL_NAME, HANDLE
from bot.stories.sections.blocks import Block
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import has_label, read_label
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.naming_words import any_phrase, folded, naming_pattern
from bot.stories.sections.notes import is_asking, is_speech, is_telling
from bot.stories.sections.ornaments import bare, whole_in_marks
from bot.stories.sections.posting import EMOJI, posting_points
from bot.stories.sections.titles import is_salutation, read_byline, read_kind
from bot.stories.vocabulary import VOCABULARIES

_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LETTERS = 6  # number of first letters that identify a word, so that most forms of a word count as one
_WORDS_CHARS = 240  # maximum characters of a line that are split into words
_SHORT = 120  # maximum characters of a line that may be a title, a name or a site's text
_NEAR = 12  # number of first lines whose position is a look
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[^\w\s]")
_LABEL = re.compile(r"[^:：]{1,25}[:：]\s*(\S?)")
_DATE = re.compile(
    r"(?i)(?=.*\d)(?:\w+,? )?(?:\d{1,4}(?:st|nd|rd|th|er|º|\.)?[ ./-])?(?:de |d')?(?:[^\W\d_]+\.?|\d{1,2})[ ./-]{0,2}"
    r"(?:de )?\d{0,4}(?:st|nd|rd|th)?,?(?: ?\d{2,4})?\.?"
)
_FACE = re.compile(r"[:;=]-?[)DP(]|<3|\^_?\^|[xX]D\b")
_ADDRESS = re.compile(r"https?:|www\.|\.com\b|@\w")
_PARTED = re.compile(r"[|•·»›←→>]")
_SIGNS: dict[str, Callable[[str], bool]] = {
    "is in capitals": lambda text: text.isupper(),
    "has a number": lambda text: any(map(str.isdigit, text)),
    "has speech": lambda text: any(sign in text for sign in '"”»」'),
    "has a hash": lambda text: "#" in text,
    "has an address": lambda text: _ADDRESS.search(text) is not None,
    "has a face": lambda text: _FACE.search(text) is not None,
    "has an emoji": lambda text: EMOJI.search(text) is not None,
    "has parting signs": lambda text: _PARTED.search(text) is not None,
}


@dataclass(frozen=True)
class Line:
    """Line *at* of the block *of*, which has the index *block*.

    Properties are computed on demand, since few lines need all.
    """

    block: int
    at: int
    of: Block

    @cached
    def text(self) -> str:
        return self.of.lines[self.at][:_LINE_CHARS].strip()

    @cached
    def gap(self) -> int:
        """Number of blank lines above, at most two."""
        return min(self.of.gap, 2) if self.at == 0 else 0

    @property
    def is_rule(self) -> bool:
        return self.of.is_rule

    @cached
    def label(self) -> str:
        """Kind of the label at the start of the line, or an empty string."""
        if self.at == 0 and self.of.labels:
            return self.of.labels[0].kind
        line = self.of.lines[self.at]
        label = read_label(line) if has_label(line) else None
        return "" if label is None else label.kind

    @property
    def lines(self) -> int:
        """Number of lines in the block."""
        return len(self.of.lines)

    @property
    def is_emphasised(self) -> bool:
        return bool(self.of.marked) and self.of.marked[self.at] != self.of.lines[self.at]

    @cached
    def words(self) -> list[str]:
        """Words in lower case, cut to their first letters, and signs."""
        return _words(self.text[:_WORDS_CHARS].lower())

    @cached
    def length(self) -> str:
        """Approximate number of words, as a name in `_LENGTHS`, or ``long``."""
        if len(self.text) > _WORDS_CHARS:
            return "long"
        count = sum(word[0].isalnum() for word in self.words)
        return next((name for most, name in _LENGTHS if count <= most), "long")

    @cached
    def last(self) -> str:
        return _sign_class(self.text.rstrip("*_~ ")[-1:])

    @cached
    def kind(self) -> str:
        """What rules recognise in the line without its neighbours (``a date``), or an empty string."""
        if self.is_rule:
            return "a rule"
        if self.label:
            return f"a label of {self.label}"
        if len(self.text) > _WORDS_CHARS:
            return ""
        if self.of.is_heading or read_chapter(self.text) is not None:
            return "a heading"
        if len(self.text) > _SHORT:
            return ""
        if read_byline(self.text) is not None:
            return "a byline"
        if is_salutation(self.text):
            return "a salutation"
        if is_date(self.text):
            return "a date"
        if read_kind(self.text) is not None:
            return "a kind"
        return "an end mark" if read_end_mark(self.text) is not None else ""


def is_date(text: str) -> bool:
    """Return whether *text* is a date or the name of a day: ``3rd October``, ``Segunda``, ``12.03.2019``."""
    place, comma, dated = text.partition(", ")
    if comma and dated[:1] and not any(map(str.isdigit, place)) and len(place.split()) <= _PLACE_WORDS:
        text = dated
    words = [folded(word) for word in _LETTERS_ONLY.findall(text)]
    if not _DATE.fullmatch(text):
        return (
            len(words) == 1
            and words[0] == text.lower().strip(":.,")
            and _days_pattern().fullmatch(words[0]) is not None
        )
    return all(word in _BESIDE_DATES or _month_pattern().match(word) for word in words) or not text[0].isascii()


_PLACE_WORDS = 3  # maximum words of the place before a date
_LETTERS_ONLY = re.compile(r"[^\W\d_]+")
_BESIDE_DATES = frozenset(
    ["st", "nd", "rd", "th", "er", "de", "d", "of", "the", "uhr", "h", "den", "le", "el", "il", "am", "г", "года"]
)


@cache
def _days_pattern() -> re.Pattern[str]:
    return re.compile(naming_pattern("days"))


@cache
def _month_pattern() -> re.Pattern[str]:
    """Return a pattern for the first letters of the name of a month or a day."""
    names = [folded(word) for v in VOCABULARIES.values() for word in v.naming.get("days", ())]
    return re.compile(any_phrase([name[:3] for name in names]))


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


def _words(text: str) -> list[str]:
    return list(chain.from_iterable(map(_words_of_piece, text.split())))


@lru_cache(maxsize=1 << 14)  # most words of a text are repeated
def _words_of_piece(piece: str) -> tuple[str, ...]:
    found: list[str] = []
    for word in _WORD.findall(piece):
        if _EAST_ASIAN.match(word):
            found += [first + second for first, second in pairwise(word)] or [word]
        elif word.isdigit():
            found.append("1")
        else:
            found.append(word[:_LETTERS])
    return tuple(found)


def _sign_class(sign: str) -> str:
    """Return the class of *sign* if it is a letter or a digit, else *sign* itself."""
    if sign.isdigit():
        return "digit"
    if sign.islower():
        return "small letter"
    if sign.isupper():
        return "capital"
    return "letter" if sign.isalpha() else sign


_MAX_LINES = 60
"""Maximum number of lines examined at the beginning of a text; no author writes more above a story."""
_LINE_CHARS = 400  # maximum characters examined in a line
_BODY_CHARS = 3000  # maximum characters from the middle of a text, to compare its first lines with


def lines_from_start(blocks: Sequence[Block]) -> list[Line]:
    """Return the first `_MAX_LINES` lines of a text."""
    return list(islice((line for i in range(len(blocks)) for line in _lines_of(blocks[i], i)), _MAX_LINES))


def body_of(blocks: Sequence[Block]) -> str:
    """Return text from the middle of *blocks*, at most `_BODY_CHARS` characters."""
    found: list[str] = []
    third = len(blocks) // 3
    for block in islice(blocks, third, len(blocks) - third):
        found.append(block.text[:_BODY_CHARS])
        if sum(map(len, found)) > _BODY_CHARS:
            break
    return "\n".join(found)[:_BODY_CHARS]


def _lines_of(block: Block, i: int) -> list[Line]:
    return [Line(i, at, block) for at in range(min(len(block.lines), _MAX_LINES))]


def _words_in(body: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(_words_of_piece, set(body.lower().split()))))


class Looks:
    """Looks of the first lines of a text, each line compared with the others and with the middle of the text."""

    def __init__(
        self,
        lines: Sequence[Line],
        body: str,
        *,
        known: Sequence[str] = (),
        counted: Container[str] | None = None,
    ) -> None:
        """Compare *lines* with each other and with *body*.

        Each line also gets the looks *known*. Of the looks that are costly to compute (`_COSTLY`), only those in
        *counted* are computed, by default all.
        """
        self._lines = lines
        self._known = known
        self._counted = _ALL_COSTLY if counted is None else counted
        self._body_words = _words_in(body)

    @cached
    def _all(self) -> str:
        return "\n".join(line.of.lines[line.at].strip()[:300] for line in self._lines).lower()

    def of(self, i: int) -> list[str]:
        """Return the looks of line *i*."""
        line = self._lines[i]
        words = set(line.words)
        alone = words - self._body_words
        return [
            *self._known,
            *_own_looks(line, self._counted),
            *_name_looks(line),
            *(() if line.length == "long" else _word_looks(line.words)),
            *self._neighbour_looks(i),
            *self._compared_looks(line),
            *(f"= {word}" for word in words),
            *(f"! {word}" for word in alone),
        ]

    def _compared_looks(self, line: Line) -> Iterator[str]:
        """Yield looks that compare *line* with the middle of the text, and whether it begins in lower case."""
        if words := {word for word in line.words if len(word) > 4}:
            inside = sum(word in self._body_words for word in words)
            yield f"{min(3, 4 * inside // len(words))} quarters of its words inside"
        if line.text[:1].islower():
            yield "begins small"

    def _neighbour_looks(self, i: int) -> Iterator[str]:
        lines, line = self._lines, self._lines[i]
        gap = line.gap
        gap_below = lines[i + 1].gap if i + 1 < len(lines) else 3
        yield f"gap {gap}"
        yield f"gap below {gap_below}"
        yield f"{line.length}, gaps {gap} {gap_below}"
        yield f"place {min(i, 6)}" if i < _NEAR else "far"
        for name, j in (("above", i - 1), ("below", i + 1), ("second below", i + 2)):
            if not 0 <= j < len(lines):
                yield f"nothing {name}"
                continue
            other = lines[j]
            size = "r" if other.is_rule else _SIZES.get(other.length, "l")
            yield f"{name} {size}{other.last}"
            if other.kind:
                yield f"{name} {other.kind}"
            elif _LABEL.match(other.text):
                yield f"{name} one like a label"
            if abs(j - i) == 1 and other.words and other.length != "long" and not other.is_rule:
                yield f"{name} from {other.words[0]}"
                yield f"{name} to {other.words[-1]}"
        if soon := [other.kind for other in lines[i + 1 : i + 5] if other.kind]:
            yield from (f"{name} soon" for name in _SIGNPOSTS if any(kind.startswith(name) for kind in soon))
        yield f"line {min(line.at, 3)} of {min(line.lines, 4)}"
        if line.is_emphasised:
            yield "emphasised"
        if line.kind == "a date" and sum(other.kind == "a date" for other in lines) > 1:
            yield "dates come again"
        if any(other.kind == "a heading" for other in lines[:i]):
            yield "beyond a heading"
        if 3 < len(line.text) < _SHORT and self._all.count(line.text.lower().strip('"*_“”[]【】《》')) > 1:
            yield "comes again"
        if len(line.text) < _SHORT and (counted := _COUNTED.sub("1", line.text)) != line.text:
            same = sum(_COUNTED.sub("1", other.text) == counted for other in lines if len(other.text) < _SHORT)
            yield from ["counts on"] if same > 1 else []


_COUNTED = re.compile(r"\d+")
_SIGNPOSTS = ("a rule", "a heading", "a label", "a byline", "an end mark")
_SIZES = {
    "no word": "few",
    "one word": "few",
    "two words": "few",
    "three words": "few",
    "five words": "few",
    "eight words": "some",
    "twelve words": "some",
}


_COSTLY = {"telling": is_telling, "asking": is_asking, "speech": is_speech}
_ALL_COSTLY = frozenset(_COSTLY)


def _own_looks(line: Line, counted: Container[str]) -> Iterator[str]:
    """Yield the looks that *line* has without its neighbours."""
    text = line.text
    yield line.length
    yield f"ends in {line.last}"
    yield f"{line.length} ending in {line.last}"
    first = text.lstrip("*_~ ")[:1]
    yield f"begins with {_sign_class(first)}"
    if line.kind:
        yield line.kind
    alone = Block((text,))
    yield from (name for name, is_so in _COSTLY.items() if name in counted and is_so(alone))
    points = posting_points(text)
    yield from (f"{least} points of posting" for least in (1, 2, 3, 5) if points >= least)
    if len(text) > _WORDS_CHARS:
        return
    yield from (name for name, is_so in _SIGNS.items() if is_so(text))
    if first and first in '"“«„「『—–':
        yield "begins with speech"
    if len(text) <= _SHORT and is_dedicated(text):
        yield "like a dedication"
    if (labelled := _LABEL.match(text)) is not None:
        yield "like a label" if labelled[1] else "like a label above text"
    if len(text) <= _SHORT:
        words = [word for word in text.split() if word[0].isalpha()]
        if len(words) > 1 and all(word[0].isupper() for word in words):
            yield "is capitalised"


_PAIRED_WORDS = 24  # number of first words of a line that are read in pairs


def _word_looks(words: Sequence[str]) -> Iterator[str]:
    """Yield looks for the first word, the last word and each pair of neighbouring words."""
    if words:
        yield f"from {words[0]}"
        yield f"to {words[-1]}"
    yield from map("& {} {}".format, words[: _PAIRED_WORDS - 1], words[1:_PAIRED_WORDS])


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
        yield "stands in marks"
    yield f"{line.length} in {_case(name, words)}"


def _case(name: str, words: Sequence[str]) -> str:
    if name.isupper():
        return "capitals"
    first = [word[0] for word in words if word[0].isalpha()]
    if 2 * sum(map(str.isupper, first)) > len(first):
        return "capitals at the beginnings"
    return "small letters" if name.islower() else "both"
