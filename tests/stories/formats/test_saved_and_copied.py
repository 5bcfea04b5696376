"""One story as two archives hand it out, as a browser saves its page, and as the page is copied: always the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.stories import Refused, Story, read_story

NOON = (
    "The harbour was empty by noon. A gull walked the length of the wall as if it had been asked to measure it.",
    "“You came back,” she said, and did not look up from the rope.",
    "“The ferry did,” said Tamsin. “I was on it.”",
    "In the morning the keeper’s chair was empty, and the kettle was still warm.",
)
BOAT = (
    "The second winter came early. They burned the old boat, plank by plank, and slept beside it.",
    "“It was a good boat,” said Tamsin.",
    "“It was a terrible boat,” she said. “It was a good fire.”",
)
LABELS = {
    "Rating": ("Teen And Up Audiences",),
    "Archive Warning": ("No Archive Warnings Apply",),
    "Fandom": ("The Harbour Books",),
    "Characters": ("Tamsin", "The Keeper"),
    "Additional Tags": ("Lighthouses", "Slow Burn"),
    "Language": ("English",),
}
STATS = {"Published": "2021-03-04", "Completed": "2021-04-05", "Words": "1,234", "Chapters": "2/2"}
OF_READERS = {"Comments": "12", "Kudos": "321", "Hits": "4,321"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader takes from the story, whatever file it came in."""

    title: str
    author: str | None
    summary: str | None
    metadata: dict[str, str]
    notes: tuple[str, ...]
    chapters: tuple[tuple[int | None, str | None, str], ...]

    @classmethod
    def by(cls, story: Story) -> Told:
        chapters = tuple((one.name.number, one.title, one.prose) for one in story.chapters)
        notes = tuple(line for note in story.all_notes for line in note.split("\n"))
        return cls(story.title, story.author, story.summary, dict(story.metadata), notes, chapters)


ARCHIVE = Told(
    "The Long Pier",
    "quiet_harbour99",
    "Nobody lights the lamp any more.",
    {
        **{label.lower(): ", ".join(values) for label, values in LABELS.items()},
        "series": "Part 2 of Lamps",
        **{label.lower(): value for label, value in STATS.items()},
    },
    ("For fernfall.", "Written on a bus.", "Thank you for reading.", "It rains in this one.", "More on Monday."),
    ((1, "Noon", "\n\n".join(NOON)), (2, None, "\n\n".join(BOAT))),
)


def paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{text}</p>\n" for text in texts)


# -- Archive of Our Own -------------------------------------------------------------


def saved(*chapters: str) -> str:
    """Return a work's page with all that the site has around it, as a browser saves it."""
    tags = "".join(
        f'<dt class="tags">{label}:</dt><dd class="tags"><ul class="commas">'
        + "".join(f'<li><a class="tag" href="/tags/x">{value}</a></li>' for value in values)
        + "</ul></dd>"
        for label, values in LABELS.items()
    )
    stats = "".join(f"<dt>{label}:</dt><dd>{value}</dd>" for label, value in (STATS | OF_READERS).items())
    said = '<blockquote class="userstuff"><p>{}</p></blockquote>{}'
    module = f'<div class="{{}} module" {{}}><h3 class="heading">{{}}:</h3>{{}}{said}</div>'
    jump = '<p class="jump">(See the end of the work for <a href="#work_endnotes">more notes</a>.)</p>'
    gift = '<ul class="associations"><li>For <a href="/u">fernfall</a>.</li></ul>'
    return f"""<!DOCTYPE html><!-- saved from url=(0050)https://archive.example/works/9 --><html lang="en"><head>
<meta name="author" content="Organization for Transformative Works">
<title>The Long Pier - quiet_harbour99 - Books</title>
</head><body class="logged-in"><div id="outer"><ul id="skiplinks"><li><a href="#main">EVIL</a></li></ul>
<div id="header" class="region"><h1 class="heading">EVIL</h1><ul class="user navigation actions"><li>EVIL</li></ul>
</div>
<div id="inner"><div id="main" class="works-show region" role="main"><div class="work">
<ul class="work navigation actions"><li class="next chapter">EVIL</li><li id="chapter-index"><form><select>
<option>EVIL</option></select></form></li><li class="download"><ul><li>EVIL</li></ul></li></ul>
<h3 class="landmark heading">EVIL</h3><div class="wrapper"><dl class="work meta group">{tags}
<dt class="series">Series:</dt><dd class="series"><a class="previous">EVIL</a><span class="position">Part 2 of
<a href="/series/1">Lamps</a></span><a class="next">EVIL</a></dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats">{stats}</dl></dd></dl></div></div>
<div id="workskin"><div class="preface group"><h2 class="title heading">
  The Long Pier
</h2><h3 class="byline heading"><a rel="author" href="/u">quiet_harbour99</a></h3>
{module.format("summary", "", "Summary", "", "Nobody lights the lamp any more.", "")}
{module.format("notes", "", "Notes", gift, "Written on a bus.", jump)}</div>
<div id="chapters" role="article">{"".join(chapters)}</div><div class="afterword preface group">
{module.format("end notes", 'id="work_endnotes"', "Notes", "", "Thank you for reading.", "")}
<div id="series" class="series module"><h3 class="heading">EVIL</h3><ul><li>EVIL</li></ul></div></div></div></div>
<div id="feedback"><ul class="actions"><li>EVIL</li></ul><div id="kudos"><p class="kudos">EVIL</p></div>
<div id="comments_placeholder"><ol class="thread"><li class="comment group odd"><h4 class="heading byline">EVIL</h4>
<blockquote class="userstuff"><p>EVIL</p></blockquote></li></ol></div></div></div>
<div id="footer" class="region"><ul class="navigation actions"><li>EVIL</li></ul></div></div></body></html>"""


def saved_chapter(number: int, title: str, texts: Sequence[str], before: str = "", after: str = "") -> str:
    said = '<blockquote class="userstuff"><p>{}</p></blockquote>'
    notes = f'<div class="{{}}notes module"><h3 class="heading">Notes:</h3>{said}</div>'
    below = notes.format("end ", after)
    return (
        f'<div class="chapter" id="chapter-{number}"><div class="chapter preface group"><h3 class="title">'
        f'<a href="/works/9/chapters/{number}">Chapter {number}</a>{title}</h3>'
        f"{notes.format('', before) if before else ''}"
        '</div><div class="userstuff module"><h3 class="landmark heading" id="work">Chapter Text</h3>'
        f"{paragraphs(texts)}</div>"
        + (f'<div class="chapter preface group">{below}</div></div>' if after else "</div>")
    )


NOON_SAVED = saved_chapter(1, ": Noon", NOON, "It rains in this one.", "More on Monday.")
BOAT_SAVED = saved_chapter(2, "", BOAT)

DOWNLOAD = f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The Long Pier - quiet_harbour99 - Books</title>
</head>
<body><div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>The Long Pier</b>
<br/>Posted originally
on the <a href="http://archive.example/">Archive of Our Own</a> at <a href="u">http://archive.example/works/9</a>.</p>
<div class="meta"><dl class="tags">{"".join(f"<dt>{k}:</dt><dd>{', '.join(v)}</dd>" for k, v in LABELS.items())}
<dt>Series:</dt><dd>Part 2 of <a href="s">Lamps</a></dd>
<dt>Stats:</dt><dd>{" ".join(f"{label}: {value}" for label, value in STATS.items())}</dd></dl><h1>The Long Pier</h1>
<div class="byline">by <a rel="author" href="u">quiet_harbour99</a></div><p>Summary</p>
<blockquote class="userstuff"><p>Nobody lights the lamp any more.</p></blockquote><p>Notes</p>
<ul class="associations"><li>For <a>fernfall</a>.</li></ul>
<blockquote class="userstuff"><p>Written on a bus.</p></blockquote>
<p class="endnote-link">See the end of the work for <a href="#endnotes">more notes</a></p></div></div>
<div id="chapters" class="userstuff"><div class="meta group"><h2 class="heading">Chapter 1: Noon</h2>
<p>Chapter Notes</p>
<blockquote class="userstuff"><p>It rains in this one.</p></blockquote></div>
<div class="userstuff">{paragraphs(NOON)}</div>
<div id="endnotes1" class="meta"><p>Chapter End Notes</p><blockquote class="userstuff"><p>More on Monday.</p>
</blockquote>
</div><div class="meta group"><h2 class="heading">Chapter 2</h2></div><div class="userstuff">{paragraphs(BOAT)}</div>
</div>
<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><div id="endnotes"><p>End Notes</p>
<blockquote class="userstuff"><p>Thank you for reading.</p></blockquote></div></div><p class="message">Please
<a href="c">drop by the Archive and comment</a> to let the creator know if you enjoyed their work!</p></div></body>
</html>"""

SITE_ABOVE = """Main Content
Archive of Our Own beta
User Navigation

    Hi, mira!
    Post
    Log Out

Site Navigation

    Fandoms
    Browse

Actions

    Entire Work
    Next Chapter →
    Chapter Index
    Download

Work Header

"""
SITE_BELOW = """Series this work belongs to:

    ← Previous Work Part 2 of Lamps Next Work →

Actions

    ↑ Top
    Kudos ♥
    Bookmark
    Comments (2)

Kudos

EVIL, EVIL, and 19 guests left kudos on this work!

Comments
Post Comment

Note:

All fields are required. Your email address will not be published. EVIL

ann on Chapter 1 Thu 04 Mar 2021 10:00PM UTC

EVIL
Comment Actions

    Reply

Top Actions

    ↑ Top

Footer
About the Archive

    Site Map
"""


def copied(above: str, ways: str = " ") -> str:
    labels = "".join(f"{label}:\n{', '.join(values)}\n" for label, values in LABELS.items())
    stats = "".join(f"{label}:\n{value}\n" for label, value in (STATS | OF_READERS).items())
    lines = "\n\n".join
    return f"""{above}{labels}Series:
← Previous Work{ways}Part 2 of Lamps{ways}Next Work →
Stats:
{stats}
The Long Pier
quiet_harbour99

Summary:

    Nobody lights the lamp any more.

Notes:

    For fernfall.
    Written on a bus.

(See the end of the work for more notes.)

Chapter 1: Noon
Notes:

    It rains in this one.

(See the end of the chapter for notes.)

Chapter Text
{lines(NOON)}

Notes:

    More on Monday.

Chapter 2
Chapter Text
{lines(BOAT)}

Notes:

    Thank you for reading.

{SITE_BELOW}"""


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        (DOWNLOAD, ".html"),
        (saved(NOON_SAVED, BOAT_SAVED), ".html"),
        (copied(""), ".txt"),
        (copied(SITE_ABOVE), ".txt"),
        (copied(SITE_ABOVE.replace("Work Header\n", "")), ".txt"),
        (copied(SITE_ABOVE, "\n"), ".txt"),
        ("\n".join(line.strip() for line in copied(SITE_ABOVE).split("\n")), ".txt"),
    ],
)
def test_a_work_of_the_archive_is_the_same_however_it_comes(text: str, ending: str) -> None:
    told = Told.by(read_story(text.encode(), f"a1{ending}"))
    assert sorted(told.notes) == sorted(ARCHIVE.notes)
    assert Told(told.title, told.author, told.summary, told.metadata, ARCHIVE.notes, told.chapters) == ARCHIVE


def test_one_chapter_of_a_saved_work_keeps_its_number() -> None:
    story = read_story(saved(BOAT_SAVED).encode(), "a1.html")
    assert [(one.name.number, one.prose) for one in story.chapters] == [(2, "\n\n".join(BOAT))]


def test_a_warning_of_the_archive_is_no_story() -> None:
    page = """<html><head><meta name="author" content="Organization for Transformative Works"></head><body>
<div id="main">
<p class="caution notice">This work could have adult content.</p><ol class="work index group"><li class="work blurb">
<h4 class="heading">The Long Pier</h4><blockquote class="userstuff summary"><p>Nobody.</p></blockquote></li></ol>
</div>"""
    copied_page = SITE_ABOVE.replace("Work Header", "") + (
        "This work could have adult content. If you continue, you have agreed to see it.\n\n    Yes, Continue\n"
        "    No, Go Back\n\nThe Long Pier by quiet_harbour99\nNobody lights the lamp any more.\n"
    )
    for text, ending in ((page, ".html"), (copied_page, ".txt")):
        with pytest.raises(Refused, match="open the work itself"):
            read_story(text.encode(), f"a1{ending}")


def test_one_copied_chapter_of_a_work_keeps_its_number() -> None:
    above, _, below = copied(SITE_ABOVE).partition("Chapter 1: Noon\n")
    story = read_story((above + "Chapter 2: Boats\n" + below.partition("Chapter 2\n")[2]).encode(), "a1.txt")
    assert [(one.name.number, one.title, one.prose) for one in story.chapters] == [(2, "Boats", "\n\n".join(BOAT))]


# -- FanFiction.net ---------------------------------------------------------------------

DETAILS = (
    "Rated: Fiction T - English - Romance/Angst - Tamsin, The Keeper - Chapters: 2 - Words: 1,234 - Reviews: 12 - "
    "Favs: 21 - Follows: 3 - Updated: 4/5/2021 - Published: 3/4/2021 - Status: Complete - id: 9"
)
FANFICTION = Told(
    "The Long Pier",
    "quiet harbour99",
    "Nobody lights the lamp any more.",
    {
        "rating": "T",
        "language": "English",
        "genre": "Romance/Angst",
        "characters": "Tamsin, The Keeper",
        "chapters": "2",
        "words": "1,234",
        "updated": "4/5/2021",
        "published": "3/4/2021",
        "status": "Complete",
    },
    (),
    ((1, "Noon", "\n\n".join(NOON)),),
)
DESKTOP = f"""<html><head><title>The Long Pier Chapter 1: Noon, a books fanfic | EVIL</title></head><body>
<div class=menulink>EVIL</div><div id=content_wrapper_inner><div id=pre_story_links><a href="/book/">EVIL</a></div>
<div id=profile_top><span><img class=cimage src=x></span><button>EVIL</button><b>The Long Pier</b> <span>
<div style="height:5px"></div>By:</span> <a href="/u/12/quiet-harbour99">quiet harbour99</a> <a href="/pm2/post.php">
</a>
<div>Nobody lights the lamp any more.</div><span class="xgray xcontrast_txt">{DETAILS}</span></div>
<SELECT id=chap_select><option value=1 selected>1. Noon<option value=2>2. Chapter 2</select><button>EVIL</button>
<div id=storytextp><div class="storytext xcontrast_txt nocopy" id=storytext>{paragraphs(NOON)}</div></div>
<SELECT id=chap_select><option value=1>1. Noon</select><div id=review_success>EVIL</div><div id=p_footer>EVIL</div>"""
DESKTOP_COPIED = f"""FanFiction

    Just In
    Community

Follow/Fav The Long Pier
By: quiet harbour99
Nobody lights the lamp any more.
{DETAILS}
+ - Full 3/4 1/2 Expand Tighten
1. Noon
Next >

{chr(10).join(f"{text}{chr(10)}" for text in NOON)}
1. Noon
Next >

The author would like to thank you for your continued support. Your review has been posted.
Review

Post Review As

Favorite : Story Author Follow : Story Author

    Contrast
    Help . Privacy . Terms of Service
"""
FANFICFARE = f"""<html><head><title>The Long Pier by quiet harbour99</title></head><body>
<h1><a href="x">The Long Pier</a> by <a class="authorlink" href="y">quiet harbour99</a></h1><table class="full">
{"".join(f"<tr><td><b>{label}:</b></td><td>{value}</td></tr>" for label, value in FANFICTION.metadata.items())}
<tr><td><b>Summary:</b></td><td>Nobody lights the lamp any more.</td></tr></table>
<a name="section0001"><h2>1. Noon</h2></a>{paragraphs(NOON)}</body></html>"""


@pytest.mark.parametrize(("text", "ending"), [(DESKTOP, ".html"), (DESKTOP_COPIED, ".txt"), (FANFICFARE, ".html")])
def test_a_chapter_of_fanfiction_net_is_the_same_however_it_comes(text: str, ending: str) -> None:
    assert Told.by(read_story(text.encode(), f"a1{ending}")) == FANFICTION


def test_a_text_that_fanficfare_wrote_ends_with_its_story() -> None:
    head = "The Long Pier\n\nby quiet harbour99\n\n\nRating: T\nPublisher: www.fanfiction.net\nSummary: Nobody.\n"
    names = "1. Noon", "2. Chapter 2"
    text = "\n\n".join([head, "TABLE OF CONTENTS", "\n".join(names), f"\t{names[0]}", *NOON, f"\t{names[1]}", *BOAT])
    story = read_story(f"{text}\n\n\nEnd file.\n".encode(), "a1.txt")
    told = [(one.name.number, one.title, one.prose) for one in story.chapters]
    assert told == [(1, "Noon", "\n\n".join(NOON)), (2, None, "\n\n".join(BOAT))]
    assert (story.title, story.author, story.end_marker, story.warnings) == (
        "The Long Pier",
        "quiet harbour99",
        None,
        (),
    )


PHONE_DETAILS = (
    "Rated: T, English, Romance & Angst, Tamsin, The Keeper, Words: 1k+, Favs: 21, Published: Mar 4, 2021 "
    "Updated: 4/5/2021"
)
PHONE = f"""<html><head><title>The Long Pier Chapter 1: Noon, a books fanfic | EVIL</title></head><body><div id=top>
<b>EVIL</b></div><div id=content><div class=bb><a href="/book/x/">EVIL</a></div><div align=center>
<b>The Long Pier</b> by
<a href="/u/12/quiet-harbour99">quiet harbour99</a><hr>Books » <a href="/book/x/">Harbour Books</a>
{PHONE_DETAILS.replace("&", "&amp;")}</div><div align=center><a href="#">Ch 1</a> of 2 <a href="/s/9/2/">EVIL</a></div>
<br><b>Chapter 1: Noon</b><br></div><div class="storycontent nocopy" id=storycontent>{paragraphs(NOON)}</div>
<div id=jump><a href="/s/9/2/">EVIL</a></div><div>EVIL</div>"""
PHONE_COPIED = f"""Harbour Books
The Long Pier by quiet harbour99

Books » Harbour Books {PHONE_DETAILS}

Ch 1 of 2 Next »

Chapter 1: Noon

{chr(10).join(f"{text}{chr(10)}" for text in NOON)}
Next »
Share: Email . Facebook . Twitter
Story: Follow Favorite
Contrast: Dark . Light
Font: Small . Medium . Large . XL
"""


@pytest.mark.parametrize(("text", "ending"), [(PHONE, ".html"), (PHONE_COPIED, ".txt")])
def test_a_chapter_of_fanfiction_net_on_a_telephone_is_the_same_saved_or_copied(text: str, ending: str) -> None:
    story = read_story(text.encode(), f"a1{ending}")
    assert (story.title, story.author, story.all_notes) == ("The Long Pier", "quiet harbour99", ())
    assert [(one.name.number, one.title, one.prose) for one in story.chapters] == [(1, "Noon", "\n\n".join(NOON))]
    assert {label: value for label, value in story.metadata.items() if label != "category"} == {
        "rating": "T",
        "language": "English",
        "genre": "Romance & Angst",
        "characters": "Tamsin, The Keeper",
        "words": "1k+",
        "published": "Mar 4, 2021",
        "updated": "4/5/2021",
    }


def test_a_story_that_only_sounds_like_a_page_keeps_its_words() -> None:
    board = "Actions\n\nspeak louder, it said below, and under that:\n\n↑ Top deck. Kudos to whoever finds the stairs."
    around = (*BOAT, *NOON) * 2
    story = "\n\n".join(("The Lamp", *around, board, *around))
    assert read_story(story.encode(), "a1.txt").chapters[0].prose == story.partition("\n\n")[2]


def test_all_that_stands_between_the_notes_and_the_text_of_a_copied_work_is_notes() -> None:
    said = "The ferry is late again, and so is this chapter, for which I blame the ferry, the weather and the cat."
    notes = f"    {said}\n    Inspired by the lamp by tinroof.\n\n    Oil is dear."
    text = copied("").replace("    Written on a bus.", notes)
    text = text.replace("quiet_harbour99", "Ink Gull (quiet_harbour99), fern")
    story = read_story(text.encode(), "a1.txt")
    assert (story.title, story.author) == ("The Long Pier", "Ink Gull (quiet_harbour99), fern")
    assert story.notes_before == ("For fernfall.", said, "Inspired by the lamp by tinroof.", "Oil is dear.")
    assert story.chapters[0].prose == "\n\n".join(NOON)
