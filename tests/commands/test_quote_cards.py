"""Quotes as pictures, by their buttons."""

from __future__ import annotations

import sys
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from tests.library import Library
from tests.screens import behind_more
from tests.seen import Message, buttons_of, said_in, shown
from tests.votes import reactions_of

pytestmark = pytest.mark.sqlite("it is about pictures")


async def own_card(library: Library) -> Message:
    return shown(await behind_more(library.ann, await quote(library), "Make image"))


async def shared_card(library: Library) -> Message:
    return shown(await behind_more(library.ann, await own_card(library), "Share here"))


async def quote(library: Library) -> Message:
    return shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))


def picture(library: Library, result: InteractionResult) -> Any:
    [file] = shown(result).attachments
    return file


async def test_a_card_is_a_picture_with_words_for_those_who_do_not_see_it(library: Library) -> None:
    drawn = await quote(library)
    answer = await behind_more(library.ann, drawn, "Make image")
    assert shown(answer).ephemeral
    file = picture(library, answer)
    assert file.filename == "quote.png" and 1_000 < file.size < 200_000
    assert " ".join(said_in(drawn).split()) in " ".join(str(file.description).split())
    assert str(file.description).endswith("— The Lighthouse Post, Orla Venn")
    assert list(buttons_of(shown(answer))) == ["Next design", "Save", "More"]


async def test_a_card_is_drawn_again_in_each_design_and_after_a_restart(library: Library) -> None:
    answer = await behind_more(library.ann, await quote(library), "Make image")
    first = shown(answer)
    sizes = {picture(library, answer).size}
    for _ in range(2):
        await library.restart()
        answer = await library.ann.click(first, label="Next design")
        assert shown(answer).id == first.id
        sizes.add(picture(library, answer).size)
    assert len(sizes) == 3


async def test_someone_else_gets_a_card_of_their_own(library: Library) -> None:
    card = await shared_card(library)
    theirs = shown(await library.ben.click(card, label="Next design"))
    assert theirs.ephemeral and theirs.id != card.id and len(card.attachments) == 1


async def test_a_card_is_read_in_context_and_saved(library: Library) -> None:
    card = await own_card(library)
    assert shown(await behind_more(library.ann, card, "Read in context")).ephemeral
    await library.ann.click(card, label="Save")
    assert await library.store.saved_quotes.count(library.ann.id) == 1


RARER = ["Read in context", "React", "Info", "Same story", "Same author"]


async def test_more_unfolds_under_ones_own_card_which_keeps_its_picture(library: Library) -> None:
    card = await own_card(library)
    [picture] = card.attachments
    unfolded = shown(await library.ann.click(card, label="More"))
    assert unfolded.id == card.id and [each.id for each in unfolded.attachments] == [picture.id]
    assert list(buttons_of(unfolded)) == ["Next design", "Save", "More", *RARER, "Share here"]
    await library.restart()
    folded = shown(await library.ann.click(unfolded, label="More"))
    assert list(buttons_of(folded)) == ["Next design", "Save", "More"] and len(folded.attachments) == 1


async def test_a_card_is_shared_in_the_design_that_its_reader_chose(library: Library) -> None:
    card = shown(await library.ann.click(await own_card(library), label="Next design"))
    [chosen] = card.attachments
    shared = shown(await behind_more(library.ann, card, "Share here"))
    [picture] = shared.attachments
    assert not shared.ephemeral and picture.size == chosen.size
    more = shown(await library.ben.click(shared, label="More"))
    assert more.ephemeral and not more.attachments and list(buttons_of(more)) == RARER
    assert list(buttons_of(shared)) == ["Next design", "Save", "More"]


async def test_who_may_not_write_shares_no_card(library: Library) -> None:
    mute = discord.PermissionOverwrite(send_messages=False)
    closed = library.ann.guild.create_text_channel("closed", overwrites={library.ann: mute})
    drawn = shown(await library.ann.slash(closed, "quote", story="Lighthouse"))
    card = shown(await behind_more(library.ann, drawn, "Make image"))
    assert "post" in library.refused(await behind_more(library.ann, card, "Share here"))


async def test_emoji_on_a_card_count_for_the_story(library: Library) -> None:
    card = await shared_card(library)
    await library.ben.react(card, "🌟")
    story = await library.id_of("Lighthouse")
    assert await reactions_of(library.store, story) == 1


async def test_what_has_no_letters_is_refused_by_name(library: Library) -> None:
    await library.load(
        {
            "runes.txt": "Title: Runes\n\n"
            + "“ᠮᠣᠩᠭᠣᠯ is what the old stone says,” said Pell, “and nothing else.” " * 3
            + "\n"
        }
    )
    drawn = shown(await library.ann.slash(library.channel, "quote", story="Runes"))
    refused = await behind_more(library.ann, drawn, "Make image")
    assert "can't draw" in library.refused(refused) and "U+182E" in library.refused(refused)


async def test_a_card_that_takes_long_comes_all_the_same(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = await quote(library)
    monkeypatch.setattr(sys.modules["cogs.quotes"], "DRAWING_SECONDS", 0)
    answer = await behind_more(library.ann, drawn, "Make image")
    assert picture(library, answer).size > 1_000
