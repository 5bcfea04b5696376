"""What reading costs by the shape of a text: processor time for 5 MB of each, beside 5 MB of prose.

No shape should take more than twice as long as prose. A text of very short lines ends before 5 MB, where a file has as
many lines as it may have. ``python -m benchmarks.shapes 1`` makes 1 MB of each; further arguments choose shapes by
words in their names.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from benchmarks import texts
from bot.importing.worker import OBJECTS
from bot.stories import Refused, read_story
from bot.stories.formats.encoding import MAX_LINES
from bot.stories.formats.html.tree import MAX_TAGS
from bot.stories.sections.chapters import MAX_CHAPTERS

MEGABYTES = 5
ROUNDS = 3
PROSE = "prose.txt"
_MARKDOWN_LINES = 100_000  # a Markdown file may have fewer
_SYLLABLES = "ba co du fe gi ha jo ku la me ni or pa que ro sa tu ve wi xa yo za".split()  # noqa: SIM905

Unit = Callable[[random.Random, int], str]
"""Makes the next piece of a text; the number counts the pieces from 1."""


def _word(source: random.Random) -> str:
    if source.random() < 0.5:
        return source.choice(texts.WORDS)
    return "".join(source.choices(_SYLLABLES, k=source.randint(1, 4)))


def _words(source: random.Random, least: int, most: int) -> str:
    return " ".join(_word(source) for _ in range(source.randint(least, most)))


def _sentence(source: random.Random, least: int = 4, most: int = 9) -> str:
    return f"{_words(source, least, most).capitalize()}."


def _prose(source: random.Random, _: int) -> str:
    return f"{' '.join(_sentence(source, 6, 20) for _ in range(source.randint(1, 7)))}\n\n"


def _wrapped(source: random.Random, _: int) -> str:
    words, lines, line = _words(source, 30, 90).split(" "), list[str](), ""
    for word in words:
        if len(line) + len(word) >= 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, f"{line}.\n\n"])


def _letter(source: random.Random, i: int) -> str:
    name = _word(source).capitalize()
    return f"Dear {name},\n\n{_sentence(source, 8, 20)} Will you write?\n\nYours ever,\n{name}\n\n"


def _of(*pieces: str) -> Unit:
    """A unit that takes the *pieces* in turn, with ``{w}`` for a word, ``{s}`` for a sentence, ``{i}`` for a number."""

    def unit(source: random.Random, i: int) -> str:
        piece = pieces[i % len(pieces)]
        piece = piece.replace("{i}", str(i))
        while "{w}" in piece:
            piece = piece.replace("{w}", _word(source), 1)
        while "{s}" in piece:
            piece = piece.replace("{s}", _sentence(source), 1)
        return piece

    return unit


UNITS: dict[str, Unit] = {
    PROSE: _prose,
    "prose, lines wrapped.txt": _wrapped,
    "prose, lines indented.txt": _of("    {s} {s}\n"),
    "prose in Chinese.txt": _of("海边的小镇在冬天很安静，守灯人每天晚上都要走上那一百级台阶。她说：“灯不能灭。”\n\n"),
    "prose in Russian.txt": _of("К полудню гавань опустела. Чайка прошла вдоль стены, словно её об этом просили.\n\n"),
    "one-word paragraphs.txt": _of("{w}.\n\n"),
    "one-word paragraphs in capitals.txt": _of("STOP.\n\n", "Go!\n\n", "{w}\n\n"),
    "one-word lines.txt": _of("{w}\n"),
    "paragraphs of five words.txt": _of("{w} {w} {w} {w} {w}.\n\n"),
    "lines of four words.txt": _of("{w} {w} {w} {w}\n"),
    "dialogue.txt": _of("“{w} {w},” {w} said.\n\n", "“{s}”\n\n", '"{w}?"\n\n'),
    "dialogue on lines.txt": _of("— {s}\n"),
    "verses.txt": _of("{w} {w} {w} {w} {w},\n{w} {w} {w} {w} {w} {w},\n{w} {w} {w} {w};\n{w} {w} {w} {w} {w}.\n\n"),
    "a verse without end.txt": _of("{w} {w} {w} {w} {w},\n"),
    "pleas.txt": _of("Please review!\n\n", "Thanks for reading, {w}!\n\n", "I don't own {w}.\n\n"),
    "the same plea.txt": _of("Please review, thanks for reading!\n\n"),
    "notes and one-liners in turn.txt": _of("A/N: sorry for the wait, {w}!\n\n", "{s}\n\n"),
    "notes in brackets and one-liners.txt": _of("(A/N: the song starts here)\n\n", "{s}\n\n"),
    "labels.txt": _of("Rating: T\n", "Title: {w}\n", "Note: {w} {w}\n", "Feel: {w}\n"),
    "labels, each a paragraph.txt": _of("Rating: T\n\n", "A/N: {w}\n\n", "Pairing: {w}/{w}\n\n", "Summary:\n\n"),
    "chapter headings.txt": _of("Chapter {i}: The {w}\n\n", "{s}\n\n"),
    "chapter headings alone.txt": _of("Chapter {i}\n\n"),
    "the same heading.txt": _of("Chapter 1\n\n", "{s}\n\n"),
    "chapters with notes.txt": _of("Chapter {i}\n\nA/N: hi {w}!\n\n{s} {s}\n\n{s}\n\nPlease review!\n\n"),
    "numbers alone.txt": _of("{i}\n\n", "{s}\n\n"),
    "numerals and titles.txt": _of("{i}. The {w} of {w}\n\n", "IV. {w}\n\n", "{s} {s} {s}\n\n"),
    "lines in capitals.txt": _of("THE TIDE OF NO{i}\n\n\n", "{s}\n\n\n"),
    "a table of contents.txt": _of("Chapter {i}: The {w} ..... {i}\n"),
    "a play.txt": _of("ANNA: {s}\n\n", "BEN. {s}\n\n", "(Exit {w}.)\n\n"),
    "a chat.txt": _of("{w}: {w} {w}\n", "[12:04] {w}: lol\n"),
    "letters.txt": _letter,
    "dots.txt": _of(". . . "),
    "paragraphs of dots.txt": _of(". . .\n\n", "…\n\n"),
    "rules.txt": _of("* * *\n\n", "~*~\n\n", "{s}\n\n"),
    "rules alone.txt": _of("***\n"),
    "flags.txt": lambda _, i: "\U0001f1eb\U0001f1f7",
    "emoji.txt": _of("👍🏽 ", "❤️", "👨‍👩‍👧\n\n"),
    "addresses.txt": _of("http://a.b/c "),
    "addresses, each a paragraph.txt": _of("http://{w}.org/{w}\n\n"),
    "byte order marks.txt": _of("\ufeff"),
    "byte order marks amid words.txt": _of("{w}\ufeff "),
    "quotation marks.txt": _of('" “ ” « » '),
    "brackets.txt": _of("( [ ) ] "),
    "hyphens.txt": _of("-a"),
    "stars and underscores.txt": _of("*{w}* _{w}_ **{w}**\n\n"),
    "stars without partners.txt": _of("*{w} "),
    "tags in text.txt": _of("<i>{w}</i> [b]{w}[/b] &mdash; "),
    "site lines.txt": _of("#{w} #{w}\n\n", "★ vote if you liked it\n\n", "[ 1.2k words ]\n\n"),
    "spaces.txt": lambda _, i: " " * 50 + "a",
    "one line.txt": _of("{s} "),
    "one word.txt": _of("oh"),
    "prose.md": _prose,
    "marks.md": _of("*{w}* {w} **{w}** {w} {w} {w} {s} {s} {s} {s} {s} {s} {s}\n\n"),
    "short paragraphs.md": _of("{s} {s}\n\n"),
    "headings.md": _of("# {w} {i}\n\n{s} {s} {s}\n\n"),
    "lists.md": _of("- {s} {s}\n"),
    "quotations.md": _of("> {s} {s}\n\n"),
    "prose.html": lambda source, i: f"<p>{_prose(source, i).strip()}</p>\n",
    "one-word paragraphs.html": _of("<p>{w}</p>"),
    "emphasis.html": _of("<p>{s} <i>{w}</i> {w} <b>{w}</b></p>\n"),
    "lines.html": _of("{s}<br>\n"),
    "elements in each other.html": _of("<div><p>{s}</p></div>"),
    "headings.html": _of("<h2>Chapter {i}</h2><p>{s} {s}</p>"),
}
"""The shapes by the names of files, as units that are repeated."""


_UNITS_A_HEADING = {
    "chapter headings.txt": 2,
    "chapter headings alone.txt": 1,
    "the same heading.txt": 2,
    "chapters with notes.txt": 1,
    "numbers alone.txt": 2,
    "numerals and titles.txt": 1.5,
    "lines in capitals.txt": 2,
    "headings.md": 1,
    "headings.html": 1,
}


def make(name: str, size: int) -> bytes:
    """About *size* bytes of a shape, or fewer where that would be more lines, tags or chapters than a file may have."""
    return "".join(_pieces(name, size)).encode()


def _pieces(name: str, size: int) -> Iterator[str]:
    source, unit = random.Random(4), UNITS[name]
    lines = _MARKDOWN_LINES if name.endswith(".md") else MAX_LINES
    tags, i = MAX_TAGS - 10_000, 0
    units = round(MAX_CHAPTERS * _UNITS_A_HEADING[name]) if name in _UNITS_A_HEADING else size
    while size > 0 and i < units:
        i += 1
        piece = unit(source, i)
        size -= len(piece.encode())
        lines -= piece.count("\n")
        tags -= max(piece.count("<"), 2 * (piece.count("<") - piece.count("</"))) if name.endswith(".html") else 0
        if min(lines, tags) < 2:
            return
        yield piece


def seconds(name: str, data: bytes) -> float:
    """The processor time of reading a file once."""
    began = time.process_time()
    try:
        read_story(data, name)
    except Refused as refusal:
        print(f"  {name}: {refusal}")
    return time.process_time() - began


def measure(megabytes: float = MEGABYTES, chosen: tuple[str, ...] = ()) -> None:
    """Print the time of each shape, and its ratio to prose, which is measured in turn with it."""
    gc.set_threshold(OBJECTS)
    size = round(megabytes * 1_000_000)
    prose = make(PROSE, size)
    for name in UNITS:
        if chosen and not any(words in name for words in chosen):
            continue
        data = make(name, size)
        pairs = [(seconds(name, data), seconds(PROSE, prose)) for _ in range(ROUNDS)]
        ours, beside = (median(side) for side in zip(*pairs, strict=True))
        print(f"  {name:40} {len(data) / 1e6:4.1f} MB {ours:7.2f} s beside {beside:5.2f} s: ratio {ours / beside:5.2f}")


if __name__ == "__main__":
    measure(float(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES, tuple(sys.argv[2:]))
