"""The order in which interactions are answered when more come than can be answered at once.

So many are worked on at a time that each of them is answered soon; the others wait:

- Those of one reader are answered one after the other, as they came.
- Among readers the youngest goes first: it is the surest to be answered in Discord's three seconds. In the order of
  coming, each would wait for all before it, and once three seconds behind, nobody would be answered in time any more.
- One that waits for two seconds is deferred (`bot.interactions.deferring`): which goes before all and is soon done.
  Then it has fifteen minutes: it waits until no younger one does, and the oldest of them goes first.
- One that can be neither answered nor deferred in time is not worked on.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from math import inf
from typing import Final

AT_ONCE: Final = 300
"""Interactions that are worked on at once: as many as are answered in some tenths of a second, and share a commit. With
fewer the bot would wait for Discord, which takes a tenth of a second or two for each answer."""

_DRIFT: Final = 0.001
"""By how much the clocks of Discord and of this machine may drift apart: seconds a second."""


_COMPARED_AFTER: Final = 1.0
"""Seconds between two interactions whose ids are compared with the clock."""

_JITTER: Final = 0.2
"""Seconds by which one of them may have been longer under way than the other."""

_SURE_AFTER: Final = 3
"""Comparisons in a row after which ids are known to go on with the time."""


class Ages:
    """How old interactions are when they come, by the time in their ids.

    Whatever the clocks say, the one that came soonest after its making counts as new. Until ids were seen to go on with
    the time, every interaction counts as new: a stand-in for Discord may just count.
    """

    def __init__(self) -> None:
        self._soonest, self._looked = inf, 0.0
        self._agreed = 0
        """Comparisons in a row in which the ids went on with the time."""
        self._compared = -inf, -inf
        """When an id was last compared, and the time in it."""

    def of(self, interaction: int) -> float:
        """Return the age in seconds of the interaction with this id."""
        now = time.perf_counter()  # nobody sets this clock, and the preview does not hold it
        made = (interaction >> 22) / 1000
        self._soonest = min(now - made, self._soonest + _DRIFT * (now - self._looked))
        self._looked = now
        if self._agreed < _SURE_AFTER:
            self._compare(now, made)
        return now - made - self._soonest if self._agreed >= _SURE_AFTER else 0.0

    def _compare(self, now: float, made: float) -> None:
        then, made_then = self._compared
        if (passed := now - then) >= _COMPARED_AFTER:
            self._compared = now, made
            agrees = passed < inf and abs(made - made_then - passed) <= _JITTER + passed / 10
            self._agreed = self._agreed + 1 if agrees else 0


class Press:
    """An interaction in the queue, by its id and its reader's."""

    __slots__ = ("_id", "has_left", "is_late", "reader", "turn")

    def __init__(self, interaction: int, reader: int) -> None:
        self._id = interaction
        self.reader = reader
        self.turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when it is worked on."""
        self.is_late = False
        self.has_left = False

    @property
    def has_begun(self) -> bool:
        """Whether it is worked on."""
        return self.turn.done() and not self.turn.cancelled()

    @property
    def may_begin(self) -> bool:
        """Whether somebody waits for its turn."""
        return not self.has_left and not self.turn.cancelled()

    def __lt__(self, other: Press) -> bool:
        return self._id > other._id


class Queue:
    """The presses that are worked on, and those that wait."""

    def __init__(self) -> None:
        self._working: set[Press] = set()
        self._firsts = 0
        """Those who are `first`, and work beside them."""
        self._waiting_firsts = deque[asyncio.Future[None]]()
        self._behind: dict[int, deque[Press]] = {}
        """Of each reader who is here: the presses that wait for their first."""
        self._young: list[Press] = []
        """The first presses that wait: a heap, the youngest on top."""
        self._late = deque[Press]()
        """Those of them that were deferred."""

    def enter(self, interaction: int, reader: int) -> Press:
        """Let a press be worked on in its turn; its ``turn`` is done then."""
        press = Press(interaction, reader)
        if (behind := self._behind.get(reader)) is not None:
            behind.append(press)
        else:
            self._behind[reader] = deque()
            self._line_up(press)
            self._admit()
        return press

    def leave(self, press: Press) -> None:
        """Let others go on: *press* is answered, or nobody waits for its answer any more."""
        if press.has_left:
            return
        press.has_left = True
        behind = self._behind[press.reader]
        if press in behind:
            behind.remove(press)
            return
        if behind:
            self._line_up(behind.popleft())
        else:
            del self._behind[press.reader]
        self._working.discard(press)
        self._admit()

    def has_time(self, press: Press) -> None:
        """Let others go on, and before *press* if it waits: it is deferred."""
        press.is_late = True
        if press in self._working:
            self.leave(press)
        elif not press.has_left and press not in self._behind[press.reader]:
            self._late.append(press)

    @asynccontextmanager
    async def first(self) -> AsyncGenerator[None]:
        """Work before all presses that wait: a deferral is soon done, and nobody else can save its press."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting_firsts.append(turn)
        self._admit()
        await turn
        try:
            yield
        finally:
            self._firsts -= 1
            self._admit()

    def _line_up(self, press: Press) -> None:
        if press.is_late:
            self._late.append(press)
        else:
            heapq.heappush(self._young, press)

    def _admit(self) -> None:
        while self._waiting_firsts and self._firsts < AT_ONCE:
            self._firsts += 1
            self._waiting_firsts.popleft().set_result(None)
        while len(self._working) + self._firsts < AT_ONCE and (press := self._next()) is not None:
            self._working.add(press)
            press.turn.set_result(None)

    def _next(self) -> Press | None:
        while self._young:
            press = heapq.heappop(self._young)
            if press.may_begin and not press.is_late:
                return press
        while self._late:
            press = self._late.popleft()
            if press.may_begin:
                return press
        return None
