"""Read the title and the byline above a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Literal

from bot.stories.sections.blocks import Block, is_rule
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import BYLINE_WORDS, read_label
from bot.stories.sections.lines import (
    TITLE_CHARS,
    ends_openly,
    is_framed,
    mostly_capitalised,
    read_end_mark,
    undecorated,
)
from bot.stories.sections.remarks import has_remark
from bot.stories.vocabulary import VOCABULARIES

Below = Literal["byline", "labels", "note", "heading", "text"]
"""Kind of text right below a first line."""

LONGEST_TITLE = 255
"""Maximum length of a title, in characters, as on Archive of Our Own."""

_LONGEST_LINE = 2 * LONGEST_TITLE  # maximum characters of a title's line, with ornaments

_KINDS_OF_STORY = (
    r"(?:song|fan)?-?fic(?:let|tion)?|(?:one|two)-?\s?shot|drabble|vignette|story|tale|novella|poem|crossover|AU"
    r"|cerpen|cerita(?: pendek)?|nouvelle|conte|cuento|relato|conto|racconto|erzählung|kurzgeschichte|рассказ"
    r"|opowiadanie|miniatura|(?:قصة|حكاية)(?: قصيرة)?"
)
_BYLINE = re.compile(
    rf"(?:(?:(?:an?|the|some)\s+(?:[^\s.!?]+\s+){{0,5}}?)?(?:{_KINDS_OF_STORY})\s+)?(?:(?:as\s+)?(?:written|posted|told|escrit[oa]|écrite?|scritt[oa]|geschrieben|napisan[ey])\s+)?"
    rf"(?:(?:{BYLINE_WORDS})\s*[:;-]?\s+|[文作]\s?[/／:：]\s?|by\s?(?=[\u3040-\u9fff])|(?:de|di|da|von|od|от|oleh)\s+(?=@|(?-i:[^\W\d_a-zß-ÿа-я][\w'’-]*\.?\s+[^\W\d_a-zß-ÿа-я][\w'’-]*\.?|[\w-]*[\d_][\w.-]*)$))"
    r"(?P<name>\S.{0,59})",
    re.I,
)


def read_signed(line: str) -> str | None:
    """Return the name in ``- wickfen`` or ``@wickfen``, or None; only for a line that probably names the author."""
    signed = _SIGNED.fullmatch(line.strip())
    return signed["name"].strip() if signed is not None else None


_INITIAL = re.compile(r"\s\w\.\s*$")
_NO_NAME = re.compile(r"(?:(?<!\b\w)\.|[!?,;])$")  # ends of text that is no name; an initial has a full stop

_QUOTED = re.compile(r"[\"“«„].*[\"”»“]|'.*'|‘.*’|「.*」|『.*』")
_SALUTATION = re.compile(
    "|".join(
        rf"(?:my )?(?:{phrase})" + (r"\b" if vocabulary.has_spaces else "")
        for vocabulary in VOCABULARIES.values()
        for phrase in vocabulary.salutations
    ),
    re.I,
)
_ONGOING = re.compile(r"[,;:，；：、،؛][\"”“»'’)\]*_」』）]*$")
_STOP = re.compile(r"(?<![.…。])[.。][\"”“»'’)\]*_」』）]*$")
_LAST_DOTS = re.compile(r"(?:\.{2,}|…)$")
_IN_BRACKETS = re.compile(r"\(\s*([^()]*[^()\s])\s*\)")


_A_KIND = re.compile(
    rf"[\[【(（]?(?:{_KINDS_OF_STORY}|short stor(?:y|ies)|flash ?fiction|micro ?fiction|cuento corto|microrrelato"
    r"|miniconto|racconto breve|kurz ?geschichte|миниатюра|драббл|ориджинал|短編(?:小説)?|短篇(?:小说)?|掌編(?:小説)?"
    r"|微小说|小小说)[\])】）]?",
    re.I,
)


def read_kind(line: str) -> str | None:
    """Return the kind of story that is all of *line* (``Short story``, ``Cerpen``), or None."""
    bare = line.strip().strip("#*_~-–—=: ")
    is_kind = len(line) <= TITLE_CHARS and _A_KIND.fullmatch(bare) is not None
    return bare.strip("[]【】()（）") if is_kind and bare.lower() not in _ALSO_TITLES else None


_ALSO_TITLES = frozenset({"story", "fiction", "poem", "tale", "au", "fic", "conte", "cuento"})  # titles, if alone


def read_title(line: str, *, below: Below) -> str | None:
    """Return the title in a first line, or None if the line may be prose.

    Right above a byline, labels or a note, a title may be in any case and script, and may end in ``!`` or ``?``.
    """
    title = bare_title(line) if len(line) <= _LONGEST_LINE else ""
    if not title or len(title) > LONGEST_TITLE or is_rule(line) or read_label(line) or read_chapter(line):
        return None
    if _SALUTATION.match(title) or read_end_mark(line) or _ONGOING.search(title):
        return None
    if below in ("heading", "text") and (found := _title_by_its_look(line, title)) is not None:
        return found
    if below == "heading":
        return title if _may_be_phrase(line, title) else None
    if below == "text":
        return None
    block = Block((title,))
    if _STOP.search(line.rstrip()) and not (below == "byline" and mostly_capitalised(title)):
        return None
    if not mostly_capitalised(title) and has_remark(block):
        return None
    if _QUOTED.fullmatch(title):
        is_speech = below == "note" and not _is_quoted_name(title)
        return None if is_speech or re.search(r"[\"“”]", title[1:-1]) else title[1:-1].strip() or None
    return _without_brackets(title)


def read_quoted_name(line: str) -> str | None:
    """Return the name in quotation marks that is all of a line, or None for speech, which ends in punctuation."""
    bare = undecorated(line) if len(line) <= _LONGEST_LINE else ""
    inner = bare[1:-1].strip()
    is_name = _QUOTED.fullmatch(bare) is not None and ends_openly(inner) and not re.search(r"[\"“”„«»]", inner)
    return inner if is_name and inner[:1].isupper() and len(inner.split()) > 1 else None


def _is_quoted_name(title: str) -> bool:
    """Return whether quoted words are a name and not speech: capitalised, and without final punctuation."""
    words = title[1:-1].strip()
    return ends_openly(words) and len(words.split()) > 1 and mostly_capitalised(words)


_BESIDE_A_TITLE = frozenset(":：[(【［（-–—")  # separators of details; few titles have any


def bare_title(line: str) -> str:
    """Return *line* without ornaments and details around the title, but with the dots at its end."""
    title = undecorated(line)
    dots = _LAST_DOTS.search(line.strip())
    if not _BESIDE_A_TITLE.isdisjoint(title):
        title = _BEFORE.sub("", title) or title
        title = _STATUS.sub("", _KIND_BEHIND.sub("", _DETAILS_BEHIND.sub("", title))).rstrip("♡♥☆★ ") or title
    return f"{title}{dots[0]}" if dots and title and line.strip().endswith(f"{title}{dots[0]}") else title


_KINDS_OF_POST = (
    rf"{_KINDS_OF_STORY}|OS|FF|new fic|fill|omake|repost|re-?upload|request|flash ?fic|miniaturka"
    r"|(?:原创|創作|创作|原創|同人|短編|短篇|二次創作|小説|小说){1,3}"
)
_BEFORE = re.compile(
    rf"(?:(?:{_KINDS_OF_POST})\s?[:：]\s*|[\[(【［](?:{_KINDS_OF_POST}|(?-i:[A-Z]{{1,3}}))[\])】］]\s*|【[^】]{{1,8}}】\s*(?=\S))",
    re.I,
)
_DETAILS_BEHIND = re.compile(
    r"\s*[\[(](?:[^()\[\]]*[,;|] ?)?(?:PG(?:-?13)?|NC-?17|K\+?|[TRG]|rated \w\+?|(?-i:[A-Z]?[\w.]+ ?[/x] ?[A-Z]?[\w.]+)"
    r"|[\d,.]+k? (?:words|mots|palabras|palavras|parole)|1/1"
    r"|(?:part|chapter|teil|parte|partie|часть|część|bagian) \d+)(?:[,;|] ?[^()\[\]]*)?[\])]$",
    re.I,
)


_A_RATING = re.compile(r"(?:rated )?(?P<rating>PG(?:-?13)?|NC-?17|K\+?|[TRGME]|rated \w+\+?)", re.I)
_A_COUNT = re.compile(r"(?P<words>[\d,.]+k?) (?:words|mots|palabras|palavras|parole)", re.I)
_A_PAIRING = re.compile(r"[A-Z][\w.]* ?[/x] ?[A-Z][\w.]*")


def labels_behind(line: str) -> list[str]:
    """Return labelled lines for the brackets after a title: ``Snow (Wren/Ada, PG, 300 words)``."""
    found = _DETAILS_BEHIND.search(undecorated(line)) if len(line) <= _LONGEST_LINE else None
    lines: list[str] = []
    tags: list[str] = []
    for piece in re.split(r"[,;|]", found[0].strip().strip("()[]")) if found else ():
        bare = piece.strip()
        if rated := _A_RATING.fullmatch(bare):
            lines.insert(0, f"Rating: {re.sub('(?i)^rated ', '', rated['rating'])}")
        elif counted := _A_COUNT.fullmatch(bare):
            lines.append(f"Words: {counted['words']}")
        elif _A_PAIRING.fullmatch(bare):
            lines.append(f"Pairing: {bare}")
        elif bare and bare != "1/1":
            tags.append(bare)
    return [*lines, f"Tags: {', '.join(tags)}"] if tags else lines


def _without_brackets(title: str) -> str | None:
    """Return *title* without brackets around all of it, or None if they are empty."""
    if title[0] == "《" and title[-1] == "》":
        return title[1:-1].strip() or None
    match = _IN_BRACKETS.fullmatch(title)
    return match[1] if match is not None else title


def _title_by_its_look(line: str, title: str) -> str | None:
    """Return the title in a line above prose, if it is capitalised, framed or in brackets, else None."""
    if len(title) > TITLE_CHARS or _QUOTED.fullmatch(title):
        return None
    if _NUMBERED_PROMPT.fullmatch(title):
        return title
    is_shout = title.isupper() and title.endswith(("!", "！")) and len(title.split()) > 1
    if is_shout:
        return title
    bare = _without_brackets(title)
    if bare is None or not ends_openly(line.strip()) or not ends_openly(bare):
        return None
    is_east_asian = len(bare) <= 20 and bare.isalpha() and bare[0] >= "\u3040" and bare.lower() == bare.upper()
    is_named = bare != title or title.isupper() or is_framed(line) or mostly_capitalised(title) or is_east_asian
    return bare if is_named else None


_SAID_IN_CHAT = re.compile(r"[^\W_][\w .'-]{0,20}: \S")
_NUMBERED_PROMPT = re.compile(r"\d{1,3}[.):] ?[\"“«„][^\"“”«»„]{1,50}[\"”»“]")  # an item of a list of prompts
_NOT_OPENING = re.compile(r"[\"“«„—–(\[*]|\d")
_ASKED = re.compile(r"[?!？！؟]$")
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”“»'’)\]*_」』）]*$")
_SALUTATION_WORDS = 6  # maximum words of a salutation or a date
_DATED = re.compile(r"\d{1,4}\W|\w+ \d{1,2}(?:st|nd|rd|th|,)|\w+,? \w+ \d")
_STATUS = re.compile(
    r"\s*[\[(](?:complete[d]?|finished|wip|one-?shot|os|drabble|abgeschlossen|complet[ao]|terminad[ao]|terminée?"
    r"|conclus[ao]|завершен[оа]?|закончен[оа]?|zakończone|完结|完結|tamat)[\])]$",
    re.I,
)
_KIND_BEHIND = re.compile(
    rf"\s+[-–—]\s+(?:an?\s+)?(?:{_KINDS_OF_STORY})$|\s+[(\[](?:an?\s+)?(?:{_KINDS_OF_STORY})[)\]]$|\s*[（(【](?:短編|短篇|掌編|完|一发完|原创|創作)[）)】]$",
    re.I,
)
_PHRASE_WORDS = 9  # maximum words of a title in lower case
_MESSAGES = 12  # number of first blocks that are searched for a second message of the same sender
_PARAGRAPHS = 3  # minimum paragraphs below a title in lower case, so that it is no line of verse


def reads_as_title(line: str, following: Sequence[Block]) -> bool:
    """Return whether a first line may be a title although it looks like none: short, above sentences or verse."""
    title = undecorated(line) if len(line) <= _LONGEST_LINE else ""
    if not title or is_rule(line) or read_label(line) or read_chapter(line) or read_end_mark(line):
        return False
    if not _may_be_phrase(line, title):
        return False
    speaker, is_message, _ = line.partition(": ")
    if is_message and any(each.text.startswith(f"{speaker}: ") for each in islice(following, _MESSAGES)):
        return False
    texts = list(islice((each for each in following if not each.is_rule), _PARAGRAPHS))
    is_said = [_SAID_IN_CHAT.match(each.text) is not None for each in texts]
    whole = [_is_whole(each) or (said and sum(is_said) > 1) for each, said in zip(texts, is_said, strict=True)]
    return len(texts) >= _PARAGRAPHS and texts[0].gap > 0 and all(whole)


def _may_be_phrase(line: str, title: str) -> bool:
    """Return whether a line may be a title, even in lower case: few words, no final punctuation, no author's phrase."""
    if len(title) > TITLE_CHARS or len(title.split()) > _PHRASE_WORDS:
        return False
    if not ends_openly(line.strip()) and not (_ASKED.search(title) and mostly_capitalised(title)):
        return False
    block = Block((line,))
    is_opening = not _NOT_OPENING.match(title) and not _SALUTATION.match(title)
    return is_opening and not has_remark(block)


def _is_whole(block: Block) -> bool:
    """Return whether *block* is a verse or a paragraph of sentences."""
    if block.is_line and block.words <= _SALUTATION_WORDS and (_ONGOING.search(block.text) or _DATED.match(block.text)):
        return True  # a letter or a diary may begin like this
    is_sentence = _SENTENCE_END.search(block.text[-20:].rstrip()) is not None and not block.text[:1].islower()
    return not block.is_line or is_sentence


_LABELS_BELOW = 2  # minimum labels right below a title and a name
_CASELESS = re.compile(r"[\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af ・0-9]+")
_CASELESS_CHARS = 24  # maximum characters of a title or a name in a script without case
_HANDLE = re.compile(r"[a-z][\w.-]{2,30}")
_SIGNED = re.compile(r"(?:(?:[-–—~@©]|\([cCсС]\))\s?)+(?P<name>[^\W\d_][\w. '-]{0,40}?)(?:\s?[-–—~]+)?")


def read_handle(line: str) -> str | None:
    """Return *line* if it is only a handle, else None."""
    return line.strip() if _HANDLE.fullmatch(line.strip()) or _PEN_NAME.fullmatch(line.strip()) else None


def read_two_lines(lines: Sequence[str], following: Sequence[Block]) -> tuple[str, str] | None:
    """Return the title and the author in a block of two lines without a byline, or None if it may be verse.

    In a script without case, these are two short lines without punctuation, above whole sentences. In other scripts a
    sign such as a dash is before the author, or labels or a heading follow.
    """
    if len(lines) != 2 or not following or following[0].gap == 0:
        return None
    title, author = (line.strip() for line in lines)
    is_head = any(read_chapter(each.lines[0]) or each.labels for each in following[:2])
    labels = following[0].labels or ()
    is_named = ends_openly(author) and ends_openly(title) and len(author.split()) <= _NAME_WORDS
    if len(labels) >= _LABELS_BELOW and is_named and not any(label.kind in ("title", "author") for label in labels):
        found = read_title(title, below="byline")
        if found is not None and _A_KIND.fullmatch(author) is None:
            return found, author
    is_handle = _HANDLE.fullmatch(author) is not None
    if is_head and is_handle and (mostly_capitalised(title) or re.search(r"[\d_]", author)):
        found = read_title(title, below="byline")
        return (found, author) if found is not None else None
    if (signed := read_signed(author)) is not None and (found := read_title(title, below="byline")) is not None:
        return found, signed
    if any(len(line) > _CASELESS_CHARS or not _CASELESS.fullmatch(line) or line.isdigit() for line in (title, author)):
        return None
    texts = [block for block in following if not block.is_rule and block.labels is None][:3]
    whole = all(block.is_line and _SENTENCE_END.search(block.text[-20:].rstrip()) for block in texts)
    return (title, author) if texts and whole else None


_BY = re.compile(r"(?P<title>\S.*[^\s,])(?:\s|,\s|\s[-–—|•~/]+\s)\s*by:?\s+(?P<name>\S.*)", re.I)
_WRITTEN_BY = re.compile(
    r"(?P<title>\S.*\S)\s+(?:written by|escrit[ao] por|écrite? par|scritt[ao] da|geschrieben von)"
    r"\s+(?P<name>\S.{0,40})",
    re.I,
)
_BY_IN_BRACKETS = re.compile(rf"(?P<title>\S.*\S)\s+[(\[](?:{BYLINE_WORDS}):?\s+(?P<name>[^()\[\]]+)[)\]]", re.I)
_BY_IN_EAST_ASIA = re.compile(
    r"(?P<title>「[^」]+」|『[^』]+』|《[^》]+》|【[^】]+】|〈[^〉]+〉)\s*(?:[-—–|｜·・/／]\s*)?(?:(?:作者|著者|[作文著])\s?[:：/／]|by\s?)\s?(?P<name>\S.{0,29})",
    re.I,
)
_DASHED = re.compile(r"(?P<title>\S.*\S)\s+[-–—|]\s+(?P<name>\S+)")
_NAME = re.compile(r"[^\W\d_a-z]\S*(?:\s+(?:de|van|von|of|the|[^\W\d_a-z]\S*)){0,2}\s+[^\W\d_a-z]\S*")
_PEN_NAME = re.compile(r"(?=\S*[\d_.]|\S*[a-z]\S*[A-Z])[\w.-]+")


def read_title_and_byline(line: str) -> tuple[str, str] | None:
    """Return title and author of ``Half a Bridge by Tamsin Oake``, or None, as for ``Death by Chocolate``."""
    core = undecorated(line) if len(line) <= 2 * TITLE_CHARS else ""
    if (dashed := _DASHED.fullmatch(core)) and _PEN_NAME.fullmatch(dashed["name"]) and not dashed["name"].isdigit():
        return (found, dashed["name"]) if (found := read_title(dashed["title"], below="text")) is not None else None
    if match := _BY_IN_EAST_ASIA.fullmatch(core):
        return match["title"][1:-1], match["name"].strip()
    if match := _BY_IN_BRACKETS.fullmatch(line.strip(" *_~") if len(line) <= 2 * TITLE_CHARS else ""):
        found = read_title(match["title"], below="byline")
        return (found, match["name"].strip()) if found is not None else None
    if (written := _WRITTEN_BY.fullmatch(core)) is not None:
        return written["title"], written["name"]
    match = _BY.fullmatch(core)
    if match is None or read_byline(f"by {match['name']}") is None:
        return None
    name, title = match["name"].strip(" *_"), match["title"]
    is_caseless = _CASELESS.fullmatch(name) is not None and len(name) <= _CASELESS_CHARS
    is_sure = (
        is_caseless
        or bool(_QUOTED.fullmatch(title))
        or re.match(r"[*_]{1,3}[^*_]+[*_]{1,3}\s", line.strip()) is not None
    )
    if not is_sure and not _NAME.fullmatch(name) and not _PEN_NAME.fullmatch(name):
        return None
    found = read_title(title, below="byline" if is_sure else "text")
    return (found, name) if found is not None else None


_ROW = re.compile(r"\s+(?:[|│•·]|//)\s+")


def read_row(line: str) -> tuple[str, str, list[str]] | None:
    """Return title, author and labelled lines of ``Half a Bridge | tamsin | Rated T``; None if a piece is unknown."""
    title, *others = _ROW.split(undecorated(line)) if len(line) <= _LONGEST_LINE else [""]
    if len(others) < 2 or any(not piece or len(piece) > TITLE_CHARS for piece in (title, *others)):
        return None
    name = read_byline(others[0]) or others[0].lstrip("@")
    labelled = [_with_label(piece) for piece in others[1:]]
    found = read_title(title, below="byline")
    if found is None or not all(labelled) or len(name.split()) > _NAME_WORDS or not ends_openly(name):
        return None
    return found, name, labelled


_NAME_WORDS = 4  # maximum words of an author's name
_KIND_OF_POST = re.compile(_KINDS_OF_STORY + r"|complete|wip|[\d,.]+k? words", re.I)


def _with_label(piece: str) -> str:
    """Return *piece* of a row with its label, or an empty string if its meaning is unknown."""
    if read_label(piece) is not None:
        return piece
    if read_label(f"Rated {piece}") is not None:
        return f"Rated: {piece}"
    return f"Type: {piece}" if _KIND_OF_POST.fullmatch(piece) else ""
