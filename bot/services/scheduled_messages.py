"""The messages of a run: sent so that they are known again, and found again."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import discord

from bot.domain.schedules import RunLease
from bot.interactions.client import Oneshot
from bot.services.delivery import nonce_of
from bot.ui.ids.schedules import ReadPosted
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

SKEW_SECONDS = 10 * 60
"""Seconds by which Discord's clock may be behind ours: it dates the messages that are looked for."""

THREAD_EXISTS = 160004
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

ARCHIVED_AFTER = 7 * 24 * 60
"""Minutes without a message until Discord archives a thread; the next message opens it again."""


class RunMessages:
    """Sends the parts of one run into a server."""

    def __init__(self, bot: Oneshot, begun: RunLease, guild: int) -> None:
        self._bot = bot
        self._begun = begun
        self._guild = guild

    async def send(self, part: int, channel: int, screen: Screen, role: int | None = None) -> int:
        """Send a part, and tell *role* alone of it; the message. Once it is there nothing may fail."""
        message = await self._in(channel).send(
            content=f"<@&{role}>" if role else None,
            embeds=screen.embeds,
            view=screen.view or discord.utils.MISSING,
            files=screen.files,
            allowed_mentions=discord.AllowedMentions(
                everyone=False, users=False, roles=[discord.Object(role)] if role else False, replied_user=False
            ),
            nonce=nonce_of(self._begun.plan, self._begun.number, self._begun.begun_at, part),
        )
        if screen.story is not None:
            await self._record(message.id, channel, screen.story.id, screen)
        return message.id

    async def _record(self, message: int, channel: int, story: int, screen: Screen) -> None:
        posts = self._bot.store.posts
        try:
            await posts.record(message, channel, self._guild, story, quote=screen.quote, page=screen.page)
        except Exception:
            log.exception("What followed a message failed: emoji on message %d will not count", message)
        self._bot.dispatch("story_post", channel, message)

    async def there(self, channel: int) -> dict[int, int]:
        """The messages of this run that are in a channel already, by their parts."""
        since = datetime.fromtimestamp(self._begun.begun_at - SKEW_SECONDS, UTC)
        found: dict[int, int] = {}
        async for message in self._in(channel).history(limit=None, after=since, oldest_first=True):
            part = self._part(message)
            if part:
                found[part] = message.id
        return found

    def _part(self, message: discord.Message) -> int:
        """Which part of this run a message is; 0 for none."""
        if self._bot.user is None or message.author.id != self._bot.user.id:
            return 0
        for row in message.components:
            for item in row.children if isinstance(row, discord.ActionRow) else ():
                if match := ReadPosted.pattern().fullmatch(item.custom_id or ""):
                    mark = ReadPosted.read(match)
                    return mark.part if (mark.plan, mark.run) == (self._begun.plan, self._begun.number) else 0
        return 0

    async def open_thread(self, channel: int, message: int, name: str) -> int:
        """Open a thread under a message, or find the one that is open already."""
        starter = self._in(channel).get_partial_message(message)
        try:
            return (await starter.create_thread(name=name, auto_archive_duration=ARCHIVED_AFTER)).id
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
            return message  # a thread has the id of the message that it begins with

    def _in(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel, guild_id=self._guild)
