"""Works as Archive of Our Own hands them out, as one page or as the pages of a book.

A preface (tags, title, byline, summary, notes), the chapters, each with its own summary and notes, and an afterword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from justhtml import Node, Text

from bot.stories.formats.html.blocks import blocks_of, notes_of
from bot.stories.formats.html.page import Page
from bot.stories.formats.html.tree import attribute, by_id, children, classes, elements, first, line_of, little_text
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import Heading
from bot.stories.sections.labels import Labelled
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.parts import Part, Sections, has_prose
from bot.stories.sections.titles import read_byline

STATS_CHARS = 400
"""Characters: the dates and counts of a work take no more."""

_CHAPTER = re.compile(r"Chapter (\d+)(?:: (.*))?", re.S)
_OVER_NOTES = re.compile(r"Chapter (?:Summary|(?:End )?Notes)")
_AROUND_NOTES = frozenset({"byline", "endnote-link"})
_STAT = re.compile(r"([^\W\d][^:\n]{0,30}): *(.*?)(?=\s+[^\W\d][^\W\d]*:\s|\s*$)", re.S)


def read_ao3(pages: Sequence[Page]) -> Sections | None:
    """The sections of a work from the Archive, or None where this is none."""
    prefaces = [(page, node) for page in pages if (node := _preface(page)) is not None]
    if not prefaces:
        return None
    sections = Sections()
    for page, preface in prefaces:  # a book may have its tags on one page and its title on the next
        _read_preface(sections, page, preface)
    for page in pages:
        _read_body(sections, page)
    return finished(sections)


def finished(sections: Sections) -> Sections:
    """A work whose chapters are all read: only those with prose, and their end marks taken off."""
    for part in sections.parts:
        _close(part)
    sections.parts = [part for part in sections.parts if has_prose(part.blocks)]
    if sections.parts:
        sections.end_marker = sections.parts[-1].end_marker
        if len(sections.parts) == 1 and sections.parts[0].heading is None:
            sections.notes_before += sections.parts[0].notes_before
            sections.notes_after[:0] = sections.parts[0].notes_after
            sections.parts[0].notes_before, sections.parts[0].notes_after = [], []
    return sections


def chapter_heading(text: str) -> Heading:
    """The heading of a chapter (``Chapter 3: Snow``)."""
    match = _CHAPTER.fullmatch(text)
    return Heading(match[2], f"Chapter {match[1]}", int(match[1])) if match else Heading(text, text, None)


def _preface(page: Page) -> Node | None:
    node = by_id(page.root, "preface")
    if node is None or first(node, lambda inner: inner.name in ("h1", "dl") or "byline" in classes(inner)) is None:
        return None
    return node


def _read_preface(sections: Sections, page: Page, preface: Node) -> None:
    label = ""
    for node in _said(preface):
        text = line_of(node)
        if node.name == "h1":
            sections.title = text or None
        elif "byline" in classes(node):
            sections.author = read_byline(text) or text.removeprefix("by ").strip() or None
        elif node.name == "dl":
            _read_tags(sections, node)
        elif node.name == "blockquote":
            said = notes_of(node, page.styles)
            if label.lower().startswith("summary"):
                sections.summary += said
            else:
                sections.notes_before += said
        elif node.name == "ul":
            sections.notes_before += notes_of(node, page.styles)
        elif node.name == "p":
            label = text
    if sections.title is None:
        bold = first(preface, lambda node: node.name == "b")
        sections.title = (line_of(bold) if bold is not None else "") or None


def _said(preface: Node) -> Iterator[Node]:
    """The elements of a preface that say something of the work, each whole; not what the Archive says of itself."""
    taken: set[int] = set()

    def is_passed(node: Node) -> bool:
        return id(node.parent) in taken or bool(classes(node) & {"message", "endnote-link"}) or node.name == "h2"

    for node in elements(preface, unless=is_passed):
        if node.name in ("h1", "dl", "blockquote", "ul", "p") or "byline" in classes(node):
            taken.add(id(node))
            yield node


def _read_tags(sections: Sections, tags: Node) -> None:
    label = ""
    for node in elements(tags):
        if node.name == "dt":
            label = line_of(node).rstrip(": ").lower()
        elif node.name == "dd" and label == "stats":
            for match in _STAT.finditer(line_of(node)[:STATS_CHARS]):
                sections.take(Labelled("metadata", match[1].strip().lower(), " ".join(match[2].split())))
        elif node.name == "dd" and label:
            sections.take(Labelled("metadata", label, line_of(node)))


def _read_body(sections: Sections, page: Page) -> None:
    """Read the chapters of one page and, where it is there, the afterword."""
    waiting: list[Node | Text] = []

    def read_waiting() -> None:
        if blocks := blocks_of(waiting, page.styles):
            if not sections.parts:
                sections.parts.append(Part(None, []))
            sections.parts[-1].blocks += blocks
        waiting.clear()

    for node in _top(page.root):
        name = attribute(node, "id") if isinstance(node, Node) else ""
        is_end = name.startswith("endnotes") or (isinstance(node, Node) and _is_said_around(node))
        if isinstance(node, Text) or not (is_end or name == "afterword" or _is_chapter_head(node)):
            waiting.append(node)
            continue
        read_waiting()
        part = sections.parts[-1] if sections.parts else None
        if name == "afterword":
            _read_afterword(sections, node, page)
        elif not is_end:
            sections.parts.append(_headed(node, page))
        elif part is not None:
            (part.notes_after if part.blocks else part.notes_before).extend(_notes(node, page))
    read_waiting()


def _top(root: Node) -> Iterator[Node | Text]:
    """What stands in a page side by side: chapters' heads, their text, their notes; the preface left out."""
    to_do = children(root)[::-1]
    while to_do:
        item = to_do.pop()
        name = attribute(item, "id") if isinstance(item, Node) else ""
        if name == "preface" or (isinstance(item, Node) and "toc-heading" in classes(item)):
            continue  # the title once more stands over the text of a work that has no chapters
        holds = isinstance(item, Node) and item.name == "div" and (name == "chapters" or _holds_parts(item))
        if isinstance(item, Node) and holds:
            to_do.extend(reversed(children(item)))
        else:
            yield item


def _holds_parts(node: Node) -> bool:
    """Whether an element only holds the parts of a page together."""
    if attribute(node, "id") == "afterword" or attribute(node, "id").startswith("endnotes"):
        return False
    if "meta" in classes(node) or _only_says(node):
        return False
    return any(
        isinstance(child, Node)
        and (attribute(child, "id") in ("preface", "chapters", "afterword") or _is_chapter_head(child))
        for child in children(node)
    )


def _is_chapter_head(node: Node) -> bool:
    if node.name == "h2":
        return "heading" in classes(node)
    return node.name == "div" and any(
        isinstance(child, Node) and child.name == "h2" and ("heading" in classes(child) or "meta" in classes(node))
        for child in children(node)
    )


def _is_said_around(node: Node) -> bool:
    """Whether an element holds the summary or the notes of a chapter, under words that say so."""
    labels = [child for child in children(node) if isinstance(child, Node) and child.name == "p"]
    return node.name == "div" and bool(labels) and not _is_chapter_head(node) and _only_says(node)


def _only_says(node: Node) -> bool:
    """Whether all in an element is said around a chapter: converters of books rename the classes that tell it."""
    for child in children(node):
        if isinstance(child, Text):
            is_said = not (child.data or "").strip()
        elif child.name == "p":
            is_said = bool(_OVER_NOTES.fullmatch(little_text(child) or ""))
        else:
            is_comment = child.name.startswith(("#", "!"))
            is_said = is_comment or child.name in ("h2", "blockquote", "ul") or bool(classes(child) & _AROUND_NOTES)
        if not is_said:
            return False
    return True


def _headed(node: Node, page: Page) -> Part:
    """A chapter in the making, with what its head says."""
    heading = node if node.name == "h2" else first(node, lambda inner: inner.name == "h2")
    text = line_of(heading) if heading is not None else ""
    part = Part(chapter_heading(text), [])
    if node.name != "h2":
        part.notes_before = _notes(node, page)
    return part


def _notes(node: Node, page: Page) -> list[str]:
    """The summaries and notes in an element, without the words over them."""
    notes: list[str] = []
    for inner in _said(node):
        if inner.name in ("blockquote", "ul") or "byline" in classes(inner):
            notes += notes_of(inner, page.styles)
    return notes


def _read_afterword(sections: Sections, afterword: Node, page: Page) -> None:
    for node in _said(afterword):
        if node.name == "blockquote":
            sections.notes_after += notes_of(node, page.styles)
        elif node.name == "dl":
            _read_tags(sections, node)


def _close(part: Part) -> None:
    """Take the end mark from the end of a chapter; all else there is the story."""
    _strip_rules(part.blocks)
    mark = read_end_mark(part.blocks[-1].text) if len(part.blocks) > 1 and part.blocks[-1].is_line else None
    if mark is not None:
        part.end_marker = mark
        part.blocks.pop()
        _strip_rules(part.blocks)


def _strip_rules(blocks: list[Block]) -> None:
    while blocks and blocks[-1].is_rule:
        blocks.pop()
