"""Authors: who wrote a story, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from bot.stories.model import StorySummary


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader says that they wrote a story, and waits for an answer."""

    id: int
    story: StorySummary
    reader: int
