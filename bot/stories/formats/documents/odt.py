"""OpenDocument texts (``.odt``), as saved by LibreOffice and OpenOffice."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, cast

from bot.stories.formats.documents.package import packed, unpacked
from bot.stories.formats.html.reader import read_markup
from bot.stories.model import Refused
from bot.stories.sections.parts import Sections

if TYPE_CHECKING:
    from odfdo import Document, Element

_TAGS = {
    "text:list-header": "div", "table:table": "table", "table:table-row": "tr", "table:table-cell": "td"
}  # fmt: skip
_SKIPPED = frozenset(
    {"text:tracked-changes", "text:table-of-content", "office:annotation", "text:note-citation", "office:forms"}
)
_MOST_PARENTS = 10  # maximum ancestors of a style
_NUMBERED = "text:list-level-style-number"
_INTEGER = re.compile("[0-9]{1,6}")
_MOST_DEPTH = 10  # maximum depth of nested lists
_MOST_SPACES = 100  # maximum spaces that are written for one ``text:s`` element


def read_odt(data: bytes) -> Sections:
    """Return the sections of an OpenDocument text. Raises `Refused` if it is damaged, encrypted or too large."""
    from odfdo import Document  # imported on use: few stories are OpenDocument texts

    package = packed(unpacked(data, "an OpenDocument text"))
    try:
        page = _Page(Document(package))
    except (AttributeError, KeyError, SyntaxError, TypeError, ValueError) as error:
        raise Refused("odt", "the document is not an OpenDocument text, or it is damaged") from error
    return read_markup(page.html)


class _Page:
    """Converts a document to HTML."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles: dict[tuple[str, str], tuple[str, ...]] = {}
        """HTML tags of each style, by family and name; the tag of a heading or an author's line comes first."""
        self._notes: list[str] = []
        body = self._html_of(document.body)
        notes = (note.replace(">", f">[{number}] ", 1) for number, note in enumerate(self._notes, 1))
        self.html = body + "".join(f'<aside role="doc-footnote">{note}</aside>' for note in notes)

    def _html_of(self, root: Element) -> str:
        """Return the content of an element as HTML; recurses only for notes, which are not nested."""
        pieces: list[str] = []
        to_do: list[Element | str] = [*reversed(root.children)]
        while to_do:
            item = to_do.pop()
            if isinstance(item, str):
                pieces.append(item)
                continue
            tail = escape(item.tail or "")
            if item.tag in _SKIPPED:
                pieces.append(tail)
            elif item.tag == "text:note":
                pieces.append(self._note(item) + tail)
            else:
                opening, closing = self._tags(item)
                pieces.append(opening + escape(item.text or ""))
                to_do += [closing + tail, *reversed(item.children)]
        return "".join(pieces)

    def _note(self, note: Element) -> str:
        """Store a footnote for the end of the page, and return its reference."""
        self._notes += [self._html_of(part) for part in note.children if part.tag == "text:note-body"]
        return f"[{len(self._notes)}]"

    def _tags(self, element: Element) -> tuple[str, str]:
        """Return the opening and closing HTML of an element."""
        tag = element.tag
        if tag == "text:s":
            count = str(element.get_attribute("text:c") or 1)
            return " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), ""
        if tag in ("text:line-break", "text:tab"):
            return ("<br>" if tag == "text:line-break" else " "), ""
        names: tuple[str, ...] = ()
        if tag == "text:h":
            level = str(element.get_attribute("text:outline-level") or 1)
            names = (f"h{1 + int(level) if level in tuple('12345') else 6}",)  # the title is above all headings
        elif tag == "text:p":
            style = self._style("paragraph", str(element.get_attribute("text:style-name") or ""))
            names = style if style[:1] and style[0][0] in "hp" else ("p", *style)
        elif tag == "text:span":
            names = self._style("text", str(element.get_attribute("text:style-name") or ""))
        elif tag == "text:list":
            names = (self._list(element),)
        elif tag == "text:list-item":
            start = str(element.get_attribute("text:start-value") or "")
            names = (f'li value="{start}"' if _INTEGER.fullmatch(start) else "li",)
        elif tag in _TAGS:
            names = (_TAGS[tag],)
        elif tag == "text:ruby-text":
            return "(", ")"
        closing = "".join(f"</{name.partition(' ')[0]}>" for name in reversed(names))
        return "".join(f"<{name}>" for name in names), closing

    def _list(self, element: Element) -> str:
        """Return the HTML tag of a list: ``ol`` if its items have numbers at its depth."""
        depth, name, parent = 0, "", element
        while parent is not None and depth < _MOST_DEPTH:
            if parent.tag == "text:list":
                depth += 1
                name = name or str(parent.get_attribute("text:style-name") or "")
            parent = parent.parent
        style = self._document.get_style("list", name) if name else None
        levels = (level for level in (style.children if style is not None else ()) if level.tag == _NUMBERED)
        return "ol" if any(level.get_attribute("text:level") == str(depth) for level in levels) else "ul"

    def _style(self, family: str, name: str) -> tuple[str, ...]:
        """Return the HTML tags for a style; properties of its ancestors count, too."""
        known = self._styles.get((family, name))
        if known is None:
            known = self._styles[family, name] = tuple(self._read_style(family, name))
        return known

    def _read_style(self, family: str, name: str) -> list[str]:
        merged: dict[str, str] = {}
        names: list[str] = []
        while name and len(names) < _MOST_PARENTS:
            names.append(name)
            style = self._document.get_style(family, name)
            if style is None:
                break
            properties = cast("dict[str, object]", style.get_properties(area="text") or {})  # pyright: ignore
            merged = {key: str(value) for key, value in properties.items()} | merged
            name = str(style.get_attribute("style:parent-style-name") or "")
        tags = {
            "h1": "Title" in names,
            'p class="author"': "Author" in names,
            "i": merged.get("fo:font-style") in ("italic", "oblique"),
            "b": merged.get("fo:font-weight") in ("bold", "600", "700", "800", "900"),
            "u": merged.get("style:text-underline-style", "none") != "none",
            "s": merged.get("style:text-line-through-style", "none") != "none",
            "sup": merged.get("style:text-position", "").startswith("super"),
        }
        return [tag for tag, is_on in tags.items() if is_on]
