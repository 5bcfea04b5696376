"""What the style sheets of a page say of its text: what is emphasised, and what nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from justhtml import Node

from bot.stories.formats.html.tree import attribute, words_of
from bot.stories.model import Emphasis


@dataclass(frozen=True, slots=True)
class Style:
    """What an element's style turns on and off."""

    on: frozenset[Emphasis] = frozenset()
    off: frozenset[Emphasis] = frozenset()
    is_hidden: bool = False
    order: int = field(default=0, compare=False)
    """Where it stands in its sheet: of two classes of an element the later rule wins, not the later word."""

    def __or__(self, later: Style) -> Style:
        """This style and then a *later* one, which wins."""
        on = (self.on - later.off) | later.on
        off = (self.off - later.on) | later.off
        return Style(on, off, self.is_hidden or later.is_hidden, max(self.order, later.order))


NO_STYLE = Style()
Styles = Mapping[str, Style]
"""The style of every class."""

_TAGS: dict[str, Style] = {
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Style(frozenset({"italic"}))),
    **dict.fromkeys(("b", "strong"), Style(frozenset({"bold"}))),
    **dict.fromkeys(("u", "ins"), Style(frozenset({"underline"}))),
    **dict.fromkeys(("s", "del", "strike"), Style(frozenset({"strike"}))),
}
_CLASSES: dict[str, Style] = {
    **dict.fromkeys(("italic", "italics", "ital"), Style(frozenset({"italic"}))),
    **dict.fromkeys(("bold",), Style(frozenset({"bold"}))),
    **dict.fromkeys(("underline", "underlined"), Style(frozenset({"underline"}))),
    **dict.fromkeys(("strike", "strikethrough", "line-through"), Style(frozenset({"strike"}))),
    **dict.fromkeys(("hidden", "sr-only", "visually-hidden", "screen-reader-text", "landmark"), Style(is_hidden=True)),
}
"""Classes that mean the same everywhere, where no style sheet says otherwise."""

_DECLARATION = re.compile(
    r"(?:^|[;\s])(font-style|font-weight|text-decoration(?:-line)?|display|visibility|font)\s*:([^;]*)", re.I
)
_SELECTOR = re.compile(r"\s*(?:#[\w-]+\s+)?\w*\.([\w-]+)\s*")
"""A class, whatever element has it; a work of the Archive has it below an element that is always there."""


def style_of(node: Node, styles: Styles) -> Style:
    """The style of an element: its tag's, its classes', its own."""
    style = _TAGS.get(node.name, NO_STYLE)
    if not node.attrs:
        return style
    named = [styles.get(name) or _CLASSES.get(name, NO_STYLE) for name in words_of(node, "class")]
    for later in sorted(named, key=lambda style: style.order):
        style |= later
    own = attribute(node, "style")
    return style | read_declarations(own) if own else style


def read_declarations(text: str) -> Style:
    """What ``font-style: italic; …`` says."""
    on: set[Emphasis] = set()
    off: set[Emphasis] = set()
    hidden = False
    for match in _DECLARATION.finditer(text):
        name, value = match[1].lower(), match[2].strip().lower()
        if name == "font-style":
            (on if re.match(r"italic|oblique", value) else off).add("italic")
        elif name == "font" and "italic" in value:
            on.add("italic")
        elif name == "font-weight":
            (on if re.match(r"bold|[6-9]00", value) else off).add("bold")
        elif name.startswith("text-decoration"):
            on |= {"underline"} if "underline" in value else set()
            on |= {"strike"} if "line-through" in value else set()
        elif name in ("display", "visibility"):
            hidden = hidden or value.split()[:1] in (["none"], ["hidden"])
    return Style(frozenset(on), frozenset(off), hidden)


def read_styles(sheets: Iterable[str]) -> Styles:
    """The style of each class that the rules of *sheets* name by itself; rules for print and the like are left out."""
    styles: dict[str, Style] = {}
    rules = (rule for sheet in sheets for rule in _rules(_without_comments(sheet)))
    for order, (selectors, declarations) in enumerate(rules, start=1):
        style = replace(read_declarations(declarations), order=order)
        if style != NO_STYLE:
            for selector in selectors.split(","):
                if match := _SELECTOR.fullmatch(selector):
                    name = match[1].lower()
                    styles[name] = styles.get(name, NO_STYLE) | style
    return styles


def _without_comments(sheet: str) -> str:
    before, *others = sheet.split("/*")
    return before + "".join(other.partition("*/")[2] for other in others)


def _rules(sheet: str) -> Iterable[tuple[str, str]]:
    """The selectors and the declarations of each rule that stands by itself."""
    depth = start = opened = 0
    for brace in re.finditer(r"[{}]", sheet):
        if brace[0] == "{":
            depth += 1
            opened = brace.start() if depth == 1 else opened
        elif depth:
            depth -= 1
            if depth == 0:
                selectors = sheet[start:opened].rpartition(";")[2]
                if "@" not in selectors:
                    yield selectors, sheet[opened + 1 : brace.start()]
                start = brace.end()
