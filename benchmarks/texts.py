"""Files to measure with: stories as people post them, a book, and files made to harm. The same bytes every time."""

from __future__ import annotations

import io
import random
import re
import textwrap
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import accumulate
from pathlib import Path

BOOK_BYTES = 3_000_000
LARGEST_BYTES = 7_900_000
"""Just under what a story may have."""

WORDS = "the of and a porter clock tide letter was said it in orchard by ferry with cold up mirror she no".split()  # noqa: SIM905
_DATE = (1980, 1, 1, 0, 0, 0)
_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def paragraphs(source: random.Random, chars: int) -> Iterator[str]:
    """Paragraphs of about that many characters in all."""
    while chars > 0:
        words = source.choices(WORDS, k=source.randint(12, 90))
        paragraph = f"{' '.join(words).capitalize()}."
        yield f'"{paragraph}"' if source.random() < 0.3 else paragraph
        chars -= len(paragraph) + 2


_TALKED = 0.35  # of the paragraphs are talk
_RARE = 0.03  # of the words are in hardly any other text
_LETTERS = "aeioubdglmnrst"


@cache
def _vocabulary() -> tuple[list[str], list[int]]:
    """The words of the English stories in ``seeds``, and how often each stands there, added up."""
    seeds = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    written = " ".join(path.read_text("utf-8") for path in seeds if not path.name.startswith("quatre"))
    counts = Counter(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", written.lower()))
    return list(counts), list(accumulate(counts.values()))


def _frequent_sentence(source: random.Random, count: int) -> str:
    words, weights = _vocabulary()
    chosen = source.choices(words, cum_weights=weights, k=count)
    for i in range(count):
        if source.random() < _RARE:
            chosen[i] = chosen[i][:4] + "".join(source.choices(_LETTERS, k=5))
        if i < count - 1 and source.random() < 0.08:
            chosen[i] += ","
    return " ".join(chosen).capitalize()


def frequent_paragraphs(source: random.Random, words: int) -> Iterator[str]:
    """Paragraphs of about so many words in all, each word as often as in a story: narration, talk and a break."""
    while words > 0:
        if source.random() < _TALKED:
            said, told = source.randint(3, 16), source.randint(2, 9)
            yield f"“{_frequent_sentence(source, said)},” {_frequent_sentence(source, told).lower()}."
            words -= said + told
            continue
        lengths = [source.randint(3, 24) for _ in range(source.randint(1, 6))]
        yield " ".join(f"{_frequent_sentence(source, length)}{source.choice('....!?')}" for length in lengths)
        words -= sum(lengths)
        if source.random() < 0.04:
            yield "* * *"


def posts(folder: Path, count: int) -> None:
    """That many posts of some 1,500 words: half of them text in three shapes, the others Markdown, HTML and EPUB."""
    source = random.Random(1)
    for number in range(count):
        title, text = f"Story {number}", list(paragraphs(source, 8000))
        name, data = _SHAPES[number % len(_SHAPES)](title, text)
        (folder / f"{number}{name}").write_bytes(data)


def _labelled(title: str, text: list[str]) -> tuple[str, bytes]:
    head = f"Title: {title}\n\nRating: T\n\nA/N: Written on a ferry, enjoy!\n\n----\n\n"
    return ".txt", f"{head}{_joined(text)}\n\nThe End\n\nPlease review!\n".encode()


def _wrapped(title: str, text: list[str]) -> tuple[str, bytes]:
    lines = _joined([textwrap.fill(paragraph, 72) for paragraph in text])
    return ".txt", f"{title.upper()}\n\nby Wren Sallow\n\n\n{lines}\n".encode()


def _in_chapters(title: str, text: list[str]) -> tuple[str, bytes]:
    middle = len(text) // 2
    return ".txt", (
        f"Title: {title}\n\nChapter 1: Out\n\n{_joined(text[:middle])}\n\n* * *\n\n{text[middle]}\n\n"
        f"Chapter 2: Home\n\nA/N: Sorry for the wait!\n\n{_joined(text[middle + 1 :])}\n"
    ).encode()


def _markdown(title: str, text: list[str]) -> tuple[str, bytes]:
    marked = [paragraph.replace("tide", "*tide*", 1) for paragraph in text]
    return ".md", f"---\ntitle: {title}\nrating: Teen\n---\n\n# {title}\n\n{_joined(marked)}\n".encode()


def _html(title: str, text: list[str]) -> tuple[str, bytes]:
    return ".html", _page(title, text).encode()


def _epub(title: str, text: list[str]) -> tuple[str, bytes]:
    middle = len(text) // 2
    return ".epub", book_file(title, [_page("Out", text[:middle]), _page("Home", text[middle:])])


_SHAPES = (_labelled, _markdown, _wrapped, _html, _in_chapters, _epub)


def _joined(text: list[str]) -> str:
    return "\n\n".join(text)


def _page(title: str, text: list[str]) -> str:
    body = "".join(f"<p>{escape(paragraph).replace('tide', '<em>tide</em>', 1)}</p>\n" for paragraph in text)
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{title}</title></head><body><h1>{title}</h1>\n{body}</body></html>"
    )


def book_file(title: str, pages: list[str]) -> bytes:
    """An EPUB with these documents as its chapters."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        _put(book, "mimetype", "application/epub+zip")
        _put(book, "META-INF/container.xml", _CONTAINER)
        _put(book, "book.opf", _package(title, len(pages)))
        for i, page in enumerate(pages):
            _put(book, f"{i}.xhtml", page)
    return file.getvalue()


def _put(book: zipfile.ZipFile, name: str, text: str) -> None:
    book.writestr(zipfile.ZipInfo(name, _DATE), text, zipfile.ZIP_DEFLATED)


def _package(title: str, pages: int) -> str:
    items = "".join(f'<item id="c{i}" href="{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(pages))
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(pages))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">{title}</dc:identifier><dc:title>{title}</dc:title><dc:language>en</dc:language>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )


def book(chars: int = BOOK_BYTES, edition: int = 1) -> bytes:
    """A book of about that many bytes, its lines wrapped; in a later edition every tenth paragraph is another."""
    source, other = random.Random(2), random.Random(edition)
    text = list(paragraphs(source, chars))
    if edition > 1:
        for i in range(0, len(text), 10):
            text[i] = " ".join(other.sample(WORDS, len(WORDS))).capitalize() + "."
    wrapped = [textwrap.fill(paragraph, 72) for paragraph in text]
    chapters = [wrapped[start : start + 60] for start in range(0, len(wrapped), 60)]
    headed = (f"\n\nCHAPTER {number}\n\n\n" + "\n\n".join(chapter) for number, chapter in enumerate(chapters, start=1))
    return ("THE LONG TIDE\n\nby Wren Sallow\n\n" + "\n\n".join(headed)).encode()


def one_line(ending: str, size: int = 5_000_000) -> bytes:
    """A text without a single line break."""
    text = "".join(f"{paragraph} " for paragraph in paragraphs(random.Random(3), size))
    return (f"<p>{text}</p>" if ending == ".html" else text).encode()


def one_word(size: int = 5_000_000) -> bytes:
    """A text without a single space."""
    return b"oh" * (size // 2)


def nested(depth: int = 100_000) -> bytes:
    """HTML with that many elements, each inside the one before."""
    return f"<p>{PROSE}</p>{'<div>' * depth}deep{'</div>' * depth}<p>{PROSE}</p>".encode()


def quoted(depth: int = 100_000) -> bytes:
    """Markdown with a quotation inside a quotation, and so on."""
    return f"{PROSE}\n\n{'>' * depth} deep\n\n{PROSE}\n".encode()


def zip_bomb(unpacked: int = 1_000_000_000) -> bytes:
    """An EPUB of a megabyte whose only chapter unpacks to that many bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        _put(bomb, "mimetype", "application/epub+zip")
        _put(bomb, "META-INF/container.xml", _CONTAINER)
        _put(bomb, "book.opf", _package("Bomb", 1))
        with bomb.open("0.xhtml", "w") as page:
            for _ in range(unpacked // 1_000_000):
                page.write(b"a " * 500_000)
    return file.getvalue()


PROSE = "The tide took the letter and the porter said nothing of it, that night or ever. " * 8
HOSTILE = {
    "one line of 5 MB.txt": lambda: one_line(".txt"),
    "one line of 5 MB.md": lambda: one_line(".md"),
    "one line of 5 MB.html": lambda: one_line(".html"),
    "one word of 5 MB.txt": one_word,
    "100,000 tags deep.html": nested,
    "100,000 quotes deep.md": quoted,
    "zip bomb.epub": zip_bomb,
    "8 MB of tags.html": lambda: b"<i>a</i>" * 1_000_000,
    "8 MB of marks.md": lambda: b"*a* " * 2_000_000,
    "4 million lines.txt": lambda: b"a\n" * 4_000_000,
    "1.6 million paragraphs.txt": lambda: b"So.\n\n" * 1_600_000,
}
"""Files that are made to take all time or memory, by their names."""
