"""Stories that were posted to a newsgroup or a mailing list: the head of the message becomes labels."""

from __future__ import annotations

import re

HEAD_LINES = 60
"""No message has a longer head."""

_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)*):[ \t]*(.*)")
_ONLY_IN_MESSAGES = frozenset({"newsgroups", "message-id", "path", "received", "xref", "return-path"})
"""A message in a story, as characters send them, has none of these."""

_KEPT = {"newsgroups": "Posted", "date": "Published"}
_BEFORE_TITLE = re.compile(
    r"(?:(?:re|fwd?|new|fic|ff|story|repost|revised|submission)[ \t]*:[ \t]*|\[[^\]\n]{1,30}\][ \t]*)", re.I
)
_AFTER_TITLE = re.compile(r"[ \t]*(?:\(\d+[ \t]*(?:/|of)[ \t]*[\d?]+\)|\[[^\]\n]{1,40}\]|\d+/[\d?]+)$")
_NAME = re.compile(r"[^<(\n]*\((?P<after>[^)\n]+)\)|\"?(?P<before>[^<\"\n]*?)\"?[ \t]*<[^>\n]*>")
_SIGNATURE = re.compile(r"\n-- ?\n(?=(?:[^\n]*\n){0,8}[^\n]*\s*\Z)")


def without_head(text: str) -> str:
    """*text* with the head of a message as labelled lines; what only led it to its readers is left out."""
    fields, body = _head(text)
    if "from" not in fields or "subject" not in fields or not fields.keys() & _ONLY_IN_MESSAGES:
        return text
    title = fields["subject"]
    while (match := _BEFORE_TITLE.match(title)) is not None and match.end() < len(title):
        title = title[match.end() :]
    while (match := _AFTER_TITLE.search(title)) is not None and match.start() > 0:
        title = title[: match.start()]
    start = body[:3000]
    says_title, says_author = (re.search(rf"^[ \t]*{word}:", start, re.I | re.M) for word in ("title", "author|by"))
    name = _NAME.fullmatch(fields["from"])
    author = (name and (name["after"] or name["before"])) or fields["from"]
    lines = [] if says_title else [f"Title: {title}"]
    lines += [] if says_author else [f"Author: {author}"]
    lines += [f"{label}: {fields[field]}" for field, label in _KEPT.items() if field in fields]
    return "\n".join([*lines, "", _SIGNATURE.sub("\n\nA/N: ", body).lstrip("\n")])


def _head(text: str) -> tuple[dict[str, str], str]:
    """The fields of a message's head, and what stands below it."""
    fields: dict[str, str] = {}
    name, end = "", 0
    for line in text.splitlines(keepends=True)[:HEAD_LINES]:
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
