"""What the menu of a message has: *Save quote* and *Read here*."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord.backend import serializers
from simcord.enums import InteractionType
from simcord.interactions import base_payload
from simcord.results import InteractionResult

from tests import samples
from tests.library import Library
from tests.registered import menus
from tests.restricting import restrict
from tests.screens import behind_info, behind_more, first_quote, read_at
from tests.seen import Message, footer_of, ids_by_label, options_of, said_in, select_of, shown, text_of

SAVE, READ = "Save quote", "Read here"


async def quote(library: Library) -> Message:
    return shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))


async def page(library: Library, number: int = 1) -> Message:
    return shown(await read_at(library, library.ann, story="Lighthouse", page=number, share=True))


async def shared_card(library: Library) -> Message:
    card = shown(await behind_more(library.ann, await quote(library), "Make image"))
    return shown(await behind_more(library.ann, card, "Share here"))


async def shared_page(library: Library) -> Message:
    return shown(await behind_info(library.ann, await page(library, 2), "Share here"))


@pytest.mark.parametrize("make", [quote, shared_card])
async def test_a_quote_and_its_image_are_saved_and_read_in_their_story(library: Library, make: Any) -> None:
    message = await make(library)
    assert not message.ephemeral
    receipt = shown(await library.ben.context_menu(library.channel, SAVE, message))
    assert receipt.ephemeral and "Quote saved" in text_of(receipt)
    assert await library.store.saved_quotes.count(library.ben.id) == 1
    opened = shown(await library.ben.context_menu(library.channel, READ, message))
    assert opened.ephemeral and text_of(opened).count("__") == 2 and "Visiting page" in footer_of(opened)
    assert await library.store.places.latest(library.ben.id) is None


@pytest.mark.parametrize("make", [page, shared_page])
async def test_of_a_page_the_sentences_are_picked(library: Library, make: Any) -> None:
    message = await make(library)
    assert not message.ephemeral
    picking = shown(await library.ben.context_menu(library.channel, SAVE, message))
    assert picking.ephemeral and "Pick your quote" in text_of(picking)
    first = next(iter(options_of(picking))).split(". ", 1)[1].rstrip("…")
    assert first[:40] in " ".join(text_of(message).replace("\\", "").split())
    chosen = shown(await library.ben.select(picking, ["0"], custom_id=select_of(picking, "qw1")))
    assert "Quote saved" in text_of(shown(await library.ben.click(chosen, label="Save")))


@pytest.mark.parametrize("make", [page, shared_page])
async def test_the_page_of_a_message_opens_privately(library: Library, make: Any) -> None:
    message = await make(library)
    opened = shown(await library.ben.context_menu(library.channel, READ, message))
    assert opened.ephemeral and opened.id != message.id
    assert str(opened.embeds[0].description).split("\n\n")[-1] in text_of(message)


async def test_a_page_that_is_opened_from_a_message_is_a_visit_until_one_turns_on(library: Library) -> None:
    message = await page(library, 3)
    opened = shown(await library.ben.context_menu(library.channel, READ, message))
    assert footer_of(opened) == "Visiting page 3 of 6"
    assert await library.store.places.latest(library.ben.id) is None
    await library.ben.click(opened, label="Next")
    assert "Page 4 of 6" in footer_of(shown(await library.ben.slash(library.channel, "read")))


async def test_a_page_with_the_row_of_an_earlier_version_is_known(library: Library) -> None:
    message = await page(library, 2)
    chapter, offset = ids_by_label(message)["More"].split(":")[3:]
    ids = {"Next": f"p1:n:0:{chapter}:2500", "Go to…": f"j1:0:{chapter}:{offset}"}
    buttons = [{"type": 2, "style": 2, "label": label, "custom_id": each} for label, each in ids.items()]
    row = {"type": 1, "components": buttons}
    library.env.backend.edit_message(library.channel.id, message.id, {"components": [row]})
    assert "Visiting page 2 of 6" in footer_of(shown(await library.ben.context_menu(library.channel, READ, message)))


@pytest.mark.parametrize("entry", [SAVE, READ])
async def test_any_other_message_is_told_so_in_one_sentence(library: Library, entry: str) -> None:
    card = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=True))
    typed = await library.ann.send(library.channel, "Shall we read this one?")
    for message in (card, typed):
        said = library.refused(await library.ben.context_menu(library.channel, entry, message))
        assert said == "That message has no quote or page of mine. Try a quote or a page that I posted."


@pytest.mark.parametrize("entry", [SAVE, READ])
async def test_what_others_post_with_our_custom_ids_is_none_of_ours(library: Library, entry: str) -> None:
    saves = ids_by_label(await quote(library))["Save"]
    typed = await library.ann.send(library.channel, "Look")
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Save", "custom_id": saves}]}
    library.env.backend.edit_message(library.channel.id, typed.id, {"components": [row]})
    said = library.refused(await library.ben.context_menu(library.channel, entry, typed))
    assert "no quote or page of mine" in said


@pytest.mark.parametrize("entry", [SAVE, READ])
@pytest.mark.parametrize("command", ["quote", "read"])
async def test_a_mature_story_stays_closed_where_it_may_not_show(library: Library, entry: str, command: str) -> None:
    await restrict(library, library.channel)
    options = {"share": True} if command == "read" else {}
    message = shown(await library.ann.slash(library.channel, command, story="Velvet", **options))
    assert "Velvet" in text_of(message)
    assert shown(await library.ben.context_menu(library.channel, entry, message)).ephemeral
    await restrict(library, library.channel, False)
    said = library.refused(await library.ben.context_menu(library.channel, entry, message))
    assert "age-restricted" in said and "Velvet" not in said


@pytest.mark.parametrize("entry", [SAVE, READ])
async def test_a_story_that_is_gone_or_may_not_be_quoted_says_so(library: Library, entry: str) -> None:
    drawn, opened = await quote(library), await page(library)
    shy = samples.LIGHTHOUSE.replace("Author:", "Quotes: no\n\nAuthor:")
    await library.load({"lighthouse.txt": shy})
    for message in (drawn, opened) if entry == SAVE else (drawn,):
        said = library.refused(await library.ben.context_menu(library.channel, entry, message))
        assert "turned off quotes" in said
    await library.take_away("lighthouse.txt")
    assert "no longer in the library" in library.refused(await library.ben.context_menu(library.channel, entry, opened))


async def test_what_is_saved_from_a_message_is_among_ones_own(library: Library) -> None:
    drawn = await quote(library)
    await library.ann.context_menu(library.channel, SAVE, drawn)
    assert said_in(drawn) in said_in(await first_quote(library))


# -- alone with the bot -----------------------------------------------------------


async def alone(library: Library, entry: str, message: Message) -> InteractionResult:
    """Use an entry of the menu of a message that stands among Ann's direct messages with the bot."""
    backend, channel = library.env.backend, library.ann.user.dm_channel.id
    target = dict(serializers.message_payload(backend, backend.get_message(channel, message.id)))
    data = {
        "id": menus(library)[entry]["id"],
        "name": entry,
        "type": discord.AppCommandType.message.value,
        "target_id": str(message.id),
        "resolved": {"messages": {str(message.id): target}},
    }
    kind = InteractionType.APPLICATION_COMMAND
    record, payload = base_payload(
        backend, type=kind, channel_id=channel, guild_id=None, user_id=library.ann.id, data=data
    )
    backend.emit("INTERACTION_CREATE", payload)
    await library.env.settle()
    return InteractionResult(library.env, record)


async def test_alone_with_the_bot_a_quote_is_saved_and_its_page_stays(library: Library) -> None:
    drawn = shown(await library.ann.user.slash("quote", story="Lighthouse"))
    assert "Quote saved" in text_of(shown(await alone(library, SAVE, drawn)))
    assert await library.store.saved_quotes.count(library.ann.id) == 1
    opened = shown(await alone(library, READ, drawn))
    assert text_of(opened).count("__") == 2 and opened.id != drawn.id and not opened.ephemeral


async def test_alone_with_the_bot_sentences_of_a_page_are_picked_and_it_opens_anew(library: Library) -> None:
    first = shown(await library.ann.user.slash("read", story="Lighthouse"))
    page = shown(await library.ann.user.click(first, label="Next"))
    picking = shown(await alone(library, SAVE, page))
    assert "Pick your quote" in text_of(picking)
    chosen = shown(await library.ann.user.select(picking, ["0"], custom_id=select_of(picking, "qw1")))
    assert "Quote saved" in text_of(shown(await library.ann.user.click(chosen, label="Save")))
    opened = shown(await alone(library, READ, page))
    assert "Page 2 of 6" in footer_of(opened) and opened.id != page.id and not opened.ephemeral


@pytest.mark.parametrize("entry", [SAVE, READ])
async def test_alone_with_the_bot_any_other_message_is_told_so(library: Library, entry: str) -> None:
    help_ = shown(await library.ann.user.slash("help"))
    assert "no quote or page of mine" in library.refused(await alone(library, entry, help_))
