"""Lines that stand over or under a text: titles, bylines, chapter headings, end marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.stories.blocks import is_rule
from bot.stories.labels import read_label

TITLE_CHARS = 60
"""Characters: a longer first line is a sentence, not a title."""

_DECORATION = "-–—_=~*•·#<>«»◊♦★☆✦♥❤❦|+^:. \t"
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "nor",
        "as",
        "is",
        "vs",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "et",
        "à",
        "au",
        "aux",
        "en",
        "sur",
        "el",
        "los",
        "las",
        "un",
        "una",
        "y",
        "o",
        "del",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "und",
        "im",
        "am",
        "zu",
    ]
)
_WORD = re.compile(r"[^\W_][\w'’]*")


def undecorated(line: str) -> str:
    """*line* without the rules that frame a heading (``~ Snow ~``, ``== Snow ==``, ``**Snow**``)."""
    return line.strip().strip(_DECORATION).strip()


def _framed(line: str) -> bool:
    """Whether *line* is marked as a heading: opened by a hash, or framed by the same ornament on both sides."""
    line = line.strip()
    core = undecorated(line)
    if not core or core == line:
        return False
    before, after = line[: line.index(core)].strip(), line[line.index(core) + len(core) :].strip()
    return line.startswith("# ") or bool(before and after and before[0] in "-–—_=~*•·#<«◊♦★☆✦♥❤❦|+^")


_BYLINE = re.compile(r"(?:written\s+)?(?:by|par|por|von|di)\s*:?\s+(?P<name>\S.{0,59})", re.I)


def read_byline(line: str) -> str | None:
    """The name in ``by NAME``, which only counts under a title."""
    match = _BYLINE.fullmatch(undecorated(line))
    return match["name"].strip(" *_") if match and not re.search(r"[.!?,;]$", match["name"]) else None


def read_title(line: str, *, has_byline: bool) -> str | None:
    """The title that a first line by itself gives, or None where it may as well be prose."""
    title = undecorated(line)
    if not title or len(title) > TITLE_CHARS or is_rule(line) or read_label(line) or read_chapter(line):
        return None
    if not _ends_openly(line.strip()) or re.fullmatch(r"[\"“«„].*[\"”»“]|'.*'|‘.*’", title) or read_end_mark(line):
        return None
    if re.match(r"(?i)(?:my )?(?:dear(?:est)?|cher|chère|querid[oa]|liebe[r]?)\b", title):
        return None
    looks = title.isupper() or _framed(line) or _mostly_capitalised(title)
    return title if has_byline or looks else None


def _ends_openly(line: str) -> bool:
    """Whether *line* ends without the punctuation of a sentence, a salutation or an introduction."""
    return not re.search(r"[.!?…,;:][\"”»'’)\]*_]*$", line)


def capitalised(title: str) -> str:
    """*title* with the capitals that a title has."""
    words = title.split(" ")
    return " ".join(
        word if 0 < i < len(words) - 1 and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for i, word in enumerate(words)
    )


def _mostly_capitalised(text: str) -> bool:
    words = _WORD.findall(text)
    counted = [word for i, word in enumerate(words) if i == 0 or word.lower() not in _SMALL_WORDS]
    capitalised = sum(word[0].isupper() for word in counted)
    return bool(counted) and 2 * capitalised > len(counted)


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter's heading: its own title, and the words that only number it."""

    title: str | None
    label: str
    number: int | None
    """The number that the label gives, where it gives one."""


_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_OTHER_COUNTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "premier deuxième troisième",
    "primera segunda tercera",
    "erstes zweites drittes",
)


def _count_words() -> dict[str, int]:
    counts = {word: n for words in (*_OTHER_COUNTS, " ".join(_ONES)) for n, word in enumerate(words.split(), start=1)}
    for n, ten in enumerate(_TENS, start=2):
        counts[ten] = 10 * n
        counts |= {f"{ten}{glue}{one}": 10 * n + k for k, one in enumerate(_ONES[:9], start=1) for glue in "- "}
    return counts


_COUNT = _count_words()
_NUMBER = "|".join([r"\d{1,4}", "[ivxlc]{1,7}", *sorted((re.escape(w) for w in _COUNT), key=len, reverse=True)])
_NUMBERED = re.compile(
    rf"(?P<label>(?:(?P<kind>chapter|chap\.?|ch\.?|chapitre|cap[íi]tulo|cap\.?|kapitel|capitolo|part|book|volume|"
    rf"act|episode|letter|day|partie|livre|parte|libro|teil|buch)\s*(?:the\s+)?(?:no\.?\s*)?#?\s*(?P<number>{_NUMBER}))"
    rf"|(?:(?P<first>{_NUMBER})[. ]+(?:kapitel|chapter|chapitre)))\b\.?(?P<rest>.*)",
    re.I,
)
_NAMED = re.compile(
    r"(?P<label>prologue|epilogue|interlude|intermission|prolog|epilog|pr[óo]logo|ep[íi]logo|épilogue|prólogo|afterword|foreword)"
    r"(?:\s+(?:[ivx]{1,5}|\d{1,3}))?\b(?P<rest>.*)",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[:：.–—|~-]+\s*")
_CHAPTER_WORDS = re.compile(r"(?i)ch|kap|cap")


def read_chapter(line: str) -> Heading | None:
    """The chapter heading that *line* is (``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``), if it is one."""
    text = undecorated(line)
    if len(text) > 100:
        return None
    if match := _NUMBERED.fullmatch(text):
        word = (match["number"] or match["first"]).lower()
        title = _heading_title(match["rest"])
        if title is None or (match["kind"] and not _CHAPTER_WORDS.match(match["kind"]) and not _is_part(text, match)):
            return None
        return Heading(title or None, match["label"].strip(), _count(word))
    if match := _NAMED.fullmatch(text):
        title = _heading_title(match["rest"])
        return None if title is None else Heading(title or text, match["label"], None)
    return None


def _is_part(text: str, match: re.Match[str]) -> bool:
    """Whether ``Part two``, ``Day 3`` and the like head a part; written in small letters they are prose."""
    return (text[0].isupper() and match["kind"].lower() not in ("letter", "day", "act", "episode")) or text.isupper()


def _heading_title(rest: str) -> str | None:
    """The title after a chapter's number: empty where there is none, None where the line is a sentence."""
    rest = rest.strip()
    if not rest:
        return ""
    separated = _SEPARATOR.match(rest)
    title = rest[separated.end() :].strip().strip('*_"“”') if separated else rest
    if not title or len(title) > TITLE_CHARS + 20:
        return None if title else ""
    if separated:
        return None if re.search(r"[,;]$", title) else title
    return title if _mostly_capitalised(title) and _ends_openly(title) else None


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if word in _COUNT:
        return _COUNT[word]
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in word]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


_END_MARK = re.compile(
    r"(?:the\s+)?(?:end|fin|finis|finite|owari|ende|fine)|fin|tbc|to\s+be\s+continued|(?:à|a)\s+suivre|continuará|"
    r"fortsetzung\s+folgt|the\s+end\s+for\s+now|end\s+of\s+(?:part|chapter|book|story|the\s+story)(?:\s+\w+)?|"
    r"end\s+(?:chapter|part)(?:\s+\w+)?|fin\s+du\s+chapitre(?:\s+\w+)?|complete|completed",
    re.I,
)


def read_end_mark(line: str) -> str | None:
    """The end mark that *line* is (``-Fin-``, ``The End``, ``TBC``), as it is written, if it is one."""
    core = line.strip().strip(_DECORATION + '!?…()[]"“”').strip()
    return line.strip() if core and _END_MARK.fullmatch(core) else None
