"""A story to keep, and what its writer wishes."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.downloads import as_epub, as_text, file_name
from bot.errors import ForbiddenByAuthor
from bot.stories import read_story
from bot.stories.model import ChapterName, FullChapter, FullStory, Span
from bot.stories.wishes import Wishes, read_wishes
from bot.ui.ids import Download
from tests import samples
from tests.library import Library
from tests.screens import card_for, read_at
from tests.seen import buttons_of, shown, text_of
from tests.votes import votes_of

FREE = samples.LIGHTHOUSE.replace("Author:", "Downloads: yes\n\nAuthor:")
SHY = samples.LIGHTHOUSE.replace("Author:", "Quotes: no\nVotes: no\n\nAuthor:")

fox = st.from_regex(r"[A-Z][a-z<>&\"']{2,9} came down to the river\.", fullmatch=True)
proses = st.lists(fox, min_size=1, max_size=5).map("\n\n".join)


@st.composite
def wholes(draw: st.DrawFn) -> FullStory:
    def chapter() -> FullChapter:
        prose = draw(proses)
        start = draw(st.integers(0, len(prose) - 1))
        span = Span(start, draw(st.integers(start + 1, len(prose))), draw(st.sampled_from(["italic", "bold"])))
        return FullChapter(ChapterName(draw(st.sampled_from([None, "The Ford", "A < B & C"]))), prose, (span,), (), ())

    chapters = tuple(chapter() for _ in range(draw(st.integers(1, 4))))
    return FullStory(7, "The Fox & the <Ford>", "R. Reed", None, "en", ("Be kind!",), ("Go on?",), chapters)


@given(wholes())
def test_every_document_of_an_epub_is_well_formed_and_holds_its_chapter(story: FullStory) -> None:
    with zipfile.ZipFile(io.BytesIO(as_epub(story))) as book:
        assert book.namelist()[0] == "mimetype" and book.infolist()[0].compress_type == zipfile.ZIP_STORED
        texts = {name: book.read(name).decode() for name in book.namelist()[1:]}
    trees = {name: ElementTree.fromstring(text) for name, text in texts.items()}
    for number, chapter in enumerate(story.chapters, start=1):
        shown_text = "".join(trees[f"chapter{number}.xhtml"].itertext())
        assert all(paragraph in shown_text for paragraph in chapter.prose.split("\n\n"))
    assert len(trees["nav.xhtml"].findall(".//{*}li")) == len(story.chapters)


def test_a_text_reads_back_as_the_same_story() -> None:
    story = read_story(samples.FERRY.encode(), "ferry.txt")
    chapters = tuple(FullChapter(c.name, c.prose, c.spans, c.notes_before, c.notes_after) for c in story.chapters)
    whole = FullStory(1, story.title, story.author, None, None, (), ("Thank you for reading!",), chapters)
    again = read_story(as_text(whole), "again.txt")
    assert [(c.title, c.prose, c.notes_before) for c in again.chapters] == [
        (c.title, c.prose, c.notes_before) for c in story.chapters
    ]
    assert again.notes_after == ("Thank you for reading!",)
    assert (again.title, again.author) == (story.title, story.author)


@pytest.mark.parametrize(
    ("title", "name"),
    [("The Ford", "the-ford.txt"), ("../../etc", "etc.txt"), ("???", "story.txt"), ("Été", "été.txt")],
)
def test_a_file_name_is_one_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(FullStory(1, title, None, None, None, (), (), ()), ".txt") == name


def test_wishes_are_a_yes_only_where_they_say_so() -> None:
    assert read_wishes({}) == Wishes(quote=True, vote=True, download=False)
    assert read_wishes({"quotes": "no", "votes": "perhaps", "downloads": "Yes"}) == Wishes(
        quote=False, vote=False, download=True
    )


@pytest.mark.parametrize("kind", ["epub", "text"])
async def test_a_story_is_downloaded_where_its_writer_allows_it(library: Library, kind: str) -> None:
    await library.load({"lighthouse.txt": FREE})
    card = await card_for(library.ann, library.channel, "Lighthouse")
    result = await library.ann.click(card, label="Download EPUB" if kind == "epub" else "Download text")
    message = result.followups[-1] if result.followups else shown(result)
    assert message.ephemeral
    assert message.attachments[0].filename == f"the-lighthouse-post.{'epub' if kind == 'epub' else 'txt'}"


async def test_a_story_is_not_downloaded_where_its_writer_does_not_say_so(library: Library) -> None:
    card = await card_for(library.ann, library.channel, "Lighthouse")
    assert not any("Download" in label for label in buttons_of(card))
    forged = str(Download(await library.id_of("Lighthouse"), "epub"))
    said = library.refused(await library.forge(library.ann, card, forged))
    assert "hasn't turned on downloads" in said
    assert all(isinstance(error.__cause__ or error, ForbiddenByAuthor) for error in library.env.errors)


async def test_a_story_is_neither_quoted_nor_voted_on_against_its_writers_wish(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    cast = next(
        i["custom_id"] for row in page.components for i in row["components"] if i["custom_id"].startswith("qu1:")
    )
    await library.load({"lighthouse.txt": SHY})
    card = await card_for(library.ann, library.channel, "Lighthouse")
    labels = [item.get("label") for row in card.components for item in row["components"]]
    assert "Quote" not in labels and "Vote" not in labels and "Read" in labels
    assert "go on?" not in text_of(shown(await read_at(library, library.ben, story="Lighthouse", page=6)))
    assert "turned off voting" in library.refused(await library.ann.click(page, custom_id=cast))
    assert "turned off voting" in library.refused(await library.ann.slash(library.channel, "vote", story="Lighthouse"))
    said = library.refused(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    assert "turned off quotes" in said
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).all == 0
