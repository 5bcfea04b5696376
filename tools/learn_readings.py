"""Find the points by which the head of a story is read: `bot/stories/sections/voice.toml` and ``head.toml``.

The posts of ``tests/stories/posts`` say what each line is, and those of ``tests/stories/lessons``, of which not all is
read right. `--trial` writes nothing: it says how many heads are read
right from posts that were not learned from, each fifth in turn. Folders that are named are learned from, too.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import bot.stories.formats.text as text_format
from bot.stories import Refused, read_story
from bot.stories.sections import head, voice
from bot.stories.sections.assembly import read_sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.first_lines import is_titled
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.opening import with_whole_head
from bot.stories.sections.titles import bare_title
from bot.stories.vocabulary import VOCABULARIES
from tests.stories.test_posts import FOLDER, NAME, Expected, expected_of, same_title, squeezed

SHAPES = FOLDER.parent / "shapes"
LESSONS = FOLDER.parent / "lessons"
SECTIONS = Path(voice.__file__).parent
WORDS = 3_000  # words and signs that have points
KNOWN_WEIGHT = 3  # how much more the posts count that must be read right
STORY_LINES = 4  # lines of a story that are learned from

Example = tuple[set[str], bool, float]
"""What is looked at in a paragraph, whether its author says it, and how much that counts."""


@dataclass
class Post:
    name: str
    blocks: list[Block]
    lines: list[head.Line]
    roles: list[head.Role | head.Known]
    features: list[set[str] | None]
    has_title: bool
    said: list[str]
    told: list[str]


def shapes() -> dict[str, Expected]:
    """Return what is expected of the shapes, in the form in which it is of posts."""
    found: dict[str, Expected] = {}
    for name, shape in json.loads((SHAPES / "expected.json").read_text("utf-8")).items():
        chapters = shape["chapters"]
        found[name] = Expected(first=chapters[0]["starts"], last=chapters[-1]["ends"])
        if shape["title"]:
            found[name]["title"] = shape["title"]
        if shape["author"]:
            found[name]["author"] = shape["author"]
    return found


def posts_of(folder: Path) -> Iterator[Post]:
    """Yield the posts of a folder, with what each line is."""
    expected = shapes() if folder == SHAPES else {}
    for path in sorted(folder.glob("*.txt")):
        if expected and path.name not in expected:
            continue
        given: list[list[Block]] = []

        def kept(blocks: Sequence[Block], *, given: list[list[Block]] = given, **more: object) -> object:
            given.append(list(blocks))
            return read_sections(blocks, **more)  # pyright: ignore[reportArgumentType]

        with patch.object(text_format, "read_sections", kept):
            try:
                read_story(path.read_bytes(), NAME)
            except Refused:
                continue
        if (
            given
            and (post := _post(f"{folder.name}/{path.stem}", given[0], expected.get(path.name) or expected_of(path)))
            is not None
        ):
            yield post


def _post(name: str, blocks: list[Block], expected: Expected) -> Post | None:
    blocks = with_whole_head(blocks)
    end = _end(blocks, squeezed(expected.get("last", "")))
    lines = head.lines_of(blocks)
    opening = squeezed(expected.get("first", ""))
    begun = next((n for n, line in enumerate(lines) if _begins(blocks, line, opening)), None)
    first = next((i for i in range(len(blocks)) if _begins(blocks, head.Line(i, 0, ""), opening)), None)
    start = lines[begun].block if begun is not None else first
    has_title = is_titled(blocks)
    if start is None or end is None:
        return None
    is_headed = begun is None and lines and lines[-1].known == "heading"
    roles = _roles(lines, begun, expected, has_title=has_title) if begun is not None or is_headed else []
    said, told = _voices(blocks, start, end, expected)
    features = head.features_of(blocks, lines, has_title=has_title) if roles else []
    return Post(name, blocks, lines, roles, features, has_title, said, told)


def _begins(blocks: Sequence[Block], line: head.Line, first: str) -> bool:
    block = blocks[line.block]
    below = [*block.lines[line.at :], *(each.text for each in blocks[line.block + 1 : line.block + 4])]
    return bool(first) and squeezed("\n".join(below)).startswith(squeezed(first))


def _end(blocks: Sequence[Block], last: str) -> int | None:
    """Return the block in which the story ends."""
    for i in range(len(blocks) - 1, -1, -1):
        if squeezed("\n".join(block.text for block in blocks[max(0, i - 6) : i + 1])).endswith(last):
            return i
    return None


def _roles(
    lines: Sequence[head.Line], begun: int | None, expected: Expected, *, has_title: bool
) -> list[head.Role | head.Known]:
    title, author = "" if has_title else expected.get("title", ""), expected.get("author", "")
    roles: list[head.Role | head.Known] = []
    for n, line in enumerate(lines):
        text = squeezed(line.text)
        if line.known is not None:
            roles.append(line.known)
        elif begun is not None and n >= begun:
            roles.append("told")
        elif title and "title" not in roles and _names(text, title):
            roles.append("title")
        elif author and "author" not in roles and author in text and len(text) < len(author) + 40:
            roles.append("author")
        else:
            roles.append("said")
    return roles


def _names(text: str, title: str) -> bool:
    within = squeezed(title).lower() in text.lower() and len(text) < len(title) + 60
    return within or same_title(bare_title(text).strip("『』"), title)


def _voices(blocks: Sequence[Block], start: int, end: int, expected: Expected) -> tuple[list[str], list[str]]:
    """Return the paragraphs that an author or a site says, and those that the story tells."""
    title, author = expected.get("title", "\0").strip('"“”'), expected.get("author", "\0")
    amid = [*expected.get("in_notes", []), *expected.get("not_story", [])]
    said: list[str] = []
    told: list[str] = []
    for i, block in enumerate(blocks):
        text = block.text
        if block.is_rule or block.is_heading:
            continue
        if block.labels is not None:
            said += [each.value for each in block.labels if each.kind == "note" and len(each.value.split()) > 3]
        elif start <= i <= end:
            told += [] if any(each in text for each in amid) else [text]
        elif not (
            (title in text and len(text) < len(title) + 40)
            or (author in text and len(text) < 80)
            or read_end_mark(text) is not None
            or read_chapter(block.lines[0]) is not None
        ):
            said.append(text)
    return said, told


# -- the voice ------------------------------------------------------------------------------


def listed_examples() -> list[Example]:
    """Return the examples of the vocabulary: what authors say, and what is easily taken for it."""
    kinds = (("told", True), ("posted", True), ("story", False), ("narrated", False))
    return [
        (voice.features_of(text), is_said, 1.0)
        for vocabulary in VOCABULARIES.values()
        for kind, is_said in kinds
        for text in vocabulary.examples.get(kind, [])
    ]


def learn_voice(posts: Iterable[Post]) -> dict[str, float]:
    """Return points for words and signs: those of the most weight, learned once more by themselves."""
    examples = listed_examples()
    for post in posts:
        examples += [(voice.features_of(text), True, 2.0) for text in post.said]
        examples += [(voice.features_of(text), False, 1.0) for text in post.told]
    counts = Counter(feature for features, _, _ in examples for feature in features)
    often = {feature for feature, count in counts.items() if count > 1}
    points = _fitted(examples, often)
    strongest = sorted(points, key=lambda feature: (-abs(points[feature]) * min(counts[feature], 4), feature))
    return _fitted(examples, set(strongest[:WORDS]))


def _fitted(examples: Sequence[Example], known: set[str]) -> dict[str, float]:
    points: defaultdict[str, float] = defaultdict(float)
    steps: defaultdict[str, float] = defaultdict(float)
    rows = [(["", *sorted(features & known)], is_said, weight) for features, is_said, weight in examples]
    order = random.Random(2)
    for _ in range(8):
        order.shuffle(rows)
        for features, is_said, weight in rows:
            total = max(-30.0, min(30.0, sum(points[feature] for feature in features)))
            miss = (1 / (1 + math.exp(-total)) - is_said) * weight
            for feature in features:
                slope = miss + 1e-4 * points[feature]
                steps[feature] += slope * slope
                points[feature] -= 0.3 * slope / math.sqrt(1e-8 + steps[feature])
    return dict(points)


def sound(post: Post, points: Mapping[str, float]) -> list[set[str] | None]:
    """Return what is looked at in each line, with the voice that these *points* hear."""
    found: list[set[str] | None] = []
    for line, seen in zip(post.lines, post.features, strict=True):
        if seen is None:
            found.append(None)
            continue
        heard = voice.heard(head.heard_in(line, post.blocks[line.block]), points)
        kept = {each for each in seen if not each.startswith("voice over")}
        found.append(kept | head.voices(heard))
    return found


# -- the head -------------------------------------------------------------------------------


def learn_head(posts: Sequence[Post], heard: Mapping[str, list[set[str] | None]]) -> dict[str, list[float]]:
    """Return the points of what is looked at in a line, for each role."""
    rows: list[tuple[list[str], int]] = []
    for post in posts:
        last, told = "", 0
        for seen, role in zip(heard[post.name], post.roles, strict=True):
            if seen is not None and role in head.ROLES:
                told += role == "told"
                if told > STORY_LINES:
                    break
                row = (["every line", *sorted(seen), head.after(last)], head.ROLES.index(role))
                rows += [row] * (KNOWN_WEIGHT if post.name.startswith(f"{FOLDER.name}/") else 1)
            last = last if last == "told" else role
    points: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(head.ROLES))
    steps: defaultdict[str, list[float]] = defaultdict(lambda: [1e-8] * len(head.ROLES))
    order = random.Random(3)
    for _ in range(15):
        order.shuffle(rows)
        for features, right in rows:
            likely = head.likelihoods(head.summed(features, points))
            for k in range(len(head.ROLES)):
                miss = math.exp(likely[k]) - (k == right)
                if abs(miss) < 1e-3:
                    continue
                for feature in features:
                    slope = miss + 1e-3 * points[feature][k]
                    steps[feature][k] += slope * slope
                    points[feature][k] -= 0.2 * slope / math.sqrt(steps[feature][k])
    return dict(points)


def learn(posts: Sequence[Post]) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return the points of voices and of heads; a post's voice is heard by what other posts taught."""
    heads = [post for post in posts if post.roles]
    heard: dict[str, list[set[str] | None]] = {}
    for part in range(4):
        points = learn_voice(post for i, post in enumerate(posts) if i % 4 != part)
        heard |= {post.name: sound(post, points) for i, post in enumerate(posts) if i % 4 == part and post.roles}
    return learn_voice(posts), learn_head(heads, heard)


def trial(posts: Sequence[Post], *, shown: bool) -> None:
    """Print how many heads are read right, each fifth of them by what the others teach."""
    right = heads = 0
    scores: list[tuple[float, bool]] = []
    for part in range(5):
        words, points = learn([post for i, post in enumerate(posts) if i % 5 != part])
        for post in (post for i, post in enumerate(posts) if i % 5 == part and post.roles):
            roles, sure = head.best_roles(post.lines, sound(post, words), has_title=post.has_title, points=points)
            heads += 1
            scores.append((sure, roles == post.roles))
            right += roles == post.roles
            if roles != post.roles and shown:
                print(post.name, round(sure, 1))
                for line, is_, read in zip(post.lines, post.roles, roles, strict=True):
                    print(f"    {is_:8} {'' if is_ == read else read:8} {line.text[:90]!r}")
                    if is_ == read == "told":
                        break
    for least in (-0.2, -0.5, -1, -1.5, -2, -3, -99):
        over = [ok for sure, ok in scores if sure >= least]
        print(least, len(over), len(over) - sum(over))
    print(f"{right} of {heads} heads")


# -- what is written ------------------------------------------------------------------------


def written_voice(points: Mapping[str, float]) -> str:
    """Return ``voice.toml``."""
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


def written_head(points: Mapping[str, Sequence[float]]) -> str:
    """Return ``head.toml``."""
    rows = {each: [round(value, 2) for value in values] for each, values in points.items()}
    return "\n".join(
        [
            "# Written by tools/learn_readings.py: points of what is seen in a line for title, author, said and told.",
            "",
            "[points]",
            *(f'"{each}" = {values}' for each, values in sorted(rows.items()) if max(map(abs, values)) >= 0.05),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path, help="more posts to learn from")
    parser.add_argument("--trial", action="store_true", help="say how many heads are read right")
    parser.add_argument("--show", action="store_true", help="with --trial: show the others")
    options = parser.parse_args()
    posts = [post for folder in (FOLDER, SHAPES, LESSONS, *options.folders) for post in posts_of(folder)]
    random.Random(1).shuffle(posts)
    if options.trial:
        trial(posts, shown=options.show)
        return
    words, points = learn(posts)
    (SECTIONS / "voice.toml").write_text(written_voice(words), "utf-8")
    (SECTIONS / "head.toml").write_text(written_head(points), "utf-8")


if __name__ == "__main__":
    main()
