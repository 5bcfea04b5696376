"""Messages and manuscripts: turn their headers into labelled lines, and remove other people's remarks.

Messages come from newsgroups, mailing lists, Discord, journals and threads. Any other text stays unchanged. Pages of
sites are read in `bot.stories.formats.pages`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.formats.site_lines import SITES
from bot.stories.sections.titles import read_title

# -- messages -----------------------------------------------------------------------

_SEARCHED = 6000  # characters at the start that are searched for a manuscript header or a first count
_HEAD_LINES = 60  # maximum lines of a message header
_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)*):[ \t]*(.*)")
_ONLY_IN_MESSAGES = frozenset({"newsgroups", "message-id", "path", "received", "xref", "return-path"})
"""Header fields of real messages; messages that characters of a story send do not have them."""

_KEPT = {"subtitle": "Subtitle", "newsgroups": "Posted", "date": "Published"}
_BEFORE_TITLE = re.compile(
    r"(?:(?:re|fwd?|new|fic|ff|story|repost|revised|submission)[ \t]*:[ \t]*|\[[^\]\n]{1,30}\][ \t]*)", re.I
)
_AFTER_TITLE = re.compile(r"[ \t]*(?:\(\d+[ \t]*(?:/|of)[ \t]*[\d?]+\)|\[[^\]\n]{1,40}\]|\d+/[\d?]+)$")
_NAME = re.compile(r"[^<(\n]*\((?P<after>[^)\n]+)\)|\"?(?P<before>[^<\"\n]*?)\"?[ \t]*<[^>\n]*>")
_OWN_HEAD = re.compile(
    r"^[ \t]{4,}(?P<title>[^\W_][^\n]{0,80})\n(?:[ \t]{4,}(?P<kind>\S[^\n]{0,60})\n)?"
    r"[ \t]{4,}by[ \t]+(?P<author>\S[^\n]{0,60})\n",
    re.M | re.I,
)
"""Title and author of a story, indented below the first words; they override the message's subject and sender."""

_SIGNATURE = re.compile(r"\n-- ?\n(?=(?:[^\n]*\n){0,8}[^\n]*\s*\Z)")


def without_message_head(text: str) -> str:
    """Return *text* with a message's header as labelled lines (``Title: …``) and its signature as an author's note."""
    fields, body = _message_head(text)
    if "from" not in fields or "subject" not in fields or not fields.keys() & _ONLY_IN_MESSAGES:
        return text
    title = fields["subject"]
    while (match := _BEFORE_TITLE.match(title)) is not None and match.end() < len(title):
        title = title[match.end() :]
    while (match := _AFTER_TITLE.search(title)) is not None and match.start() > 0:
        title = title[: match.start()]
    if (own := _OWN_HEAD.search(body[:3000])) is not None:
        title, fields["from"] = own["title"].strip(), own["author"].strip()
        fields |= {"subtitle": own["kind"].strip()} if own["kind"] else {}
        body = body[: own.start()] + body[own.end() :]
    start = body[:3000]
    has_title, has_author = (re.search(rf"^[ \t]*{word}:", start, re.I | re.M) for word in ("title", "author|by"))
    name = _NAME.fullmatch(fields["from"])
    author = (name and (name["after"] or name["before"])) or fields["from"]
    lines = [] if has_title else [f"Title: {title}"]
    lines += [] if has_author else [f"Author: {author}"]
    lines += [f"{label}: {fields[field]}" for field, label in _KEPT.items() if field in fields]
    return "\n".join([*lines, "", _SIGNATURE.sub("\n\nA/N: ", body).lstrip("\n")])


def _message_head(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of a message header by name in lower case, and the text below the header."""
    fields: dict[str, str] = {}
    name, end = "", 0
    for line in text.splitlines(keepends=True)[:_HEAD_LINES]:
        field = _FIELD.fullmatch(line.rstrip())
        if field is not None:
            name = field[1].lower()
            fields.setdefault(name, field[2].strip())
        elif line.strip() and line[0] in " \t" and name:
            fields[name] += f" {line.strip()}"
        else:
            break
        end += len(line)
    return fields, text[end:]


# -- a channel of Discord ------------------------------------------------------------

_MESSAGE_HEAD = re.compile(rf"^(?:{'|'.join(SITES['discord']['author'])})[ \t]*$", re.I | re.M)
_EDITED = re.compile(
    r"[ \t]+\((?:edited|bearbeitet|modifié|editado|modificato|изменено|edytowano|diedit)\)[ \t]*$", re.M
)
_TIME_BESIDE = re.compile(r"^\[\d{1,2}:\d\d(?: ?[AP]M)?\][ \t]*$\n?", re.M)
"""The time of a later message by the same author."""
_REMARK_WORDS = 40  # maximum words of a remark about a story
_FIRST_HEAD_CHARS = 600  # characters at the start that are searched for the first inline author


_INLINE_HEAD = re.compile(
    r"^(?:\[(?:[\d./-]{6,10},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\] (?P<author>[^:\n\[\]]{1,32}):"
    r"|(?P<first>[^,\n]{1,32}), \[[\d./-]{6,10},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\]:?)[ \t]*",
    re.I | re.M,
)
"""Author and time beside a message in exports of Discord and Telegram; a chat within a story looks the same."""
_LEAST_STORY_WORDS = 60  # minimum words of the longest message, which is part of the story
_STORY_TO_REMARKS = 4  # minimum words of the story's author for each word of others


def _typed(message: str) -> str:
    """Return the typed text of a message, without times and edit marks."""
    return _TIME_BESIDE.sub("", _EDITED.sub("", message))


def _without_inline_voices(text: str) -> str:
    """Return only the messages of the author who wrote by far the most, if *text* has names beside messages."""
    heads = list(_INLINE_HEAD.finditer(text))
    if len(heads) < 2 or len(text[: heads[0].start()].split()) > _REMARK_WORDS:
        return text
    names = [(head["author"] or head["first"]).strip() for head in heads]
    texts = _below(heads, text)
    if (found := _longest_by_author(texts, names)) is None:
        return text
    longest, own = found
    own_words = sum(len(each.split()) for each in own)
    others = sum(len(each.split()) for each in texts) - own_words
    if len(texts[longest].split()) < _LEAST_STORY_WORDS or own_words < _STORY_TO_REMARKS * others:
        return text
    return "\n\n".join([f"Author: {names[longest]}", *map(_typed, own)])


def without_other_voices(text: str) -> str:
    """Return only the messages of the story's author, if *text* was copied from a Discord channel or another chat.

    Other people's messages are removed only if all are short remarks; a story by several people stays whole.
    """
    if "] " in text[:_FIRST_HEAD_CHARS] and (alone := _without_inline_voices(text)) != text:
        return alone
    heads = list(_MESSAGE_HEAD.finditer(text)) if " — " in text else []
    if len(heads) < 2 or len(text[: heads[0].start()].split()) > _REMARK_WORDS:
        return text
    names = [head["author"].strip() for head in heads]
    if (found := _longest_by_author(_below(heads, text), names)) is None:
        return text
    longest, own = found
    return "\n\n".join([heads[0][0].replace(names[0], names[longest], 1), *map(_typed, own)])


def _below(heads: Sequence[re.Match[str]], text: str) -> list[str]:
    """Return the text below each of *heads*, up to the next of them."""
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [text[head.end() : end] for head, end in zip(heads, ends, strict=True)]


def _longest_by_author(texts: Sequence[str], names: Sequence[str]) -> tuple[int, list[str]] | None:
    """Return the index of the text with the most words, and all texts by its author.

    *names* has the author of each text (for comments, the subject). None if a text with another name has more than
    `_REMARK_WORDS` words.
    """
    longest = max(range(len(texts)), key=lambda i: len(texts[i].split()))
    others = [words for words, who in zip(texts, names, strict=True) if who != names[longest]]
    if any(len(words.split()) > _REMARK_WORDS for words in others):
        return None
    return longest, [words.strip("\n") for words, who in zip(texts, names, strict=True) if who == names[longest]]


# -- comments below an entry of a journal ---------------------------------------------

_COMMENT = re.compile(
    r"^[ \t]*(?P<subject>\S[^\n]{0,120}?)[ \t]*\n+[ \t]*(?P<name>\(Anonymous\)|[\w-]{2,30})[ \t]*\n+"
    r"[ \t]*\d{4}-\d\d-\d\d \d\d:\d\d [ap]m \((?:UTC|local)\)[^\n]{0,20}$",
    re.I | re.M,
)
_BELOW_COMMENT = re.compile(r"^[ \t]*(?:\((?:Reply|Thread|Parent|Link)[^()\n]*\)[ \t]*)+$", re.I | re.M)


def without_other_comments(text: str) -> str:
    """Return the journal comments with the story's subject, joined; other comments are removed if all are remarks."""
    heads = list(_COMMENT.finditer(text)) if "(UTC)" in text or "(local)" in text else []
    if len(heads) < 2 or text[: heads[0].start()].strip():
        return text
    subjects = [_AFTER_TITLE.sub("", head["subject"]) for head in heads]
    texts = [_BELOW_COMMENT.sub("", each) for each in _below(heads, text)]
    if (found := _longest_by_author(texts, [subject.lower() for subject in subjects])) is None:
        return text
    longest, own = found
    name = heads[longest]["name"]
    byline = [] if name.startswith("(") else [f"Author: {name}"]
    return "\n\n".join([subjects[longest], *byline, *own])


# -- a thread of short messages -------------------------------------------------------

_COUNTED = re.compile(r"[ \t]*[(\[]?\b(?P<n>\d{1,3})/\d{1,3}[)\]]?[ \t]*$")
_COUNTED_BEFORE = re.compile(r"^[ \t]*[(\[]?(?P<n>\d{1,3})/\d{1,3}[)\].:]?(?=\s)")
_LEAST_COUNTED = 3  # minimum messages of a thread


def without_counts(text: str) -> str:
    """Return *text* without the counts of a thread, if its messages count from one: ``1/7``, ``2/7`` and so on."""
    if "1/" not in text[:_SEARCHED]:
        return text
    messages = re.split(r"(\n[ \t]*\n\s*)", text)
    for counted in (_COUNTED, _COUNTED_BEFORE):
        found = [(i, match) for i in range(0, len(messages), 2) if (match := counted.search(messages[i])) is not None]
        is_counted = [int(match["n"]) for _, match in found] == [*range(1, len(found) + 1)]
        is_beside_text = all(match[0].strip() != messages[i].strip() for i, match in found)
        if is_counted and is_beside_text and len(found) >= _LEAST_COUNTED:
            for i, match in found:
                messages[i] = messages[i][: match.start()] + messages[i][match.end() :].lstrip()
            return "".join(messages)
    return text


# -- a manuscript ----------------------------------------------------------------------

_MANUSCRIPT = re.compile(
    r"\A\s*(?P<name>[^\W\d_a-z][\w.'’-]*(?:[ ][^\W\d_][\w.'’-]*){1,3})(?:[ \t]{3,}(?P<beside>\S[^\n]{0,50}))?[ \t]*\n"
    r"(?P<below>(?:[ \t]*\S[^\n]{0,60}\n){1,7})\s*\n"
    r"[ \t]*(?P<title>[^\W_][^\n]{0,80})\n(?:\s*by[ \t]+[^\n]{1,60}\n)?[ \t]*\n(?=\s*\S)"
)
_WORD_COUNT = re.compile(r"(?i)\b(?:word count:? *|approx\w*\.? *|about *|ca\.? *)?(?P<words>\d[\d,.]*) *words\b")
_REACHED_AT = re.compile(r"\S+@\S+\.\w+|\+?\d[\d ()-]{7,}\d")
_TEACHER = re.compile(
    r"(?:Ms|Mrs?|Mx|Dr|Prof)\b\.? [^\W\d_]|Professor [^\W\d_]|(?:Herr|Frau|Mme|M\.|Sra?\.?|Prof\.ssa) [^\W\d_]"
)
_LAST_DATE = re.compile(r"\d{1,2} [^\W\d_]{3,9}\.? \d{4}|[^\W\d_]{3,9}\.? \d{1,2},? \d{4}")


def without_manuscript_head(text: str) -> str:
    """Return *text* with the header of a manuscript (title, author, contact, word count, date) as labelled lines."""
    head = _MANUSCRIPT.match(text[:_SEARCHED])
    if head is None:
        return text
    if head["name"].isupper() or (title := read_title(head["title"].strip(), below="byline")) is None:
        return text  # a letter, which has a salutation in this place
    below = [line.strip() for line in head["below"].splitlines()]
    counted = next((found for line in (head["beside"] or "", *below) if (found := _WORD_COUNT.search(line))), None)
    is_dated = _LAST_DATE.fullmatch(below[-1]) is not None
    is_reached = any(_REACHED_AT.fullmatch(line) for line in below)
    is_class = len(below) > 2 and any(_TEACHER.match(line) for line in below)
    if not (is_reached or (is_dated and len(below) > 1) or (counted and head["beside"]) or is_class):
        return text
    if any(re.search(r"[.!?…,;:][\"”’»]?$", line) and not is_reached for line in below):
        return text  # sentences, or verse
    lines = [f"Title: {title}", f"Author: {head['name']}"]
    lines += [f"Words: {counted['words']}"] if counted else []
    lines += [f"Date: {below.pop()}"] if is_dated else []
    kept = [line for line in below if not _WORD_COUNT.search(line)]
    lines += [f"{'Contact' if is_reached else 'Written for'}: {', '.join(kept)}"] if kept else []
    return "\n".join([*lines, "", text[head.end() :]])
