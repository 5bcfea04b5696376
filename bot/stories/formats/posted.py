"""Text as it was posted elsewhere: the head of a message, or of a copied page, becomes labelled lines.

Messages come from newsgroups, mailing lists and Discord, pages from Archive of Our Own and FanFiction.net. Only what
stands above the story is read here, and who says what in a channel; a text without such a head stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.formats.pages.archive_of_our_own import SEE_NOTES
from bot.stories.formats.pages.fanfiction_net import details_of
from bot.stories.formats.site_lines import SITES
from bot.stories.sections.titles import read_title

# -- messages -----------------------------------------------------------------------

_HEAD_LINES = 60  # no message has a longer head
_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)*):[ \t]*(.*)")
_ONLY_IN_MESSAGES = frozenset({"newsgroups", "message-id", "path", "received", "xref", "return-path"})
"""A message in a story, as characters send them, has none of these."""

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
"""The title of a story and its author, set in below what the poster says first; it goes before the subject."""

_SIGNATURE = re.compile(r"\n-- ?\n(?=(?:[^\n]*\n){0,8}[^\n]*\s*\Z)")


def without_message_head(text: str) -> str:
    """Return *text* with the title, the author and the date of a message's head as labelled lines."""
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
    says_title, says_author = (re.search(rf"^[ \t]*{word}:", start, re.I | re.M) for word in ("title", "author|by"))
    name = _NAME.fullmatch(fields["from"])
    author = (name and (name["after"] or name["before"])) or fields["from"]
    lines = [] if says_title else [f"Title: {title}"]
    lines += [] if says_author else [f"Author: {author}"]
    lines += [f"{label}: {fields[field]}" for field, label in _KEPT.items() if field in fields]
    return "\n".join([*lines, "", _SIGNATURE.sub("\n\nA/N: ", body).lstrip("\n")])


def _message_head(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of a message's head by their names, and what stands below it."""
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

_SAID_AT = re.compile(rf"^(?:{'|'.join(SITES['discord']['author'])})[ \t]*$", re.I | re.M)
_EDITED = re.compile(
    r"[ \t]+\((?:edited|bearbeitet|modifié|editado|modificato|изменено|edytowano|diedit)\)[ \t]*$", re.M
)
_TIME_BESIDE = re.compile(r"^\[\d{1,2}:\d\d(?: ?[AP]M)?\][ \t]*$\n?", re.M)
"""When a later message of the same author was sent."""
_REMARK_WORDS = 40  # words of what others say about a story at most
_REMARK_CHARS = 600  # characters in which it ends


_SAID_BESIDE = re.compile(
    r"^(?:\[(?:[\d./-]{6,10},? )?\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\] (?P<author>[^:\n\[\]]{1,32}):"
    r"|(?P<first>[^,\n]{1,32}), \[[\d./-]{6,10},? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?\]:?)[ \t]*",
    re.I | re.M,
)
"""Who writes a message, in what Discord's programs and Telegram export: a chat in a story looks the same."""
_LEAST_TOLD = 60  # words of the longest of such messages at least
_TOLD_TO_REMARKS = 4  # words of its author for each that others write, at least


def _typed(message: str) -> str:
    """Return what was typed, without what the program shows beside it."""
    return _TIME_BESIDE.sub("", _EDITED.sub("", message))


def _without_voices_beside(text: str) -> str:
    """Return *text* without what others write, where names stand beside the messages, and one tells far more."""
    heads = list(_SAID_BESIDE.finditer(text))
    if len(heads) < 2 or len(text[: heads[0].start()].split()) > _REMARK_WORDS:
        return text
    names = [(head["author"] or head["first"]).strip() for head in heads]
    said = _below(heads, text)
    if (found := _of_longest(said, names)) is None:
        return text
    longest, own = found
    told = sum(len(each.split()) for each in own)
    others = sum(len(each.split()) for each in said) - told
    if len(said[longest].split()) < _LEAST_TOLD or told < _TOLD_TO_REMARKS * others:
        return text
    return "\n\n".join([f"Author: {names[longest]}", *map(_typed, own)])


def without_other_voices(text: str) -> str:
    """Return the messages of the story's author alone, where *text* is a piece of a channel copied from Discord.

    What others said is left out where they only remarked; of those who write a story together every word stays.
    """
    if "] " in text[:_REMARK_CHARS] and (alone := _without_voices_beside(text)) != text:
        return alone
    heads = list(_SAID_AT.finditer(text)) if " — " in text else []
    if len(heads) < 2 or len(text[: heads[0].start()].split()) > _REMARK_WORDS:
        return text
    names = [head["author"].strip() for head in heads]
    if (found := _of_longest(_below(heads, text), names)) is None:
        return text
    longest, own = found
    return "\n\n".join([heads[0][0].replace(names[0], names[longest], 1), *map(_typed, own)])


def _below(heads: Sequence[re.Match[str]], text: str) -> list[str]:
    """Return what stands in *text* below each of the *heads*."""
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [text[head.end() : end] for head, end in zip(heads, ends, strict=True)]


def _of_longest(said: Sequence[str], whose: Sequence[str]) -> tuple[int, list[str]] | None:
    """Return which of the texts that are *said* is the longest, and all of whoever it is of.

    None where one of another's is more than a remark.
    """
    longest = max(range(len(said)), key=lambda i: len(said[i].split()))
    others = [words for words, who in zip(said, whose, strict=True) if who != whose[longest]]
    if any(len(words.split()) > _REMARK_WORDS for words in others):
        return None
    return longest, [words.strip("\n") for words, who in zip(said, whose, strict=True) if who == whose[longest]]


# -- comments below an entry of a journal ---------------------------------------------

_COMMENT = re.compile(
    r"^[ \t]*(?P<subject>\S[^\n]{0,120}?)[ \t]*\n+[ \t]*(?P<name>\(Anonymous\)|[\w-]{2,30})[ \t]*\n+"
    r"[ \t]*\d{4}-\d\d-\d\d \d\d:\d\d [ap]m \((?:UTC|local)\)[^\n]{0,20}$",
    re.I | re.M,
)
_BELOW_COMMENT = re.compile(r"^[ \t]*(?:\((?:Reply|Thread|Parent|Link)[^()\n]*\)[ \t]*)+$", re.I | re.M)


def without_other_comments(text: str) -> str:
    """Return the comments of a thread that hold the story, the parts of it together; others' remarks are left out."""
    heads = list(_COMMENT.finditer(text)) if "(UTC)" in text or "(local)" in text else []
    if len(heads) < 2 or text[: heads[0].start()].strip():
        return text
    subjects = [_AFTER_TITLE.sub("", head["subject"]) for head in heads]
    said = [_BELOW_COMMENT.sub("", each) for each in _below(heads, text)]
    if (found := _of_longest(said, [subject.lower() for subject in subjects])) is None:
        return text
    longest, own = found
    name = heads[longest]["name"]
    byline = [] if name.startswith("(") else [f"Author: {name}"]
    return "\n\n".join([subjects[longest], *byline, *own])


# -- a thread of short messages -------------------------------------------------------

_COUNTED = re.compile(r"[ \t]*[(\[]?\b(?P<n>\d{1,3})/\d{1,3}[)\]]?[ \t]*$")
_COUNTED_BEFORE = re.compile(r"^[ \t]*[(\[]?(?P<n>\d{1,3})/\d{1,3}[)\].:]?(?=\s)")
_LEAST_COUNTED = 3  # messages of a thread at least


def without_counts(text: str) -> str:
    """Return *text* without the counts of a thread, where its messages count from one: ``1/7``, ``2/7`` and so on."""
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
    """Return *text* with a manuscript's head as labelled lines: who wrote it, how to reach them, or for whom."""
    head = _MANUSCRIPT.match(text[:_SEARCHED])
    if head is None:
        return text
    if head["name"].isupper() or (title := read_title(head["title"].strip(), below="byline")) is None:
        return text  # a letter has a salutation there
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


# -- copied pages --------------------------------------------------------------------

_SEARCHED = 6000  # characters in which the head of a copied page ends
_WORK_TEXT = re.compile(r"^[ \t]*(?:Work|Chapter) Text:?[ \t]*$", re.M)
_CHAPTER_TEXT = re.compile(r"\n[ \t]*Chapter Text:?[ \t]*(?=\n)")
_TITLE_ABOVE = re.compile(
    r"\A\s*(?P<title>\S[^\n:]{0,254})\n[ \t]*(?P<author>\S[^\s:]{0,60})[ \t]*\n\s*(?=Chapter \d+\b|Summary:|Notes:)"
)
_OF_STATS = r"(?:Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits):"
_STATS = re.compile(
    rf"^Stats:[ \t]*\n?(?P<stats>(?:[ \t]*{_OF_STATS}[^\n]*\n(?:[ \t]*\d[\d,./?-]{{0,20}}[ \t]*\n)?)+)", re.M
)
_STAT = re.compile(rf"\s*({_OF_STATS})\s*")
_OF_READERS = frozenset({"Comments:", "Kudos:", "Bookmarks:", "Hits:"})
_OF_ARCHIVE = (
    r"(?P<label>Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|"
    r"Language|Series|Collections?)"
)
_ARCHIVE_FIELD = re.compile(rf"^{_OF_ARCHIVE}:[ \t]*\n(?P<value>(?:[ \t]*\S[^\n:]*\n)+)", re.M)
_ARCHIVE_LINE = re.compile(rf"^{_OF_ARCHIVE}: +\S.*$", re.M)
_TITLE = re.compile(
    r"\n[ \t]*\n[ \t]*(?P<title>\S[^\n:]{0,254})\n(?:[ \t]*\n)?[ \t]*(?P<author>[^\s:][^\n:]{0,120}?)[ \t]*\n"
    r"(?=\s*(?:(?:Summary|Notes|A/N):|\Z))"
)
_DOWNLOAD = re.compile(
    r"(?P<title>[^\n]*)\s+Posted originally on the Archive of Our Own at \S+\n(?P<fields>.*?)\n"
    r"[ \t]*(?P=title)[ \t]*\n\s*by (?P<author>[^\n]+)\n",
    re.S,
)
_OF_DOWNLOAD = re.compile(
    r"^[ \t]*(?:Preface|Afterword|(?:(?:Chapter )?Notes\s+)?See the end of the (?:work|chapter) for notes|"
    r"See the end of the (?:work|chapter) for more notes|"
    r"Please drop by the Archive and comment to let the \w+ know if you enjoyed their work!)[ \t]*$",
    re.M,
)
_NOTES = re.compile(r"^Notes$", re.M)
_RATED = re.compile(
    r"^(?:Fiction )?Rated: (?:Fiction )?(?:K\+?|T|M|MA)\b[^\n]*?\b(?:Words|Chapters|Published|id): [^\n]*$", re.M
)
_ABOVE_RATED = re.compile(
    r"\s*(?P<title>\S[^\n]{0,150}?)[ \t]*(?:[ \t]{2,}[^\n]*|\t[^\n]*)?"
    r"(?:\n\s*(?:By|Author):?[ \t]+(?P<below>\S[^\n]{0,60}?)|[ \t]by:?[ \t]+(?P<beside>\S+))"
    r"[ \t]*(?:\+?[ \t]*Follow/Fav\w*)?[ \t]*\n\s*(?P<summary>\S[^\n]{0,500}\n)?\s*"
)


_FOLLOWED = re.compile(r"(?:.*\n)*?[ \t]*Follow/Fav\w*[ \t]+(?=\S[^\n]*\n\s*By:)")


def _above_rated(head: str) -> re.Match[str] | None:
    """Return title, author and summary above the details of a story; the ways of the site above them are left out."""
    return _ABOVE_RATED.fullmatch(_FOLLOWED.sub("", head, count=1))


def without_page_head(text: str) -> str:
    """Return *text* with the head of a copied page as labelled lines."""
    head = text[:_SEARCHED]
    if (download := _DOWNLOAD.match(_OF_DOWNLOAD.sub("", head).lstrip())) is not None:  # converted to text
        rest = _OF_DOWNLOAD.sub("", text).lstrip()[download.end() :]
        lines = f"Title: {download['title'].strip()}\nAuthor: {download['author'].strip()}"
        return f"{lines}\n{_archive_fields(download['fields'])}{_NOTES.sub('A/N:', rest, count=1)}"
    if (work := _WORK_TEXT.search(head)) is not None and (
        _ARCHIVE_FIELD.search(head, 0, work.start()) or _ARCHIVE_LINE.search(head, 0, work.start())
    ):
        return _archive_fields(head[: work.start()]) + _WORK_TEXT.sub("", SEE_NOTES.sub("", text[work.start() :]))
    if work is not None and (_CHAPTER_TEXT.search(head) or _TITLE_ABOVE.match(head)):  # a work without its head
        text = _WORK_TEXT.sub("", SEE_NOTES.sub("", text))
        return _TITLE_ABOVE.sub(lambda above: f"Title: {above['title']}\nAuthor: {above['author']}\n\n", text, count=1)
    rated = _RATED.search(head)
    above = _above_rated(head[: rated.start()]) if rated else None
    if rated is None:
        return text
    if above is None:  # labels may stand there, too
        return text[: rated.start()] + _rated_fields(rated[0]) + text[rated.end() :]
    lines = [f"Title: {above['title']}", f"Author: {above['below'] or above['beside']}"]
    lines += [f"Summary: {above['summary'].strip()}"] if above["summary"] else []
    return "\n".join([*lines, _rated_fields(rated[0])]) + text[rated.end() :]


def _archive_fields(head: str) -> str:
    """Return the head of a work with each field on one line, and its title and author under labels."""
    head = _STATS.sub(lambda match: _stats(match["stats"]), head)
    head = _TITLE.sub(lambda match: f"\n\nTitle: {match['title'].strip()}\n{_authors(match['author'])}\n\n", head)
    head = _ARCHIVE_FIELD.sub(
        lambda match: f"{match['label']}: {' '.join(match['value'].split())}\n", SEE_NOTES.sub("", head)
    )
    return f"{head.rstrip()}\n\n"


def _authors(line: str) -> str:
    """Return a label for who wrote a work, and one for whom it is a gift."""
    author, _, recipient = line.partition(" for ")
    return f"Author: {author}\nRecipient: {recipient}" if recipient else f"Author: {author}"


def _stats(text: str) -> str:
    """Return a line for each number that is the author's, and a blank line below them."""
    _, *found = _STAT.split(text)
    lines = [f"{label} {value.strip()}\n" for label, value in zip(found[::2], found[1::2], strict=True)]
    return "".join([line for line in lines if line.split(" ", 1)[0] not in _OF_READERS]) + "\n"


def _rated_fields(rated: str) -> str:
    """Return ``Rated: Fiction T - English - Chapters: 3`` as a line for each field."""
    return "\n".join(f"{label.capitalize()}: {value}" for label, value in details_of(rated))
