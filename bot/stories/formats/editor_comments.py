"""Remove an editor's comments from text exported by Google Docs: marks in the text, and comments at its end."""

from __future__ import annotations

import re
from itertools import product
from string import ascii_lowercase

_COMMENT = re.compile(r"^\[(?P<letter>[a-z]{1,2})\](?=\S)", re.M)
_LETTERS = [*ascii_lowercase, *map("".join, product(ascii_lowercase, repeat=2))]


def without_editor_comments(text: str) -> str:
    """Return *text* without the comments at its end, ``[a]A comma?``, and their marks in the story, ``word[a]``.

    Comments are recognised by the alphabetical order of their letters and by one mark for each; other brackets stay.
    """
    comments = list(_COMMENT.finditer(text)) if "[a]" in text else []
    letters = [comment["letter"] for comment in comments]
    if not comments or letters != _LETTERS[: len(letters)]:
        return text
    story = text[: comments[0].start()]
    signs = re.compile(rf"(?<=\S)\[({'|'.join(letters)})\]")
    return signs.sub("", story) if signs.findall(story) == letters else text
