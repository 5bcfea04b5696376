"""Works of Archive of Our Own: downloads as one page or as a book, and pages saved by a browser.

A download has a preface (tags, title, byline, summary, notes), chapters with their own summaries and notes, and an
afterword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from justhtml import Node, Text

from bot.stories.formats.html.blocks import blocks_of, notes_of
from bot.stories.formats.html.page import Page
from bot.stories.formats.html.story import keep_prose
from bot.stories.formats.html.tree import (
    attribute,
    by_id,
    children,
    classes,
    described,
    elements,
    first,
    inner,
    line_of,
    outermost,
    short_text,
)
from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import Heading
from bot.stories.sections.labels import Labelled
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.parts import Part, Sections
from bot.stories.sections.titles import read_byline
from bot.stories.sites.archive import NO_WORK

_STATS_CHARS = 400  # characters of a work's dates and counts that are searched
_CHAPTER = re.compile(r"Chapter (\d+)(?:: (.*))?", re.S)
_NOTES_LABEL = re.compile(r"Chapter (?:Summary|(?:End )?Notes)")
_AROUND_NOTES = frozenset({"byline", "endnote-link"})
_STAT = re.compile(r"([^\W\d][^:\n]{0,30}): *(.*?)(?=\s+[^\W\d][^\W\d]*:\s|\s*$)", re.S)
_MODULES = frozenset({"summary", "notes", "userstuff", "series", "children"})
_OF_READERS = frozenset({"comments", "kudos", "bookmarks", "hits", "stats"})
"""Labels of a saved page that are left out: counts, most of them of readers' reactions."""

_ARCHIVE = "Organization for Transformative Works"
"""Author that the ``meta`` element of every page of the Archive names."""


def read_ao3(pages: Sequence[Page]) -> Sections | None:
    """Return the sections of a downloaded work, or None for other pages."""
    prefaces = [(page, node) for page in pages if (node := _preface(page)) is not None]
    if not prefaces:
        return None
    sections = Sections()
    for page, preface in prefaces:  # a book may have its tags on one page and its title on the next
        _read_preface(sections, page, preface)
    for page in pages:
        _read_body(sections, page)
    return _finished(sections)


def read_ao3_page(page: Page) -> Sections | None:
    """Return the sections of a work's page, saved by a browser with one or all chapters, or None for other pages.

    Raises `Refused` for a page of the Archive without a story: a warning, a lock, an error.
    """
    skin = page.by_id("workskin")
    if skin is None or by_id(skin, "chapters") is None:
        if page.metas.get("author") == _ARCHIVE:
            raise Refused("no-work", NO_WORK)
        return None
    sections = Sections()
    tags = page.first(lambda node: node.name == "dl" and {"work", "meta"} <= classes(node))
    for label, node in described(tags) if tags is not None else ():
        if label not in _OF_READERS:
            sections.take(Labelled("metadata", label, _list_text(node)))
    _read_modules(sections, skin, page)
    return _finished(sections)


def read_ao3_chapters(pages: Sequence[Page]) -> Sections | None:
    """Return the sections of an EPUB that a converter made from a work's web pages, or None for other books."""
    if not any(page.first(_is_text_heading) for page in pages):
        return None
    sections = Sections()
    for page in pages:
        _read_modules(sections, page.root, page)
    return _finished(sections)


def _finished(sections: Sections) -> Sections:
    """Remove chapters without prose, and take end marks from the text.

    The notes of an only chapter without a heading become those of the story.
    """
    for part in sections.parts:
        _strip_rules(part.blocks)
        mark = read_end_mark(part.blocks[-1].text) if len(part.blocks) > 1 and part.blocks[-1].is_line else None
        if mark is not None:
            part.end_marker = mark
            part.blocks.pop()
            _strip_rules(part.blocks)
    keep_prose(sections)
    if len(sections.parts) == 1 and sections.parts[0].heading is None:
        part = sections.parts[0]
        sections.notes_before += part.notes_before
        sections.notes_after[:0] = part.notes_after
        part.notes_before, part.notes_after = [], []
    return sections


def _strip_rules(blocks: list[Block]) -> None:
    while blocks and blocks[-1].is_rule:
        blocks.pop()


def _heading(text: str) -> Heading:
    match = _CHAPTER.fullmatch(text)
    return Heading(match[2], f"Chapter {match[1]}", int(match[1])) if match else Heading(text, text, None)


# -- downloads: the preface and the afterword ----------------------------------------------


def _preface(page: Page) -> Node | None:
    node = page.by_id("preface")
    if node is None or first(node, lambda part: part.name in ("h1", "dl") or "byline" in classes(part)) is None:
        return None
    return node


def _read_preface(sections: Sections, page: Page, preface: Node) -> None:
    label = ""
    for node in _preface_elements(preface):
        text = line_of(node)
        if node.name == "h1":
            sections.title = text or None
        elif "byline" in classes(node):
            sections.author = read_byline(text) or text.removeprefix("by ").strip() or None
        elif node.name == "dl":
            _read_tags(sections, node)
        elif node.name == "blockquote" and label.lower().startswith("summary"):
            sections.summary += notes_of(node, page.styles)
        elif node.name in ("blockquote", "ul"):
            sections.notes_before += notes_of(node, page.styles)
        elif node.name == "p":
            label = text
    if sections.title is None:
        bold = first(preface, lambda node: node.name == "b")
        sections.title = (line_of(bold) if bold is not None else "") or None


def _preface_elements(preface: Node) -> Iterator[Node]:
    """Yield the outermost elements of a preface that describe the work; the Archive's own text is left out."""
    return outermost(
        preface,
        lambda node: node.name in ("h1", "dl", "blockquote", "ul", "p") or "byline" in classes(node),
        unless=lambda node: bool(classes(node) & {"message", "endnote-link"}) or node.name == "h2",
    )


def _read_tags(sections: Sections, tags: Node) -> None:
    for label, node in described(tags):
        if label == "stats":
            for match in _STAT.finditer(line_of(node)[:_STATS_CHARS]):
                sections.take(Labelled("metadata", match[1].strip().lower(), " ".join(match[2].split())))
        else:
            sections.take(Labelled("metadata", label, line_of(node)))


# -- downloads: the chapters ------------------------------------------------------------------


def _read_body(sections: Sections, page: Page) -> None:
    """Read the chapters of one page, and its afterword if it has one."""
    waiting: list[Node | Text] = []

    def read_waiting() -> None:
        if blocks := blocks_of(waiting, page.styles):
            if not sections.parts:
                sections.parts.append(Part(None, []))
            sections.parts[-1].blocks += blocks
        waiting.clear()

    for node in _page_parts(page.root):
        name = attribute(node, "id") if isinstance(node, Node) else ""
        is_end = name.startswith("endnotes") or (isinstance(node, Node) and _has_notes(node))
        if isinstance(node, Text) or not (is_end or name == "afterword" or _is_chapter_head(node)):
            waiting.append(node)
            continue
        read_waiting()
        part = sections.parts[-1] if sections.parts else None
        if name == "afterword":
            for element in _preface_elements(node):
                if element.name == "blockquote":
                    sections.notes_after += notes_of(element, page.styles)
                elif element.name == "dl":
                    _read_tags(sections, element)
        elif not is_end:
            heading = node if node.name == "h2" else first(node, lambda part: part.name == "h2")
            notes = _notes(node, page) if node.name != "h2" else []
            sections.parts.append(Part(_heading(line_of(heading) if heading is not None else ""), [], notes))
        elif part is not None:
            (part.notes_after if part.blocks else part.notes_before).extend(_notes(node, page))
    read_waiting()


def _page_parts(root: Node) -> Iterator[Node | Text]:
    """Yield the parts of a page in order: heads of chapters, their text, their notes; the preface is left out."""
    to_do = children(root)[::-1]
    while to_do:
        item = to_do.pop()
        name = attribute(item, "id") if isinstance(item, Node) else ""
        if name == "preface" or (isinstance(item, Node) and "toc-heading" in classes(item)):
            continue  # a work without chapters repeats its title above its text
        if isinstance(item, Node) and item.name == "div" and (name == "chapters" or _groups_parts(item)):
            to_do.extend(reversed(children(item)))
        else:
            yield item


def _groups_parts(node: Node) -> bool:
    """Return whether an element only contains parts of a page, each of which is read by itself."""
    if attribute(node, "id") == "afterword" or attribute(node, "id").startswith("endnotes"):
        return False
    if "meta" in classes(node) or _has_only_notes(node):
        return False
    return any(
        attribute(child, "id") in ("preface", "chapters", "afterword") or _is_chapter_head(child)
        for child in inner(node)
    )


def _is_chapter_head(node: Node) -> bool:
    if node.name == "h2":
        return "heading" in classes(node)
    heads = [child for child in inner(node) if child.name == "h2"] if node.name == "div" else []
    return any("heading" in classes(head) or "meta" in classes(node) for head in heads)


def _has_notes(node: Node) -> bool:
    """Return whether an element has only a label and, below the label, a chapter's summary or notes."""
    has_label = any(child.name == "p" for child in inner(node))
    return node.name == "div" and has_label and not _is_chapter_head(node) and _has_only_notes(node)


def _has_only_notes(node: Node) -> bool:
    """Return whether an element has only summaries and notes; its class does not tell, as converters rename classes."""
    for child in children(node):
        if isinstance(child, Text):
            is_note = not (child.data or "").strip()
        elif child.name == "p":
            is_note = bool(_NOTES_LABEL.fullmatch(short_text(child) or ""))
        else:
            is_comment = child.name.startswith(("#", "!"))
            is_note = is_comment or child.name in ("h2", "blockquote", "ul") or bool(classes(child) & _AROUND_NOTES)
        if not is_note:
            return False
    return True


def _notes(node: Node, page: Page) -> list[str]:
    """Return the bylines, summaries and notes in an element, without their labels."""
    found = [part for part in _preface_elements(node) if part.name in ("blockquote", "ul") or "byline" in classes(part)]
    return [note for part in found for note in notes_of(part, page.styles)]


# -- saved pages --------------------------------------------------------------------------------


def _is_text_heading(node: Node) -> bool:
    return node.name == "h3" and attribute(node, "id") == "work" and "landmark" in classes(node)


def _is_module(node: Node) -> bool:
    names = classes(node)
    return bool(names & {"title", "byline"} or (names & {"module", "userstuff"} and names & _MODULES))


def _read_modules(sections: Sections, root: Node, page: Page) -> None:
    """Read the headings, notes and texts of a work in the order of the page."""
    for node in outermost(root, _is_module):
        names = classes(node)
        part = sections.parts[-1] if sections.parts else None
        if "title" in names and node.name == "h3":
            sections.parts.append(Part(_heading(line_of(node)), []))
        elif "title" in names:
            sections.title = line_of(node) or None
        elif "byline" in names and part is None:
            sections.author = _list_text(node) or None
        elif "byline" in names and part is not None:
            part.notes_before.append(line_of(node))
        elif "userstuff" in names:
            if part is None:
                sections.parts.append(part := Part(None, []))
            part.blocks += blocks_of([node], page.styles)
        elif "summary" in names and part is None:
            sections.summary += _module_notes(node, page)
        elif "notes" in names:
            of_work = part is None or attribute(node, "id") == "work_endnotes"
            target = sections if of_work or part is None else part
            (target.notes_after if "end" in names else target.notes_before).extend(_module_notes(node, page))
        elif "summary" in names and part is not None:
            part.notes_before += _module_notes(node, page)


def _module_notes(module: Node, page: Page) -> list[str]:
    """Return the quotations and lists in a module, without its heading and its links to other modules."""
    found = outermost(module, lambda node: node.name in ("blockquote", "ul"))
    return [note for node in found for note in notes_of(node, page.styles)]


def _list_text(node: Node) -> str:
    """Return the items of a list in an element, or else its links, or else all its text."""
    position = first(node, lambda part: "position" in classes(part))  # in a series; the other links are to other works
    if position is not None:
        return line_of(position)
    for name in ("li", "a"):
        if items := [line_of(item) for item in elements(node) if item.name == name]:
            return ", ".join(filter(None, items))
    return line_of(node)
