"""Markdown: what an author marks up is what a reader sees, and no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.formats.corrections import Correction
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, Emphasis, Span
from bot.stories.pages import pages_of

FOX = "The fox came down to the water at dusk, when the herons had gone, and looked across for a long time."
OTTER = "An otter turned over in the reeds, saw who it was, and went back to sleep with one eye open, as they do."


def read(text: str, name: str = "0.md") -> Story:
    return read_story(text.encode(), name)


def prose(text: str) -> str:
    [chapter] = read(text).chapters
    return chapter.prose


def emphasised(text: str) -> list[tuple[str, Emphasis]]:
    [chapter] = read(text).chapters
    return [(chapter.prose[span.start : span.end], span.kind) for span in chapter.spans]


def outline(text: str) -> tuple[str, list[str | None]]:
    story = read(text, "file_name.md")
    return story.title, [chapter.title for chapter in story.chapters]


# -- headings --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "chapters"),
    [
        (f"# Banks\n\n{FOX}", "Banks", [None]),
        (f"Banks\n=====\n\n{FOX}", "Banks", [None]),
        (f"## Banks\n\n{FOX}", "Banks", [None]),
        (f"# Where did it go?\n\n{FOX}", "Where did it go?", [None]),
        (f"# [OC] Banks\n\n{FOX}", "Banks", [None]),
        (f"# {'Very ' * 30}Long\n\n{FOX}", f"{'Very ' * 30}Long", [None]),
        (f"# Banks\n\n## Snow\n\n{FOX}\n\n## Rain\n\n{OTTER}", "Banks", ["Snow", "Rain"]),
        (f"# Banks\n\n### Snow\n\n{FOX}", "Banks", ["Snow"]),
        (f"# Banks\n\n# Snow\n\n{FOX}\n\n# Rain\n\n{OTTER}", "Banks", ["Snow", "Rain"]),
        (f"# Banks\n\nby Ilse Reed\n\n# Snow\n\n{FOX}\n\n# Rain\n\n{OTTER}", "Banks", ["Snow", "Rain"]),
        (f"# Snow\n\n{FOX}\n\n# Rain\n\n{OTTER}", "File Name", ["Snow", "Rain"]),
        (f"## Snow\n\n{FOX}\n\n## Rain\n\n{OTTER}", "File Name", ["Snow", "Rain"]),
        (f"{FOX} {OTTER} {FOX}\n\n## Rain\n\n{OTTER}", "File Name", [None, "Rain"]),
        (f"# Chapter 1: Snow\n\n{FOX}", "File Name", ["Snow"]),
        (f"# Prologue\n\n{FOX}\n\n# Snow\n\n{OTTER}", "File Name", ["Prologue", "Snow"]),
        (
            f"# Banks\n\n## Part One\n\n### Snow\n\n{FOX}\n\n### Rain\n\n{OTTER}\n\n## Part Two\n\n### Hail\n\n{FOX}",
            "Banks",
            ["Part One · Snow", "Rain", "Part Two · Hail"],
        ),
        (f"# By the River\n\n## The Sea\n\n{FOX}", "By the River", ["The Sea"]),
        (f"A/N: My first story, {'thank you all for reading, ' * 20}\n\n# Banks\n\n{FOX}", "Banks", [None]),
        (f"# *Banks* \\#1\n\n## The `code` & **Snow**\n\n{FOX}", "Banks #1", ["The code & Snow"]),
        (f"# The Storm Came\n\nIt Was Cold\n\n{FOX}", "The Storm Came", [None]),
    ],
)
def test_headings_are_the_title_and_the_chapters(text: str, title: str, chapters: list[str | None]) -> None:
    assert outline(text) == (title, chapters)


def test_a_deeper_heading_within_a_chapter_is_a_bold_line() -> None:
    text = f"# Banks\n\n## Snow\n\n{FOX}\n\n### A *letter*\n\n{OTTER}"
    assert prose(text) == f"{FOX}\n\nA letter\n\n{OTTER}"
    assert emphasised(text) == [("A letter", "bold"), ("letter", "italic")]


def test_a_heading_in_a_quote_is_no_chapter() -> None:
    assert outline(f"# Banks\n\n{FOX}\n\n> ## Notice\n> No swimming.\n\n{OTTER}") == ("Banks", [None])


@pytest.mark.parametrize("between", ["by Ilse Reed", "*by Ilse Reed*", "**Author:** Ilse Reed", "* Author: Ilse Reed"])
def test_the_author_stands_under_the_title(between: str) -> None:
    story = read(f"# Banks\n\n{between}\n\n{FOX}")
    assert (story.title, story.author) == ("Banks", "Ilse Reed")
    assert story.chapters[0].prose == FOX


def test_a_byline_is_not_taken_from_a_chapter() -> None:
    assert read(f"# Banks\n\n## By the Sea\n\n{FOX}").author is None


@pytest.mark.parametrize("line", ["The fox left.\n---\nIt came back.", "The fox left.\n===\nIt came back."])
def test_a_rule_right_under_a_sentence_makes_it_no_heading(line: str) -> None:
    assert prose(f"{FOX}\n\n{line}\n\n{OTTER}") == f"{FOX}\n\nThe fox left.\n\n\nIt came back.\n\n{OTTER}"


def test_an_empty_heading_or_one_of_ornaments_is_a_scene_break() -> None:
    assert prose(f"{FOX}\n\n##\n\n{OTTER}\n\n### ~*~\n\n{FOX}") == f"{FOX}\n\n\n{OTTER}\n\n\n{FOX}"


def test_notes_under_headings_are_notes() -> None:
    story = read(
        f"# Banks\n\n## Summary\n\nA fox.\n\n## Snow\n\n{FOX}\n\n## Rain\n\n{OTTER}\n\n## Author's Note\n\nBye."
    )
    assert story.summary == "A fox."
    assert [chapter.title for chapter in story.chapters] == ["Snow", "Rain"]
    assert "Bye." in story.all_notes


# -- blocks ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The fox came\ndown to the water at dusk, when all the herons had gone, and drank.", None),
        ("A verse of\nshort lines\nis kept", "A verse of\nshort lines\nis kept"),
        ("Hard  \nbreaks\\\nare kept", "Hard\nbreaks\nare kept"),
        ("Hard<br>breaks<br/>\nare<BR />kept", "Hard\nbreaks\nare\nkept"),
        (f"{FOX}  \n{OTTER}", f"{FOX}\n{OTTER}"),
        ("One<br><br>two", "One\n\ntwo"),
        ("One<br>\n\ntwo<br>\n- three<br>", "One\n\ntwo\n\n- three"),
        ("> A quote\n> of two lines\n>\n> > and another in it, said by somebody", None),
        ("- Bonjour, dit-il.\n- Bonsoir.", "- Bonjour, dit-il.\n- Bonsoir."),
        ("* salt\n* *soap*\n* string", "• salt\n• soap\n• string"),
        ("3. salt\n4. soap", "3. salt\n4. soap"),
        ("1986. What a year it was.", "1986. What a year it was."),
        ("1) one\n\n   more\n\n2) two", "1) one\n\nmore\n\n2) two"),
        (f"- {FOX}\n- {OTTER}", f"- {FOX}\n\n- {OTTER}"),
        ("- - deep\n  - deeper", "- - deep\n- deeper"),
        ("```\nDear *Ann*,\n\n  yours & mine\n```", "Dear *Ann*,\n\nyours & mine"),
        ("```text\none\n  two\n```", "one\n  two"),
        ("``` Dear Ann\none\n```", "Dear Ann\n\none"),
        ("    one\n      two", "one\n  two"),
        ("    An indented paragraph, with *stress*.", "An indented paragraph, with stress."),
        ("&emsp;set in", "set in"),
        ("Two.\n***\nThree.", "Two.\n\n\nThree."),
        ("Two.\n\n* * *\n\nThree.", "Two.\n\n\nThree."),
        ("Two.\n\n---\n\nThree.", "Two.\n\n\nThree."),
        ("Two.\n\n~~~\n\nThree.", "Two.\n\n\nThree."),
        ("Two.\n\n&nbsp;\n\nThree.", "Two.\n\n\nThree."),
        ("Two.\n\n\n\n\nThree.", "Two.\n\nThree."),
        (r"\*not\* \_so\_ \# 1\. \[x\] \\ \&amp;", "*not* _so_ # 1. [x] \\ &amp;"),
        ("&lt;&amp;&copy;&#8212;&hellip;", "<&©—…"),
        ("&#0; &#xFDD0; &nope;", "\ufffd \ufffd &nope;"),
        ("2 * 3 * 4 and a_b_c", "2 * 3 * 4 and a_b_c"),
        ("<b>half <i>and</i> <aside>all</aside>", "<b>half and <aside>all</aside>"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("the [town](http://x.org/a) and [its](b.md 'c') map", "the town and its map"),
        ("see <https://x.org/a%20b> or [https://y.org](https://y.org)", "see https://x.org/a%20b or https://y.org"),
        ("write to <ann@x.org>", "write to ann@x.org"),
        ("[](https://x.org)", "https://x.org"),
        ("the town there\n\n[1]: https://x.org", "the town there\n\n[1]: https://x.org"),
        ("[Ann](softly) Hello.", "[Ann](softly) Hello."),
        ("[Ann]: Hello.", "[Ann]: Hello."),
        ("[^1]: A note.", "[^1]: A note."),
        ("a map ![of the town](map.png)\nis here", "a map \nis here"),
        ("@everyone and :smile: and ||this||", "@everyone and :smile: and ||this||"),
    ],
)
def test_a_block_is_shown_as_its_author_meant(text: str, shown: str | None) -> None:
    wanted = shown if shown is not None else " ".join(text.replace(">", "").split())
    found = prose(f'"{FOX}"\n\n{text}\n\n"{OTTER}"')
    assert found.startswith(f'"{FOX}"\n\n')
    assert found.endswith(f'\n\n"{OTTER}"')
    found = found.removeprefix(f'"{FOX}"\n\n').removesuffix(f'\n\n"{OTTER}"')
    assert (" ".join(found.split()) if shown is None else found) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("*a* _b_", [("a", "italic"), ("b", "italic")]),
        ("**a** __b__", [("a", "bold"), ("b", "bold")]),
        ("~~a~~", [("a", "strike")]),
        ("***a***", [("a", "bold"), ("a", "italic")]),
        ("*a **b** c*", [("a b c", "italic"), ("b", "bold")]),
        ("*a *b* c*", [("a b c", "italic")]),
        ("<i>a</i> <EM>b</EM>", [("a", "italic"), ("b", "italic")]),
        ("<b>a</b> <strong >b</strong>", [("a", "bold"), ("b", "bold")]),
        ("<u>a</u> <s>b</s>", [("a", "underline"), ("b", "strike")]),
        ("<i>a **b</i> c**", [("a b", "italic"), ("b c", "bold")]),
        ("[*a*](http://x.org)", [("a", "italic")]),
        ("*a\nlong enough line that it can be nothing else but a paragraph of prose*", None),
        ("</i>a<i>", []),
        (r"\*a\*", []),
        ("`*a*`", []),
    ],
)
def test_emphasis_is_kept(text: str, found: list[tuple[str, Emphasis]] | None) -> None:
    wanted = found if found is not None else [(text.strip("*").replace("\n", " "), "italic")]
    assert sorted(emphasised(f"{FOX}\n\nSo {text} it is\n\n{OTTER}")) == sorted(wanted)


def test_emphasis_over_lines_of_verse_is_of_each_line() -> None:
    text = f"{FOX}\n\nroses *are  \nred and  \nviolets* blue\n\n{OTTER}"
    assert emphasised(text) == [("are", "italic"), ("red and", "italic"), ("violets", "italic")]


def test_labels_line_by_line_or_in_a_list_are_labels() -> None:
    for text in (
        f"# Banks\n\n**Rating:** T\n**Summary:** {FOX}\n{OTTER}\n**Fandom:** None\n\n---\n\n{OTTER}",
        f"# Banks\n\n- Rating: T\n- Summary: {FOX}\n  {OTTER}\n- Fandom: None\n\n---\n\n{OTTER}",
    ):
        story = read(text)
        assert story.metadata == {"rating": "T", "fandom": "None"}
        assert story.summary == f"{FOX} {OTTER}"
        assert story.chapters[0].prose == OTTER


def test_notes_and_the_end_are_told_from_the_story() -> None:
    story = read(f"# Banks\n\n**A/N:** *My* first!\n\n---\n\n{FOX}\n\n**The End**\n\n*Please review!*")
    assert (story.notes_before, story.notes_after, story.end_marker) == (("My first!",), ("Please review!",), "The End")
    assert story.chapters[0].prose == FOX


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.MD"])
def test_every_ending_of_markdown_is_read(name: str) -> None:
    assert read(f"{FOX} *So*", name).chapters[0].prose == f"{FOX} So"


@pytest.mark.parametrize("data", [b"", b" \n", b"# \n", b"![a](b.png)", b"---\n---\n", b"\x00", b"[a]: http://x.org"])
def test_what_is_no_story_is_refused_or_shown(data: bytes) -> None:
    try:
        assert read_story(data, "0.md").chapters[0].prose
    except Refused as refusal:
        assert str(refusal)


DEEP = 100_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">" * DEEP + " zebra", 1),
        ("> " * DEEP + "zebra", 1),
        ("- " * DEEP + "zebra", 1),
        ("1. " * DEEP + "zebra", 1),
        ("> - " * DEEP + "zebra", 1),
        ("*zebra " * 10_000 + "_*" * 10_000, 10_000),
        ("*" * DEEP + "zebra" + "*" * DEEP, 1),
        ("[" * 10_000 + "zebra" + "]" * 10_000, 1),
        ("![" * 5_000 + "zebra" + "](b)" * 5_000, 1),
        ("<i>" * 10_000 + "zebra" + "</i>" * 10_000, 1),
        ("`" * DEEP + "zebra", 1),
        ("<zebra" * 10_000, 10_000),
        ("[a]: zebra\n" * 5_000, 5_000),
        ('[a]: http://x.org "zebra\n' * 5_000, 5_000),
        ("".join("  " * (n % 60) + "- zebra\n" for n in range(2_000)), 2_000),
        ("".join(">" * (n % 60) + "zebra\n\n" for n in range(2_000)), 2_000),
    ],
)
def test_however_deep_it_goes_nothing_is_lost(text: str, words: int) -> None:
    from bot.stories.formats.markdown.reader import read_markdown

    sections = read_markdown(f"{FOX}\n\n{text}\n\n{OTTER}".encode())
    told = "\n".join(block.text for part in sections.parts for block in part.blocks)
    assert told.count("zebra") == words


# -- properties ------------------------------------------------------------------


def letters(text: str) -> Counter[str]:
    return Counter(re.findall(r"[acz]", text))


def everything(story: Story) -> str:
    chapters = "".join((chapter.title or "") + chapter.prose for chapter in story.chapters)
    metadata = "".join(key + value for key, value in story.metadata.items())
    return "".join(
        [
            story.title,
            story.author or "",
            story.summary or "",
            metadata,
            *story.all_notes,
            story.end_marker or "",
            chapters,
        ]
    )


@given(
    st.one_of(
        st.text(st.sampled_from("acz \n\t*_`~>-+1.)#=\\&;<\"'"), max_size=120),
        st.text(st.sampled_from("acz \n*_`[]()!:<>\\"), max_size=120),
        st.lists(
            st.sampled_from(
                [
                    "a",
                    "cz",
                    "\n",
                    "\n\n",
                    "# ",
                    "## ",
                    "> ",
                    "- ",
                    "1. ",
                    "    ",
                    "***",
                    "---",
                    "\n===\n",
                    "**",
                    "_",
                    "  \n",
                ]
            ),
            max_size=40,
        ).map("".join),
    )
)
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    text = text.replace("```", "``")  # a language after it is no word
    try:
        story = read(text)
    except Refused:
        return
    assert not letters(text) - letters(everything(story))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=300))
def test_any_text_is_a_story_or_refused(text: str) -> None:
    try:
        story = read(text)
    except Refused as refusal:
        assert str(refusal)
        return
    for chapter in story.chapters:
        assert chapter.prose.strip()
        assert "".join(page.text for page in pages_of(chapter)) == chapter.prose
        assert not re.search("[\ufdd0-\ufdef]", chapter.prose)


@dataclass(frozen=True)
class Run:
    """Words with emphasis of some kinds, the outermost first."""

    text: str
    kinds: tuple[Emphasis, ...]


Line = list[Run]


@dataclass(frozen=True)
class Tale:
    title: str
    chapters: list[tuple[str, list[list[list[Line]]]]]
    """Chapters of scenes of blocks of lines, each chapter with its title."""
    notes_before: list[str]
    notes_after: list[str]


_HOSTILE = st.text(
    st.one_of(
        st.sampled_from("*_`~[]()<>#+-.!|\\{}&\"'^=@$%;,?/"),
        st.characters(categories=("Lo", "So", "Sm", "Sc", "Mn"), exclude_characters="\u3000"),
    ),
    min_size=1,
    max_size=6,
)
_TRAPS = ["fox", "river", "&amp;", "<b>", "http://x.org", "*a*", "__b__", "1.", "[a](b)", "\\"]
_WORD = st.one_of(st.sampled_from(_TRAPS), _HOSTILE)
_WORDS = st.lists(_WORD, max_size=6).map(lambda words: " ".join(["fox", *words, "ran"]))
_RUN = st.builds(Run, _WORDS, st.lists(st.sampled_from(get_args(Emphasis)), max_size=2, unique=True).map(tuple))
_LINE = st.lists(_RUN, min_size=1, max_size=3).map(lambda runs: [Run("So the", ()), *runs])
_TALK = _LINE.map(lambda line: [Run('"Go on,"', ()), *line])
_BLOCK = st.lists(_LINE, min_size=1, max_size=4)
_SCENES = st.lists(st.lists(_BLOCK, min_size=1, max_size=3), min_size=1, max_size=3)
_NAME = st.tuples(st.sampled_from(["Snow", "Rain", "Hail", "Stone"]), _HOSTILE).map(
    lambda pair: " ".join([*pair, "Water"])
)
_NOTES = st.lists(_WORDS.map(lambda words: f"I wrote of a {words}"), max_size=2)


@st.composite
def tales(draw: st.DrawFn) -> Tale:
    names = draw(st.lists(_NAME, min_size=2, max_size=4, unique=True))
    chapters = [(name, [[[draw(_TALK)], *scene, [draw(_TALK)]] for scene in draw(_SCENES)]) for name in names[1:]]
    return Tale(names[0], chapters, draw(_NOTES), draw(_NOTES))


def escaped(text: str) -> str:
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


_WRITTEN: dict[Emphasis, tuple[str, str]] = {
    "italic": ("*", "*"),
    "bold": ("**", "**"),
    "strike": ("~~", "~~"),
    "underline": ("<u>", "</u>"),
}


def written_line(line: Line) -> str:
    """A line as Markdown; emphasis of two kinds has a word of its own before the inner one."""
    runs: list[str] = []
    for run in line:
        text = escaped(run.text)
        if len(run.kinds) == 2:
            before, after = _WRITTEN[run.kinds[1]]
            text = f"now {before}{text}{after} then"
        if run.kinds:
            before, after = _WRITTEN[run.kinds[0]]
            text = f"{before}{text}{after}"
        runs.append(text)
    return " ".join(runs)


def written(tale: Tale) -> str:
    blocks = [f"# {escaped(tale.title)}"]
    blocks += [f"A/N: {escaped(note)}" for note in tale.notes_before]
    blocks += ["----"] if tale.notes_before else []
    for name, scenes in tale.chapters:
        blocks.append(f"## {escaped(name)}")
        for number, scene in enumerate(scenes):
            blocks += ["***"] if number else []
            blocks += ["  \n".join(map(written_line, block)) for block in scene]
    blocks += [f"A/N: {escaped(note)}" for note in tale.notes_after]
    return "\n\n".join(blocks) + "\n"


def told(scenes: list[list[list[Line]]]) -> tuple[str, set[Span]]:
    """The prose of a chapter and its emphasis."""
    prose = ""
    spans: set[Span] = set()
    for scene in scenes:
        prose += SCENE_BREAK if prose else ""
        for b, block in enumerate(scene):
            prose += PARAGRAPH_BREAK if b else ""
            for n, line in enumerate(block):
                prose += "\n" if n else ""
                for r, run in enumerate(line):
                    prose += " " if r else ""
                    start = len(prose)
                    prose += f"now {run.text} then" if len(run.kinds) == 2 else run.text
                    spans |= {Span(start, len(prose), kind) for kind in run.kinds[:1]}
                    spans |= {Span(start + 4, len(prose) - 5, kind) for kind in run.kinds[1:]}
    return prose, spans


@given(tales())
def test_a_story_written_as_markdown_comes_back_equal(tale: Tale) -> None:
    whole = Correction.of({"whole": "yes"}, "typed")  # however much the notes outweigh it
    story = read_story(written(tale).encode(), "0001.md", whole)
    assert story.title == tale.title
    assert [chapter.title for chapter in story.chapters] == [name for name, _ in tale.chapters]
    for chapter, (_, scenes) in zip(story.chapters, tale.chapters, strict=True):
        prose, spans = told(scenes)
        assert chapter.prose == prose
        assert set(chapter.spans) == spans
    assert list(story.notes_before) == tale.notes_before
    assert [*story.chapters[-1].notes_after, *story.notes_after] == tale.notes_after


# -- what is no word of the story ------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{FOX}\n\n<!-- mend\n\nthis -->\n\n{OTTER}", f"{FOX}\n\n{OTTER}"),
        ("She <!-- who? -->ran.", "She ran."),
        ("She ran <!-- and", "She ran <!-- and"),
        ("<center>\n\nSnow fell.\n\n</center>", "Snow fell."),
        ('<p align="center">Snow <span style="color: red">fell</span>.</p>', "Snow fell."),
        (f"{FOX}\n\n<center>* * *</center>\n\n{OTTER}", f"{FOX}{SCENE_BREAK}{OTTER}"),
        (f"{FOX}\n\n| a | b |\n| c | d |", f"{FOX}\n\n| a | b |\n| c | d |"),
        (f"{FOX}\n\n||He dies.||", f"{FOX}\n\n||He dies.||"),
    ],
)
def test_comments_and_layout_are_not_shown_and_verse_is(text: str, shown: str) -> None:
    assert prose(text) == shown


def test_headings_over_summary_and_notes_of_a_chapter_are_no_chapters():
    over = f"# Dusk\n\n## Chapter Summary\n\nHe looks across.\n\n---\n\n{FOX}\n\n{OTTER}\n\n{FOX}\n\n{OTTER}"
    story = read(f"{over}\n\n{FOX}\n\n{OTTER}\n\n## Chapter End Notes\n\nThank you all for reading!\n")
    assert (story.title, story.summary, story.notes_after) == (
        "Dusk",
        "He looks across.",
        ("Thank you all for reading!",),
    )
    assert [chapter.prose for chapter in story.chapters] == ["\n\n".join([FOX, OTTER] * 3)]


# -- links -----------------------------------------------------------------------


@pytest.mark.parametrize("line", ["[Previous](1.md) | [Next chapter](3.md)", "[[Home]](README.md) [[Next]](2.md)"])
def test_links_to_other_chapters_are_left_out(line: str):
    assert prose(f"{FOX}\n\n{line}\n\n{OTTER}") == f"{FOX}\n\n{OTTER}"
    assert prose(f"{line}\n\n{FOX}\n\n{OTTER}") == f"{FOX}\n\n{OTTER}"


@pytest.mark.parametrize("line", ["[The next morning](a.md) it rained.", "[A door](b.md)"])
def test_a_link_with_words_of_the_story_stays(line: str):
    assert len(prose(f"{FOX}\n\n{line}\n\n{OTTER}").split("\n\n")) == 3
