"""One story in every format that is read: the same prose, sign by sign, and its pages joined are that prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from zlib import crc32

import pytest

from bot.stories import Chapter, Story, read_story
from bot.stories.formats import ENDINGS
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK
from bot.stories.pages import cut
from tests.stories.formats.documents import docx, odt, paragraph, run, zipped
from tools.corpus import RIGHT, Post, posts

# By their names, so that a post more that is read right does not change which are tried.
POSTS = [post for post in posts("tune") if post.name in RIGHT and crc32(post.name.encode()) % 6 == 0]
TITLE, AUTHOR = "The Same Lamp", "Ink Gull"
TITLE_STYLE = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
BOOK = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:identifier id="i">x
</dc:identifier></metadata><manifest>{}</manifest><spine>{}</spine></package>"""


def parts(story: Story) -> Iterator[tuple[str | None, list[list[str]]]]:
    """The heading of each chapter, None for the only one, with its paragraphs by lines; ``***`` parts scenes."""
    for number, chapter in enumerate(story.chapters, start=1):
        scenes = f"{PARAGRAPH_BREAK}***{PARAGRAPH_BREAK}".join(chapter.prose.split(SCENE_BREAK))
        heading = f"Chapter {number}" if len(story.chapters) > 1 else None
        yield heading, [text.split("\n") for text in scenes.split(PARAGRAPH_BREAK)]


def body(heading: str | None, texts: list[list[str]]) -> str:
    over = f"<h2>{heading}</h2>" if heading else ""
    return over + "".join(f"<p>{'<br/>'.join(map(escape, lines))}</p>" for lines in texts)


def as_html(story: Story) -> bytes:
    return f"<h1>{TITLE}</h1><p>by {AUTHOR}</p>{''.join(body(*part) for part in parts(story))}".encode()


def as_docx(story: Story) -> bytes:
    made = [paragraph(run(TITLE), style="Title"), paragraph(run(f"by {AUTHOR}"))]
    for heading, texts in parts(story):
        made += [paragraph(run(heading), style="Heading1")] if heading else []
        for first, *others in texts:
            rest = (piece for line in others for piece in ("<w:r><w:br/></w:r>", run(line)))
            made.append(paragraph(run(first), *rest))
    return docx(*made)


def as_odt(story: Story) -> bytes:
    made = f'<text:p text:style-name="P1">{TITLE}</text:p><text:p>by {AUTHOR}</text:p>'
    for heading, texts in parts(story):
        made += f'<text:h text:outline-level="1">{heading}</text:h>' if heading else ""
        made += "".join(f"<text:p>{'<text:line-break/>'.join(map(escape, lines))}</text:p>" for lines in texts)
    return odt(made, TITLE_STYLE)


def as_rtf(story: Story) -> bytes:
    made = rf"\pard Title: {TITLE}\par by {AUTHOR}\par "
    for heading, texts in parts(story):
        made += rf"\pard\plain\s1\outlinelevel0 {heading}\par\pard\plain " if heading else ""
        made += "".join("\\line ".join(map(in_rtf, lines)) + "\\par " for lines in texts)
    return rf"{{\rtf1\ansi\ansicpg1252\uc1 {made}}}".encode("ascii")


def in_rtf(text: str) -> str:
    units = text.encode("utf-16-le")
    codes = (int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2))
    signs = (chr(code) if code < 128 else f"\\u{code - 65536 if code > 32767 else code}?" for code in codes)
    return "".join(f"\\{sign}" if sign in "\\{}" else sign for sign in signs)


def as_epub(story: Story) -> bytes:
    files: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    names = [f"c{number}" for number in range(len(story.chapters))]
    for name, part in zip(names, parts(story), strict=True):
        files[f"{name}.xhtml"] = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body(*part)}</body></html>'
    kind = "application/xhtml+xml"
    manifest = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="{kind}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    return zipped(files | {"book.opf": BOOK.format(TITLE, AUTHOR, manifest, spine)})


FORMATS: dict[str, Callable[[Story], bytes]] = {
    ".html": as_html,
    ".docx": as_docx,
    ".odt": as_odt,
    ".rtf": as_rtf,
    ".epub": as_epub,
}


def unindented(chapter: Chapter) -> str:
    """Return the prose of *chapter* without the indents of its lines, which HTML does not keep."""
    return "\n".join(line.strip() for line in chapter.prose.split("\n"))


def test_every_format_is_tried_but_those_that_a_post_is_typed_in() -> None:
    assert set(FORMATS) == set(ENDINGS) - {".txt", ".md", ".markdown", ".htm", ".xhtml"}


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.name)
def test_a_story_is_the_same_in_every_format_and_its_pages_are_its_prose(post: Post) -> None:
    story = read_story(post.text.encode(), "a1.txt")
    for ending, made in FORMATS.items():
        other = read_story(made(story), f"a1{ending}")
        assert (other.title, other.author) == (TITLE, AUTHOR)
        assert list(map(unindented, other.chapters)) == list(map(unindented, story.chapters)), ending
        for chapter in other.chapters:
            for starts in chapter.page_starts.values():
                pages = "".join(page.text for page in cut(chapter.prose, chapter.spans, starts))
                assert (pages == chapter.prose) is True, ending
