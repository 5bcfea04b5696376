"""Stories by instalments, as serial novels once came: how they are cut, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import regex

from bot.stories.emphasis import within
from bot.stories.model import SCENE_BREAK, ChapterSummary, Page, Span, Spot, StorySummary
from bot.stories.pages import PAGE_CHARS, page_starts

Size = Literal["page", "scene", "chapter"]
"""How much an instalment holds."""

SCENE_LEAST = 600
"""Characters: a scene with fewer goes on with the next, where one message holds both."""

_SCENE_GAP = regex.compile(rf"\n{{{len(SCENE_BREAK)},}}")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a story, as long as it comes at a time. It never goes beyond the chapter that it begins in."""

    story: StorySummary
    chapter: ChapterSummary
    pages: tuple[Page, ...]
    """Its text; more than one where a whole chapter comes at once."""
    number: int
    """Its place among all, from 1."""
    total: int
    following: Spot | None
    """Where the next one begins; None: the story ends with this one."""
    passage: str
    """The first words of the next one, by which it is found again; of the last one its own last words."""
    notes_before: tuple[str, ...]
    """What the author says before it; empty where it does not begin its chapter."""
    notes_after: tuple[str, ...]

    @property
    def spot(self) -> Spot:
        """Where it begins."""
        return Spot(self.chapter.id, self.pages[0].start)

    @property
    def end(self) -> int:
        """Where it ends in its chapter."""
        return self.pages[-1].start + len(self.pages[-1].text)

    @property
    def words(self) -> int:
        return sum(len(page.text.split()) for page in self.pages)


def scene_starts(prose: str, spans: Sequence[Span] = ()) -> list[int]:
    """Where the instalments of *prose* begin that hold a scene each.

    A scene with few characters goes with the next, or, at the end, with the one before; one that is longer than a page
    is cut as pages are.
    """
    starts: list[int] = []
    for start, end in pairwise([*_joined(prose), len(prose)]):
        if len(prose[start:end].rstrip()) <= PAGE_CHARS:
            starts.append(start)
        else:
            cuts = page_starts(prose[start:end], within(spans, start, end))["medium"]
            starts += [start + cut for cut in cuts]
    return starts


def _joined(prose: str) -> list[int]:
    """Where scenes begin, without those that go with the one before."""
    if not prose:
        return []
    bounds = [0, *(gap.end() for gap in _SCENE_GAP.finditer(prose) if gap.start() > 0 and gap.end() < len(prose))]
    kept: list[int] = []
    for start, end in pairwise([*bounds, len(prose)]):
        is_stub = bool(kept) and (start - kept[-1] < SCENE_LEAST or (end == len(prose) and end - start < SCENE_LEAST))
        if not (is_stub and len(prose[kept[-1] : end].rstrip()) <= PAGE_CHARS):
            kept.append(start)
    return kept
