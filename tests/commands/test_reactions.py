"""Reactions: by buttons, by emoji on the bot's messages, and how they are tallied."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from typing import Any, Literal, NoReturn

import discord
import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType

from bot.domain.reactions import Emoji, Post, Reaction
from bot.errors import DatabaseAway
from bot.interactions.client import Oneshot
from bot.store.engines import Look
from bot.store.reactions import NewestIds
from cogs.reactions import Reactions
from tests import samples
from tests.busy_writer import busy_writer
from tests.library import Library
from tests.linking import linked
from tests.screens import card_for, go_to, read_at
from tests.seen import Message, components_of, footer_of, reaction_id, shown, text_of


async def tally(library: Library, title: str = "Lighthouse") -> dict[str, int]:
    """What the store holds: readers by emoji."""
    found: list[Reaction] = await library.store.reactions.tally(await library.id_of(title))
    return {reaction.emoji.key: reaction.readers for reaction in found}


def counts(message: Message) -> dict[str, str]:
    """The emoji and their counts, as the line of them tells."""
    lines = [line.split(" · ") for line in text_of(message).split("\n")]
    [*found] = [line for line in lines if all(re.fullmatch(r"[^\w\s]+ [\d,]+", each) for each in line)]
    return dict(each.replace("\ufe0f", "").split(" ") for line in found for each in line)


async def card_of(library: Library, title: str = "Lighthouse") -> Message:
    return await card_for(library.ann, library.channel, title)


async def press(library: Library, reader: MemberActor, message: Message, emoji: str) -> Message:
    return shown(await reader.click(message, custom_id=reaction_id(message, emoji)))


# -- buttons --------------------------------------------------------------------


async def test_a_press_counts_for_whoever_presses_and_shows_for_all(library: Library) -> None:
    card = await card_of(library)
    assert counts(card) == {}
    drawn = await press(library, library.ann, card, "🔥")
    assert drawn.id == card.id and counts(drawn) == {"🔥": "1"}
    drawn = await press(library, library.ben, card, "🔥")
    assert drawn.id == card.id and counts(drawn) == {"🔥": "2"}
    await press(library, library.ben, card, "❤")
    assert counts(card) == {"🔥": "2", "❤": "1"}
    assert await tally(library) == {"🔥": 2, "❤": 1}


async def test_a_second_press_takes_the_reaction_back(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await press(library, library.ann, card, "❤")
    await press(library, library.ben, card, "🔥")
    drawn = await press(library, library.ann, card, "🔥")
    assert counts(drawn) == {"🔥": "1", "❤": "1"}
    assert await library.store.reactions.of(await library.id_of("Lighthouse"), library.ann.id) == {"❤"}


async def test_the_buttons_under_a_last_page_count_and_keep_the_page(library: Library) -> None:
    last = shown(await read_at(library, library.ann, story="Ferry", chapter=3, page=2))
    drawn = await press(library, library.ben, last, "😂")
    assert drawn.id == last.id
    assert "Chapter 3 of 3 · Page 2 of 2" in footer_of(drawn) and "😂 1" in text_of(drawn)
    assert await library.store.places.latest(library.ben.id) is None


async def test_a_copy_of_a_last_page_stays_a_copy_when_reacted_on(library: Library) -> None:
    first = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    copy = await go_to(library.ben, first, "6")
    drawn = await press(library, library.ben, copy, "😭")
    assert drawn.id == copy.id and "Visiting page" in text_of(drawn)
    assert await tally(library) == {"😭": 1}


async def test_reactions_given_before_a_restart_are_there_after_it(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await library.restart()
    assert counts(await press(library, library.ben, card, "🔥")) == {"🔥": "2"}


async def test_readers_who_press_in_the_same_moment_are_all_counted(library: Library) -> None:
    panel = await card_of(library)
    readers = [library.join(f"reader{n}") for n in range(12)]
    wow = reaction_id(panel, "🔥")
    for reader in readers[:4]:
        await reader.click(panel, custom_id=wow)
    press_it = {"custom_id": wow, "component_type": 2}
    await library.emit(panel, [(reader, InteractionType.MESSAGE_COMPONENT, press_it) for reader in readers[4:]])
    assert await tally(library) == {"🔥": 12}


async def test_a_forged_emoji_is_no_reaction(library: Library) -> None:
    card = await card_of(library)
    story = await library.id_of("Lighthouse")
    for emoji in ("x", "💩", "'; --", "<", "@everyone", "a" * 40):
        said = library.refused(await library.forge(library.ann, card, f"e1:{story}:card:0:0:{emoji.replace(' ', '')}"))
        assert "button no longer works" in said
    assert await tally(library) == {}


# -- /react ---------------------------------------------------------------------


async def test_react_asks_privately_about_the_story_that_is_open(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Ferry")
    await library.ann.slash(library.channel, "read", story="Lighthouse")
    panel = shown(await library.ann.slash(library.channel, "react"))
    assert panel.ephemeral and "The Lighthouse Post" in text_of(panel)
    drawn = await press(library, library.ann, panel, "🤔")
    assert drawn.id == panel.id
    assert counts(drawn) == {"🤔": "1"} and "Your reactions: 🤔 Thinking" in text_of(drawn)
    assert await tally(library) == {"🤔": 1}


async def test_react_with_a_story_is_about_that_story(library: Library) -> None:
    await library.ann.slash(library.channel, "read", story="Lighthouse")
    panel = shown(await library.ann.slash(library.channel, "react", story="Spoon"))
    assert panel.ephemeral
    await press(library, library.ann, panel, "😂")
    assert await tally(library) == {} and await tally(library, "Spoon") == {"😂": 1}


async def test_react_shows_what_this_reader_gave(library: Library) -> None:
    await library.store.reactions.toggle(await library.id_of("Spoon"), library.ann.id, "😂")
    styles: dict[str, int] = {}
    for reader in (library.ann, library.ben):
        panel = shown(await reader.slash(library.channel, "react", story="Spoon"))
        [laughed] = [each for each in components_of(panel) if each["emoji"]["name"] == "😂"]
        styles[reader.name] = laughed["style"]
    assert styles == {"ann": discord.ButtonStyle.primary.value, "ben": discord.ButtonStyle.secondary.value}


async def test_react_with_nothing_open_says_what_to_do(library: Library) -> None:
    assert "/stories" in library.refused(await library.ann.slash(library.channel, "react"))


async def test_the_tally_of_a_story_shows_all_emoji_the_most_given_first(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await press(library, library.ben, card, "🔥")
    await library.ann.react(card, "🐙")
    panel = shown(await library.ann.slash(library.channel, "react", story="Lighthouse"))
    assert "🔥 2 · 🐙 1" in text_of(panel)
    drawn = await press(library, library.ann, panel, "❤")
    assert drawn.id == panel.id and "❤\ufe0f 1" in text_of(drawn)


# -- emoji on messages ----------------------------------------------------------


async def test_an_emoji_on_a_message_about_a_story_counts_and_its_removal_takes_it(library: Library) -> None:
    messages = [
        await card_of(library),
        shown(await library.ann.slash(library.channel, "read", story="Lighthouse")),
        shown(await library.ann.slash(library.channel, "quote", story="Lighthouse")),
    ]
    for message in messages:
        await library.ben.react(message, "🐙")
        assert await tally(library) == {"🐙": 1}
        await library.ben.unreact(message, "🐙")
        assert await tally(library) == {}


async def test_an_emoji_counts_for_a_message_that_was_posted_before_a_restart(library: Library) -> None:
    card = await card_of(library)
    await library.restart()
    await library.ben.react(card, "🐙")
    assert await tally(library) == {"🐙": 1}


async def test_an_emoji_elsewhere_counts_for_nothing(library: Library) -> None:
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    chatter = await library.ann.send(library.channel, "I read it twice")
    for message in (listed, chatter):
        await library.ben.react(message, "🐙")
    for title in ("Lighthouse", "Ferry", "Spoon"):
        assert await tally(library, title) == {}


async def test_a_reader_counts_once_for_an_emoji_on_several_messages_and_the_button(library: Library) -> None:
    card, again = await card_of(library), await card_of(library)
    await library.ann.react(card, "🔥")
    await library.ann.react(again, "🔥")
    assert await tally(library) == {"🔥": 1}
    await library.ann.unreact(card, "🔥")
    assert await tally(library) == {"🔥": 1}
    await library.ann.unreact(again, "🔥")
    assert await tally(library) == {}


async def test_the_button_takes_back_all_of_a_readers_own(library: Library) -> None:
    card, again = await card_of(library), await card_of(library)
    for message in (card, again):
        await library.ann.react(message, "🔥")
    await library.ben.react(card, "🔥")
    assert counts(await press(library, library.ann, card, "🔥")) == {"🔥": "1"}
    assert await tally(library) == {"🔥": 1}
    assert await library.store.reactions.of(await library.id_of("Lighthouse"), library.ann.id) == set()


async def test_an_emoji_off_a_message_leaves_what_the_button_gave(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await library.ann.react(card, "🔥")
    assert await tally(library) == {"🔥": 1}
    await library.ann.unreact(card, "🔥")
    assert await tally(library) == {"🔥": 1}


async def test_hearts_with_and_without_their_selector_are_one(library: Library) -> None:
    card = await card_of(library)
    await library.ann.react(card, "❤\ufe0f")
    await library.ben.react(card, "❤")
    drawn = await press(library, library.join("cleo"), card, "❤")
    assert counts(drawn) == {"❤": "3"}
    await library.ann.unreact(card, "❤\ufe0f")
    assert await tally(library) == {"❤": 2}


async def test_bots_are_not_counted(library: Library) -> None:
    card = await card_of(library)
    await library.join("starboard", bot=True).react(card, "⭐")
    bot_user = library.env.bot.user
    assert bot_user is not None
    library.env.backend.set_reaction(library.channel.id, card.id, "⭐", bot_user.id, True)
    await library.env.settle()
    assert await tally(library) == {}


async def test_a_moderator_who_clears_a_message_takes_what_was_given_there(library: Library) -> None:
    card, again = await card_of(library), await card_of(library)
    await library.ann.react(card, "🐙")
    await library.ben.react(card, "🔥")
    await library.ben.react(again, "🔥")
    await press(library, library.ann, again, "😭")
    library.env.backend.clear_reactions(library.channel.id, card.id)
    await library.env.settle()
    assert await tally(library) == {"🔥": 1, "😭": 1}


async def test_a_moderator_who_clears_one_emoji_leaves_the_others(library: Library) -> None:
    card = await card_of(library)
    for reader in (library.ann, library.ben):
        await reader.react(card, "🐙")
        await reader.react(card, "❤\ufe0f")
    library.env.backend.clear_reaction(library.channel.id, card.id, "❤\ufe0f")
    await library.env.settle()
    assert await tally(library) == {"🐙": 2}


async def test_a_deleted_message_keeps_what_it_earned(library: Library) -> None:
    card = await card_of(library)
    await library.ann.react(card, "🐙")
    library.env.backend.delete_message(library.channel.id, card.id)
    await library.env.settle()
    assert await tally(library) == {"🐙": 1}


async def test_on_a_quote_that_another_replaced_emoji_count_for_the_story_now_shown(library: Library) -> None:
    await library.take_away("ferry.txt")
    quote = shown(await library.ann.slash(library.channel, "quote"))
    was = footer_of(quote).split(" by ")[0]
    await library.ann.react(quote, "🐙")
    for _ in range(9):
        if footer_of(quote).split(" by ")[0] == was:
            await library.ann.click(quote, label="Another")
    now = footer_of(quote).split(" by ")[0]
    assert now != was
    await library.ben.react(quote, "🐙")
    assert await tally(library, was) == {"🐙": 1} and await tally(library, now) == {"🐙": 1}
    await library.ann.unreact(quote, "🐙")
    assert await tally(library, was) == {} and await tally(library, now) == {"🐙": 1}


async def test_an_emoji_in_a_direct_message_counts(library: Library) -> None:
    card = await card_for(library.ann.user, None, "Lighthouse")
    await library.ann.user.set_reaction(card, "🐙", reacted=True)
    assert await tally(library) == {"🐙": 1}
    await library.ann.user.set_reaction(card, "🐙", reacted=False)
    assert await tally(library) == {}


async def test_a_custom_emoji_that_the_bot_cannot_use_is_shown_by_its_name(library: Library) -> None:
    card = await card_of(library)
    await library.ann.react(card, "sad_owl:123456789012345678")
    assert len(await tally(library)) == 1
    text = text_of(shown(await library.ben.slash(library.channel, "react", story="Lighthouse")))
    assert ":sad_owl: 1" in text.replace("\\", "") and "123456789012345678" not in text
    assert ":sad_owl: 1" in text_of(await card_of(library)).replace("\\", "")


async def test_a_custom_emoji_of_a_server_that_the_bot_is_in_shows_as_itself(library: Library) -> None:
    owl = library.ann.guild.create_emoji("happy_owl")
    card = await card_of(library)
    await library.ann.react(card, f"happy_owl:{owl.id}")
    text = text_of(shown(await library.ben.slash(library.channel, "react", story="Lighthouse")))
    assert f"<:happy_owl:{owl.id}> 1" in text


async def test_a_custom_emoji_is_the_same_whatever_it_is_called_when_it_goes(library: Library) -> None:
    """Discord names a custom emoji as it is called at the time, and not at all once it is deleted; its id stays."""
    card = await card_of(library)
    await library.ann.react(card, "owl:123456789012345678")
    library.env.backend.emit(
        "MESSAGE_REACTION_REMOVE",
        {
            "user_id": str(library.ann.id),
            "channel_id": str(library.channel.id),
            "message_id": str(card.id),
            "guild_id": str(library.guild_id),
            "emoji": {"id": "123456789012345678", "name": "night_owl", "animated": False},
            "burst": False,
            "type": 0,
        },
    )
    await library.env.settle()
    assert await tally(library) == {}


async def test_reactions_stay_while_a_story_is_away(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await library.take_away("lighthouse.txt")
    assert "no longer in the library" in library.refused(
        await library.ben.click(card, custom_id=reaction_id(card, "🔥"))
    )
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE + "\n"})
    assert await tally(library) == {"🔥": 1}


async def test_many_kinds_of_emoji_fit_into_one_message(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    card = await card_of(library)
    for n in range(200):
        emoji = Emoji.read(f"<:a_rather_long_emoji_name_{n}:1234567890123456{n:03}>")
        await library.store.message_emoji.give(card.id, library.ann.id, emoji)
        await library.store.message_emoji.learn(emoji)
    for command in ("stories", "react"):
        text = text_of(shown(await library.ann.slash(library.channel, command, story=f"#{story}")))
        assert "more" in text
    last = shown(await read_at(library, library.ann, story=f"#{story}", page=6))
    assert "more" in text_of(last)


async def test_who_wrote_a_story_does_not_react_to_it(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")

    await linked(library.store, await library.id_of("Lighthouse"), library.ann.id)

    assert await tally(library) == {}
    refused = await library.ann.click(card, custom_id=reaction_id(card, "🔥"))
    assert "You wrote this story" in library.refused(refused)
    await library.ann.react(card, "🌟")
    await library.ben.react(card, "🌟")
    assert await tally(library) == {"🌟": 1}

    await library.store.authors.unlink(await library.id_of("Lighthouse"), library.ann.id)

    assert await tally(library) == {"🌟": 1, "🔥": 1}


# -- while the bot was away -----------------------------------------------------


async def away(library: Library) -> None:
    """Whatever happens from now on, the bot does not hear of it, until it starts anew."""
    assert isinstance(library.env.bot, Oneshot)
    await library.env.bot.remove_cog("Reactions")


async def test_emoji_that_came_and_went_while_the_bot_was_away_are_counted(library: Library) -> None:
    card = await card_of(library)
    other = await card_of(library, "Spoon")
    robot = library.join("robot", bot=True)
    await library.ann.react(card, "🌟")
    await library.ben.react(other, "🌟")
    await away(library)
    await library.ann.unreact(card, "🌟")
    await library.ben.react(card, "🔥")
    await robot.react(card, "🔥")
    await library.ann.react(other, "🌟")
    assert await tally(library) == {"🌟": 1}

    await library.restart()
    await library.env.settle()

    assert await tally(library) == {"🔥": 1}
    assert await tally(library, "Spoon") == {"🌟": 2}


async def test_a_message_that_was_deleted_while_the_bot_was_away_keeps_what_it_earned(library: Library) -> None:
    gone, card = await card_of(library), await card_of(library, "Spoon")
    await library.ann.react(gone, "🌟")
    await away(library)
    library.env.backend.delete_message(library.channel.id, gone.id)
    await library.ben.react(card, "🔥")

    await library.restart()
    await library.env.settle()

    assert await tally(library) == {"🌟": 1}
    assert await tally(library, "Spoon") == {"🔥": 1}


async def test_who_gave_an_emoji_is_known_though_another_took_theirs_off_meanwhile(library: Library) -> None:
    card = await card_of(library)
    await library.ann.react(card, "🌟")
    await away(library)
    await library.ann.unreact(card, "🌟")
    await library.ben.react(card, "🌟")
    await library.restart()
    await library.env.settle()
    assert await tally(library) == {"🌟": 1}

    await library.ben.unreact(card, "🌟")
    await library.env.settle()

    assert await tally(library) == {}


async def test_what_the_database_could_not_store_is_counted_when_it_is_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.reactions.AGAIN_SECONDS", 0.0)
    card, message_emoji = await card_of(library), library.store.message_emoji
    await library.ben.react(card, "🌟")
    is_back = asyncio.Event()

    async def refuse(*_: object) -> NoReturn:
        raise DatabaseAway

    async def count_when_back(message: int) -> dict[str, int]:
        if not is_back.is_set():
            is_back.set()
            await refuse()
        return await type(message_emoji).counted_on(message_emoji, message)

    monkeypatch.setattr(message_emoji, "give", refuse)
    monkeypatch.setattr(message_emoji, "take", refuse)
    monkeypatch.setattr(message_emoji, "counted_on", count_when_back)
    await library.ann.react(card, "🌟")
    await library.ben.unreact(card, "🌟")
    await library.ben.react(card, "🔥")
    await library.env.settle()

    assert await tally(library) == {"🌟": 1, "🔥": 1}


def tell_of_star(
    library: Library, card: Message, reader: MemberActor, what: Literal["REACTION_ADD", "REACTION_REMOVE"]
) -> None:
    """Tell the bot of an emoji on a card, of which the stand-in of Discord knows nothing."""
    assert isinstance(library.env.bot, Oneshot)
    data: Any = {"channel_id": library.channel.id, "message_id": card.id, "user_id": reader.id, "type": 0}
    event = discord.RawReactionActionEvent(data, discord.PartialEmoji(name="🌟"), what)
    library.env.bot.dispatch(f"raw_{what.lower()}", event)


async def test_an_emoji_that_comes_off_while_the_readers_are_listed_is_off(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, listed = await card_of(library), discord.Reaction.users

    async def then_one_comes_off(*given: Any, **options: Any) -> AsyncGenerator[discord.Member | discord.User]:
        async for user in listed(*given, **options):
            yield user
        tell_of_star(library, card, library.ann, "REACTION_REMOVE")
        await asyncio.sleep(0)  # who hears of it begins

    await library.ann.react(card, "🌟")
    await library.env.settle()
    monkeypatch.setattr(discord.Reaction, "users", then_one_comes_off)
    await library.restart()
    await library.env.settle()

    assert await tally(library) == {}


async def test_an_emoji_that_comes_while_a_message_is_read_does_not_hide_one_that_was_missed(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.reactions.MOST_WHOLE", 0)
    card, message_emoji = await card_of(library), library.store.message_emoji
    await away(library)
    await library.ann.react(card, "🌟")

    async def after_another_came(message: int) -> dict[str, int]:
        tell_of_star(library, card, library.ben, "REACTION_ADD")
        await message_emoji.give(message, library.ben.id, Emoji("🌟"))
        return await type(message_emoji).counted_on(message_emoji, message)

    monkeypatch.setattr(message_emoji, "counted_on", after_another_came)
    await library.restart()
    await library.env.settle()

    assert await tally(library) == {"🌟": 2}


async def test_one_who_gives_an_emoji_while_a_message_is_read_takes_nobodys_place_in_the_list(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, message_emoji = await card_of(library), library.store.message_emoji
    assert library.ann.id < library.ben.id, "Discord lists readers by their ids"
    await library.ben.react(card, "🌟")
    await library.env.settle()

    async def after_another_came(message: int) -> dict[str, int]:
        library.env.backend.add_reaction(library.channel.id, card.id, "🌟", library.ann.id)
        return await type(message_emoji).counted_on(message_emoji, message)

    monkeypatch.setattr(message_emoji, "counted_on", after_another_came)
    await library.restart()
    await library.env.settle()

    assert await tally(library) == {"🌟": 2}


async def test_buttons_are_left_alone_by_what_is_counted_on_messages(library: Library) -> None:
    card = await card_of(library)
    await press(library, library.ann, card, "🔥")
    await away(library)
    await library.restart()
    await library.env.settle()
    assert await tally(library) == {"🔥": 1}


async def test_an_emoji_that_is_added_and_taken_at_once_is_not_counted(library: Library) -> None:
    store, fire = library.store, Emoji("🔥")
    story = await library.id_of("Lighthouse")
    first, _ = await store.pages.ends(story)
    await store.posts.record(Post(1, 1, library.guild_id), story, page=first)
    for reader in range(20):
        await asyncio.gather(store.message_emoji.give(1, reader, fire), store.message_emoji.take(1, reader, fire))
        assert await store.message_emoji.counted_on(1) == {}
        await asyncio.gather(store.message_emoji.give(1, reader, fire), store.message_emoji.settle(1, fire, []))
        assert await store.message_emoji.counted_on(1) == {}
    await asyncio.gather(store.message_emoji.take(1, 1, fire), store.message_emoji.give(1, 1, fire))
    assert await store.message_emoji.counted_on(1) == {"🔥": 1}


async def test_an_emoji_on_a_message_of_no_story_does_not_wait_for_who_writes(library: Library) -> None:
    async with busy_writer(library.store._db):
        assert not await library.store.message_emoji.give(404, library.ann.id, Emoji("🔥"))
        await library.store.message_emoji.take(404)


async def test_an_emoji_off_somebody_elses_message_costs_no_query(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    chatter, card = await library.ann.send(library.channel, "I read it twice"), await card_of(library)
    for message in (chatter, card):
        await library.ben.react(message, "🐙")
    engine = library.store._db.engine
    read, looks = engine.read, list[object]()

    async def noted(look: Look[Any], *, is_long: bool = False) -> Any:
        looks.append(look)
        return await read(look, is_long=is_long)

    monkeypatch.setattr(engine, "read", noted)
    await library.ben.unreact(chatter, "🐙")
    library.env.backend.clear_reactions(library.channel.id, chatter.id)
    await library.env.settle()
    assert looks == []
    await library.ben.unreact(card, "🐙")
    assert looks


async def test_an_emoji_off_an_old_message_is_taken_though_newer_ones_are_many(library: Library) -> None:
    library.store.message_emoji._counted = NewestIds(1)
    old = await card_of(library)
    await library.ben.react(old, "🐙")
    for _ in range(2):
        await library.ben.react(await card_of(library), "🌟")
    await library.store.message_emoji.remember_messages()
    await library.ben.unreact(old, "🐙")
    assert await tally(library) == {"🌟": 1}


# -- before the message's row is written ---------------------------------------------------------


async def given_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch, *acts: str, author: int | None = None
) -> int:
    """Have ann put an emoji on a page as it is posted, and take it off, before its row is written; count it after."""
    posts = library.store.posts
    record, cog = posts.record, library.bot.get_cog("Reactions")
    assert isinstance(cog, Reactions) and library.bot.user is not None
    data: dict[str, Any] = {"user_id": library.ann.id, "channel_id": library.channel.id, "guild_id": library.guild_id}
    data |= {"type": 0, "emoji": {"id": None, "name": "🔥"}, "message_author_id": author or library.bot.user.id}

    async def late(post: Post, *values: Any, **more: Any) -> bool:
        for act in acts:
            given: Any = data | {"message_id": post.message}
            event = discord.RawReactionActionEvent(given, discord.PartialEmoji(name="🔥"), "REACTION_ADD")
            await (cog.on_raw_reaction_add(event) if act == "give" else cog.on_emoji_removed(event))
        return await record(post, *values, **more)

    monkeypatch.setattr(posts, "record", late)
    await read_at(library, library.ben, story="Lighthouse", page=1)
    await library.env.settle()
    tally = await library.store.reactions.tally(await library.id_of("Lighthouse"))
    return sum(each.readers for each in tally)


async def test_an_emoji_that_comes_before_the_row_of_its_message_counts(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await given_at_once(library, monkeypatch, "give") == 1


async def test_an_emoji_that_is_taken_off_before_the_row_is_there_does_not_count(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await given_at_once(library, monkeypatch, "give", "take") == 0


async def test_an_emoji_on_somebody_elses_message_is_not_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await given_at_once(library, monkeypatch, "give", author=7) == 0
