"""Classify the elements of a page by their names, classes and attributes."""

from __future__ import annotations

import re

from justhtml import Node, Text

from bot.stories.formats.html.styles import Styles, style_of
from bot.stories.formats.html.tree import NAMES, PHRASES, attribute, children, classes, is_named, kinds, short_text
from bot.stories.sections.blocks import is_rule

_CELL_CHARS = 60  # maximum characters of a short cell; a longer cell has a paragraph
_ENDS_SPEECH = tuple('.!?…”"’»')
_ARROW = re.compile("[\u2190-\u21ff\u2934\u23ce^]+[\ufe0e\ufe0f]?")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

BLOCKS = NAMES["blocks"]
"""Elements that begin a new line."""


def is_unseen(node: Node, styles: Styles) -> bool:
    """Return whether an element has nothing to read: a script, a form, hidden text, a number in the margin."""
    if node.name in NAMES["unread"]:
        return True
    if not node.attrs:
        return False
    if "hidden" in node.attrs or style_of(node, styles).is_hidden:
        return True
    if node.name == "a" and is_inner_link(node) and _ARROW.fullmatch(short_text(node) or ""):
        return True  # an arrow that links from a note back to the text
    if attribute(node, "aria-hidden").strip().lower() == "true":
        return not is_rule(short_text(node) or "")
    return is_named(node, "in_margin") or not NAMES["unread_kinds"].isdisjoint(kinds(node))


def is_line(node: Node, *, in_verse: bool) -> bool:
    """Return whether an element is one line of a verse (``<div class="verse indent2">``)."""
    if not node.attrs or node.name not in ("div", "p", "li"):
        return False
    names = classes(node)
    if not names & NAMES["line"] and not (in_verse and names & NAMES["line_of_verse"]):
        return False
    return not any(child.name in BLOCKS for child in children(node))


def is_scene_break(words: str) -> bool:
    """Return whether *words*, a class or the name of a picture, mean an ornament between scenes."""
    return PHRASES["scene_break"].search(words) is not None


def fills_cell(node: Node) -> bool:
    """Return whether a paragraph is the only content of a short table cell, as in word processors, and not speech."""
    cell = node.parent if node.name == "p" else None
    if not isinstance(cell, Node) or cell.name not in ("td", "th"):
        return False
    others = (other for other in children(cell) if other is not node)
    if any(not isinstance(other, Text) or (other.data or "").strip() for other in others):
        return False
    text = short_text(node)
    return text is not None and len(text) <= _CELL_CHARS and not text.endswith(_ENDS_SPEECH)


def shown(text: Text) -> str:
    """Return a text; a number has superscript digits if it is superscript, and no link to a note."""
    data, over = text.data or "", text.parent
    is_raised = isinstance(over, Node) and over.name == "sup" and not (over.parent and over.parent.name == "a")
    return data.translate(_SUPERSCRIPT) if is_raised and data.isdecimal() and data.isascii() else data


def is_inner_link(node: Node) -> bool:
    """Return whether a link leads to a place in the same book."""
    target = attribute(node, "href")
    return bool(target) and ":" not in target.partition("#")[0]


def is_note_number(node: Node) -> bool:
    """Return whether an element is the bare number of a footnote, which would join the first word of the footnote."""
    return is_named(node, "note_number") and bool(re.fullmatch(r"\d+", short_text(node) or ""))


def is_note_reference(node: Node) -> bool:
    """Return whether an element is the bare number that refers to a note; it would join the word before."""
    around = [node.parent, *children(node)] if is_inner_link(node) else []
    has_sup = any(other is not None and other.name == "sup" for other in around)
    is_marked = has_sup or is_named(node, "note_reference")
    return is_marked and bool(re.fullmatch(r"\d+", short_text(node) or ""))
