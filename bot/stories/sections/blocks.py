"""Text becomes blocks: paragraphs, verses and rules, each with the white space before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from bot.stories.emphasis import marked, plain
from bot.stories.sections.labels import read_label

LONG_LINE = 90
"""Characters: a line longer than this is a paragraph, never a line of verse."""

WRAP_WIDTHS = range(50, 101)
"""Characters: where editors and mail programs break lines."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together; *gap* is how many blank lines stand before them.

    A block of one line is a paragraph; one of several keeps its line breaks (a verse, an address). *lines* are plain;
    where a source has emphasis, *marked* has the same lines with the marks of `bot.stories.emphasis`.
    """

    lines: tuple[str, ...]
    gap: int = 1
    marked: tuple[str, ...] = ()
    is_heading: bool = False
    """Whether the source itself says that this is a heading."""

    @classmethod
    def of(cls, marked: Sequence[str], gap: int = 1, *, is_heading: bool = False) -> Block:
        """A block of lines that may have emphasis in them."""
        return cls(tuple(plain(line) for line in marked), gap, tuple(marked), is_heading)

    @property
    def prose(self) -> str:
        """Its text with the marks of its emphasis."""
        return "\n".join(self.marked or self.lines)

    def after(self, lines: int) -> Block:
        """What is left without its first lines."""
        return Block(self.lines[lines:], 0, self.marked[lines:])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_line(self) -> bool:
        return len(self.lines) == 1

    @property
    def words(self) -> int:
        return sum(len(line.split()) for line in self.lines)

    @property
    def is_rule(self) -> bool:
        return self.is_line and is_rule(self.lines[0])


_ORNAMENTS = re.compile(r"[-–—―‒_=~*•·◦#+^<>«»◊♦◆★☆✦✧♥♡❤❦❧⁂†‡§|/\\:;.…°○●▪■□∞\ufe0f\s]+")
_DOTS = re.compile(r"(?!\s*\.\s*$)[.…\s]*")  # a silence that somebody keeps is prose; one full stop is none
_X_AND_O = re.compile(r"[xX]+|[oO]{3,}|(?=.*[xX])(?!(?i:xoxo)$)[xXoO]{2,}|(?:[oO]0)+[oO]|(?:0[oO])+0")
_BREAK_WORDS = re.compile(r"(?:line|page|scene)[ -]?break|end (?:of )?(?:a/?n|(?:author'?s? )?notes?)", re.I)
_NO_RULE = re.compile(r"[\"“'‘]?[^\W\d_xXoOlLpPsSeE0]")  # how most paragraphs begin: this is asked of each, and often
_AROUND = "-–—_=~*•·# []()<>|"


def is_rule(line: str) -> bool:
    """Whether *line* is an ornament that parts scenes or sections (``----``, ``* * *``, ``xXx``, ``~*~``)."""
    if len(line) > 200 or _NO_RULE.match(line) or _DOTS.fullmatch(line):
        return False
    letters = _ORNAMENTS.sub("", line)
    return not letters or bool(_X_AND_O.fullmatch(letters) or _BREAK_WORDS.fullmatch(line.strip(_AROUND)))


@dataclass(frozen=True, slots=True)
class Raw:
    """Lines that stand together as they were typed, indented and with the marks of their emphasis."""

    lines: tuple[str, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a file are broken by hand."""

    width: int
    is_ragged: bool = False
    """Whether lines may end well before the width: a book that many hands have set."""
    spaced_dash: bool = False
    """Whether its dashes stand between spaces."""


def split(text: str, *, is_book: bool = False) -> list[Block]:
    """Cut *text* into blocks; a rule is always a block of its own, a wrapped paragraph is one line again."""
    return shaped(list(raw_blocks(text)), is_book=is_book)


def raw_blocks(text: str) -> Iterator[Raw]:
    """The lines of *text* that stand together."""
    gap = 0
    for blank, group in groupby(text.expandtabs(4).split("\n"), key=lambda line: not line.strip()):
        lines = tuple(line.rstrip() for line in group)
        if blank:
            gap = len(lines)
        else:
            yield Raw(lines, gap)


def shaped(raws: Sequence[Raw], *, is_book: bool = False) -> list[Block]:
    """Blocks as they were meant: joined where lines were broken by hand, each line its own where it is.

    In a book (*is_book*) lines are known to be broken by hand.
    """
    wrap = _wrap(raws, is_book=is_book)
    blocks: list[Block] = []
    for raw in raws:
        blocks += _pieces(raw, wrap)
    return _unparted_verse(blocks) if wrap is not None and wrap.is_ragged else blocks


def usual_gap(blocks: Sequence[Block]) -> int:
    """How many blank lines commonly part two paragraphs of this file; more than that is a time jump."""
    gaps = Counter(block.gap for block in blocks[1:] if block.gap > 0)
    return max(1, gaps.most_common(1)[0][0]) if gaps else 1


def _unparted_verse(blocks: list[Block]) -> list[Block]:
    """In a book, two blank lines around a verse or a letter's head set it off; they part no scenes."""
    return [
        Block(block.lines, 1, block.marked)
        if block.gap == 2 and before is not None and (len(block.lines) > 1 or len(before.lines) > 1)
        else block
        for before, block in zip([None, *blocks], blocks, strict=False)
    ]


def _pieces(raw: Raw, wrap: Wrap | None) -> Iterator[Block]:
    """Part *raw* at its rules and join or part its other lines as the way it was typed asks for."""
    gap = raw.gap
    pieces: list[tuple[str, ...]] = []
    for rule, group in groupby(_dedented(raw.lines), key=is_rule):
        lines = tuple(group)
        pieces += [(line,) for line in lines] if rule else _paragraphs(lines, wrap)
    for piece in _balanced(pieces):
        stripped = (piece[0].strip(),) if len(piece) == 1 else piece
        lines = tuple(plain(line) for line in stripped)
        yield Block(lines, gap, stripped if stripped != lines else ())
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
            return [(_joined(lines, wrap),)]
        if (parts := _by_indent(lines, wrap)) is not None:
            return parts
    if any(len(line) > LONG_LINE for line in lines) or _is_dialogue(lines):
        return [(line,) for line in lines]
    return [lines]


_SPEECH = re.compile(r"\s*[\"“«„—–]")
_SENTENCE_END = re.compile(r"[.!?…,;:—–-][\"”»’')\]]*$")


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Paragraphs of talk parted by single newlines: most open with speech and all end as sentences do."""
    spoken = sum(bool(_SPEECH.match(line)) for line in lines)
    return 2 * spoken > len(lines) and all(_SENTENCE_END.search(line[-40:]) for line in lines)


# -- lines that were broken by hand ------------------------------------------

MANY_BLOCKS = 20
"""Blocks of wrapped lines: a file that has more of them is a book, in which some lines end early."""


def _wrap(raws: Sequence[Raw], *, is_book: bool) -> Wrap | None:
    """How this file's lines are broken by hand, or None where each line is as the author meant."""
    long_blocks = [raw.lines for raw in raws if len(raw.lines) >= 3 and read_label(plain(raw.lines[0])) is None]
    lengths = sorted(len(line) for lines in long_blocks for line in _dedented(lines))
    if not lengths:
        return Wrap(72, is_ragged=True) if is_book else None
    spaced = _has_spaced_dashes(long_blocks)
    common = max(lengths[: 1 + 19 * len(lengths) // 20])
    for width in (lengths[-1], common):
        if width in WRAP_WIDTHS:
            wrap = Wrap(width, spaced_dash=spaced)
            wrapped = sum(_is_wrapped(_dedented(lines), wrap) for lines in long_blocks)
            if 2 * wrapped >= len(long_blocks):
                return Wrap(width, is_ragged=is_book or wrapped >= MANY_BLOCKS, spaced_dash=spaced)
    if is_book:
        return Wrap(common if common in WRAP_WIDTHS else 72, is_ragged=True, spaced_dash=spaced)
    return None


def _has_spaced_dashes(blocks: Sequence[Sequence[str]]) -> bool:
    spaced = sum(line.count(" -- ") + line.count(" — ") for lines in blocks for line in lines)
    return 2 * spaced > sum(line.count("--") + line.count("—") for lines in blocks for line in lines)


_SMALL = re.compile(r"[\"'“‘(\[]*[^\W\d_]")
_VERSE_START = re.compile(r"[^\w]*[A-ZÀ-ÖØ-Þ0-9]")


def _is_wrapped(lines: Sequence[str], wrap: Wrap) -> bool:
    """Whether the lines break only because the next word did not fit."""
    if any(line.startswith(" ") for line in lines[1:]):
        return False
    breaks = list(pairwise(lines))
    if sum(_is_full(*both, wrap.width, 3) for both in breaks) >= 0.8 * len(breaks):
        return True
    if not wrap.is_ragged:
        return False
    own = max(len(line) for line in lines)
    if all(_VERSE_START.match(plain(line)) for line in lines):
        return sum(_is_full(*both, wrap.width, 6) for both in breaks) >= 0.8 * len(breaks)
    if sum(_is_full(*both, wrap.width, 9) or _goes_on(*both, wrap.width) for both in breaks) >= 0.8 * len(breaks):
        return True
    # a quotation that is set in from both sides has a width of its own
    return (
        len(lines) >= 3
        and own >= 36
        and sum(_is_full(*both, own, 6) or _goes_on(*both, own) for both in breaks) >= 0.8 * len(breaks)
    )


def _is_full(line: str, following: str, width: int, room: int) -> bool:
    """Whether the first word of *following* would not have fit on *line*."""
    return len(line) + 1 + len(following[: width + 20].split(maxsplit=1)[0]) > width - room


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a sentence goes on from a line that is not much shorter than others: verse opens with a capital."""
    start = _SMALL.match(plain(following))
    return start is not None and start[0][-1].islower() and len(line) > 0.55 * width


def _joined(lines: Sequence[str], wrap: Wrap) -> str:
    """One line of several: a dash joins without a space, and the hyphen of a compound word stays."""
    text = lines[0].strip()
    pieces = [text]
    for line in lines[1:]:
        line = line.strip()
        pieces.append(line if _sticks(plain(text), plain(line), wrap) else f" {line}")
        text = line
    return _SPACES.sub(" ", "".join(pieces))


_SPACES = re.compile(r" {2,}")
_HYPHENED = re.compile(r"[^\W_]-$")
_HANGING = re.compile(r"(?:and|or|to|und|oder|et|ou|y|o)\b")


def _sticks(line: str, following: str, wrap: Wrap) -> bool:
    """Whether two lines are joined with nothing between: at a dash, or at the hyphen of a compound word."""
    if line.endswith(("--", "—")) or following.startswith(("--", "—")):
        return not wrap.spaced_dash and not line.endswith((" --", " —"))
    return _HYPHENED.search(line[-2:]) is not None and following[:1].isalnum() and _HANGING.match(following[:5]) is None


def _by_indent(lines: Sequence[str], wrap: Wrap) -> list[tuple[str, ...]] | None:
    """The paragraphs of lines that are parted by indentation alone, or None where they belong together.

    Either each paragraph opens with an indented line, or prose is followed by verse, a signature or the like
    that is set in deeper.
    """
    if any(_indent(line) for line in lines[1:]) or lines[0].startswith(" "):
        opened = _opened_by_indent(lines, wrap)
        if opened is not None:
            return opened
        return _set_in(lines, wrap)
    return None


def _opened_by_indent(lines: Sequence[str], wrap: Wrap) -> list[tuple[str, ...]] | None:
    paragraphs: list[list[str]] = []
    for line in lines:
        if _indent(line) > 8:
            return None
        if not paragraphs or _indent(line):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    if sum(len(paragraph) > 1 for paragraph in paragraphs) * 2 < len(paragraphs):
        return None
    if not all(len(p) == 1 or _is_wrapped(p, wrap) for p in paragraphs):
        return None
    return [(_joined(paragraph, wrap),) for paragraph in paragraphs]


def _set_in(lines: Sequence[str], wrap: Wrap) -> list[tuple[str, ...]] | None:
    runs = [(deep, tuple(run)) for deep, run in groupby(lines, key=lambda line: _indent(line) >= 2)]
    flush = [run for deep, run in runs if not deep]
    if not all(_is_prose_run(run, wrap) for run in flush) or not any(len(run) > 1 for run in flush):
        return None
    parts: list[tuple[str, ...]] = []
    for deep, run in runs:
        if deep:
            run = tuple(_dedented(run))
            prose = len(run) > 2 and _is_wrapped(run, wrap)
            parts.append((_joined(run, wrap),) if prose else run)
        else:
            parts.append((_joined(run, wrap),))
    return parts


def _is_prose_run(run: Sequence[str], wrap: Wrap) -> bool:
    return _is_wrapped(run, wrap) if len(run) > 1 else len(run[0]) > 0.6 * wrap.width


# -- emphasis over several lines -----------------------------------------------

_ON_OFF = {marked("", kind)[0]: marked("", kind)[1] for kind in ("italic", "bold")}
_OFF_ON = {off: on for on, off in _ON_OFF.items()}
_ANY_MARK = re.compile(f"[{''.join([*_ON_OFF, *_OFF_ON])}]")


def _balanced(pieces: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The pieces of a block with emphasis that goes on from line to line closed and opened again."""
    opened: list[str] = []
    for piece in pieces:
        lines: list[str] = []
        for line in piece:
            before = "".join(opened)
            for mark in _ANY_MARK.findall(line):
                if mark in _ON_OFF:
                    opened.append(mark)
                elif _OFF_ON[mark] in opened:
                    opened.remove(_OFF_ON[mark])
            after = "".join(_ON_OFF[mark] for mark in reversed(opened))
            indent = _indent(line)
            lines.append(f"{line[:indent]}{before}{line[indent:]}{after}" if before or after else line)
        yield tuple(lines)
