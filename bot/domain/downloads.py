"""Downloads: a story as text or EPUB, a reader's own data, and tables as CSV."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bot.stories.emphasis import within
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, ChapterName, Emphasis, FullChapter, FullStory, Span

_TAGS: dict[Emphasis, str] = {"italic": "em", "bold": "strong", "underline": "u", "strike": "s"}
_DATE = (1980, 1, 1, 0, 0, 0)
"""The timestamp of every EPUB entry, so that the same story always gives the same bytes."""


def file_name(story: FullStory, ending: str) -> str:
    """Return a file name with *ending* that is valid on every system."""
    words = re.sub(r"[^\w]+", "-", story.title).strip("-").lower()[:60]
    return f"{words or 'story'}{ending}"


def as_text(story: FullStory) -> bytes:
    """Return the story as a text file that the bot would parse into the same story."""
    parts = [f"Title: {story.title}"]
    parts += [f"Author: {story.author}"] if story.author else []
    parts += [f"Summary: {story.summary}"] if story.summary else []
    parts += [f"A/N: {note}" for note in story.notes_before]
    parts += ["----"] if story.notes_before else []
    for chapter in story.chapters:
        if len(story.chapters) > 1 and (heading := _heading_of(chapter.name)):
            parts.append(heading)
        parts += [f"A/N: {note}" for note in chapter.notes_before]
        parts.append(chapter.prose.replace(SCENE_BREAK, f"{PARAGRAPH_BREAK}* * *{PARAGRAPH_BREAK}"))
        parts += [f"A/N: {note}" for note in chapter.notes_after]
    parts += ["-End-", *(f"A/N: {note}" for note in story.notes_after)] if story.notes_after else []
    return (PARAGRAPH_BREAK.join(parts) + "\n").encode()


def as_epub(story: FullStory) -> bytes:
    """Return the story as an EPUB 3 (https://www.w3.org/TR/epub-33/), with one document for each chapter."""
    pages = {f"chapter{number}.xhtml": _chapter(story, number) for number in range(1, len(story.chapters) + 1)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        _add_entry(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)  # first, and not compressed
        _add_entry(book, "META-INF/container.xml", _CONTAINER)
        _add_entry(book, "book.opf", _package(story, list(pages)))
        _add_entry(book, "nav.xhtml", _contents(story, list(pages)))
        for name, text in pages.items():
            _add_entry(book, name, text)
    return file.getvalue()


def _add_entry(book: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = how
    book.writestr(entry, text.encode())


_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def _package(story: FullStory, pages: Sequence[str]) -> str:
    author = f"<dc:creator>{_xml(story.author)}</dc:creator>" if story.author else ""
    summary = f"<dc:description>{_xml(story.summary)}</dc:description>" if story.summary else ""
    items = "".join(f'<item id="{_id(p)}" href="{p}" media-type="application/xhtml+xml"/>' for p in pages)
    spine = "".join(f'<itemref idref="{_id(page)}"/>' for page in pages)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">oneshot:{story.id}</dc:identifier><dc:title>{_xml(story.title)}</dc:title>'
        f"{author}{summary}<dc:language>{_language(story)}</dc:language>"
        '<meta property="dcterms:modified">2000-01-01T00:00:00Z</meta></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )


def _id(page: str) -> str:
    return page.removesuffix(".xhtml")


def _language(story: FullStory) -> str:
    code = (story.language or "").strip()
    return code if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", code) else "und"


def _contents(story: FullStory, pages: Sequence[str]) -> str:
    entries = "".join(
        f'<li><a href="{page}">{_xml(_heading(story, number))}</a></li>' for number, page in enumerate(pages, start=1)
    )
    return _document("Contents", f'<nav epub:type="toc"><ol>{entries}</ol></nav>')


def _heading(story: FullStory, number: int) -> str:
    return (_heading_of(story.chapters[number - 1].name) if len(story.chapters) > 1 else "") or story.title


def _heading_of(name: ChapterName) -> str:
    """Return a chapter's heading; empty if the chapter is the text before the first heading."""
    words = name.label or (f"Chapter {name.number}" if name.number is not None else "")
    return ": ".join(filter(None, (words, name.title)))


def _chapter(story: FullStory, number: int) -> str:
    chapter = story.chapters[number - 1]
    before = (story.notes_before if number == 1 else ()) + chapter.notes_before
    after = chapter.notes_after + (story.notes_after if number == len(story.chapters) else ())
    heading = _heading(story, number)
    return _document(heading, f"<h2>{_xml(heading)}</h2>{_aside(before)}{''.join(_prose(chapter))}{_aside(after)}")


def _aside(notes: Sequence[str]) -> str:
    return f"<aside>{''.join(f'<p>{_lines(note, ())}</p>' for note in notes)}</aside>" if notes else ""


def _prose(chapter: FullChapter) -> Iterator[str]:
    start = 0
    for gap in [*re.finditer(r"\n{2,}", chapter.prose), None]:
        end = gap.start() if gap else len(chapter.prose)
        yield f"<p>{_lines(chapter.prose[start:end], within(chapter.spans, start, end))}</p>"
        if gap:
            yield "<hr/>" if len(gap[0]) >= len(SCENE_BREAK) else ""
            start = gap.end()


def _lines(text: str, spans: Sequence[Span]) -> str:
    """Return the HTML of a paragraph of *text*, with tags for the emphasis in *spans*."""
    changes = sorted({0, len(text), *(at for span in spans for at in (span.start, span.end))})
    pieces: list[str] = []
    for start, end in pairwise(changes):
        tags = [tag for kind, tag in _TAGS.items() if any(s.kind == kind and s.start <= start < s.end for s in spans)]
        opened, closed = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
        pieces.append(opened + _xml(text[start:end]).replace("\n", "<br/>") + closed)
    return "".join(pieces)


def _document(title: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>{_xml(title)}</title></head><body>{body}</body></html>"
    )


def _xml(text: str) -> str:
    """Return *text* escaped for XML, without the control characters and noncharacters that XML forbids."""
    return escape(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text))


FILES_A_PART = 10
"""Maximum number of attachments of one Discord message."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a reader uploaded."""

    name: str
    digest: str
    """Digest of the file's bytes; it identifies a file that several versions share."""
    size: int
    """Size of the file, in bytes."""


def part_of(files: Sequence[StoredFile], part: int, most_bytes: int) -> tuple[list[StoredFile], bool]:
    """Return the files of one part of a download, counted from 0, and whether another part follows.

    A part has at most `FILES_A_PART` files, and at most *most_bytes* bytes unless one file alone is larger.
    """
    parts: list[list[StoredFile]] = [[]]
    for file in files:
        last = parts[-1]
        if last and (len(last) == FILES_A_PART or sum(each.size for each in last) + file.size > most_bytes):
            parts.append([])
        parts[-1].append(file)
    return (parts[part] if part < len(parts) else []), part + 1 < len(parts)


_BEGINS_A_FORMULA = r"=+\-@＝＋－＠"
"""Signs at which a formula begins in a spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection)."""

_FORMULA = re.compile(rf"^(?=[{_BEGINS_A_FORMULA}\t\r\n])|(?<![\w<{_BEGINS_A_FORMULA}])(?=[{_BEGINS_A_FORMULA}]\S)")
"""Pattern for the places in a cell's text where a formula may begin.

Spreadsheets split cells at commas, semicolons, tabs or a sign of the user's choice, so a new cell
may begin after any character but a letter, a digit, an underscore or ``<`` (as in the mention ``<@1>``).
"""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table as CSV (RFC 4180), in UTF-8 with Excel's byte order mark; formulas in texts are disarmed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_disarm(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _disarm(cell: str | int) -> str | int:
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell
