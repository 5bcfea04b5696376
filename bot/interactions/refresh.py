"""Draws messages with counts again after presses: at once if few press, and no faster than Discord allows.

A press is saved before it comes here. The first press in a while is answered by drawing its message. Presses that come
right after it are only acknowledged, and one more drawing shows the counts after all of them: a drawing reads all that
was saved before it began, and what is saved later requests another.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import discord

from bot.errors import ReaderError
from bot.interactions.components import custom_id_of, ids_on
from bot.interactions.faults import UNKNOWN_MESSAGE, unexpected
from bot.interactions.replies import acknowledge, redraw
from bot.interactions.sleep import InterruptibleSleep
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.2
"""Seconds between two drawings of one message: Discord takes some five edits in five seconds."""

TRIES = 3
"""How often in a row a drawing may fail before it is given up; the next press requests another."""

CLOSE_SECONDS = 5.0
"""Seconds that the last drawings may take when the bot closes."""

Draw = Callable[[], Awaitable[Screen]]
"""Reads the present counts, and returns how the message looks with them."""

Act = Callable[[], Awaitable[object]]
"""Draws a message."""


@dataclass(slots=True)
class _Recent:
    """A message that was drawn a moment ago."""

    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while it is being drawn."""
    pause: InterruptibleSleep = field(default_factory=InterruptibleSleep)
    act: Act | None = None
    """Draws it with all that was saved since; None if nothing was."""
    failures: int = 0


class Refresher:
    """Draws each message at most once in `PAUSE_SECONDS`; a message is forgotten when nobody pressed for as long."""

    def __init__(self) -> None:
        self._recent: dict[int, _Recent] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._is_closing = False

    async def answer(self, interaction: discord.Interaction, draw: Draw, now: Screen | None = None) -> None:
        """Answer a press that was saved: draw its message, or acknowledge it and have the message drawn soon.

        *Now* is how it looks right after the press, where that is known.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or self._is_closing:
            await redraw(interaction, now or await draw())
            return
        again = partial(_draw_again, interaction, draw)
        if message.id in self._recent:
            try:
                await acknowledge(interaction)
            finally:  # not before: Discord draws nothing for a press that it has not seen answered
                self.soon(message.id, again)
            return
        async with self._drawing(message.id) as recent:
            try:
                await redraw(interaction, now or await draw())
            except ReaderError:
                raise
            except Exception as error:  # the press counts nevertheless, and what the message shows was true once
                if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                    raise ReaderError("counted-without-message") from error
                log.warning("A message could not be drawn; it is tried again: %r", error, exc_info=unexpected(error))
                recent.act = again
                if not interaction.response.is_done():
                    await acknowledge(interaction)

    def soon(self, message: int, act: Act) -> None:
        """Have *act* draw a message that was not itself pressed: now, or soon if it was drawn a moment ago."""
        if (recent := self._recent.get(message)) is not None:
            recent.act = act
        else:
            self._recent[message] = recent = _Recent(act=act)
            self._follow(message, recent, 0)

    async def idle(self, message: int) -> None:
        """Return when no drawing of *message* is under way; a later one reads all that is saved by now."""
        if (recent := self._recent.get(message)) is not None:
            async with recent.drawing:
                pass

    async def close(self) -> None:
        """Draw at once what waits to be drawn: the bot is about to close."""
        self._is_closing = True
        for recent in self._recent.values():
            recent.pause.wake()
        if self._following:
            await asyncio.wait(self._following, timeout=CLOSE_SECONDS)

    @asynccontextmanager
    async def _drawing(self, message: int) -> AsyncGenerator[_Recent]:
        self._recent[message] = recent = _Recent()
        try:
            async with recent.drawing:
                yield recent
        finally:
            self._follow(message, recent, PAUSE_SECONDS)

    def _follow(self, message: int, recent: _Recent, seconds: float) -> None:
        task = asyncio.create_task(self._draw_while_pressed(message, recent, seconds))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _draw_while_pressed(self, message: int, recent: _Recent, seconds: float) -> None:
        """Draw a message after each pause, until there is nothing more to draw."""
        try:
            while True:
                if not self._is_closing:
                    await recent.pause.wait(seconds)
                if (act := recent.act) is None:
                    break
                recent.act, seconds = None, PAUSE_SECONDS
                async with recent.drawing:
                    await _try(recent, act)
        finally:
            del self._recent[message]


async def _try(recent: _Recent, act: Act) -> None:
    try:
        await act()
    except (ReaderError, discord.Forbidden, discord.NotFound) as error:
        log.info("A message is not drawn again: %s", error)
    except Exception as error:
        recent.failures += 1
        log.warning("A message could not be drawn: %r", error, exc_info=error)
        if recent.failures < TRIES and recent.act is None:
            recent.act = act
    else:
        recent.failures = 0


async def _draw_again(interaction: discord.Interaction, draw: Draw) -> None:
    """Draw the pressed message again: by the press, or by the bot's own rights where Discord knows it no more."""
    try:
        await draw_if_on(await interaction.original_response(), custom_id_of(interaction), draw)
    except discord.NotFound as error:
        if error.code == UNKNOWN_MESSAGE or interaction.message is None or interaction.channel_id is None:
            raise
        channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        await draw_if_on(await channel.fetch_message(interaction.message.id), custom_id_of(interaction), draw)


async def draw_if_on(message: discord.Message, custom_id: str, draw: Draw) -> None:
    """Draw *message* again if it still has the button with *custom_id*: its page may have been turned."""
    if custom_id in ids_on(message):
        screen = await draw()
        await message.edit(embeds=screen.embeds, view=screen.view, attachments=screen.files or discord.utils.MISSING)
