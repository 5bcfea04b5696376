"""The spoiler horizon: what is beyond where a reader has been is veiled where they alone see it."""

from __future__ import annotations

import re

import pytest
from simcord.results import ResponseMessage

from bot.domain.settings import ReaderSettings
from bot.stories.model import QuoteInContext
from tests.library import Library
from tests.screens import unhidden
from tests.seen import buttons_of, footer_of, options_of, shown, text_of

pytestmark = pytest.mark.sqlite("it is about pages on the screen")

DAYS = 60


def diary() -> str:
    """A long story with one quote a day."""
    day = "On day number {n} the ferryman wrote a single line into his book, and put it away until supper."
    rest = (
        "It rained, or it did not rain; the water rose a little and fell a little; nobody called from the other side. "
        * 4
    )
    parts = (f"{day.format(n=n)}\n\n{rest.lower()}" for n in range(1, DAYS + 1))
    return "Title: The Ferryman's Book\n\n" + "\n\n".join(parts) + "\n"


@pytest.fixture
async def book(library: Library) -> Library:
    await library.load({"book.txt": diary()})
    return library


async def test_a_quote_that_all_see_keeps_to_the_first_part_unless_asked_otherwise(book: Library) -> None:
    story = await book.store.stories.find("Ferryman")
    early = [await book.store.quotes.draw("guild:1", story, first_part=True) for _ in range(40)]
    assert {quote.percent <= 33 for quote in early} == {True}
    assert len({quote.id for quote in early}) < 40
    everything = {(await book.store.quotes.draw("guild:1", story)).id for _ in range(40)}
    assert len(everything) == 40
    for _ in range(5):
        said = text_of(shown(await book.ann.slash(book.channel, "quote", story="Ferryman")))
        assert any(f"day number {n} " in said for n in range(1, DAYS // 3 + 2))


async def test_words_from_a_storys_end_are_quoted_to_all_only_where_that_was_asked_for(book: Library) -> None:
    words = f'"day number {DAYS}"'
    assert "No quote has that" in book.refused(await book.ann.slash(book.channel, "quote", containing=words))
    quote = shown(await book.ann.slash(book.channel, "quote", containing=words, spoilers=True))
    assert f"day number {DAYS} " in unhidden(quote)


async def late(book: Library) -> QuoteInContext:
    """A quote from near the end."""
    story = await book.store.stories.find("Ferryman")
    for _ in range(3 * DAYS):
        quote = await book.store.quotes.draw("test", story)
        if quote.percent > 80:
            return quote
    raise AssertionError("no quote is from near the end")


async def hidden(book: Library) -> ResponseMessage:
    """A quote in a direct message that is a spoiler."""
    for _ in range(3 * DAYS):
        quote = shown(await book.ann.user.slash("quote", story="Ferryman"))
        if "||" in text_of(quote):
            return quote
    raise AssertionError("no quote was a spoiler")


async def test_a_quote_that_one_alone_sees_is_a_spoiler_with_where_it_is_from(book: Library) -> None:
    quote = await hidden(book)
    assert "Press to reveal" in text_of(quote) and "%" in footer_of(quote) and "Ferryman" in footer_of(quote)
    assert "day number" not in unhidden(quote)
    assert list(buttons_of(quote)) == ["Another", "Save", "More"]
    said = text_of(quote)
    await book.restart()
    unfolded = shown(await book.ann.user.click(quote, label="More"))
    assert text_of(unfolded) == said and "Info" in buttons_of(unfolded)


async def test_what_is_read_is_not_veiled(book: Library) -> None:
    story = await book.store.stories.find("Ferryman")
    quote = await late(book)
    reader = book.ann.id
    horizon = await book.store.places.horizon(reader, [story.id])
    assert horizon.hides(story, quote.chapter, quote.spot, quote.percent)
    await book.store.places.move(reader, await book.store.pages.open(quote.spot))
    await book.store.places.move(reader, await book.store.pages.open((await book.store.pages.ends(story.id))[0]))
    horizon = await book.store.places.horizon(reader, [story.id])
    assert not horizon.hides(story, quote.chapter, quote.spot, quote.percent)
    others = await book.store.places.horizon(book.ben.id, [story.id])
    assert others.hides(story, quote.chapter, quote.spot, quote.percent)


async def test_a_reader_may_want_to_see_everything(book: Library) -> None:
    await book.store.settings.change_reader(book.ann.id, lambda _: ReaderSettings(veil=False))
    for _ in range(10):
        assert "||" not in text_of(shown(await book.ann.user.slash("quote", story="Ferryman")))


async def search(book: Library, text: str) -> ResponseMessage:
    return shown(await book.ann.slash(book.channel, "search", text=text))


async def test_a_search_in_a_story_never_begun_shows_the_words(book: Library) -> None:
    found = await search(book, f'"day number {DAYS}"')
    assert "**day number" in unhidden(found) and "||" not in text_of(found)


async def test_hits_further_than_the_reader_are_spoilers_each_by_itself(book: Library) -> None:
    await book.ann.slash(book.channel, "read", story="Ferryman")
    found = await search(book, "ferryman wrote")
    for _ in range(2):  # beyond the first part
        found = shown(await book.ann.click(found, label="Next"))
    hits = re.findall(r"^> (.*)$", text_of(found), re.M)
    hidden_ones = [hit for hit in hits if hit.startswith("||") and hit.endswith("||")]
    assert hidden_ones and all(hit.count("||") == 2 for hit in hidden_ones)
    assert all("||" not in hit for hit in hits if hit not in hidden_ones)
    far = await search(book, f'"day number {DAYS}"')
    assert "ferryman wrote" not in unhidden(far) and f"day number {DAYS}" in text_of(far)
    assert "ferryman" not in str(far.components)
    assert "Show" not in buttons_of(far)
    near = await search(book, '"day number 2"')
    assert "**day number 2**" in unhidden(near)


async def test_a_hit_that_is_hidden_opens_like_any_other(book: Library) -> None:
    await book.ann.slash(book.channel, "read", story="Ferryman")
    far = await search(book, f'"day number {DAYS}"')
    [value, *_] = options_of(far).values()
    assert f"day number {DAYS} " in text_of(shown(await book.ann.select(far, [value])))


async def test_a_reader_who_wants_to_see_everything_finds_no_spoilers(book: Library) -> None:
    await book.ann.slash(book.channel, "read", story="Ferryman")
    await book.store.settings.change_reader(book.ann.id, lambda _: ReaderSettings(veil=False))
    assert "||" not in text_of(await search(book, f'"day number {DAYS}"'))


async def test_nothing_in_a_storys_text_ends_a_spoiler(book: Library) -> None:
    text = diary().replace("Book", "Marks") + "\n\nThe zephyr came at last, || the butler || \\||\n"
    await book.load({"marks.txt": text})
    await book.ann.slash(book.channel, "read", story="Marks")
    found = await search(book, "zephyr")
    [hit] = re.findall(r"^> (.*)$", text_of(found), re.M)
    inside = hit.removeprefix("||").removesuffix("||")
    assert len(inside) == len(hit) - 4 and "zephyr" in inside
    unescaped = re.sub(r"\\.", "", inside)
    assert "|" not in unescaped and "\\" not in unescaped


async def test_nothing_in_a_storys_text_ends_the_spoiler_of_a_quote(book: Library) -> None:
    line = "Nobody on the river ever asked about || the bell || at the ferry, because everybody knew it by heart."
    await book.load({"bell.txt": f"{diary().replace('Book', 'Bell')}\n\n{line}\n"})
    for _ in range(3 * DAYS):
        quote = shown(await book.ann.user.slash("quote", story="Bell", containing="bell"))
        if "||" in text_of(quote):
            break
    assert "the bell" in text_of(quote) and "the bell" not in unhidden(quote)
    marked = next(each for each in text_of(quote).split("\n") if each.startswith("> "))
    assert re.sub(r"\\.", "", marked).count("||") == 2
