"""Unprompted messages: sending them once despite crashes, and alerting managers.

For some minutes Discord creates no second message with the same nonce. So a retry after a lost response does not post
twice. A retry of a schedule's run may come hours later, so it also searches the channel for buttons that name the run.
This needs the permission to read the channel's history; ``doctor`` lists channels without it.
"""

import hashlib
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import discord

from bot.domain.reactions import Post
from bot.domain.schedules import RunLease
from bot.interactions.client import Oneshot
from bot.services.posts import record_post
from bot.ui.ids import ReadPosted
from bot.ui.screen import Screen

log = logging.getLogger(__name__)


SKEW_SECONDS = 10 * 60
"""Maximum seconds by which Discord's clock may be behind, for searches by a message's time."""

THREAD_EXISTS = 160004
"""Discord's error code for a message that has a thread already:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

ARCHIVED_AFTER = 7 * 24 * 60
"""Minutes without a message until Discord archives a thread; the next message unarchives the thread."""


def nonce_of(*parts: object) -> str:
    """Return a nonce of at most 25 characters (Discord's limit) for a message. Equal *parts* give an equal nonce.

    https://docs.discord.com/developers/resources/message#create-message, `enforce_nonce`, which discord.py sets.
    """
    return hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()


async def send_once(
    bot: Oneshot, channel: discord.abc.Messageable, screen: Screen, nonce: str, guild: int | None, role: int | None
) -> discord.Message:
    """Send a message that mentions only *role*, to a channel of *guild*, and record it, so that emoji on it count.

    An error while recording is only logged, since raising it would cause a second message.
    """
    message = await channel.send(
        content=f"<@&{role}>" if role else None,
        embeds=screen.embeds,
        view=screen.view or discord.utils.MISSING,
        files=screen.files,
        allowed_mentions=discord.AllowedMentions(
            everyone=False, users=False, roles=[discord.Object(role)] if role else False, replied_user=False
        ),
        nonce=nonce,
    )
    try:
        await record_post(bot, Post(message.id, message.channel.id, guild), screen)
    except Exception:
        log.exception("Message %d was sent, but not recorded: emoji on it will not count", message.id)
    return message


class RunMessages:
    """Sends the messages of one run of a schedule, and finds those already sent. *lease* identifies the run."""

    def __init__(self, bot: Oneshot, lease: RunLease, guild: int) -> None:
        self._bot = bot
        self._lease = lease
        self._guild = guild

    async def send(self, part: int, channel: int, screen: Screen, role: int | None = None) -> int:
        """Send a part that mentions only *role*; return the message's id."""
        nonce = nonce_of(self._lease.plan, self._lease.number, self._lease.begun_at, part)
        return (await send_once(self._bot, self._in(channel), screen, nonce, self._guild, role)).id

    async def sent(self, channel: int) -> dict[int, int]:
        """Return the ids of this run's messages in a channel, by part."""
        since = datetime.fromtimestamp(self._lease.begun_at - SKEW_SECONDS, UTC)
        found: dict[int, int] = {}
        async for message in self._in(channel).history(limit=None, after=since, oldest_first=True):
            part = self._part(message)
            if part:
                found[part] = message.id
        return found

    def _part(self, message: discord.Message) -> int:
        """Return the part of this run that a message shows, from the custom id of its button; 0 for none."""
        if self._bot.user is None or message.author.id != self._bot.user.id:
            return 0
        for row in message.components:
            for item in row.children if isinstance(row, discord.ActionRow) else ():
                if match := ReadPosted.pattern().fullmatch(item.custom_id or ""):
                    button = ReadPosted.read(match)
                    return button.part if (button.plan, button.run) == (self._lease.plan, self._lease.number) else 0
        return 0

    async def open_thread(self, channel: int, message: int, name: str) -> int:
        """Open a thread on a message; return its id, or that of the existing thread."""
        starter = self._in(channel).get_partial_message(message)
        try:
            return (await starter.create_thread(name=name, auto_archive_duration=ARCHIVED_AFTER)).id
        except discord.HTTPException as error:
            if error.code != THREAD_EXISTS:
                raise
            return message  # a thread has the id of its starter message

    def _in(self, channel: int) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(channel, guild_id=self._guild)


async def alert_managers(bot: discord.Client, guild: discord.Guild, by: int, here: Screen, direct: Screen) -> None:
    """Send *here* to the server's channel for updates by Discord or for system messages.

    If neither is open to the bot, send *direct* to the user *by*, else to the server's owner.
    """
    async for channel, screen in _channels(bot, guild, by, here, direct):
        try:
            await channel.send(embeds=screen.embeds, allowed_mentions=discord.AllowedMentions.none())
        except discord.HTTPException as error:
            log.info("An alert to the managers of server %d failed: %s", guild.id, error)
        else:
            return
    log.warning("No manager of server %d could be alerted that a schedule stopped", guild.id)


async def _channels(
    bot: discord.Client, guild: discord.Guild, by: int, here: Screen, direct: Screen
) -> AsyncIterator[tuple[discord.TextChannel | discord.DMChannel, Screen]]:
    for channel in (guild.public_updates_channel, guild.system_channel):
        allowed = channel.permissions_for(guild.me) if channel is not None else None
        if channel is not None and allowed and allowed.view_channel and allowed.send_messages and allowed.embed_links:
            yield channel, here
    for user in filter(None, (by, guild.owner_id)):
        try:
            yield await bot.create_dm(discord.Object(user)), direct
        except discord.HTTPException as error:
            log.info("A direct message cannot be opened: %s", error)
