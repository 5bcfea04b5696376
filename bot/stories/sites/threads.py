"""Pages of Reddit and channels of Discord: keep what the author of the story wrote, and leave out what others said.

Above each post is who posted it, and when, on one line or on several. So the page is searched across lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from bot.stories.sections.labels import read_label
from bot.stories.sections.names import read_names
from bot.stories.sites.page import Item, Line, note

_SEARCHED = 100  # first lines that are searched for a sign of the site
_HEAD_LINES = 16  # first lines of a post that are searched for a label with its title
_LEAST_WORDS = 60  # minimum words of the post with the story
_LEAST_SHARE = 1 / 3  # minimum share of the page's words in that post
_MODERATOR_BOT = "automoderator"

_SIGN = re.compile(
    r"\n(?:(?<=\A\n)(?:[^\n]{0,40}\n+){0,3}r/\w+|submitted [^\n]{3,40}? by [\w-]{3,24}"
    r"|[^\n]{2,32} — (?:today|yesterday|[\d/.-]{8,10}) (?:at )?\d?\d[:.]\d\d(?: [ap]m)?(?=\n))",
    re.I,
)
_AGO = r"[·•]? *\d+ ?(?:yrs?|mo|min|hr|years?|months?|weeks?|days?|hours?|minutes?|[smhdwy])\.? ago(?: *[·•].{0,30})?"
_HEADS = tuple(
    re.compile(head.replace("%ago%", _AGO), re.M | re.I)
    for head in (
        r"^r/\w+\n+(?:[•·]\n+)?%ago%\n+(?P<author>[\w-]{3,24})\n+(?P<subject>\S[^\n]{0,300})"
        r"(?:\n\n(?-i:[A-Z])[^\n.!?,\"“]{2,30}(?=\n\n))?",
        r"^(?P<subject>\S[^\n]{0,300}?) ?\((?:self\.\w+|[\w.-]+\.\w{2,4})\)\n+"
        r"submitted [^\n]{3,40}? by (?P<author>[\w-]{3,24})[^\n]*$",
        r"^(?:level \d+\n+)?(?:u/)?(?P<author>[\w-]{3,24})\n+"
        r"(?:(?:OP|MOD|Original Poster|avatar|\[\w+\]|Top \d+% \w+)\n+)*(?:[•·]\n+)?%ago%$",
        r"^u/(?P<author>[\w-]{3,24})\n+(?:[•·]\s*)?\d{1,3} ?(?:mo|min|hr|yr|[hdmwy])\.?$",
        r"^(?:u/)?(?P<author>[\w-]{3,24})(?: +(?:OP|MOD))?(?: *[·•]|(?<=OP|OD)|(?= +\d)) *%ago%$",
        r"^\[[–+-]\](?P<author>[\w-]+)[^\n]*$",
        r"^(?P<author>[^\n]{2,32}) — (?:today|yesterday|[\d/.-]{8,10}) (?:at )?\d?\d[:.]\d\d(?: [ap]m)?$",
    )
)
"""What is above a post, in the layouts of the site."""

_PART = re.compile(r"\s*[(\[]?\d+\s*(?:/|of)\s*[\d?]+[)\]]?$")
_PROMPT = re.compile(r"\[\w{2,14}(?: \w+)?\] ?\S.*")
_ASKED = re.compile(r"\[WP\]", re.I)
_BUTTONS = re.compile(
    r"[\s\d.,k]*|(?:(?:up|down)?votes?|reply|share|award|report|save|follow|give award|\d[\d.,]*k?(?: points?)?|op"
    r"|mod|new messages?|[•·]|permalink(?: \w+)*|continue this thread|\d+ more repl(?:y|ies)|view (?:all|entire).{0,30}"
    r"|(?:all )?\d+ comments|sorted by:.*)+",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Post:
    author: str
    subject: str
    items: list[Line]

    @property
    def words(self) -> int:
        return sum(line.words for line in self.items)


def without_others(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* without what others than the author of the story said; labels say title and author.

    The list is empty for other pages, or if no post is clearly the story.
    """
    if not _SIGN.search(f"\n{_text(lines[:_SEARCHED])}"):
        return []
    posts = _posts(lines)
    story = max(posts, key=lambda post: post.words, default=None)
    if story is None or story.words < max(_LEAST_WORDS, _LEAST_SHARE * sum(line.words for line in lines)):
        return []
    own = [post for post in posts if post.author.lower() == story.author.lower()]
    before, after = own[: own.index(story)], own[own.index(story) + 1 :]
    prompt = next((line for line in lines[:_SEARCHED] if _PROMPT.fullmatch(line.text)), None)
    is_said = prompt is None or prompt in story.items or prompt.text == story.subject
    return [
        *([] if prompt is None or is_said else [prompt]),
        *_title(story, posts[0]),
        f"Author: {story.author}",
        *(line for post in before for line in post.items),
        *story.items,
        *(note("\n".join(line.text for line in post.items)) for post in after if post.items),
    ]


def _posts(lines: Sequence[Line]) -> list[_Post]:
    """Return the posts of people."""
    text = _text(lines)
    heads = sorted((match for head in _HEADS for match in head.finditer(text)), key=lambda head: head.start())
    between = (len(above.text) + 1 + line.is_apart for above, line in pairwise(lines))
    starts = [*accumulate(between, initial=0), len(text)]
    bounds = [bisect_left(starts, head.start()) for head in heads]
    return [
        _Post(
            head["author"],
            head.groupdict().get("subject") or "",
            _trimmed(lines[bisect_left(starts, head.end()) : end]),
        )
        for head, end in zip(heads, [*bounds[1:], len(lines)], strict=False)
        if head["author"].lower() != _MODERATOR_BOT
    ]


def _text(lines: Sequence[Line]) -> str:
    """Return *lines* as text, with a blank line above each that is apart."""
    return "".join(f"\n\n{line.text}" if line.is_apart else f"\n{line.text}" for line in lines).lstrip("\n")


def _title(story: _Post, first: _Post) -> list[Item]:
    """Return the title of the post with the story as a label: its subject, or that of the *first* post."""
    subject = story.subject or (first.subject if first.author == story.author else "")
    is_titled = any((label := read_label(line.text)) and label.kind == "title" for line in story.items[:_HEAD_LINES])
    if not subject or is_titled or _ASKED.match(subject):
        return []
    subject = _PART.sub("", subject)
    return [f"Title: {read_names(subject, 'signed title').title or subject}"]


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    """Return the *lines* of a post without the buttons around them."""
    kept = [at for at, line in enumerate(lines) if not _BUTTONS.fullmatch(line.text)]
    lines = lines[kept[0] : kept[-1] + 1] if kept else []
    return [replace(line, is_apart=True) if at == 0 else line for at, line in enumerate(lines)]
