"""/search: passages, stories and authors by their words, and the way into the story."""

from __future__ import annotations

import re

import pytest
from simcord.builders import ChannelHandle

from bot.domain.settings import ReaderSettings
from bot.ui.ids import PickHit, SearchPage
from bot.ui.search import HITS_A_PAGE
from tests import samples
from tests.library import Library
from tests.restricting import restrict
from tests.screens import read_at
from tests.seen import Message, buttons_of, components_of, footer_of, is_refusal, options_of, shown, text_of

HOSTILE = (
    '"', "*", '"*', "NEAR(", "NEAR(bottle letter, 3)", "OR", "bottle OR", "bottle AND NOT letter", "text:bottle",
    "-bottle", "^bottle", "bottle)", "((((", "scope : story1", "'; DROP TABLE passages; --", "🦊", "🦊 bottle 🦊",
    "bottle\x00letter", "%s {0} \\", "\ud800", "@everyone", "x" * 6000, "bottle " * 900, "\u202ebottle",
)  # fmt: skip


async def search(library: Library, text: str, channel: ChannelHandle | None = None, **options: str) -> Message:
    found = shown(await library.ann.slash(channel or library.channel, "search", text=text, **options))
    assert found.ephemeral
    return found


def bold(message: Message) -> set[str]:
    """What stands in bold in the excerpts."""
    excerpts = re.findall(r"^> (.*)$", str(message.embeds[-1].description), re.M)
    return {word for excerpt in excerpts for word in re.findall(r"\*\*(.+?)\*\*", excerpt)}


def passages(message: Message) -> list[str]:
    """The options that open a passage."""
    return [value for value in options_of(message).values() if value.startswith("p")] if components_of(message) else []


async def days(library: Library, count: int) -> None:
    """So many stories, each with the same word in it once."""
    await library.load(
        {
            f"day{n}.txt": f"Title: Day {n}\n\nOn day number {n} nothing was foretold, said Zephyrine, and it came.\n"
            for n in range(count)
        }
    )


async def test_a_search_shows_passages_with_the_words_in_bold_to_the_one_alone_who_asks(library: Library) -> None:
    found = await search(library, "tide BOTTLE")
    assert {word.lower() for word in bold(found)} == {"tide", "bottle"}
    assert "**The Lighthouse Post**" in text_of(found)
    assert footer_of(found).endswith("5 results")
    assert "Velvet" not in text_of(found)


async def test_a_hit_names_the_chapter_and_how_far_into_the_story(library: Library) -> None:
    found = await search(library, "darkly3")
    assert re.search(r"1 · \*\*The Ferry of Words\*\* · Chapter 2: The Crossing · [3-6][0-9]%\n", text_of(found))


async def test_a_phrase_a_beginning_and_accents(library: Library) -> None:
    assert bold(await search(library, '"the wooden spoon"')) == {"the wooden spoon"}
    assert bold(await search(library, "WOÖDEN")) == {"wooden"}
    assert bold(await search(library, "spoo*")) == {"spoon"}
    assert not passages(await search(library, '"spoon wooden the"'))


async def test_the_name_of_a_story_or_an_author_finds_it_above_the_passages(library: Library) -> None:
    for typed in ("lighthouse post", "Orla Venn"):
        found = await search(library, typed)
        assert str(found.embeds[0].description).startswith("-# Stories\n**The Lighthouse Post**")
        card = shown(await library.ann.select(found, [options_of(found)["The Lighthouse Post"]]))
        assert card.ephemeral and "Bottles come in with every tide" in text_of(card)


async def test_a_hit_opens_the_page_it_stands_on_and_moves_no_place_until_the_reader_says_so(library: Library) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=2)
    found = await search(library, '"9th bottle"')
    await library.restart()
    page = shown(await library.ann.select(found, [passages(found)[0]]))
    assert page.ephemeral and page.id != found.id
    assert "9th bottle" in text_of(page)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read")))
    number = re.search(r"page \d of 6", footer_of(page))
    await library.ann.click(page, label="Read here")
    assert number and number[0].capitalize() in footer_of(shown(await library.ann.slash(library.channel, "read")))


async def test_results_are_turned_page_by_page_after_a_restart(library: Library) -> None:
    await days(library, 23)
    found = await search(library, "zephyrine")
    assert footer_of(found) == "Page 1 of 6 · 23 results"
    assert buttons_of(found) == {"Next": True}
    seen = set(options_of(found))
    await library.restart()
    for page in range(2, 7):
        turned = shown(await library.ann.click(found, label="Next"))
        assert turned.id == found.id and f"Page {page} of 6" in footer_of(turned)
        assert not seen & set(options_of(turned))
        seen |= set(options_of(turned))
    assert len(seen) == 23 and buttons_of(turned) == {"Previous": True}
    assert "21 · **" in text_of(turned)
    back = shown(await library.ann.click(found, label="Previous"))
    assert "Page 5 of 6" in footer_of(back)


async def test_two_readers_search_apart(library: Library) -> None:
    await days(library, 12)
    mine = await search(library, "zephyrine")
    theirs = shown(await library.ben.slash(library.channel, "search", text="foretold"))
    turned = shown(await library.ben.click(theirs, label="Next"))
    assert "foretold" in text_of(turned) and turned.ephemeral
    assert "Page 1 of 3" in footer_of(mine)
    assert bold(shown(await library.ann.click(mine, label="Next"))) == {"Zephyrine"}


async def test_the_button_of_a_search_that_is_not_kept_says_what_to_do(library: Library) -> None:
    found = await search(library, "bottle")
    assert "/search" in library.refused(await library.forge(library.ann, found, str(SearchPage("n", 99, 1))))
    theirs = await library.store.search.save(library.ben.id, "bottle", None)
    assert "/search" in library.refused(await library.forge(library.ann, found, str(SearchPage("n", theirs, 1))))


@pytest.mark.parametrize("value", ["p", "p1", "p1:", "p1:x", "s", "sx", f"p{10**18}:1", "p1:٣", "p1:1 ", "1:1"])
async def test_a_pick_that_is_none_says_what_to_do(library: Library, value: str) -> None:
    found = await search(library, "bottle")
    result = await library.forge(library.ann, found, str(PickHit()), values=[value])
    assert "/search" in library.refused(result)


async def test_in_one_story_alone(library: Library) -> None:
    found = await search(library, "nobody", story="Ferry")
    assert "The Ferry of Words" in text_of(found) and "Lighthouse" not in text_of(found)
    assert "No matches" in text_of(await search(library, "bottle", story="Ferry"))


async def test_a_story_that_was_asked_for_and_is_gone_is_said_to_be(library: Library) -> None:
    paragraphs = "\n\n".join(f"On day {n} it was the heron, and again the heron. " * 20 for n in range(12))
    await library.load({"herons.txt": f"Title: Herons\n\n{paragraphs}\n"})
    found = await search(library, "heron", story="Herons")
    assert "Page 1 of 3" in footer_of(found)
    await library.take_away("herons.txt")
    assert "no longer in the library" in library.refused(await library.ann.click(found, label="Next"))


async def test_nothing_found_says_what_to_try(library: Library) -> None:
    found = await search(library, "xylophone")
    assert "Try another word" in text_of(found)
    assert not components_of(found)


@pytest.mark.parametrize("typed", ["🦊", '"', "*", "...", "?!", '" "'])
async def test_no_word_at_all_is_told_how_to_search(library: Library, typed: str) -> None:
    said = library.refused(await library.ann.slash(library.channel, "search", text=typed))
    assert "Type a word or two" in said


async def test_whatever_is_typed_is_just_text(library: Library) -> None:
    for typed in HOSTILE:
        typed = typed[:200].encode("utf-8", "ignore").decode() or "?"
        answer = shown(await library.ann.slash(library.channel, "search", text=typed))
        assert answer.ephemeral and "Something went wrong" not in text_of(answer), typed
    assert all(is_refusal(error.__cause__, "nothing-asked") for error in library.env.errors)
    assert passages(await search(library, "bottle"))


async def test_the_text_of_a_story_formats_nothing(library: Library) -> None:
    await library.load({"loud.txt": samples.LOUD})
    await library.store.settings.change_reader(library.ann.id, lambda _: ReaderSettings(veil=False))
    found = await search(library, "sign")
    excerpt = re.findall(r"^> (.*)$", str(found.embeds[-1].description), re.M)[0]
    assert "**sign**" in excerpt
    assert not re.search(r"(?<!\\)[_|`<@#]", excerpt)


async def test_a_page_of_the_loudest_hits_is_one_that_discord_takes(library: Library) -> None:
    await library.load({f"loud{n}.txt": samples.LOUD.replace("Title: ", f"Title: {n} ") for n in range(2)})
    found = await search(library, "everyone look here now at this")
    assert len(passages(found)) == HITS_A_PAGE
    shown(await library.ann.click(found, label="Next"))


# -- what is not for everyone -------------------------------------------------------


async def test_a_story_for_adults_is_found_in_age_restricted_channels_only(library: Library) -> None:
    before = await search(library, '"9th bottle"')
    assert "Velvet" not in text_of(before) and len(passages(before)) == 1
    await restrict(library, library.channel)
    found = await search(library, '"9th bottle"')
    assert "Velvet" in text_of(found) and len(passages(found)) == 2
    [mature] = [value for label, value in options_of(found).items() if "Velvet" in label]
    await restrict(library, library.channel, False)
    assert "age-restricted" in library.refused(await library.ann.select(found, [mature]))
    for typed in ("velvet", "behind the door"):
        assert "Velvet" not in text_of(await search(library, typed))


async def test_a_direct_message_finds_what_all_may_read(library: Library) -> None:
    found = shown(await library.ann.user.slash("search", text='"9th bottle"'))
    assert "Lighthouse" in text_of(found) and "Velvet" not in text_of(found)


async def test_a_story_that_was_taken_away_is_not_found_and_its_hits_say_so(library: Library) -> None:
    found = await search(library, "bottle")
    await library.take_away("lighthouse.txt")
    assert "no longer in the library" in library.refused(await library.ann.select(found, [passages(found)[0]]))
    assert not passages(await search(library, "bottle"))


async def test_an_edited_story_is_found_by_what_it_says_now_and_old_hits_still_open_it(library: Library) -> None:
    found = await search(library, "crown")
    await library.load({"spoon.txt": samples.ONE_PAGE.replace("crown", "sceptre")})
    assert not passages(await search(library, "crown"))
    assert bold(await search(library, "sceptre")) == {"sceptre"}
    assert "sceptre" in text_of(shown(await library.ann.select(found, passages(found))))


async def test_the_upload_of_another_server_is_not_found(library: Library) -> None:
    guild = library.env.create_guild("Another Room")
    channel = guild.create_text_channel("reading")
    cleo = guild.add_member(library.env.create_user("cleo"))
    await library.load(
        {"named.txt": f"Title: Herons\nServers: {library.guild_id}\n\nOne heron came, and then a heron.\n"}
    )
    assert passages(await search(library, "heron"))
    elsewhere = shown(await cleo.slash(channel, "search", text="heron"))
    assert "Heron" not in text_of(elsewhere).replace("Results for heron", "") and not components_of(elsewhere)


async def test_prose_that_is_not_to_be_shared_is_found_privately(library: Library) -> None:
    await library.load({"quiet.txt": "Title: Quietly\nSharing: no\n\nOne heron came, and then another heron.\n"})
    found = await search(library, "heron")
    assert shown(await library.ann.select(found, passages(found))).ephemeral
