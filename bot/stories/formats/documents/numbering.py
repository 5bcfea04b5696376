"""Write the numbers of a Word document's lists and headings into its text.

Word computes the numbers and does not store them. In the text, the converter reads them as if they were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bot.stories.formats.html.lists import numeral

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_COUNT, _DEPTH = re.compile("[0-9]{1,6}"), re.compile("[0-8]")
_HAS_WORD = re.compile(r"[^\W\d_]{4}")  # a mark with a word, such as "Chapter 1"; it may be a whole heading
_MOST_PARENTS = 10  # maximum ancestors of a style


def with_numbers(files: dict[str, bytes]) -> None:
    """Write the numbers of lists and headings into the document among *files*, and remove the file of numberings.

    Raises `xml.etree.ElementTree.ParseError` if a file is not XML.
    """
    numbering = files.pop(_NUMBERING, None)
    if numbering is None or _DOCUMENT not in files:
        return
    styles = files.get(_STYLES, b"")
    if b"numPr" not in files[_DOCUMENT] and b"numPr" not in styles:
        return
    document = ElementTree.fromstring(files[_DOCUMENT])
    lists = _Lists(ElementTree.fromstring(numbering), ElementTree.fromstring(styles) if styles else Element("none"))
    for paragraph in document.iter(f"{_W}p"):
        if _is_deleted(paragraph):
            continue
        mark = lists.mark(paragraph)
        if mark and (_has_text(paragraph) or _HAS_WORD.search(mark)):
            run = Element(f"{_W}r")
            ElementTree.SubElement(
                run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
            ).text = mark
            properties = paragraph.find(f"{_W}pPr")
            paragraph.insert(0 if properties is None else [*paragraph].index(properties) + 1, run)
    files[_DOCUMENT] = ElementTree.tostring(document, "utf-8")


def _is_deleted(paragraph: Element) -> bool:
    """Return whether a tracked change deletes the paragraph."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None


def _has_text(paragraph: Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(f"{_W}t"))


@dataclass(frozen=True, slots=True)
class _Level:
    """The mark of list items at one depth."""

    kind: str
    """``1``, ``a``, ``A``, ``i`` or ``I`` for numbers, ``•`` for bullets, empty for items without a mark."""
    text: str
    """Text of the mark, with ``%1`` for the number at the first depth and so on."""
    start: int
    style: str
    """The paragraph style of items at this depth."""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    last_numbers: dict[int, int] = field(default_factory=dict[int, int])
    """The last number at each depth."""

    def next(self, depth: int) -> str:
        """Count one item and return its mark."""
        level = self.levels[depth]
        self.last_numbers[depth] = self.last_numbers.get(depth, level.start - 1) + 1
        for deeper in [other for other in self.last_numbers if other > depth]:
            del self.last_numbers[deeper]
        if level.kind in ("", "•"):
            return "• " if level.kind else ""
        text = _PLACE.sub(lambda place: self._number(int(place[1]) - 1), level.text).strip()
        return f"{text} " if text else ""

    def _number(self, depth: int) -> str:
        level = self.levels.get(depth)
        if level is None:
            return ""
        return numeral(self.last_numbers.setdefault(depth, level.start), level.kind)


class _Lists:
    """The lists of a document, and the last number of each."""

    def __init__(self, numbering: Element, styles: Element) -> None:
        self._styles = {_attr(style, "styleId"): style for style in styles.iter(f"{_W}style")}
        shared = {
            _attr(each, "abstractNumId"): _List(dict(_levels(each))) for each in numbering.iter(f"{_W}abstractNum")
        }
        self._lists: dict[str, _List] = {}
        for one in numbering.iter(f"{_W}num"):
            base = shared.get(_value(one, "abstractNumId"))
            if base is None:
                continue
            starts = {
                int(_attr(over, "ilvl")): int(start)
                for over in one.iter(f"{_W}lvlOverride")
                if _COUNT.fullmatch(start := _value(over, "startOverride")) and _DEPTH.fullmatch(_attr(over, "ilvl"))
            }
            self._lists[_attr(one, "numId")] = (
                _List(base.levels, {depth: start - 1 for depth, start in starts.items()}) if starts else base
            )

    def mark(self, paragraph: Element) -> str:
        """Return the mark of a paragraph; empty if it is not a list item."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        style = _value(properties, "pStyle")
        found = properties.find(f"{_W}numPr")
        names = [style]
        while found is None and (node := self._styles.get(style)) is not None and len(names) < _MOST_PARENTS:
            found = node.find(f"{_W}pPr/{_W}numPr")
            style = _value(node, "basedOn")
            names.append(style)
        one = self._lists.get(_value(found, "numId")) if found is not None else None
        if found is None or one is None:
            return ""
        depth = _value(found, "ilvl")
        by_style = (depth for depth, level in one.levels.items() if level.style and level.style in names)
        level = int(depth) if _DEPTH.fullmatch(depth) else next(by_style, 0)
        return one.next(level) if level in one.levels else ""


def _levels(numbering: Element) -> Iterator[tuple[int, _Level]]:
    for level in numbering.iter(f"{_W}lvl"):
        depth, start, text = _attr(level, "ilvl"), _value(level, "start"), _value(level, "lvlText")
        if _DEPTH.fullmatch(depth):
            named = _value(level, "numFmt") or "decimal"
            kind = {"bullet": "•", "none": ""}.get(named, _KINDS.get(named, "1"))
            yield int(depth), _Level(kind, text, int(start) if _COUNT.fullmatch(start) else 1, _value(level, "pStyle"))


def _attr(element: Element, name: str) -> str:
    return element.get(f"{_W}{name}") or ""


def _value(element: Element, name: str) -> str:
    """Return the ``w:val`` attribute of the first child called *name*; empty if there is none."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else _attr(child, "val")
