"""Stories in EPUB: the books of archives, of FanFicFare and of publishers, and archives that are none."""

from __future__ import annotations

import copy
import io
import zipfile
from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.formats.archive import MAX_ENTRIES
from bot.stories.formats.corrections import Correction
from tests.stories.formats.written import FANFICFARE, LONG, Written, ao3_pieces, stories

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ABOUT = "<dc:title>Reed Song</dc:title><dc:creator>Ann Oak</dc:creator><dc:language>en</dc:language>"
XHTML = "application/xhtml+xml"


def page(body: str, attributes: str = "", head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/>{head}</head><body {attributes}>{body}</body></html>'
    )


def zipped(files: dict[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def book_files(
    pages: dict[str, str],
    contents: list[tuple[str, str]],
    about: str = ABOUT,
    *,
    version: int = 3,
    spine: dict[str, str] | None = None,
    guide: str = "",
) -> dict[str, str | bytes]:
    """The files of a book of *pages*, with a table of *contents* as its version has one."""
    items = "".join(f'<item id="i{n}" href="{name}" media-type="{XHTML}"/>' for n, name in enumerate(pages))
    refs = "".join(f'<itemref idref="i{n}" {(spine or {}).get(name, "")}/>' for n, name in enumerate(pages))
    files: dict[str, str | bytes] = {"META-INF/container.xml": CONTAINER}
    if version == 3:
        links = "".join(f'<li><a href="{href}">{escape(title)}</a></li>' for title, href in contents)
        files["OEBPS/nav.xhtml"] = page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{links}</ol></nav>')
        toc, attribute = f'<item id="toc" href="nav.xhtml" media-type="{XHTML}" properties="nav"/>', ""
    else:
        points = "".join(
            f'<navPoint id="p{n}"><navLabel><text>{escape(title)}</text></navLabel><content src="{href}"/></navPoint>'
            for n, (title, href) in enumerate(contents)
        )
        files["OEBPS/toc.ncx"] = (
            '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx-2005-1.dtd">'
            f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
        )
        toc, attribute = '<item id="toc" href="toc.ncx" media-type="application/x-dtbncx+xml"/>', ' toc="toc"'
    files["OEBPS/content.opf"] = (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{about}</metadata><manifest>{toc}{items}</manifest><spine{attribute}>{refs}</spine>{guide}</package>"
    )
    return files | {f"OEBPS/{name}": text for name, text in pages.items()}


def read(files: dict[str, str | bytes]) -> Story:
    return read_story(zipped(files), "a1.epub")


# -- round trips --------------------------------------------------------------------------


@given(stories(), st.sampled_from([2, 3]), st.booleans())
def test_a_book_from_the_archive_comes_back_as_it_was_written(story: Written, version: int, renamed: bool):
    preface, chapters, afterword = ao3_pieces(story)
    tags, _, work = preface.partition("<h1>")
    parted = [f"{tags}</div></div>", f'<div id="preface"><div><h1>{work}']
    pages = {f"split_000_{n}.xhtml": page(said) for n, said in enumerate(parted if renamed else [preface])}
    for n, chapter in enumerate(chapters, 1):
        pages[f"split_{n:03}.xhtml"] = page(f'<div id="chapters" class="userstuff">{chapter}</div>')
    pages["split_999.xhtml"] = page(afterword)
    if renamed:  # as a converter of books does it
        names = {'"userstuff"': '"userstuff2 calibre5"', '"meta group"': '"calibre1"', '"meta"': '"calibre1"'}
        for old, new in names.items():
            pages = {name: text.replace(old, new) for name, text in pages.items()}
    contents = [(f"Entry {n}", name) for n, name in enumerate(pages)]
    about = f"<dc:title>{story.title}</dc:title><dc:creator>{story.author}</dc:creator><dc:language>en</dc:language>"
    book = zipped(book_files(pages, contents, about, version=version))
    found = read_story(book, "a1.epub", Correction.of({"whole": "yes"}, "typed"))  # however much its notes outweigh it
    story.holds_of(found)
    assert found.metadata["fandoms"] == "Harbour Tales, Reeds"


@given(stories(least=2, chapter_notes=False), st.sampled_from([2, 3]), st.booleans(), st.booleans())
def test_a_book_comes_back_as_it_was_written(story: Written, version: int, in_one: bool, has_headings: bool):
    pages = {"title.xhtml": page(f"<h1>{story.title}</h1><p>{story.author}</p>", 'epub:type="titlepage"')}
    contents: list[tuple[str, str]] = []
    bodies: list[str] = []
    for n, part in enumerate(story.parts, 1):
        title = f"Chapter {n}: {part.title}" if part.title else f"Chapter {n}"
        heading = f"<h2>{title}</h2>" if has_headings else ""
        bodies.append(f'<section id="c{n}">{heading}{part.html()}</section>')
        contents.append((title, f"all.xhtml#c{n}" if in_one else f"c{n}.xhtml"))
        if not in_one:
            pages[f"c{n}.xhtml"] = page(bodies[-1])
    if in_one:
        pages["all.xhtml"] = page("".join(bodies))
    summary = "".join(f"<p>{escape(text)}</p>" for text in story.summary)
    about = (
        f"<dc:title>{story.title}</dc:title><dc:creator>{story.author}</dc:creator><dc:language>en</dc:language>"
        f"<dc:description>{escape(summary)}</dc:description>"
    )
    story.holds_of(read(book_files(pages, contents, about, version=version)), notes=False)


# -- pages that only say what the story is ---------------------------------------------------

FICHUB = """<h1>Reed Song</h1><p><b>By: Ann Oak</b></p><p>A reed sings.</p><p>Status: complete</p>
<p>Published: 2010-03-30</p><p>Words: 1234</p><p>Rated: Fiction M - Language: English - Genre: Mystery - Favs: 10</p>
<p>Original source: <a href="https://x/1">https://x/1</a></p>
<p>Exported with the assistance of <a href="https://fichub.net">FicHub.net</a></p>"""
TITLE_PAGE = """<h3><a href="https://x/1">Reed Song</a> by Ann Oak</h3><p>Fandoms: Harbour</p><p>Status: In-Progress</p>
<p>Words: 1234</p><p>Rating: Mature</p><div>Summary: <p>A reed sings.</p></div>"""


@pytest.mark.parametrize(
    ("name", "first", "metadata"),
    [
        ("introduction.xhtml", FICHUB, {"status": "complete", "rating": "M", "genre": "Mystery", "words": "1234"}),
        ("titlepage.xhtml", TITLE_PAGE, {"fandoms": "Harbour", "rating": "Mature", "status": "In-Progress"}),
    ],
)
@pytest.mark.parametrize("described", ["", "<dc:description>A reed sings.</dc:description>"])
def test_a_page_that_says_what_the_story_is_is_no_chapter(
    name: str, first: str, metadata: dict[str, str], described: str
):
    pages = {name: page(first)} | {f"c{n}.xhtml": page(f"<h2>{n}. Mud</h2><p>{LONG}</p>") for n in (1, 2)}
    story = read(
        book_files(pages, [("Introduction", name), ("1. Mud", "c1.xhtml"), ("2. Mud", "c2.xhtml")], ABOUT + described)
    )
    assert [(chapter.title, chapter.prose) for chapter in story.chapters] == [("Mud", LONG)] * 2
    assert (story.title, story.author, story.summary, story.all_notes) == ("Reed Song", "Ann Oak", "A reed sings.", ())
    assert metadata.items() <= story.metadata.items()
    assert "favs" not in story.metadata


@pytest.mark.parametrize("name", ["About the Author", "Also by Ann Oak", "Praise for Reed Song", "Author’s Note"])
def test_what_a_book_says_of_its_author_is_a_note(name: str):
    pages = {f"c{n}.xhtml": page(f"<h2>{word}</h2><p>{LONG}</p>") for n, word in enumerate(["Mud", "Snow"])}
    pages["end.xhtml"] = page(f"<h2>{name}</h2><p>She lives by a river.</p>")
    story = read(book_files(pages, [("Mud", "c0.xhtml"), ("Snow", "c1.xhtml"), (name, "end.xhtml")]))
    assert [(chapter.title, chapter.prose) for chapter in story.chapters] == [("Mud", LONG), ("Snow", LONG)]
    assert story.chapters[-1].notes_after == (name, "She lives by a river.")


def test_a_letter_at_the_start_of_a_book_is_a_chapter():
    pages = {"a.xhtml": page(f"<p>To: Ann</p><p>Date: May</p><p>{LONG}</p>"), "b.xhtml": page(f"<p>{LONG}</p>")}
    story = read(book_files(pages, [("Letter", "a.xhtml"), ("Answer", "b.xhtml")]))
    assert [LONG in chapter.prose for chapter in story.chapters] == [True, True]


def test_a_book_cut_from_a_page_of_the_archive_has_its_notes_as_notes():
    over = '<h3 class="landmark heading" id="work">Chapter Text</h3>'
    note = '<div class="{} module"><h3 class="heading">Notes:</h3>{}<p>(See the end.)</p></div>'
    pages = {"notes.xhtml": page(note.format("notes", "<blockquote><p>Hello.</p></blockquote>"))}
    for n in (1, 2):
        head = f'<div class="chapter preface"><h3 class="title">Chapter {n}: Mud</h3>{note.format("notes", "")}</div>'
        end = note.format("end notes", f"<blockquote><p>Bye {n}.</p></blockquote>")
        pages[f"c{n}.xhtml"] = page(f'{head}<div class="userstuff module">{over}<p>{LONG}</p></div>{end}')
    story = read(book_files(pages, [(name, name) for name in pages]))
    assert [(chapter.title, chapter.prose) for chapter in story.chapters] == [("Mud", LONG)] * 2
    assert story.notes_before == ("Hello.",)
    assert [chapter.notes_after for chapter in story.chapters] == [("Bye 1.",), ("Bye 2.",)]


# -- shapes -------------------------------------------------------------------------------

CHAPTER = f'<section epub:type="chapter"><h3>{{}}</h3><p>{LONG}</p></section>'


def test_a_published_book_is_read_without_what_stands_around_it():
    pages = {
        "text/cover.xhtml": page('<img src="cover.jpg" alt="EVIL"/><p>EVIL</p>'),
        "text/titlepage.xhtml": page('<section epub:type="titlepage"><h1>Reed Song</h1><p>EVIL</p></section>'),
        "text/imprint.xhtml": page('<section epub:type="imprint"><p>EVIL</p></section>', 'epub:type="frontmatter"'),
        "text/dedication.xhtml": page('<section epub:type="dedication"><p>To the miller.</p></section>'),
        "text/halftitlepage.xhtml": page('<section epub:type="halftitlepage"><h2>Reed Song</h2></section>'),
        "text/part-1.xhtml": page(
            '<section epub:type="part"><hgroup><h2><span epub:type="label">Part</span> '
            '<span epub:type="ordinal z3998:roman">I</span></h2><p epub:type="title">Water</p></hgroup></section>'
        ),
        "text/chapter-1.xhtml": page(
            '<section epub:type="chapter"><hgroup><h3 epub:type="ordinal z3998:roman">I</h3>'
            '<p epub:type="title">The Pond</p></hgroup>'
            '<p>The pond lay still<a href="endnotes.xhtml#note-1" epub:type="noteref">1</a> and <em>wide</em>.</p>'
            "<hr/>"
            '<p>It rained on the <i epub:type="se:name.vessel">Otter</i>.</p><blockquote epub:type="z3998:poem">'
            '<p><span>A line of it</span><br/><span class="i1">Another line</span></p></blockquote>'
            f'<p>{LONG}<a id="x"/></p></section>',
            'epub:type="bodymatter"',
        ),
        "text/chapter-2.xhtml": page(CHAPTER.format("II")),
        "text/endnotes.xhtml": page(
            '<section epub:type="endnotes"><h2>Endnotes</h2><ol><li id="note-1" epub:type="endnote"><p>Still as glass. '
            '<a href="chapter-1.xhtml#noteref-1" epub:type="backlink">↩</a></p><p>Or nearly.</p></li></ol></section>'
        ),
        "text/colophon.xhtml": page('<section epub:type="colophon"><p>EVIL</p></section>', 'epub:type="backmatter"'),
        "text/uncopyright.xhtml": page("<section id='uncopyright'><h2>Uncopyright</h2><p>EVIL</p></section>"),
    }
    names = [
        "Cover",
        "Titlepage",
        "Imprint",
        "Dedication",
        "Reed Song",
        "Part I: Water",
        "I: The Pond",
        "II",
        "Endnotes",
    ]
    about = (
        "<dc:title>Reed Song</dc:title><dc:creator>Ann Oak</dc:creator><dc:publisher>Hand Press</dc:publisher>"
        '<dc:contributor id="t">E. Elm</dc:contributor><meta refines="#t" property="role">trl</meta>'
        "<dc:description>A pond, &amp;amp; a reed.</dc:description>"
        "<dc:subject>Rivers</dc:subject><dc:subject>Mills</dc:subject>"
        '<dc:language>en-GB</dc:language><meta property="belongs-to-collection" id="s">Waters</meta>'
        '<meta refines="#s" property="collection-type">series</meta>'
        '<meta refines="#s" property="group-position">2</meta>'
    )
    story = read(book_files(pages, list(zip(names, pages, strict=False)), about))
    assert (story.title, story.author, story.summary) == ("Reed Song", "Ann Oak", "A pond, & a reed.")
    assert story.metadata == {
        "translator": "E. Elm",
        "language": "en-GB",
        "publisher": "Hand Press",
        "tags": "Rivers, Mills",
        "series": "Waters [2]",
    }
    assert [c.title for c in story.chapters] == ["Dedication", "Part I: Water · The Pond", None]
    assert [c.prose for c in story.chapters] == [
        "To the miller.",
        f"The pond lay still[1] and wide.\n\n\nIt rained on the Otter.\n\nA line of it\nAnother line\n\n{LONG}",
        LONG,
    ]
    assert story.chapters[-1].notes_after == ("[1] Still as glass.", "Or nearly.")
    assert story.notes_before == story.notes_after == ()


def test_a_book_from_fanficfare_is_read_by_its_pages():
    entries = "<b>Status:</b> Complete<br />\n<b>Summary:</b> A mill.<br />\n<b>Rating:</b> T<br />"
    heading = '<h3><a href="u">The Mill</a> by <a href="v">Reed</a></h3>'
    chapter = '<h3 class="fff_chapter_title">{}</h3><p>{}</p>'
    pages = {
        "cover.xhtml": page('<div><img src="c.jpg" alt="cover"/></div>', 'class="fff_coverpage"'),
        "title_page.xhtml": page(f"{heading}<div>\n{entries}\n</div>", 'class="fff_titlepage"'),
        "log_page.xhtml": page("<h3>Update Log</h3><p>EVIL</p>", 'class="fff_logpage"'),
        "toc_page.xhtml": page("<div><h3>Table of Contents</h3>EVIL</div>", 'class="fff_tocpage"'),
        "file0001.xhtml": page(chapter.format("1. Water", LONG), 'class="fff_chapter"'),
        "file0002.xhtml": page(chapter.format("2. Mud", "It <u>ran</u>."), 'class="fff_chapter"'),
    }
    story = read(book_files(pages, [("1. Water", "file0001.xhtml"), ("2. Mud", "file0002.xhtml")], version=2))
    assert (story.title, story.author, story.summary) == ("The Mill", "Reed", "A mill.")
    assert story.metadata == {"status": "Complete", "rating": "T", "language": "en"}
    assert [(c.title, c.prose) for c in story.chapters] == [("Water", LONG), ("Mud", "It ran.")]
    assert FANFICFARE  # the same stories as one page: see the tests of HTML


def test_pages_that_nobody_is_led_to_are_left_out():
    pages = {
        "a.xhtml": page(CHAPTER.format("One")),
        "b.xhtml": page("<p>EVIL</p>"),
        "c.xhtml": page(CHAPTER.format("Two")),
    }
    spine = {"b.xhtml": 'linear="no"', "c.xhtml": 'linear="no"'}
    story = read(book_files(pages, [("One", "a.xhtml"), ("Two", "c.xhtml")], spine=spine))
    assert [c.prose for c in story.chapters] == [LONG, LONG]


def test_a_chapter_that_goes_on_in_the_next_file_is_one():
    pages = {
        "a.xhtml": page(CHAPTER.format("One")),
        "b.xhtml": page(f"<p>{LONG}</p>"),
        "c.xhtml": page(CHAPTER.format("Two")),
    }
    story = read(book_files(pages, [("One", "a.xhtml"), ("Two", "c.xhtml")]))
    assert [c.prose for c in story.chapters] == [f"{LONG}\n\n{LONG}", LONG]


@pytest.mark.parametrize(
    ("head", "entry", "title"),
    [
        ("<h2>Chapter 2</h2>", "Chapter 2: The Weir", "The Weir"),
        ("<h2>The Weir</h2>", "Chapter 2: The Weir", "The Weir"),
        ("<h2>The Weir</h2>", "Chapter 2", "The Weir"),
        ("<h2>2</h2><h3>The Weir</h3>", "2 The Weir", "The Weir"),
        ("<h2>CHAPTER TWO</h2><p class='sub'>The Weir</p>", "Chapter Two: The Weir", "The Weir"),
        ("<p class='title'>The Weir</p>", "The Weir", "The Weir"),
        ("", "The Weir", "The Weir"),
        ("<h2>The Old Weir</h2>", "The Weir", "The Old Weir"),
        ("<h2>2</h2>", "2", None),
    ],
)
def test_a_chapter_is_called_what_its_page_and_the_contents_say(head: str, entry: str, title: str | None):
    pages = {"a.xhtml": page(CHAPTER.format("Chapter 1")), "b.xhtml": page(f"{head}<p>{LONG}</p>")}
    story = read(book_files(pages, [("Chapter 1", "a.xhtml"), (entry, "b.xhtml")]))
    assert (story.chapters[1].title, story.chapters[1].prose) == (title, LONG)


@pytest.mark.parametrize("opening", ["Weir<br/>weir", "The weir.", "Two<br/>of us", "Old"])
def test_a_first_line_of_words_from_the_title_is_prose(opening: str):
    pages = {"a.xhtml": page(CHAPTER.format("Chapter 1")), "b.xhtml": page(f"<p>{opening}</p><p>{LONG}</p>")}
    story = read(book_files(pages, [("Chapter 1", "a.xhtml"), ("Chapter Two: The Old Weir", "b.xhtml")]))
    assert story.chapters[1].prose == opening.replace("<br/>", "\n") + f"\n\n{LONG}"


def test_a_line_that_reads_like_a_heading_is_none_where_the_contents_name_the_chapters():
    pages = {
        "1.xhtml": page(f"<h2>Act 1</h2><p>{LONG}</p><table><tr><td>Prologue</td><td><p>For us.</p></td></tr></table>"),
        "2.xhtml": page(f"<h2>Act 2</h2><p>{LONG}</p><p>Chapter 7</p><p>{LONG}</p>"),
    }
    story = read(book_files(pages, [("Act 1", "1.xhtml"), ("Act 2", "2.xhtml")]))
    assert [c.prose for c in story.chapters] == [f"{LONG}\n\nPrologue\n\nFor us.", f"{LONG}\n\nChapter 7\n\n{LONG}"]


@pytest.mark.parametrize("roles", [["aut", "dto"], ["aui", "aut"], []])
def test_who_wrote_the_book_is_its_author_whatever_else_they_did(roles: list[str]):
    said = "".join(f'<meta property="role" refines="#a">{role}</meta>' for role in roles)
    other = '<dc:creator id="b">E. Elm</dc:creator><meta property="role" refines="#b">trl</meta>'
    about = f'<dc:title>Reed Song</dc:title><dc:creator id="a">Ann Oak</dc:creator>{said}{other}'
    story = read(book_files({"a.xhtml": page(CHAPTER.format("One"))}, [], about))
    assert (story.author, story.metadata) == ("Ann Oak", {"translator": "E. Elm"})


def test_a_book_without_contents_is_read_by_its_headings():
    pages = {
        "a.xhtml": page(f"<h1>Reed Song</h1><p>by Ann Oak</p><h2>Pond</h2><p>{LONG}</p><h2>Weir</h2><p>{LONG}</p>"),
    }
    story = read(book_files(pages, []))
    assert [(c.title, c.prose) for c in story.chapters] == [("Pond", LONG), ("Weir", LONG)]
    assert story.notes_before == ()


def test_style_sheets_of_the_book_are_read():
    head = '<link rel="stylesheet" href="../css/a%20b.css"/>'
    pages = {"text/a.xhtml": page(f'<p>{LONG} <span class="calibre3">so</span></p>', head=head)}
    files = book_files(pages, [])
    story = read(files | {"OEBPS/css/a b.css": ".calibre3 { font-style: italic }"})
    assert [(span.end - span.start, span.kind) for span in story.chapters[0].spans] == [(2, "italic")]


def test_old_pages_with_named_entities_and_sections_of_text_are_read():
    text = f'<p>A&nbsp;reed &mdash; <![CDATA[so <thin> & long]]></p><p/><p>{LONG}</p><i/><p>End <a id="x"/>words.</p>'
    story = read(book_files({"a.xhtml": page(text)}, []))
    assert story.chapters[0].prose == f"A\u00a0reed — so <thin> & long\n\n\n{LONG}\n\nEnd words."
    assert story.chapters[0].spans == ()


# -- what is no book, or not an open one ------------------------------------------------------

ONE = book_files({"a.xhtml": page(f"<p>{LONG}</p>")}, [])
AES = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def changed(name: str, old: str, new: str) -> dict[str, str | bytes]:
    text = ONE[name]
    assert isinstance(text, str)
    assert old in text
    return ONE | {name: text.replace(old, new)}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (ONE | {"META-INF/encryption.xml": AES.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")}, "encrypted"),
        (ONE | {"META-INF/rights.xml": "<rights/>"}, "encrypted"),
        (ONE | {"META-INF/license.lcpl": "{}"}, "encrypted"),
        ({name: text for name, text in ONE.items() if "container" not in name}, r"container\.xml is missing"),
        ({name: text for name, text in ONE.items() if "opf" not in name}, r"package “OEBPS/content\.opf” is missing"),
        ({name: text for name, text in ONE.items() if "a.xhtml" not in name}, "spine is empty"),
        (changed("OEBPS/content.opf", '<itemref idref="i0" />', ""), "spine is empty"),
        (changed("OEBPS/content.opf", "</package>", ""), "damaged"),
        (changed("META-INF/container.xml", "OEBPS/content.opf", "../../etc/passwd"), "passwd” is missing"),
        (changed("META-INF/container.xml", "OEBPS/content.opf", "/etc/passwd"), "passwd” is missing"),
        (changed("META-INF/container.xml", '<?xml version="1.0"?>', BOMB), "entities"),
        (changed("OEBPS/content.opf", '<?xml version="1.0"?>', BOMB), "entities"),
        (
            changed(
                "OEBPS/content.opf",
                '<?xml version="1.0"?>',
                '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            ),
            "entities",
        ),
        (changed("OEBPS/content.opf", "<manifest>", "<item>" * 110_000), "elements"),
        (ONE | {"OEBPS/a.xhtml": page("<p>" + "a " * 2_000_000)}, "times its size"),
        (ONE | {"OEBPS/a.xhtml": b"x" * 9_000_000}, "bytes unpacked|times its size"),
        (ONE | {"OEBPS/a.xhtml": b"<p>\x00\x01"}, "a.xhtml"),
        (ONE | {f"{n}": b"" for n in range(MAX_ENTRIES + 1)}, "entries"),
    ],
)
def test_what_is_no_open_book_is_refused_in_one_sentence(files: dict[str, str | bytes], reason: str):
    with pytest.raises(Refused, match=reason) as refusal:
        read(files)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x03\x04" + b"\x00" * 40, b"<html></html>", b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_archive_is_refused(data: bytes):
    with pytest.raises(Refused, match=r"not an EPUB|empty"):
        read_story(data, "a1.epub")


def test_entries_that_lie_over_one_another_are_refused():
    names = [f"p{n}.xhtml" for n in range(9)]
    files = book_files({"a.xhtml": page(f"<p>{LONG}</p>"), **dict.fromkeys(names, "")}, [])
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            if name.removeprefix("OEBPS/") not in names:
                archive.writestr(name, text)
        for name in names:
            same = copy.copy(archive.getinfo("OEBPS/a.xhtml"))
            same.filename = f"OEBPS/{name}"
            archive.filelist.append(same)
    with pytest.raises(Refused, match="damaged"):
        read_story(data.getvalue(), "a1.epub")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_book_in_other_encodings_is_read(encoding: str):
    files = {
        name: text.replace("utf-8", "utf-16").encode(encoding) if encoding == "utf-16" else text.encode(encoding)
        for name, text in ONE.items()
        if isinstance(text, str)
    }
    assert read(dict(files)).chapters[0].prose == LONG


@pytest.mark.parametrize("before", [b"MZ" + bytes(900), b"\n\n"])
def test_an_archive_with_something_before_it_is_read(before: bytes):
    assert read_story(before + zipped(ONE), "a1.epub").chapters[0].prose == LONG


def test_what_a_book_calls_its_type_does_not_matter():
    data = zipped(ONE).replace(b"application/epub+zip", b"application/docx+zip")
    assert read_story(data, "a1.epub").chapters[0].prose == LONG


def test_a_book_behind_a_password_is_refused():
    data = bytearray(zipped(ONE))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(Refused, match="encrypted"):
        read_story(bytes(data), "a1.epub")


def test_a_size_that_is_claimed_is_not_believed():
    files = ONE | {"OEBPS/a.xhtml": page("<p>" + "reed " * 1_000_000)}
    data = bytearray(zipped(files))
    at = data.rfind(b"OEBPS/a.xhtml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (50).to_bytes(4, "little")
    with pytest.raises(Refused):
        read_story(bytes(data), "a1.epub")


@pytest.mark.parametrize("href", ["../../evil.xhtml", "C:/evil.xhtml", "%2e%2e/%2e%2e/evil.xhtml", "/evil.xhtml"])
def test_a_page_whose_path_leads_out_of_the_book_is_missing(href: str):
    files = changed("OEBPS/content.opf", "<manifest>", f'<manifest><item id="x" href="{href}" media-type="{XHTML}"/>')
    assert isinstance(files["OEBPS/content.opf"], str)
    files["OEBPS/content.opf"] = files["OEBPS/content.opf"].replace("<spine>", '<spine><itemref idref="x"/>')
    story = read(files)
    assert story.chapters[0].prose == LONG
    assert [warning for warning in story.warnings if "missing from the book" in warning]


def test_a_page_that_is_missing_is_warned_of():
    pages = {"a.xhtml": page(CHAPTER.format("One")), "b.xhtml": page(CHAPTER.format("Two"))}
    files = book_files(pages, [("One", "a.xhtml"), ("Two", "b.xhtml")])
    del files["OEBPS/b.xhtml"]
    story = read(files)
    assert [c.prose for c in story.chapters] == [LONG]
    assert [warning for warning in story.warnings if "b.xhtml” is missing" in warning]


def test_fonts_that_are_obfuscated_and_books_within_are_let_be():
    fonts = AES.format("http://www.idpf.org/2008/embedding")
    story = read(ONE | {"META-INF/encryption.xml": fonts, "OEBPS/inner.epub": zipped(ONE), "OEBPS/inner.zip": b"PK"})
    assert story.chapters[0].prose == LONG


def test_names_that_differ_in_capitals_only_are_found():
    files = {name.replace("a.xhtml", "A.XHTML"): text for name, text in ONE.items()}
    assert read(files).chapters[0].prose == LONG


BOOK = zipped(
    book_files(
        {"a.xhtml": page(CHAPTER.format("One")), "b.xhtml": page(CHAPTER.format("Two"))},
        [("One", "a.xhtml"), ("Two", "b.xhtml")],
    )
)


@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(BOOK)))
def test_a_damaged_archive_is_read_or_refused(changes: list[tuple[int, int]], length: int):
    data = bytearray(BOOK)
    for place, value in changes:
        data[place] = value
    with suppress(Refused):
        assert read_story(bytes(data), "a1.epub").chapters
    with suppress(Refused):
        assert read_story(bytes(data[:length]), "a1.epub").chapters


NAMES = ["OEBPS/content.opf", "META-INF/container.xml", "OEBPS/nav.xhtml", "OEBPS/a.xhtml"]


@given(st.sampled_from(NAMES), st.data())
def test_a_damaged_file_in_an_archive_is_read_or_refused(name: str, data: st.DataObject):
    whole = ONE[name]
    assert isinstance(whole, str)
    text = bytearray(whole.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(text)))
        text[at : at + data.draw(st.integers(0, 9))] = data.draw(
            st.sampled_from(
                [b"<", b">", b"&", b'"', b"../", b"#", b"%00", b"%2e", b"\x00", b"\xff", b"&nbsp;", b"", b"<!DOCTYPE"]
            )
        )
    with suppress(Refused):
        assert read(ONE | {name: bytes(text)}).chapters


def test_a_book_of_very_many_links_to_one_page_is_read_once():
    files = changed("OEBPS/content.opf", '<itemref idref="i0" />', '<itemref idref="i0"/>' * 20_000)
    assert [c.prose for c in read(files).chapters] == [LONG]
