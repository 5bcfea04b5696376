"""Anywhere: in servers that the bot is not in, where an account brings it along, and in messages among several."""

from __future__ import annotations

from typing import Any

import pytest
from simcord.backend import serializers
from simcord.enums import InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.questions import Counts
from bot.ui.ids.follows import ShowFollow
from bot.ui.ids.pages import ReadStory, ShowCard
from bot.ui.ids.questions import CastVote, ShowVote
from bot.ui.ids.quotes import RandomQuote
from bot.ui.ids.reactions import ShowReactions
from bot.ui.ids.reading_lists import ShowReadingLists
from tests.library import Library
from tests.seen import shown, text_of
from tests.votes import votes_of

pytestmark = pytest.mark.sqlite("it is about where Discord brings the bot")

ELSEWHERE = 123456789012345678
"""A server that the bot is not in."""


async def press_elsewhere(
    library: Library, custom_id: object, *, group: bool = False, nsfw: bool = False, of_two: bool = False
) -> ResponseMessage:
    """Press a button on a message that the bot cannot know: in a server, among several users or *of_two*."""
    backend = library.env.backend
    known = shown(await library.ann.slash(library.channel, "help"))
    data = {"custom_id": str(custom_id), "component_type": 2}
    record, payload = base_payload(
        backend,
        type=InteractionType.MESSAGE_COMPONENT,
        channel_id=library.channel.id,
        guild_id=library.guild_id,
        user_id=library.ann.id,
        data=data,
    )
    stored = backend.get_message(library.channel.id, known.id)
    record.source_message_id = stored.id
    message: dict[str, Any] = {**serializers.message_payload(backend, stored), "flags": 0}
    pressed = {"type": 2, "style": 2, "label": "?", "custom_id": str(custom_id)}
    message["components"] = [{"type": 1, "components": [pressed]}]
    there: dict[str, Any] = {"message": message, "context": 2 if group or of_two else 0}
    if group or of_two:
        payload = {key: value for key, value in payload.items() if key not in ("guild_id", "guild", "member")}
        there |= {
            "user": payload_user(library),
            "channel": {"id": str(library.channel.id), "type": 1 if of_two else 3, "recipients": []},
        }
    else:
        there |= {"guild_id": str(ELSEWHERE), "guild": {"id": str(ELSEWHERE), "features": [], "locale": "en-US"}}
        there["channel"] = {"id": str(library.channel.id), "type": 0, "name": "far", "position": 0, "nsfw": nsfw}
        there["channel"] |= {"guild_id": str(ELSEWHERE), "permissions": "0", "parent_id": None, "topic": None}
    backend.emit("INTERACTION_CREATE", payload | there)
    await library.env.settle()
    return shown(InteractionResult(library.env, record))


def payload_user(library: Library) -> dict[str, Any]:
    return {"id": str(library.ann.id), "username": "ann", "discriminator": "0", "avatar": None, "global_name": None}


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
