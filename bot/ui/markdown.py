"""Text in, the same text shown: escapes for Discord's markdown.

Discord reads a backslash before any ASCII punctuation as that character
(https://support.discord.com/hc/en-us/articles/210298617). So everything that could begin a format is escaped,
also where it would not be one: an escape too many is not seen, one too few is. A colon is escaped before
anything but white space, which keeps ``:shortcodes:`` and the addresses in a story from being read as such; inside
a link Discord would show the backslashes of an address with underscores.
"""

from __future__ import annotations

import re

from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK

SCENE_ORNAMENT = "✦"

_ANYWHERE = r"[\\*_~`|<>\[\]()@#]|:(?=\S)"
_LINE_START = r"^[ \t\u00a0\u2000-\u200b\u3000]*(?:[-+]|\d+(?=\.))"
_SPECIAL = re.compile(rf"(?P<start>{_LINE_START})|(?P<any>{_ANYWHERE})", re.M)


def escape(text: str) -> str:
    """*text* so that Discord shows it as it is; at most twice as long."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    start = match["start"]
    if start is None:
        return "\\" + match["any"]
    return f"{start}\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"


def page_text(text: str) -> str:
    """A page of a chapter as it is sent: a scene break is one quiet ornament, white space at the cuts is gone."""
    scenes = [escape(scene) for scene in text.split(SCENE_BREAK)]
    return f"{PARAGRAPH_BREAK}{SCENE_ORNAMENT}{PARAGRAPH_BREAK}".join(scenes).strip()
