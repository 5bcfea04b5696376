"""Train the weights that recognise titles, authors and notes: `first_lines.tsv` and `voice.toml`.

Both files are in ``bot/stories/sections``. The training data are the posts of the part *learn* of ``tools/corpus``.
This needs python-crfsuite, which the bot does not need: ``.venv/bin/pip install python-crfsuite==0.9.12``.
"""

from __future__ import annotations

import math
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

import bot.stories.formats.text as text_format
from bot.stories import Refused, read_story
from bot.stories.sections import voice
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import ROLES, Points, Role
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.looks import Line, Looks, body_of, lines_from_start
from bot.stories.sections.opening import with_whole_head
from bot.stories.sections.start import looks_known
from bot.stories.sections.titles import bare_title
from bot.stories.vocabulary import VOCABULARIES
from tools.corpus import posts as corpus_posts
from tools.corpus.expected import NAME, Expected, same_title, squeezed

SECTIONS = Path(voice.__file__).parent
WORDS = 3_000  # words and signs in voice.toml
STORY_LINES = 5  # lines of the story after each head that are used for training
L1, L2 = 0.5, 0.3  # regularisation of the CRF
ROUNDS = 200

Example = tuple[set[str], bool, float]
"""Features of a paragraph, whether it is the author's voice (not the story), and the weight of the example."""


@dataclass(frozen=True)
class Chain:
    """First lines of a text, with the features and the role of each line."""

    name: str
    looks: list[list[str]]
    roles: list[Role]


@dataclass
class Post:
    name: str
    first: list[Chain]
    notes: list[str]
    prose: list[str]


def posts() -> Iterator[Post]:
    """Yield all training posts."""
    for post in corpus_posts("learn"):
        yield from _post(post.name, post.text.encode(), post.expected)


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


def _post(name: str, data: bytes, expected: Expected) -> Iterator[Post]:
    blocks = blocks_of(data)
    lines = [(i, line) for i, block in enumerate(blocks) for line in block.lines]
    start = _start(lines, _bare(expected.get("first", "")))
    end = _end(lines, _bare(expected.get("last", "")))
    first = [] if start is None else [*_first(name, blocks, start, expected)]
    if start is not None and end is not None and _is_long(lines, start, end):
        first += _first(f"{name}, a piece", blocks[lines[start][0] + 1 : lines[end][0]], 0, Expected())
    if first or end is not None:
        bounds = (lines[start][0] if start is not None else 0, lines[end][0] if end is not None else len(blocks))
        yield Post(name, first, *_voices(blocks, *bounds, expected))


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


def _first(name: str, blocks: Sequence[Block], start: int, expected: Expected) -> Iterator[Chain]:
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
    yield Chain(name, [looks.of(i) for i in range(len(lines))], roles)


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


def _voices(blocks: Sequence[Block], start: int, end: int, expected: Expected) -> tuple[list[str], list[str]]:
    """Return the paragraphs of the author or a site, and those of the story."""
    title, author = expected.get("title", "\0").strip('"“”'), expected.get("author", "\0")
    amid = [*expected.get("in_notes", []), *expected.get("not_story", [])]
    notes: list[str] = []
    prose: list[str] = []
    for i, block in enumerate(blocks):
        text = block.text
        if block.is_rule or block.is_heading:
            continue
        if block.labels is not None:
            notes += [each.value for each in block.labels if each.kind == "note" and len(each.value.split()) > 3]
        elif start <= i <= end:
            prose += [] if any(each in text for each in amid) else [text]
        elif not (
            (title in text and len(text) < len(title) + 40)
            or (author in text and len(text) < 80)
            or read_end_mark(text) is not None
            or read_chapter(block.lines[0]) is not None
        ):
            notes.append(text)
    return notes, prose


# -- the voice ------------------------------------------------------------------------------


def vocabulary_examples() -> list[Example]:
    """Return the examples of the vocabulary: authors' phrases, and story text that is easily mistaken for them."""
    kinds = (("told", True), ("posted", True), ("story", False), ("narrated", False))
    return [
        (voice.features_of(text), is_voice, 1.0)
        for vocabulary in VOCABULARIES.values()
        for kind, is_voice in kinds
        for text in vocabulary.examples.get(kind, [])
    ]


def learn_voice(posts: Iterable[Post]) -> dict[str, float]:
    """Return the weights of words and signs: train once, keep the strongest, and train again with only those."""
    examples = vocabulary_examples()
    for post in posts:
        examples += [(voice.features_of(text), True, 2.0) for text in post.notes]
        examples += [(voice.features_of(text), False, 1.0) for text in post.prose]
    counts = Counter(feature for features, _, _ in examples for feature in features)
    frequent = {feature for feature, count in counts.items() if count > 1}
    points = _train(examples, frequent)
    strongest = sorted(points, key=lambda feature: (-abs(points[feature]) * min(counts[feature], 4), feature))
    return _train(examples, set(strongest[:WORDS]))


def _train(examples: Sequence[Example], known: set[str]) -> dict[str, float]:
    points: defaultdict[str, float] = defaultdict(float)
    steps: defaultdict[str, float] = defaultdict(float)
    rows = [(["", *sorted(features & known)], is_voice, weight) for features, is_voice, weight in examples]
    order = random.Random(2)
    for _ in range(8):
        order.shuffle(rows)
        for features, is_voice, weight in rows:
            total = max(-30.0, min(30.0, sum(points[feature] for feature in features)))
            miss = (1 / (1 + math.exp(-total)) - is_voice) * weight
            for feature in features:
                slope = miss + 1e-4 * points[feature]
                steps[feature] += slope * slope
                points[feature] -= 0.3 * slope / math.sqrt(1e-8 + steps[feature])
    return dict(points)


# -- the first lines -------------------------------------------------------------------------------


def learn_first_lines(chains: Iterable[Chain]) -> Points:
    """Train a CRF; return the weights of each feature and of each pair of adjacent roles."""
    import pycrfsuite  # pyright: ignore[reportMissingImports]

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)  # pyright: ignore
    for chain in chains:
        trainer.append(chain.looks, chain.roles)  # pyright: ignore
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


# -- what is written ------------------------------------------------------------------------


def voice_toml(points: Mapping[str, float]) -> str:
    """Return the text of ``voice.toml``."""
    signs = {each: value for each, value in points.items() if " " in each}
    by_points: defaultdict[float, list[str]] = defaultdict(list)
    for word, value in points.items():
        if word and word not in signs and (rounded := round(value * 4) / 4):
            by_points[rounded].append(word)
    lines = [
        "# Written by tools/learn_readings.py: what speaks for an author's voice, and below zero for a story's.",
        "",
        f"every = {points['']:.2f}",
        "",
        "[signs]",
        *(f'"{sign}" = {value:.2f}' for sign, value in sorted(signs.items())),
        "",
        "# Words by their first letters, and pairs of letters where no spaces part words, under their points.",
        "[words]",
        *(f'"{value}" = """\n{_wrapped(sorted(words))}"""' for value, words in sorted(by_points.items(), reverse=True)),
    ]
    return "\n".join(lines) + "\n"


def _wrapped(words: Sequence[str]) -> str:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 118:
            lines.append("")
        lines[-1] += f"{word} "
    return "\n".join(line.rstrip() for line in lines)


def first_lines_tsv(points: Points) -> str:
    """Return the text of ``first_lines.tsv``: a line for each feature, with its weight for each of the `ROLES`."""
    rows = [(look, [round(each, 2) for each in row]) for look, row in sorted(points.looks.items())]
    found = ["\t".join((look, *(f"{each:g}" for each in row))) for look, row in rows if any(row)]
    found += [f"{above} → {role}\t{more:.2f}" for (above, role), more in sorted(points.after.items())]
    return "\n".join(found) + "\n"


def main() -> None:
    found = list(posts())
    random.Random(1).shuffle(found)
    (SECTIONS / "voice.toml").write_text(voice_toml(learn_voice(found)), "utf-8")
    points = learn_first_lines(chain for post in found for chain in post.first)
    (SECTIONS / "first_lines.tsv").write_text(first_lines_tsv(points), "utf-8")


if __name__ == "__main__":
    main()
