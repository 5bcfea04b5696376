"""What a place named in a text that is gone sleeps beside it, and wakes when that text is back.

So a file that is read half copied, or an edit that is undone, moves nobody for good. Meanwhile the place is near where
it was. That is a guess, which counts only while nothing better wakes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.stories.anchors import ANCHOR_CHARS, FEWEST_CHARS, find_again

Prose = Mapping[int, str]
"""The new text of a story: the prose of each chapter by the chapter's id, in their order."""

Spot = tuple[int, int]
"""A chapter's id, and an offset in its prose."""

MOST = 4
"""The oldest anchors beside a place that sleep on, and as many of the newest."""


class Anchor(NamedTuple):
    """Where a place is, and the passage that was there."""

    chapter: int
    start: int
    passage: str
    is_guess: bool = False
    """Whether its reader was never there."""


class Asleep(NamedTuple):
    """The anchors that sleep beside a place, the oldest first, and where it was put for them."""

    guess: Spot | None = None
    anchors: Sequence[Anchor] = ()

    @classmethod
    def read(cls, text: str | None) -> Asleep:
        """Return what `write` wrote."""
        if text is None:
            return cls()
        guess, anchors = json.loads(text)
        return cls(guess and tuple(guess), [Anchor(*each) for each in anchors])

    def write(self) -> str | None:
        """Return it as a row holds it; None where nothing sleeps."""
        return json.dumps(self, ensure_ascii=False) if self.anchors else None


class Waking:
    """Finds places again in a new text of their story, also those that its last text had not."""

    def __init__(self, prose: Prose, find: Callable[[int, int, str], Spot]) -> None:
        """*find* returns where an anchor is now, or what is near it."""
        self._prose, self._find = prose, find
        self._order = {chapter: number for number, chapter in enumerate(prose)}
        self._is_home, self._wake = cache(self._look_home), cache(self._look)  # many readers stop at the same page

    def move(self, at: Anchor, asleep: Asleep, *, is_furthest: bool) -> tuple[Spot, Asleep]:
        """Return where the place that is *at* an anchor is now, and what sleeps beside it then.

        One that is not where it was put has been moved by its reader since. Then nothing wakes for it, but a furthest
        point is the furthest of all that are there.
        """
        if not asleep.anchors and self._is_home(at):  # as nearly always
            return self._find(*at[:3]), asleep
        at = at._replace(is_guess=at[:2] == asleep.guess)
        anchors = [*asleep.anchors, at] if is_furthest or at.is_guess else [at]
        seen = [each for each in anchors if each is not at or self._is_home(at)]
        woken = [(each, spot) for each in seen if (spot := self._wake(each))]
        real = [spot for each, spot in woken if not each.is_guess]
        is_sure = any(self._is_home(each) for each, _ in woken if not each.is_guess)
        spots = real or [spot for _, spot in woken] or [self._find(*at[:3])]
        spot = max(spots, key=lambda spot: (self._order[spot[0]], spot[1]))
        still = [each for each in anchors if not self._is_home(each)]
        still = [each for each in still if not each.is_guess or not (real or _is_short(each))]
        return spot, Asleep(None if is_sure else spot, still[:MOST] + still[MOST:][-MOST:])

    def _look_home(self, anchor: Anchor) -> bool:
        """Whether the words are in their chapter: at their place, or where an edit above moved them."""
        text = self._prose.get(anchor.chapter, "")
        if text.startswith(anchor.passage[:FEWEST_CHARS], anchor.start):
            return True
        # in a text too short for their place it is others like them that are found, as of a refrain
        return not _is_short(anchor) and anchor.passage in text and anchor.start + ANCHOR_CHARS <= len(text)

    def _look(self, anchor: Anchor) -> Spot | None:
        """Where the words are, in their chapter or in another."""
        if self._is_home(anchor):
            return self._find(*anchor[:3])
        for chapter, text in () if _is_short(anchor) else self._prose.items():
            if anchor.passage in text and (at := find_again(text, anchor.passage, anchor.start)) is not None:
                return chapter, at
        return None


def _is_short(anchor: Anchor) -> bool:
    """Whether the words may well stand elsewhere, too."""
    return len(anchor.passage) < ANCHOR_CHARS
