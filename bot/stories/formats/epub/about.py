"""Pages before a posted story that only say what it is: title, summary, tags, dates. Makers of books put them there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.formats.epub.document import Document
from bot.stories.formats.html.blocks import blocks_of
from bot.stories.formats.html.fanfiction_net import take_details, take_profile
from bot.stories.formats.html.tree import by_id
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import Labelled, read_label
from bot.stories.sections.parts import Sections

PAGES_BEFORE = 3
"""A cover, a page of tags and one of notes: what comes later is the story."""

MOST_WORDS = 300
"""Without a label: no summary is longer, a story may be."""

LEAST_DETAILS = 3
"""Labelled lines: a page with fewer may be a letter."""

_DETAIL = re.compile(r"([^\W\d_][\w -]{0,30}): *(\S.*)")
_SITE = re.compile(r"Exported with the assistance of .{1,60}|Information|Introduction|Title[ -]?page", re.I)
_SOURCE = "table of contents url"
"""How WebToEpub calls the address of a story."""


def without_about(documents: Sequence[Document], about: Sections) -> list[Document]:
    """*documents* without the pages that only say what the story is; *about* then says it."""
    kept: list[Document] = []
    for i, document in enumerate(documents):
        told = _told(document, about) if i < min(PAGES_BEFORE, len(documents) - 1) else None
        if told is None:
            kept.append(document)
            continue
        about.title = about.title or told.title
        about.author = about.author or told.author
        about.metadata |= told.metadata
        about.summary = about.summary or told.summary
    return kept


def _told(document: Document, about: Sections) -> Sections | None:
    """What a page says of the story, or None where it says something else, too."""
    told = Sections()
    profile = by_id(document.page.root, "profile_top")
    if profile is not None:
        take_profile(told, profile)
        return told
    known = _words(f"{about.title} by {about.author}"), _words(about.title or ""), _words(about.author or "")
    blocks = [block for block in blocks_of([document.page.root], document.page.styles) if not block.is_rule]
    details = 0
    for block in blocks:
        label = _label(block)
        if label is not None and label.kind == "metadata":
            details += read_label(block.text) is not None or label.label == _SOURCE
            _take(told, label)
        elif label is not None and label.kind in ("title", "author", "summary"):
            told.summary += [label.value] if label.kind == "summary" and label.value else []
        elif not (_SITE.fullmatch(block.text) or _words(block.text) in known):
            told.summary.append(block.text)
    if details < LEAST_DETAILS and _SOURCE not in told.metadata:
        return None
    if about.summary and not all(_words(text) in _words(" ".join(about.summary)) for text in told.summary):
        return None
    if sum(len(text.split()) for text in told.summary) > MOST_WORDS:
        return None
    if (source := told.metadata.pop(_SOURCE, None)) is not None:
        told.metadata["source"] = source
    return told


def _label(block: Block) -> Labelled | None:
    if not block.is_line:
        return None
    match = _DETAIL.fullmatch(block.text)
    known = read_label(block.text)
    return known or (Labelled("metadata", match[1].lower(), match[2]) if match else None)


def _take(told: Sections, label: Labelled) -> None:
    """Take one detail; FanFiction.net has all of them in one line."""
    if label.label == "rated" and " - " in label.value:
        take_details(told, f"Rated: {label.value}")
    else:
        told.take(label)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
