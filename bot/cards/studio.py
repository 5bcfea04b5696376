"""A queue that draws cards in threads, a few at a time, and caches them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.cards.designs import Design, draw
from bot.cards.words import CardText
from bot.errors import CardError

AT_ONCE = 2
"""Maximum number of cards drawn in parallel."""

WAITING = 16
"""Maximum number of cards that wait to be drawn: a second or two of work."""

KEPT_BYTES = 16 * 1024**2
"""Maximum size of the cache, in bytes. The least recently used cards are dropped first."""

_Key = tuple[CardText, Design]


class Studio:
    """Draws cards without blocking the event loop. ``async with aclosing(Studio()) as studio`` closes it."""

    def __init__(self, draw: Callable[[CardText, Design], bytes] = draw, kept_bytes: int = KEPT_BYTES) -> None:
        self._draw = draw
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="card")
        self._drawing: dict[_Key, asyncio.Future[bytes]] = {}
        self._kept: OrderedDict[_Key, bytes] = OrderedDict()
        self._room = kept_bytes

    async def aclose(self) -> None:
        """Wait for the cards that are being drawn, and cancel those that wait in the queue."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    async def card(self, text: CardText, design: Design) -> bytes:
        """Return the card as a PNG. Callers who ask for the same card at the same time share one drawing.

        A cancelled caller does not cancel the drawing. Raises `NotDrawable` if no font has some character, and
        `CardError` if the card is too large or the queue is full.
        """
        key = (text, design)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._drawing:
            if len(self._drawing) >= AT_ONCE + WAITING:
                raise CardError("too-many-cards")
            drawing = asyncio.get_running_loop().run_in_executor(self._threads, self._draw, text, design)
            self._drawing[key] = drawing
            drawing.add_done_callback(partial(self._finish, key))
        return await asyncio.shield(self._drawing[key])

    def _finish(self, key: _Key, drawing: asyncio.Future[bytes]) -> None:
        del self._drawing[key]
        if drawing.cancelled() or drawing.exception() is not None:
            return
        self._kept[key] = drawing.result()
        self._room -= len(drawing.result())
        while self._room < 0:
            _, oldest = self._kept.popitem(last=False)
            self._room += len(oldest)
