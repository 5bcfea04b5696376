"""Read style sheets, for emphasis and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from justhtml import Node

from bot.stories.formats.html.tree import NAMES, attribute, words_of
from bot.stories.model import Emphasis


@dataclass(frozen=True, slots=True)
class Style:
    """The emphasis that an element's style turns on and off, and whether it hides the element."""

    on: frozenset[Emphasis] = frozenset()
    off: frozenset[Emphasis] = frozenset()
    is_hidden: bool = False
    order: int = field(default=0, compare=False)
    """Position of the rule in the page's style sheets: if an element has two classes, the later rule wins."""

    def __or__(self, later: Style) -> Style:
        """Return this style overridden by a *later* one."""
        on = (self.on - later.off) | later.on
        off = (self.off - later.on) | later.off
        return Style(on, off, self.is_hidden or later.is_hidden, max(self.order, later.order))


NO_STYLE = Style()
Styles = Mapping[str, Style]
"""Style by class."""

_KINDS: tuple[Emphasis, ...] = get_args(Emphasis)
EMPHASISED = {name: Style(frozenset({kind})) for kind in _KINDS for name in NAMES[f"{kind}_tags"]}
"""Style of each element that means emphasis."""
_CLASSES = {
    **{name: Style(frozenset({kind})) for kind in _KINDS for name in NAMES[f"{kind}_classes"]},
    **dict.fromkeys(NAMES["hidden_classes"], Style(is_hidden=True)),
}

_DECLARATION = re.compile(
    r"(?:^|[;\s])(font-style|font-weight|text-decoration(?:-line)?|display|visibility|font)\s*:([^;]*)", re.I
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_NESTED = re.compile(r"@[^@{};]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})")
"""A rule for print or other media, with the rules in it, and a rule without any."""

_RULE = re.compile(r"([^{}]*+)\{([^{}]*+)\}")
_SELECTOR = re.compile(r"\s*(?:#[\w-]+\s+)?\w*\.([\w-]+)\s*")
"""Selector of a class, also with a tag (``p.note``) or below an id (``#workskin .note``, as on the Archive)."""


def style_of(node: Node, styles: Styles) -> Style:
    """Return the style of an element: that of its tag, overridden by its classes and by its own declarations."""
    style = EMPHASISED.get(node.name, NO_STYLE)
    if not node.attrs:
        return style
    named = [styles.get(name) or _CLASSES.get(name, NO_STYLE) for name in words_of(node, "class")]
    for later in sorted(named, key=lambda style: style.order):
        style |= later
    own = attribute(node, "style")
    return style | read_declarations(own) if own else style


def read_declarations(text: str) -> Style:
    """Return the style of CSS declarations (``font-style: italic; …``)."""
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
    """Return the style of each class with a rule in *sheets*; rules for print and other media are left out."""
    styles: dict[str, Style] = {}
    rules = (rule for sheet in sheets for rule in _RULE.findall(_NESTED.sub("", _COMMENT.sub("", sheet))))
    for order, (selectors, declarations) in enumerate(rules, start=1):
        style = replace(read_declarations(declarations), order=order)
        if style != NO_STYLE:
            for selector in selectors.split(","):
                if match := _SELECTOR.fullmatch(selector):
                    name = match[1].lower()
                    styles[name] = styles.get(name, NO_STYLE) | style
    return styles
