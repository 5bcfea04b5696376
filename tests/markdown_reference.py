"""How Discord reads markdown, written once from its documentation and apart from how the bot escapes.

https://support.discord.com/hc/en-us/articles/210298617 and https://docs.discord.com/developers/reference#message-formatting.
The client's rules are a dialect of SimpleMarkdown (https://github.com/ariabuckles/simple-markdown): they are tried in
order at each position; the first that matches takes its whole match. Where the documentation leaves room, this
reading sees a construct rather than none, so that a text which comes back whole does so in every client.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = "\N{REPLACEMENT CHARACTER}"
"""Stands round the name of a construct that was active, where its text would be."""

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_ADDRESS = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]")
"""Shown as it stands, backslashes and all: in an address nothing is unescaped."""

_SHRUG = re.compile(r"¯\\_\(ツ\)_/¯")
"""Typed so often that the client has a rule for it: shown as it stands."""

_AT_LINE_START: dict[str, re.Pattern[str]] = {
    "quote of the rest": re.compile(r"[ \t]*>>>[ \t][\s\S]*"),
    "quote": re.compile(r"[ \t]*>[ \t][^\n]*"),
    "heading": re.compile(r"[ \t]*#{1,3}[ \t]+[^\n]+"),
    "subtext": re.compile(r"[ \t]*-#[ \t]+[^\n]+"),
    "list": re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+[^\n]+"),
}

_ANYWHERE: dict[str, re.Pattern[str]] = {
    "code block": re.compile(r"```[\s\S]*?```"),
    "code": re.compile(r"(`+)[\s\S]*?[^`]\1(?!`)"),
    "masked link": re.compile(r"\[(?:\\.|[^\]\\\n])+\]\(\s*<?[^\s()]+>?(?:\s+[\"'][^\n]*[\"'])?\s*\)"),
    "user": re.compile(r"<@!?\d+>"),
    "role": re.compile(r"<@&\d+>"),
    "channel": re.compile(r"<#\d+>"),
    "command": re.compile(r"</[^\n:]+:\d+>"),
    "guild page": re.compile(r"<id:[a-z-]+(?::\d+)?>"),
    "timestamp": re.compile(r"<t:-?\d{1,17}(?::[tTdDfFsSR])?>"),
    "custom emoji": re.compile(r"<a?:\w+:\d+>"),
    "quiet address": re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:/[^ >\n]+>"),
    "mail address or telephone": re.compile(r"<(?:mailto:|tel:|\+\d|sms:)?[^\s<>@]*(?:@[^\s<>@]+\.[^\s<>@]+|\d{5,})>"),
    "everyone": re.compile(r"@(?:everyone|here)\b"),
    "shortcode": re.compile(r":[A-Za-z0-9_+~-]+(?:::skin-tone-\d)?:"),
    "bold": re.compile(r"\*\*(?:\\[\s\S]|[^\\])+?\*\*(?!\*)"),
    "underline": re.compile(r"__(?:\\[\s\S]|[^\\])+?__(?!_)"),
    "italic": re.compile(r"_(?:__|\\[\s\S]|[^\\_])+?_(?!\w)|\*(?=\S)(?:\*\*|\\[\s\S]|[^*\\])+?\*(?!\*)"),
    "struck": re.compile(r"~~(?:\\[\s\S]|[^\\])+?~~"),
    "spoiler": re.compile(r"\|\|[\s\S]+?\|\|"),
}


_OPENERS = frozenset("¯\\h`[<@:*_~|")
"""The characters that a construct can begin with, other than at a line's start."""


def reading(source: str) -> str:
    """The text that Discord shows for *source*, each active construct replaced by its name between marks."""
    return "".join(_read(source))


def _read(source: str) -> Iterator[str]:
    position = 0
    while position < len(source):
        name, match = _rule(source, position)
        if match is None:
            yield source[position]
            position += 1
            continue
        yield f"{MARK}{name}{MARK}" if name else match[match.lastindex or 0]
        position = match.end()


def _rule(source: str, position: int) -> tuple[str, re.Match[str] | None]:
    """The first rule that matches at *position*, and its name; no name where the text shows as plain text."""
    if position == 0 or source[position - 1] == "\n":
        for name, pattern in _AT_LINE_START.items():
            if match := pattern.match(source, position):
                return name, match
    if source[position] not in _OPENERS:
        return "", None
    for plain in (_SHRUG, _ESCAPE, _ADDRESS):
        if match := plain.match(source, position):
            return "", match
    for name, pattern in _ANYWHERE.items():
        if match := pattern.match(source, position):
            return name, match
    return "", None
