"""Parse files into the sections of a story, with one module or package for each format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from pkgutil import resolve_name
from typing import Literal, cast

from bot.stories.sections.parts import Sections


@dataclass(frozen=True, slots=True)
class Format:
    """A format of story files."""

    name: str
    """Name of the format as writers know it."""
    endings: tuple[str, ...]
    reader: str
    """Function that parses the bytes of a file into sections, as ``module:function`` within this package.

    The module is imported with the first file of its format: most folders have one or two formats, and the libraries
    for the other formats load slowly.
    """
    source: Literal["lines", "markup", "archive"]
    """What the lines of a file are: text, markup with text in it, or nothing readable (an archive)."""
    has_front_matter: bool = False

    def read(self, data: bytes) -> Sections:
        """Return the sections of the story in the bytes of a file. Raises `Refused` if the file cannot be read."""
        read = cast(Callable[[bytes], Sections], resolve_name(f"{__name__}.{self.reader}"))
        return read(data)


FORMATS = (
    Format("Text", (".txt",), "text:read_text", "lines", has_front_matter=True),
    Format("Markdown", (".md", ".markdown"), "markdown.reader:read_markdown", "lines", has_front_matter=True),
    Format("HTML", (".html", ".htm", ".xhtml"), "html.reader:read_html", "markup"),
    Format("EPUB", (".epub",), "epub.reader:read_epub", "archive"),
    Format("Word", (".docx",), "documents.docx:read_docx", "archive"),
    Format("OpenDocument", (".odt",), "documents.odt:read_odt", "archive"),
    Format("RTF", (".rtf",), "documents.rtf:read_rtf", "lines"),
)
"""All formats, in the order in which messages list them."""

ENDINGS = {ending: each for each in FORMATS for ending in each.endings}
"""The format for each file extension, which is in lower case and has its dot."""


def format_of(name: str) -> Format | None:
    """Return the format of a file called *name*; None if it is not supported."""
    return ENDINGS.get(PurePath(name).suffix.lower())


def takes_front_matter(name: str) -> bool:
    """Return whether a file called *name* may begin with front matter."""
    found = format_of(name)
    return found is not None and found.has_front_matter


_KINDLE = "it is a book for a Kindle; the site that it is from gives the same as .epub or .html"
_MHTML_ADVICE = "it is a page with its pictures in one file; save the page again, as HTML only"
_EXPORT = "open it in the program that made it, and save or export it as .docx, .odt, .epub or .txt"
EXPORT_INSTEAD = {
    ".pdf": f"a PDF has lines on pages and no paragraphs; {_EXPORT}",
    ".doc": f"I do not read the format of old versions of Word; {_EXPORT}",
    ".azw3": _KINDLE,
    ".mobi": _KINDLE,
    ".mhtml": _MHTML_ADVICE,
    ".mht": _MHTML_ADVICE,
    ".pages": f"only Pages reads its own format; {_EXPORT}",
}
"""Advice to writers who send a file in an unsupported format, by file extension."""
