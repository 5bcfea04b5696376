"""Posting, redrawing and copying screens. Messages about a story are recorded, so that emoji on them count."""

from asyncio import gather
from functools import partial

from bot.domain.reactions import Post
from bot.errors import DatabaseAway
from bot.interactions.audience import is_alone_with_bot, store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.messages import is_owner, is_private
from bot.interactions.permissions import allow_sharing, may_write_here
from bot.interactions.replies import redraw, send
from bot.stories.model import StorySummary
from bot.ui.screen import Screen


async def post(interaction: Interaction, screen: Screen, *, private: bool) -> None:
    """Answer with a new message. Emoji on a public message about a story count as reactions to the story.

    The message is also private if the story must not be shared, or if the reader may not write in the channel. In a
    direct message with the bot a page is never ephemeral.
    """
    private = private or not _may_share(screen.story) or not may_write_here(interaction)
    if screen.page is not None and is_alone_with_bot(interaction):
        private = False
    message = await send(interaction, screen, private=private)
    if message is not None:
        await record_post(interaction.client, _post_of(interaction, message), screen)


async def opens_privately(interaction: Interaction, share: bool | None = None) -> bool:
    """Return whether a page, list or card opens as a private message.

    The first that is set decides: *share*, the reader's setting, the server's, the host's. In a direct message with
    the bot, only an answer to a private message is private. Raises `ReaderError` for *share* where the reader may not
    write.
    """
    if is_alone_with_bot(interaction):
        return is_private(interaction)
    if share:
        allow_sharing(interaction)
    if share is not None:
        return not share
    settings = store_for(interaction).settings
    own, here = await gather(settings.of_reader(interaction.user.id), settings.of_server(interaction.guild_id))
    chosen = here.private if own.private is None else own.private
    return interaction.client.private_reading if chosen is None else chosen


async def update_or_copy(interaction: Interaction, screen: Screen) -> None:
    """Redraw the pressed message for its owner; send anyone else a private copy.

    If the story must not be shared, the owner of a public message gets a private copy, too.
    """
    if not await _is_redrawn(interaction, screen.story):
        await post(interaction, screen, private=True)
        return
    await redraw(interaction, screen)
    if message := _public_message(interaction, screen.story):
        await record_post(interaction.client, _post_of(interaction, message), screen)


async def redrawn_for_all(interaction: Interaction, story: StorySummary) -> int:
    """Return the id of the public message that `update_or_copy` will redraw with a page of *story*; 0 for none."""
    message = _public_message(interaction, story)
    return message if message and await _is_redrawn(interaction, story) else 0


def _public_message(interaction: Interaction, story: StorySummary | None) -> int:
    """Return the id of the pressed message if it is public and *story* is given, else 0."""
    message = interaction.message
    return 0 if message is None or is_private(interaction) or story is None else message.id


async def _is_redrawn(interaction: Interaction, story: StorySummary | None) -> bool:
    return await is_owner(interaction) and (is_private(interaction) or _may_share(story))


def _may_share(story: StorySummary | None) -> bool:
    return story is None or story.may_share


def _post_of(interaction: Interaction, message: int) -> Post:
    return Post(message, interaction.channel_id or 0, interaction.guild_id)


async def record_post(bot: Oneshot, post: Post, screen: Screen) -> None:
    """Record which story a message shows, and which quote or page of the story; nothing for a screen without a story.

    Dispatches ``story_post`` with the ids of channel and message if the message is new or shows another story or quote.
    Dispatches ``post_missed`` with the post and a retry function if the database is unreachable.
    """
    if screen.story is None:
        return
    record = partial(bot.store.posts.record, post, screen.story.id, quote=screen.quote, page=screen.page)
    try:
        is_new = await record()
    except DatabaseAway:
        bot.dispatch("post_missed", post, record)
        return
    if is_new:
        bot.dispatch("story_post", post.channel, post.message)
