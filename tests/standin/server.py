"""The stand-in as a whole: it serves while a block runs, and tells who waits what has come to be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from tests.standin.api import Api
from tests.standin.gateway import Gateway, Limits
from tests.standin.interactions import Interaction, Interactions
from tests.standin.troubles import Troubles
from tests.standin.world import Description, Message, World

T = TypeVar("T")

PATIENCE_SECONDS = 15.0


class StandIn:
    """Discord on this machine."""

    def __init__(self, description: Description | None = None, limits: Limits | None = None) -> None:
        self.world = World(description)
        self.troubles = Troubles()
        self.interactions = Interactions(self.world)
        self._changes: set[asyncio.Event] = set()
        self.gateway = Gateway(self.world, limits or Limits(), self.changed)
        self.api = Api(self.world, self.interactions, self.gateway, self.troubles, self.changed)

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.api.application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return self.world.url

    def changed(self) -> None:
        """Let all who wait look again."""
        for event in self._changes:
            event.set()

    async def until(self, true: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
        """Wait until something is true of what came from the bot. Raises `TimeoutError`."""
        event = asyncio.Event()
        self._changes.add(event)
        try:
            async with asyncio.timeout(seconds):
                while not (found := true()):
                    event.clear()
                    await event.wait()
            return found
        finally:
            self._changes.discard(event)

    async def shows(self, interaction: Interaction, label: str) -> Message:
        """Wait until the message of an answer has a button with this label. Raises `TimeoutError`."""
        try:
            await self.until(lambda: interaction.original is not None and label in interaction.original.labels)
        except TimeoutError as error:
            message = interaction.original
            raise TimeoutError(f"no {label!r}: {message and message.labels}, {interaction.texts}") from error
        return interaction.shown
