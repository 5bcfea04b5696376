"""What a message of the bot's is about is stored, and the bot told: emoji on it count from now on."""

from functools import partial

from bot.domain.posts import Post
from bot.errors import DatabaseAway
from bot.interactions.client import Oneshot
from bot.stories.model import Spot


async def record_post(
    bot: Oneshot,
    message: int,
    channel: int,
    guild: int | None,
    story: int,
    *,
    quote: int | None = None,
    page: Spot | None = None,
) -> None:
    """Store that a message shows *story*, one of its quotes, or the page that begins at *page*.

    Where that is new, ``story_post`` is dispatched with the ids of its channel and the message. Where the database is
    away, ``post_missed`` is, with the message and what to call when it is back.
    """
    record = partial(bot.store.posts.record, message, channel, guild, story, quote=quote, page=page)
    try:
        is_new = await record()
    except DatabaseAway:
        bot.dispatch("post_missed", Post(message, channel, guild), record)
        return
    if is_new:
        bot.dispatch("story_post", channel, message)
