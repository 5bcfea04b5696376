"""Stories that a test writes down, as sites and programs would save them. All texts are made up here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from hypothesis import strategies as st

from bot.stories import Story
from bot.stories.model import Emphasis, Span

LONG = "It was a long road, and it went on over the hills and through the woods until it came to the sea at last."

TAGS: dict[Emphasis, str] = {"italic": "em", "bold": "strong", "underline": "u", "strike": "s"}
LINES = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(
                [
                    "amber",
                    "birch",
                    "cloud",
                    "drift",
                    "elder",
                    "fern",
                    "a&b",
                    "x<y",
                    "*star*",
                    "_low_",
                    "&amp;",
                    "naïve",
                    "雨",
                    "l'été",
                    "👩‍👩‍👧",
                    "שלום",
                    "O'Dell",
                    "9/10",
                    "“hush”",
                    "two–three",
                    "a#tag",
                    "e\u0301clat",
                ]
            ),
            min_size=1,
            max_size=6,
        ).map(" ".join),
        st.sampled_from([None, None, None, "italic", "bold", "underline", "strike"]),
    ),
    min_size=1,
    max_size=4,
)


@dataclass(frozen=True)
class Paragraph:
    """Lines of runs, each with its emphasis; more than one line is a verse."""

    lines: list[list[tuple[str, Emphasis | None]]]
    after_break: bool = False

    def html(self, newline: str = "<br/>") -> str:
        return newline.join(
            " ".join(f"<{TAGS[k]}>{escape(t)}</{TAGS[k]}>" if k else escape(t) for t, k in line) for line in self.lines
        )


@dataclass(frozen=True)
class Part:
    title: str | None
    paragraphs: list[Paragraph]
    notes_before: list[str] = field(default_factory=list)
    notes_after: list[str] = field(default_factory=list)

    def prose(self) -> tuple[str, tuple[Span, ...]]:
        """The plain prose that a reader should get, and where it is emphasised."""
        text, spans = "", []
        for paragraph in self.paragraphs:
            text += ("\n\n\n" if paragraph.after_break else "\n\n") if text else ""
            for n, line in enumerate(paragraph.lines):
                text += "\n" if n else ""
                for m, (run, kind) in enumerate(line):
                    text += " " if m else ""
                    spans += [Span(len(text), len(text) + len(run), kind)] if kind else []
                    text += run
        return text, tuple(spans)

    def html(self, scene: str = "<hr/>") -> str:
        breaks = [scene if n and p.after_break else "" for n, p in enumerate(self.paragraphs)]
        return "\n".join(f"{b}<p>{p.html()}</p>" for b, p in zip(breaks, self.paragraphs, strict=True))


@dataclass(frozen=True)
class Written:
    title: str
    author: str
    summary: list[str]
    notes_before: list[str]
    notes_after: list[str]
    parts: list[Part]

    def holds_of(self, story: Story, *, notes: bool = True) -> None:
        assert (story.title, story.author) == (self.title, self.author)
        assert story.summary == ("\n\n".join(self.summary) or None)
        assert [chapter.prose for chapter in story.chapters] == [part.prose()[0] for part in self.parts]
        assert [chapter.spans for chapter in story.chapters] == [part.prose()[1] for part in self.parts]
        titles = [part.title for part in self.parts] if len(self.parts) > 1 else [None]
        assert [chapter.title for chapter in story.chapters] == titles
        if notes:
            assert list(story.notes_before) == self.notes_before
            assert list(story.notes_after) == self.notes_after
            assert [list(c.notes_before) for c in story.chapters] == [p.notes_before for p in self.parts]
            assert [list(c.notes_after) for c in story.chapters] == [p.notes_after for p in self.parts]


WORDS = ["Amber", "Birch", "Cloud", "Drift", "Elder", "Fern", "Grove", "Heath", "Islet", "Juniper"]
TITLES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3, unique=True).map(" ".join)
NOTES = st.lists(st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(" ".join), max_size=2)
PROSE = LINES.map(lambda line: [[("It was", None), *line, ("and so it went on until the evening came at last.", None)]])
VERSE = st.lists(LINES.map(lambda line: [(" ".join(t.split()[:4]), k) for t, k in line][:1]), min_size=2, max_size=5)
PARAGRAPHS = st.lists(st.builds(Paragraph, PROSE | VERSE, st.booleans()), min_size=1, max_size=6)


@st.composite
def stories(draw: st.DrawFn, *, least: int = 1, chapter_notes: bool = True) -> Written:
    titles = draw(st.lists(TITLES, min_size=5, max_size=5, unique=True))
    number = draw(st.integers(least, 3))
    notes = NOTES if chapter_notes and number > 1 else st.just([])
    parts = [
        Part(titles[n] if draw(st.booleans()) else None, draw(PARAGRAPHS), draw(notes), draw(notes))
        for n in range(number)
    ]
    return Written(titles[3], titles[4], draw(NOTES), draw(NOTES), draw(NOTES), parts)


def quoted(paragraphs: list[str]) -> str:
    return '<blockquote class="userstuff">' + "".join(f"<p>{escape(p)}</p>" for p in paragraphs) + "</blockquote>"


def ao3_pieces(story: Written) -> tuple[str, list[str], str]:
    """The preface, the chapters and the afterword of a download from the Archive."""
    preface = f"""<div id="preface"><h2 class="toc-heading">Preface</h2>
        <p class="message"><b>{story.title}</b><br/>
        Posted originally on the <a href="#">Archive</a> at <a href="#">w/1</a>.</p>
        <div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="#">Teen And Up Audiences</a></dd>
        <dt>Fandoms:</dt><dd><a href="#">Harbour Tales</a>, <a href="#">Reeds</a></dd><dt>Language:</dt><dd>English</dd>
        <dt>Stats:</dt><dd>
            Published: 2020-01-02
            Words: 1,234
            Chapters: {len(story.parts)}/?
        </dd></dl>
        <h1>{story.title}</h1><div class="byline">by <a rel="author" href="#">{story.author}</a></div>"""
    if story.summary:
        preface += f"<p>Summary</p>{quoted(story.summary)}"
    if story.notes_before or story.notes_after:
        preface += "<p>Notes</p>" + (quoted(story.notes_before) if story.notes_before else "")
        preface += '<div class="endnote-link">See the end of the work for <a href="#endnotes">notes</a></div>'
    preface += "</div></div>"
    chapters: list[str] = []
    for n, part in enumerate(story.parts, 1):
        title = f"Chapter {n}: {part.title}" if part.title else f"Chapter {n}"
        head = f'<div class="meta group"><h2 class="heading">{title}</h2>'
        head += (f"<p>Chapter Notes</p>{quoted(part.notes_before)}" if part.notes_before else "") + "</div>"
        foot = f'<div class="meta" id="endnotes{n}"><p>Chapter End Notes</p>{quoted(part.notes_after)}</div>'
        body = f'<!--chapter content--><div class="userstuff">{part.html()}</div><!--/chapter content-->'
        title = f'<h2 class="toc-heading">{story.title}</h2>'
        chapters.append((head if len(story.parts) > 1 else title) + body + (foot if part.notes_after else ""))
    afterword = '<div id="afterword"><h2 class="toc-heading">Afterword</h2>'
    if story.notes_after:
        afterword += f'<div class="meta"><div id="endnotes"><p>End Notes</p>{quoted(story.notes_after)}</div></div>'
    afterword += (
        '<p class="message">Please <a href="#">drop by the Archive and comment</a> to let the creator know!</p></div>'
    )
    return preface, chapters, afterword


FANFICFARE = f"""<!DOCTYPE html><html><head><meta charset="UTF-8"><title>The Mill by Reed</title></head><body>
<h1><a href="http://x">The Mill</a> by <a class="authorlink" href="y">Reed</a></h1>
<table class="full"><tr><td><b>Category:</b></td><td>Harbour Tales</td></tr>
<tr><td><b>Status:</b></td><td>In-Progress</td></tr>
<tr><td><b>Words:</b></td><td>1,234</td></tr>
<tr><td><b>Summary:</b></td><td>A mill.<br/>It turns: always.</td></tr>
<tr><td colspan="2"><b>Rating:</b> T</td></tr></table>
<a name="TOCTOP"><h2>Table of Contents</h2></a><p><a href="#section0001">1. Water</a><br />
<a href="#section0002">2. Chapter 2</a><br /><a href="#section0003">3. Mud</a><br /></p>
<a name="section0001"><h2>1. Water</h2></a>
<div class="fff_chapter_notes fff_head_notes"><b>Author's Note:</b><blockquote>Hello there.</blockquote></div>
<div class="storytext"><p>{LONG}</p><h2>Inside</h2><p>It <em>ran</em>.</p><p>A/N: please review!</p></div>
<a name="section0002"><h2>2. Chapter 2</h2></a><div><p>{LONG}<p>And more.
<a name="section0003"><h2>3. Mud</h2></a><p>{LONG}</p>
<div class="fff_chapter_notes fff_foot_notes"><b>Author's Note:</b><blockquote>Bye.</blockquote></div></body></html>"""
