"""Give each line at both ends of a text one role: who says it, and what it is.

The chain finds the roles with the highest score (`bot.stories.sections.chain`), bound by `bot.stories.sections.laws`.
Nothing else decides who says a line.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import Literal, get_args

from bot.stories.sections.blocks import Block, words_of
from bot.stories.sections.chain import Laws, outside, weights_in
from bot.stories.sections.laws import Above, Below
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line, Looks

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
class Outside:
    """Places of the lines above and below a story, each from the outermost line on."""

    looks: Looks
    above: Sequence[str]
    below: Sequence[str]

    def place(self, i: int) -> str:
        """Return the place of line *i* of `looks`."""
        from_end = len(self.looks.lines) - 1 - i
        if i < len(self.above):
            return self.above[i]
        return self.below[from_end] if from_end < len(self.below) else "story"

    def role(self, i: int) -> Role:
        """Return the role of line *i* of `looks`."""
        place = self.place(i)
        return "story" if place == "story" else _role_of(self.looks.lines[i], place)


@dataclass(frozen=True, slots=True)
class Ends:
    """The lines around a story, and its own blocks."""

    above: tuple[Piece, ...]
    story: tuple[Block, ...]
    below: tuple[Piece, ...]
    outside: Outside


def read_ends(blocks: Sequence[Block], headings: Collection[int], *, is_named: bool, is_part: bool = False) -> Ends:
    """Return the roles of the lines around the story in *blocks*; *headings* are the indices of chapters' headings.

    If *is_named*, the title is known, and no line is it. In a chapter (*is_part*) no line is the title or the author.
    """
    looks = Looks(blocks, headings, known_looks(blocks, is_named=is_named))
    return _cut(blocks, find_outside(looks, is_part=is_part))


def find_outside(
    looks: Looks,
    *,
    is_part: bool = False,
    above_laws: Callable[[Sequence[Line]], Laws] = Above,
    below_laws: Callable[[Sequence[Line]], Laws] = Below,
) -> Outside:
    """Return the likeliest places of the lines around a story that the laws allow."""
    named = [] if is_part else [place for place in ("title", "author") if f"{place} labelled" not in looks.known]
    above = _above(looks, [*named, "above"], above_laws(looks.lines))
    named_below = [place for place in named if place == "author" and "author" not in above]
    below = _below(looks, [*named_below, "below"], len(above), below_laws(looks.lines[len(above) :][::-1]))
    return Outside(looks, above, below)


def known_looks(blocks: Sequence[Block], *, is_named: bool = False) -> list[str]:
    """Return the looks ``title labelled`` and ``author labelled``, if labels of the first blocks name them."""
    kinds = {label.kind for block in blocks[:_BLOCKS_OF_LABELS] for label in block.labels or ()}
    return [
        *(["title labelled"] if is_named or "title" in kinds else []),
        *(["author labelled"] if "author" in kinds else []),
    ]


def _above(looks: Looks, places: Sequence[str], laws: Laws) -> tuple[str, ...]:
    found = weights_in("roles.tsv")
    return outside((found.of(looks.of(i)) for i in range(len(looks.lines))), places, found.step, laws)


def _below(looks: Looks, places: Sequence[str], first: int, laws: Laws) -> tuple[str, ...]:
    """Return the places of the lines below the story, the last line first; the story begins at line *first*."""
    found = weights_in("roles.tsv")
    last = len(looks.lines) - 1
    scores = (found.of(looks.of(i)) for i in range(last, first - 1, -1))
    return outside(scores, places, lambda below, above: found.step(above, below), laws)


def _cut(blocks: Sequence[Block], found: Outside) -> Ends:
    """Return the text outside of the story as pieces, and the blocks between as the story."""
    lines, above, below = found.looks.lines, found.above, found.below
    first = lines[len(above)] if len(above) < len(lines) else None
    if first is None:
        return Ends(tuple(_pieces(zip(lines, above, strict=True), blocks)), (), (), found)
    last = lines[len(lines) - 1 - len(below)]
    story = [
        block.between(first.at if i == first.block else 0, last.at + 1 if i == last.block else len(block.lines))
        for i, block in enumerate(blocks[first.block : last.block + 1], start=first.block)
    ]
    head = list(_pieces(zip(lines, above, strict=False), blocks))
    tail = _pieces(zip(lines[len(lines) - len(below) :], reversed(below), strict=True), blocks)
    ends = Ends(tuple(head), tuple(story), tuple(tail), found)
    if not (above or below) or _words_of_notes(ends) <= words_of(story):
        return ends
    return _cut(blocks, Outside(found.looks, above if below else _sure(lines, above), ()))


def _sure(lines: Sequence[Line], above: Sequence[str]) -> Sequence[str]:
    """Return the places *above* down to the first line that is a note only by its score, or none if all are sure."""
    sure = sum(1 for _ in takewhile(_is_sure, lines[: len(above)]))
    return above[:sure] if sure < len(above) else ()


def _is_sure(line: Line) -> bool:
    return line.kind.startswith(("a rule", "a label", "a heading", "a byline"))


def _words_of_notes(ends: Ends) -> int:
    return sum(piece.block.words for piece in (*ends.above, *ends.below) if piece.role == "note")


def _pieces(placed: Iterator[tuple[Line, str]], blocks: Sequence[Block]) -> Iterator[Piece]:
    roles: list[tuple[Line, Role]] = [(line, _role_of(line, place)) for line, place in placed]
    for (index, role), run in groupby(roles, key=_block_and_role):
        at = [line.at for line, _ in run]
        yield Piece(role, blocks[index].between(at[0], at[-1] + 1), index)


def _block_and_role(each: tuple[Line, Role]) -> tuple[int, Role]:
    return each[0].block, each[1]


def _role_of(line: Line, place: str) -> Role:
    """Return the role of *line*, which is outside of the story; its kind says more than its *place*."""
    if line.of.is_rule:
        return "break"
    if place in ("title", "author"):
        return "title" if place == "title" else "author"
    if line.of.labels is not None or line.label:
        return "label"
    if line.kind == "a heading":
        return "heading"
    return "end mark" if place == "below" and read_end_mark(line.text) is not None else "note"
