"""Escaping: what Discord shows is what the author wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simcord.preview._markdown import markdown_tokens

from bot.domain.reviews import Review, Viewer
from bot.stories.excerpts import Excerpt, Hit, Hits
from bot.stories.model import (
    SCENE_BREAK,
    ChapterName,
    ChapterSummary,
    OpenPage,
    QuoteInContext,
    Span,
    Spot,
    StorySummary,
)
from bot.ui.limits import clip, size
from bot.ui.markdown import SCENE_ORNAMENT, escape, literal, page_text
from bot.ui.pages import shared_page_screen
from bot.ui.quotes import quote_embed
from bot.ui.reviews import ReviewList, review_list_screen, whole_review_screen
from bot.ui.search import search_screen
from tests.markdown_reference import MARK, reading

CONSTRUCTS = {
    "italic star": "an *old* tale",
    "italic underscore": "an _old_ tale",
    "italic underscore before punctuation": "snake_case_.",
    "italic over words": "*two words*",
    "bold": "a **bold** claim",
    "bold italic": "***both***",
    "underline": "__under__",
    "underlined bold italic": "__***all***__",
    "struck": "~~gone~~",
    "spoiler": "||the butler||",
    "spoiler over lines": "||the\nbutler||",
    "code": "`code`",
    "code with two backticks": "``a ` b``",
    "code with four backticks": "````a````",
    "code block": "```py\nprint(1)\n```",
    "code block in a line": "see ```this``` here",
    "quote": "> said",
    "quote after a line": "He\n> said",
    "quote after spaces": "   > said",
    "quote of the rest": ">>> all\nof\nthis",
    "heading 1": "# One",
    "heading 2": "## Two",
    "heading 3": "### Three",
    "heading after spaces": "  # One",
    "subtext": "-# small print",
    "subtext after spaces": "  -# small print",
    "list dash": "- milk",
    "list star": "* milk",
    "list plus": "+ milk",
    "list after spaces": "   - milk",
    "list of lists": "- - milk",
    "numbered list": "1. milk",
    "numbered list from twelve": "12. milk",
    "numbered list after a line": "So:\n 1. milk",
    "year that ends a line": "It was\n1912. Nobody knew.",
    "masked link": "[here](https://example.org)",
    "masked link with a title": '[here](https://example.org "no")',
    "quiet address": "<https://example.org/a_b_c>",
    "mail address": "<ann@example.org>",
    "user": "<@1234567890>",
    "user by nickname": "<@!1234567890>",
    "role": "<@&1234567890>",
    "channel": "<#1234567890>",
    "everyone": "hi @everyone",
    "here": "hi @here!",
    "command": "</read:1234567890>",
    "subcommand": "</read on:1234567890>",
    "guild page": "<id:customize>",
    "linked roles": "<id:linked-roles:1234567890>",
    "timestamp": "<t:1618953630>",
    "timestamp with style": "<t:1618953630:R>",
    "timestamp before 1970": "<t:-1:d>",
    "custom emoji": "<:pen:1234567890>",
    "moving emoji": "<a:pen:1234567890>",
    "shortcode": ":smile:",
    "shortcode among words": "well:smile:well",
    "two shortcodes": ":a::b:",
}
"""Text that Discord would read as something else than text."""

PLAIN = {
    "star between numbers": "2 * 3 * 4",
    "stars of a swear word": "f**k that s***",
    "lone star": "*footnote",
    "underscores inside a word": "snake_case_name",
    "address": "https://example.org/",
    "address with underscores": "see https://example.org/_a_/__b__/c_d_e for more",
    "address with stars and tildes": "http://example.org/*a*/~~b~~?x=||y||",
    "address in brackets": "(https://example.org/a_(b)_c)",
    "address that ends a sentence": "It was https://example.org/a_b_.",
    "number with bracket": "1) milk\n2) eggs",
    "number with dot inside": "1.5 litres",
    "number alone with dot": "12.",
    "dash of speech": "— Oui, dit-il.",
    "dash without space": "-5 degrees",
    "minus line": "---",
    "hash without space": "#winning",
    "issue number": "Room #12",
    "backslash": "C:\\new\\_table",
    "backslash before a letter": "\\n",
    "backslash at line end": "one\\\ntwo\\",
    "two backslashes": "\\\\server\\*",
    "backslash before a star": "\\*not italic\\*",
    "backslash before an accent": "\\é",
    "shrug": "¯\\_(ツ)_/¯",
    "smileys": ":) :-( :3 ;_; >_> <3 ^_^ T_T",
    "times": "at 10:30:15 sharp",
    "quote in a line": "a > b > c",
    "arrows": "-> => <- <->",
    "angle brackets": "<<said>> <not a tag>",
    "brackets": "[sic] (sic) [a] (b)",
    "bar": "a | b || c",
    "tilde": "~5 minutes ~ more",
    "backtick": "rock `n` roll",
    "at": "ann@example.org @ home",
    "astral emoji": "a 🦊 and 👩‍👩‍👧‍👦 *ran*",
    "wide letters": "物語 **の** 終わり",
    "entity": "Tom &amp; Jerry &lt;3",
    "indented": "    four *spaces*",
    "no-break space before a dash": "\u00a0- milk",
    "wide space before a dash": "\u3000- milk",
    "underlined heading": "Snow\n====",
    "unclosed": "**bold _italic ~~struck ||spoiler `code",
    "crossed": "**a _b** c_ ~~d ||e~~ f||",
    "many stars": "*" * 11,
    "many underscores": "_" * 7,
    "many backticks": "`" * 7,
    "empty": "",
}
"""Text that is only text, or may be: it comes back too."""

TABLE = {**CONSTRUCTS, **PLAIN}

TOKENS = [
    *"*_~|`<>[]()@#:-+\\.!1a \n/&=é物",
    "**",
    "__",
    "~~",
    "||",
    "```",
    "> ",
    ">>> ",
    "# ",
    "-# ",
    "- ",
    "1. ",
    "12.",
    "\n\n",
    "\n ",
    "  ",
    "\n\n\n",
    "http://a.b/",
    "https://x.y/c_d",
    "<@1>",
    "<#1>",
    "<:a:1>",
    "<t:1:R>",
    "</a:1>",
    "<id:home>",
    "@everyone",
    "@here",
    ":a:",
    "[a](http://b)",
    "¯\\_(ツ)_/¯",
    "🦊",
    "👩‍👧",
    "e\u0301",
    "\u00a0",
    "\u200b",
    "\u3000",
    "٣. ",
]
# No control characters: `decode` and `split` leave none but the newline.
ANY = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=MARK), max_size=12)
TRICKY = st.lists(st.one_of(st.sampled_from(TOKENS), ANY), max_size=30).map("".join)


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_the_reference_sees_each_construct(name: str) -> None:
    assert reading(CONSTRUCTS[name]) != CONSTRUCTS[name]


def test_the_reference_shows_an_address_as_it_stands_and_a_backslash_within_it() -> None:
    assert reading("https://example.org/a_b_c") == "https://example.org/a_b_c"
    assert reading("https://example.org/a\\_b") == "https://example.org/a\\_b"
    assert reading("\\*a\\* \\b \\é") == "*a* \\b é"


@pytest.mark.parametrize("name", TABLE)
def test_discord_shows_what_the_author_wrote(name: str) -> None:
    assert reading(literal(TABLE[name])) == TABLE[name]


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize(("before", "after"), [("said ", " twice"), ("one\n", "\ntwo"), ("1. _", "_ *"), ("(", ")")])
def test_what_stands_around_a_construct_does_not_wake_it(name: str, before: str, after: str) -> None:
    text = before + TABLE[name] + after
    assert reading(literal(text)) == text


@given(TRICKY)
@example("*a\n- b*")
@example("https://a_b_")
@example("1.\n2. a")
def test_escaped_text_reads_as_itself(text: str) -> None:
    assert reading(literal(text)).strip() == text.strip()


@given(TRICKY)
def test_an_escape_at_most_doubles_the_length(text: str) -> None:
    assert len(literal(text)) <= 2 * len(text)
    assert size(literal(text)) <= 2 * size(text)


@given(TRICKY, st.integers(10, 60))
def test_text_clipped_for_discord_is_its_beginning(text: str, limit: int) -> None:
    shown = reading(clip(text, limit, literal))
    assert size(clip(text, limit, literal)) <= limit
    assert shown == text or text.strip().startswith(shown.removesuffix("…").strip())


@given(st.lists(TRICKY.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=4))
def test_a_page_reads_as_its_text_with_an_ornament_for_each_scene_break(scenes: list[str]) -> None:
    shown = reading(page_text(SCENE_BREAK.join(scenes)))
    assert shown.strip() == f"\n\n{SCENE_ORNAMENT}\n\n".join(scenes).strip()


# -- what stands beside it ------------------------------------------------------

OVERRIDE, POP, LEFT, RIGHT = "\u202e", "\u202c", "\u200e", "\u200f"


@pytest.mark.parametrize("mark", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_what_people_write_turns_nothing_beside_it(mark: str) -> None:
    assert escape(f"The {mark}Lamp") == "The Lamp"


@pytest.mark.parametrize("title", ["שלום", "سلام", "the שלום!", "*שלום*"])
def test_words_from_right_to_left_draw_no_number_beside_them_in(title: str) -> None:
    assert escape(title).endswith(RIGHT + LEFT) and escape(title)[:-2] == literal(title)


@pytest.mark.parametrize("title", ["The Lamp", "été", "物語", "שלום and on", "", "12"])
def test_other_words_are_shown_as_they_are(title: str) -> None:
    assert escape(title) == literal(title)


@given(st.text(st.sampled_from(["a", "ש", "\n", " ", ".", "*", OVERRIDE, POP, "🦊"]), max_size=40), st.integers(10, 30))
def test_it_is_clipped_to_what_discord_takes(text: str, limit: int) -> None:
    assert size(clip(text, limit, escape)) <= limit


# -- under a spoiler ------------------------------------------------------------

STORY = StorySummary(1, "The Ferry", "Ann", 9000, 60, 1)
CHAPTER, SPOT = ChapterSummary(2, 1, ChapterName(), 9000, 60), Spot(2, 8000)
TAILS = ["|| the butler ||", "| |", "||", "\\\\||", "\\||", "|||", "**||**"]


def veiled_hit(text: str) -> str:
    """The last line of a page of a search that hides what it found, as are the rest."""
    excerpt = Excerpt(text, (Span(0, 3, "bold"),), 0)
    found = Hits((Hit(STORY, CHAPTER, SPOT, 90, excerpt),), 0, 1, 1, is_all=True)
    return str(search_screen("bell", [], found, 1, {SPOT}).embeds[0].description).split("\n> ", 1)[1]


def veiled_quote(text: str) -> str:
    embed = quote_embed(QuoteInContext(1, STORY, CHAPTER, SPOT, text, 90, is_first_part=False), may_spoil=True)
    return str(embed.description).split("\n> ", 1)[1]


def veiled_page(text: str) -> str:
    page = OpenPage(STORY, CHAPTER, text, SPOT, 50, 8000, 9, (), (), Spot(2, 0), SPOT, SPOT, SPOT)
    return str(shared_page_screen(page, "ann", may_spoil=True).embeds[0].description).split("\n", 1)[1]


def a_review(text: str) -> Review:
    return Review(1, 5, "ben", 7, 1, STORY, 0, None, text, "shown", 1, None, 0, False, (1, 1))


def veiled_review(text: str) -> str:
    listing = ReviewList(
        "story", STORY, Viewer(6, 7, moderates=False), [a_review(text)], 0, 1, "1 review", spoilers={1}
    )
    return str(review_list_screen(listing).embeds[1].description).split("\n\n", 1)[1]


def veiled_whole_review(text: str) -> str:
    return str(whole_review_screen(a_review(text), 0, is_own=False, is_spoiler=True).embeds[1].description)


@pytest.mark.parametrize("veiled", [veiled_hit, veiled_quote, veiled_page, veiled_review, veiled_whole_review])
@given(st.lists(st.sampled_from([*TAILS, *TABLE.values()]), min_size=1, max_size=5))
def test_nothing_in_a_text_ends_the_spoiler_that_it_is_under(veiled: Callable[[str], str], tails: list[str]) -> None:
    shown = veiled("The bell rang, " + " ".join(" ".join(tails).split()) + " and on.")
    assert shown.startswith("||") and shown.endswith("||")
    inside = re.sub(r"\\[\s\S]", "", shown[2:-2])
    assert "|" not in inside and "\\" not in inside


# -- a second opinion: the renderer of SimCord's preview, which is CommonMark -----------------------

COMMON_MARK_ONLY = {
    "entity": "CommonMark decodes HTML entities, Discord shows them",
    "indented": "CommonMark takes four spaces for code, Discord for spaces",
    "underlined heading": "CommonMark underlines a heading with equals signs, Discord has no such heading",
}


def _shown(tokens: Iterable[Mapping[str, Any]]) -> str:
    """The text of SimCord's tokens; fails on any that is more than text."""
    parts: list[str] = []
    for token in tokens:
        kind = token["type"]
        if kind == "text":
            parts.append(token["content"])
        elif kind == "break":
            parts.append("\n")
        else:
            assert kind in ("inline", "paragraph"), token
            parts.append(_shown(token["children"]) + ("\n\n" if kind == "paragraph" else ""))
    return "".join(parts)


@pytest.mark.parametrize("name", [name for name in TABLE if name not in COMMON_MARK_ONLY])
def test_the_preview_shows_what_the_author_wrote(name: str) -> None:
    shown = _shown(markdown_tokens(literal(TABLE[name]), "embed_description"))
    assert shown.split() == TABLE[name].split()


@pytest.mark.parametrize("name", COMMON_MARK_ONLY)
def test_only_what_discord_does_not_know_is_left_to_the_preview(name: str) -> None:
    shown = str(markdown_tokens(literal(TABLE[name]), "embed_description"))
    assert TABLE[name] not in shown or "code_block" in shown, "the preview now agrees: compare it with the others"
