"""Write the numbers of a Word document's headings into its text.

Word computes the numbers and does not store them. In the text, the converter reads them as if they were typed. As in
lists, numbers are digits.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_numbers(files: dict[str, bytes]) -> None:
    """Write the numbers of headings into the document among *files*.

    Raises `xml.etree.ElementTree.ParseError` if a file is not XML.
    """
    if b"pStyle" not in files.get(_NUMBERING, b"") or not files.keys() >= {_DOCUMENT, _STYLES}:
        return
    styles = ElementTree.fromstring(files[_STYLES]).iter(f"{_W}style")
    headings = {style.get(f"{_W}styleId") for style in styles if _value(style, "name").lower().startswith("heading")}
    levels = ElementTree.fromstring(files[_NUMBERING]).iter(f"{_W}lvl")
    forms = {style: _value(level, "lvlText") for level in levels if (style := _value(level, "pStyle")) in headings}
    document = ElementTree.fromstring(files[_DOCUMENT])
    counts = Counter[str]()
    for paragraph in document.iter(f"{_W}p"):
        properties = paragraph.find(f"{_W}pPr")
        style = _value(properties, "pStyle") if properties is not None else ""
        if properties is None or "%" not in forms.get(style, "") or properties.find(f"{_W}rPr/{_W}del") is not None:
            continue  # a tracked change deletes the last of these
        counts[style] += 1
        before, _, after = forms[style].rpartition("%")
        run = Element(f"{_W}r")
        text = ElementTree.SubElement(run, f"{_W}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        text.text = f"{before.partition('%')[0]}{counts[style]}{after[1:]} "
        paragraph.insert([*paragraph].index(properties) + 1, run)
    files[_DOCUMENT] = ElementTree.tostring(document, "utf-8")


def _value(element: Element, name: str) -> str:
    """Return the ``w:val`` attribute of the first child called *name*; empty if there is none."""
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val") or ""
