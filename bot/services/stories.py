"""Stories: their card, the reader's latest story, and the language that they read."""

from asyncio import gather
from contextlib import suppress

import discord

from bot.errors import ReaderError, StoryGated, StoryGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import id_on, ids_on
from bot.services.questions import asked_of, spoilers_of
from bot.services.reactions import offered_reactions
from bot.stories.model import StorySummary
from bot.ui.ids import AnotherStory, UnfoldCard
from bot.ui.questions import closed_lines
from bot.ui.screen import Screen
from bot.ui.stories import CHAPTERS_SHOWN, card_screen

CLOSED_SHOWN = 3
"""Maximum number of closed questions on a card."""


async def card_of(
    interaction: Interaction,
    story: int,
    by_chance: int | None = None,
    *,
    more: bool | None = None,
    public: bool = False,
) -> Screen:
    """Return a story's card. *by_chance* is the id of a query, for a button that draws another story from it.

    *more* unfolds the rarer parts; None keeps the state of the pressed card. A *public* card omits the reader's own
    list and answers.
    """
    store, guild, reader = store_for(interaction), interaction.guild_id, interaction.user.id
    card, heat, reads, closed = await gather(
        store.stories.card(story),
        store.heats.find(story),
        language_read(interaction),
        _closed_lines(interaction, story, public=public),
    )
    contents, question, reviews, reactions, offered, holding = await gather(
        store.stories.contents(story, 1, CHAPTERS_SHOWN),
        asked_of(interaction, card.entry),
        store.review_lists.count(story, guild or 0),
        store.reactions.tally(story),
        offered_reactions(interaction),
        store.reading_lists.holding(reader, story),
    )
    own = await store.ballots.of(question.id, reader) if question is not None and not public else None
    wishes = card.entry.wishes
    drawn = id_on(interaction.message, AnotherStory)  # the pressed card may be a random draw
    return card_screen(
        card,
        contents=contents if card.entry.chapters > 1 else [],
        question=question,
        own=own,
        closed=closed,
        wishes=wishes,
        reviews=reviews if wishes.review else None,
        reactions=reactions,
        offered=offered,
        heat=heat,
        by_chance=drawn.query_id if by_chance is None and drawn is not None else by_chance,
        reads=reads,
        holding=None if public else holding,
        more=_is_unfolded(interaction, story) if more is None else more,
    )


async def _closed_lines(interaction: Interaction, story: int, *, public: bool) -> str:
    """Return the last closed own questions of a story, with those veiled that the reader has not reached."""
    store = store_for(interaction)
    questions = await store.questions.closed(story, interaction.guild_id, CLOSED_SHOWN)
    spoilers = await spoilers_of(interaction, story, questions, 0 if public else interaction.user.id)
    return closed_lines([(each, each in spoilers) for each in questions])


def _is_unfolded(interaction: discord.Interaction, story: int) -> bool:
    return str(UnfoldCard(story, False)) in ids_on(interaction.message)


async def latest_story(interaction: Interaction) -> StorySummary:
    """Return the story that the reader opened last. Raises `ReaderError`."""
    story = await store_for(interaction).places.latest(interaction.user.id)
    if story is None:
        raise ReaderError("nothing-begun")
    return story


async def shown_story(interaction: Interaction, story: int) -> StorySummary | None:
    """Return a story; None if it is gone or hidden here."""
    with suppress(StoryGone, StoryGated):
        return await store_for(interaction).stories.entry(story)
    return None


async def language_read(interaction: Interaction) -> str:
    """Return the language that the reader chose for stories, else their Discord language."""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    return chosen.language or interaction.locale.value
