"""The age gate: every road to a story for adults, in every kind of place."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from simcord.builders import ChannelHandle
from simcord.results import ResponseMessage

from bot.domain.rights import Audience
from bot.domain.settings import ReaderSettings
from bot.errors import ReaderError
from bot.ui.ids import RandomQuote, ReadStory, ShowCard, ShowVote
from tests.elsewhere import press_elsewhere
from tests.library import Library
from tests.restricting import restrict
from tests.screens import mine
from tests.seen import is_refusal, shown, text_of
from tests.votes import votes_of

pytestmark = pytest.mark.sqlite("it is about channels")

TITLE = "Behind the Velvet Door"


async def thread_in(library: Library, channel: ChannelHandle) -> ChannelHandle:
    thread = library.env.backend.create_thread(channel.id, "talk", library.ann.id)
    await library.env.settle()
    return ChannelHandle(library.env, library.ann.guild, thread)


async def by_name(library: Library, channel: ChannelHandle, command: str) -> ResponseMessage:
    answer = shown(await library.ann.slash(channel, command, story=TITLE))
    assert all(is_refusal(error.__cause__, "story-not-found") for error in library.env.errors)  # looked at
    return answer


ROADS: dict[str, Callable[[Library, ChannelHandle], Awaitable[str]]] = {}


def road(
    look: Callable[[Library, ChannelHandle], Awaitable[str]],
) -> Callable[[Library, ChannelHandle], Awaitable[str]]:
    ROADS[look.__name__] = look
    return look


for _command in ("read", "stories", "quote", "react", "vote", "review"):

    def _named(command: str) -> Callable[[Library, ChannelHandle], Awaitable[str]]:
        async def look(library: Library, channel: ChannelHandle) -> str:
            return text_of(await by_name(library, channel, command)).replace(f"called “{TITLE}”", "")

        return look

    ROADS[_command] = _named(_command)


@road
async def the_list(library: Library, channel: ChannelHandle) -> str:
    return text_of(shown(await library.ann.slash(channel, "stories", share=True)))


@road
async def autocomplete(library: Library, channel: ChannelHandle) -> str:
    return " ".join(choice["name"] for choice in await library.ann.autocomplete(channel, "read", "story", "velv"))


@road
async def by_its_words(library: Library, channel: ChannelHandle) -> str:
    found = shown(await library.ann.slash(channel, "search", text='"9th bottle"'))
    return text_of(found).replace("bottle", "")  # which others have, too


@road
async def by_its_name_in_a_search(library: Library, channel: ChannelHandle) -> str:
    return text_of(shown(await library.ann.slash(channel, "search", text=TITLE))).replace(f"Results for {TITLE}", "")


@road
async def most_loved(library: Library, channel: ChannelHandle) -> str:
    await library.store.reactions.toggle(await velvet(library), library.ben.id, "🔥")
    return text_of(shown(await library.ann.slash(channel, "top", everywhere=True)))


@road
async def going_on(library: Library, channel: ChannelHandle) -> str:
    adults = library.ann.guild.create_text_channel("adults")
    await restrict(library, adults)
    await by_name(library, adults, "read")
    said = text_of(shown(await library.ann.slash(channel, "read")))
    assert all(is_refusal(error.__cause__, "nothing-begun") for error in library.env.errors)
    return said


@road
async def following(library: Library, channel: ChannelHandle) -> str:
    seen = library.store.for_audience(Audience(adult=True))
    await library.store.follows.follow(library.ann.id, "story", (await seen.stories.find(TITLE)).id, library.guild_id)
    return text_of(await mine(library.ann, channel, "following"))


@road
async def a_list_of_ones_own(library: Library, channel: ChannelHandle) -> str:
    await library.store.reading_lists.put(library.ann.id, await velvet(library), "later")
    return text_of(await mine(library.ann, channel, "later"))


async def velvet(library: Library) -> int:
    return (await library.store.publishing.known("folder"))["velvet"].story


@pytest.mark.parametrize("name", ROADS)
async def test_a_story_for_adults_is_not_shown_in_an_open_channel(library: Library, name: str) -> None:
    said = await ROADS[name](library, library.channel)
    assert "Velvet" not in said and "bottle" not in said


@pytest.mark.parametrize("name", ROADS)
async def test_a_story_for_adults_is_shown_in_an_age_restricted_channel(library: Library, name: str) -> None:
    await restrict(library, library.channel)
    said = await ROADS[name](library, library.channel)
    assert "Velvet" in said


@pytest.mark.parametrize("name", [name for name in ROADS if name != "going_on"])
async def test_a_story_for_adults_shows_nowhere_where_the_bot_takes_none(library: Library, name: str) -> None:
    assert await library.store.publishing.take_adult(False) == 1
    await restrict(library, library.channel)
    try:
        said = await ROADS[name](library, library.channel)
    except ReaderError as error:  # the road begins with a look for the story, as adults may
        said = error.message
    assert "Velvet" not in said and "bottle" not in said


async def test_it_shows_again_where_the_bot_takes_them_again(library: Library) -> None:
    await restrict(library, library.channel)
    assert await library.store.publishing.take_adult(False) == 1
    assert await library.store.publishing.take_adult(True) == 0
    assert "Velvet" in await ROADS["the_list"](library, library.channel)


@pytest.mark.parametrize("restricted", [True, False])
async def test_a_thread_is_as_restricted_as_its_channel(library: Library, restricted: bool) -> None:
    await restrict(library, library.channel, restricted)
    thread = await thread_in(library, library.channel)
    said = text_of(shown(await library.ann.slash(thread, "stories", share=True)))
    assert ("Velvet" in said) is restricted


async def test_a_direct_message_counts_as_open(library: Library) -> None:
    said = text_of(shown(await library.ann.user.slash("stories", story=TITLE, share=True))).replace(
        f"called “{TITLE}”", ""
    )
    assert "Velvet" not in said
    assert all(is_refusal(error.__cause__, "story-not-found") for error in library.env.errors)


async def test_a_direct_message_allows_what_its_reader_says(library: Library) -> None:
    ann, said = library.ann.user, ReaderSettings(adult=True)
    await library.store.settings.change_reader(library.ann.id, lambda _: said)
    assert "Velvet" in text_of(shown(await ann.slash("stories", share=True)))
    assert TITLE in text_of(shown(await ann.slash("read", story=TITLE)))
    assert "Velvet" in text_of(shown(await ann.slash("search", text=TITLE)))
    assert "Velvet" not in text_of(shown(await library.ben.user.slash("stories", share=True)))
    assert "Velvet" not in text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings())
    assert "Velvet" not in text_of(shown(await ann.slash("stories", share=True)))


async def test_among_several_in_a_direct_message_nothing_is_certain(library: Library) -> None:
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(adult=True))
    assert "Velvet" in text_of(shown(await library.ann.user.slash("stories", story=TITLE, share=True)))
    said = text_of(await press_elsewhere(library, ShowCard(await velvet(library)), group=True))
    assert "age-restricted" in said and "Velvet" not in said


@pytest.mark.parametrize("kind", [ShowCard, ReadStory, RandomQuote, ShowVote])
async def test_a_message_between_two_users_is_none_with_the_bot(library: Library, kind: type[ShowCard]) -> None:
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(adult=True))
    said = await press_elsewhere(library, kind(await velvet(library)), of_two=True)
    assert "age-restricted" in text_of(said) and "Velvet" not in text_of(said) and said.ephemeral


def test_no_answer_depends_on_the_type_of_a_direct_message() -> None:
    """Alone with the bot is `interaction.context`: messages between two users have the same type of channel."""
    root = Path(__file__).parents[2]
    for path in (*(root / "cogs").rglob("*.py"), *(root / "bot").rglob("*.py")):
        assert not re.search(r"isinstance\([^\n]*DMChannel|ChannelType\.private\b", path.read_text("utf-8")), path.name


async def test_buttons_close_where_a_channel_is_open_again(library: Library) -> None:
    await restrict(library, library.channel)
    card = await by_name(library, library.channel, "stories")
    page = await by_name(library, library.channel, "read")
    quote = await by_name(library, library.channel, "quote")
    card = shown(await library.ann.click(card, label="More"))
    await restrict(library, library.channel, False)
    for message, label in ((card, "Read"), (card, "Vote"), (page, "Info"), (page, "I want more"), (quote, "More")):
        said = library.refused(await library.ann.click(message, label=label))
        assert "age-restricted" in said and "Velvet" not in said
    assert (await votes_of(library.store, await velvet(library))).all == 0


async def test_a_random_quote_is_never_from_a_story_for_adults_in_an_open_channel(library: Library) -> None:
    for _ in range(40):
        quote = shown(await library.ann.slash(library.channel, "quote"))
        assert "Velvet" not in str(quote.embeds[0].footer.text)


async def test_an_unrated_story_is_gated_where_the_host_says_so(library: Library) -> None:
    await library.store.publishing.gate_unrated(True)
    assert "Lighthouse" not in text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))
    await restrict(library, library.channel)
    assert "Lighthouse" in text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))


def test_no_road_goes_round_the_gate() -> None:
    """What answers an interaction asks `bot.interactions.audience.store_for` for its store, never the bot."""
    root = Path(__file__).parents[2]
    services = ("posts", "questions", "quotes", "reactions", "reading", "redrawing", "reviews", "stories")
    plumbing = [root / "bot" / "interactions" / f"{name}.py" for name in ("messages", "options")]
    shared = [root / "bot" / "services" / f"{name}.py" for name in services]
    for path in (*(root / "cogs").glob("*.py"), *shared, *plumbing):
        assert "client.store" not in path.read_text("utf-8"), path.name
