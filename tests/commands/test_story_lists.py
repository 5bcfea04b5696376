"""/stories with filters, /random and /muted, as readers meet them."""

from __future__ import annotations

from functools import partial

import pytest
from simcord.results import ResponseMessage

from bot.store import search as asked
from bot.ui.ids import AskNames, MutesModal, NamesModal, ShowFilters, StoryListPage
from tests import samples
from tests.library import Library
from tests.restricting import restrict
from tests.screens import card_for, filters_of, mine, surprise
from tests.seen import buttons_of, components_of, footer_of, options_of, reaction_id, select_of, shown, text_of


def tale(title: str, *, words: int = 40, **said: str) -> str:
    """A story of so many words, with details."""
    head = "".join(f"{label.capitalize()}: {value}\n" for label, value in said.items())
    line = "The lamp on the landing went out at nine, and nobody on the stairs said a word about it."
    body = " ".join([line] * max(1, words // 18))
    return f"Title: {title}\n{head}\n{body}\n"


SHELF = {
    "apple.txt": tale("Apple", author="Ilse Reed", tags="Fluff, River", fandom="Tides", rating="G", language="en"),
    "birch.txt": tale("Birch", words=400, author="Tam Sell", tags="Slow Burn", fandom="Tides", language="Deutsch"),
    "cedar.txt": tale("Cedar", words=18_500, author="Tam Sell", tags="Fluff, Angst", characters="Orla"),
    "secret.txt": tale("Secret", author="Nobody Else", tags="Fluff, Hush", rating="E"),
}


@pytest.fixture
async def shelf(library: Library) -> Library:
    await library.take_away(*(name for name in samples.FILES if name != "spoon.txt"))
    await library.load(SHELF)
    return library


async def listed(library: Library, **options: str | int) -> ResponseMessage:
    return shown(await library.ann.slash(library.channel, "stories", share=True, **options))


async def offered(library: Library, command: str, option: str, typed: str) -> list[str]:
    return [choice["value"] for choice in await library.ann.autocomplete(library.channel, command, option, typed)]


# -- filters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "titles", "words"),
    [
        ({"tag": "fluff"}, "Apple Cedar", "Tags: **fluff**"),
        ({"tag": "fluff, RIVER"}, "Apple", "Tags: **fluff** and **RIVER**"),
        ({"fandom": "tides"}, "Apple Birch", "Fandom: **tides**"),
        ({"character": "Orla"}, "Cedar", "Characters: **Orla**"),
        ({"author": "tam sell"}, "Birch Cedar", "Author: **tam sell**"),
        ({"language": "German"}, "Birch", "Language: **German**"),
        ({"language": "en-GB, de"}, "Apple Birch", "Language: **English** or **German**"),
        ({"length": "novella"}, "Cedar", "Length: Novella (17,500 to 39,999 words)"),
        ({"rating": "general"}, "Apple", "Rating: General"),
        ({"tag": "fluff", "without": "angst"}, "Apple", "Tags: **fluff** · Without: **angst**"),
        ({"without": "Tides", "author": "Tam Sell"}, "Cedar", "Author: **Tam Sell** · Without: **Tides**"),
        ({"tag": "fluff", "sort": "longest"}, "Cedar Apple", "Tags: **fluff** · Sort: Longest"),
    ],
)
async def test_the_list_holds_what_fits_and_says_which_filters_are_on(
    shelf: Library, options: dict[str, str], titles: str, words: str
) -> None:
    answer = await listed(shelf, **options)
    assert list(options_of(answer)) == titles.split()
    assert words in text_of(answer)


async def test_stories_that_are_not_rated_are_found_where_they_may_be_shown(shelf: Library) -> None:
    await shelf.load({"dusk.txt": tale("Dusk", rating="Not Rated")})
    await restrict(shelf, shelf.channel)
    assert list(options_of(await listed(shelf, rating="not rated"))) == ["Dusk"]


async def test_without_filters_the_list_says_nothing_of_them(shelf: Library) -> None:
    assert "Sort" not in text_of(await listed(shelf)) and "Tags" not in text_of(await listed(shelf))


async def test_where_nothing_fits_the_list_says_what_to_loosen(shelf: Library) -> None:
    answer = await listed(shelf, tag="river", length="novel", fandom="Tides")
    text = text_of(answer)
    assert "No stories match" in text and "Length: any · 1 story" in text and "Tags: any" not in text
    assert [*buttons_of(answer)] == ["Filters"]
    assert "clearing a few" in text_of(await listed(shelf, tag="nowhere", length="novel"))
    left_out = await listed(shelf, tag="river", without="fluff")
    assert "No stories match" in text_of(left_out) and "Without: nothing · 1 story" in text_of(left_out)


@pytest.mark.parametrize("name", ["%", "_", "'; DROP TABLE marks; --", ",", "🦊*" * 150])
async def test_whatever_is_typed_as_a_filter_is_answered(shelf: Library, name: str) -> None:
    for option in ("tag", "without", "author"):
        said = text_of(await listed(shelf, **{option: name}))
        assert "Library · " in said or "No stories match" in said
    for typed in (name, name * 20, f"Fluff, {name}"):
        assert len(await offered(shelf, "stories", "tag", typed)) <= 25
    assert await offered(shelf, "stories", "tag", "slow") == ["Slow Burn"]


async def test_ten_long_names_fit_into_the_list_the_panel_and_the_modal(shelf: Library) -> None:
    await shelf.load({"long.txt": tale("Long", tags=", ".join(f"{'🎏*' * 40} {n}" for n in range(10)))})
    panel = await filters_of(shelf.ann, await listed(shelf))
    asked = await shelf.ann.click(panel, label="Tags and names…")
    typed = {name: ", ".join(f"{'🎏*' * 40} {n}" for n in range(10)) for name in ("tags", "without")}
    answer = shown(await shelf.ann.submit_modal(asked, typed))
    assert "and 7 more" in text_of(answer) and text_of(answer).count("**") % 2 == 0
    panel = await filters_of(shelf.ann, answer)
    await shelf.ann.click(panel, label="Tags and names…")


# -- names as they are typed --------------------------------------------------------


async def test_names_are_offered_the_most_used_first_after_those_typed_before(shelf: Library) -> None:
    assert (await offered(shelf, "stories", "tag", ""))[0] == "Fluff"
    assert await offered(shelf, "stories", "tag", "River, slo") == ["River, Slow Burn"]
    assert await offered(shelf, "stories", "author", "tam") == ["Tam Sell"]
    assert await offered(shelf, "stories", "language", "ger") == ["German"]
    assert set(await offered(shelf, "stories", "without", "a")) >= {"Angst", "Orla", "Tam Sell"}


async def test_a_name_that_only_a_story_for_adults_has_is_offered_to_adults_alone(shelf: Library) -> None:
    for option, typed in (("tag", "hush"), ("author", "nob"), ("without", "hu")):
        assert await offered(shelf, "stories", option, typed) == []
    assert "Secret" not in text_of(await listed(shelf, tag="hush"))
    await restrict(shelf, shelf.channel)
    assert await offered(shelf, "stories", "tag", "hush") == ["Hush"]
    assert "Secret" in text_of(await listed(shelf, tag="hush"))


# -- the list, turned and changed ---------------------------------------------------


async def test_a_filtered_list_is_turned_after_a_restart_and_by_others_as_their_own(shelf: Library) -> None:
    await shelf.load({f"many{n:02}.txt": tale(f"Many {n:02}", tags="Kites") for n in range(19)})
    answer = await listed(shelf, tag="kites")
    assert footer_of(answer) == "Library · 1–5 of 19 stories"
    await shelf.restart()
    copy = shown(await shelf.ben.click(answer, label="Next"))
    assert copy.ephemeral and footer_of(copy) == "Library · 6–10 of 19 stories" and "**kites**" in text_of(copy)
    seen = list(options_of(answer))
    for _ in range(3):
        turned = shown(await shelf.ann.click(answer, label="Next"))
        assert turned.id == answer.id
        seen += options_of(turned)
    assert seen == [f"Many {n:02}" for n in range(19)]


async def test_a_list_that_is_no_longer_kept_says_what_to_do(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = await listed(shelf, tag="fluff")
    kept_until = shelf.store.clock() + asked.KEPT_SECONDS
    monkeypatch.setattr(shelf.store._db, "clock", lambda: kept_until - 60)
    await listed(shelf, tag="river")
    assert shown(await shelf.ann.click(answer, label="More")).id == answer.id
    monkeypatch.setattr(shelf.store._db, "clock", lambda: kept_until + asked.KEPT_SECONDS)
    await listed(shelf, tag="angst")
    assert "a new one with /stories" in shelf.refused(await shelf.ann.click(answer, label="More"))


async def test_the_order_is_picked_on_the_list(shelf: Library) -> None:
    await shelf.store.reactions.toggle(await shelf.id_of("Birch"), shelf.ben.id, "🔥")
    answer = shown(await shelf.ann.click(await listed(shelf), label="More"))
    loved = shown(await shelf.ann.select(answer, ["loved"], custom_id=select_of(answer, "ls1")))
    assert loved.id == answer.id and next(iter(options_of(loved))) == "Birch"
    assert "Most loved" in text_of(loved)
    recent = shown(await shelf.ann.select(loved, ["recent"], custom_id=select_of(loved, "ls1")))
    assert "You haven't read anything here yet" in text_of(recent)
    await shelf.ann.slash(shelf.channel, "read", story="Cedar")
    again = shown(await shelf.ann.select(recent, ["recent"], custom_id=select_of(recent, "ls1")))
    assert list(options_of(again)) == ["Cedar"]


async def test_filters_are_changed_on_the_list_without_a_command(shelf: Library) -> None:
    answer = await listed(shelf)
    panel = await filters_of(shelf.ann, answer)
    assert panel.id == answer.id and "No filters yet" in text_of(panel) and "4 stories" in footer_of(panel)
    await shelf.restart()
    panel = shown(await shelf.ann.select(panel, ["drabble"], custom_id=select_of(panel, "lo1:length")))
    assert "Drabble" in text_of(panel) and "2 stories" in footer_of(panel)
    panel = shown(await shelf.ann.select(panel, ["English"], custom_id=select_of(panel, "lo1:languages")))
    assert "1 story" in footer_of(panel)
    panel = shown(await shelf.ann.select(panel, ["-"], custom_id=select_of(panel, "lo1:length")))
    asked = await shelf.ann.click(panel, label="Tags and names…")
    fitting = shown(await shelf.ann.submit_modal(asked, {"tags": "fluff, river", "without": "angst"}))
    assert fitting.id == answer.id and list(options_of(fitting)) == ["Apple"]
    assert "Tags: **fluff** and **river** · Language: **English** · Without: **angst**" in text_of(fitting)
    panel = await filters_of(shelf.ann, fitting)
    assert list(options_of(shown(await shelf.ann.click(panel, label="Show stories")))) == ["Apple"]
    panel = await filters_of(shelf.ann, fitting)
    assert "4 stories" in footer_of(shown(await shelf.ann.click(panel, label="Clear all")))


async def test_the_minutes_that_a_reader_has_are_picked_with_the_lengths(shelf: Library) -> None:
    answer = await listed(shelf, minutes=7)
    assert "Length: up to 7 min" in text_of(answer)
    panel = await filters_of(shelf.ann, answer)
    lengths = options_of(panel, "lo1:length")
    assert {"Length: any", "Length: up to 5 min", "Length: up to 7 min", "Length: up to 60 min"} <= set(lengths)
    select = select_of(panel, "lo1:length")
    panel = shown(await shelf.ann.select(panel, [lengths["Length: up to 5 min"]], custom_id=select))
    assert text_of(panel).count("Length:") == 1 and "3 stories" in footer_of(panel)
    panel = shown(await shelf.ann.select(panel, ["novella"], custom_id=select_of(panel, "lo1:length")))
    assert "Length: Novella" in text_of(panel) and "min" not in text_of(panel)
    panel = shown(await shelf.ann.select(panel, ["10"], custom_id=select_of(panel, "lo1:length")))
    panel = shown(await shelf.ann.select(panel, ["-"], custom_id=select_of(panel, "lo1:length")))
    assert "No filters yet" in text_of(panel)


async def test_a_story_that_shows_ten_minutes_is_not_among_those_under_ten(shelf: Library) -> None:
    await shelf.load({f"{words}.txt": f"Title: {words}\n\n{'word ' * words}\n" for words in (2184, 2185)})
    answer = await listed(shelf, minutes=9, sort="longest")
    assert next(iter(options_of(answer))) == "2184" and "9\N{NO-BREAK SPACE}min" in text_of(answer)
    assert "10\N{NO-BREAK SPACE}min" not in text_of(answer)
    answer = await listed(shelf, minutes=10, sort="longest")
    assert next(iter(options_of(answer))) == "2185" and "10\N{NO-BREAK SPACE}min" in text_of(answer)


async def test_someone_else_changes_the_filters_of_a_list_of_their_own(shelf: Library) -> None:
    answer = await listed(shelf, tag="fluff")
    panel = await filters_of(shelf.ben, answer)
    assert panel.ephemeral and panel.id != answer.id and "**fluff**" in text_of(panel)
    asked = await shelf.ben.click(panel, label="Tags and names…")
    fitting = shown(await shelf.ben.submit_modal(asked, {"tags": "slow burn"}))
    assert fitting.ephemeral and list(options_of(fitting)) == ["Birch"]
    assert list(options_of(answer)) == ["Apple", "Cedar"]


@pytest.mark.parametrize(
    ("custom_id", "values"),
    [
        ("lo1:length:0", ["saga"]),
        ("lo1:length:0", ["601"]),
        ("lo1:rating:0", ["'"]),
        ("lo1:length:999", ["novel"]),
        ("ls1:999", ["loved"]),
    ],
)
async def test_a_forged_filter_is_refused_kindly(shelf: Library, custom_id: str, values: list[str]) -> None:
    shelf.refused(await shelf.forge(shelf.ann, await listed(shelf), custom_id, values=values))


async def test_forged_names_and_orders_are_only_words(shelf: Library) -> None:
    answer = await listed(shelf)
    typed = {"tags": "%" * 3000, "without": "x, " * 500, "sort": "loved"}
    said = text_of(shown(await shelf.send_modal(shelf.ann, answer, str(NamesModal(0)), typed)))
    assert "No stories match" in said
    sorted_ = await shelf.forge(shelf.ann, await listed(shelf), "ls1:0", values=["; DROP TABLE stories"])
    assert "4 stories" in footer_of(shown(sorted_))


async def test_what_a_reader_asked_for_is_shown_to_nobody_else(shelf: Library) -> None:
    private = shown(await shelf.ann.user.slash("stories", tag="fluff"))
    [query] = {each["custom_id"].rsplit(":", 1)[1] for each in components_of(private) if each["custom_id"][:3] == "rs2"}
    theirs = shown(await shelf.ben.slash(shelf.channel, "stories", share=True))
    for custom_id in (str(ShowFilters(int(query))), str(StoryListPage("show", int(query), 0)), f"rs1:{query}"):
        assert "fluff" not in shelf.refused(await shelf.forge(shelf.ben, theirs, custom_id))
    said = await shelf.forge(shelf.ben, theirs, str(AskNames(int(query))))
    assert said.modal is None and "fluff" not in shelf.refused(said)


# -- by chance ----------------------------------------------------------------------


async def test_a_story_by_chance_is_one_that_the_reader_has_not_begun(shelf: Library) -> None:
    for title in ("Apple", "Birch", "A Spoon for the King"):
        await shelf.ann.slash(shelf.channel, "read", story=title)
    for _ in range(5):
        card = shown(await surprise(shelf.ann, shelf.channel))
        assert card.ephemeral and card.embeds[0].title == "Cedar"
    await shelf.ann.click(card, label="Read")
    assert "started every story" in shelf.refused(await shelf.ann.click(card, label="Another story"))
    assert shown(await surprise(shelf.ben, shelf.channel, tag="river")).embeds[0].title == "Apple"


async def test_another_story_keeps_to_what_was_asked_also_after_a_reaction_and_a_restart(shelf: Library) -> None:
    card = shown(await surprise(shelf.ann, shelf.channel, tag="fluff", without="angst"))
    assert card.embeds[0].title == "Apple"
    await shelf.restart()
    card = shown(await shelf.ann.click(card, label="More"))
    await shelf.ann.click(card, custom_id=reaction_id(card, "🔥"))
    assert "Another story" in buttons_of(card)
    assert shown(await shelf.ann.click(card, label="Another story")).id == card.id
    assert card.embeds[0].title == "Apple"
    assert "Another story" not in buttons_of(await card_for(shelf.ann, shelf.channel, "Apple"))


async def test_where_nothing_fits_chance_says_so(shelf: Library) -> None:
    await shelf.ann.slash(shelf.channel, "read", story="Birch")
    said = shelf.refused(await surprise(shelf.ann, shelf.channel, tag="slow burn"))
    assert "matches that" in said


# -- mutes --------------------------------------------------------------------------


async def mute(library: Library, **typed: str) -> ResponseMessage:
    panel = await mine(library.ann, library.channel, "muted")
    assert panel.ephemeral
    return shown(await library.ann.submit_modal(await library.ann.click(panel, label="Mute…"), typed))


async def test_what_is_muted_is_on_no_road_but_its_own_name(shelf: Library) -> None:
    assert "Fluff, Tides" in text_of(await mute(shelf, tag="Fluff, Tides"))
    answer = await listed(shelf)
    assert list(options_of(answer)) == ["A Spoon for the King"]
    assert footer_of(answer) == "Library · 1 story · 3 muted"
    for _ in range(12):
        assert shown(await surprise(shelf.ann, shelf.channel)).embeds[0].title == "A Spoon for the King"
        assert "A Spoon" in footer_of(shown(await shelf.ann.slash(shelf.channel, "quote")))
    assert (await card_for(shelf.ann, shelf.channel, "Apple")).embeds[0].title == "Apple"
    assert "Apple" in footer_of(shown(await shelf.ann.slash(shelf.channel, "quote", story="Apple")))
    others = await filters_of(shelf.ben, answer)
    assert "4 stories" in footer_of(others)


async def test_quotes_of_an_author_are_of_none_of_their_stories_that_is_muted(shelf: Library) -> None:
    asked = partial(shelf.ann.slash, shelf.channel, "quote", author="Tam Sell")
    await mute(shelf, tag="Angst")
    assert "Birch" in footer_of(shown(await asked()))
    await mute(shelf, tag="Slow Burn")
    assert "No quote has that" in shelf.refused(await asked())


async def test_a_reader_who_mutes_takes_no_quotes_from_the_others(shelf: Library) -> None:
    await mute(shelf, tag="Fluff, Tides")
    for _ in range(5):
        await shelf.ann.slash(shelf.channel, "quote")
    drawn = {footer_of(shown(await shelf.ben.slash(shelf.channel, "quote"))).split(" by ")[0] for _ in range(12)}
    assert "Apple" in drawn


async def test_a_mute_is_taken_away_and_nobody_else_s(shelf: Library) -> None:
    panel = await mute(shelf, author="Tam Sell", tag="River")
    assert list(options_of(panel, "mu1:tag")) == ["River"]
    [tam] = [each["options"][0] for each in components_of(panel) if each["custom_id"] == "mu1:author"]
    await shelf.forge(shelf.ben, await listed(shelf), "mu1:author", values=[tam["value"]])
    assert len(await shelf.store.mutes.of(shelf.ann.id)) == 2
    await shelf.restart()
    panel = shown(await shelf.ann.select(panel, [tam["value"]], custom_id="mu1:author"))
    assert "Tam Sell" not in text_of(panel)
    assert list(options_of(await listed(shelf))) == ["A Spoon for the King", "Birch", "Cedar"]


async def test_a_list_that_a_mute_empties_says_why(shelf: Library) -> None:
    await mute(shelf, author="Tam Sell, Ilse Reed")
    text = text_of(await listed(shelf, author="Tam Sell"))
    assert "2 stories with muted tags or authors are hidden" in text


async def test_too_many_mutes_are_told_of(shelf: Library) -> None:
    for first in (0, 10):
        await mute(shelf, tag=", ".join(f"tag {n}" for n in range(first, first + 10)))
    panel = await mute(shelf, tag=", ".join(f"{'*' * 80} {n}" for n in range(10)))
    assert "5 didn't fit" in text_of(panel)
    forged = await shelf.send_modal(shelf.ann, await listed(shelf), str(MutesModal()), {"tag": "\x00" * 3000})
    assert "Muted" in text_of(shown(forged))


async def test_finding_works_in_direct_messages(shelf: Library) -> None:
    assert "Apple" in text_of(shown(await shelf.ann.user.slash("stories", tag="river")))
    assert shown(await surprise(shelf.ann.user, None, tag="river")).embeds[0].title == "Apple"
    assert "Nothing muted yet" in text_of(await mine(shelf.ann.user, None, "muted"))
