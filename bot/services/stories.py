"""Stories: their cards, the story that a reader opened last, and the language that the reader reads."""

from asyncio import gather
from contextlib import suppress
from dataclasses import replace

import discord

from bot.domain.questions import Question
from bot.errors import ReaderError, StoryGated, StoryGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import id_on, ids_on
from bot.services.questions import asked_of, spoilers_of
from bot.services.reactions import offered_reactions
from bot.stories.model import StorySummary
from bot.ui.ids import AnotherStory, UnfoldCard
from bot.ui.screen import Screen
from bot.ui.stories import CHAPTERS_SHOWN, Card, card_screen

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
    """Return a story's card. *by_chance* is the id of the stored query from which a button draws another story.

    *more* unfolds *More* (details and buttons); None keeps the state of the pressed card. A *public* card omits the
    reader's own list and answers.
    """
    drawn = id_on(interaction.message, AnotherStory)  # the pressed card may be a random draw
    card = await facts_of_card(
        interaction,
        story,
        more=_is_unfolded(interaction, story) if more is None else more,
        public=public,
    )
    chance = drawn.query_id if by_chance is None and drawn is not None else by_chance
    return card_screen(replace(card, by_chance=chance))


async def facts_of_card(interaction: Interaction, story: int, *, more: bool, public: bool = False) -> Card:
    """Return all that a story's card shows."""
    store, reader = store_for(interaction), interaction.user.id
    shown, heat, reader_language, closed, offered = await gather(
        store.stories.card(story),
        store.heats.find(story),
        language_read(interaction),
        _closed(interaction, story, public=public),
        offered_reactions(interaction),
    )
    contents, question, reviews, reactions, holding = await gather(
        store.stories.contents(story, 1, CHAPTERS_SHOWN),
        asked_of(interaction, shown.entry),
        store.review_lists.count(story, interaction.guild_id or 0),
        store.reactions.tally(story),
        store.reading_lists.holding(reader, story),
    )
    return Card(
        story=shown,
        contents=contents,
        question=question,
        own=await store.ballots.of(question.id, reader) if question is not None and not public else None,
        closed=closed,
        reviews=reviews,
        reactions=reactions,
        offered=offered,
        heat=heat,
        reader_language=reader_language,
        holding=None if public else holding,
        by_chance=None,
        more=more,
    )


async def _closed(interaction: Interaction, story: int, *, public: bool) -> list[tuple[Question, bool]]:
    """Return a story's last closed questions (never the default), each with whether it is hidden as a spoiler."""
    store = store_for(interaction)
    questions = await store.questions.closed(story, interaction.guild_id, CLOSED_SHOWN)
    spoilers = await spoilers_of(interaction, story, questions, 0 if public else interaction.user.id)
    return [(each, each in spoilers) for each in questions]


def _is_unfolded(interaction: discord.Interaction, story: int) -> bool:
    return str(UnfoldCard(story, False)) in ids_on(interaction.message)


async def latest_story(interaction: Interaction) -> StorySummary:
    """Return the story that the reader read last. Raises `ReaderError` if they have read none."""
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
