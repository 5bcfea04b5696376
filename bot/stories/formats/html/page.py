"""A page: its body, and what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from justhtml import Node

from bot.stories.formats.html.styles import Style, Styles, read_styles
from bot.stories.formats.html.tree import attribute, children, elements, line_of, raw_text
from bot.stories.sections.headings import Heading, read_chapter, read_numeral
from bot.stories.sections.lines import undecorated

_TITLE_CHARS = 400  # of the title in a head
_NUMBERED = re.compile(r"(\d{1,4})[.):]\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a story: a story in HTML has one, a book many."""

    root: Node
    title: str = ""
    metas: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """The content of its ``meta`` elements by their names in small letters."""
    language: str = ""
    styles: Styles = field(default_factory=dict[str, Style], hash=False)


def open_page(document: Node, sheets: Iterable[str] = ()) -> Page:
    """Return the page of a parsed document, with style *sheets* from outside of it."""
    title, language = "", ""
    metas: dict[str, str] = {}
    own: list[str] = []
    for node in elements(document, unless=lambda node: node.name == "body"):
        if node.name == "title":
            title = title or line_of(node).replace("<wbr>", "")[:_TITLE_CHARS]
        elif node.name == "html":
            language = attribute(node, "lang") or attribute(node, "xml:lang")
        elif node.name == "style":
            own.append(raw_text(node))
        elif node.name == "meta":
            name = (attribute(node, "name") or attribute(node, "property")).lower()
            metas.setdefault(name, " ".join(attribute(node, "content").split()))
    body = document
    for name in ("html", "body"):
        body = next((node for node in children(body) if isinstance(node, Node) and node.name == name), document)
    return Page(body, title, metas, language.strip(), read_styles([*sheets, *own]))


def heading_of(text: str) -> Heading:
    """Return what a line says that the markup calls a chapter's heading."""
    bare = undecorated(text)
    heading = read_chapter(text) or read_numeral(text)
    if heading is None and (match := _NUMBERED.fullmatch(bare)):
        heading = Heading(match[2], match[1], int(match[1]))
    if heading is None:
        return Heading(bare or text, text, None)
    inner = read_chapter(heading.title) if heading.title else None  # ``2. Chapter 2: The Mill``
    return inner if inner is not None and inner.number == heading.number else heading
