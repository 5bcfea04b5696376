"""Extract the title from a line that is known to contain it.

The caller knows that the line has the title. The shape of the line shows what comes before the title (a word for a
piece of writing, a label, the breadcrumbs of a forum), after it (a byline, a chapter's number, brackets about the post)
and around it (ornaments, quotation marks). The words come from ``naming`` in `bot.stories.vocabulary`. Text that may
belong to the title stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from bot.stories.sections.author_lines import (
    CAPITAL,
    FULL_NAME,
    HANDLE,
    LONGEST_LINE,
    PREPOSITIONS,
    WORD,
    is_likely_name,
    is_name,
    labelled_name,
    name_in,
)
from bot.stories.sections.beginnings import any_of
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.labels import BYLINE_WORDS, read_label
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.naming_words import any_phrase, folded, has_post_word, is_prefix, is_status, post_details
from bot.stories.sections.numbers import CHINESE_SIGNS, WORDS
from bot.stories.sections.ornaments import QUOTED, bare, has_words, whole_in_marks
from bot.stories.sections.titles import labels_behind, read_row, read_title_and_byline
from bot.stories.vocabulary import VOCABULARIES


@dataclass(frozen=True, slots=True)
class TitleLine:
    """Contents of a line with the title; *labels* are its other details, as labelled lines (``Part: Ch. 9``)."""

    title: str
    author: str | None
    labels: tuple[str, ...]


@dataclass(slots=True)
class _Rest:
    """Rest of a title's line, and the details already taken from it."""

    text: str
    is_signed: bool
    author: str | None = None
    labels: list[str] = field(default_factory=list[str])
    is_post: bool = False
    """Whether a word such as ``Fic`` came before the title."""
    is_announced: bool = False
    """Whether a label came before the title."""

    def keep(self, text: str | None, *labels: str, author: str | None = None) -> bool:
        """Replace the rest by *text*, and add *labels* and *author*, if *text* has words; return whether it does."""
        shown = bare(text) if text is not None else ""
        if not has_words(shown):
            return False
        self.text, self.author = shown, self.author or author
        self.labels = [*labels, *self.labels]
        return True


_ROUNDS = 6  # maximum rounds, each of which splits off one detail


def read_title_line(line: str, *, is_signed: bool) -> TitleLine:
    """Return the title and the details in *line*, which is known to have a title.

    A plain title is returned unchanged. If another line names the author (*is_signed*), all of ``Deliver by Low Water``
    is the title.
    """
    rest = _Rest(bare(line), is_signed)
    if not has_words(rest.text):
        return TitleLine(line.strip() or line, None, ())
    if len(line) > LONGEST_LINE or (_PLAIN.fullmatch(rest.text) and not _separator_pattern().search(rest.text)):
        return TitleLine(rest.text, None, ())
    if not QUOTED.fullmatch(rest.text):
        rest.keep(whole_in_marks(rest.text))
    _repeat(rest, (_breadcrumbs, _hashtags_behind, _tag_before, _label_before, _word_before_quotes))
    if not (QUOTED.fullmatch(rest.text) and rest.keep(whole_in_marks(rest.text))):
        _row(rest)
        _repeat(
            rest,
            (
                _tag_before,
                _label_before,
                _signed,
                _bracket_behind,
                _number_behind,
                _chapter_behind,
                _kind_behind,
                _byline_behind,
            ),
        )
        _repeat(rest, (_breadcrumbs, _word_before_quotes, _piece_before))
        rest.keep(whole_in_marks(rest.text))
    return TitleLine(rest.text, rest.author, tuple(rest.labels))


_PLAIN = re.compile(r"[^\W\d_\u2460-\u2473]+(?:[ '’-][^\W\d_\u2460-\u2473]+)*+[!?]*")


@cache
def _separator_pattern() -> re.Pattern[str]:
    """Return the pattern of words between a title and details, for a quick test; most lines have none."""
    chapters = any_phrase([phrase for v in VOCABULARIES.values() for phrase in v.headings.get("chapters", ())])
    return re.compile(rf"\s(?:{BYLINE_WORDS}|{PREPOSITIONS}|escrit[oa]|written|{chapters})\s|第", re.I)


def _repeat(rest: _Rest, steps: tuple[Callable[[_Rest], bool], ...]) -> None:
    for _ in range(_ROUNDS):
        if not any(step(rest) for step in steps):
            return


_CRUMB = re.compile(r"\s+(?P<sign>[»›❯>/→▸])\s+")
_LEAST_CRUMBS = 3  # minimum breadcrumbs, if titles also contain their separators
_TAG_BEFORE = re.compile(
    r"(?:【(?P<corner>[^【】]{1,14})】|[\[［](?P<square>[^\[\]［］]{1,30})[\]］]|[(（](?P<round>[^()（）]{1,30})[)）])"
    r"[\s:：-]*(?P<title>\S.*)"
)
_CODE = re.compile(r"[A-Z]{1,4}|\d+|[\u3040-\u9fff/×]{1,6}")
_COLON_SIGN = re.compile(r"[:：]")
_LABEL_BEHIND = re.compile(r"\s{2,}[^\s:：]+(?: [^\s:：]+)?[:：]\s.*$")
_COLONS = 4  # maximum colons examined in a row of labels
_BUTTON = re.compile(r"Follow/Fav\w*:?\s+(?P<title>\S.*)|(?P<before>.*\S)\s+Follow/Fav")
_HASHTAGS = re.compile(r"(?P<title>.*?\S)(?P<tags>(?:\s+#[^\W\d]\w*)+)")
_CLAUSE = re.compile(r".*(?:[，。！、；]|\s{2,})")
_TOPIC = re.compile(r"(?:標題|标题|題名|タイトル)\s+(?P<title>\S.*)")


def _hashtags_behind(rest: _Rest) -> bool:
    """Split off ``#fanfic #mha`` after a title; a single hashtag may be part of it."""
    match = _HASHTAGS.fullmatch(rest.text)
    if match is None or not (match["tags"].count("#") > 1 or has_post_word(match["tags"])):
        return False
    return rest.keep(match["title"], f"Tags: {', '.join(match['tags'].replace('#', ' ').split())}")


def _breadcrumbs(rest: _Rest) -> bool:
    """Split off the breadcrumbs of a site: ``Forum » Fics » Title``."""
    pieces = _CRUMB.split(rest.text) if "«" not in rest.text else [rest.text]
    names, signs = pieces[::2], {*pieces[1::2]}
    if not signs or (not signs <= {"»", "›", "❯"} and not _are_breadcrumbs(names)):
        return False
    *before, last = names
    is_chapter = len(before) > 1 and _chapter().match(last) is not None
    return rest.keep(before[-1], f"Part: {last}") if is_chapter else rest.keep(last)


def _are_breadcrumbs(names: list[str]) -> bool:
    is_to_chapter = _chapter().match(names[-1]) is not None
    return len(names) >= _LEAST_CRUMBS and (is_to_chapter or any(map(is_prefix, names[:-1])))


def _tag_before(rest: _Rest) -> bool:
    """Split off ``[Fic]``, ``【短篇】`` or ``[HP]`` before a title; other brackets are part of it."""
    match = _TAG_BEFORE.fullmatch(rest.text)
    if match is None:
        return False
    inner = (match["corner"] or match["square"] or match["round"]).strip()
    status = [f"Status: {inner}"] if is_status(inner) or read_end_mark(inner) else []
    is_shout = inner.isupper() and " " not in inner and not _CODE.fullmatch(inner) and not rest.is_announced
    is_tag = bool(match["corner"] or (match["square"] and not is_shout) or status or is_prefix(inner))
    rest.is_post |= has_post_word(inner)
    return is_tag and rest.keep(match["title"], *status)


def _label_before(rest: _Rest) -> bool:
    """Split off ``Title:``, ``Friday flash:`` or ``Fic:`` before a title."""
    if (topic := _TOPIC.fullmatch(rest.text)) is not None:
        return rest.keep(topic["title"])
    if (button := _BUTTON.fullmatch(rest.text)) is not None:
        return rest.keep(button["title"] or button["before"])
    if rest.is_announced and (behind := _LABEL_BEHIND.search(rest.text)) is not None:
        return rest.keep(rest.text[: behind.start()])
    label = read_label(rest.text)
    if label is not None and label.kind == "title" and rest.keep(label.value):
        rest.is_announced = True
        return True
    for colon in islice(_COLON_SIGN.finditer(rest.text), _COLONS):
        front, title = rest.text[: colon.start()], rest.text[colon.end() :]
        words = _CLAUSE.sub("", front)
        is_state = front.isupper() and is_status(front)
        if (is_state or is_prefix(words)) and rest.keep(title, *([f"Status: {front}"] if is_state else [])):
            rest.is_post |= has_post_word(words)
            rest.is_announced = True
            return True
        if "  " not in rest.text:
            break
    return False


_BEFORE_QUOTES = re.compile(
    rf"(?P<front>[^\"“„«《『「]{{1,60}})(?:{QUOTED.pattern})(?P<behind>[.,，。].*|\s*[(\[（].*|\s*)"
)


def _word_before_quotes(rest: _Rest) -> bool:
    """Split off the words before a title in quotation marks: ``songfic "Until Spring"``."""
    match = _BEFORE_QUOTES.fullmatch(rest.text)
    is_code = rest.is_announced and match is not None and _CODE.fullmatch(match["front"].strip()) is not None
    if match is None or not (is_code or is_prefix(match["front"])):
        return False
    title = rest.text[match.end("front") : match.start("behind")]
    return rest.keep(title + match["behind"] if match["behind"][:1] not in ".," else title)


_PIECE = re.compile(r"(?P<front>[^\W\d_]+)\s+(?P<title>\S.*)")


def _piece_before(rest: _Rest) -> bool:
    """Split off ``Story`` before a title without a colon, only if the line has a chapter, as on some sites."""
    match = _PIECE.fullmatch(rest.text) if any(label.startswith("Part: ") for label in rest.labels) else None
    if match is None or not (is_prefix(match["front"]) or has_post_word(match["front"])):
        return False
    return " " in match["title"] and rest.keep(match["title"])


_COLUMN = re.compile(r"\s+(?:[|│]{1,2}|//|[✧✦⋆])\s+")


def _row(rest: _Rest) -> None:
    """Split off the other pieces of a row: ``Half a Bridge | tamsin | Rated T``.

    The title is the first piece that is not a kind of story.
    """
    if (row := read_row(rest.text)) is not None:
        title, author, labels = row
        rest.keep(title, *labels, author=author)
        return
    title, *others = [piece for piece in _COLUMN.split(rest.text) if not is_prefix(piece, is_whole=True)] or [rest.text]
    if not others:
        return
    labels = list[str]()
    author = None
    for piece in others:
        name = read_byline(piece) or (labelled_name(piece) if author is None else None)
        if name is None and "//" in rest.text and HANDLE.fullmatch(piece) and author is None:
            name = piece
        if name is not None:
            author = name
        else:
            labels += _labels_of(piece) or [f"Tags: {piece}"]
    rest.keep(title, *labels, author=author)


_BRACKET_BEHIND = re.compile(
    r"(?P<title>.*\S)\s*(?:[(（]+(?P<round>[^()（）]{1,90})[)）]+|(?P<square>[\[【［{][^\[\]【】［］{}]{1,60}[\]】］}]))"
)
_FEW_WORDS = 4  # maximum words of an item of a list in brackets, and of an aside that must be capitalised
_LIST = re.compile(r"\s*(?:[,;|、，・×]|(?<=\w)/(?=\w))\s*")
_LEAST_LISTED = 3  # minimum items of a list in lower case without words of posting
_SMALL = re.compile(r"(?:and|or|&|und|et|y|e|o|и|i|or rather)\b", re.I)
_PAIR = re.compile(r"[^\Wa-z].*\S\s(?i:x)\s\S.*|.*\S\s?×\s?\S.*")
_NUMBER = re.compile(
    rf"\d{{1,3}}(?:\s?/\s?[\d?]{{1,3}})?|[{CHINESE_SIGNS}]{{1,4}}|[上中下前后後][篇編]?|[\u2460-\u2473]"
)
_RATING = re.compile(r"(?:rated )?(?:PG(?:-?1[0-7])?|NC-?17|K\+?|[TRGME]|R-?18|1[268]\+)", re.I)
_ASIDE = re.compile(r".*\b(?:i|yes|sorry|lol)\b.*|.*(?:[!?]{2}|真的).*", re.I)
_LONG_ASIDE = 8  # minimum words of a long aside


def _labels_of(text: str) -> list[str]:
    """Return *text* beside a title as labelled lines, or no line if it may be part of the title."""
    inner = text.strip()
    if _NUMBER.fullmatch(inner) or _chapter().match(inner):
        return [] if inner == "1/1" else [f"Part: {inner}"]
    if is_status(inner):
        return [f"Status: {inner}"]
    if _RATING.fullmatch(inner):
        return [f"Rating: {inner}"]
    return []


def _bracket_behind(rest: _Rest) -> bool:
    """Split off brackets about the post after a title: ``(part 2)``, ``[COMPLETE]``, ``(Good Omens, gen)``."""
    match = _BRACKET_BEHIND.fullmatch(rest.text)
    if match is None:
        return False
    inner = (match["round"] or match["square"][1:-1]).strip()
    if (name := read_byline(inner)) is not None and is_name(name):
        return rest.keep(match["title"], author=name)
    if (labels := _labels_of(inner)) or inner == "1/1":
        return rest.keep(match["title"], *labels)
    if labels := labels_behind(f"{match['title']} ({inner})"):
        return rest.keep(match["title"], *labels)
    is_square = match["square"] is not None
    is_other_case = match["title"].isupper() or (match["title"].islower() and inner[:1].isupper())
    is_apart = (rest.is_post or is_other_case) and not inner.isupper() and _is_aside(inner)
    if is_apart or _is_about_post(inner) or (is_square and (match["square"][0] != "[" or _is_tag(inner))):
        return rest.keep(match["title"], *([] if is_prefix(inner) else [f"Tags: {inner}"]))
    return False


def _is_aside(inner: str) -> bool:
    """Return whether *inner*, the text in brackets after a title, is an aside: capitalised words, or a long remark."""
    words = inner.split()
    return not _SMALL.match(inner) and (len(words) > _FEW_WORDS or all(word[0].isupper() for word in words))


def _is_tag(inner: str) -> bool:
    is_shout = inner.isupper() and " " not in inner  # ``[REDACTED]``
    return _CODE.fullmatch(inner) is not None or any(map(str.isdigit, inner)) or (not is_shout and inner[:1].isupper())


def _is_about_post(inner: str) -> bool:
    """Return whether *inner*, the text in brackets, is about the post: a list, a kind, a pairing, a long remark."""
    said = folded(inner)
    if post_details().fullmatch(said) or is_prefix(inner) or has_post_word(inner) or _PAIR.fullmatch(inner):
        return not inner.isupper() or len(inner.split()) > 1
    if is_prefix(" ".join(said.split()[-2:]), is_whole=True):
        return True
    first, _, others = said.partition(" ")
    if post_details().fullmatch(first) and len(others.split()) < _FEW_WORDS:
        return True
    pieces = _LIST.split(inner)
    is_list = any(not piece[:1].islower() or post_details().fullmatch(folded(piece)) for piece in pieces)
    if len(pieces) > 1 and (is_list or len(pieces) >= _LEAST_LISTED) and not _SMALL.match(inner):
        return all(0 < len(piece.split()) <= _FEW_WORDS for piece in pieces) and not _SMALL.match(pieces[-1])
    return len(inner.split()) >= _LONG_ASIDE and _ASIDE.fullmatch(inner) is not None


@cache
def _chapter(*kinds: str) -> re.Pattern[str]:
    """Return a pattern for a numbered heading such as ``Chapter 3``.

    *kinds* are keys of the vocabulary's headings, by default chapters and parts.
    """
    of = any_phrase(
        [
            each
            for v in VOCABULARIES.values()
            for kind in kinds or ("chapters", "parts")
            for each in v.headings.get(kind, ())
        ]
    )
    number = rf"(?:\d{{1,4}}|[ivxlc]{{1,7}}|{any_of(WORDS)})(?!\w)"
    return re.compile(rf"(?:{of})\s?[#№]?\s?{number}(?:\s?(?:/|of|von|sur|de|di|из|z|dari)\s?[\d?]{{1,4}})?", re.I)


@cache
def _behind_a_sign() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<title>.*\S)(?:\s*[|·~—–]\s*|\s*(?:\.{{2,3}}|…)\s*|\s+[-:|]+\s+)(?P<chapter>{_chapter().pattern})"
        r"(?P<more>\s*[:–—|-]\s*\S.{0,60})?|(?P<of_east>[^\s].*\S)(?:\s*[·・｜|—~]\s*|[\s\u3000]+)"
        rf"(?P<number>番外\S{{0,4}}|[\u2460-\u2473]|第?[\d{CHINESE_SIGNS}]{{1,4}}[章節节回話话](?:[\s:：]\s?\S.{{0,20}})?)",
        re.I,
    )


@cache
def _behind_a_space() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<title>.*[^\s,])(?:,\s*|\s+)(?P<chapter>{_chapter('chapters').pattern})(?P<more>\s*[:–—|-]\s*\S.{{0,60}})?",
        re.I,
    )


_OF_A_POST = re.compile(
    rf"(?P<title>.*[^\s,])(?:\s+(?P<number>\d{{1,2}}/\d{{1,2}})|(?:,?\s+[A-Z]/[A-Z])?(?:,|(?<=[)\]]))\s+(?P<rating>{_RATING.pattern}))"
)
_CIRCLED = re.compile(r"(?P<title>.*[^\s])\s*(?P<chapter>[\u2460-\u2473])")


def _number_behind(rest: _Rest) -> bool:
    """Split off ``1/1`` or ``, PG`` at the end of a post's subject."""
    match = _OF_A_POST.fullmatch(rest.text) if rest.is_announced or rest.is_post else None
    if match is None:
        return False
    return rest.keep(match["title"], *_labels_of(match["number"] or match["rating"]))


def _chapter_behind(rest: _Rest) -> bool:
    """Split off ``, Ch. 9``, `` - Chapter 17`` or ``②`` after a title."""
    text = rest.text
    match = _behind_a_sign().fullmatch(text)
    if match is not None and match["number"]:
        return rest.keep(match["of_east"], f"Part: {match['number']}")
    match = match or _behind_a_space().fullmatch(text) or _CIRCLED.fullmatch(text)
    if match is None:
        return False
    return rest.keep(match["title"], f"Part: {text[match.start('chapter') :].strip(' ?')}")


_KIND = re.compile(r"(?P<title>.*\S)(?:\s+[-–—]+\s+|\s*:\s+|\.\s+)(?P<kind>[^:–—]{2,60})")
_DATE = re.compile(r"\d{1,2}([./])\d{1,2}\1(?:\d\d){1,2}$")
_ARTICLE = re.compile(r"an?\s+", re.I)
_LAST_WORD = re.compile(r"\S+$")


def _kind_behind(rest: _Rest) -> bool:
    """Split off `` - a Teen Titans songfic`` or `` - complete`` after a title; ``Stay: A Story`` is a title."""
    match = _KIND.fullmatch(rest.text)
    if match is None:
        return False
    kind = match["kind"].strip(" .")
    if is_status(kind) and rest.text[match.end("title")] == " ":
        return rest.keep(match["title"], f"Status: {kind}")
    if _DATE.search(kind):
        return rest.keep(match["title"], f"Date: {kind}")
    last = _LAST_WORD.search(kind)
    is_dashed = rest.text[match.end("title")] == " "
    bare_kind = _ARTICLE.sub("", kind) if is_dashed else kind
    is_kind = (
        (is_dashed and has_post_word(kind.split()[0]))
        or (last is not None and has_post_word(last[0]))
        or (is_prefix(bare_kind, is_whole=True) and (" " in bare_kind or (is_dashed and bare_kind == kind)))
    )
    return is_kind and rest.keep(match["title"], f"Type: {kind}")


_AUTHOR_LABELS = "|".join(
    sorted(
        {re.escape(word) for v in VOCABULARIES.values() for word in v.labels.get("author", ())}, key=len, reverse=True
    )
)
_SIGNED = re.compile(
    rf"(?P<title>.*?\S)(?P<sign>\s*[,，|/／·•~—–]\s*|\s+[^\w\s\"'“”«»()&+]{{1,3}}\s+|\s{{2,}}|\u3000)"
    rf"(?:(?P<word>{BYLINE_WORDS}|{PREPOSITIONS})\s*(?P<colon>[:：])?\s+|(?P<east>作者?|文|著者?)\s?[/／:：・]\s?|(?P<mine>©)\s?)(?P<name>\S.{{0,59}})",
    re.I,
)
_LABELLED = re.compile(rf"(?P<title>.*\S)\s+(?:{_AUTHOR_LABELS}|{BYLINE_WORDS})\s?[:：]\s*(?P<name>\S.{{0,59}})", re.I)
_UNSIGNED = re.compile(rf"(?P<title>.*\S)\s+(?P<word>{BYLINE_WORDS})\s+(?P<name>\S.{{0,39}})", re.I)
_OF_SMALL_LETTERS = re.compile(
    rf"(?P<title>[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ][^A-ZÀ-ÖØ-ÞА-ЯЁ:]*[^\sA-ZÀ-ÖØ-ÞА-ЯЁ])\s+(?i:{BYLINE_WORDS}|{PREPOSITIONS})\s+(?P<name>{CAPITAL}(?:\s{CAPITAL}){{1,2}})"
)
"""Pattern of a title without capitals, a word such as ``by``, and a full name."""
_WITH_INITIAL = re.compile(
    rf"(?P<title>.{{2,}}?)(?:\s+[-–—]+\s+|[.,]\s+)(?P<name>(?:{CAPITAL}\s+){{1,2}}[^\W\d_a-zа-я]\.)"
)
_BEHIND_BRACKETS = re.compile(r"(?P<title>.*[^\W\d_].*[)\]])\s+(?:[—–-]+|by)\s+(?P<name>[^\W\d][\w.-]+)")
_COPYRIGHT = re.compile(r"(?P<title>.*\S)\s*©\s?(?P<name>\S.{0,39})")
_EASTERN = re.compile(
    r"(?P<title>[^\u3000]{2,})(?:\u3000{2,}|\s*——\s*|(?<=\w{3})／)(?P<name>[\w・·.]{1,12})|《(?P<book>[^《》]+)》\s?(?P<of>[^\s之的後后與与和同前《》「」，。]{2,10})"
)
_OF_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_BEHIND_QUOTES = re.compile(rf"(?P<title>{QUOTED.pattern})(?:\s*(?P<sign>[,，—–|/-]+)\s*|\s+)(?P<behind>[^\"“”«»„]+)")


def _byline_behind(rest: _Rest) -> bool:
    """Split off the author after the title, with or without a word before the name."""
    if rest.author is not None:
        return False
    if not rest.is_signed and (both := read_title_and_byline(rest.text)) is not None:
        return rest.keep(both[0], author=both[1])
    if (match := _BEHIND_QUOTES.fullmatch(rest.text)) is not None:
        return _behind_quotes(rest, match)
    if (match := _BEHIND_BRACKETS.fullmatch(rest.text)) is not None and not rest.is_signed:
        return rest.keep(match["title"], author=match["name"])
    if (match := _COPYRIGHT.fullmatch(rest.text)) is not None and is_name(match["name"]):
        return rest.keep(match["title"], author=match["name"])
    if (match := _WITH_INITIAL.fullmatch(rest.text)) is not None:
        return rest.keep(match["title"], author=match["name"])
    if rest.is_signed:
        return False
    if (match := _OF_SMALL_LETTERS.fullmatch(rest.text)) is not None and len(match["title"].split()) > 1:
        return rest.keep(match["title"], author=match["name"])
    if (match := _UNSIGNED.fullmatch(rest.text)) is not None and _is_unsigned_byline(match):
        return rest.keep(match["title"], author=match["name"].lstrip("@"))
    if _OF_EAST.search(rest.text) is not None and (match := _EASTERN.fullmatch(rest.text)) is not None:
        return rest.keep(match["title"] or match["book"], author=match["name"] or match["of"])
    return False


def _signed(rest: _Rest) -> bool:
    """Split off a byline after a sign: ``Title - di Ortica``, ``Title / by sora``, ``Title Author: wren``."""
    if rest.author is not None:
        return False
    if (match := _LABELLED.fullmatch(rest.text)) is not None and is_name(name := name_in(match["name"])):
        return rest.keep(match["title"].rstrip(" ,-–—|/~"), author=name)
    match = _SIGNED.fullmatch(rest.text)
    if match is None or not is_name(name := name_in(match["name"])):
        return False
    is_soft = match["sign"].strip() in (",", "，") or (match["word"] or "").lower() in PREPOSITIONS.split("|")
    if match["colon"] is None and match["word"] and is_soft and not is_likely_name(name):
        return False
    return rest.keep(match["title"], author=name)


def _is_unsigned_byline(match: re.Match[str]) -> bool:
    """Return whether ``by NAME`` without a sign before it is a byline, since NAME can be no place or thing."""
    word, name, title = match["word"], match["name"], match["title"]
    if HANDLE.fullmatch(name):
        return True
    is_one_word = WORD.fullmatch(name) is not None
    if word == "by":
        if _WITH_ARTICLE.fullmatch(name):
            return True
        is_other_case = (title.isupper() and len(title) > 2 and not name.isupper()) or (
            name.islower() and _is_capitalised(title)
        )
        return is_one_word and is_other_case
    if word == "oleh":
        return is_one_word or FULL_NAME.fullmatch(name) is not None
    if word == "par":
        is_done = _DONE.search(title) is not None  # ``vu par Simone``
        return name[0].isupper() and len(name.split()) <= _NAME_WORDS and not is_done
    if word == "por" and title.isupper() and not name.isupper():
        return name[0].isupper() and len(name.split()) <= _NAME_WORDS
    return word == "por" and len(name.split()) >= 3 and FULL_NAME.fullmatch(name) is not None


_DONE = re.compile(r"(?:ée?s?|ue?s?|ite?s?|ise?s?)$")
_NAME_WORDS = 4  # maximum words of an author's name
_WITH_ARTICLE = re.compile(rf"(?:la|le|el|il|die|der)\s{CAPITAL}")  # ``by la Vale``: no English place has this form


def _is_capitalised(title: str) -> bool:
    words = title.split()
    return len(words) > 1 and words[0][:1].isupper() and words[-1][:1].isupper()


def _behind_quotes(rest: _Rest, match: re.Match[str]) -> bool:
    """Split off the text after a title in quotation marks: a name, or a list of tags."""
    behind, sign = match["behind"].strip(), (match["sign"] or "")[:1]
    name = read_byline(behind) or labelled_name(behind)
    if name is None and sign in tuple("—–-|/") and FULL_NAME.fullmatch(behind) and not rest.is_signed:
        name = behind
    if name is not None and is_name(name):
        return rest.keep(match["title"], author=name)
    pieces = [folded(piece) for piece in behind.split(",")]
    if sign == "," and len(pieces) > 1 and any(post_details().fullmatch(piece.strip(" .")) for piece in pieces):
        return rest.keep(match["title"], f"Tags: {behind.strip('. ')}")
    return False
