"""Things that several share, lent to each owner in turn: nobody's many requests hold up another's one."""

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
        self._to_the_end(owner)
        self._lend_next()

    def _lend_next(self) -> None:
        """Lend what is idle to the first owners who may have more, one each."""
        for owner, turns in list(self._waiting.items()):
            while turns and turns[0].done():  # cancelled
                turns.popleft()
            if turns and self._idle and self._lent[owner] < self._most(owner):
                self._lent[owner] += 1
                turns.popleft().set_result(self._idle.pop())
                self._to_the_end(owner)
            if not turns:
                del self._waiting[owner]

    def _to_the_end(self, owner: int) -> None:
        """Let all others have their turn first."""
        if owner in self._waiting:
            self._waiting[owner] = self._waiting.pop(owner)
