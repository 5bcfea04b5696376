"""The messages of one run of a schedule: sent, and found again after a crash."""

import logging
from datetime import UTC, datetime

import discord

from bot.domain.schedules import RunLease
from bot.interactions.client import Oneshot
from bot.services.delivery import nonce_of
from bot.services.posts import record_post
from bot.ui.ids.schedules import ReadPosted
from bot.ui.screen import Screen

log = logging.getLogger(__name__)

SKEW_SECONDS = 10 * 60
"""Seconds that Discord's clock may be behind ours: it dates the messages that are looked for."""

THREAD_EXISTS = 160004
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

ARCHIVED_AFTER = 7 * 24 * 60
"""Minutes without a message until Discord archives a thread; the next message opens it again."""


class RunMessages:
    """Sends the parts of one run, and finds those that were sent; *lease* says which run it is."""

    def __init__(self, bot: Oneshot, lease: RunLease, guild: int) -> None:
        self._bot = bot
        self._lease = lease
        self._guild = guild

    async def send(self, part: int, channel: int, screen: Screen, role: int | None = None) -> int:
        """Send a part that mentions only *role*; return the message's id. Once it is sent nothing may fail."""
        message = await self._in(channel).send(
            content=f"<@&{role}>" if role else None,
            embeds=screen.embeds,
            view=screen.view or discord.utils.MISSING,
            files=screen.files,
            allowed_mentions=discord.AllowedMentions(
                everyone=False, users=False, roles=[discord.Object(role)] if role else False, replied_user=False
            ),
            nonce=nonce_of(self._lease.plan, self._lease.number, self._lease.begun_at, part),
        )
        if screen.story is not None:
            await self._record(message.id, channel, screen.story.id, screen)
        return message.id

    async def _record(self, message: int, channel: int, story: int, screen: Screen) -> None:
        try:
            await record_post(self._bot, message, channel, self._guild, story, quote=screen.quote, page=screen.page)
        except Exception:
            log.exception("Message %d was sent, but not recorded: emoji on it will not count", message)

    async def sent(self, channel: int) -> dict[int, int]:
        """Return the messages of this run that a channel has already, by their parts."""
        since = datetime.fromtimestamp(self._lease.begun_at - SKEW_SECONDS, UTC)
        found: dict[int, int] = {}
        async for message in self._in(channel).history(limit=None, after=since, oldest_first=True):
            part = self._part(message)
            if part:
                found[part] = message.id
        return found

    def _part(self, message: discord.Message) -> int:
        """Return which part of this run a message is, by its button; 0 for none."""
        if self._bot.user is None or message.author.id != self._bot.user.id:
            return 0
        for row in message.components:
            for item in row.children if isinstance(row, discord.ActionRow) else ():
                if match := ReadPosted.pattern().fullmatch(item.custom_id or ""):
                    button = ReadPosted.read(match)
                    return button.part if (button.plan, button.run) == (self._lease.plan, self._lease.number) else 0
        return 0

    async def open_thread(self, channel: int, message: int, name: str) -> int:
        """Open a thread under a message, or return the one that is there already."""
        starter = self._in(channel).get_partial_message(message)
        try:
            return (await starter.create_thread(name=name, auto_archive_duration=ARCHIVED_AFTER)).id
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
            return message  # a thread has the id of the message that it begins with

    def _in(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel, guild_id=self._guild)
