"""Refuses stories for adults, where whoever runs the bot takes none (the setting ``ADULT_STORIES``)."""

from typing import Any

from bot.importing.worker import ReadFile
from bot.stories import Refused, Story
from bot.stories.ratings import is_gated, read_rating

FOR_ADULTS = Refused("for-adults", "it is for adults, and this bot takes no such stories")


def refusing_adult(read: ReadFile, *, unrated_is_mature: bool) -> ReadFile:
    """Return what reads files as *read* does, and raises `Refused` for a story that only adults may see."""

    async def reading(*file: Any, **whose: Any) -> tuple[Story, str]:
        story, digest = await read(*file, **whose)
        rating = read_rating(story.metadata, story.all_notes)
        if is_gated(rating, unrated=unrated_is_mature):
            raise FOR_ADULTS
        return story, digest

    return reading
