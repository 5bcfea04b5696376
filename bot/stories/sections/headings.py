"""Lines that stand over or under a text: titles, bylines, chapter headings, end marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.stories.sections.blocks import is_rule
from bot.stories.sections.labels import read_label

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
    match = _BYLINE.fullmatch(undecorated(line)) if len(line) <= LONGEST_HEADING else None
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
    kind: str = ""
    """The word that stands with the number, in small letters: ``chapter``, ``letter``."""
    is_part: bool = False
    """Whether chapters may stand below it: a part, a book, an act."""


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
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth",
    "un deux trois quatre cinq six sept huit neuf dix onze douze",
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    "première seconde",
    "primera segunda tercera cuarta quinta",
    "primero segundo tercero cuarto quinto",
    "erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes",
    "erster zweiter dritter vierter fünfter sechster",
)


def _count_words() -> dict[str, int]:
    counts = {word: n for words in (*_OTHER_COUNTS, " ".join(_ONES)) for n, word in enumerate(words.split(), start=1)}
    for n, ten in enumerate(_TENS, start=2):
        counts[ten] = 10 * n
        counts |= {f"{ten}{glue}{one}": 10 * n + k for k, one in enumerate(_ONES[:9], start=1) for glue in "- "}
        nths = enumerate(_OTHER_COUNTS[0].split()[:9], start=1)
        counts |= {f"{ten}{glue}{nth}": 10 * n + k for k, nth in nths for glue in "- "}
        counts[f"{ten[:-1]}ieth"] = 10 * n
    return counts


def _count_english() -> list[str]:
    """The number words of a book whose chapters are headed ``ONE`` or ``One``."""
    words = [*_ONES, *_TENS, *(f"{ten}-{one}" for ten in _TENS for one in _ONES[:9])]
    return [form for word in words for form in (word.upper(), word.capitalize())]


LONGEST_HEADING = 300
"""Characters: a longer line heads nothing."""

_COUNT = _count_words()
_NUMBER = "|".join([r"\d{1,4}", "[ivxlc]{1,7}", *sorted((re.escape(w) for w in _COUNT), key=len, reverse=True)])
_NUMBERED = re.compile(
    rf"(?P<label>(?:(?P<kind>chapter|chap\.?|ch\.?|chapitre|cap[íi]tulo|cap\.?|kapitel|capitolo|part|book|volume|"
    rf"vol\.|act|scene|episode|letter|day|partie|livre|parte|libro|teil|buch|stave|canto|epoch|adventure)"
    rf"\s{{0,9}}(?:the\s{{1,9}})?(?:no\.?\s{{0,9}})?#?\s{{0,9}}(?P<number>{_NUMBER}))"
    rf"|(?:(?:the\s{{1,9}})?(?P<first>{_NUMBER})[. ]{{1,9}}"
    rf"(?P<after>kapitel|chapter|chapitre|book|part|volume|act|canto|livre|partie|teil|buch)))\b(?P<dot>\.?)(?P<rest>.*)",
    re.I,
)
_PARTS = re.compile(r"(?i)part|book|vol|act|livre|libro|teil|buch|epoch")
_IN_CAPITALS = frozenset({"letter", "day", "act", "episode", "scene", "stave", "canto", "adventure"})
_NAMED = re.compile(
    r"(?P<label>prologue|epilogue|interlude|intermission|prolog|epilog|pr[óo]logo|ep[íi]logo|épilogue|prólogo|afterword|foreword)"
    r"(?:\s+(?:[ivx]{1,5}|\d{1,3}))?\b(?P<rest>.*)",
    re.I,
)
_SEPARATOR = re.compile(r"\s*[:：.–—|~-]+\s*")
_CHAPTER_WORDS = re.compile(r"(?i)ch|kap|cap")


def read_chapter(line: str, *, is_counted: bool = False) -> Heading | None:
    """The chapter heading that *line* is (``Chapter 3: The Storm``, ``CHAPTER THREE``, ``Prologue``), if it is one.

    Where it *is_counted*, because others like it count up from one, so are ``Letter 3`` and ``Scene II``.
    """
    if len(line) > LONGEST_HEADING:
        return None
    text = undecorated(line)
    if match := _NUMBERED.fullmatch(text):
        word = (match["number"] or match["first"]).lower()
        kind = (match["kind"] or match["after"]).lower()
        is_chapter = bool(_CHAPTER_WORDS.match(kind))
        if not is_chapter and not _is_part(match, kind, is_counted=is_counted):
            return None
        dot = match["dot"] if match["label"].isupper() else ""
        title = _heading_title(dot + match["rest"], TITLE_CHARS + 20 if len(text) <= 100 else LONGEST_HEADING)
        if title is None or (len(text) > 100 and not (is_chapter and _mostly_capitalised(title))):
            return None
        return Heading(title or None, match["label"].strip(), _count(word), kind, bool(_PARTS.match(kind)))
    if len(text) <= 100 and (match := _NAMED.fullmatch(text)):
        title = _heading_title(match["rest"])
        return None if title is None else Heading(title or text, match["label"], None)
    return None


def _is_part(match: re.Match[str], kind: str, *, is_counted: bool) -> bool:
    """Whether ``Part two``, ``Day 3`` and the like head a part; written in small letters they are prose."""
    label = match["label"]
    if label.isupper():
        return True
    is_known = kind not in _IN_CAPITALS or (is_counted and kind not in ("day", "episode"))
    return label[0].isupper() and is_known and (match["first"] is None or is_counted)


def _heading_title(rest: str, longest: int = TITLE_CHARS + 20) -> str | None:
    """The title after a chapter's number: empty where there is none, None where the line is a sentence."""
    rest = rest.strip()
    if not rest:
        return ""
    separated = _SEPARATOR.match(rest)
    title = rest[separated.end() :].strip().strip('*_"“”') if separated else rest
    if not title or len(title) > longest:
        return None if title else ""
    if separated:
        return None if re.search(r"[,;]$", title) else title
    return title if title.isupper() or (_mostly_capitalised(title) and _ends_openly(title)) else None


def _count(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    if word in _COUNT:
        return _COUNT[word]
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in word]
    return sum(-v if any(w > v for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


_NAMED_PARTS = re.compile(
    r"(?:(?:the |an? |author'?s? |original |general |translator'?s? |editor'?s? |publisher'?s? )*"
    r"(?:preface|introduction|introductory(?: note| chapter)?|foreword|dedication|proem|prelude|preamble|"
    r"appendix(?: (?:[a-z]|[ivx]{1,5}|\d{1,2}))?|postscript|conclusion|afterword|envoi|l'envoi|"
    r"acknowledge?ments?|to the reader|glossary|note on the text|avant-propos|préface|vorwort|nachwort|prefacio|"
    r"einleitung|einführung|introducción|introduzione|prefazione)"
    r"(?: to the \w+(?: \w+)? edition)?)[.:]?",
    re.I,
)


def is_named_part(line: str) -> bool:
    """Whether *line* is what a part of a book beside its chapters is called: ``PREFACE``, ``Dedication``."""
    text = line.strip().strip("_*[] ").replace("’", "'") if len(line) <= LONGEST_HEADING else ""
    return 0 < len(text) <= TITLE_CHARS and text[:1].isupper() and _NAMED_PARTS.fullmatch(text) is not None


_COUNT_ENGLISH = "|".join(sorted(_count_english(), key=len, reverse=True))
_NUMERAL = re.compile(
    rf"(?:(?P<roman>[IVXLC]{{1,8}})|(?P<digits>\d{{1,3}})|(?P<word>{_COUNT_ENGLISH}))"
    r"(?P<mark>[.:)]|\s{0,3}[–—-]{1,2}|(?=\s|$))(?P<rest>.*)",
)


def read_numeral(line: str) -> Heading | None:
    """The heading that a number alone may be, with or without a title (``IV.``, ``2. The Mill``, ``THREE``)."""
    text = undecorated(line[: LONGEST_HEADING + 1]) if len(line) <= LONGEST_HEADING else ""
    match = _NUMERAL.fullmatch(text) if text else None
    if match is None:
        return None
    title = match["rest"].strip()
    if title and (not match["mark"] or match["word"] or not looks_titled(title, ends="any")):
        return None
    number = match["roman"] or match["digits"] or match["word"]
    kind = "roman" if match["roman"] else "digits" if match["digits"] else "word"
    value = _count(number.lower())
    if value is None or not 0 < value < 400 or (kind == "roman" and roman(value) != number):
        return None
    return Heading(without_stop(title) or None, text if not title else number, value, kind)


def roman(number: int) -> str:
    """*number* in Roman numerals."""
    steps = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in steps:
        while number >= value:
            text, number = text + letters, number - value
    return text


def looks_titled(text: str, *, ends: Literal["openly", "any"] = "openly") -> bool:
    """Whether a short line is set as a title is: in capitals, or with most words capitalised and no full stop."""
    text = text.strip().strip("_* ")
    if not text or len(text) > LONGEST_HEADING or read_end_mark(text) or read_label(text):
        return False
    if text.isupper():
        return sum(character.isalpha() for character in text) > 1
    if len(text) > TITLE_CHARS + 40:
        return False
    if not _mostly_capitalised(text) or len(text.split()) > 14:
        return False
    return ends == "any" or _ends_openly(text)


def without_stop(title: str) -> str:
    """*title* without the full stop that old books set after one."""
    if (
        title.endswith(".")
        and not title.endswith("..")
        and not re.search(r"\b(?:[A-Z]|Mr|Mrs|Dr|St|Jr|Esq|etc)\.$", title)
    ):
        return title[:-1].rstrip()
    return title


_END_MARK = re.compile(
    r"(?:the\s+)?(?:end|fin|finis|finite|owari|ende|fine)|fin|tbc|to\s+be\s+continued|(?:à|a)\s+suivre|continuará|"
    r"fortsetzung\s+folgt|the\s+end\s+for\s+now|(?:the\s+)?end\s+of\s+(?:(?:the\s+)?(?:\w+\s+)?(?:part|chapter|book|story|act|volume|play|tale))(?:\s+(?:the\s+)?\w+)?|"
    r"end\s+(?:chapter|part)(?:\s+\w+)?|fin\s+du\s+chapitre(?:\s+\w+)?|complete|completed",
    re.I,
)


def read_end_mark(line: str) -> str | None:
    """The end mark that *line* is (``-Fin-``, ``The End``, ``TBC``), as it is written, if it is one."""
    core = line.strip().strip(_DECORATION + '!?…()[]"“”').strip() if len(line) <= LONGEST_HEADING else ""
    return line.strip() if core and _END_MARK.fullmatch(core) else None
