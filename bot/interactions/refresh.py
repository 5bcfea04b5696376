"""Redraw messages with counts after presses, no faster than Discord allows.

A press is saved before its message is redrawn. A press after a pause redraws its message immediately. Presses soon
after that are only acknowledged, and a single later redraw shows all of them. A redraw shows everything saved before it
starts; later presses request another redraw.
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
"""Minimum seconds between two redraws of a message; Discord allows about five edits in five seconds."""

TRIES = 3
"""Maximum number of consecutive failed redraws of a message; the next press requests another redraw."""

CLOSE_SECONDS = 5.0
"""Timeout in seconds for the last redraws when the bot closes."""

Draw = Callable[[], Awaitable[Screen]]
"""Callback that reads the current counts and returns the message's new screen."""

Act = Callable[[], Awaitable[object]]
"""Callback that redraws a message."""


@dataclass(slots=True)
class _Recent:
    """State of a recently drawn message."""

    draw_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the message is drawn."""
    pause: InterruptibleSleep = field(default_factory=InterruptibleSleep)
    act: Act | None = None
    """Redraws the message with the presses since the last redraw; None if there are none."""
    failures: int = 0
    """Number of consecutive failed redraws."""


class Refresher:
    """Redraws each message at most once in `PAUSE_SECONDS`; a message is forgotten after a pause without presses."""

    def __init__(self) -> None:
        self._recent: dict[int, _Recent] = {}
        self._following: set[asyncio.Task[None]] = set()
        self._is_closing = False

    async def answer(self, interaction: discord.Interaction, draw: Draw, now: Screen | None = None) -> None:
        """Answer a saved press: redraw its message, or acknowledge the press and redraw the message soon.

        *now* is the message's screen right after the press, if it is known.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or self._is_closing:
            await redraw(interaction, now or await draw())
            return
        again = partial(_draw_again, interaction, draw)
        if message.id in self._recent:
            try:
                await acknowledge(interaction)
            finally:  # Discord allows edits only after the acknowledgement
                self.soon(message.id, again)
            return
        async with self._drawing(message.id) as recent:
            try:
                await redraw(interaction, now or await draw())
            except ReaderError:
                raise
            except Exception as error:  # the press is saved; only the message is out of date
                if isinstance(error, discord.NotFound) and error.code == UNKNOWN_MESSAGE:
                    raise ReaderError("counted-without-message") from error
                log.warning("A message could not be drawn; it is tried again: %r", error, exc_info=unexpected(error))
                recent.act = again
                if not interaction.response.is_done():
                    await acknowledge(interaction)

    def soon(self, message: int, act: Act) -> None:
        """Redraw a message by *act*: now, or after a pause if the message was drawn recently."""
        if (recent := self._recent.get(message)) is not None:
            recent.act = act
        else:
            self._recent[message] = recent = _Recent(act=act)
            self._start_redraws(message, recent, 0)

    async def idle(self, message: int) -> None:
        """Wait until no redraw of *message* is running: an older redraw must not overwrite a newer one."""
        if (recent := self._recent.get(message)) is not None:
            async with recent.draw_lock:
                pass

    async def close(self) -> None:
        """Finish the pending redraws without pauses, before the bot closes."""
        self._is_closing = True
        for recent in self._recent.values():
            recent.pause.wake()
        if self._following:
            await asyncio.wait(self._following, timeout=CLOSE_SECONDS)

    @asynccontextmanager
    async def _drawing(self, message: int) -> AsyncGenerator[_Recent]:
        self._recent[message] = recent = _Recent()
        try:
            async with recent.draw_lock:
                yield recent
        finally:
            self._start_redraws(message, recent, PAUSE_SECONDS)

    def _start_redraws(self, message: int, recent: _Recent, seconds: float) -> None:
        task = asyncio.create_task(self._draw_while_pressed(message, recent, seconds))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def _draw_while_pressed(self, message: int, recent: _Recent, seconds: float) -> None:
        """Redraw a message after each pause, until a pause passes without presses."""
        try:
            while True:
                if not self._is_closing:
                    await recent.pause.wait(seconds)
                if (act := recent.act) is None:
                    break
                recent.act, seconds = None, PAUSE_SECONDS
                async with recent.draw_lock:
                    await _redraw_once(recent, act)
        finally:
            del self._recent[message]


async def _redraw_once(recent: _Recent, act: Act) -> None:
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
    """Redraw the pressed message: with the interaction's token, or as the bot if the token has expired."""
    try:
        await draw_if_on(await interaction.original_response(), custom_id_of(interaction), draw)
    except discord.NotFound as error:
        if error.code == UNKNOWN_MESSAGE or interaction.message is None or interaction.channel_id is None:
            raise
        channel = interaction.client.get_partial_messageable(interaction.channel_id, guild_id=interaction.guild_id)
        await draw_if_on(await channel.fetch_message(interaction.message.id), custom_id_of(interaction), draw)


async def draw_if_on(message: discord.Message, custom_id: str, draw: Draw) -> None:
    """Redraw *message* if it still has the button with *custom_id*; its reader may have turned the page."""
    if custom_id in ids_on(message):
        screen = await draw()
        await message.edit(embeds=screen.embeds, view=screen.view, attachments=screen.files or discord.utils.MISSING)
