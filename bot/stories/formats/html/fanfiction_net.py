"""Chapters of FanFiction.net as a browser saves them: a profile of the story over the text of one chapter."""

from __future__ import annotations

import re

from justhtml import Node

from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.contents import without_contents
from bot.stories.formats.html.page import Page, heading_of
from bot.stories.formats.html.story import tell, with_chapters
from bot.stories.formats.html.tree import attribute, by_id, children, classes, first, line_of
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Sections

_OF_READERS = frozenset({"reviews", "favs", "follows", "id"})
"""What the profile says that is not of the story."""

_DETAIL = re.compile(r"(\w+): (.+)")


def read_fanfiction_net(page: Page) -> Sections | None:
    """The sections of a saved chapter, or None where this is none."""
    text, profile = by_id(page.root, "storytext"), by_id(page.root, "profile_top")
    if text is None or profile is None:
        return None
    known = Sections()
    take_profile(known, profile)
    pieces = without_contents(read_pieces([text], page.styles))
    sections = tell(with_chapters(pieces), known.title, known.author)
    sections.summary += known.summary
    for label, value in known.metadata.items():
        sections.take(Labelled("metadata", label, value))
    _take_heading(sections, page)
    return sections


def take_profile(sections: Sections, profile: Node) -> None:
    """Take what the profile of a story says: title, author, summary and details."""
    title = first(profile, lambda node: node.name == "b")
    author = first(profile, lambda node: node.name == "a" and "/u/" in attribute(node, "href"))
    sections.title = (line_of(title) or None) if title is not None else None
    sections.author = (line_of(author) or None) if author is not None else None
    for node in children(profile):
        if isinstance(node, Node) and node.name == "div" and (summary := line_of(node)):
            sections.summary.append(summary)
        elif isinstance(node, Node) and "xgray" in classes(node):
            take_details(sections, line_of(node))


def take_details(sections: Sections, line: str) -> None:
    """Take ``Rated: Fiction T - English - Drama - Words: 1,234 - …``; language, genre and characters have no label."""
    unnamed = iter(("language", "genre", "characters"))
    for detail in line.split(" - "):
        match = _DETAIL.fullmatch(detail.strip())
        label, value = (match[1].lower(), match[2]) if match else (next(unnamed, "characters"), detail.strip())
        if label == "rated":
            label, value = "rating", value.removeprefix("Fiction ")
        if value and label not in _OF_READERS:
            sections.take(Labelled("metadata", label, value))


def _take_heading(sections: Sections, page: Page) -> None:
    """Take the chapter's heading from the list that leads to the others, where the text has none."""
    listed = by_id(page.root, "chap_select")
    chosen = first(listed, lambda node: "selected" in (node.attrs or {})) if listed is not None else None
    if chosen is not None and len(sections.parts) == 1 and sections.parts[0].heading is None:
        sections.parts[0].heading = heading_of(line_of(chosen))
