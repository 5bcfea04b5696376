"""A page: its body, and what its head says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from justhtml import Node

from bot.stories.formats.html.styles import Style, Styles, read_styles
from bot.stories.formats.html.tree import attribute, children, elements, line_of, raw_text
from bot.stories.sections.headings import Heading, read_chapter, read_numeral
from bot.stories.sections.lines import undecorated

TITLE_CHARS = 400
"""Characters: what a page calls itself is not longer."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a story: a story in HTML has one, a book many."""

    root: Node
    title: str = ""
    metas: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """What its ``meta`` elements say, by their names in small letters."""
    language: str = ""
    styles: Styles = field(default_factory=dict[str, Style], hash=False)


def open_page(document: Node, sheets: Iterable[str] = ()) -> Page:
    """The page of a parsed document, with style *sheets* from outside of it."""
    title, language = "", ""
    metas: dict[str, str] = {}
    own: list[str] = []
    for node in elements(document, unless=lambda node: node.name == "body"):
        if node.name == "title":
            title = title or line_of(node).replace("<wbr>", "")[:TITLE_CHARS]
        elif node.name == "html":
            language = attribute(node, "lang") or attribute(node, "xml:lang")
        elif node.name == "style":
            own.append(raw_text(node))
        elif node.name == "meta":
            name = (attribute(node, "name") or attribute(node, "property")).lower()
            metas.setdefault(name, " ".join(attribute(node, "content").split()))
    html = next((node for node in children(document) if isinstance(node, Node) and node.name == "html"), document)
    body = next((node for node in children(html) if isinstance(node, Node) and node.name == "body"), document)
    return Page(body, title, metas, language.strip(), read_styles([*sheets, *own]))


def heading_of(text: str) -> Heading:
    """What a line says that the markup calls a chapter's heading."""
    heading = read_chapter(text) or read_numeral(text) or _numbered(text)
    if heading is None:
        return Heading(undecorated(text) or text, text, None)
    inner = read_chapter(heading.title) if heading.title else None  # ``2. Chapter 2: The Mill``
    return inner if inner is not None and inner.number == heading.number else heading


_NUMBERED = re.compile(r"(\d{1,4})[.):]\s+(\S.*)")


def _numbered(text: str) -> Heading | None:
    match = _NUMBERED.fullmatch(undecorated(text))
    return Heading(match[2], match[1], int(match[1])) if match else None
