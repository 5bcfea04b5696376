"""From the bytes of a file to the sections of a story: one module or package for each format."""

from __future__ import annotations

from collections.abc import Callable

from bot.stories.sections.parts import Sections

# Each format is imported with its first file: most folders have one or two, and the libraries of others take long.


def _read_text(data: bytes) -> Sections:
    from bot.stories.formats.text import read_text

    return read_text(data)


def _read_markdown(data: bytes) -> Sections:
    from bot.stories.formats.markdown.reader import read_markdown

    return read_markdown(data)


def _read_html(data: bytes) -> Sections:
    from bot.stories.formats.html.reader import read_html

    return read_html(data)


def _read_epub(data: bytes) -> Sections:
    from bot.stories.formats.epub.reader import read_epub

    return read_epub(data)


def _read_docx(data: bytes) -> Sections:
    from bot.stories.formats.documents.docx import read_docx

    return read_docx(data)


def _read_odt(data: bytes) -> Sections:
    from bot.stories.formats.documents.odt import read_odt

    return read_odt(data)


def _read_rtf(data: bytes) -> Sections:
    from bot.stories.formats.documents.rtf import read_rtf

    return read_rtf(data)


FORMATS: dict[str, Callable[[bytes], Sections]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".xhtml": _read_html,
    ".epub": _read_epub,
    ".docx": _read_docx,
    ".odt": _read_odt,
    ".rtf": _read_rtf,
}
"""What reads the files of each ending: from bytes to sections. Raises `Refused` where there is no story in them."""

WITH_FRONT_MATTER = (".txt", ".md", ".markdown")

_KINDLE = "it is a book for a Kindle; the site that it is from gives the same as .epub or .html"
_ONE_FILE = "it is a page with its pictures in one file; save the page again, as HTML only"
_EXPORT = "open it in the program that made it, and save or export it as .docx, .odt, .epub or .txt"
EXPORT_INSTEAD = {
    ".pdf": f"a PDF has lines on pages and no paragraphs; {_EXPORT}",
    ".doc": f"I do not read the format of old versions of Word; {_EXPORT}",
    ".azw3": _KINDLE,
    ".mobi": _KINDLE,
    ".mhtml": _ONE_FILE,
    ".mht": _ONE_FILE,
    ".pages": f"only Pages reads its own format; {_EXPORT}",
}
"""What writers send that is not read, by ending: why, and what to do."""
