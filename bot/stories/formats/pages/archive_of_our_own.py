"""Pages of Archive of Our Own copied as text: remove the site's text around a work, and label its header.

The first part handles whole pages, the second the header of a work.
"""

from __future__ import annotations

import re

from bot.stories.model import Refused

NO_WORK = "this page of Archive of Our Own holds no story: open the work itself and download it there"
_WARNING = "This work could have adult content. If you"
_PROCEED = re.compile(r"^[ \t]*(?:Yes, Continue|Proceed)\b", re.M)
_SEARCHED = 8000  # characters searched for the end of the page header
_OVER_TEXT = re.compile(r"^[ \t]*(?:Work|Chapter) Text:?[ \t]*$", re.M)
_OVER_NOTES = re.compile(r"[ \t]*(?:Chapter )?(?:(?P<summary>Summary)|Notes):?[ \t]*")
_CHAPTER = re.compile(r"[ \t]*Chapter \d+\b")
_LINES_ABOVE = 150  # maximum lines of summaries and notes above a text
_HEAD_CHARS = 600  # characters at either end that are searched for the page title and for a series
_SITE = "[Archive of Our Own]"
_TAB = re.compile(
    r"\A\s*(?P<title>\S[^\n]{0,254}?) - (?:Chapter \d+ - )?(?P<author>[^\n]{1,120}?) - [^\n]{1,300}"
    r" \[Archive of Our Own\][ \t]*(?:\n|\Z)"
)
"""The page title in a browser: work, author and fandom."""

_TITLE_BELOW = re.compile(
    r"\A\s*(?P<chapter>Chapter \d+[^\n]{0,255})\n\s*(?P<title>\S[^\n:]{0,254})\n[ \t]*(?P<author>[^\s:][^\n:]{0,120})\n"
    r"\s*(?=Chapter Text:?[ \t]*\n)"
)
SEE_NOTES = re.compile(
    r"^[ \t]*\(See the end of the (?:work|chapter) for (?:more |other )?notes[^)\n]{0,60}\)[ \t]*$", re.M
)
"""A link of the site below the notes of a work or a chapter."""

_ABOVE = re.compile(r"^[ \t]*Work Header[ \t]*\n", re.M)
_SITE_ABOVE = re.compile(r"^[ \t]*Archive of Our Own(?:[ \t]*beta)?[ \t]*\n", re.M)
_LABELS = re.compile(r"^[ \t]*Rating:[ \t]*$", re.M)
_BELOW = re.compile(r"^[ \t]*(?:Actions[ \t]*\n\s*)?↑ ?Top[ \t]*\n.*", re.M | re.S)
_OF_READERS = re.compile(r"^[ \t]*(?:Kudos|Comments|Bookmark)\b", re.M)
_SERIES = re.compile(r"^[ \t]*Series this work belongs to:[ \t]*\n(?:[^\n]*\n?){1,12}\Z", re.M)
_NAVIGATION = re.compile(r"←[ \t]*Previous Work\s+|\s+Next Work[ \t]*→")


def without_archive_page(text: str) -> str:
    """Return *text* without the site's text above and below a work; label the work's title, author and notes.

    Raises `Refused` for a page that has only a content warning.
    """
    if "See the end of the" in text:
        text = SEE_NOTES.sub("", text)
    if _SITE in text[:_HEAD_CHARS]:
        text = _TAB.sub(_head_of_tab, text, count=1)
    if "Chapter Text" in text[:_HEAD_CHARS]:
        text = _TITLE_BELOW.sub(r"Title: \g<title>\nAuthor: \g<author>\n\n\g<chapter>\n\n", text, count=1)
    text = _with_labels(text)
    head = text[:_SEARCHED]
    if _WARNING in head and _PROCEED.search(head) is not None:
        raise Refused("no-work", NO_WORK)
    start, end = _start(head), len(text)
    below = _BELOW.search(text, start) if "Top" in text else None
    if below is not None and _OF_READERS.search(below[0]) is not None:
        end = below.start()
    if start == 0 and end == len(text):
        return _SERIES.sub("", text) if "Series this work belongs to:" in text[-_HEAD_CHARS:] else text
    work = _SERIES.sub("", text[start:end].rstrip() + "\n")
    return _NAVIGATION.sub("", work[:_SEARCHED]) + work[_SEARCHED:]


def _with_labels(text: str) -> str:
    """Return *text* with a label (``A/N: …``) on each line of the summaries and notes above a chapter's text."""
    if not _OVER_TEXT.search(text):
        return text
    lines = text.split("\n")
    texts = [i for i, line in enumerate(lines) if _OVER_TEXT.fullmatch(line)]
    for before, i in zip([-1, *texts], texts, strict=False):
        label, first = "", max(before + 1, i - _LINES_ABOVE)
        heads = [j for j in range(first, i) if before >= 0 and _CHAPTER.match(lines[j])]
        if before >= 0 and not heads:
            continue  # the end of the chapter above is unknown
        for j in range(heads[-1] if heads else first, i):
            if (over := _OVER_NOTES.fullmatch(lines[j])) is not None:
                label, lines[j] = "Summary: " if over["summary"] else "A/N: ", ""
            elif _CHAPTER.match(lines[j]):
                label = ""
            elif label and lines[j].strip():
                lines[j] = f"\n{label}{lines[j].strip()}"
    return "\n".join(lines)


def _start(head: str) -> int:
    """Return the offset of a work's labels below the site's navigation; 0 if there is none."""
    if (above := _ABOVE.search(head)) is not None:
        return above.end()
    site = _SITE_ABOVE.search(head)
    labels = _LABELS.search(head, site.end()) if site is not None else None
    return labels.start() if labels is not None else 0


def _head_of_tab(tab: re.Match[str]) -> str:
    """Return title and author from the page title as labelled lines; empty if the copied page repeats them."""
    following = tab.string[tab.end() : tab.end() + _SEARCHED]
    repeated = re.search(
        rf"^[ \t]*{re.escape(tab['title'])}[ \t]*\n\s*(?:by )?{re.escape(tab['author'])}[ \t]*$", following, re.M
    )
    return "" if repeated is not None else f"Title: {tab['title']}\nAuthor: {tab['author']}\n\n"


# -- the header of a work --------------------------------------------------------------

_HEAD_SEARCHED = 6000  # characters searched for the end of the header
_CHAPTER_TEXT = re.compile(r"\n[ \t]*Chapter Text:?[ \t]*(?=\n)")
_TITLE_ABOVE = re.compile(
    r"\A\s*(?P<title>\S[^\n:]{0,254})\n[ \t]*(?P<author>\S[^\s:]{0,60})[ \t]*\n\s*(?=Chapter \d+\b|Summary:|Notes:)"
)
_OF_STATS = r"(?:Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits):"
_STATS = re.compile(
    rf"^Stats:[ \t]*\n?(?P<stats>(?:[ \t]*{_OF_STATS}[^\n]*\n(?:[ \t]*\d[\d,./?-]{{0,20}}[ \t]*\n)?)+)", re.M
)
_STAT = re.compile(rf"\s*({_OF_STATS})\s*")
_FROM_READERS = frozenset({"Comments:", "Kudos:", "Bookmarks:", "Hits:"})
_OF_ARCHIVE = (
    r"(?P<label>Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|"
    r"Language|Series|Collections?)"
)
_ARCHIVE_FIELD = re.compile(rf"^{_OF_ARCHIVE}:[ \t]*\n(?P<value>(?:[ \t]*\S[^\n:]*\n)+)", re.M)
_ARCHIVE_LINE = re.compile(rf"^{_OF_ARCHIVE}: +\S.*$", re.M)
_TITLE = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<title>\S[^\n:]{0,254})\n(?:[ \t]*\n)?[ \t]*(?P<author>[^\s:][^\n:]{0,120}?)[ \t]*\n"
    r"(?=\s*(?:(?:Summary|Notes|A/N):|\Z))"
)
_DOWNLOAD = re.compile(
    r"(?P<title>[^\n]*)\s+Posted originally on the Archive of Our Own at \S+\n(?P<fields>.*?)\n"
    r"[ \t]*(?P=title)[ \t]*\n\s*by (?P<author>[^\n]+)\n",
    re.S,
)
_OF_DOWNLOAD = re.compile(
    r"^[ \t]*(?:Preface|Afterword|(?:(?:Chapter )?Notes\s+)?See the end of the (?:work|chapter) for notes|"
    r"See the end of the (?:work|chapter) for more notes|"
    r"Please drop by the Archive and comment to let the \w+ know if you enjoyed their work!)[ \t]*$",
    re.M,
)
_NOTES = re.compile(r"^Notes$", re.M)


def without_work_head(text: str) -> str:
    """Return *text*, a page or a download converted to text, with the header of the work as labelled lines."""
    head = text[:_HEAD_SEARCHED]
    if (download := _DOWNLOAD.match(_OF_DOWNLOAD.sub("", head).lstrip())) is not None:
        rest = _OF_DOWNLOAD.sub("", text).lstrip()[download.end() :]
        lines = f"Title: {download['title'].strip()}\nAuthor: {download['author'].strip()}"
        return f"{lines}\n{_archive_fields(download['fields'])}{_NOTES.sub('A/N:', rest, count=1)}"
    work = _OVER_TEXT.search(head)
    if work is None:
        return text
    if _ARCHIVE_FIELD.search(head, 0, work.start()) or _ARCHIVE_LINE.search(head, 0, work.start()):
        return _archive_fields(head[: work.start()]) + _OVER_TEXT.sub("", SEE_NOTES.sub("", text[work.start() :]))
    if _CHAPTER_TEXT.search(head) or _TITLE_ABOVE.match(head):  # a work without its header
        text = _OVER_TEXT.sub("", SEE_NOTES.sub("", text))
        return _TITLE_ABOVE.sub(lambda above: f"Title: {above['title']}\nAuthor: {above['author']}\n\n", text, count=1)
    return text


def _archive_fields(head: str) -> str:
    """Return *head*, a work's header, with each field on one line, and with labels for title and author."""
    head = _STATS.sub(lambda match: _stats(match["stats"]), head)
    head = _TITLE.sub(lambda match: f"\n\nTitle: {match['title'].strip()}\n{_authors(match['author'])}\n\n", head)
    head = _ARCHIVE_FIELD.sub(
        lambda match: f"{match['label']}: {' '.join(match['value'].split())}\n", SEE_NOTES.sub("", head)
    )
    return f"{head.rstrip()}\n\n"


def _authors(line: str) -> str:
    """Return a labelled line for the author of a work, and one for the recipient if it is a gift."""
    author, _, recipient = line.partition(" for ")
    return f"Author: {author}\nRecipient: {recipient}" if recipient else f"Author: {author}"


def _stats(text: str) -> str:
    """Return a line for each statistic except those of readers' reactions, and a blank line below them."""
    _, *found = _STAT.split(text)
    lines = [f"{label} {value.strip()}\n" for label, value in zip(found[::2], found[1::2], strict=True)]
    return "".join([line for line in lines if line.split(" ", 1)[0] not in _FROM_READERS]) + "\n"
