"""Stories in HTML: the shapes of archives, plain pages, and what is no page at all. All texts are made up here."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.formats.corrections import Correction
from bot.stories.formats.html.tree import MAX_TAGS
from bot.stories.model import Emphasis
from tests.stories.formats.written import FANFICFARE, LONG, Paragraph, Part, Written, ao3_pieces, stories


def ao3(story: Written) -> str:
    preface, chapters, afterword = ao3_pieces(story)
    body = f'{preface}<div id="chapters" class="userstuff">{"".join(chapters)}</div>{afterword}'
    head = f"<head><title>{story.title} - x</title><style>p {{}}</style></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>"


def plain_page(story: Written) -> str:
    body = f"<h1>{story.title}</h1><p>by {story.author}</p>"
    body += f"<p>Summary: {escape(' '.join(story.summary))}</p>" if story.summary else ""
    body += "".join(f"<p>A/N: {escape(note)}</p>" for note in story.notes_before)
    body += "<hr>" if story.summary or story.notes_before else ""
    for n, part in enumerate(story.parts, 1):
        title = f"Chapter {n}: {part.title}" if part.title else f"Chapter {n}"
        body += (f"<h2>{title}</h2>" if len(story.parts) > 1 else "") + part.html("<p>* * *</p>")
    body += "".join(f"<p>A/N: {escape(note)}</p>" for note in story.notes_after)
    return f"<html><head><title>{story.title}</title></head><body>{body}</body></html>"


def read(html: str, name: str = "a1.html") -> Story:
    return read_story(html.encode(), name)


def read_whole(html: str) -> Story:
    """The story, however much the notes outweigh it."""
    return read_story(html.encode(), "a1.html", Correction.of({"whole": "yes"}, "typed"))


@given(stories())
def test_a_download_from_the_archive_comes_back_as_it_was_written(story: Written):
    found = read_whole(ao3(story))
    story.holds_of(found)
    assert found.metadata == {
        "rating": "Teen And Up Audiences",
        "fandoms": "Harbour Tales, Reeds",
        "language": "English",
        "published": "2020-01-02",
        "words": "1,234",
        "chapters": f"{len(story.parts)}/?",
    }


@given(stories(chapter_notes=False))
def test_a_plain_page_comes_back_as_it_was_written(story: Written):
    found = read_whole(plain_page(story))
    expected = Written(
        story.title,
        story.author,
        [" ".join(story.summary)] if story.summary else [],
        story.notes_before,
        story.notes_after,
        story.parts,
    )
    expected.holds_of(found)


# -- what the elements of a page become ---------------------------------------------------


def body(html: str) -> Story:
    return read(f"<html><body>{html}</body></html>")


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        ("<p>One\n   two\t three </p><p>four</p>", "One two three\n\nfour"),
        ("<p>A &amp; B &mdash; &#8220;c&#x201D; &lt;i&gt; &hellip;</p>", "A & B — “c” <i> …"),
        ("<p>one<p>two<p>three", "one\n\ntwo\n\nthree"),
        ("<p>Roses are red<br>violets are blue</p>", "Roses are red\nviolets are blue"),
        (f"<p>{LONG}<br>{LONG}</p>", f"{LONG}\n\n{LONG}"),
        ("one thing<br><br>two things<br />\n<br/>three", "one thing\n\ntwo things\n\nthree"),
        ("one thing<br><br>two things<br><br>three<br><br><br>four", "one thing\n\ntwo things\n\nthree\n\n\nfour"),
        ("<p>a b</p><hr><p>c d</p>", "a b\n\n\nc d"),
        ("<p>a b</p><p align=center>* * *</p><p>c d</p>", "a b\n\n\nc d"),
        ("<p>a b</p><p><i>~~~</i></p><p>c d</p>", "a b\n\n\nc d"),
        ("<p>a b</p><p>c d</p><p>&nbsp;</p><p>e f</p>", "a b\n\nc d\n\n\ne f"),
        ("<p>a b</p><p>c d</p><p><br></p><p>e f</p>", "a b\n\nc d\n\n\ne f"),
        ("<p>a b</p><p>c d</p><p></p><p>e f</p>", "a b\n\nc d\n\n\ne f"),
        ("<p>a b</p><p>&nbsp;</p><p>c d</p><p>&nbsp;</p><p>e f</p>", "a b\n\nc d\n\ne f"),
        ('<p>a b</p><div class="scene-break"></div><p>c d</p>', "a b\n\n\nc d"),
        ('<p>a b</p><p><img src="img/divider.png" alt="line"></p><p>c d</p>', "a b\n\n\nc d"),
        ('<p>a b</p><p><img src="cat.png" alt="A cat"></p><p>c d</p>', "a b\n\nc d"),
        ('<p>a b</p><p aria-hidden="true">***</p><p>c d</p>', "a b\n\n\nc d"),
        (
            "<blockquote>Dear all,<br>come home.<br>Mother</blockquote><p>x y</p>",
            "Dear all,\ncome home.\nMother\n\nx y",
        ),
        ("<ul><li>salt</li><li>flour</li></ul>", "• salt\n• flour"),
        ("<table><tr><td>salt</td><td>two</td></tr><tr><td>flour</td></tr></table>", "salt two\n\nflour"),
        ("<dl><dt>Salt</dt><dd>two spoons of it.</dd></dl><p>x y</p>", "Salt two spoons of it.\n\nx y"),
        ("<pre>The owl\n  and the cat\n\nwent to sea</pre>", "The owl\n  and the cat\n\nwent to sea"),
        (
            '<div class="poem"><div class="stanza"><div class="verse">Line a</div><div class="verse">Line b</div></div>'
            '<div class="stanza"><div class="verse">Line c</div><div class="verse">Line d</div></div></div>',
            "Line a\nLine b\n\nLine c\nLine d",
        ),
        (
            '<div class="poem"><p class="line">Oh the reed,</p><p class="indent">Oh the weed.</p></div><p>prose</p>',
            "Oh the reed,\nOh the weed.\n\nprose",
        ),
        ('<p class="indent">It was dark.</p><p class="i">It was cold.</p>', "It was dark.\n\nIt was cold."),
        ('<p class="verseline">line a</p><p class="verseline">line b</p>', "line a\nline b"),
        (f'<div class="poem"><p>{LONG}<br>{LONG}</p></div>', f"{LONG}\n{LONG}"),
        ("<p>He said <q>no</q> to it.</p>", "He said “no” to it."),
        ("<p><ruby>雨<rp>(</rp><rt>あめ</rt><rp>)</rp></ruby>の日</p>", "雨(あめ)の日"),
        ("<p>on the 10<sup>th</sup> we saw H<sub>2</sub>O.</p>", "on the 10th we saw H2O."),
        ('<p>still<a class="noteref" href="#n1">1</a> water</p>', "still[1] water"),
        ('<p>still<sup><a href="#n1">1</a></sup> water<a href="b.html#n2"><sup>2</sup></a></p>', "still[1] water[2]"),
        (
            '<p>It was 3<sup>2</sup>, <a href="#c1">1</a> or <sup><a href="http://x">1</a></sup>.</p>',
            "It was 3², 1 or 1.",
        ),
        ('<p>still<a class="sdfootnoteanc" href="#n1"><sup>1</sup></a></p>', "still[1]"),
        (
            "<p class=MsoNormal>a <o:p>b</o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>c <st1:City>d</st1:City>",
            "a b\n\nc d",
        ),
        ("<p>soft\u00adly \ufeffand\u2060 on\ufdd0</p>", "softly and on"),
        ("<p>a&nbsp;b&nbsp; c &nbsp;d</p>", "a\u00a0b c d"),
        ("<div><div>a b</div><div>c d</div></div>", "a b\n\nc d"),
        ("<p>a b</p>tail words", "a b\n\ntail words"),
        ("<p>x y</p><details><summary>More</summary><p>a b</p></details>", "x y\n\nMore\n\na b"),
    ],
)
def test_elements_become_the_paragraphs_that_are_seen(html: str, prose: str):
    assert body(html).chapters[0].prose == prose


@pytest.mark.parametrize(
    ("html", "spans"),
    [
        ("a <i>b</i> <em>c</em> <cite>d</cite>", [("b", "italic"), ("c", "italic"), ("d", "italic")]),
        ("<b>a</b> <strong>b</strong>", [("a", "bold"), ("b", "bold")]),
        (
            "<u>a</u> <ins>b</ins> <s>c</s> <del>d</del>",
            [("a", "underline"), ("b", "underline"), ("c", "strike"), ("d", "strike")],
        ),
        ("<i>a <b>b</b> c</i>", [("a b c", "italic"), ("b", "bold")]),
        ("<b><i>a</b> b</i>", [("a b", "italic"), ("a", "bold")]),
        ("<i>a </i>b<i> c</i>", [("a", "italic"), ("c", "italic")]),
        ("<i>a</i><i>b</i>", [("ab", "italic")]),
        ("<i> </i>a b", []),
        ('<span style="font-style: italic">a</span> b', [("a", "italic")]),
        ('<span style="FONT-WEIGHT:700;text-decoration:underline">a</span> b', [("a", "bold"), ("a", "underline")]),
        ('<em>a <span style="font-style:normal">b</span></em>', [("a", "italic")]),
        ('<span class="c3">a</span> <span class="c4">b</span>', [("a", "italic"), ("b", "bold")]),
        ('<i>a <span style="font-style:normal">b <i>c</i></span></i>', [("a", "italic"), ("c", "italic")]),
        ('<span class="c0 c3">a</span> <span class="c3 c0">b</span>', [("a", "italic"), ("b", "italic")]),
        ('<span class="c5">a</span> <b>b <span class="c0">c</span></b>', [("a", "bold"), ("b", "bold")]),
        ("<i>a<br>b</i> c", [("a", "italic"), ("b", "italic")]),
    ],
)
def test_emphasis_is_kept(html: str, spans: list[tuple[str, Emphasis]]):
    style = ".c0 { font-style: normal; font-weight: 400 } #workskin .c5 { font-weight: bold } "
    style += "/* x */ p, .c3 { font-style: italic } @media print { .c4 { display:none } } b.c4{font-weight:bold}"
    chapter = read(f"<html><head><style>{style}</style></head><body><p>{html}</p></body></html>").chapters[0]
    assert [(chapter.prose[span.start : span.end], span.kind) for span in chapter.spans] == spans


@pytest.mark.parametrize(
    "html",
    [
        "<script>EVIL()</script>",
        "<style>EVIL{}</style>",
        "<!-- EVIL -->",
        "<template>EVIL</template>",
        "<noscript>EVIL</noscript>",
        "<nav>EVIL</nav>",
        "<form>EVIL <input value=EVIL><button>EVIL</button></form>",
        "<select><option>EVIL</select>",
        "<svg><text>EVIL</text></svg>",
        '<img alt="EVIL">',
        "<p hidden>EVIL</p>",
        '<p aria-hidden="true">EVIL</p>',
        '<div style="color:red; display : none">EVIL</div>',
        '<span style="visibility:hidden">EVIL</span>',
        '<span class="away">EVIL</span>',
        '<div role="navigation">EVIL</div>',
        '<span class="pagenum">EVIL</span>',
        '<div class="sidebar"><p>EVIL</p></div>',
        '<div id="comments"><p>EVIL</p></div>',
        '<footer><a href="/a">EVIL</a> <a href="/b">EVIL</a></footer>',
        "<footer>© 2020 EVIL</footer>",
        '<header><nav><a href="/">EVIL</a></nav><form>EVIL</form> EVIL</header>',
        '<p><a href="#top">Back to top</a></p>',
        '<p><a href="1.html">Previous</a> | <a href="3.html">Next chapter</a></p>',
        '<p><a href="#toc">ToC</a></p>',
        '<article><footer><a href="/a">EVIL</a> EV <span><a href="/b">#evil</a></span></footer></article>',
        '<span class="comment-marker">5</span>',
        '<h2>Contents</h2><p><a href="#a">EVIL One</a><br><a href="#b">EVIL Two</a></p>',
    ],
)
def test_what_is_not_the_story_is_left_out(html: str):
    text = f"<p>{LONG}</p>{html}<p>{LONG}</p>"
    story = read(f"<html><head><style>.away {{ display: none }}</style></head><body>{text}</body></html>")
    assert story.chapters[0].prose.replace("\n", " ").split() == f"{LONG} {LONG}".split()


@pytest.mark.parametrize(
    ("html", "title", "author"),
    [
        ("<title>x</title><h1>Reed Song</h1><h2>by Ann Oak</h2>", "Reed Song", "Ann Oak"),
        ("<h1>Reed Song<br>by Ann Oak</h1>", "Reed Song", "Ann Oak"),
        ("<h3>Who goes there?</h3>", "Who goes there?", None),
        ("<meta name=author content='Ann Oak'><h1>Reed Song by Ann Oak</h1>", "Reed Song", "Ann Oak"),
        ('<h1><a href="u">Reed Song</a> by <a class="authorlink" href="v">Ann Oak</a></h1>', "Reed Song", "Ann Oak"),
        ("<meta name=author content=Oak><title>Reed Song - Pond</title><p>by Oak</p>", "Reed Song", "Oak"),
        ("<title>Stand by Me</title><h1>Stand by Me</h1>", "Stand by Me", None),
        ("<title>Reed Song | Some Site</title><p><b>Reed Song</b></p>", "Reed Song", None),
        ("<title>Reed Song - Chapter 1 - Some Site</title>", "Reed Song", None),
        ("<h1>Reed Song<p>by Ann Oak", "Reed Song", "Ann Oak"),
        ("<h1>Reed Song", "Reed Song", None),
        ("<title>Untitled Document</title><p>Title: Reed Song</p><p>Author: Ann Oak</p>", "Reed Song", "Ann Oak"),
        ("<header><h1>Reed Song</h1></header>", "Reed Song", None),
        (f"<p>A/N: My first story, {'thank you all for reading, ' * 20}</p><h1>Reed Song</h1>", "Reed Song", None),
        ("<title>index.html</title>", "It was a long road, and it went on over the hills and…", None),
    ],
)
def test_the_title_is_what_stands_over_the_story(html: str, title: str, author: str | None):
    story = read(f"{html}<p>{LONG}</p><p>{LONG}</p>")
    assert (story.title, story.author) == (title, author)
    assert story.chapters[0].prose == f"{LONG}\n\n{LONG}"


@pytest.mark.parametrize(
    ("headings", "titles"),
    [
        (["<h2>Chapter 1</h2>", "<h2>Chapter 2: The Weir</h2>"], [None, "The Weir"]),
        (["<h2>I</h2>", "<h2>II</h2>"], [None, None]),
        (["<h2>1. The Pond</h2>", "<h2>2. The Weir</h2>"], ["The Pond", "The Weir"]),
        (["<h2>The Pond</h2>", "<h2>The Weir!</h2>"], ["The Pond", "The Weir!"]),
        (["<h2>CHAPTER I.<br>THE POND</h2>", "<h2>CHAPTER II.<br>THE WEIR</h2>"], ["THE POND", "THE WEIR"]),
        (["<h2>Chapter One</h2><h3>The Pond</h3>", "<h2>Chapter Two</h2><h3>The Weir</h3>"], ["The Pond", "The Weir"]),
        (["<h2>Book One</h2><h3>Pond</h3>", "<h3>Weir</h3>"], ["Book One · Pond", "Weir"]),
        (["<p><b>Chapter One: Pond</b></p>", "<p><b>Chapter Two: Weir</b></p>"], ["Pond", "Weir"]),
    ],
)
def test_headings_are_those_of_chapters(headings: list[str], titles: list[str | None]):
    story = body(f"<h1>Reed Song</h1>{headings[0]}<p>{LONG}</p><h4>A letter</h4><p>a b</p>{headings[1]}<p>{LONG}</p>")
    assert [chapter.title for chapter in story.chapters] == titles
    assert [chapter.prose for chapter in story.chapters] == [f"{LONG}\n\nA letter\n\na b", LONG]


@pytest.mark.parametrize(
    ("data", "prose"),
    [
        ("<p>café “so”</p>".encode(), "café “so”"),
        (b"\xef\xbb\xbf" + "<p>café</p>".encode(), "café"),
        ("<p>café “so”</p>".encode("utf-16"), "café “so”"),
        ('<meta charset="windows-1251"><p>снег шёл</p>'.encode("cp1251"), "снег шёл"),
        ("<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>café “so”</p>".encode("cp1252"), "café “so”"),
        ('<?xml version="1.0" encoding="Shift_JIS"?><p>雨の日だった</p>'.encode("shift_jis"), "雨の日だった"),
        ('<meta charset="iso-8859-1"><p>café “so”</p>'.encode(), "café “so”"),
        ('<meta charset="nonsense"><p>café “so”</p>'.encode(), "café “so”"),
        (b'<meta charset="unicode_escape"><p>caf\\xe9</p>', "caf\\xe9"),
    ],
)
def test_bytes_are_read_in_the_encoding_of_the_page(data: bytes, prose: str):
    assert read_story(data, "a1.html").chapters[0].prose == prose


def test_what_the_head_of_a_page_says_is_kept():
    head = '<html lang="fr"><head><meta name="description" content="Une histoire de roseaux."></head>'
    story = read(f"{head}<body><h1>Reed Song</h1><p>{LONG}</p></body></html>")
    assert story.summary == "Une histoire de roseaux."
    assert story.language == "fr"


XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>It <i/>was.</p></body></html>'


@pytest.mark.parametrize(
    "before",
    [
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_that_says_it_is_xml_is_read_as_that(before: str, encoding: str):
    story = read_story((before + XHTML).encode(encoding), "reed song.html")
    assert (story.title, story.chapters[0].prose, story.chapters[0].spans) == ("Reed Song", "It was.", ())


@pytest.mark.parametrize("cut", ["<em cla", "<em>", "<!-- no", "<script>no(", "<style>p {"])
def test_a_page_that_is_cut_off_is_read_up_to_there(cut: str):
    assert read(f"<html><body><p>{LONG}</p><p>It was {cut}").chapters[0].prose == f"{LONG}\n\nIt was"


@pytest.mark.parametrize("ending", [".htm", ".html", ".xhtml", ".HTML"])
def test_every_ending_of_a_page_is_read(ending: str):
    assert read(f"<p>{LONG}</p>", f"reed song{ending}").chapters[0].prose == LONG


# -- the shapes of archives ----------------------------------------------------------------


def test_what_the_archive_says_of_itself_is_left_out():
    part = Part("Dusk", [Paragraph([[("It went out.", None)]])])
    story = read(ao3(Written("The Lamp", "Oak", [], ["For you."], ["Bye."], [part, part])))
    said = " ".join([*story.all_notes, *(chapter.prose for chapter in story.chapters), *story.metadata.values()])
    assert not any(word in said for word in ("drop by", "Posted originally", "See the end", "Preface", "Afterword"))


def test_what_a_writer_puts_into_a_chapter_of_the_archive_is_prose():
    story = Written("The Lamp", "Oak", [], [], [], [Part(None, [Paragraph([[("X Y", None)]])])])
    lines = ["A heading", "Date: the fifth of May", "Summary: none.", "Chapter 9", "Let me know what you think!"]
    found = read(
        ao3(story).replace("<p>X Y</p>", f"<h2>{lines[0]}</h2>" + "".join(f"<p>{line}</p>" for line in lines[1:]))
    )
    assert [chapter.prose for chapter in found.chapters] == ["\n\n".join(lines)]


@pytest.mark.parametrize(
    "title", ["II", "The End", '"Quoted?"', "Chapter Nine", "5. Dusk", "...", "A long one, " * 20 + "."]
)
def test_a_chapter_of_the_archive_is_called_what_its_author_calls_it(title: str):
    parts = [Part(name, [Paragraph([[("X Y", None)]])]) for name in (None, title)]
    story = read(ao3(Written("The Lamp", "Oak", [], [], [], parts)))
    assert [(chapter.name.number, chapter.title) for chapter in story.chapters] == [(1, None), (2, title)]


def test_notes_of_the_archive_keep_every_line():
    note = ["Warnings:", "none", "Songs:", "Reeds"]
    story = read_whole(ao3(Written("The Lamp", "Oak", [], note, [], [Part(None, [Paragraph([[("X Y", None)]])])])))
    assert list(story.notes_before) == note


def test_a_list_in_a_chapter_of_the_archive_shows_its_numbers_and_bullets():
    part = Part(None, [Paragraph([[("X Y", None)]])])
    lists = "<ol><li>no lamps</li><li>no dogs</li></ol><p>But:</p><ul><li>cats</li><li>owls</li></ul>"
    found = read(ao3(Written("The Lamp", "Oak", [], [], [], [part])).replace("<p>X Y</p>", lists))
    assert [chapter.prose for chapter in found.chapters] == ["1. no lamps\n2. no dogs\n\nBut:\n\n• cats\n• owls"]


def test_a_text_message_in_a_chapter_of_the_archive_is_prose():
    part = Part(None, [Paragraph([[("X Y", None)]])])
    message = '<p class="message">where are you</p><p class="jump">at the weir</p>'
    found = read(ao3(Written("The Lamp", "Oak", [], [], [], [part])).replace("<p>X Y</p>", message))
    assert [chapter.prose for chapter in found.chapters] == ["where are you\n\nat the weir"]


@pytest.mark.parametrize("ends", ['<div class="meta" id="endnotes1">', '<div class="meta">', "<div>"])
@pytest.mark.parametrize(
    "head", ['<div class="meta group"><h2 class="heading">Chapter 1</h2>', '<h2 class="heading">Chapter 1</h2><div>']
)
def test_notes_of_a_chapter_of_the_archive_are_known_by_the_words_over_them(head: str, ends: str):
    said = "<p>Chapter {}</p><blockquote><p>{}</p></blockquote>"
    before, after = said.format("Notes", "Hello."), said.format("End Notes", "Bye.")
    chapter = f"{head}{before}</div><div><p>{LONG}</p></div>{ends}{after}</div>"
    preface = '<div id="preface"><h1>The Lamp</h1><div class="byline">by Oak</div></div>'
    story = read(f'{preface}<div id="chapters">{chapter}<h2 class="heading">Chapter 2</h2><p>{LONG}</p></div>')
    assert [c.prose for c in story.chapters] == [LONG, LONG]
    assert (story.chapters[0].notes_before, story.chapters[0].notes_after) == (("Hello.",), ("Bye.",))


ARCHIVE_PAGE = """<!DOCTYPE html><html lang="en"><head><title>The Lamp - Oak - Harbour</title></head><body>
<div id="header"><h1>EVIL</h1></div><div id="main" role="main"><h3 class="landmark heading">EVIL</h3>
<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd><ul class="commas"><li><a>Mature</a></li></ul></dd>
<dt>Fandoms:</dt><dd><ul class="commas"><li><a>Harbour</a></li><li><a>Reeds</a></li></ul></dd>
<dt>Series:</dt><dd><span class="position">Part 2 of <a>Lamps</a></span><a class="next">EVIL</a></dd>
<dt>Stats:</dt><dd class="stats"><dl class="stats"><dt>Words:</dt><dd>1,234</dd><dt>Kudos:</dt><dd>7</dd></dl></dd></dl>
<div id="workskin"><div class="preface group"><h2 class="title heading">The Lamp</h2>
<h3 class="byline heading"><a rel="author">Oak</a>, <a rel="author">Elm</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>It went.</p>
</blockquote></div><div class="notes module"><h3 class="heading">Notes:</h3>
<ul class="associations"><li>For <a>Fern</a>.</li></ul>
<blockquote class="userstuff"><p>Hello.</p></blockquote><p class="jump">(See EVIL.)</p></div></div>{}
<div class="afterword preface group"><div id="work_endnotes" class="end notes module"><h3 class="heading">Notes:</h3>
<blockquote class="userstuff"><p>Bye.</p></blockquote></div><div id="series" class="series module">EVIL</div></div>
</div></div><div id="feedback"><p class="kudos">EVIL</p></div></body></html>"""

CHAPTERS_OF_PAGE = f"""<div id="chapters"><div class="chapter" id="chapter-1"><div class="chapter preface group">
<h3 class="title"><a href="u">Chapter 1</a>: Dusk</h3><h4 class="heading byline">Chapter by <a>Elm</a></h4>
<div id="summary" class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>It rains.</p>
</blockquote></div><div id="notes" class="notes module"><h3 class="heading">Notes:</h3><p>(See EVIL.)</p></div></div>
<div class="userstuff module"><h3 class="landmark heading">Chapter Text</h3><p>{LONG}</p>
<blockquote><p>A <em>letter</em>.</p></blockquote></div>
<div class="chapter preface group"><div class="end notes module" id="chapter_1_endnotes">
<h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>More soon.</p></blockquote></div></div></div>
<div class="chapter" id="chapter-2"><div class="chapter preface group"><h3 class="title"><a href="u">Chapter 2</a></h3>
</div><div class="userstuff module"><h3 class="landmark heading">Chapter Text</h3><p>{LONG}</p></div></div></div>"""


def test_a_page_of_the_archive_that_a_browser_saved_is_read():
    story = read(ARCHIVE_PAGE.format(CHAPTERS_OF_PAGE))
    assert (story.title, story.author, story.summary) == ("The Lamp", "Oak, Elm", "It went.")
    assert (story.notes_before, story.notes_after) == (("For Fern.", "Hello."), ("Bye.",))
    assert story.metadata == {
        "rating": "Mature",
        "fandoms": "Harbour, Reeds",
        "series": "Part 2 of Lamps",
        "words": "1,234",
        "language": "en",
    }
    assert [(c.title, c.prose) for c in story.chapters] == [("Dusk", f"{LONG}\n\nA letter."), (None, LONG)]
    assert story.chapters[0].notes_before == ("Chapter by Elm", "It rains.")
    assert story.chapters[0].notes_after == ("More soon.",)


def test_a_page_of_the_archive_without_chapters_is_read():
    text = '<h3 class="landmark heading">Work Text:</h3><div class="userstuff"><p>It was dark.</p><p>Very.</p></div>'
    story = read(ARCHIVE_PAGE.format(f'<div id="chapters">{text}</div>'))
    assert [(c.title, c.prose) for c in story.chapters] == [(None, "It was dark.\n\nVery.")]
    assert (story.notes_before, story.notes_after) == (("For Fern.", "Hello."), ("Bye.",))


def test_a_page_from_fanficfare_is_read_by_its_labels_and_anchors():
    story = read(FANFICFARE)
    assert (story.title, story.author, story.summary) == ("The Mill", "Reed", "A mill.\nIt turns: always.")
    assert story.metadata == {"category": "Harbour Tales", "status": "In-Progress", "words": "1,234", "rating": "T"}
    assert [c.title for c in story.chapters] == ["Water", None, "Mud"]
    assert [c.prose for c in story.chapters] == [f"{LONG}\n\nInside\n\nIt ran.", f"{LONG}\n\nAnd more.", LONG]
    assert [c.notes_before for c in story.chapters] == [("Hello there.",), (), ()]
    assert [c.notes_after for c in story.chapters] == [("please review!",), (), ("Bye.",)]


SAVED_CHAPTER = f"""<html><head><title>The Mill Chapter 2: Mud, a harbour fanfic | EVIL</title></head><body>
<div id=pre_story_links><a href=/b>EVIL</a></div><div id=profile_top><button>EVIL</button><b>The Mill</b>
<span>By:</span> <a href="/u/1/reed">reed</a><div>A mill that turned.</div>
<span class="xgray">Rated: <a>Fiction  M</a> - English - Drama -
A. Oak, B. Elm - Chapters: 2 - Words: 1,234 - Reviews: 5 - Updated: Jan 1 - id: 9</span></div>
<select id=chap_select><option>1. Water<option selected>2. Mud</select>
<div role=main><div class=storytext id=storytext>{{}}<p>{LONG}</p><hr size=1><p>It <em>ran</em>.</p></div></div>
<div id=review_success>EVIL</div><div id=p_footer>EVIL</div></body></html>"""


@pytest.mark.parametrize("heading", ["", "<p><strong>Chapter 2: Mud</strong></p>"])
def test_a_chapter_of_fanfiction_net_that_a_browser_saved_is_read(heading: str):
    story = read(SAVED_CHAPTER.format(heading))
    assert (story.title, story.author, story.summary) == ("The Mill", "reed", "A mill that turned.")
    assert story.metadata == {
        "rating": "M",
        "language": "English",
        "genre": "Drama",
        "characters": "A. Oak, B. Elm",
        "chapters": "2",
        "words": "1,234",
        "updated": "Jan 1",
    }
    assert [(c.title, c.prose) for c in story.chapters] == [("Mud", f"{LONG}\n\n\nIt ran.")]
    assert story.all_notes == ()


def test_notes_of_fanficfare_that_do_not_say_where_they_stand_are_before_or_after_the_text():
    notes = '<div class="fff_chapter_notes"><b>Note:</b> {}</div>'
    story = read(
        f'<table class="full"></table><a name="section0001"><h2>1. Water</h2></a>{notes.format("Hello.")}'
        f"<p>{LONG}</p>{notes.format('Bye.')}<a name='section0002'><h2>2. Mud</h2></a><p>{LONG}</p>"
    )
    assert [(c.notes_before, c.prose, c.notes_after) for c in story.chapters] == [
        (("Note: Hello.",), LONG, ("Note: Bye.",)),
        ((), LONG, ()),
    ]


GUTENBERG = f"""<!DOCTYPE html><html lang="en">
<head><title>The Project Gutenberg eBook of Reeds, by A. Weir</title></head><body>
<section class="pg-boilerplate pgheader" id="pg-header"><h2>The Project Gutenberg eBook of Reeds</h2><div>EVIL</div>
<div id="pg-machine-header"><p><strong>Title</strong>: Reeds</p><div><p><strong>Author</strong>: A. Weir</p></div>
<p><strong>Language</strong>: English</p></div>
<div><span>*** START OF THE PROJECT GUTENBERG EBOOK REEDS ***</span></div></section>
<h1>REEDS</h1><h2>By A. Weir</h2><hr class="chap"><h2>CONTENTS</h2>
<table><tr><td>I.</td><td><a href="#c1">The Pond</a></td><td>1</td></tr>
<tr><td>II.</td><td><a href="#c2">The Bank</a></td><td>9</td></tr></table>
<div class="chapter"><h2><a id="c1"></a>CHAPTER I.<br>THE POND</h2></div>
<p><span class="pagenum"><a id="Page_1">[1]</a></span>{LONG}<a class="fnanchor" href="#F1">[1]</a></p>
<div class="poem"><div class="stanza"><span class="i0">Oh the reed,<br></span>
<span class="i2">Oh the weed.<br></span></div></div><p>{LONG}</p>
<div class="chapter"><h2><a id="c2"></a>CHAPTER II.<br>THE BANK</h2></div><p>{LONG}</p>
<div class="footnotes"><h3>FOOTNOTES:</h3><div class="footnote"><p><a href="#A1">[1]</a> Still as glass.</p></div></div>
<section class="pg-boilerplate pgfooter" id="pg-footer">
<div>*** END OF THE PROJECT GUTENBERG EBOOK REEDS ***</div>EVIL</section></body></html>"""


def test_a_book_of_project_gutenberg_is_read_without_its_licence():
    story = read(GUTENBERG)
    assert (story.title, story.author, story.language) == ("Reeds", "A. Weir", "English")
    assert [c.title for c in story.chapters] == ["THE POND", "THE BANK"]
    assert [c.prose for c in story.chapters] == [f"{LONG}[1]\n\nOh the reed,\nOh the weed.\n\n{LONG}", LONG]
    assert story.chapters[1].notes_after == ("[1] Still as glass.",)
    assert story.notes_before == story.notes_after == ()


@pytest.mark.parametrize(
    ("link", "note"),
    [
        (
            '<sup><a class="sdfootnoteanc" href="#a"><sup>1</sup></a></sup>',
            '<div id="a"><p class="sdfootnote-western"><a class="sdfootnotesym" href="#b">1</a>A mill.</p></div>',
        ),
        (
            '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
            '<hr><div><p class="c0"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;A mill.</span></p></div>',
        ),
        (
            '<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1"><span>[1]</span></a>',
            '<hr><div id="ftn1"><p class="Plain"><a href="#_ftnref1" name="_ftn1">[1]</a> A mill.</p></div>',
        ),
    ],
)
def test_footnotes_of_word_processors_are_notes(link: str, note: str):
    story = read(f"<body><h1>The Lamp</h1><p>{LONG}{link}</p><p>{LONG}</p>{note}</body>")
    assert [chapter.prose for chapter in story.chapters] == [f"{LONG}[1]\n\n{LONG}"]
    assert [note.replace("\xa0", " ") for note in story.notes_after] == ["[1] A mill."]


@pytest.mark.parametrize(
    "notes",
    [
        '<section class="footnotes" role="doc-endnotes"><ol><li id="f1" role="doc-endnote"><p>A mill.<a href="#r1"'
        ' role="doc-backlink">↩︎</a></p></li><li id="f2"><p>Mud.</p></li></ol></section>',
        '<section class="footnotes"><ol><li id="f1"><p>A mill. <a href="#r1">↑</a></p></li><li id="f2">Mud.</li></ol>'
        "</section>",
    ],
)
def test_footnotes_in_a_list_keep_their_numbers(notes: str):
    link = '<a href="#f{0}" id="r{0}"><sup>{0}</sup></a>'
    story = read(f"<h1>The Lamp</h1><p>{LONG}{link.format(1)}</p><p>{LONG}{link.format(2)}</p>{notes}")
    assert [chapter.prose for chapter in story.chapters] == [f"{LONG}[1]\n\n{LONG}[2]"]
    assert story.notes_after == ("[1] A mill.", "[2] Mud.")


def test_the_comments_of_an_editor_are_left_out():
    sign = '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>'
    comment = '<div class="c9"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>EVIL</span></p><p>EVIL</p></div>'
    story = read(f"<h1>The Lamp</h1><p>{LONG}{sign}</p><p>{LONG}</p>{comment}")
    assert [chapter.prose for chapter in story.chapters] == [f"{LONG}\n\n{LONG}"]
    assert story.all_notes == ()


TOLD = "".join(f"<h2>{name}</h2><p>{LONG}</p>" for name in ["Mud", "Snow", "Rain"])


@pytest.mark.parametrize(
    ("before", "after", "titles", "notes"),
    [
        (
            "",
            "<h2>FOOTNOTES:</h2><p>[1] A mill.</p><p>[2] A weir.</p>",
            ["Mud", "Snow", "Rain"],
            ("[1] A mill.", "[2] A weir."),
        ),
        ("<h2>Contents</h2><p>They lay in a box.</p>", "", ["Contents", "Mud", "Snow", "Rain"], ()),
        ("<h2>Notes</h2><p>She wrote them down.</p>", "", ["Mud", "Snow", "Rain"], None),
    ],
)
def test_what_only_lists_chapters_or_footnotes_is_no_chapter(
    before: str, after: str, titles: list[str], notes: tuple[str, ...] | None
):
    story = read(f"<body>{before}{TOLD}{after}</body>")
    assert [chapter.title for chapter in story.chapters][-len(titles) :] == titles
    assert notes is None or (len(story.chapters), story.chapters[-1].notes_after) == (len(titles), notes)


def test_an_old_page_of_project_gutenberg_is_read_between_its_marks():
    story = read(
        "<html><body><pre>The Project Gutenberg EBook of Reeds\n\nEVIL\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK REEDS ***\n</pre>"
        f"<h1>REEDS</h1><p>{LONG}</p>"
        "<pre>End of Project Gutenberg's Reeds\n\n"
        "*** END OF THIS PROJECT GUTENBERG EBOOK ***\n\nEVIL</pre></body></html>"
    )
    assert (story.title, story.chapters[0].prose, story.all_notes) == ("Reeds", LONG, ())


def test_the_header_of_an_old_page_of_project_gutenberg_says_what_the_book_is():
    story = read(
        "<html><head><title>EVIL</title></head><body><pre>The Project Gutenberg EBook of Reeds\n\nEVIL\n\n"
        "Title: Reeds\n       A Tale\n\nAuthor: A. Weir\n\nLanguage: English\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK REEDS ***\n\nProduced by E. Elm\n</pre>"
        "<h3>River Library</h3><h1>REEDS<br>A Tale</h1><h2>BY</h2><h2>A. WEIR</h2><h3>MCMIX</h3><h2>CONTENTS</h2>"
        "<table><tr><td>Chap.</td><td>Page</td></tr><tr><td>I.</td><td><a href='#a'>Pond</a></td></tr></table>"
        f"<h2>PREFACE</h2><p>{LONG} {LONG}</p><h2>REEDS</h2><h3>I</h3><h3>POND</h3><p><a href='#x'>ToC</a></p>"
        f"<p>{LONG}</p>"
        f"<h3>II</h3><h3>BANK</h3><p>{LONG}</p><h3>III</h3><h3>WEIR</h3><p>{LONG}</p><p>THE END</p>"
        "<pre>End of Project Gutenberg's Reeds\n\nEVIL</pre></body></html>"
    )
    assert (story.title, story.author) == ("Reeds: A Tale", "A. Weir")
    assert story.metadata == {"language": "English", "credits": "Produced by E. Elm"}
    assert [(c.title, c.prose) for c in story.chapters] == [
        ("PREFACE", f"{LONG} {LONG}"),
        ("REEDS · POND", LONG),
        ("BANK", LONG),
        ("WEIR", LONG),
    ]
    assert story.all_notes == ("River Library", "MCMIX")


# -- nothing is lost, and nothing is too much ------------------------------------------------

TANGLED = (
    "div p blockquote ul ol li center section article h2 h3 pre table tr td dl dt dd address details figure br hr "
    "aside span i b em strong u s q cite font sub sup small big tt code a ins del mark abbr label"
)


@st.composite
def tangles(draw: st.DrawFn) -> str:
    """Markup of visible elements, opened and closed as it comes, around words that are each there once."""
    pieces: list[str] = []
    for n in range(draw(st.integers(1, 25))):
        tag = draw(st.sampled_from(TANGLED.split()))
        pieces.append(draw(st.sampled_from([f"<{tag}>", f"</{tag}>", f"<{tag}>", "", " ", "<!-- c -->", "&nbsp;"])))
        pieces.append(f"word{n}w" + draw(st.sampled_from(["", " ", ", ", ". ", "\n"])))
    return "".join(pieces)


@given(tangles())
def test_every_word_that_is_seen_is_in_exactly_one_place(html: str):
    story = read(f"{html}</pre></h2></h3><p>{LONG}</p>", "reed-song.html")
    said = [story.title, story.author or "", story.summary or "", *story.metadata.values(), *story.all_notes]
    said += [text for chapter in story.chapters for text in (chapter.title or "", chapter.prose)]
    counts = Counter(word for text in said for word in _words(text))
    assert counts == Counter({f"word{n}w": 1 for n in range(html.count("word"))})


def _words(text: str) -> list[str]:
    return [f"word{piece.split('w')[0]}w" for piece in text.split("word")[1:]]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 60_000 + "deep words" + "</div>" * 60_000,
        "<blockquote><i>" * 30_000 + "deep words",
        "<div aria-hidden=true>" * 20_000 + "<p>" + "</div>" * 20_000 + "deep words",
        "<aside class=nav>" * 5_000 + "<table><tr><td>" * 5_000 + "deep words",
        "<p>deep words" + "&amp;" * 200_000,
        "<p>deep words" + "&lt" * 200_000,
        "<p>deep words " + "long " * 100_000,
        "<p>deep words" + "x" * 1_000_000,
        "<p>deep words" + ("x" * 16 + "</i>") * 50_000,
        "<p " + "a=1 " * 100_000 + ">deep words",
        "<p>deep words" + "<!-- c -->" * 50_000,
        "<style>" + "/*{" * 100_000 + "</style><p>deep words",
        "<p>deep words</p><![CDATA[" + "<" * 200_000,
        "<p>deep words</p>" + "<h2>" * 5_000,
        "<pre>deep words" + "\na" * 100_000,
        "<table>" * 20_000 + "deep words",
        "<p>deep words<p style='font-style" + " " * 500_000 + "'>",
        "<svg>" * 20_000 + "</svg>" * 20_000 + "<p>deep words",
        "<div id=workskin><div id=chapters>" + "<div class='userstuff module'>" * 20_000 + "deep words",
        "<table class=full>" + "<tr><td><b>A:</b>x" * 5_000 + "</table><a name=section1><h2>x</h2></a><p>deep words",
    ],
    ids=lambda html: html[:12],
)
def test_no_page_is_too_deep_or_too_dull(html: str):
    story = read(html)
    assert "deep words" in story.chapters[0].prose


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<html><body><p>&nbsp;</p></body></html>", "no text"),
        (b"<script>x</script>", "no story|no text"),
        (b"\x00\x01\x02<p>x", "NUL|control|not a"),
        (b"<meta charset=cp1251><p>\x00\xff", "NUL"),
        (b"<p>" * (MAX_TAGS // 2 + 1), "tags"),
        (b"</p>" * (MAX_TAGS + 1), "tags"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "NUL|control"),
        (b"<p>It was dark.<style>p { color: red }<!-- " + b"\x00", "control|NUL"),
        (b"<style>p {<p>It was dark.</p>", "no text"),
        (b"x" * 9_000_000, "bytes"),
        (
            b'<head><meta name="author" content="Organization for Transformative Works"></head><p>This work could have'
            b" adult content.</p>",
            "no story",
        ),
    ],
)
def test_what_is_no_story_is_refused_in_one_sentence(data: bytes, reason: str):
    with pytest.raises(Refused, match=reason) as refusal:
        read_story(data, "a1.html")
    assert "\n" not in str(refusal.value)


SCRAPS = (
    "< > </ <p <!-- --> <![CDATA[ ]]> & &#x ; <table> <tr> <svg> <math> <select> <template> <frameset> <style> <title> "
    '<pre> <h2> = " &#0; &#xd800; é <li> <br> <dt> <dd> <dl> <a~name=section1> <div~id=preface> <div~id=chapters> '
    "<table~class=full> <div~class=poem> <p~class=line> <section~id=pg-header> \x00 \ufdd0"
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(
    st.lists(st.sampled_from([scrap.replace("~", " ") for scrap in SCRAPS.split(" ")]) | TEXTS, max_size=30).map(
        "".join
    )
)
def test_any_text_is_read_or_refused(html: str):
    try:
        story = read(html)
    except Refused:
        return
    assert story.chapters


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes):
    with suppress(Refused):
        assert read_story(b"<p>" + data, "a1.html").chapters


def test_a_quotation_has_the_marks_that_a_browser_shows() -> None:
    html = f"<p>{LONG}</p><p>She said <q>Stay</q>.</p>"
    assert read_story(html.encode(), "a1.html").chapters[0].prose == f"{LONG}\n\nShe said “Stay”."


def test_an_end_of_a_paragraph_that_began_nowhere_is_nothing() -> None:
    html = f"<p>{LONG}</p><p>She came.</p></p>\n</p><p>She went.</p>"
    assert read_story(html.encode(), "a1.html").chapters[0].prose == f"{LONG}\n\nShe came.\n\nShe went."


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<ol><li>no lamps</li><li><p>no dogs</p></li></ol>", "1. no lamps\n2. no dogs"),
        ("<ol start=9><li>no lamps</li><li value=12>no dogs</li><li>no</li></ol>", "9. no lamps\n12. no dogs\n13. no"),
        ("<ul style='list-style: none'><li>no lamps</li><li>no dogs</li></ul>", "no lamps\n\nno dogs"),
        (f"<ol><li>{LONG}</li><li>no dogs<ul><li>or cats</li></ul></li></ol>", f"1. {LONG}\n\n2. no dogs\n\n• or cats"),
        ("<ol><li><i>no</i> lamps</li><li></li></ol>", "1. no lamps"),
    ],
)
def test_a_list_in_a_story_shows_its_numbers_and_bullets(html: str, shown: str) -> None:
    story = read(f"<h1>The Rules</h1><p>{LONG}</p>{html}<p>{LONG}</p>")
    assert [chapter.prose for chapter in story.chapters] == [f"{LONG}\n\n{shown}\n\n{LONG}"]


def test_a_list_of_labels_or_of_headings_shows_no_marks() -> None:
    labels = "<ul><li>Rating: T</li><li>Fandom: Harbour</li></ul>"
    chapters = "".join(f"<ol start={n}><li><h2>Chapter {n}</h2></li></ol><p>{LONG}</p>" for n in (1, 2))
    story = read(f"<h1>The Rules</h1>{labels}{chapters}")
    assert story.metadata == {"rating": "T", "fandom": "Harbour"}
    assert [(chapter.name.number, chapter.prose) for chapter in story.chapters] == [(1, LONG), (2, LONG)]


@pytest.mark.parametrize("main", ["main", "article", 'div role="main"', 'div id="storytext"'])
def test_what_is_beside_the_main_part_of_a_page_is_left_out(main: str) -> None:
    beside = '<div class="box"><h4>More</h4><p>EVIL</p></div>'
    page = f"<nav>EVIL</nav>{beside}<{main}><h1>Reed Song</h1><p>{LONG}</p><p>{LONG}</p></{main.split()[0]}>{beside}"
    story = read(f"<head><title>Reed Song | A Site</title></head><body>{page}</body>")
    assert (story.title, story.chapters[0].prose, story.all_notes) == ("Reed Song", f"{LONG}\n\n{LONG}", ())


def test_a_title_above_the_main_part_of_a_page_without_a_site_is_read() -> None:
    story = read(f"<h1>Reed Song</h1><p>by Ann Oak</p><article><p>{LONG}</p><p>{LONG}</p></article>")
    assert (story.title, story.author) == ("Reed Song", "Ann Oak")
