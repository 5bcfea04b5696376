"""Instalments: the parts in which a server posts a story, like a serial in a newspaper."""

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
"""What an instalment of a story is: a page, a scene or a chapter."""

MIN_SCENE = 600
"""Minimum characters of a scene; a shorter one is joined with the next or previous scene if both fit on one page."""

_SCENE_GAP = regex.compile(rf"\n{{{len(SCENE_BREAK)},}}")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a story, within a single chapter."""

    story: StorySummary
    chapter: ChapterSummary
    pages: tuple[Page, ...]
    """Text of the instalment; one page unless the instalment is a whole chapter."""
    number: int
    """Number of the instalment in the story, from 1."""
    total: int
    following: Spot | None
    """Start of the next instalment; None at the end of the story."""
    passage: str
    """Anchor of the next instalment; at the end of the story, the last words of this one."""
    notes_before: tuple[str, ...]
    """Notes before the chapter; empty unless the instalment begins its chapter."""
    notes_after: tuple[str, ...]

    @property
    def spot(self) -> Spot:
        """Position at which the instalment starts."""
        return Spot(self.chapter.id, self.pages[0].start)

    @property
    def end(self) -> int:
        """Offset at which the instalment ends in its chapter."""
        return self.pages[-1].start + len(self.pages[-1].text)

    @property
    def words(self) -> int:
        return sum(len(page.text.split()) for page in self.pages)


def scene_starts(prose: str, spans: Sequence[Span] = ()) -> list[int]:
    """Return the offsets at which scene instalments begin in *prose*.

    A short scene is joined with the next one, a short last scene with the previous one. A scene longer than a page is
    cut into desktop pages.
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
    """Return the offsets of scenes, without those that are joined with the previous scene."""
    if not prose:
        return []
    bounds = [0, *(gap.end() for gap in _SCENE_GAP.finditer(prose) if gap.start() > 0 and gap.end() < len(prose))]
    kept: list[int] = []
    for start, end in pairwise([*bounds, len(prose)]):
        is_stub = bool(kept) and (start - kept[-1] < MIN_SCENE or (end == len(prose) and end - start < MIN_SCENE))
        if not (is_stub and len(prose[kept[-1] : end].rstrip()) <= PAGE_CHARS):
            kept.append(start)
    return kept
