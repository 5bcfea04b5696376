"""Give each line at both ends of a text one role: who says it, and what it is.

The chain finds the roles with the highest score (`bot.stories.sections.chain`). One law binds it: a line that touches
the story is no note without a sign of its author, since losing a word of the story is worse than leaving a note in it.
A sign is a label, words of people who post (`bot.stories.sections.remarks`), a byline, a heading, an end mark, or a
rule between the note and the story. Words that characters also write to each other, and the look of a line, are none.
Nothing else decides who says a line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Literal, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import outside, weights_in
from bot.stories.sections.labels import Labelled
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line, Looks
from bot.stories.sections.parts import has_words, words_of
from bot.stories.sections.remarks import has_remark, read_remark

Place = Literal["title", "author", "above", "story", "below"]
"""What the chain says of a line: the title, the author's name, other text above or below the story, or the story."""
PLACES: tuple[Place, ...] = get_args(Place)

Role = Literal["title", "author", "label", "heading", "break", "end mark", "note", "story"]

LEAST_STORY = 20
"""Minimum number of words in a story that has fewer than the notes around it."""

_BLOCKS_OF_LABELS = 24  # number of first blocks that are searched for labels of title and author


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive lines of one block with one role; *index* is that of the block."""

    role: Role
    block: Block
    index: int


@dataclass(frozen=True, slots=True)
class Ends:
    """The lines around a story, and its own blocks."""

    above: tuple[Piece, ...]
    story: tuple[Block, ...]
    below: tuple[Piece, ...]


def read_ends(blocks: Sequence[Block], headings: Collection[int], *, is_named: bool, is_part: bool = False) -> Ends:
    """Return the roles of the lines around the story in *blocks*; *headings* are the indices of chapters' headings.

    If *is_named*, the title is known, and no line is it. In a chapter (*is_part*) no line is the title or the author.
    """
    known = known_looks(blocks, is_named=is_named)
    looks = Looks(blocks, headings, known)
    named: list[str] = [] if is_part else [place for place in ("title", "author") if f"{place} labelled" not in known]
    above = _above(looks, [*named, "above"])
    named_below = [place for place in named if place == "author" and "author" not in above]
    below = _below(looks, [*named_below, "below"], len(above))
    return _cut(blocks, looks, above, below)


def known_looks(blocks: Sequence[Block], *, is_named: bool = False) -> list[str]:
    """Return the looks ``title labelled`` and ``author labelled``, if labels of the first blocks name them."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if is_named or "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


def _above(looks: Looks, places: Sequence[str]) -> tuple[str, ...]:
    found = weights_in("roles.tsv")
    laws = _Laws(looks.lines, 1)
    return outside((found.of(looks.of(i)) for i in range(len(looks.lines))), places, found.step, laws)


def _below(looks: Looks, places: Sequence[str], first: int) -> tuple[str, ...]:
    """Return the places of the lines below the story, the last line first; the story begins at line *first*."""
    found = weights_in("roles.tsv")
    last = len(looks.lines) - 1
    scores = (found.of(looks.of(i)) for i in range(last, first - 1, -1))
    laws = _Laws(looks.lines[::-1], -1)
    return outside(scores, places, lambda below, above: found.step(above, below), laws)


@dataclass(frozen=True, slots=True)
class _Laws:
    """What binds the chain at one end of a text, whatever the scores are."""

    lines: Sequence[Line]
    """The lines from the outermost on."""
    way: Literal[1, -1]
    """1 for lines above the story, -1 for lines below it."""

    def may_be(self, i: int, place: str) -> bool:
        """Return whether line *i* may have *place*: a rule, a chapter's marked heading and a salutation are no names."""
        line = self.lines[i]
        is_no_name = line.of.is_rule or line.of.is_heading or line.kind == "a salutation"
        return place in ("above", "below") or not is_no_name

    def may_begin(self, i: int) -> bool:
        """Return whether line *i* may be the story's outermost: it is no rule, label, text of a label, or end mark."""
        line = self.lines[i]
        if line.of.is_rule or (self.way == -1 and line.kind == "an end mark"):
            return False
        if self.way == -1 or i == 0:
            return self.way == -1 or not line.label
        if line.label or _is_open(self.lines[i - 1]):
            return False
        return not self._is_headed(i - 1) or not any(near.of.is_rule for near in self.lines[i : i + _NEAR])

    def may_touch(self, i: int, place: str) -> bool:
        """Return whether line *i*, outside of the story with *place*, may touch it: a note needs a sign."""
        line = self.lines[i]
        if self.way == 1 and place in ("title", "author"):
            told = self.lines[i + 1]
            is_apart = told.block != line.block or told.size == "many"  # else both may be lines of a verse
            is_name = _may_be_title(line) if place == "title" else _is_name(line)
            return is_apart and is_name and line.last not in _STOPS
        return self._has_sign(i)

    def _has_sign(self, i: int) -> bool:
        line = self.lines[i]
        if line.of.is_rule:  # it may part scenes
            beyond = takewhile(lambda n: not self.lines[n].of.is_rule, range(i - 1, -1, -1))
            return any(map(self._has_sign, beyond))
        if line.kind.startswith(_SIGNS) or line.of.labels is not None:
            return True
        return has_remark(line.of) and not (self.way == -1 and self._is_of_letter(i))

    def _is_headed(self, i: int) -> bool:
        """Return whether a label heads the paragraphs down to line *i*."""
        outwards = takewhile(lambda line: not line.of.is_rule, self.lines[i::-1])
        return any(map(_is_open, outwards))

    def _is_of_letter(self, i: int) -> bool:
        """Return whether line *i* belongs to a letter in the story: a salutation is above it, and a closing below."""
        below = any(line.last in (",", "，") and len(line.words) <= _CLOSING_WORDS for line in self.lines[:i])
        return below and any(line.kind == "a salutation" for line in self.lines[i + 1 :])


_SIGNS = ("a label", "a heading", "a byline", "a dedication", "an end mark")


_NEAR = 6  # lines below a label's text among which a rule may end it
_CLOSING_WORDS = 12  # maximum words of a line that closes a letter
_STOPS = (".", ",", ";", ":", "。", "，", "、")


def _may_be_title(line: Line) -> bool:
    """Return whether *line*, right above the story, looks more like a title than like a remark to readers."""
    return len(line.words) <= _TITLE_WORDS and read_remark(line.text).points <= 1


_TITLE_WORDS = 9  # maximum words of a title right above the story


def _is_name(line: Line) -> bool:
    """Return whether *line* looks like the name of an author."""
    return line.at > 0 or any(
        look.startswith(("a byline", "is a handle", "is a name", "is decorated")) for look in line.looks
    )


def _is_open(line: Line) -> bool:
    """Return whether *line* is a label whose text is still to come."""
    labels = line.of.labels
    return bool(labels) and not labels[-1].value and line.at == len(line.of.lines) - 1


def _cut(blocks: Sequence[Block], looks: Looks, above: Sequence[str], below: Sequence[str]) -> Ends:
    """Return the text outside of the story as pieces, and the blocks between as the story."""
    lines = looks.lines
    first = lines[len(above)] if len(above) < len(lines) else None
    if first is None:
        return Ends(tuple(_pieces(zip(lines, above, strict=True), blocks)), (), ())
    last = lines[len(lines) - 1 - len(below)]
    story = [
        block.between(first.at if i == first.block else 0, last.at + 1 if i == last.block else len(block.lines))
        for i, block in enumerate(blocks[first.block : last.block + 1], start=first.block)
    ]
    head = _pieces(zip(lines, above, strict=False), blocks)
    tail = _pieces(zip(lines[len(lines) - len(below) :], reversed(below), strict=True), blocks)
    ends = Ends(tuple(head), tuple(story), tuple(tail))
    if has_words(LEAST_STORY, story) or _words_of_notes(ends) <= words_of(story):
        return ends
    return _cut(blocks, looks, above, ()) if below else _cut(blocks, looks, (), ())


def _words_of_notes(ends: Ends) -> int:
    return sum(piece.block.words for piece in (*ends.above, *ends.below) if piece.role == "note")


def _pieces(placed: Iterator[tuple[Line, str]], blocks: Sequence[Block]) -> Iterator[Piece]:
    roles = [(line, _role_of(line, place)) for line, place in placed]
    for (index, role), run in groupby(roles, key=lambda each: (each[0].block, each[1])):
        at = [line.at for line, _ in run]
        yield Piece(role, blocks[index].between(at[0], at[-1] + 1), index)


def _role_of(line: Line, place: str) -> Role:
    """Return the role of *line*, which is outside of the story; its kind says more than its *place*."""
    if line.of.is_rule:
        return "break"
    if place == "title" or place == "author":
        return place
    if line.of.labels is not None or line.label:
        return "label"
    if line.kind == "a heading":
        return "heading"
    return "end mark" if place == "below" and read_end_mark(line.text) is not None else "note"


def labels_of(piece: Piece) -> list[Labelled]:
    """Return the labels of a piece with the role ``label``."""
    return piece.block.labels or []
