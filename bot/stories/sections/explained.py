"""Explain the roles of the lines around a story: which looks spoke for each, which words, and which law bound it.

The chain is asked again, without its laws. Where the answer differs, a law decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.stories.sections.chain import weights_in
from bot.stories.sections.laws import Above, Below, is_signed
from bot.stories.sections.looks import EVERY, Line
from bot.stories.sections.remarks import read_remark
from bot.stories.sections.roles import Outside, Role, find_outside

_LOOKS = 3  # number of looks that are named for a line
_OUTWEIGHED = "the notes would have more words than the story: stays in the story"
_BEGINS = "a label, a heading, or the text of a label does not begin a story"
_ENDS = "a rule, an end mark, or a note with a label does not end a story"


@dataclass(frozen=True, slots=True)
class Explained:
    """A line at an end of a text, its role, and the reasons for it."""

    text: str
    role: Role
    is_above: bool
    """Whether the line is above the story or is the story's, near its beginning; else it is near the end."""
    looks: tuple[str, ...]
    """The looks that spoke most for the role, the strongest first."""
    words: tuple[str, ...]
    """Words of people who post, as the vocabulary has them."""
    law: str | None
    """The law that bound the role, as a sentence, or None."""
    number: int | None = None
    """Number of the line in its file, from 1; None if it is not known."""


def explained(outside: Outside) -> list[Explained]:
    """Explain the lines outside of a story, its first and its last line, and those that a law keeps in it."""
    lines = outside.looks.lines
    bound = find_outside(outside.looks)
    free = find_outside(outside.looks, above_laws=_NoLaws, below_laws=_NoLaws)
    first, last = len(outside.above), len(lines) - 1 - len(outside.below)
    least = max(first, min(len(free.above) - 1, last))
    most = min(last, max(len(lines) - len(free.below), first))
    numbers = dict.fromkeys([*range(least + 1), *range(max(most, 0), len(lines))])
    return [_explain(outside, bound, free, i) for i in numbers if i < len(lines)]


@dataclass(frozen=True, slots=True)
class _NoLaws:
    """Laws that allow everything."""

    lines: Sequence[Line]

    def may_be(self, i: int, place: str, lead: float) -> bool:
        return True

    def may_begin(self, i: int) -> bool:
        return True

    def may_touch(self, i: int, place: str, lead: float) -> bool:
        return True


def _explain(outside: Outside, bound: Outside, free: Outside, i: int) -> Explained:
    line = outside.looks.lines[i]
    is_above = i <= max(len(outside.above), len(free.above) - 1)
    law = next(_laws(outside, bound, free, i), None)
    looks = _strongest(outside, i, "above" if is_above else "below")
    return Explained(line.text, outside.role(i), is_above, looks, read_remark(line.text).words, law)


def _strongest(outside: Outside, i: int, side: str) -> tuple[str, ...]:
    """Return the looks of line *i* that speak most for its place; those of the story are compared with its *side*."""
    weights, place = weights_in("roles.tsv"), outside.place(i)
    own, other = (weights.places.index(each) for each in (place, side if place == "story" else "story"))
    scores = {
        look: scores[own] - scores[other]
        for look in outside.looks.of(i)
        if look != EVERY and (scores := weights.looks.get(look)) is not None
    }
    return tuple(look for look in nlargest(_LOOKS, scores, key=scores.__getitem__) if scores[look] > 0)


def _laws(outside: Outside, bound: Outside, free: Outside, i: int) -> Iterator[str]:
    """Yield the laws by which line *i* has another place than the scores alone would give it."""
    place, wanted, lines = outside.place(i), free.place(i), outside.looks.lines
    is_above = i < len(outside.above)
    laws, at = (Above(lines), i) if is_above else (Below(lines[::-1]), len(lines) - 1 - i)
    if place == "story" != bound.place(i):
        yield _OUTWEIGHED
    elif place == wanted:
        return
    elif place == "story":
        yield _why_it_stays(lines[i], wanted if i < len(free.above) else "below")
    elif wanted != "story" and not laws.may_be(at, wanted, 0.0):
        yield "a rule, a label, a heading, a salutation or a sentence is no name"
    elif wanted == "story" and not laws.may_begin(at):
        yield _BEGINS if is_above else _ENDS


def _why_it_stays(line: Line, wanted: str) -> str:
    if wanted in ("title", "author"):
        return f"not surely {'a title' if wanted == 'title' else 'a name'}: stays in the story"
    if not is_signed(line):
        return "no sign of its author: stays in the story"
    return "part of a letter, an aside or a chapter of the story: stays in the story"
