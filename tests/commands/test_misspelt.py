"""A typing error in a story's name is answered with the story that may be meant, of those that may be seen here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.results import ResponseMessage

from bot.domain.misspelt import meant
from tests.library import Library
from tests.restricting import restrict
from tests.seen import buttons_of, footer_of, options_of, shown, text_of

TITLES = {
    1: "the lighthouse post",
    2: "the ferry of words",
    3: "a spoon for the king",
    4: "the goose has the deciding vote",
}


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("gose", 4),
        ("the gose", 4),
        ("decidng vote", 4),
        ("lighthose", 1),
        ("ferry of wrods", 2),
        ("spon king", 3),
        ("xylophone", None),
        ("", None),
    ],
)
def test_a_misspelt_name_is_near_the_one_that_is_meant(typed: str, title: int | None) -> None:
    assert meant(typed, TITLES, 1) == ([title] if title else [])


@given(st.text(max_size=120))
def test_any_typed_text_is_near_few_names_or_none(typed: str) -> None:
    assert len(meant(typed, TITLES, 3)) <= 3


async def near(library: Library, command: str, typed: str) -> ResponseMessage:
    """The answer to a command with a story's name that nothing matches."""
    result = await library.ann.slash(library.channel, command, story=typed)
    library.refused(result)
    return shown(result)


async def test_one_press_reads_the_story_that_is_meant(library: Library) -> None:
    answer = await near(library, "read", "lighthose")
    assert answer.ephemeral
    assert text_of(answer).startswith("I can't find a story called “lighthose”. Did you mean “The Lighthouse Post")
    await library.restart()
    assert "Page 1 of 6" in footer_of(shown(await library.ann.click(answer, label="Read")))


@pytest.mark.parametrize("command", ["quote", "react", "vote", "review", "stories"])
async def test_each_command_that_names_a_story_says_which_is_meant(library: Library, command: str) -> None:
    answer = await near(library, command, "lighthose")
    assert "Did you mean “The Lighthouse Post" in text_of(answer) and list(buttons_of(answer)) == ["Read"]


async def test_of_several_near_ones_one_is_picked(library: Library) -> None:
    words = "It rained, and nobody in the whole house had ever loved the rain.\n"
    await library.load({f"{name}.txt": f"Title: The {name} Lantern\n\n{words}" for name in ("Red", "Blue", "Green")})
    answer = await near(library, "read", "lantrn")
    assert "Did you mean one of these?" in text_of(answer) and len(options_of(answer)) == 3


async def test_an_author_may_be_misspelt(library: Library) -> None:
    assert "Did you mean" in text_of(await near(library, "read", "Orla Vnen"))


async def test_what_may_not_be_seen_here_is_not_offered(library: Library) -> None:
    await restrict(library, library.channel)
    assert "Velvet" in text_of(await near(library, "read", "Velvt"))
    await restrict(library, library.channel, False)
    assert "Velvet" not in text_of(await near(library, "read", "Velvt"))
