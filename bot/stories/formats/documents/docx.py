"""Word documents (``.docx``), which Google Docs, Pages and LibreOffice also export.

Title and author are not taken from the document's properties: these often come from another document, and may reveal a
name that the author does not use in public.
"""

from __future__ import annotations

import re
from itertools import count
from typing import cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from bot.stories.formats.documents.numbering import with_numbers
from bot.stories.formats.documents.package import packed, unpacked
from bot.stories.formats.html.reader import read_markup
from bot.stories.model import Refused
from bot.stories.sections.parts import Sections

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Author'] => p.author:fresh
br[type='page'] => hr
u => u
""" + "".join(
    f"p[style-name='{name} {level}'] => h{level + 1}:fresh\n"
    for name in ("heading", "Heading")
    for level in range(1, 6)
)
"""Style map for `mammoth`; the title gets a heading level above that of all headings."""

_NOTE = re.compile(r'<li id="(?:foot|end)note-[^"]*">(\s*<p>)?')
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
"""Beginning and end of a footnote in the HTML of `mammoth`."""

_DAMAGED = (AttributeError, ExpatError, IndexError, KeyError, OSError, ParseError, TypeError, UnicodeError, ValueError)
"""Exceptions that damaged documents cause."""


def read_docx(data: bytes) -> Sections:
    """Return the sections of a Word document. Raises `Refused` if it is damaged, encrypted or too large."""
    import mammoth  # pyright: ignore[reportMissingTypeStubs]  # imported on use: few stories are Word documents

    files = unpacked(data, "a Word document")
    try:
        with_numbers(files)
        page = cast(
            "str",
            mammoth.convert_to_html(  # pyright: ignore[reportUnknownMemberType]
                packed(files), style_map=_STYLES, ignore_empty_paragraphs=False, include_embedded_style_map=False
            ).value,
        )
    except RecursionError:
        raise Refused("nested", "the document is nested more deeply than any story") from None
    except _DAMAGED as error:
        raise Refused("docx", "the document is not a Word document, or it is damaged") from error
    return read_markup(_with_notes(page))


def _with_notes(page: str) -> str:
    """Return *page* with its footnotes marked as notes, with the same numbers as their references."""
    numbers = count(1)
    return _NOTE.sub(lambda found: f'<li role="doc-footnote">{found[1] or ""}[{next(numbers)}] ', _BACK.sub("", page))
