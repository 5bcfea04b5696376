"""Turn the header of a page copied from FanFiktion.de into labelled lines."""

from __future__ import annotations

import re

_SEARCHED = 4000  # characters searched for the end of the header
_KINDS = r"Geschichte|Kurzgeschichte|Oneshot|Drabble|Gedicht|Songfic|Parodie|Aufzählung/Liste"
_HEAD = re.compile(
    r"^(?P<title>\S[^\n]{0,150})\n+[ \t]*von[ \t]+(?P<author>\S[^\n]{0,60}?)[ \t]*\n+"
    r"(?:[ \t]*Kurzbeschreibung:?[ \t]*\n(?P<summary>(?:[^\n]+\n|\n(?=\S)){1,20}?)\n*)?"
    rf"[ \t]*(?P<type>{_KINDS})[ \t]*(?P<genre>[^\n]{{0,80}}?)[ \t]+/[ \t]+(?P<rating>P\d\d?[^\n/]{{0,10}}?)[ \t]*"
    r"(?:/[ \t]*(?P<pairing>[^\n]{1,30}?))?[ \t]*\n"
    r"(?P<characters>(?:[ \t]*[^\W\d][^\n!?:]{1,120}\n){0,4}?)"
    r"(?=[ \t]*(?:\d|\n|Dieses))(?:[ \t]*\d[\d. \t]*(?:\d|Kapitel|Wörter)?[ \t]*\n+)*"
    r"(?:[ \t]*(?:Dieses Kapitel|\d+ Reviews?)[^\n]{0,40}\n)*",
    re.M,
)


def without_fanfiktion_head(text: str) -> str:
    """Return *text* with the page header as labelled lines, without the navigation above it."""
    if "Kurzbeschreibung" not in text[:_SEARCHED] and " / P" not in text[:_SEARCHED]:
        return text
    head = _HEAD.search(text[:_SEARCHED])
    if head is None:
        return text
    named = {name.capitalize(): " ".join((value or "").split()) for name, value in head.groupdict().items()}
    lines = [f"{label}: {value}" for label, value in named.items() if value]
    return "\n".join([*lines, "", text[head.end() :].lstrip("\n")])
