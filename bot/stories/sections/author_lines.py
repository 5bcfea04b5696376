"""Extract the author's name from a line that is known to contain it.

The caller knows that the line names the author. The shape of the line shows what comes before the name (a label, a
byline, an account's sign) and after it (a date, an age, a button). The words come from ``naming`` in
`bot.stories.vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from bot.stories.sections.bylines import read_byline
from bot.stories.sections.labels import BYLINE_WORDS, read_label
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.naming_words import any_phrase, is_prefix, naming_pattern
from bot.stories.sections.ornaments import INITIAL, INVISIBLE, QUOTED, bare, has_words, whole_in_marks
from bot.stories.vocabulary import VOCABULARIES

LONGEST_LINE = 300
"""Maximum length, in characters, of a line that is searched for a name."""

_FEW_WORDS = 4  # maximum words of an unknown label before the name
CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яё][\w.'’-]*"
_NAME_PARTICLES = r"de|da|do|dos|van|von|of|the|no|di|del|la|le|el|y|e|al|bin"
HANDLE = re.compile(r"@?(?=\S*[\d_.]|\S*[a-z]\S*[A-Z])[\w.-]*\w_?")
FULL_NAME = re.compile(rf"{CAPITAL}(?:\s+(?:(?:{_NAME_PARTICLES})\s+){{0,2}}{CAPITAL}){{0,3}}")
WORD = re.compile(r"@?[^\W_][\w'’.-]*")
_NAME_CHARS = 40  # maximum characters of a name


def is_name(name: str) -> bool:
    """Return whether *name* can be a name after an unambiguous byline: short, and no sentence."""
    if not 0 < len(name) <= _NAME_CHARS or len(name.split()) > 5 or not has_words(name):
        return False
    return name[-1] not in ",;:!?" and (name[-1] != "." or INITIAL.search(name) is not None)


def is_likely_name(name: str) -> bool:
    """Return whether *name* is a handle or is capitalised, so that it is a name even after a word such as ``de``."""
    return HANDLE.fullmatch(name) is not None or FULL_NAME.fullmatch(name) is not None


PREPOSITIONS = r"de|di|da|von|van|od|от|dari|przez"
_TRAILING_DETAILS = re.compile(
    r"\s*(?:\s\||[»•·，،▸]|\s[-–—]+\s|\s{2,}|\u3000(?=.*\d)|\s+ID[:：]|\s+[Ff]ollow(?:/Fav)?$|(?<!\)),\s+(?=[a-zа-яё]|[^,]*\d)"
    r"|\s+(?:on|am|em|op|le|il|el|dnia|at|aged?|um|há|hace|heute|in|en|di|o|в|في|à|pada|于)\s+(?=#|[^,]*\d)"
    r"|,?\s+(?=\d{1,4}[./:-]\d|\d{1,2}\.? \w{3,} \d{4})"
    r"|(?:\s*\[[^\[\]]*\])+$|\s*[(（](?=[^()]*(?:[\d!:/@]|\s\S+\s)|[\u3040-\u9fff])[^()]*[)\]）]$).*"
)
_ACCOUNT = re.compile(r"(?:\[[\w ]+\]\s?(?=\w)|/?u/(?=\w)|@)+")
_COPYRIGHTED = re.compile(
    r"(?:©|\([cс]\))\s*(?:copyright\s*:?\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?\s+)?(?P<name>[^\W\d].*?)(?:[,.]?\s+\d{4}(?!\w).*)?",
    re.I,
)
_MAILED = re.compile(r"\"?(?P<name>[^<>\"@]+?)\"?\s*<[^<>]*>?|\S+@\S+\s+\((?P<real>[^()]+)\)")
_SECRET_SANTA = re.compile(r".*\bsanta\b.*\((?:[^()]*\W)?(?:it.?s|i.?m|aka)(?: me)?,? (?P<name>[\w-]+)\W*\)", re.I)
_REPEATED_NAME = re.compile(r"(?P<name>.+?)\s*\((?P=name)\).*")
_UNDER_A_CATEGORY = re.compile(r"\s+in\s+(?:#\S+|[A-Z]\w+)$")


def name_in(text: str) -> str:
    """Return the name at the start of *text*, without a date, an age or a button after it."""
    text = text.replace("[info]", "").strip()
    if (mailed := _MAILED.fullmatch(text)) is not None:
        text = mailed["name"] or mailed["real"]
    beside = re.split(r"\t|\s{4,}", text)[0]
    text = beside if has_words(beside) else text
    if (shown := _SECRET_SANTA.fullmatch(text)) is not None:
        text = shown["name"]
    if (twice := _REPEATED_NAME.fullmatch(text)) is not None:
        text = twice["name"]
    text = _without_ornaments(text)
    if (account := _ACCOUNT.match(text)) is not None:
        text = text[account.end() :]
    text = _age_pattern().sub("", text) or text
    name = _TRAILING_DETAILS.sub("", _TRAILING_DETAILS.sub("", text)) or text
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")]
    shown = _without_ornaments((QUOTED.fullmatch(name.strip()) and whole_in_marks(name.strip())) or name)
    return shown if has_words(shown) else text.strip()


@cache
def _age_pattern() -> re.Pattern[str]:
    """Return the pattern of a post's age at the end of a line: `` 3 years ago``."""
    ago = any_phrase(
        [v.site["ago"].replace("NUM", r"(?:\d+|an?|une?|eine[mr]?)") for v in VOCABULARIES.values() if "ago" in v.site]
    )
    return re.compile(rf"\s+(?:{ago})\W*(?:#\d+)?$", re.I)


def _without_ornaments(text: str) -> str:
    """Return *text* without ornaments; keep an underscore at one end or a leading hyphen, which belong to a handle."""
    text = INVISIBLE.sub("", text).strip()
    shown = bare(text)
    if text.endswith("_") and not text.startswith("_") and shown:
        shown += text[len(text.rstrip("_")) :]
    if text[:1] == "_" and text[-1:] != "_" and shown:
        shown = "_" + shown
    return f"-{shown}" if re.match(r"-\w", text) and text.endswith(shown) else shown


_PARTICLE = re.compile(r"(?:De|Di|Da|Do|Van)\s(?!\s*[:：])")  # capitalised, these words begin a name: ``De Witt``


@cache
def _author_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return three patterns: of words that end a label before a name, that begin a byline, and that follow a name."""
    signed = [word for v in VOCABULARIES.values() for word in v.naming.get("signed", ())]
    labels = [re.escape(word) for v in VOCABULARIES.values() for word in v.labels.get("author", ())]
    words = rf"{any_phrase([*signed, *labels])}|{BYLINE_WORDS}|{PREPOSITIONS}"
    wrote = naming_pattern("wrote")
    nouns = any_phrase([word for word in labels if len(word) > len("from") and not _ARABIC.search(word)])
    return (
        re.compile(rf"(?:.*[\s～~,，])?(?:{words})", re.I),
        re.compile(rf"(?!(?-i:{_PARTICLE.pattern}))(?:{words})(?:\s*[—–-]\s+|\s+|\s?[/／・]\s?)(?P<name>\S.*)", re.I),
        re.compile(rf"(?P<name>\S.{{0,{_NAME_CHARS}}}?)\s+(?:(?:{wrote})(?![^\W\d_]).*|(?:{nouns}))"),
    )


_ARABIC = re.compile("[\u0621-\u064a]")  # Arabic letters: in Arabic "the writer" is also a surname
_IN_BRACKETS = re.compile(
    rf"[(\[](?:[^()\[\]]{{2,60}}[\s,]\s?)?(?i:{BYLINE_WORDS}|{PREPOSITIONS})\s+(?P<name>{CAPITAL}(?:\s{CAPITAL}){{0,2}})[)\]]"
)
_COLON = re.compile(r"(?P<front>[^:：]{1,60}?)\s*[:：]\s*(?P<behind>.*)")
_BY_INSIDE = re.compile(
    rf"(?:.*?[\s,，.(])??(?:(?:(?!(?:{PREPOSITIONS})\s)(?:{BYLINE_WORDS})|przez|autorstwa|(?<=, )(?:de|di|von))"
    r"\s*[:：]?\s+|u/)(?P<name>\S.*)",
    re.I,
)
_DATED = re.compile(r"(?:(?=[^/|·]*\d)[^/|·]{4,24}\s[/|·]|[\d./．-]{6,})\s+(?P<name>\S.*)")
_I_AM = re.compile(r"(?:[^。]*[、。！!\s])?(?P<name>[^\s\dの、。！]{1,8}?)(?:です|と申します)[。！].*")
_MENTION = re.compile(r".*?(?<!\w)@(?P<name>\w[\w.]*\w).*")
_OF_PIECE = re.compile(rf"(?P<front>\S.{{2,40}}?)\s+(?:[-–—]|{PREPOSITIONS})\s+(?P<name>\S.*)")


def is_byline_word(line: str) -> bool:
    """Return whether *line* is only the word above a name on a title page: ``by``."""
    return _BYWORD.fullmatch(line) is not None


_BYWORD = re.compile(rf"\W*(?:{BYLINE_WORDS}|{PREPOSITIONS})\W*", re.I)


def read_author_line(line: str) -> str | None:
    """Return the author's name in *line*; None if *line* has no words, is only ``by``, or exceeds `LONGEST_LINE`."""
    text = INVISIBLE.sub("", line).strip()
    if len(text) > LONGEST_LINE or not has_words(text) or is_byline_word(text):
        return None
    if (said := _IN_BRACKETS.fullmatch(text)) is not None:
        return said["name"]
    inner = whole_in_marks(text.strip("*~ "))
    text = inner if inner is not None and has_words(inner) else text
    return name_in(_without_label(text)) or _without_ornaments(text) or text


def labelled_name(text: str) -> str | None:
    """Return the name after an author label (``autor: wren``), or None."""
    match = _COLON.fullmatch(_without_ornaments(text) or text)
    if match is None or not match["behind"] or not _author_patterns()[0].fullmatch(match["front"]):
        return None
    return name_in(match["behind"])


def _without_label(text: str) -> str:
    """Return *text* without a label, a byline or a date before the author's name, or ``wrote:`` after it."""
    shown = text.lstrip("*~_—–->✦• ") or text
    before, at_start, behind = _author_patterns()
    if (label := read_label(shown)) is not None and label.kind == "author" and has_words(label.value):
        return label.value
    if (match := _COLON.fullmatch(shown)) is not None and not shown.startswith("@"):
        front = bare(match["front"])
        if before.fullmatch(front) and match["behind"]:
            return match["behind"]
        if WORD.fullmatch(front) and match["behind"].endswith(")"):
            return front
        if match["behind"][:1].isalpha() and is_likely_name(match["behind"]) and len(front.split()) <= _FEW_WORDS:
            return match["behind"]
    if not _PARTICLE.match(shown) and (name := read_byline(shown)) is not None:
        return _without_category(shown, name)
    if (wrote := behind.fullmatch(shown)) is not None and not at_start.fullmatch(shown):
        return wrote["name"]
    for pattern in (at_start, _COPYRIGHTED, _letter_end(), _DATED, _BY_INSIDE, _I_AM):
        if (match := pattern.fullmatch(shown)) is not None:
            return _without_category(shown, match["name"])
    if (piece := _OF_PIECE.fullmatch(shown)) is not None and is_prefix(piece["front"].split()[-1], is_whole=True):
        return piece["name"]
    mention = _MENTION.fullmatch(shown)
    return mention["name"] if mention is not None else text


@cache
def _letter_end() -> re.Pattern[str]:
    """Return the pattern of a letter's closing and signature: ``Love, Edda``."""
    closings = any_phrase([phrase for v in VOCABULARIES.values() for phrase in v.letter_closings])
    leave = naming_pattern("leave")
    return re.compile(rf"(?:(?:{closings}|(?:{leave})(?: \w+)?),|x{{1,3}})\s+(?P<name>\S.*)", re.I)


def _without_category(line: str, name: str) -> str:
    """Return *name* without the category after it in a dated line: ``June 4 by wren in Stories``."""
    is_dated = any(map(str.isdigit, line[: max(0, line.rfind(name))])) or "#" in name
    return _UNDER_A_CATEGORY.sub("", name) if is_dated else name


def full_name_below(notes: Sequence[str]) -> str | None:
    """Return the last of the *notes* below a story if it is only a full name: ``Jeanne Lautier``."""
    last = notes[-1].strip() if notes else ""
    name = _CREDITED.fullmatch(last)
    return last if name is not None and not read_end_mark(last) and not is_prefix(last) else None


_CREDITED = re.compile(rf"{CAPITAL}(?:\s(?:(?:{_NAME_PARTICLES})\s)?{CAPITAL}){{1,2}}")


def signed_in(notes: Iterable[str]) -> str | None:
    """Return the name that signs one of the *notes*: ``-- wick_fen``, ``Love, Tess``, ``Enjoy! xoxo Kim``."""
    lines = [line.strip() for note in notes for line in note.splitlines()]
    closed = (f"{line} {below}" for line, below in pairwise(lines) if line.endswith(","))
    for line in (*lines, *closed):
        if len(line) > LONGEST_LINE or read_end_mark(line) is not None:
            continue
        name = read_byline(line) if len(line) <= _SIGNED_CHARS else None
        if name is None and len(line) <= _SIGNED_CHARS:
            signed = _COPYRIGHTED.fullmatch(line) or _letter_end().fullmatch(line) or _DASHED.fullmatch(line)
            name = None if signed is None else signed["name"]
        if name is None:
            signed = _I_AM.fullmatch(line) or _credit().fullmatch(line) or _farewell().search(line[-_SIGNED_CHARS:])
            name = None if signed is None else signed["name"]
        if name is not None and is_likely_name(name := _OWN_NAME.sub("", name_in(name))):
            return name
    return None


@cache
def _credit() -> re.Pattern[str]:
    """Return the pattern of a site's credit line: ``publié par`` and a name."""
    words = any_phrase([word for v in VOCABULARIES.values() for word in v.naming.get("signed", ()) if " " in word])
    return re.compile(rf"(?:{words})\s?:?\s+(?P<name>\S.{{0,80}})", re.I)


@cache
def _farewell() -> re.Pattern[str]:
    """Return the pattern of an author's farewell and name at the end of a line: ``Have fun! Hugs, your Kim``."""
    words = naming_pattern("leave")
    return re.compile(
        rf"(?:(?:^|[.!?…)\]:;♥❤~*]\s*)(?i:{words})(?:\s*[,!.~♥❤️—–-]+\s*|\s+)(?:(?i:{_OWN})\s+)?"
        rf"|[.!?…)\]♥❤]\s+[-–—~]+\s*)(?P<name>{_SIGNATURE_NAME})(?:\s+x{{1,3}})?\W*$"
    )


_OWN = naming_pattern("own")
_OWN_NAME = re.compile(rf"^(?:{_OWN})\s+(?=\S)", re.I)
_SIGNATURE_NAME = rf"{CAPITAL}(?:\s{CAPITAL}){{0,2}}|@?(?=\S*[\d_])[\w.-]*\w_?"
_SIGNED_CHARS = 60  # maximum characters of a signature
_DASHED = re.compile(r"[-–—―~♡♥❤️]+\s*(?P<name>[^\W\d].*?)\s*[-–—―~♡♥]*")
