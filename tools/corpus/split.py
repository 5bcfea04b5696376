"""``python -m tools.corpus.split FILE …``: put posts into their parts, for ever; a file has the name of its language.

The hash of its text decides a post's part: three of five learn, one tunes, one tests. Posts that share an author, a
batch or a passage are one group and go into one part, decided by the least hash: the same tale in two parts would
measure memory. A post that belongs to a group of the corpus joins it.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.corpus import CORPUS, SEEN, Part, Post, posts, posts_in

PASSAGE_WORDS = 7
PASSAGE_SIGNS = 14
"""How long a shared passage is, in words, or in characters of a language without spaces between words."""

SHARED_PASSAGES = 8
"""How many passages two posts share at least, if they are told from one another."""

COMMON = 40
"""A passage of more posts than this is the frame of a site and says nothing."""

_BATCH = re.compile(r"(n[0-9a-z])-[a-z]{2}-|(bb)-|([a-z]{1,3}\d+)(?=-|$)")
_NOBODY = {"anonymous", "anon", "anonyme", "anónimo"}


class Groups:
    """Posts by their place in a sequence, in groups that grow together."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, post: int) -> int:
        """Return the number of a post's group."""
        while self._above[post] != post:
            post = self._above[post] = self._above[self._above[post]]
        return post

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        self._above[self.of(one)] = self.of(other)


def grouped(found: Sequence[Post]) -> list[list[int]]:
    """Return the groups of posts, each as the places of its posts in *found*."""
    groups = Groups(len(found))
    first: dict[str, int] = {}
    for i, post in enumerate(found):
        for key in _keys(post):
            groups.join(i, first.setdefault(key, i))
    for one, other in _twins(found):
        groups.join(one, other)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(len(found)):
        members[groups.of(i)].append(i)
    return list(members.values())


def _keys(post: Post) -> Iterator[str]:
    """Yield what a post shares with all of its group: its author, and the batch that its name begins with."""
    author = post.expected.get("author", "").lower().strip("@")
    if author and author not in _NOBODY:
        yield f"author {author}"
    language, _, name = post.name.partition("/")
    if batch := _BATCH.match(name):
        across = batch[1] or batch[2]
        yield f"batch {across or language + batch[3]}"


def _twins(found: Sequence[Post]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of posts that share passages."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for i, post in enumerate(found):
        for passage in _passages(post.text):
            holders[passage].add(i)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for passage in holders.values():
        if 1 < len(passage) <= COMMON:
            members = sorted(passage)
            for n, one in enumerate(members):
                for other in members[n + 1 :]:
                    shared[one, other] += 1
    yield from (pair for pair, count in shared.items() if count >= SHARED_PASSAGES)


def _passages(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    length = PASSAGE_WORDS
    if len(words) < 60:
        words, length = list(re.sub(r"\s", "", text)), PASSAGE_SIGNS
    return {zlib.crc32(" ".join(words[i : i + length]).encode()) for i in range(len(words) - length + 1)}


def part_of(texts: Sequence[str]) -> Part:
    """Return the part of a group with these texts."""
    least = min(zlib.crc32(text.encode()) for text in texts)
    return ("test", "tune")[least % 5] if least % 5 < 2 else "learn"


def written(post: Post) -> str:
    """Return a post as its language's file has it."""
    lines = [f"[{post.name.partition('/')[2]}]"]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in post.expected.items()]
    plain = "'''" not in post.text and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", post.text)
    lines.append(f"text = '''\n{post.text}'''" if plain else f"text = {json.dumps(post.text, ensure_ascii=False)}")
    return "\n".join(lines) + "\n\n"


def main(files: Sequence[str]) -> None:
    """Add the posts of *files* to the parts, each to its language's file."""
    parts: dict[str, Part] = {post.name: part for part in SEEN for post in posts(part)}
    new = [post for file in files for post in posts_in(Path(file))]
    if taken := [post.name for post in new if post.name in parts]:
        sys.exit(f"There are posts of these names: {', '.join(taken)}.")
    found = [*posts(), *new]
    for group in grouped(found):
        known = [parts[found[i].name] for i in group if found[i].name in parts]
        part = known[0] if known else part_of([found[i].text for i in group])
        for post in (found[i] for i in group if found[i].name not in parts):
            with (CORPUS / part / f"{post.name.partition('/')[0]}.toml").open("a", encoding="utf-8") as file:
                file.write(written(post))


if __name__ == "__main__":
    main(sys.argv[1:])
