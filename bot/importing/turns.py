"""Things that several share, lent to each owner in turn: nobody's many requests hold up another's one."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Turns(Generic[Thing]):
    """Lends *things* to owners, who are known by an id; *most* says how many one owner may have at once."""

    def __init__(self, things: Iterable[Thing], most: Callable[[int], int]) -> None:
        self._idle = list(things)
        self._most = most
        self._lent = Counter[int]()
        self._waiting: dict[int, deque[asyncio.Future[Thing]]] = {}
        """Who waits, by owner; the first owner has the next turn."""

    @asynccontextmanager
    async def lend(self, owner: int) -> AsyncGenerator[Thing]:
        """Wait for the owner's turn and lend a thing: the one that was given back last."""
        turn: asyncio.Future[Thing] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(owner, deque()).append(turn)
        self._lend_next()
        try:
            thing = await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was lent in the same moment
                self._take_back(owner, turn.result())
            raise
        try:
            yield thing
        finally:
            self._take_back(owner, thing)

    def _take_back(self, owner: int, thing: Thing) -> None:
        self._lent[owner] -= 1
        self._idle.append(thing)
        self._lend_next()

    def _lend_next(self) -> None:
        """Lend what is idle to the first owners who may have more; each goes to the end of the line then."""
        for owner in list(self._waiting):
            turns = self._waiting.pop(owner)
            while turns and turns[0].done():  # cancelled
                turns.popleft()
            if not turns:
                continue
            if not self._idle or self._lent[owner] >= self._most(owner):
                self._waiting[owner] = turns
                continue
            self._lent[owner] += 1
            turns.popleft().set_result(self._idle.pop())
            if turns:
                self._waiting[owner] = turns
