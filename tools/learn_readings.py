"""Train the weights that recognise titles, authors and notes: ``bot/stories/sections/first_lines.tsv``.

The training data are the posts of the part *learn* of ``tools/corpus``.
This needs python-crfsuite, which the bot does not need: ``.venv/bin/pip install python-crfsuite==0.9.12``.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

import bot.stories.formats.text as text_format
from bot.stories import Refused, read_story, sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import ROLES, Points, Role
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.opening import with_whole_head
from bot.stories.sections.start import looks_known
from bot.stories.sections.titles import bare_title
from tools.corpus import posts
from tools.corpus.expected import NAME, Expected, same_title, squeezed

TABLE = Path(sections.__file__).with_name("first_lines.tsv")
STORY_LINES = 5  # lines of the story after each head that are used for training
LEAST_TEXTS = 10  # minimum number of texts with a feature that is used
L1, L2 = 0.7, 0.3  # regularisation of the CRF
ROUNDS = 200


@dataclass(frozen=True)
class Chain:
    """First lines of a text, with the features and the role of each line."""

    looks: list[list[str]]
    roles: list[Role]


class _BlocksFound(Exception):
    """Raised to stop reading once the blocks of a text are known."""


def blocks_of(data: bytes) -> list[Block]:
    """Return the blocks of a text, as the bot has them before it looks for titles, notes and the story."""
    found: list[Block] = []

    def keep_blocks(blocks: Sequence[Block], **_: object) -> None:
        found.extend(with_whole_head(blocks))
        raise _BlocksFound

    with patch.object(text_format, "read_sections", keep_blocks), suppress(_BlocksFound, Refused):
        read_story(data, NAME)
    return found


def chains() -> Iterator[Chain]:
    """Yield the first lines of each training post, and those of a piece from the middle of each long story."""
    for post in posts("learn"):
        blocks = blocks_of(post.text.encode())
        lines = [(i, line) for i, block in enumerate(blocks) for line in block.lines]
        start = _start(lines, _bare(post.expected.get("first", "")))
        end = _end(lines, _bare(post.expected.get("last", "")))
        if start is None:
            continue
        yield from _first(blocks, start, post.expected)
        if end is not None and _is_long(lines, start, end):
            piece = blocks[lines[start][0] + 1 : lines[end][0]]
            yield from _first(piece, 0, Expected())


def _is_long(lines: Sequence[tuple[int, str]], start: int, end: int) -> bool:
    """Return whether the story is long enough to train on its middle, too."""
    return end - start > 2 * STORY_LINES and lines[end][0] - lines[start][0] > 4


def _bare(text: str) -> str:
    return squeezed(re.sub("[*_~]", "", text))


def _start(lines: Sequence[tuple[int, str]], first: str) -> int | None:
    """Return the index of the story's first line."""
    for n in range(len(lines) if first else 0):
        if _bare(" ".join(line for _, line in lines[n : n + 6])).startswith(first):
            return n
    return None


def _end(lines: Sequence[tuple[int, str]], last: str) -> int | None:
    """Return the index of the story's last line."""
    for n in range(len(lines) - 1 if last else -1, -1, -1):
        if _bare(" ".join(line for _, line in lines[max(0, n - 5) : n + 1])).endswith(last):
            return n
    return None


def _first(blocks: Sequence[Block], start: int, expected: Expected) -> Iterator[Chain]:
    known = looks_known(blocks)
    lines = lines_from_start(blocks)
    if start > len(lines) - 1:
        return
    looks = Looks(lines, body_of(blocks), known=known)
    lines = lines[: start + STORY_LINES]
    roles: list[Role] = ["said" if n < start else "told" for n in range(len(lines))]
    title = author = None
    if "title" in expected and "title labelled" not in known:
        title = _title_line(lines[:start], expected["title"])
    if "author" in expected and "author labelled" not in known:
        author = _author_line(lines[:start], expected["author"], title)
    if title is not None:
        roles[title] = "title"
    if author is not None:
        roles[author] = "author"
    yield Chain([looks.of(i) for i in range(len(lines))], roles)


def _title_line(lines: Sequence[Line], title: str) -> int | None:
    whole = [i for i, line in enumerate(lines) if same_title(bare_title(line.text).strip("『』"), title)]
    if whole:
        return whole[-1]
    bare = _bare(title).lower().strip('"“”')
    within = [i for i, line in enumerate(lines) if bare in _bare(line.text).lower() and len(line.text) < len(bare) + 60]
    return min(within, key=lambda i: len(lines[i].text), default=None)


def _author_line(lines: Sequence[Line], author: str, title: int | None) -> int | None:
    bare = _bare(author).lower()
    within = [
        i
        for i, line in enumerate(lines)
        if i != title and bare in _bare(line.text).lower() and len(line.text) < len(bare) + 40
    ]
    return min(within, key=lambda i: (len(lines[i].text) > len(bare) + 15, abs(i - (title or 0))), default=None)


def learn_first_lines(chains: Sequence[Chain]) -> Points:
    """Train a CRF; return the weights of each feature and of each pair of adjacent roles."""
    import pycrfsuite  # pyright: ignore[reportMissingImports]

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)  # pyright: ignore
    texts = Counter(look for chain in chains for look in set().union(*chain.looks))
    for chain in chains:
        common = [[look for look in looks if texts[look] >= LEAST_TEXTS] for looks in chain.looks]
        trainer.append(common, chain.roles)  # pyright: ignore
    trainer.set_params({"c1": L1, "c2": L2, "max_iterations": ROUNDS})  # pyright: ignore
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)  # pyright: ignore
        tagger = pycrfsuite.Tagger()  # pyright: ignore
        tagger.open(file.name)  # pyright: ignore
        found = tagger.info()  # pyright: ignore
    looks: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(ROLES))
    for (look, role), points in cast(dict[tuple[str, Role], float], found.state_features).items():  # pyright: ignore
        looks[look][ROLES.index(role)] += points
    return Points(dict(looks), dict(cast(dict[tuple[str, str], float], found.transitions)))  # pyright: ignore


def first_lines_tsv(points: Points) -> str:
    """Return the text of ``first_lines.tsv``: a line for each feature, with its weight for each of the `ROLES`."""
    rows = [(look, [round(each, 2) for each in row]) for look, row in sorted(points.looks.items())]
    found = ["\t".join((look, *(f"{each:g}" for each in row))) for look, row in rows if any(row)]
    found += [f"{above} → {role}\t{more:.2f}" for (above, role), more in sorted(points.after.items())]
    return "\n".join(found) + "\n"


def main() -> None:
    TABLE.write_text(first_lines_tsv(learn_first_lines([*chains()])), "utf-8")


if __name__ == "__main__":
    main()
