"""From the bytes of a file to the sections of a story: one module or package for each format."""

from __future__ import annotations

from collections.abc import Callable

from bot.stories.formats.documents.docx import read_docx
from bot.stories.formats.documents.odt import read_odt
from bot.stories.formats.documents.rtf import read_rtf
from bot.stories.formats.epub.reader import read_epub
from bot.stories.formats.html.reader import read_html
from bot.stories.formats.markdown.reader import read_markdown
from bot.stories.formats.text import read_text
from bot.stories.sections.parts import Sections

FORMATS: dict[str, Callable[[bytes], Sections]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".epub": read_epub,
    ".docx": read_docx,
    ".odt": read_odt,
    ".rtf": read_rtf,
}
"""What reads the files of each ending: from bytes to sections. Raises `Refused` where there is no story in them."""

WITH_FRONT_MATTER = (".txt", ".md", ".markdown")

_EXPORT = "open it in the program that made it, and save or export it as .docx, .odt, .epub or .txt"
EXPORT_INSTEAD = {
    ".pdf": f"a PDF has lines on pages and no paragraphs; {_EXPORT}",
    ".doc": f"I do not read the format of old versions of Word; {_EXPORT}",
    ".pages": f"only Pages reads its own format; {_EXPORT}",
}
"""What writers send that is not read, by ending: why, and what to do."""
