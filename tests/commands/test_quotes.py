"""Quotes: none twice before all have come, and the way from one into its story."""

from __future__ import annotations

import re
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.builders import UserHandle

from bot.cards import DESIGNS
from bot.ui.components import MOST_ROWS
from tests import samples
from tests.library import Library
from tests.linking import joined_author
from tests.screens import behind_more
from tests.seen import buttons_of, footer_of, ids_by_label, said_in, shown, text_of

REFRAIN = "Every year the almanac was printed again, because nobody in the house knew how to stop what had begun.\n\n"


async def draw(library: Library, count: int, story: str | None = None, reader: MemberActor | None = None) -> list[str]:
    """Ask for quotes by command, each with the story it is from."""
    options: dict[str, Any] = {"spoilers": True} | ({"story": story} if story else {})
    quotes: list[str] = []
    for _ in range(count):
        quote = shown(await (reader or library.ann).slash(library.channel, "quote", **options))
        quotes.append(f"{said_in(quote)} — {footer_of(quote)}")
    return quotes


async def test_a_quote_is_whole_sentences_of_the_story_and_says_where_from(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    assert not quote.ephemeral
    said = said_in(quote)
    assert " ".join(said.split()) in " ".join(samples.LIGHTHOUSE.split())
    assert said[-1] in '."' and said.count('"') % 2 == 0
    assert footer_of(quote) == "The Lighthouse Post by Orla Venn"
    assert list(buttons_of(quote)) == ["Another", "Save", "More"]


async def test_a_quote_from_chapters_names_the_chapter(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    assert footer_of(quote).startswith("The Ferry of Words by Tam Sell · Chapter ")


async def small(library: Library) -> None:
    """A library whose quotes are all different: two of the Spoon, twelve of the Almanac."""
    await library.load({"almanac.txt": samples.almanac(*range(1, 13))})
    await library.take_away("lighthouse.txt", "ferry.txt")


async def test_no_quote_is_from_a_note(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    quotes = await draw(library, 30, "Train")
    assert not any("conductor" in quote for quote in quotes)


async def test_no_quote_comes_twice_before_all_have_come(library: Library) -> None:
    await small(library)
    quotes = await draw(library, 14)
    assert len(set(quotes)) == 14
    again = await draw(library, 14)
    assert set(again) == set(quotes)
    assert again != quotes


async def test_a_passage_that_a_story_repeats_comes_once(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(*range(1, 13)).replace("On day", f"{REFRAIN}On day")})
    quotes = await draw(library, 13, "Almanac")
    assert len(set(quotes)) == 13


async def test_a_passage_that_stood_twice_and_was_cut_is_quoted_no_more(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(1, 2).replace("On day", f"{REFRAIN}On day")})
    await library.load({"almanac.txt": samples.almanac(1, 2)})
    quotes = await draw(library, 6, "Almanac")
    assert not any(REFRAIN.strip() in quote for quote in quotes)


async def test_a_story_asked_for_has_a_deck_of_its_own(library: Library) -> None:
    await small(library)
    await draw(library, 9)
    quotes = await draw(library, 12, "Almanac")
    assert len(set(quotes)) == 12
    assert all("The Almanac" in quote for quote in quotes)


async def test_another_goes_on_in_the_same_deck_in_the_same_message(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(1, 2, 3)})
    quote = shown(await library.ann.slash(library.channel, "quote", story="Almanac"))
    seen = [said_in(quote)]
    for _ in range(2):
        turned = shown(await library.ann.click(quote, label="Another"))
        assert turned.id == quote.id
        seen.append(said_in(turned))
    assert len(set(seen)) == 3
    assert said_in(shown(await library.ann.click(quote, label="Another"))) in seen


async def test_another_of_any_story_comes_from_any_story(library: Library) -> None:
    await small(library)
    quote = shown(await library.ann.slash(library.channel, "quote"))
    seen = {footer_of(quote)}
    for _ in range(14):
        seen.add(footer_of(shown(await library.ann.click(quote, label="Another"))))
    assert seen == {"The Almanac", "A Spoon for the King"}


async def test_readers_of_a_server_share_a_deck_and_anothers_press_is_a_private_quote(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(1, 2, 3)})
    quote = shown(await library.ann.slash(library.channel, "quote", story="Almanac", spoilers=True))
    first = said_in(quote)
    other = shown(await library.ben.click(quote, label="Another"))
    assert other.ephemeral and other.id != quote.id
    assert said_in(quote) == first
    [third] = await draw(library, 1, "Almanac", library.ben)
    assert len({first, said_in(other), third.split(" — ")[0]}) == 3


async def test_each_server_has_a_deck_of_its_own(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(1, 2, 3)})
    guild = library.env.create_guild("Another Room")
    channel = guild.create_text_channel("reading")
    cleo = guild.add_member(library.env.create_user("cleo"))
    here = await draw(library, 2, "Almanac")
    there = [said_in(shown(await cleo.slash(channel, "quote", story="Almanac"))) for _ in range(3)]
    here += await draw(library, 1, "Almanac")
    assert len(set(here)) == len(set(there)) == 3


async def test_a_new_round_in_one_server_begins_none_in_another(library: Library) -> None:
    await small(library)
    guild = library.env.create_guild("Another Room")
    channel, cleo = guild.create_text_channel("reading"), guild.add_member(library.env.create_user("cleo"))

    async def drawn_there(count: int) -> list[str]:
        quotes = [shown(await cleo.slash(channel, "quote", spoilers=True)) for _ in range(count)]
        return [f"{said_in(quote)} — {footer_of(quote)}" for quote in quotes]

    there = await drawn_there(8)
    await draw(library, 16)
    there += await drawn_there(7)
    assert len(set(there)) == 14


async def test_in_direct_messages_each_reader_has_a_deck_of_their_own(library: Library) -> None:
    await small(library)
    await draw(library, 1, "Almanac")

    async def drawn_by(reader: UserHandle, count: int) -> list[str]:
        return [said_in(shown(await reader.slash("quote", story="Almanac"))) for _ in range(count)]

    anns = await drawn_by(library.ann.user, 6)
    bens = await drawn_by(library.ben.user, 12)
    anns += await drawn_by(library.ann.user, 6)
    assert len(set(anns)) == len(set(bens)) == 12


async def test_a_deck_survives_a_restart(library: Library) -> None:
    await small(library)
    quotes = await draw(library, 8)
    await library.restart()
    quotes += await draw(library, 7)
    assert len(set(quotes)) == 14


async def test_quotes_of_a_new_story_come_among_those_that_are_left(library: Library) -> None:
    await small(library)
    quotes = await draw(library, 10)
    await library.load({"second.txt": samples.almanac(*range(21, 29), title="The Second Almanac")})
    quotes += await draw(library, 5 + 8)
    assert len(set(quotes)) == 14 + 8


async def test_quotes_of_an_edited_story_are_not_dealt_again_for_the_edit(library: Library) -> None:
    await small(library)
    almanac, servers = await library.store.stories.find("Almanac"), [f"guild:{n}" for n in range(12)]
    dealt = {server: [(await library.store.quotes.draw(server, almanac)).text for _ in range(6)] for server in servers}
    await library.load({"almanac.txt": samples.almanac(*range(-2, 13))})
    for server, quotes in dealt.items():
        quotes += [(await library.store.quotes.draw(server, almanac)).text for _ in range(6 + 3)]
        assert len(set(quotes)) == 15


async def test_a_deck_goes_on_where_the_end_of_a_story_was_cut(library: Library) -> None:
    await small(library)
    quotes = await draw(library, 6, "Almanac")
    await library.load({"almanac.txt": samples.almanac(*range(1, 12))})
    left = 11 - sum("number 12 " not in quote for quote in quotes)
    quotes += await draw(library, left, "Almanac")
    assert len(set(quotes)) == len(quotes)


async def test_a_story_taken_away_is_quoted_no_more_until_it_comes_back(library: Library) -> None:
    await small(library)
    await library.load({"second.txt": samples.almanac(*range(21, 29), title="The Second Almanac")})
    quotes = await draw(library, 4)
    await library.take_away("almanac.txt")
    quotes += await draw(library, 3)
    assert len(set(quotes)) == 7
    assert not any("The Almanac" in quote for quote in quotes[4:])
    await library.load({"almanac.txt": samples.almanac(*range(1, 13))})
    assert any("The Almanac" in quote for quote in await draw(library, 40))


async def test_read_in_context_opens_the_page_privately_and_moves_no_place(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    await library.restart()
    for reader in (library.ann, library.ben):
        page = shown(await behind_more(reader, quote, "Read in context"))
        assert page.ephemeral and "page " in footer_of(page)
        assert " ".join(said_in(quote).split()) in " ".join(text_of(page).replace("\\", "").split())
        assert await library.store.places.latest(reader.id) is None
    number = footer_of(page).removeprefix("Visiting page ")
    taken = shown(await library.ben.click(page, label="Read here"))
    assert taken.id == page.id and footer_of(taken).startswith(f"Page {number} · ")
    again = shown(await library.ben.slash(library.channel, "read", story="Lighthouse"))
    assert footer_of(again) == footer_of(taken)


async def test_info_opens_the_card_of_the_quoted_story(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    card = shown(await behind_more(library.ben, quote, "Info"))
    assert card.ephemeral and "3 chapters" in text_of(card)


RARER = ["Read in context", "Make image", "React", "Info", "Same story", "Same author"]


async def test_more_of_a_quote_that_all_see_opens_beside_it_and_shows_no_words(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    for reader in (library.ann, library.ben):
        more = shown(await reader.click(quote, label="More"))
        assert more.ephemeral and more.id != quote.id
        assert text_of(more).strip() == footer_of(quote) and list(buttons_of(more)) == RARER
    assert list(buttons_of(quote)) == ["Another", "Save", "More"]


@pytest.mark.parametrize("direct", [False, True])
async def test_more_unfolds_under_ones_own_quote_and_folds_with_a_second_press(library: Library, direct: bool) -> None:
    if direct:
        quote = shown(await library.ann.user.slash("quote", story="Ferry"))
    else:
        asked = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
        quote = shown(await library.ben.click(asked, label="Another"))
    reader = library.ann.user if direct else library.ben
    said, row = text_of(quote), list(buttons_of(quote))
    unfolded = shown(await reader.click(quote, label="More"))
    assert unfolded.id == quote.id and text_of(unfolded) == said
    assert list(buttons_of(unfolded)) == [*row, *RARER, *([] if direct else ["Share here"])]
    await library.restart()
    folded = shown(await reader.click(unfolded, label="More"))
    assert list(buttons_of(folded)) == row and text_of(folded) == said
    unfolded = shown(await reader.click(folded, label="More"))
    assert list(buttons_of(shown(await reader.click(unfolded, label="Another")))) == row


async def test_the_rows_of_a_quotes_more_fit_a_phone(library: Library) -> None:
    asked = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    unfolded = shown(await library.ben.click(shown(await library.ben.click(asked, label="Another")), label="More"))
    rows = [[each["label"] for each in row["components"]] for row in unfolded.components]
    assert rows[0] == ["Another", "Save", "More"] and len(rows) <= 1 + MOST_ROWS


async def test_a_private_quote_is_shared_from_its_more(library: Library) -> None:
    asked = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    copy = shown(await library.ben.click(asked, label="Another"))
    shared = shown(await behind_more(library.ben, copy, "Share here"))
    assert not shared.ephemeral and said_in(copy) in said_in(shared) and f"<@{library.ben.id}>" in text_of(shared)
    assert list(buttons_of(shared)) == ["Read in context", "Save", "More"]
    assert "Read in context" not in buttons_of(shown(await library.ben.click(shared, label="More")))


async def test_a_quote_leads_to_others_of_its_story_and_of_its_author(library: Library) -> None:
    await library.load({"post.txt": samples.almanac(1, 2, 3).replace("Title:", "Author: Orla Venn\nTitle:", 1)})
    quote = shown(await library.ann.user.slash("quote", story="Lighthouse", spoilers=True))
    again = shown(await behind_more(library.ann.user, quote, "Same story"))
    assert again.id != quote.id and footer_of(again).startswith("The Lighthouse Post by Orla Venn")
    again = shown(await behind_more(library.ann.user, again, "Same author"))
    seen = {footer_of(again).split(" · ")[0]}
    for _ in range(30):
        seen.add(footer_of(shown(await library.ann.user.click(again, label="Another"))).split(" · ")[0])
    assert seen == {"The Lighthouse Post by Orla Venn", "The Almanac by Orla Venn"}


async def test_buttons_of_an_earlier_quote_still_answer(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    number = ids_by_label(quote)["Save"].split(":")[1]
    assert shown(await library.forge(library.ann, quote, f"k1:{number}")).ephemeral
    card = shown(await library.forge(library.ann, quote, f"qi1:new:{number}:{DESIGNS[0]}"))
    assert not card.ephemeral and card.attachments
    assert "no longer works" in library.refused(await library.forge(library.ann, quote, f"as2:{number}:0:any:0:0"))


async def test_the_buttons_of_a_quote_outlive_its_story_kindly(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Ferry"))
    more = shown(await library.ann.click(quote, label="More"))
    await library.take_away("ferry.txt")
    for message, label in ((quote, "Another"), (quote, "More"), *((more, label) for label in buttons_of(more))):
        assert "no longer in the library" in library.refused(await library.ann.click(message, label=label))


async def test_context_of_a_quote_that_an_edit_took_away_is_not_a_story_that_is_gone(library: Library) -> None:
    quote = shown(await library.ann.slash(library.channel, "quote", story="Spoon"))
    more = shown(await library.ann.click(quote, label="More"))
    await library.load({"spoon.txt": samples.sized("A Spoon for the King", 2)})
    said = library.refused(await library.ann.click(more, label="Read in context"))
    assert "That story is no longer in the library" not in said


async def test_a_story_with_nothing_that_stands_by_itself_says_so(library: Library) -> None:
    await library.load({"hm.txt": samples.QUIET})
    assert "“Hm” has no spoiler-free quotes" in library.refused(
        await library.ann.slash(library.channel, "quote", story="Hm")
    )


async def test_a_library_without_quotes_says_so(library: Library) -> None:
    await library.load({"hm.txt": samples.QUIET})
    await library.take_away("lighthouse.txt", "ferry.txt", "spoon.txt", "velvet.txt")
    assert "no spoiler-free quotes here yet" in library.refused(await library.ann.slash(library.channel, "quote"))


async def test_a_verse_is_shown_with_its_lines(library: Library) -> None:
    verse = "Leave me the ferry, leave me the bell,\nleave me whatever the river won't sell."
    await library.load({"verse.txt": f"Title: A Verse\n\n{verse}\n"})
    quote = shown(await library.ann.slash(library.channel, "quote", story="Verse"))
    assert said_in(quote) == verse
    assert all(line.startswith(">") for line in str(quote.embeds[0].description).split("\n"))


async def test_markdown_of_a_story_is_quoted_as_it_was_written(library: Library) -> None:
    line = "Nobody in the world had ever told @everyone why the sign was never read, because *nobody could."
    await library.load({"sign.txt": f"Title: The Sign\n\n{line}\n"})
    quote = shown(await library.ann.slash(library.channel, "quote", story="The Sign"))
    assert said_in(quote) == line
    raw = str(quote.embeds[0].description)
    assert not re.search(r"(?<!\\)[*_|`@<]", raw)


async def test_its_author_takes_a_quote_out_with_one_press_and_undoes_it(library: Library) -> None:
    await library.load({"almanac.txt": samples.almanac(1, 2, 3)})
    orla = await joined_author(library, "Almanac")
    quote = shown(await orla.slash(library.channel, "quote", story="Almanac"))
    out = said_in(quote)
    more = shown(await orla.click(quote, label="More"))
    receipt = shown(await orla.click(more, label="Don't post this again"))
    assert receipt.ephemeral and said_in(quote) == out, text_of(receipt)
    assert "again" in text_of(receipt)
    assert out not in {said.split(" — ")[0] for said in await draw(library, 6, "Almanac")}
    await library.load({"almanac.txt": samples.almanac(1, 2, 3, 4)})
    assert out not in {said.split(" — ")[0] for said in await draw(library, 6, "Almanac")}
    await library.restart()
    await orla.click(receipt, label="Undo")
    assert out in {said.split(" — ")[0] for said in await draw(library, 8, "Almanac")}


async def test_who_is_neither_author_nor_mod_takes_no_quote_out(library: Library) -> None:
    orla = await joined_author(library, "Lighthouse")
    quote = shown(await orla.slash(library.channel, "quote", story="Lighthouse"))
    assert "Don't post this again" not in buttons_of(shown(await library.ben.click(quote, label="More")))
    more = shown(await orla.click(quote, label="More"))
    await library.store.authors.unlink(await library.id_of("Lighthouse"), orla.id)
    library.refused(await orla.click(more, label="Don't post this again"))
