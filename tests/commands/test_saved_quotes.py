"""Quotes that readers keep, and those of their own choice."""

from __future__ import annotations

import pytest
from simcord.results import ResponseMessage

from bot.domain.quotes import QuoteFilter
from bot.domain.settings import ReaderSettings
from bot.errors import ReaderError
from bot.store import Store
from bot.store import me as saved
from bot.stories.model import Spot
from bot.stories.sentences import sentences_in
from tests import samples
from tests.library import Library
from tests.screens import behind_more, first_quote, mine
from tests.seen import Message, buttons_of, footer_of, options_of, said_in, select_of, shown, text_of


async def quote(library: Library, **options: str | bool) -> Message:
    return shown(await library.ann.slash(library.channel, "quote", **options))


async def kept(library: Library) -> ResponseMessage:
    return await mine(library.ann, library.channel, "quotes")


# -- what is asked for ----------------------------------------------------------


async def test_a_quote_contains_what_was_asked_for(library: Library) -> None:
    for _ in range(5):
        assert "letter" in said_in(await quote(library, containing="LETT*", spoilers=True)).lower()


async def test_another_keeps_to_what_was_asked_for_also_after_a_restart(library: Library) -> None:
    first = await quote(library, containing="slowly*", spoilers=True)
    await library.restart()
    for _ in range(5):
        first = shown(await library.ann.click(first, label="Another"))
        assert "slowly" in said_in(first).lower()


async def test_quotes_of_an_author_are_of_their_stories(library: Library) -> None:
    for _ in range(8):
        assert footer_of(await quote(library, author="tam sell", spoilers=True)).startswith("The Ferry of Words by")


@pytest.mark.parametrize(("length", "most", "least"), [("short", 100, 1), ("medium", 200, 101)])
async def test_quotes_are_as_long_as_was_asked_for(library: Library, length: str, most: int, least: int) -> None:
    for _ in range(5):
        assert least <= len(said_in(await quote(library, length=length, spoilers=True))) <= most


@pytest.mark.parametrize(
    "options", [{"containing": "zeppelin"}, {"author": "nobody"}, {"story": "Spoon", "length": "long"}]
)
async def test_where_no_quote_fits_it_says_so(library: Library, options: dict[str, str]) -> None:
    refused = await library.ann.slash(library.channel, "quote", **options)
    assert library.refused(refused)


@pytest.mark.parametrize("typed", ['" OR 1', "scope:story1", "NEAR(", "*", "a" * 100, "🦊", "text : *"])
async def test_whatever_a_quote_shall_contain_is_just_text(library: Library, typed: str) -> None:
    answer = await library.ann.slash(library.channel, "quote", containing=typed)
    assert library.refused(answer)


async def test_by_their_words_all_quotes_come_in_the_end(store: Store) -> None:
    drawn: set[int] = set()
    ask = QuoteFilter(containing="the", spoilers=True)
    for _ in range(1000):
        drawn.add((await store.quotes.draw("guild:1", None, ask)).id)
    everything = await store._db.rows(
        "SELECT q.id FROM quotes q JOIN visible_stories s ON s.id = q.story_id"
        " WHERE lower(' ' || q.text) LIKE '% the %'"
    )
    assert drawn >= {each for (each,) in everything} != set()


# -- saved ----------------------------------------------------------------------


async def test_a_saved_quote_is_listed_for_its_reader_alone_after_a_restart(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    receipt = shown(await library.ann.click(drawn, label="Save"))
    assert receipt.ephemeral and "Quote saved" in text_of(receipt)

    await library.restart()

    own = await kept(library)
    assert said_in(drawn)[:40] in text_of(own).replace("\\", "")
    theirs = await mine(library.ben, library.channel, "quotes")
    assert "No saved quotes yet" in text_of(theirs)


async def test_a_quote_is_saved_once(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    await library.ann.click(drawn, label="Save")
    assert "Already" in text_of(shown(await library.ann.click(drawn, label="Save")))
    assert await library.store.saved_quotes.count(library.ann.id) == 1


async def test_the_receipt_takes_it_off_again(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    receipt = shown(await library.ann.click(drawn, label="Save"))
    other = shown(await library.ann.click(drawn, label="Another"))
    await library.ann.click(other, label="Save")
    await library.ann.click(receipt, label="Remove")
    [left] = await library.store.saved_quotes.list(library.ann.id, 5)
    assert left.quote.text == said_in(other)


async def test_a_saved_quote_is_shared_with_who_shares_it_and_pings_nobody(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    await library.ann.click(drawn, label="Save")
    shared = shown(await library.ann.click(await first_quote(library), label="Share here"))
    assert not shared.ephemeral
    assert said_in(drawn) in said_in(shared) and f"<@{library.ann.id}>" in text_of(shared)
    assert footer_of(shared).startswith("The Lighthouse Post")
    assert "Another" not in buttons_of(shared)


async def test_a_saved_quote_is_deleted_and_the_list_is_shown_again(library: Library) -> None:
    await library.ann.click(await quote(library, story="Lighthouse"), label="Save")
    left = shown(await library.ann.click(await first_quote(library), label="Remove"))
    assert "No saved quotes yet" in text_of(left)


async def test_the_list_is_turned_page_by_page(library: Library) -> None:
    drawn = await quote(library, story="Ferry", spoilers=True)
    for _ in range(6):
        await library.ann.click(drawn, label="Save")
        drawn = shown(await library.ann.click(drawn, label="Another"))
    first = await kept(library)
    assert len(options_of(first, "qk1")) == 5
    second = shown(await library.ann.click(first, label="Next"))
    assert len(options_of(second, "qk1")) == 1 and "Page 2 of 2" in footer_of(second)


async def test_a_saved_quote_stays_as_it_was_when_its_words_are_edited_away(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    more = shown(await library.ann.click(drawn, label="More"))
    await library.ann.click(drawn, label="Save")
    await library.load(
        {"lighthouse.txt": samples.LIGHTHOUSE.split("\n\n")[0] + "\n\nAll of it was rewritten by the tide.\n"}
    )
    one = await first_quote(library)
    assert said_in(drawn)[:30] in text_of(one).replace("\\", "") and "edited" in text_of(one)
    assert set(buttons_of(one)) == {"Remove", "Back"}
    gone = await library.ann.click(more, label="Read in context")
    assert "those words are gone" in library.refused(gone)


async def test_what_is_edited_away_is_dealt_no_more_though_somebody_saved_it(library: Library) -> None:
    drawn = await quote(library, story="Spoon")
    await library.ann.click(drawn, label="Save")
    rewritten = "Title: A Spoon for the King\n\nThere is nothing here that anybody would quote, said the cook.\n"
    await library.load({"spoon.txt": rewritten})
    again = [said_in(await quote(library, story="Spoon")) for _ in range(3)]
    assert said_in(drawn) not in again


async def test_a_reader_keeps_a_bounded_number(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_SAVED_QUOTES", 1)
    drawn = await quote(library, story="Lighthouse")
    saved_one = text_of(shown(await library.ann.click(drawn, label="Save")))
    assert "Remove some in /me" not in text_of(shown(await library.ann.click(drawn, label="Save"))) != saved_one
    drawn = shown(await library.ann.click(drawn, label="Another"))
    assert "Remove some in /me" in library.refused(await library.ann.click(drawn, label="Save"))


async def test_saves_are_counted_by_their_rows(store: Store) -> None:
    quote_id = (await store.quotes.draw("guild:1")).id
    for reader in (1, 2, 2, 3):
        await store.saved_quotes.keep(reader, quote_id, 5)
    await store.saved_quotes.drop(2, quote_id)
    await store.privacy.delete(3)
    row = await store._db.row("SELECT saves FROM quotes WHERE id = ?", (quote_id,))
    assert row is not None and row[0] == 1


# -- of a reader's own choice ---------------------------------------------------


async def page(library: Library) -> Message:
    return shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))


async def test_sentences_of_a_page_become_a_quote_that_all_see(library: Library) -> None:
    panel = shown(await behind_more(library.ann, await page(library), "Quote"))
    assert panel.ephemeral
    sentences = options_of(panel)
    chosen = shown(await library.ann.select(panel, ["0", "1"], custom_id=select_of(panel, "qw1")))
    await library.restart()
    posted = shown(await library.ann.click(chosen, label="Share here"))
    assert not posted.ephemeral
    words = said_in(posted)
    for sentence in list(sentences)[:2]:
        assert sentence.split(". ", 1)[1].rstrip("…")[:40] in " ".join(words.split())
    assert footer_of(posted) == "The Lighthouse Post by Orla Venn" and f"<@{library.ann.id}>" in text_of(posted)


async def test_a_chosen_quote_is_saved_and_read_in_context_with_its_words_marked(library: Library) -> None:
    panel = shown(await behind_more(library.ann, await page(library), "Quote"))
    chosen = shown(await library.ann.select(panel, ["1"], custom_id=select_of(panel, "qw1")))
    await library.ann.click(chosen, label="Save")
    opened = shown(await library.ann.click(await first_quote(library), label="Read in context"))
    assert opened.ephemeral and text_of(opened).count("__") == 2


async def test_a_chosen_quote_is_never_dealt(library: Library, store: Store) -> None:
    panel = shown(await behind_more(library.ann, await page(library), "Quote"))
    chosen = shown(await library.ann.select(panel, ["0", "1"], custom_id=select_of(panel, "qw1")))
    await library.ann.click(chosen, label="Save")
    [mine] = await store.saved_quotes.list(library.ann.id, 5)
    dealt = {(await store.quotes.draw("guild:7")).id for _ in range(60)}
    assert mine.quote.id not in dealt


async def test_too_much_for_a_quote_is_refused_with_what_to_do(library: Library) -> None:
    await library.load(
        {"long.txt": "Title: Long\n\n" + " ".join(f"Sentence {n} is here to be read." for n in range(60)) + "\n"}
    )
    chosen = ReaderSettings(page_length="desktop")
    await library.store.settings.change_reader(library.ann.id, lambda _: chosen)
    opened = shown(await library.ann.slash(library.channel, "read", story="Long"))
    panel = shown(await behind_more(library.ann, opened, "Quote"))
    refused = await library.ann.select(panel, ["0", "22"], custom_id=select_of(panel, "qw1"))
    assert "too long" in library.refused(refused)
    assert list(options_of(panel))[-1] == "Later sentences…"
    more = shown(await library.ann.select(panel, ["~23"], custom_id=select_of(panel, "qw1")))
    assert "Earlier sentences…" in options_of(more)


@pytest.mark.parametrize("values", [["999"], ["x"], ["-1"], ["~x"], ["~99999"]])
async def test_a_forged_choice_does_no_harm(library: Library, values: list[str]) -> None:
    panel = shown(await behind_more(library.ann, await page(library), "Quote"))
    forged = await library.forge(library.ann, panel, select_id(panel), values=values)
    assert forged.response is not None and not library.env.errors


def select_id(message: Message) -> str:
    return select_of(message, "qw1")


async def test_a_story_that_may_not_be_quoted_is_not(library: Library) -> None:
    await library.load({"shy.txt": "Title: Shy\nQuote: no\n\n" + "The moth kept to the window all night. " * 20 + "\n"})
    opened = shown(await library.ann.slash(library.channel, "read", story="Shy"))
    assert "turned off quotes" in library.refused(await behind_more(library.ann, opened, "Quote"))


def test_sentences_of_several_paragraphs_are_slices_in_order() -> None:
    text = "One came. Two came!\n\nThree went,\nand four stayed.\n\n✦\n\n“Five?” said Six."
    parts = [text[start:end] for start, end in sentences_in(text)]
    assert parts == ["One came.", "Two came!", "Three went,", "and four stayed.", "“Five?” said Six."]


async def test_the_same_words_chosen_twice_are_one_quote(store: Store) -> None:
    story = await store.stories.find("Lighthouse")
    drawn = await store.quotes.draw("guild:1", story)
    spot = Spot(drawn.chapter.id, drawn.spot.offset)
    first = await store.quotes.choose(story.id, spot, drawn.text[:20])
    assert await store.quotes.choose(story.id, spot, drawn.text[:20]) == first != drawn.id
    with pytest.raises(ReaderError, match="no-quotes-like-that"):
        await store.quotes.draw("guild:1", story, QuoteFilter(containing="quartz"))


async def test_a_quote_that_its_writer_no_longer_wishes_to_be_quoted_says_so(library: Library) -> None:
    drawn = await quote(library, story="Lighthouse")
    more = shown(await library.ann.click(drawn, label="More"))
    shy = samples.LIGHTHOUSE.replace("Author:", "Quotes: no\n\nAuthor:")
    await library.load({"lighthouse.txt": shy})
    pressed = [(more, "Read in context"), (more, "Make image"), (more, "Same story")]
    for message, label in (*pressed, (drawn, "Save"), (drawn, "More"), (drawn, "Another")):
        assert "turned off quotes" in library.refused(await library.ann.click(message, label=label))
    found = await quote(library)
    assert "Lighthouse" not in footer_of(found)
