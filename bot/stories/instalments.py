"""Instalments: the parts in which a server posts a story, as newspapers once printed serial novels."""

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
"""What one instalment holds."""

SCENE_LEAST = 600
"""Characters: a shorter scene is joined with its neighbour, where one message holds both."""

_SCENE_GAP = regex.compile(rf"\n{{{len(SCENE_BREAK)},}}")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a story, which ends with its chapter at the latest."""

    story: StorySummary
    chapter: ChapterSummary
    pages: tuple[Page, ...]
    """Its text; more than one page where it is a whole chapter."""
    number: int
    """Its number among all instalments, from 1."""
    total: int
    following: Spot | None
    """Where the next one begins, or None at the end of the story."""
    passage: str
    """The anchor of the next one, its first words; at the end of the story the last words of this one."""
    notes_before: tuple[str, ...]
    """The notes before the chapter; empty where it does not begin its chapter."""
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
    """Return where instalments that hold a scene each begin in *prose*.

    A short scene is joined with the next, the last one with the one before. A scene that is longer than a page is cut
    into pages.
    """
    starts: list[int] = []
    for start, end in pairwise([*_joined_scenes(prose), len(prose)]):
        if len(prose[start:end].rstrip()) <= PAGE_CHARS:
            starts.append(start)
        else:
            cuts = page_starts(prose[start:end], within(spans, start, end))["desktop"]
            starts += [start + cut for cut in cuts]
    return starts


def _joined_scenes(prose: str) -> list[int]:
    """Return where scenes begin, but for those that are joined with the one before."""
    if not prose:
        return []
    bounds = [0, *(gap.end() for gap in _SCENE_GAP.finditer(prose) if gap.start() > 0 and gap.end() < len(prose))]
    kept: list[int] = []
    for start, end in pairwise([*bounds, len(prose)]):
        is_stub = bool(kept) and (start - kept[-1] < SCENE_LEAST or (end == len(prose) and end - start < SCENE_LEAST))
        if not (is_stub and len(prose[kept[-1] : end].rstrip()) <= PAGE_CHARS):
            kept.append(start)
    return kept
