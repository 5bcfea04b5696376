"""Find the speakers in a play: names in cells, terms or bold type before the speech."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from justhtml import Node, Text

from bot.stories.formats.html.tree import NAMES, children, classes, elements, short_text
from bot.stories.sections.plays import speak

_NAME = re.compile(r"(?!\d)[^\W_a-z][\w.'’-]*(?: [\w.'’-]+){0,3}(?<![.])")
_INLINE = frozenset({"b", "strong", "span"})


def speakers_in(nodes: Iterable[Node | Text]) -> frozenset[int]:
    """Return the `id` of each element with a speaker's name that no punctuation separates from the speech.

    Unless a class marks the elements, the names must repeat: the first column of other tables has a new word in each
    row.
    """
    found: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    for root in nodes:
        for node in elements(root) if isinstance(root, Node) else ():
            if (kind := _kind(node)) and (name := short_text(node)) and _NAME.fullmatch(name):
                found[kind].append((name, node))
    speaking: set[int] = set()
    for kind, candidates in found.items():
        if kind == "named" or speak([name for name, _ in candidates]):
            speaking |= {id(node) for _, node in candidates}
    return frozenset(speaking)


def _kind(node: Node) -> str:
    """Return the kind of an element that may have a speaker's name; empty for all others."""
    if node.name == "dt":
        return "term"
    if node.name in ("td", "th"):
        return "cell" if _opens(node) and _columns(node) == 2 else ""
    if node.name == "span" and classes(node) & NAMES["named_speaker"] and _opens(node):
        return "named"
    if node.name in _INLINE and _opens(node) and (node.name != "span" or classes(node) & NAMES["speaker"]):
        return "inline"
    return ""


def _opens(node: Node) -> bool:
    """Return whether only white space precedes an element in its parent."""
    for sibling in children(node.parent) if isinstance(node.parent, Node) else ():
        if sibling is node:
            return True
        if not isinstance(sibling, Text) or (sibling.data or "").strip():
            return False
    return False


def _columns(cell: Node) -> int:
    return sum(other.name in ("td", "th") for other in children(cell.parent)) if isinstance(cell.parent, Node) else 0
