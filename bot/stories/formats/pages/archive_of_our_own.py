"""What stands above and below a work on a whole page of Archive of Our Own that was copied as text.

The head of the work itself, with its labels, is read by `bot.stories.formats.posted`.
"""

from __future__ import annotations

import re

from bot.stories.model import Refused

NO_WORK = "this page of Archive of Our Own holds no story: open the work itself and download it there"
_WARNING = "This work could have adult content. If you"
_PROCEED = re.compile(r"^[ \t]*(?:Yes, Continue|Proceed)\b", re.M)
_SEARCHED = 8000  # characters in which the page's own head ends
_OVER_TEXT = re.compile(r"^[ \t]*(?:Work|Chapter) Text:?[ \t]*$", re.M)
_OVER_NOTES = re.compile(r"[ \t]*(?:Chapter )?(?:(?P<summary>Summary)|Notes):?[ \t]*")
_CHAPTER = re.compile(r"[ \t]*Chapter \d+\b")
_LINES_ABOVE = 150  # lines of summaries and notes above a text at most
_HEAD_CHARS = 600  # in which the title of a page stands
_SITE = "[Archive of Our Own]"
_TAB = re.compile(
    r"\A\s*(?P<title>\S[^\n]{0,254}?) - (?:Chapter \d+ - )?(?P<author>[^\n]{1,120}?) - [^\n]{1,300}"
    r" \[Archive of Our Own\][ \t]*(?:\n|\Z)"
)
"""The title of a page as a browser shows it: of the work, its author and its fandom."""

_TITLE_BELOW = re.compile(
    r"\A\s*(?P<chapter>Chapter \d+[^\n]{0,255})\n\s*(?P<title>\S[^\n:]{0,254})\n[ \t]*(?P<author>[^\s:][^\n:]{0,120})\n"
    r"\s*(?=Chapter Text:?[ \t]*\n)"
)
SEE_NOTES = re.compile(
    r"^[ \t]*\(See the end of the (?:work|chapter) for (?:more |other )?notes[^)\n]{0,60}\)[ \t]*$", re.M
)
"""A link of the site, which stands below the notes of a work or a chapter."""

_ABOVE = re.compile(r"^[ \t]*Work Header[ \t]*\n", re.M)
_SITE_ABOVE = re.compile(r"^[ \t]*Archive of Our Own(?:[ \t]*beta)?[ \t]*\n", re.M)
_LABELS = re.compile(r"^[ \t]*Rating:[ \t]*$", re.M)
_BELOW = re.compile(r"^[ \t]*(?:Actions[ \t]*\n\s*)?↑ ?Top[ \t]*\n.*", re.M | re.S)
_OF_READERS = re.compile(r"^[ \t]*(?:Kudos|Comments|Bookmark)\b", re.M)
_SERIES = re.compile(r"^[ \t]*Series this work belongs to:[ \t]*\n(?:[^\n]*\n?){1,12}\Z", re.M)
_WAYS = re.compile(r"←[ \t]*Previous Work\s+|\s+Next Work[ \t]*→")


def without_archive_page(text: str) -> str:
    """Return *text* without what the Archive's page has above a work's labels, and below the work for its readers.

    Raises `Refused` for a page that only warns of a work.
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
    return _WAYS.sub("", work[:_SEARCHED]) + work[_SEARCHED:]


def _with_labels(text: str) -> str:
    """Return *text* with a label on each line of the summaries and notes that stand above the text of a chapter."""
    if not _OVER_TEXT.search(text):
        return text
    lines = text.split("\n")
    texts = [i for i, line in enumerate(lines) if _OVER_TEXT.fullmatch(line)]
    for before, i in zip([-1, *texts], texts, strict=False):
        label, first = "", max(before + 1, i - _LINES_ABOVE)
        heads = [j for j in range(first, i) if before >= 0 and _CHAPTER.match(lines[j])]
        if before >= 0 and not heads:
            continue  # nothing tells where the chapter above ends
        for j in range(heads[-1] if heads else first, i):
            if (over := _OVER_NOTES.fullmatch(lines[j])) is not None:
                label, lines[j] = "Summary: " if over["summary"] else "A/N: ", ""
            elif _CHAPTER.match(lines[j]):
                label = ""
            elif label and lines[j].strip():
                lines[j] = f"\n{label}{lines[j].strip()}"
    return "\n".join(lines)


def _start(head: str) -> int:
    """Return where the labels of a work begin below the ways of the site; 0 where there are none."""
    if (above := _ABOVE.search(head)) is not None:
        return above.end()
    site = _SITE_ABOVE.search(head)
    labels = _LABELS.search(head, site.end()) if site is not None else None
    return labels.start() if labels is not None else 0


def _head_of_tab(tab: re.Match[str]) -> str:
    """Return title and author, where the copied page does not say them once more."""
    said = tab.string[tab.end() : tab.end() + _SEARCHED]
    says = re.search(
        rf"^[ \t]*{re.escape(tab['title'])}[ \t]*\n\s*(?:by )?{re.escape(tab['author'])}[ \t]*$", said, re.M
    )
    return "" if says is not None else f"Title: {tab['title']}\nAuthor: {tab['author']}\n\n"
