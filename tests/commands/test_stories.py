"""The library: /stories, /story, and what the option offers as a reader types."""

from __future__ import annotations

import pytest

from bot.stories.lengths import minutes
from bot.stories.model import StorySummary
from tests import samples
from tests.library import Library
from tests.screens import behind_more, card_for, read_at
from tests.seen import (
    buttons_of,
    components_of,
    footer_of,
    ids_by_label,
    options_of,
    reaction_id,
    select_of,
    shown,
    text_of,
    votes_in,
)
from tests.votes import cast_vote, votes_of

VELVET = samples.FILES["velvet.txt"]


async def offered(library: Library, typed: str, command: str = "read") -> list[str]:
    """Titles and authors as the option offers them."""
    return [choice["name"] for choice in await library.ann.autocomplete(library.channel, command, "story", typed)]


# -- /stories -------------------------------------------------------------------


async def test_the_list_says_of_each_story_what_helps_to_choose(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await library.store.reactions.toggle(story, library.ann.id, "🔥")
    await library.store.reactions.toggle(story, library.ben.id, "🔥")
    await cast_vote(library.store, story, library.ann.id, "continue", library.guild_id)
    await cast_vote(library.store, story, library.ben.id, "leave", library.guild_id)
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    assert not listed.ephemeral
    [row] = [row for row in text_of(listed).split("\n\n") if "Lighthouse" in row]
    words = (await library.store.stories.find("Lighthouse")).words
    length = f"{minutes(words)}\N{NO-BREAK SPACE}min"
    for part in ("**The Lighthouse Post** by Orla Venn\n-# ", length, "🔥 2", "Bottles come in with every tide"):
        assert part in row
    assert "3 stories" in footer_of(listed)
    assert not {"Previous", "Next"} & buttons_of(listed).keys()


async def test_stories_stand_in_the_order_of_their_titles(library: Library) -> None:
    await library.load({"a.txt": samples.sized("élan", 1), "z.txt": samples.sized("Zest", 1)})
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    assert list(options_of(listed)) == [
        "A Spoon for the King",
        "élan",
        "The Ferry of Words",
        "The Lighthouse Post",
        "Zest",
    ]


async def test_a_long_list_is_turned_page_by_page(library: Library) -> None:
    await library.load(samples.shelf(15))
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    assert "1–5 of 18 stories" in footer_of(listed)
    assert "Previous" not in buttons_of(listed)
    seen = list(options_of(listed))
    for _ in range(3):
        turned = shown(await library.ann.click(listed, label="Next"))
        assert turned.id == listed.id
        seen += options_of(turned)
    assert len(seen) == len(set(seen)) == 18
    assert "16–18 of 18 stories" in footer_of(listed) and "Next" not in buttons_of(listed)
    assert "11–15 of 18" in footer_of(shown(await library.ann.click(listed, label="Previous")))


async def test_the_list_is_turned_after_a_restart_and_by_others_as_their_own(library: Library) -> None:
    await library.load(samples.shelf(15))
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    await library.restart()
    copy = shown(await library.ben.click(listed, label="Next"))
    assert copy.ephemeral and "6–10 of 18" in footer_of(copy)
    assert "1–5 of 18" in footer_of(listed)
    assert shown(await library.ben.click(copy, label="Next")).id == copy.id
    assert shown(await library.ann.click(listed, label="Next")).id == listed.id


async def test_a_list_that_has_become_shorter_turns_to_its_last_page(library: Library) -> None:
    await library.load(samples.shelf(15))
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    await library.ann.click(listed, label="Next")
    await library.take_away(*(f"shelf{n:03}.txt" for n in range(4, 16)))
    turned = shown(await library.ann.click(listed, label="Next"))
    assert footer_of(turned) == "Library · 6 of 6 stories"
    assert len(options_of(turned)) == 1


async def test_the_select_opens_a_storys_card(library: Library) -> None:
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    card = shown(
        await library.ann.select(listed, [options_of(listed)["The Lighthouse Post"]], custom_id=select_of(listed))
    )
    assert card.id != listed.id and card.ephemeral
    assert "Bottles come in with every tide" in text_of(card)
    others = shown(
        await library.ben.select(listed, [options_of(listed)["The Ferry of Words"]], custom_id=select_of(listed))
    )
    assert others.ephemeral and "Tam Sell" in text_of(others)


async def test_a_story_that_was_taken_away_cannot_be_picked_from_an_old_list(library: Library) -> None:
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    picked = options_of(listed)["The Lighthouse Post"]
    await library.take_away("lighthouse.txt")
    await library.restart()
    assert "no longer in the library" in library.refused(
        await library.ann.select(listed, [picked], custom_id=select_of(listed))
    )


async def test_an_empty_library_says_how_to_fill_it(library: Library) -> None:
    await library.load({name: VELVET.replace("Velvet", name) for name in samples.FILES})
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    assert "No stories here yet" in text_of(listed)
    assert not components_of(listed)


# -- /story ---------------------------------------------------------------------


async def test_a_card_says_what_a_story_is_and_how_long(library: Library) -> None:
    card = await card_for(library.ann, library.channel, "Lighthouse")
    assert not card.ephemeral
    text = text_of(card)
    for part in ("The Lighthouse Post", "by Orla Venn", "be kind!", "Let me know"):
        assert part in text
    words = (await library.store.stories.find("Lighthouse")).words
    for part in (f"{words:,} words", f"{minutes(words)}\N{NO-BREAK SPACE}min"):
        assert part in text
    assert "No votes yet" not in text
    folded = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=False))
    assert folded.ephemeral and list(ids_by_label(folded)) == ["Read", "Later", "Follow", "More"]
    assert "Bottles come in with every tide" in text_of(folded) and "be kind!" not in text_of(folded)
    assert {"Quote", "Vote", "Reviews", "Add to list", "Share here"} <= set(ids_by_label(card))


async def test_a_card_of_chapters_names_them_and_the_status(library: Library) -> None:
    text = text_of(await card_for(library.ann, library.channel, "Ferry"))
    assert "1. The Fare · 2. The Crossing · 3. Ashore" in text.replace("\\", "")
    assert "3 chapters · In progress" in text and "Teen" in text


async def test_a_card_shows_what_readers_gave_and_voted(library: Library) -> None:
    story = await library.id_of("Lighthouse")
    await library.store.reactions.toggle(story, library.ben.id, "😭")
    await cast_vote(library.store, story, library.ben.id, "continue", None)
    card = await card_for(library.ann, library.channel, "Lighthouse")
    [cried] = [each for each in components_of(card) if each["custom_id"] == reaction_id(card, "😭")]
    assert not cried.get("label") and "😭 1" in text_of(card)
    assert votes_in(card) == (1, 1)
    assert "This server" not in text_of(card)  # nobody voted in it


async def test_read_on_a_card_opens_the_story_where_each_reader_stopped(library: Library) -> None:
    await read_at(library, library.ben, story="Lighthouse", page=3)
    card = await card_for(library.ann, library.channel, "Lighthouse")
    await library.restart()
    mine = shown(await library.ann.click(card, label="Read"))
    assert not mine.ephemeral and "Page 1 of 6" in footer_of(mine)
    bens = shown(await library.ben.click(card, label="Read"))
    assert bens.ephemeral and "Page 3 of 6" in footer_of(bens)
    await library.ben.click(bens, label="Next")
    assert "Page 4 of 6" in footer_of(shown(await library.ben.slash(library.channel, "read")))


async def test_the_other_buttons_of_a_card_open_quote_reactions_and_vote(library: Library) -> None:
    card = await card_for(library.ann, library.channel, "Lighthouse")
    quote = shown(await library.ann.click(card, label="Quote"))
    assert "The Lighthouse Post" in text_of(quote) and "Another" in buttons_of(quote)
    voting = shown(await library.ben.click(card, label="Vote"))
    assert voting.ephemeral and "I want more" in buttons_of(voting)


async def test_the_buttons_of_a_card_outlive_its_story_kindly(library: Library) -> None:
    card = await card_for(library.ann, library.channel, "Lighthouse")
    await library.take_away("lighthouse.txt")
    for label in ("Read", "Quote", "Vote"):
        assert "no longer in the library" in library.refused(await library.ann.click(card, label=label))
    loved = await library.ann.click(card, custom_id=reaction_id(card, "❤"))
    assert "no longer in the library" in library.refused(loved)


async def test_a_card_tells_details_in_readers_words_and_no_raw_fields(library: Library) -> None:
    head = "Title: Kites\nRating: Teen\nFandom: Tides\nWarnings: Drowning\nPublished: 2014-05-25T00:00:00Z\n"
    await library.load({"kites.txt": f"{head}Publisher: nobody\nWords: 624\n\nIt rose. It fell.\n"})
    text = text_of(await card_for(library.ann, library.channel, "Kites"))
    assert "-# Teen · Tides · " in text and "Warnings: Drowning" in text
    assert "<t:1400976000:D>" in text and "nobody" not in text and "624" not in text
    folded = shown(await library.ann.slash(library.channel, "stories", story="Kites"))
    assert "*“It rose.”*" in text_of(folded)


async def test_later_keeps_a_story_and_shows_it_on_ones_own_card_alone(library: Library) -> None:
    own = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=False))
    await library.ann.click(own, label="Later")
    assert await library.store.reading_lists.holding(library.ann.id, await library.id_of("Lighthouse")) == "later"
    public = shown(await library.ann.slash(library.channel, "stories", story="Lighthouse", share=True))
    styles = [each["style"] for card in (own, public) for each in components_of(card) if each.get("label") == "Later"]
    assert styles == [3, 2]
    await library.ann.click(own, label="Later")
    assert await library.store.reading_lists.holding(library.ann.id, await library.id_of("Lighthouse")) is None
    receipt = shown(await library.ben.click(public, label="Later"))
    assert receipt.ephemeral and "Kept for later" in text_of(receipt)


async def test_a_private_card_is_shared_from_more(library: Library) -> None:
    own = await card_for(library.ann, library.channel, "Lighthouse", share=False)
    shared = shown(await library.ann.click(own, label="Share here"))
    assert not shared.ephemeral and list(buttons_of(shared)) == ["Read", "Later", "Follow", "More"]


async def test_of_several_stories_with_one_name_the_answer_offers_all(library: Library) -> None:
    await library.load(
        {f"{who}.txt": f"Title: Twins\nAuthor: {who}\n\nIt is {who} who speaks.\n" for who in ("Ada", "Bo")}
    )
    said = await library.ann.slash(library.channel, "read", story="Twins")
    assert "Several stories" in library.refused(said)
    options = options_of(shown(said))
    assert list(options) == ["Twins · Ada", "Twins · Bo"]
    opened = shown(await library.ann.select(shown(said), [options["Twins · Bo"]]))
    assert "by Bo" in text_of(opened)


async def test_stories_are_found_by_the_minutes_that_a_reader_has(library: Library) -> None:
    await library.load({"long.txt": samples.sized("Long", 12)})
    listed = shown(await library.ann.slash(library.channel, "stories", minutes=1))
    assert "A Spoon for the King" in text_of(listed) and "Long" not in text_of(listed)


# -- the option -----------------------------------------------------------------


async def test_a_story_is_offered_by_any_word_of_title_or_author(library: Library) -> None:
    for typed in ("lighthouse", "post", "orla", "venn", "po li", "LIGHT", "líghthöuse"):
        assert await offered(library, typed) == ["The Lighthouse Post · Orla Venn"], typed
    assert await offered(library, "nothing") == []


async def test_accents_and_case_of_a_title_need_not_be_typed(library: Library) -> None:
    await library.load({"ete.txt": samples.sized("L'ÉTÉ À ŁÓDŹ", 1).replace("Title", "Author: Zoë Ångström\nTitle")})
    for typed in ("l'été", "ete", "été à", "zoe", "ANGSTROM"):
        assert len(await offered(library, typed)) == 1, typed


async def test_the_best_match_stands_first(library: Library) -> None:
    await library.load(
        {
            "1.txt": "Title: Apart\n\nAuthor: Sea Sand\n\nNobody went in that day, and nobody said why not.\n",
            "2.txt": samples.sized("The Sea", 1),
            "3.txt": samples.sized("Sea Air", 1),
            "4.txt": samples.sized("Sea", 1),
        }
    )
    assert await offered(library, "sea") == ["Sea", "Sea Air", "The Sea", "Apart · Sea Sand"]


async def test_an_exact_title_is_offered_however_many_begin_like_it(library: Library) -> None:
    await library.load(samples.shelf(420) | {"~last.txt": samples.sized("Letter", 1)})
    names = await offered(library, "letter")
    assert len(names) == 25
    assert names[0] == "Letter"


async def test_at_most_25_stories_are_offered_and_all_open(library: Library) -> None:
    await library.load(samples.shelf(40))
    for typed in ("", "letter", " "):
        choices = await library.ann.autocomplete(library.channel, "read", "story", typed)
        assert len(choices) == 25
    opened = shown(await library.ann.slash(library.channel, "read", story=choices[0]["value"]))
    assert text_of(opened)


@pytest.mark.parametrize(
    "typed", ['"', "*", "a OR b", "NEAR(", "title:x", "-", "'; DROP TABLE stories; --", "\x00", "x" * 6000, "( " * 3000]
)
async def test_whatever_is_typed_the_option_stays_a_list(library: Library, typed: str) -> None:
    assert len(await offered(library, typed)) <= 25
    assert await offered(library, "lighthouse")


@pytest.mark.parametrize("command", ["stories", "read", "search", "quote", "react", "review", "vote"])
async def test_every_command_that_takes_a_story_offers_them(library: Library, command: str) -> None:
    assert await offered(library, "spoon", command) == ["A Spoon for the King"]


# -- mature stories -------------------------------------------------------------


async def velvet_id(library: Library) -> int:
    return (await library.store.publishing.known("folder"))["velvet"].story


async def test_a_mature_story_loads_and_the_report_says_where_it_is_shown(library: Library) -> None:
    [line] = [line for line in await library.load({}) if line.file == "velvet.txt"]
    assert line.outcome == "unchanged" and "only in age-restricted channels" in str(line)


async def test_a_mature_story_is_in_no_list_and_no_choice(library: Library) -> None:
    assert "Velvet" not in text_of(shown(await library.ann.slash(library.channel, "stories", share=True)))
    await library.store.reactions.toggle(await velvet_id(library), library.ann.id, "🔥")
    assert "Velvet" not in text_of(shown(await library.ann.slash(library.channel, "top")))
    for typed in ("velvet", "behind", "Behind the Velvet Door", ""):
        assert not any("Velvet" in name for name in await offered(library, typed))


@pytest.mark.parametrize("command", ["stories", "read", "quote", "react", "review", "vote"])
async def test_a_mature_story_is_found_by_no_command_by_name_or_number(library: Library, command: str) -> None:
    for name in ("Behind the Velvet Door", "velvet", f"#{await velvet_id(library)}"):
        said = library.refused(await library.ann.slash(library.channel, command, story=name))
        assert "Velvet Door" not in said.replace(name, "")


async def test_no_quote_is_from_a_mature_story(library: Library) -> None:
    everything = {quote.story.title for quote in [await library.store.quotes.draw("all") for _ in range(200)]}
    assert everything == {"The Ferry of Words", "The Lighthouse Post", "A Spoon for the King"}


async def test_old_buttons_of_a_story_that_became_mature_open_nothing(library: Library) -> None:
    opened = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    asked = await behind_more(library.ann, opened, "Go to…")
    last = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    card = await card_for(library.ann, library.channel, "Lighthouse")
    quote = shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    listed = shown(await library.ann.slash(library.channel, "stories", share=True))
    voting = shown(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    receipt = (await library.ann.click(last, label="I want more")).followups[0]
    before = await votes_of(library.store, await library.id_of("Lighthouse"))
    story = options_of(listed)["The Lighthouse Post"]
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("Author:", "Rating: Explicit\n\nAuthor:")})

    pressed = [
        (opened, ["Next", "Info", "React", "More"]),
        (last, ["Back", "Next", "I want more", "Perfect as is"]),
        (card, ["Read", "Quote", "Vote", "Add to list", "Follow", "Later", "Share here"]),
        (quote, ["Another", "Save", "More"]),
        (voting, ["I want more", "Perfect as is"]),
        (receipt, ["Details"]),
    ]
    results = [await library.ann.click(message, label=label) for message, labels in pressed for label in labels]
    results += [
        await library.ann.submit_modal(asked, {"page": "2"}),
        await library.ann.select(listed, [story], custom_id=select_of(listed)),
        await library.ann.click(last, custom_id=reaction_id(last, "🔥")),
        await library.ann.click(card, custom_id=reaction_id(card, "🔥")),
        await library.ann.slash(library.channel, "read"),
        await library.ann.slash(library.channel, "react"),
    ]
    for result in results:
        said = library.refused(result)
        assert "bottle" not in said and "Lighthouse" not in said
    assert await votes_of(library.store, int(story)) == before
    assert not await library.store.reactions.tally(int(story))


async def test_a_story_of_unknown_rating_is_shown_unless_the_host_says_otherwise(library: Library) -> None:
    await library.store.publishing.gate_unrated(True)
    listed: list[StorySummary] = await library.store.stories.search("", 10)
    assert [entry.title for entry in listed] == ["The Ferry of Words"]
    await library.load({})
    assert await library.store.stories.count() == 3
