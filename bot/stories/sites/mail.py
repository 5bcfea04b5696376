"""The header of a message from a newsgroup or a mailing list: it names title, author and day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.sections.labels import read_label
from bot.stories.sites.page import Item, Line, note

_HEAD_LINES = 60  # maximum lines of a header
_TEXT_LINES = 40  # first lines of a message that are searched for labels
_SIGNATURE_LINES = 10  # maximum lines of a signature, with the dashes above
_FIELD = re.compile(r"([A-Z][A-Za-z]*(?:-[A-Za-z]+)*):\s*(.*)")
_ONLY_IN_MESSAGES = frozenset({"newsgroups", "message-id", "path", "received", "xref", "return-path"})
"""Header fields of real messages; messages that characters of a story send do not have them."""

_KEPT = {"newsgroups": "Posted", "date": "Published"}
_BEFORE_TITLE = re.compile(
    r"(?:(?:re|fwd?|new|fic|ff|story|repost|revised|submission)\s*:\s*|\[[^\]]{1,30}\]\s*)+(?=.)", re.I
)
_AFTER_TITLE = re.compile(r"(?<=.)(?:\s*(?:\(\d+\s*(?:/|of)\s*[\d?]+\)|\[[^\]]{1,40}\])|\s+\d+/[\d?]+)+$")
_NAME = re.compile(r"[^<(]*\((?P<after>[^)]+)\)|\"?(?P<before>[^<\"]*?)\"?\s*<[^>]*>")


def read_message(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with the header of a message as labels; the list is empty without such a header."""
    fields: dict[str, str] = {}
    name = ""
    end = 0
    for end, line in enumerate(lines[:_HEAD_LINES]):
        field = _FIELD.fullmatch(line.text)
        if (line.is_apart and end) or (field is None and not name):
            break
        if field is not None:
            name = field[1].lower()
            fields.setdefault(name, field[2])
        else:
            fields[name] += f" {line.text}"
    if "from" not in fields or "subject" not in fields or not fields.keys() & _ONLY_IN_MESSAGES:
        return []
    below = lines[end:]
    named = {label.kind for line in below[:_TEXT_LINES] if (label := read_label(line.text)) is not None}
    sender = _NAME.fullmatch(fields["from"])
    title = _AFTER_TITLE.sub("", _BEFORE_TITLE.sub("", fields["subject"], count=1))
    author = (sender and (sender["after"] or sender["before"])) or fields["from"]
    labels = [f"Title: {title}"] if "title" not in named else []
    labels += [f"Author: {author}"] if "author" not in named else []
    labels += [f"{label}: {fields[field]}" for field, label in _KEPT.items() if field in fields]
    return [*labels, *_signed(below)]


def _signed(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with the signature below two dashes as a note."""
    start = max(0, len(lines) - _SIGNATURE_LINES)
    at = next((at for at in range(start, len(lines)) if lines[at].text == "--"), len(lines))
    signature = [line.text for line in lines[at + 1 :]]
    return [*lines[:at], *([note("\n".join(signature))] if signature else [])]
