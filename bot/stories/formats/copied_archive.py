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
    head = text[:_SEARCHED]
    if _WARNING in head and _PROCEED.search(head) is not None:
        raise Refused("no-work", NO_WORK)
    start, end = _start(head), len(text)
    below = _BELOW.search(text, start) if "Top" in text else None
    if below is not None and _OF_READERS.search(below[0]) is not None:
        end = below.start()
    if start == 0 and end == len(text):
        return text
    work = _SERIES.sub("", text[start:end].rstrip() + "\n")
    return _WAYS.sub("", work[:_SEARCHED]) + work[_SEARCHED:]


def _start(head: str) -> int:
    """Return where the labels of a work begin below the ways of the site; 0 where there are none."""
    if (above := _ABOVE.search(head)) is not None:
        return above.end()
    site = _SITE_ABOVE.search(head)
    labels = _LABELS.search(head, site.end()) if site is not None else None
    return labels.start() if labels is not None else 0
