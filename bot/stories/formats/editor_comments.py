"""Comments of an editor in a text that Google Docs exported: letters in the text, and what they say at its end."""

from __future__ import annotations

import re
from itertools import product
from string import ascii_lowercase

_COMMENT = re.compile(r"^\[(?P<letter>[a-z]{1,2})\](?=\S)", re.M)
_LETTERS = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]


def without_editor_comments(text: str) -> str:
    """Return *text* without the comments at its end, ``[a]A comma?``, and their signs in the story, ``word[a]``.

    They are told by their order, and by a sign for each of them; all else in square brackets stays.
    """
    comments = list(_COMMENT.finditer(text)) if "[a]" in text else []
    letters = [comment["letter"] for comment in comments]
    if not comments or letters != _LETTERS[: len(letters)]:
        return text
    story = text[: comments[0].start()]
    signs = re.compile(rf"(?<=\S)\[({'|'.join(letters)})\]")
    return signs.sub("", story) if signs.findall(story) == letters else text
