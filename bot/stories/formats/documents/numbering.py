"""Write the numbers of a Word document's headings into its text.

Word computes the numbers and does not store them. In the text, the converter reads them as if they were typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.stories.formats.html.lists import numeral

_DOCUMENT, _NUMBERING = "word/document.xml", "word/numbering.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """The number of headings in one style."""

    depth: str
    kind: str
    """``1``, ``a``, ``A``, ``i`` or ``I``, as in HTML."""
    text: str
    """Text of the number, with ``%1`` for the number at the first depth and so on."""


def with_numbers(files: dict[str, bytes]) -> None:
    """Write the numbers of headings into the document among *files*.

    Raises `xml.etree.ElementTree.ParseError` if a file is not XML.
    """
    if b"pStyle" not in files.get(_NUMBERING, b"") or _DOCUMENT not in files:
        return
    levels = dict(_levels(ElementTree.fromstring(files[_NUMBERING])))
    kinds = {level.depth: level.kind for level in levels.values()}
    document = ElementTree.fromstring(files[_DOCUMENT])
    counts = Counter[str]()
    for paragraph in document.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        level = levels.get(_value(properties, "pStyle")) if properties is not None else None
        if properties is None or level is None:
            continue
        counts[level.depth] += 1
        counts.update({depth: -counts[depth] for depth in kinds if depth > level.depth})
        run = Element(f"{_W}r")
        text = ElementTree.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        places = {str(int(depth) + 1): numeral(counts[depth], kind) for depth, kind in kinds.items()}
        text.text = _PLACE.sub(lambda place, places=places: places.get(place[1], ""), level.text) + " "
        paragraph.insert([*paragraph].index(properties) + 1, run)
    files[_DOCUMENT] = ElementTree.tostring(document, "utf-8")


def _levels(numbering: Element) -> Iterator[tuple[str, _Level]]:
    """Yield each style whose paragraphs are numbered, with the form of its numbers."""
    for level in numbering.iter(f"{_W}lvl"):
        depth, named = level.get(f"{_W}ilvl") or "", _value(level, "numFmt")
        if (style := _value(level, "pStyle")) and re.fullmatch("[0-8]", depth) and named not in ("bullet", "none"):
            yield style, _Level(depth, _KINDS.get(named, "1"), _value(level, "lvlText"))


def _value(element: Element, name: str) -> str:
    """Return the ``w:val`` attribute of the first child called *name*; empty if there is none."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val") or ""
