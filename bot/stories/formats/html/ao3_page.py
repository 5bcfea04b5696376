"""Works of Archive of Our Own as a browser saves them: the page that readers see, whole or one chapter of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from justhtml import Node

from bot.stories.formats.html.ao3 import chapter_heading, finished
from bot.stories.formats.html.blocks import blocks_of, notes_of
from bot.stories.formats.html.page import Page
from bot.stories.formats.html.tree import attribute, by_id, classes, elements, first, line_of
from bot.stories.model import Refused
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Part, Sections

_ARCHIVE = "Organization for Transformative Works"
"""Who made every page of the Archive, as its head says."""

_OF_READERS = frozenset({"comments", "kudos", "bookmarks", "hits"})
"""What the page counts that is not the work's."""


def read_ao3_page(page: Page) -> Sections | None:
    """The sections of a work's page, or None where this is none.

    Raises `Refused` for a page of the Archive that asks or tells something else: a warning, a lock, an error.
    """
    skin = by_id(page.root, "workskin")
    if skin is None or by_id(skin, "chapters") is None:
        if page.metas.get("author") == _ARCHIVE:
            raise Refused("this page of Archive of Our Own holds no story: open the work itself and download it there")
        return None
    sections = Sections()
    tags = first(page.root, lambda node: node.name == "dl" and {"work", "meta"} <= classes(node))
    if tags is not None:
        _read_tags(sections, tags)
    for node in _modules(skin):
        _read_module(sections, node, page)
    return finished(sections)


def read_ao3_chapters(pages: Sequence[Page]) -> Sections | None:
    """The sections of a book whose pages were cut from a work's page, or None where this is none."""
    if not any(first(page.root, _is_over_text) for page in pages):
        return None
    sections = Sections()
    for page in pages:
        for node in _modules(page.root):
            _read_module(sections, node, page)
    return finished(sections)


def _is_over_text(node: Node) -> bool:
    return node.name == "h3" and attribute(node, "id") == "work" and "landmark" in classes(node)


def _modules(skin: Node) -> Iterator[Node]:
    """The headings, the notes and the texts of a work in the order of the page, each whole."""
    taken: set[int] = set()
    for node in elements(skin, unless=lambda node: id(node.parent) in taken):
        names = classes(node)
        if names & {"title", "byline"} or (names & {"module", "userstuff"} and names & _MODULES):
            taken.add(id(node))
            yield node


_MODULES = frozenset({"summary", "notes", "userstuff", "series", "children"})


def _read_module(sections: Sections, node: Node, page: Page) -> None:
    names = classes(node)
    part = sections.parts[-1] if sections.parts else None
    if "title" in names and node.name == "h3":
        sections.parts.append(Part(chapter_heading(line_of(node)), []))
    elif "title" in names:
        sections.title = line_of(node) or None
    elif "byline" in names and part is None:
        sections.author = _listed(node) or None
    elif "byline" in names:
        sections.parts[-1].notes_before.append(line_of(node))
    elif "userstuff" in names:
        if part is None:
            sections.parts.append(part := Part(None, []))
        part.blocks += blocks_of([node], page.styles)
    elif "summary" in names and part is None:
        sections.summary += _said(node, page)
    elif "notes" in names:
        of_work = part is None or attribute(node, "id") == "work_endnotes"
        whose = sections if of_work or part is None else part
        (whose.notes_after if "end" in names else whose.notes_before).extend(_said(node, page))
    elif "summary" in names and part is not None:
        part.notes_before += _said(node, page)


def _said(module: Node, page: Page) -> list[str]:
    """What a module says, without its heading and the links to another one."""
    found = elements(module, unless=lambda node: node.parent is not None and node.parent.name in ("blockquote", "ul"))
    return [note for node in found if node.name in ("blockquote", "ul") for note in notes_of(node, page.styles)]


def _read_tags(sections: Sections, tags: Node) -> None:
    label = ""
    for node in elements(tags):
        if node.name == "dt":
            label = line_of(node).rstrip(": ").lower()
        elif node.name == "dd" and label and label not in _OF_READERS and label != "stats":
            sections.take(Labelled("metadata", label, _listed(node)))


def _listed(node: Node) -> str:
    """What an element lists: the items of a list, the links, or else all it says."""
    position = first(node, lambda inner: "position" in classes(inner))  # of a series, without the ways to other works
    if position is not None:
        return line_of(position)
    for name in ("li", "a"):
        items = [line_of(item) for item in elements(node) if item.name == name]
        if items:
            return ", ".join(filter(None, items))
    return line_of(node)
