"""A page of a site that somebody pasted is read the same, whichever format they saved it in. All texts are made up."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest

from bot.stories import Story, read_story
from bot.stories.metadata import value_of
from tests.stories.formats.documents import docx, odt, paragraph, run
from tests.stories.sites import pasted


def as_markdown(text: str) -> bytes:
    return text.encode()


def as_html(text: str) -> bytes:
    paragraphs = (lines.split("\n") for lines in text.strip("\n").split("\n\n"))
    return "".join(f"<p>{'<br>'.join(escape(line) for line in lines)}</p>\n" for lines in paragraphs).encode()


def as_lines_in_html(text: str) -> bytes:
    return "".join(f"<p>{escape(line) or '<br>'}</p>" for line in text.strip("\n").split("\n")).encode()


def as_docx(text: str) -> bytes:
    return docx(*(paragraph(run(line)) if line else paragraph() for line in text.strip("\n").split("\n")))


def as_odt(text: str) -> bytes:
    return odt("".join(f"<text:p>{escape(line)}</text:p>" for line in text.strip("\n").split("\n")))


def as_rtf(text: str) -> bytes:
    units = text.strip("\n").encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2))
    made = "".join("\\par " if code == 10 else f"\\u{code}?" for code in codes)
    return rf"{{\rtf1\ansi\ansicpg1252\uc1 {made}\par}}".encode("ascii")


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "markdown": (".md", as_markdown),
    "html": (".html", as_html),
    "html by lines": (".html", as_lines_in_html),
    "word": (".docx", as_docx),
    "opendocument": (".odt", as_odt),
    "rtf": (".rtf", as_rtf),
}


def told(story: Story) -> dict[str, object]:
    """Return what a reader takes from *story*; a site's details may be called otherwise."""
    return {
        "title": story.title,
        "author": story.author,
        "summary": story.summary,
        "rating": value_of(story.metadata, "rating"),
        "notes": sorted(" ".join(line.split()) for note in story.all_notes for line in note.split("\n")),
        "chapters": [(chapter.name.number, chapter.title, chapter.prose) for chapter in story.chapters],
    }


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("page", pasted.PAGES)
def test_a_pasted_page_is_read_like_its_text(page: str, format: str) -> None:
    text = pasted.PAGES[page]
    ending, made = FORMATS[format]
    assert told(read_story(made(text), f"0001{ending}")) == told(read_story(text.encode(), "0001.txt"))
