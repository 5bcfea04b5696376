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

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_HAS_WORD = re.compile(r"[^\W\d_]{4}")  # a number with a word, such as "Chapter 1", may be a whole heading


@dataclass(frozen=True, slots=True)
class _Level:
    """The number of headings in one style."""

    depth: str
    is_roman: bool
    text: str
    """Text of the number, with ``%1`` for the number at the first depth and so on."""


def with_numbers(files: dict[str, bytes]) -> None:
    """Write the numbers of headings into the document among *files*.

    Raises `xml.etree.ElementTree.ParseError` if a file is not XML.
    """
    if b"pStyle" not in files.get(_NUMBERING, b"") or not files.keys() >= {_DOCUMENT, _STYLES}:
        return
    styles = ElementTree.fromstring(files[_STYLES]).iter(f"{_W}style")
    headings = {style.get(f"{_W}styleId") for style in styles if _value(style, "name").lower().startswith("heading")}
    numbered = _levels(ElementTree.fromstring(files[_NUMBERING]))
    levels = {style: level for style, level in numbered if style in headings}
    is_roman = {level.depth: level.is_roman for level in levels.values()}
    document = ElementTree.fromstring(files[_DOCUMENT])
    counts = Counter[str]()
    for paragraph in document.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        level = levels.get(_value(properties, "pStyle")) if properties is not None else None
        if properties is None or level is None or properties.find(f"{_W}rPr/{_W}del") is not None:
            continue  # a tracked change deletes the last of these
        counts[level.depth] += 1
        counts.update({depth: -counts[depth] for depth in is_roman if depth > level.depth})
        places = {str(int(depth) + 1): _numeral(counts[depth], roman) for depth, roman in is_roman.items()}
        number = _PLACE.sub(lambda place, places=places: places.get(place[1], ""), level.text)
        if _HAS_WORD.search(number) or any((text.text or "").strip() for text in paragraph.iter(f"{_W}t")):
            run = Element(f"{_W}r")
            text = ElementTree.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
            text.text = f"{number} "
            paragraph.insert([*paragraph].index(properties) + 1, run)
    files[_DOCUMENT] = ElementTree.tostring(document, "utf-8")


def _levels(numbering: Element) -> Iterator[tuple[str, _Level]]:
    """Yield each style whose paragraphs are numbered, with the form of its numbers."""
    for level in numbering.iter(f"{_W}lvl"):
        depth, named = level.get(f"{_W}ilvl") or "", _value(level, "numFmt")
        if (style := _value(level, "pStyle")) and re.fullmatch("[0-8]", depth) and named not in ("bullet", "none"):
            yield style, _Level(depth, named == "upperRoman", _value(level, "lvlText"))


def _numeral(number: int, is_roman: bool) -> str:
    if not is_roman:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _value(element: Element, name: str) -> str:
    """Return the ``w:val`` attribute of the first child called *name*; empty if there is none."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val") or ""
