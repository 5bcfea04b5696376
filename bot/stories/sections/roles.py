"""Give each line at both ends of a text one role: who says it, and what it is.

The chain finds the roles with the highest score (`bot.stories.sections.chain`), bound by `bot.stories.sections.laws`.
Nothing else decides who says a line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, get_args

from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import outside, weights_in
from bot.stories.sections.labels import Labelled
from bot.stories.sections.laws import Above, Below
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line, Looks
from bot.stories.sections.parts import words_of

Place = Literal["title", "author", "above", "story", "below"]
"""What the chain says of a line: the title, the author's name, other text above or below the story, or the story."""
PLACES: tuple[Place, ...] = get_args(Place)

Role = Literal["title", "author", "label", "heading", "break", "end mark", "note", "story"]

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
    return outside((found.of(looks.of(i)) for i in range(len(looks.lines))), places, found.step, Above(looks.lines))


def _below(looks: Looks, places: Sequence[str], first: int) -> tuple[str, ...]:
    """Return the places of the lines below the story, the last line first; the story begins at line *first*."""
    found = weights_in("roles.tsv")

    def step(below: str, above: str) -> float:
        return found.step(above, below)

    scores = (found.of(looks.of(i)) for i in range(len(looks.lines) - 1, first - 1, -1))
    return outside(scores, places, step, Below(looks.lines[first:][::-1]))


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
    head = list(_pieces(zip(lines, above, strict=False), blocks))
    tail = _pieces(zip(lines[len(lines) - len(below) :], reversed(below), strict=True), blocks)
    ends = Ends(tuple(head), tuple(story), tuple(tail))
    if not (above or below) or _words_of_notes(ends) <= words_of(story):
        return ends
    return _cut(blocks, looks, above, ()) if below else _cut(blocks, looks, _sure(looks.lines, above), ())


def _sure(lines: Sequence[Line], above: Sequence[str]) -> Sequence[str]:
    """Return the places *above* down to the first line that is a note only by its score, or none if all are sure."""
    sure = [place for _, place in takewhile(_is_sure, zip(lines, above, strict=False))]
    return sure if len(sure) < len(above) else ()


def _is_sure(placed: tuple[Line, str]) -> bool:
    return placed[0].kind.startswith(("a rule", "a label", "a heading", "a byline"))


def _words_of_notes(ends: Ends) -> int:
    return sum(piece.block.words for piece in (*ends.above, *ends.below) if piece.role == "note")


def _pieces(placed: Iterable[tuple[Line, str]], blocks: Sequence[Block]) -> Iterator[Piece]:
    lines_of: dict[tuple[int, int, Role], list[int]] = {}
    changes, last = 0, None
    for line, place in placed:
        key = (line.block, _role_of(line, place))
        changes += key != last
        last = key
        lines_of.setdefault((changes, *key), []).append(line.at)
    for (_, index, role), at in lines_of.items():
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
