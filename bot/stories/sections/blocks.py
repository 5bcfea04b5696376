"""Split text into blocks: paragraphs, verses and rules (scene breaks), each with the number of blank lines before it.

Editors and mail programs break lines at some width. If most lines of a file break only because the next word did not
fit, they are joined into paragraphs again; verse keeps its lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, islice, pairwise

from bot.stories.emphasis import balanced, plain
from bot.stories.note_weight import words_in
from bot.stories.sections.labels import Labelled, read_label, read_labels

LONG_LINE = 90
"""Maximum length of a line of verse, in characters; if a line is longer, it and the lines around it are no verse."""

_WRAP_WIDTHS = range(50, 101)  # characters at which editors and mail programs break lines


@dataclass(frozen=True)
class Block:
    """Consecutive lines of text; *gap* is the number of blank lines before them.

    A block of one line is a paragraph, a heading or a rule. A block of several lines keeps its line breaks (a verse, an
    address). *lines* are plain text. If they have emphasis, *marked* has the same lines with the marks of
    `bot.stories.emphasis`; otherwise it is empty.
    """

    lines: tuple[str, ...]
    gap: int = 1
    marked: tuple[str, ...] = ()
    is_heading: bool = False
    """Whether the block is certainly a heading, usually by the file's own markup."""

    @classmethod
    def of(cls, marked: Sequence[str], gap: int = 1, *, is_heading: bool = False) -> Block:
        """Return a block of *marked* lines, which may contain emphasis marks."""
        lines = tuple(plain(line) for line in marked)
        kept = tuple(marked)
        return cls(lines, gap, kept if kept != lines else (), is_heading)

    @property
    def prose(self) -> str:
        """The text with its emphasis marks."""
        return "\n".join(self.marked or self.lines)

    def after(self, lines: int) -> Block:
        """Return a block of all lines but the first *lines*; its gap is 0."""
        return Block(self.lines[lines:], 0, self.marked[lines:])

    def between(self, start: int, end: int) -> Block:
        """Return a block of the lines from *start* up to, but not including, *end*; all lines are the block itself."""
        if start == 0 and end >= len(self.lines):
            return self
        return Block(self.lines[start:end], 0 if start else self.gap, self.marked[start:end])

    @cached_property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_line(self) -> bool:
        return len(self.lines) == 1

    @cached_property
    def words(self) -> int:
        return sum(map(words_in, self.lines))

    @cached_property
    def is_rule(self) -> bool:
        return self.is_line and is_rule(self.lines[0])

    @cached_property
    def labels(self) -> list[Labelled] | None:
        """Labels of the block, or None if it does not begin with one."""
        return read_labels(self.lines)


def words_of(blocks: Iterable[Block]) -> int:
    """Return the number of words in *blocks*; rules do not count."""
    return sum(block.words for block in blocks if not block.is_rule)


RULE = Block(("***",))
"""Rule to insert between two scenes that no ornament separates."""

_ORNAMENTS = re.compile(
    r"[-–—―‒_=~*•·◦#+^<>«»◊♦◆★☆✦✧♥♡❤❦❧⁂†‡§|/\\:;.…°○●▪■□∞◇◈❖❀❁✿✾✽✼✻✺✹✷✶✴✳✧☘☽☾◎△▲▽▼▷◁◊＊＋～〜＝－＿．・※─━═┈┄⋯\ufe0f\s]+"
)
_EMOJI = re.compile(r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF]\ufe0f?\s?){3,}")  # a row of emoji is a scene break
_DOTS = re.compile(r"(?!\s*\.\s*$)[.…\s]*")  # a line of dots is a pause in speech, and so prose
_X_AND_O = re.compile(r"[xX]+|[oO]{3,}|(?=.*[xX])(?!(?i:xoxo)$)[xXoO]{2,}|(?:[oO]0)+[oO]|(?:0[oO])+0")
_BREAK_WORDS = re.compile(r"(?:line|page|scene)[ -]?break|new ?page|end (?:of )?(?:a/?n|(?:author'?s? )?notes?)", re.I)
_LETTER = re.compile(r"[^\W\d_xXoO]")
_NO_RULE = re.compile(r"[\W_]*+[^\W\d_xXoOlLpPsSnNeE]")  # quick test: most paragraphs begin like this, but no rule does
_AROUND = "-–—_=~*•·# []()<>|"


def is_rule(line: str) -> bool:
    """Return whether *line* is an ornament between scenes or sections (``----``, ``* * *``, ``xXx``, ``~*~``)."""
    if len(line) > 200 or _NO_RULE.match(line) or _DOTS.fullmatch(line):
        return False
    if not line.isascii() and _EMOJI.fullmatch(line.strip()):
        return True
    if _LETTER.search(line):
        return _BREAK_WORDS.fullmatch(line.strip(_AROUND)) is not None
    letters = _ORNAMENTS.sub("", line)
    return not letters or _X_AND_O.fullmatch(letters) is not None


@dataclass(frozen=True, slots=True)
class Raw:
    """Consecutive lines with their indentation and emphasis marks; *gap* is the number of blank lines before them."""

    lines: tuple[str, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a file are wrapped; *width* is in characters."""

    width: int
    is_ragged: bool = False
    """Whether lines may end well before the width, as in books that several people typed."""


def split(text: str, *, is_book: bool = False) -> list[Block]:
    """Split *text* into blocks; a rule is a block of its own, a wrapped paragraph becomes one line.

    The lines of a book (*is_book*) are assumed to be wrapped.
    """
    return shaped(list(raw_blocks(text)), is_book=is_book)


def raw_blocks(text: str) -> Iterator[Raw]:
    """Yield the runs of lines between the blank lines of *text*."""
    gap = 0
    together: list[str] = []
    for line in map(str.rstrip, text.expandtabs(4).split("\n")):
        if line:
            together.append(line)
        elif together:
            yield Raw(tuple(together), gap)
            together, gap = [], 1
        else:
            gap += 1
    if together:
        yield Raw(tuple(together), gap)


def shaped(raws: Sequence[Raw], *, is_book: bool = False) -> list[Block]:
    """Return blocks with wrapped lines joined and all other line breaks kept.

    The lines of a book (*is_book*) are assumed to be wrapped.
    """
    wrap = _wrap(raws, is_book=is_book)
    return [block for raw in raws for block in _blocks_of(raw, wrap)]


def usual_gap(blocks: Sequence[Block]) -> int:
    """Return the usual number of blank lines between two paragraphs; a larger gap is a scene break."""
    gaps = Counter(block.gap for block in blocks[1:] if block.gap > 0)
    return max(1, gaps.most_common(1)[0][0]) if gaps else 1


def words_before(blocks: Sequence[Block]) -> list[int]:
    """Return the number of words before each block, then the total of all blocks; rules count as zero."""
    return list(accumulate((0 if block.is_rule else block.words for block in blocks), initial=0))


def _blocks_of(raw: Raw, wrap: Wrap | None) -> Iterator[Block]:
    """Yield the blocks of *raw*: split at its rules, with wrapped lines joined."""
    gap = raw.gap
    if len(raw.lines) == 1:  # fast path: most paragraphs of most files
        line = raw.lines[0].strip()
        if plain(line) == line:
            yield Block((line,), gap)
            return
    pieces: list[tuple[str, ...]] = []
    for rule, group in groupby(_dedented(raw.lines), key=is_rule):
        lines = tuple(group)
        pieces += [(line,) for line in lines] if rule else _paragraphs(lines, wrap)
    lengths = [len(piece) for piece in pieces]
    lines = iter(tuple(balanced(line for piece in pieces for line in piece)))
    for length in lengths:
        piece = tuple(islice(lines, length))
        yield Block.of((piece[0].strip(),) if length == 1 else piece, gap)
        gap = 0


def _dedented(lines: Sequence[str]) -> list[str]:
    margin = min(_indent(line) for line in lines)
    return [line[margin:] for line in lines]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _paragraphs(lines: tuple[str, ...], wrap: Wrap | None) -> list[tuple[str, ...]]:
    if len(lines) == 1:
        return [lines]
    if wrap is not None:
        if _is_wrapped(lines, wrap):
            return [(_join(lines),)]
        is_indented = lines[0].startswith(" ") or any(map(_indent, lines[1:]))
        if is_indented and (paragraphs := _join_indented(lines, wrap)):
            return paragraphs
    if any(len(line) > LONG_LINE for line in lines) or _is_dialogue(lines):
        return [(line,) for line in lines]
    return [lines]


_SPEECH = re.compile(r"\s*[\"“«„—–]")
_SENTENCE_END = re.compile(r"[.!?…,;:—–-][\"”»’')\]]*$")


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Return whether each of *lines* is a paragraph of dialogue: most begin with speech, and all end in punctuation."""
    spoken = sum(bool(_SPEECH.match(line)) for line in lines)
    return 2 * spoken > len(lines) and all(_SENTENCE_END.search(line[-40:]) for line in lines)


# -- wrapped lines -----------------------------------------------------------

_MANY_INDENTS = 7  # minimum starts of paragraphs, and the end, if two lines may be a paragraph; verse has fewer
_TYPED_SHARE = 0.75  # minimum length of a line broken by hand, as a share of the width
_MOST_INDENT = 12  # maximum spaces before the first line of a paragraph
_TAB_ROOM = 5  # more characters that a first line may leave free: its tab, four columns here, may have been eight wide
_WRAPPED_SHARE = 0.8  # minimum share of wrapped paragraphs among indented ones of several lines
_MANY_BLOCKS = 20  # minimum wrapped blocks of a file in which lines may end early, as in a book


def _wrap(raws: Sequence[Raw], *, is_book: bool) -> Wrap | None:
    """Return how the lines of a file are wrapped, or None if the author meant each line break."""
    typed = [_dedented(raw.lines) for raw in raws if len(raw.lines) >= 3 and read_label(plain(raw.lines[0])) is None]
    long_blocks = [lines for block in typed for lines in _cut_at_indents(block)]
    lengths = sorted(len(line) for lines in long_blocks for line in lines)
    if not lengths:
        return Wrap(72, is_ragged=True) if is_book else None
    common = max(lengths[: 1 + 19 * len(lengths) // 20])
    for width in (lengths[-1], common):
        if width in _WRAP_WIDTHS:
            wrapped = sum(_is_wrapped(lines, Wrap(width)) for lines in long_blocks)
            if 2 * wrapped >= len(long_blocks):
                return Wrap(width, is_ragged=is_book or wrapped >= _MANY_BLOCKS)
    if is_book:
        return Wrap(common if common in _WRAP_WIDTHS else 72, is_ragged=True)
    return None


def _cut_at_indents(lines: list[str]) -> list[list[str]]:
    """Split *lines* before each indented line; return them unsplit if the paragraphs have less than half of the lines.

    A paragraph has at least three lines, or two if there are many (`_MANY_INDENTS`); shorter ones are left out.
    """
    starts = [0, *(i for i in range(1, len(lines)) if lines[i].startswith(" ")), len(lines)]
    least = 3 if len(starts) < _MANY_INDENTS else 2
    cut = [lines[start:end] for start, end in pairwise(starts) if end - start >= least]
    return cut if 2 * sum(map(len, cut)) >= len(lines) else [lines]


_SAMPLED_LINES = 5_000  # maximum lines of a paragraph examined to judge all
_FIRST_LETTER = re.compile(r"[\"'“‘(\[]*[^\W\d_]")
_VERSE_START = re.compile(r"[^\w]*[A-ZÀ-ÖØ-Þ0-9]")


def _is_wrapped(lines: Sequence[str], wrap: Wrap) -> bool:
    """Return whether *lines* mostly break only because the next word did not fit the width in *wrap*."""
    if any(line.startswith(" ") for line in lines[1:]):
        return False
    breaks = list(pairwise(lines[: _SAMPLED_LINES + 1]))
    tab = _TAB_ROOM if lines[0].startswith("    ") else 0

    def break_at(width: int, *, room: int, in_sentence: bool = False) -> bool:
        wrapped = sum(
            _is_full(line, following, width, room if i else room + tab)
            or (in_sentence and _continues(line, following, width))
            for i, (line, following) in enumerate(breaks)
        )
        return wrapped >= 0.8 * len(breaks)

    if break_at(wrap.width, room=3):
        return True
    if not wrap.is_ragged:  # lines broken by hand end early; if all are long, breaks within sentences count, too
        return all(len(line) > _TYPED_SHARE * wrap.width for line in lines[:-1]) and break_at(
            wrap.width, room=3, in_sentence=True
        )
    if all(_VERSE_START.match(plain(line)) for line in lines):
        return break_at(wrap.width, room=6)
    if break_at(wrap.width, room=9, in_sentence=True):
        return True
    # a quotation indented on both sides has a width of its own
    own = max(map(len, lines))
    return len(lines) >= 3 and own >= 36 and break_at(own, room=6, in_sentence=True)


def _is_full(line: str, following: str, width: int, room: int) -> bool:
    """Return whether *line*, with the first word of *following*, would leave less than *room* of *width* free."""
    return len(line) + 1 + len(following[: width + 20].split(maxsplit=1)[0]) > width - room


def _continues(line: str, following: str, width: int) -> bool:
    """Return whether *line* is fairly long and *following* begins in lower case; verse would begin with a capital."""
    start = _FIRST_LETTER.match(plain(following))
    return start is not None and start[0][-1].islower() and len(line) > 0.55 * width


def _join(lines: Sequence[str]) -> str:
    """Join lines into one, without a space at a dash or after the hyphen of a compound word."""
    stripped = [line.strip() for line in lines]
    pieces = [
        following if _joins_without_space(plain(line), plain(following)) else f" {following}"
        for line, following in pairwise(stripped)
    ]
    joined = "".join([stripped[0], *pieces])
    return _SPACES.sub(" ", joined) if "  " in joined else joined


_SPACES = re.compile(r" {2,}")
_DASHES = ("--", "—")
_HYPHENED = re.compile(r"[^\W_]-$")
_HANGING = re.compile(r"(?:and|or|to|und|oder|et|ou|y|o)\b")


def _joins_without_space(line: str, following: str) -> bool:
    """Return whether *line* and *following* join without a space: at a dash, or after a hyphen in a compound word."""
    if line.endswith(_DASHES):
        return not line.endswith(tuple(f" {dash}" for dash in _DASHES))
    if following.startswith(_DASHES):
        return not following.startswith(tuple(f"{dash} " for dash in _DASHES))
    return _HYPHENED.search(line[-2:]) is not None and following[:1].isalnum() and _HANGING.match(following[:5]) is None


def _join_indented(lines: Sequence[str], wrap: Wrap) -> list[tuple[str, ...]] | None:
    """Return *lines* joined into paragraphs, each of which begins at an indented line; None if too few are wrapped."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if _indent(line) > _MOST_INDENT:
            return None
        if not paragraphs or _indent(line):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    several = [paragraph for paragraph in paragraphs if len(paragraph) > 1]
    wrapped = sum(_is_wrapped(paragraph, wrap) for paragraph in several)
    many = 2 * sum(map(len, several)) >= len(lines) if _indent(lines[0]) else 2 * len(several) >= len(paragraphs)
    if not many or wrapped < _WRAPPED_SHARE * len(several):
        return None
    return [(_join(paragraph),) for paragraph in paragraphs]
