"""Train the scores by which the lines around a story, and names in them, are recognised.

They are ``roles.tsv`` and ``names.tsv`` in ``bot/stories/sections``. The training data are the posts of the part
*learn* of ``tools/corpus``. Run it with ``python -m tools.learn_readings``; it needs the extra ``train``. The same
posts give the same files.
"""

from __future__ import annotations

import math
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast
from unittest.mock import patch

import bot.stories.formats.text as text_format
from bot.stories import Refused, read_story
from bot.stories.sections import chain as chain_module
from bot.stories.sections.blocks import Block
from bot.stories.sections.chain import Weights
from bot.stories.sections.chapters import headings_in
from bot.stories.sections.looks import EVERY, MOST_LINES, WORD, Looks
from bot.stories.sections.names import LONGEST_LINE, Holder, Tokens
from bot.stories.sections.naming_words import spelled
from bot.stories.sections.ornaments import bare
from bot.stories.sections.roles import PLACES, Place, known_looks
from bot.stories.vocabulary import VOCABULARIES
from tools.corpus import Part, posts
from tools.corpus.expected import NAME, Expected, same_title, squeezed

L1, L1_TOKENS, L2 = 0.5, 14.0, 0.3  # regularisation
LEAST_LINES, LEAST_TOKENS = 15, 20
"""Minimum number of lines or tokens with a look; a rarer look has no score."""
ROUNDS = 150
WORDS = 150  # words whose looks have scores
NAMED = {"title": 0.7, "author": 1.0}
"""What is added to the scores of each line: a name that is missed is worse than a line that is taken for one."""
BEGUN = 1  # how often each text gets another first paragraph
NUMBERED = 0.1  # share of other titles that are a number
SHORT = 8  # maximum words of a short line
SEED = 5
REAL = 12  # how often each line of a post is given to the training of names
SENTENCE = 140  # maximum characters of a line of the story that is given as a title
LEAST_NAME = 3  # minimum characters of a title or a name in a typed line
ROOM = 80  # maximum characters around a name in its line


@dataclass(frozen=True)
class Text:
    """The blocks of a post, and the place of each line of all of them."""

    blocks: Sequence[Block]
    places: Sequence[Place]
    expected: Expected


class _BlocksFound(Exception):
    """Raised to stop reading once the blocks of a text are known."""


def blocks_of(data: bytes) -> list[Block]:
    """Return the blocks of a text, as the bot has them before it looks for titles, notes and the story."""
    found: list[Block] = []

    def keep_blocks(blocks: Sequence[Block], **_: object) -> None:
        found.extend(blocks)
        raise _BlocksFound

    with patch.object(text_format, "read_sections", keep_blocks), suppress(_BlocksFound, Refused):
        read_story(data, NAME)
    return found


def texts(part: Part) -> Iterator[Text]:
    """Yield the posts of a part whose bounds are found in their blocks."""
    for post in posts(part):
        if (text := text_of(blocks_of(post.text.encode()), post.expected)) is not None:
            yield text


def text_of(blocks: Sequence[Block], expected: Expected) -> Text | None:
    """Return the place of each line of *blocks*; None if the *expected* bounds are not there."""
    lines = [line for block in blocks for line in block.lines]
    first, last = _bare(expected.get("first", "")), _bare(expected.get("last", ""))
    start = _start(lines, first) if first else 0
    end = _end(lines, last) if last else len(lines) - 1
    if start is None or end is None or end < start:
        return None
    places: list[Place] = ["above" if i < start else "story" if i <= end else "below" for i in range(len(lines))]
    known = known_looks(blocks)
    title = None
    if "title" in expected and "title labelled" not in known:
        title = _title_line(lines[:start], expected["title"])
    if title is not None:
        places[title] = "title"
    if "author" in expected and "author labelled" not in known:
        author = _author_line(lines[:start], expected["author"], title)
        if author is None and (title is None or _bare(expected["author"]).lower() not in _bare(lines[title]).lower()):
            below = _author_line(lines[end + 1 :], expected["author"], None)
            author = None if below is None else end + 1 + below
        if author is not None:
            places[author] = "author"
    return Text(blocks, places, expected)


def _bare(text: str) -> str:
    return squeezed(re.sub("[*_~]", "", text))


def _start(lines: Sequence[str], first: str) -> int | None:
    """Return the index of the story's first line."""
    return next((n for n in range(len(lines)) if _bare(" ".join(lines[n : n + 6])).startswith(first)), None)


def _end(lines: Sequence[str], last: str) -> int | None:
    """Return the index of the story's last line."""
    backwards = range(len(lines) - 1, -1, -1)
    return next((n for n in backwards if _bare(" ".join(lines[max(0, n - 5) : n + 1])).endswith(last)), None)


def _title_line(lines: Sequence[str], title: str) -> int | None:
    whole = [i for i, line in enumerate(lines) if same_title(bare(line).strip("『』"), title)]
    if whole:
        return whole[-1]
    words = _bare(title).lower().strip('"“”')
    within = [i for i, line in enumerate(lines) if words in _bare(line).lower() and len(line) < len(words) + 60]
    return min(within, key=lambda i: len(lines[i]), default=None)


def _author_line(lines: Sequence[str], author: str, title: int | None) -> int | None:
    name = _bare(author).lower()
    within = [
        i for i, line in enumerate(lines) if i != title and name in _bare(line).lower() and len(line) < len(name) + ROOM
    ]
    return min(within, key=lambda i: (len(lines[i]) > len(name) + 15, abs(i - (title or 0))), default=None)


def cut(text: Text, chance: random.Random) -> Text | None:
    """Return *text* with a story that begins and ends at other paragraphs, short ones by preference, or None.

    So the chain learns that a story may begin and end in any way.
    """
    lines = [i for i, block in enumerate(text.blocks) for _ in block.lines]
    told = [i for i, place in zip(lines, text.places, strict=True) if place == "story"]
    first, last = told[0], told[-1]
    inner = [
        i
        for i in range(first, last + 1)
        if not text.blocks[i].is_rule and not text.blocks[i].is_heading and text.blocks[i].labels is None
    ]
    third = len(inner) // 3
    if third < 2:
        return None
    start, end = (_picked(run, text.blocks, chance) for run in (inner[1 : third + 1], inner[-third - 1 : -1]))
    kept = [i for i in range(len(text.blocks)) if i < first or start <= i <= end or i > last]
    shown = set(kept)
    return Text(
        [text.blocks[i] for i in kept],
        [place for i, place in zip(lines, text.places, strict=True) if i in shown],
        text.expected,
    )


def short_lines(texts: Iterable[Text]) -> list[Block]:
    """Return the short paragraphs of stories: times, places, shouts, signs."""
    found: list[Block] = []
    for text in texts:
        of_lines = (block for block in text.blocks for _ in block.lines)
        told = (block for block, place in zip(of_lines, text.places, strict=True) if place == "story")
        found += [block for block in told if block.is_line and block.words <= SHORT and block.labels is None]
    return [block for block in found if not block.is_rule and not block.is_heading]


def begun_with(text: Text, block: Block) -> Text:
    """Return *text* with another first paragraph of its story: the chain learns that any line may be the first."""
    lines = [i for i, each in enumerate(text.blocks) for _ in each.lines]
    at = lines[text.places.index("story")]
    before = sum(1 for i in lines if i < at)
    places: list[Place] = [*text.places[:before], "story", *text.places[before:]]
    return Text([*text.blocks[:at], replace(block, gap=1), *text.blocks[at:]], places, text.expected)


def retitled(text: Text, title: str) -> Text | None:
    """Return *text* with another title, if it has one alone on a line: the chain learns that any words may be one."""
    lines = [block for block in text.blocks for _ in block.lines]
    at = text.places.index("title") if "title" in text.places else None
    if at is None or not lines[at].is_line or not same_title(bare(lines[at].text), text.expected.get("title", "")):
        return None
    titled = replace(lines[at], lines=(title,), marked=())
    return Text([titled if block is lines[at] else block for block in text.blocks], text.places, text.expected)


def other_titles(texts: Sequence[Text], chance: random.Random) -> Iterator[str]:
    """Yield the titles of *texts* in another order, with a number now and then."""
    titles = [text.expected.get("title", "Snow") for text in texts]
    for title in chance.sample(titles, len(titles)):
        yield str(chance.randint(1, 2100)) if chance.random() < NUMBERED else title


def _picked(run: Sequence[int], blocks: Sequence[Block], chance: random.Random) -> int:
    short = [i for i in run if blocks[i].words <= SHORT]
    return chance.choice(short if short and chance.random() < 0.7 else run)


Example = tuple[Sequence[Sequence[str]], Sequence[str]]
"""The looks of lines or tokens in a row, and their places."""


def lines_of(texts: Iterable[Text]) -> Iterator[Example]:
    """Yield the looks and the places of the lines at both ends of each text."""
    for text in texts:
        looks = Looks(text.blocks, headings_in(text.blocks), known_looks(text.blocks))
        count = len(looks.lines)
        first = min(MOST_LINES, count)
        places = [*text.places[:first], *text.places[len(text.places) - count + first :]]
        yield [looks.of(i) for i in range(count)], places


TYPED: Mapping[Holder, Sequence[str]] = {
    "title": (
        "{title} {by} {author}",
        "{title}, {by} {author}",
        "{title} ({by} {author})",
        "{title} - {by} {author}",
        "{title} / {by} {author}",
        "{title} | {by} {author}",
        "{title} | {by} {author} | {rating}",
        "{title} - {author}",
        "{title} / {author}",
        "{title} ({n}/{n}) -- {by} {author}",
        "{title} | {author} | {rating}",
        "{title} | {author} | {rating}",
        "{title} | {author} | {rating}",
        "{title} | {author} | {status}",
        "{title} // {by} {author} // {post}",
        "{title} // {signed}: {author} // {other}",
        "“{title}” {by} {author}",
        '"{title}" - {author}',
        "{title} {signed}: {author}",
        "《{title}》{author}",
        "「{title}」　{author}",
        "{title}　文/{author}",
        "{title}　作：{author}",
        "『{title}』／{author}",
        "{title}　　　{author}",
        "{title} © {author}",
    ),
    "signed title": (
        "{post}: {title}",
        "{Post}: {title} ({n}/{n})",
        "{Post}: {title} [{other}, {rating}]",
        "{Post}: {title} ({other})",
        "{Post}: {title} ({other}, {said})",
        "[{post}] {title}",
        "[{post}] {title} ({other})",
        "[{POST}] {title}",
        "【{post}】{title}",
        "【{piece}】{title}",
        "【{other}】{title}",
        "({post}) {title}",
        "[{other}] {title}",
        "{POST} {Word} : {title}",
        "{Post} {other}: {title}",
        "{title} ({status})",
        "{title} [{STATUS}]",
        "{title} - {status}",
        "{STATUS}: {title}",
        "[{STATUS}] {title}",
        "{title} ({n}/{n})",
        "{title} [{n}/?]",
        "{title} ({chapter} {n})",
        "{title} ({part} {n})",
        "{title} - {Chapter} {n}",
        "{title}, {Chapter} {n}",
        "{title}, {Chapter}. {n}",
        "{title} | {Part} {n}",
        "{title} — {Chapter} {n}: {other}",
        "{title} {Chapter} {n}: {other}",
        "{Site} » {other} » {title}",
        "{Site} » {title}",
        "{Site} ❯ {title} ❯ {Chapter} {n}",
        "{Site} > {Post} > {title}",
        "{Site} / {Site} / {Post} / {title}",
        "{title} ({rating})",
        "{title} ({other}, {said})",
        "{title} ({other}, {rating})",
        "{title} ({Word}/{Word}, {rating}, {n}00 {said})",
        "{title} ({Word}/{Word})",
        "{title} ({an} {other} {post})",
        "{title} [{Word} x {Word}]",
        "{title} [{post}]",
        "{title}（{said}）",
        "{title}（{piece}、{said}）",
        "{title} - {an} {post}",
        "{title} - {an} {other} {post}",
        "{title} | {other} | {rating}",
        "{title} | {other}",
        "{title} {hashes}",
        "{topic}: {title}",
        "{Topic}: {Post}: {title}",
        "{Topic}: [{post}] {title} ({n}/{n}) {rating}",
        "{label}: {title}",
        "{Label} — {title}",
        "{Label}：{title}",
        "{topic}：{title}",
        "{Label}   {title}",
        "{Day} {round}: {title}",
        "{Day}-{Post}: {title}",
        "{Signed}: {Day} {Date}    {Topic}: [{Piece}] {title}",
        '{post} "{title}"',
        "“{title}”",
        "✧･ﾟ: *✧･ﾟ:* {title} *:･ﾟ✧*:･ﾟ✧",
        "★·.·´¯`·.·★ {title} ★·.·´¯`·.·★",
        "｡ﾟ☆ {title} ☆ﾟ｡",
        "~*~ {title} ~*~",
        "✨ {title} ✨",
        "{title} 第{N}章 {other}",
        "{title}{circled}",
        "{title}{circled}",
        "{title}{circled}",
        "{title} 第{N}話",
    ),
    "author": (
        "{by} {author}",
        "{by} {author}",
        "{particle} {author}",
        "{particle} {author}",
        "{particle} {author}",
        "— {particle} {author}",
        "— {particle} {author}",
        "- {particle} {author}",
        "{by} @{author}",
        "@{author}",
        "~{author}~",
        "- {author}",
        "-- {author}",
        "({by} {author})",
        "— {by} {author}",
        "(c) {author}",
        "(с) {author}",
        "© {author}",
        "© {author} {year}",
        "© {author} {year}",
        "(c) {author}, {year}",
        "© {year} {author}",
        "(c) {author} {year}",
        "Copyright © {author} {year}",
        "{Leave}, {author}",
        "{leave}, {author}",
        "{signed}: {author}",
        "{Signed} : {author}",
        "{Signed}：{author}",
        "{signed} @{author}",
        "{author} {wrote}:",
        "{by} {author} on {Date}",
        "{by} {author} » {Date}",
        "{author}, {Date}",
        "{author} | {Date}",
        "{author} {date}",
        "{date} {author}",
        "{date}　{author}",
        "{author}　{date} 20:15",
        "{author}　{date} 08:42",
        "{author} {date} 20:15",
        "{author} · {n} hours ago",
        "Posted by u/{author} {n} years ago",
        "u/{author}",
        "{by} u/{author}",
        "submitted by u/{author} {n} days ago",
        "{Date} {by} {author} in {Site}",
        "{by} {author} in {Site}",
        "{by} {author} {at} 20:15",
        "{author}, {n}",
        "{author} (she/her)",
        "{author} ({word} since {year})",
        "{author} ({word} {word} {n})",
        "{an} {piece} {by} {author}",
        "{an} {other} {post} {by} {author}",
        "{author} Follow/Fav",
        "{author} <{word}@{word}.example>",
        "{author} ({word}@{word}.example)",
        "{author} [{word}]",
        "{author} 著",
        "文/{author}",
        "文：{author}",
        "{by} {author} - {Site}",
        "作／{author}",
    ),
}
"""Shapes of lines in which people name their story; the other words are of the vocabulary."""

WHOLE_TITLES = (
    "{title}",
    "{title}",
    "{Word} {by} {Word}",
    "{Word} {by} the {Word}",
    "{title} - {and_} {word} {word}",
    "{Word} {Word}: {title}",
    "{title} {particle} {Word}",
    "{Word}: {title}",
    "{year}: {title}",
    "{Day} {n}: {title}",
    "{title}: {An} {Piece}",
    "{Word}: {An} {Piece}",
    "{title} - {An} {Piece}",
    "{Word} - {An} {Piece}",
    "{Word} - {An} {Piece}",
    "{An} {Word} {Piece}: {Word}",
    "{title}, {Part} {n}",
    "{title}: {Part} {n}",
    "{title}, {word}, {word} and {word}",
    "{title}, the {word}, the {word}, the {word} and {particle} {word} {word} {word} {word}",
    "{title} #{n}",
    "{title} {n}",
    "{title}, {year}–",
    "{title} ({and_} {Word} {word} {Word})",
    "{title} ({Word} {particle} {Word})",
    "{title} ({Word} in {Word})",
    "{title} ({Word} {word} {Word} {Word})",
    "{title} [{WORD}]",
    "{Word}, {Word}",
    "{Word}, {Word}, {Word}",
    "{Word} / {Word}",
    "{Word} {n}/{n}",
    "{Word} > {Word} > {Word}",
)
WHOLE_AUTHORS = (
    "{A} {particle} {B}",
    "{A} {particle} la {B}",
    "{Particle} {A} {B}",
    "{Particle} {A}",
    "{Particle} {A} {B}",
    "{A} {B}",
    "{A} {particle} {B}",
    "{A} {initial}.",
    "{A} {B} {year}",
    "{A} {B} {word} {n} {word}",
    "{author} ({word})",
)
SITES = ("Home", "Forum", "Forums", "Games", "Fan works", "Stories", "Fanfiction", "Board index", "Books", "Anime")


class Words:
    """Words for the shapes of lines, of the language of a text, or of English."""

    def __init__(self, text: Text, others: Sequence[Expected], chance: random.Random) -> None:
        own = VOCABULARIES.get(text.expected.get("language", ""), VOCABULARIES["en"])
        self._found = own if chance.random() < 0.75 else VOCABULARIES["en"]
        self._chance, self._others, self._told = chance, others, told_words(text) or ["night"]

    def _one(self, patterns: Iterable[str]) -> str:
        found = [phrase for pattern in patterns for phrase in spelled(pattern)]
        return self._chance.choice(found or ["by"])

    def __getitem__(self, name: str) -> str:
        """Return a word for the field *name*; in capitals if the name is."""
        found = self._word(name.lower())
        return found.upper() if name.isupper() else found[:1].upper() + found[1:] if name[0].isupper() else found

    def _word(self, name: str) -> str:
        words, pick = self._found, self._chance.choice
        kind = f"{name}s" if name in ("post", "piece", "topic", "round", "day") else name
        if kind in VOCABULARIES["en"].naming:
            return self._one(words.naming.get(kind) or VOCABULARIES["en"].naming[kind])
        number = self._chance.randint(1, 30)
        listed: Mapping[str, Sequence[str]] = {
            "by": words.bylines,
            "signed": [*words.naming.get("signed", []), *words.labels.get("author", [])],
            "label": words.labels.get("title", []),
            "chapter": words.headings.get("chapters", []),
            "part": words.headings.get("parts", []),
            "status": [phrase for phrases in words.statuses.values() for phrase in phrases],
        }
        if name in listed:
            return self._one(listed[name])
        written = {
            "word": pick(self._told).lower(),
            "other": pick(self._others).get("title", "Naruto"),
            "rating": pick(("PG", "PG-13", "R", "T", "M", "K+", "Rated T", "NC-17", "G", "R18", "18+")),
            "site": pick(SITES),
            "n": str(number),
            "year": str(1990 + number),
            "date": pick((f"{number}.03.20{number:02}", f"20{number:02}-10-{number:02}", f"{number}/09/2015")),
            "an": pick(("a", "an", "une", "eine", "una", "uma")),
            "and_": pick(("and", "or", "und", "et", "y", "e")),
            "particle": pick(("of", "de", "da", "von", "van", "di", "du", "del", "dari", "od", "от")),
            "at": pick(("at", "um", "en", "em", "à", "o", "в")),
            "hashes": f"#{pick(self._told)} #{pick(self._told)}",
            "circled": pick("①②③④⑤"),
        }
        return written[name]


def typed_names(texts: Sequence[Text], chance: random.Random) -> Iterator[tuple[str, Holder, Expected]]:
    """Yield lines in which people name their story, with the titles and authors of *texts*."""
    known = [text.expected for text in texts]
    authors: defaultdict[str, list[str]] = defaultdict(list)
    for each in known:
        if "author" in each:
            authors[each.get("language", "")].append(each["author"])
    capitals = [word for names in authors.values() for name in names for word in name.split() if word.istitle()]
    for text in texts:
        title = text.expected.get("title", "")
        signed = authors[text.expected.get("language", "")]
        author = text.expected.get("author") or chance.choice(signed or [""])
        if len(title) < LEAST_NAME or len(author) < LEAST_NAME:
            continue
        words = Words(text, known, chance)
        for holder, shapes in TYPED.items():
            for shape in chance.sample(shapes, 2):
                held = chance.choice(("title", holder)) if holder == "signed title" else holder
                yield filled(shape, words, title, author), held, {"title": title, "author": author}
        for holder in ("title", "signed title"):
            whole = filled(chance.choice(WHOLE_TITLES), words, title, author)
            whole = whole.upper() if title.isupper() else whole
            yield whole, holder, {"title": whole}
        sentences = [line.strip() for line in told_lines(text) if len(line) <= SENTENCE]
        if sentences and chance.random() < 0.4:
            sentence = chance.choice(sentences)
            yield sentence, "title", {"title": sentence}
        by = f"{title} {words['by']} {words['Word']}"
        yield by, "signed title", {"title": by}
        named = chance.choice(WHOLE_AUTHORS).replace("{A}", chance.choice(capitals))
        named = named.replace("{B}", second := chance.choice(capitals)).replace("{initial}", second[0])
        named = filled(named, words, title, author)
        yield chance.choice(("{}", "{}", words["by"] + " {}")).format(named), "author", {"author": named}


def filled(shape: str, words: Words, title: str, author: str) -> str:
    """Return *shape* with the title, the author's name and the *words*."""
    given = {"{title}": title, "{author}": author}
    return re.sub(r"{\w+}", lambda field: given.get(field[0]) or words[field[0][1:-1]], shape)


def told_lines(text: Text) -> list[str]:
    """Return the lines of the story."""
    lines = (line for block in text.blocks for line in block.lines)
    return [line for line, place in zip(lines, text.places, strict=True) if place == "story"]


def told_words(text: Text) -> list[str]:
    """Return the words of the first lines of the story."""
    return re.findall(r"[^\W\d_]{4,}", " ".join(told_lines(text)[:5]))


def named_lines(texts: Iterable[Text]) -> Iterator[tuple[str, Holder, Expected]]:
    """Yield each line with the title or the author, what it is known to be, and what is expected."""
    for text in texts:
        lines = (line.strip() for block in text.blocks for line in block.lines)
        is_signed = "author" in text.places or "author labelled" in known_looks(text.blocks)
        for line, place in zip(lines, text.places, strict=True):
            if place == "title":
                yield line, "signed title" if is_signed else "title", text.expected
            elif place == "author":
                yield line, "author", text.expected


def names_of(lines: Iterable[tuple[str, Holder, Expected]]) -> Iterator[Example]:
    """Yield the looks and the places of the tokens of each line with the title or the author."""
    for line, holder, expected in lines:
        if len(line) > LONGEST_LINE:
            continue
        tokens = Tokens(line, holder)
        places = ["none"] * len(tokens.spans)
        for part, name in (("author", expected.get("author")), ("title", expected.get("title"))):
            at = line.lower().find(name.lower()) if name else -1
            for i, (start, end) in enumerate(tokens.spans):
                if at >= 0 and name and start < at + len(name) and end > at:
                    places[i] = part
        if holder.split()[-1] in places:
            yield tokens.looks(), places


def learn(examples: Iterable[Example], places: Sequence[str], least: int, l1: float = L1) -> Weights:
    """Train a linear-chain conditional random field; a look of fewer than *least* lines or tokens has no score."""
    import pycrfsuite  # pyright: ignore[reportMissingImports]

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)  # pyright: ignore
    for looks, found in examples:
        trainer.append(looks, found)  # pyright: ignore
    trainer.set_params({"c1": l1, "c2": L2, "max_iterations": ROUNDS, "feature.minfreq": least})  # pyright: ignore
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)  # pyright: ignore
        tagger = pycrfsuite.Tagger()  # pyright: ignore
        tagger.open(file.name)  # pyright: ignore
        info = tagger.info()  # pyright: ignore
    scores: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(places))
    for (look, place), score in cast(dict[tuple[str, str], float], info.state_features).items():  # pyright: ignore
        scores[look][places.index(place)] += score
    return Weights(places, dict(scores), dict(cast(Mapping[tuple[str, str], float], info.transitions)))  # pyright: ignore


def heaviest_words(rows: Iterable[Example], weights: Weights) -> set[str]:
    """Return the looks of the `WORDS` words that say most of a line's place, by scores and by their number."""
    counts = Counter(look for looks, _ in rows for line in looks for look in line if look.startswith(WORD))
    spread = {look: max(weights.looks[look]) - min(weights.looks[look]) for look in counts if look in weights.looks}
    heaviest = sorted(spread, key=lambda look: (-spread[look] * math.sqrt(counts[look]), look))
    return set(heaviest[:WORDS])


def without_words(looks: Sequence[Sequence[str]], kept: Container[str]) -> list[list[str]]:
    """Return *looks* without those of words that are not *kept*."""
    return [[look for look in line if not look.startswith(WORD) or look in kept] for line in looks]


def names_trained(found: Sequence[Text], chance: random.Random) -> Weights:
    """Train the scores of tokens; lines of posts count more than typed ones."""
    lines = [*list(named_lines(found)) * REAL, *typed_names(found, chance)]
    return learn(names_of(lines), ("title", "author", "none"), LEAST_TOKENS, L1_TOKENS)


def main() -> None:
    chance = random.Random(SEED)
    found = list(texts("learn"))
    names = names_trained(found, chance)
    short = short_lines(found)
    begun = [begun_with(text, chance.choice(short)) for text in found * BEGUN]
    titles = zip(found, other_titles(found, chance), strict=True)
    other = [each for text, title in titles if (each := retitled(text, title)) is not None]
    found += [each for text in found if (each := cut(text, chance)) is not None] + begun + other
    rows = list(lines_of(found))
    kept = heaviest_words(rows, learn(rows, PLACES, LEAST_LINES))
    roles = learn([(without_words(looks, kept), places) for looks, places in rows], PLACES, LEAST_LINES)
    every = roles.looks.get(EVERY, [0.0] * len(PLACES))
    with_names = {EVERY: [score + NAMED.get(place, 0.0) for place, score in zip(PLACES, every, strict=True)]}
    roles = replace(roles, looks={**roles.looks, **with_names})
    for name, weights in (("names.tsv", names), ("roles.tsv", roles)):
        Path(chain_module.__file__).with_name(name).write_text(weights.as_table(), "utf-8")


if __name__ == "__main__":
    main()
