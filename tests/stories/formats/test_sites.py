"""Chapters and threads of sites as a browser saves them. All texts are made up here."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story
from tests.stories.formats.written import LONG

TEXT = f"<p>{LONG}</p><hr><p>She <em>went</em>.</p>"

ROYAL_ROAD = f"""<div class="hor-menu"><a>EVIL</a></div><div class="row fic-header"><h1>Chapter 2: Dusk</h1>
<h2>The Lamp</h2><h3>by <a href="/profile/1">Ann Oak</a></h3></div>
<div class="portlet-title">EVIL</div><div class="portlet-body author-note"><p>Hello.</p></div>
<div class="chapter-inner chapter-content">{TEXT}</div>
<div class="portlet-body author-note"><p>Bye.</p></div><div id="comments"><p>EVIL</p></div>"""
SCRIBBLE_HUB = f"""<div class="chp_byauthor"><a>The Lamp</a> by <a>Ann Oak</a></div>
<div class="chapter-title">Chapter 2: Dusk</div>
<div class="p-avatar-wrap">EVIL</div><div class="wi_authornotes_body"><p>Hello.</p></div>
<div id="chp_raw" class="chp_raw">{TEXT}</div><div class="wi_authornotes_body"><p>Bye.</p></div><div>EVIL</div>"""
WATTPAD = f"""<nav>EVIL</nav><h1 class="h2">Chapter 2: Dusk</h1><div class="part-stats"><span>EVIL</span></div>
<div class="author">by <a>Ann Oak</a></div><pre class="panel-reading"><p>{LONG}<b class="comment-marker">EVIL</b></p>
<hr><p>She <em>went</em>.</p></pre>"""


@pytest.mark.parametrize(
    ("body", "notes"),
    [(ROYAL_ROAD, (("Hello.",), ("Bye.",))), (SCRIBBLE_HUB, (("Hello.",), ("Bye.",))), (WATTPAD, ((), ()))],
)
def test_a_chapter_is_read_without_its_site(body: str, notes: tuple[tuple[str, ...], tuple[str, ...]]):
    story = read(f"<head><title>The Lamp - Dusk | Site</title></head><body>{body}</body>")
    assert (story.title, story.author) == ("The Lamp", "Ann Oak")
    assert [(chapter.title, chapter.prose) for chapter in story.chapters] == [("Dusk", f"{LONG}\n\n\nShe went.")]
    assert (story.notes_before, story.notes_after) == notes


def test_chapters_that_an_author_typed_into_a_page_of_literotica_are_chapters():
    text = f"<p>Chapter 1</p><p>{LONG}</p><p>Chapter 2</p><p>{LONG}</p>"
    head = '<h1 class="headline">The Lamp</h1><a class="y_eU" href="/u">Ann Oak</a>'
    story = read(f'<head><title>The Lamp | Site</title></head><body>{head}<div class="aa_ht">{text}</div></body>')
    assert (story.title, story.author) == ("The Lamp", "Ann Oak")
    assert [(chapter.name.number, chapter.prose) for chapter in story.chapters] == [(1, LONG), (2, LONG)]


def read(html: str) -> Story:
    return read_story(html.encode(), "a1.html")
