"""Anywhere: in servers that the bot is not in, where an account brings it along, and in messages among several."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.questions import Counts
from bot.ui.ids import CastVote, RandomQuote, ReadStory, ShowCard, ShowFollow, ShowReactions, ShowReadingLists, ShowVote
from tests.elsewhere import ELSEWHERE, press_elsewhere
from tests.library import Library
from tests.seen import text_of
from tests.votes import votes_of

pytestmark = pytest.mark.sqlite("it is about where Discord brings the bot")


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize(
    "kind", [ShowCard, ReadStory, RandomQuote, ShowReactions, ShowVote, ShowReadingLists, ShowFollow]
)
async def test_buttons_answer_where_the_bot_is_no_member(library: Library, kind: Any, group: bool) -> None:
    story = await library.id_of("Lighthouse")
    answer = await press_elsewhere(library, kind(story), group=group)
    assert answer.embeds and "Something went wrong" not in text_of(answer)
    assert not library.env.errors


async def test_a_vote_counts_there_and_overall(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await press_elsewhere(library, CastVote("continue", story, "card", 0, 0))
    assert await votes_of(library.store, story, ELSEWHERE) == Counts((1, 0), (1, 0))


@pytest.mark.parametrize("group", [False, True])
async def test_nothing_for_adults_shows_where_it_is_not_certain(library: Library, group: bool) -> None:
    story = (await library.store._db.rows("SELECT id FROM stories WHERE mature = 1"))[0][0]  # pyright: ignore[reportPrivateUsage]
    answer = await press_elsewhere(library, ShowCard(story), group=group)
    assert "Velvet" not in text_of(answer) and answer.ephemeral


async def test_an_age_restricted_channel_of_an_unknown_server_is_one(library: Library) -> None:
    story = (await library.store._db.rows("SELECT id FROM stories WHERE mature = 1"))[0][0]  # pyright: ignore[reportPrivateUsage]
    assert "Velvet" in text_of(await press_elsewhere(library, ShowCard(story), nsfw=True))
