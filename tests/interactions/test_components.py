"""Custom ids arrive from outside: malformed, forged, old. And what is said when the bot is at fault."""

from __future__ import annotations

import dataclasses
import logging
import re
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from simcord.enums import InteractionType

from bot.domain.questions import Counts
from bot.domain.reactions import Reaction
from bot.operations.logs import refer_in_words
from bot.stories.model import Spot
from bot.ui.custom_id import CustomId, EmojiText, Name, Snowflake
from bot.ui.ids import KINDS, AskJump, JumpModal, React, ShowNotes, TurnPage
from bot.ui.reactions import OFFERED
from tests import samples
from tests.discord_limits import assert_components, assert_nothing_kept_in_memory
from tests.library import Library
from tests.screens import behind_more, info_of, read_at, to_last
from tests.seen import Message, components_of, footer_of, ids_by_label, shown, text_of
from tests.votes import vote_of, votes_of

pytestmark = pytest.mark.sqlite("it is about the form of messages")

ABSURD = 10**17 - 1
LONG_SNOWFLAKE = 9 * 10**18 - 1


@pytest.fixture(params=["page", "private page", "card"])
async def message(library: Library, request: pytest.FixtureRequest) -> Message:
    """A message of Ann's that a forged button can be put on."""
    command = "stories" if request.param == "card" else "read"
    options = {"private page": {"share": False}, "card": {"share": True}}.get(request.param, {})
    return shown(await library.ann.slash(library.channel, command, story="Lighthouse", **options))


async def page_of(library: Library, reader: str = "ann") -> Message:
    actor = library.ann if reader == "ann" else library.ben
    return shown(await actor.slash(library.channel, "read", story="Lighthouse"))


async def kept(library: Library) -> list[tuple[int, list[Reaction], Counts]]:
    """All that readers have done, for each story."""
    return [
        (
            entry.id,
            await library.store.reactions.tally(entry.id),
            await votes_of(library.store, entry.id, library.guild_id),
        )
        for entry in await library.store.stories.search("", 100)
    ]


# -- ids themselves -------------------------------------------------------------


def largest(kind: type[CustomId]) -> CustomId:
    """An id of *kind* as long as it can be."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if get_origin(hint) is Literal:
            values[field.name] = max(get_args(hint), key=len)
        elif hint is bool:
            values[field.name] = True
        elif hint is Name:
            values[field.name] = "n" * 40
        elif hint is EmojiText:
            values[field.name] = max((emoji.key for emoji in OFFERED), key=len)
        else:
            values[field.name] = LONG_SNOWFLAKE if hint is Snowflake else ABSURD
    return kind(**values)


def test_an_id_is_read_back_as_it_was_written_at_its_largest() -> None:
    for kind in KINDS:
        written = str(largest(kind))
        assert len(written) <= 100, kind
        match = kind.pattern().fullmatch(written)
        assert match is not None, kind
        assert kind.read(match) == largest(kind)


def test_an_id_is_of_one_kind_only() -> None:
    for kind in KINDS:
        written = str(largest(kind))
        assert [other for other in KINDS if other.pattern().fullmatch(written)] == [kind]


def test_no_two_kinds_share_a_prefix() -> None:
    prefixes = [kind.PREFIX for kind in KINDS]
    assert len(set(prefixes)) == len(prefixes)
    assert all(re.fullmatch(r"[a-z]+\d+", prefix) for prefix in prefixes)


@pytest.mark.parametrize(
    "forged",
    [
        "p1:n:0:1:-1", "p1:n:0:1:", "p1:n:0:1:1:1", "p1:n:2:1:1", "p1:x:0:1:1", "p1:n:0:1:1 ", " p1:n:0:1:1",
        "p1:n:0:1:1\n", "P1:n:0:1:1", "p2:n:0:1:1", f"p1:n:0:1:{10**17}", "p1:n:0:1:1e3", "p1:n:0:1:0x1", "p1:n:0:1:١",
        "p1:n:0:1:１", "p1:n:1' OR 1=1 --:1:1", "p1", "", "v1:maybe:1:page:1:1", "v1:continue:1:nowhere:1:1",
    ],
)  # fmt: skip
def test_an_id_that_is_not_exactly_right_is_of_no_kind(forged: str) -> None:
    assert [kind for kind in KINDS if kind.pattern().fullmatch(forged)] == []


def test_a_field_that_no_id_can_hold_is_refused_where_the_kind_is_declared() -> None:
    with pytest.raises(TypeError, match="no custom id can hold a field of type"):

        class Named(CustomId, prefix="zz1"):
            name: str


def test_two_kinds_of_one_prefix_are_refused_where_the_second_is_declared() -> None:
    with pytest.raises(TypeError, match="Second has the prefix 'p1' of"):

        class Second(CustomId, prefix="p1"):
            page: int


def test_an_id_that_discord_would_not_take_is_not_written() -> None:
    with pytest.raises(ValueError, match="custom id"):
        str(React(ABSURD, "peek-react", ABSURD, ABSURD, EmojiText("x" * 40)))


async def test_no_two_ids_of_a_page_are_equal(library: Library) -> None:
    pages = 3
    await library.load({"kettle.txt": samples.sized("Kettle", pages)})
    for page in range(1, pages + 1):
        opened = shown(await read_at(library, library.ann, story="Kettle", page=page))
        assert f"Page {page} of {pages}" in footer_of(opened)
        assert_components(opened.components)
        if page > 1:
            asked = await behind_more(library.ben, opened, "Go to…")
            copy = shown(await library.ben.submit_modal(asked, {"page": str(page)}))
        else:
            quote = shown(await library.ben.slash(library.channel, "quote", story="Kettle"))
            copy = shown(await behind_more(library.ben, quote, "Read in context"))
        more = shown(await library.ben.click(copy, label="More"))
        assert_components(more.components)
        assert_components(copy.components)


async def test_no_two_ids_of_a_page_with_long_notes_are_equal(library: Library) -> None:
    title = "The Train to Nowhere Much"
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story=title))
    for _ in range((await library.store.stories.find(title)).pages - 1):
        assert_components(opened.components)
        assert_components(shown(await library.ben.click(opened, label="Next")).components)
        await library.ann.click(opened, label="Next")
    assert_components(opened.components)


# -- malformed, forged, old -----------------------------------------------------


@pytest.mark.parametrize(
    "custom_id",
    [
        "x", "p1", "p0:n:0:1:1", "p1:n:0:one:1", "p1:n:0:-1:1", "page:2", "'; DROP TABLE stories; --", "🎏" * 25,
        "v1:" * 33,
    ],
)  # fmt: skip
async def test_a_button_of_no_known_kind_is_answered_kindly(library: Library, message: Message, custom_id: str) -> None:
    said = library.refused(await library.forge(library.ann, message, custom_id))
    assert "/read" in said and "/help" in said


FORGED = [
    f"p1:n:0:{ABSURD}:{ABSURD}",
    "p1:n:0:0:0",
    f"p1:g:0:{ABSURD}:0",
    f"j1:0:{ABSURD}:0",
    f"n1:before:{ABSURD}:0:0",
    "n1:before:1:0:0",
    f"r1:{ABSURD}",
    "r1:0",
    f"s1:{ABSURD}",
    f"q1:{ABSURD}",
    f"a1:{ABSURD}",
    f"k1:{ABSURD}",
    "k1:0",
    f"vp1:{ABSURD}",
    f"v1:continue:{ABSURD}:page:{ABSURD}:{ABSURD}",
    "v1:leave:0:card:0:0",
    f"w1:{ABSURD}:{ABSURD}:page:{ABSURD}:{ABSURD}",
    f"rp1:{ABSURD}",
    f"e1:{ABSURD}:page:{ABSURD}:{ABSURD}:🔥",
    "e1:1:page:1:1:💩",
    f"rv1:{ABSURD}",
    f"rva1:story:{ABSURD}:0",
    f"rva1:new:1:{ABSURD}",
    f"rvp2:next:story:{ABSURD}:{ABSURD}",
    f"rvo2:delete:{ABSURD}:mine:0:0",
    f"rvo2:hide:{ABSURD}:waiting:0:0",
    f"rvw1:{ABSURD}:{ABSURD}:1",
    f"rvr1:{ABSURD}",
]


async def test_a_forged_button_is_answered_kindly_and_changes_nothing(library: Library) -> None:
    message, before = await page_of(library), await kept(library)
    place = await library.store.places.of(library.ann.id, await library.id_of("Lighthouse"))
    for custom_id in FORGED:
        for reader in (library.ben, library.ann):
            library.refused(await library.forge(reader, message, custom_id))
        assert await kept(library) == before, custom_id
        assert await library.store.places.latest(library.ben.id) is None, custom_id
        assert await library.store.places.of(library.ann.id, await library.id_of("Lighthouse")) == place, custom_id


@pytest.mark.parametrize("custom_id", ["c1:0:{story}", "lp1:0", f"lp1:{ABSURD}", f"c1:1:{ABSURD}"])
async def test_a_forged_choice_is_answered_kindly(library: Library, custom_id: str) -> None:
    message = await page_of(library)
    custom_id = custom_id.format(story=await library.id_of("Lighthouse"))
    for value in ("0", str(ABSURD), "9" * 40, "-1", "one", "1 OR 1=1", "٣", "🎏", "'; --"):
        said = library.refused(await library.forge(library.ann, message, custom_id, values=[value]))
        assert "/stories" in said or "/read" in said, value


@pytest.mark.parametrize("custom_id", ["lp1:0"])
async def test_a_selects_id_on_a_button_is_answered_kindly(library: Library, custom_id: str) -> None:
    message = await page_of(library)
    assert "/stories" in library.refused(await library.forge(library.ann, message, custom_id))


async def test_a_buttons_id_on_a_select_does_what_the_button_does(library: Library) -> None:
    message = await page_of(library)
    turned = shown(await library.forge(library.ann, message, ids_by_label(message)["Next"], values=["1"]))
    assert "Page 2 of 6" in footer_of(turned)


async def test_an_offset_past_the_end_opens_the_last_page_of_the_chapter(library: Library) -> None:
    message = await page_of(library)
    chapter = int(ids_by_label(message)["Next"].split(":")[3])
    turned = shown(await library.forge(library.ann, message, str(TurnPage("n", False, chapter, ABSURD))))
    assert turned.id == message.id and "Page 6 of 6" in footer_of(turned)


async def test_a_list_page_far_past_the_end_is_the_last(library: Library) -> None:
    message = shown(await library.ann.slash(library.channel, "stories", share=True))
    turned = shown(await library.forge(library.ann, message, f"l1:n:0:{ABSURD}"))
    assert turned.id == message.id and footer_of(turned) == "Library · 3 stories"


async def test_a_part_of_a_note_far_past_the_end_is_the_last(library: Library) -> None:
    await library.load({"noted.txt": samples.NOTED})
    opened = shown(await library.ann.slash(library.channel, "read", story="Train"))
    info = await info_of(library.ann, opened)
    match = ShowNotes.pattern().fullmatch(ids_by_label(info)["Notes"])
    assert match is not None
    forged = dataclasses.replace(ShowNotes.read(match), part=ABSURD)
    assert "Part 2 of 2" in text_of(shown(await library.forge(library.ann, opened, str(forged))))


async def test_a_vote_forged_onto_another_storys_page_counts_for_the_story_it_names(library: Library) -> None:
    message = await page_of(library)
    ferry, spoon = await library.id_of("Ferry"), await library.id_of("Spoon")
    chapter = (await library.store.stories.chapter(await library.store.stories.find("Spoon"), 1)).id
    await library.forge(library.ben, message, f"v1:leave:{ferry}:page:{chapter}:0")
    assert await vote_of(library.store, ferry, library.ben.id) == "leave"
    assert await vote_of(library.store, spoon, library.ben.id) is None


async def test_a_modals_id_on_a_button_is_answered(library: Library) -> None:
    message = await page_of(library)
    library.refused(await library.forge(library.ann, message, str(JumpModal(False, 1, 0))))


# -- modals ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "custom_id", ["", "x", "jm1", "jm0:0:1:0", "jm1:0:-1:0", "j1:0:1:0", "p1:n:0:1:0", "'; --", "x" * 100]
)
async def test_a_modal_of_no_known_kind_is_answered_kindly(library: Library, custom_id: str) -> None:
    message = await page_of(library)
    said = library.refused(await library.send_modal(library.ann, message, custom_id, {"page": "2"}))
    assert "/help" in said


async def test_a_forged_modal_of_a_chapter_that_never_was_is_answered_kindly(library: Library) -> None:
    message = await page_of(library)
    for chapter in (0, ABSURD):
        asked = str(JumpModal(False, chapter, ABSURD))
        assert "/stories" in library.refused(await library.send_modal(library.ann, message, asked, {"page": "1"}))


@pytest.mark.parametrize(
    "values", [{}, {"other": "2"}, {"page": ""}, {"page": "9" * 5000}, {"page": "2; DROP TABLE pages"}, {"page": "٣"}]
)
async def test_a_forged_modal_with_anything_in_it_is_answered_kindly(library: Library, values: dict[str, str]) -> None:
    message = await page_of(library)
    chapter, offset = ids_by_label(message)["More"].split(":")[3:]
    asked = str(JumpModal(False, int(chapter), int(offset)))
    assert "1 to 6" in library.refused(await library.send_modal(library.ann, message, asked, values))
    assert "Page 1 of 6" in footer_of(message)


@pytest.mark.parametrize(
    "components",
    [None, [], "2", {}, [None], [{}], [{"components": 2}], [{"component": {"custom_id": "page", "value": 2}}]],
)
async def test_a_modal_of_a_shape_that_no_client_sends_is_answered_kindly(library: Library, components: Any) -> None:
    message = await page_of(library)
    chapter, offset = ids_by_label(message)["More"].split(":")[3:]
    data = {"custom_id": str(JumpModal(False, int(chapter), int(offset))), "components": components}
    [result] = await library.emit(message, [(library.ann, InteractionType.MODAL_SUBMIT, data)])
    assert "1 to 6" in library.refused(result)


@pytest.mark.parametrize("values", [[], "1", {}, [None], [7], [["1"]]])
async def test_a_choice_of_a_shape_that_no_client_sends_is_answered_kindly(library: Library, values: Any) -> None:
    message = shown(await library.ann.slash(library.channel, "stories", share=True))
    select = next(each for each in components_of(message) if each["type"] == 3)
    data = {"custom_id": select["custom_id"], "component_type": 3, "values": values}
    [result] = await library.emit(message, [(library.ann, InteractionType.MESSAGE_COMPONENT, data)])
    assert "/stories" in library.refused(result)


async def test_what_was_typed_is_answered_by_its_id_by_any_process(library: Library) -> None:
    message = await page_of(library)
    asked = await behind_more(library.ann, message, "Go to…")
    assert asked.modal is not None
    assert_nothing_kept_in_memory(library.env)
    await library.restart()
    await library.restart()
    assert "age 3 of 6" in footer_of(shown(await library.ann.submit_modal(asked, {"page": "3"})))


async def test_a_modal_and_its_button_carry_the_same(library: Library) -> None:
    message = await page_of(library)
    more = shown(await library.ann.click(message, label="More"))
    pressed = ids_by_label(more)["Go to…"]
    match = AskJump.pattern().fullmatch(pressed)
    assert match is not None
    jump = AskJump.read(match)
    asked = await library.ann.click(more, custom_id=pressed)
    assert asked.modal is not None
    assert asked.modal["custom_id"] == str(JumpModal(jump.peek, jump.chapter, jump.offset))
    assert Spot(jump.chapter, jump.offset) == (await library.store.pages.open(Spot(jump.chapter, 0))).spot


# -- memory ---------------------------------------------------------------------


async def test_nothing_is_kept_in_memory_of_what_was_sent_and_pressed(library: Library) -> None:
    page = shown(await read_at(library, library.ann, story="Lighthouse", page=3))
    await library.ann.slash(library.channel, "quote")
    await library.ann.slash(library.channel, "stories", share=True)
    for label in ("Next", "Back", "More", "React"):
        await library.ben.click(page, label=label)
        await library.ann.click(page, label=label)
    await library.ben.click(await to_last(library.ann, page), label="I want more")
    await library.ann.user.slash("read", story="Ferry")
    assert_nothing_kept_in_memory(library.env)
    assert not library.env.bot.cached_messages
    assert not library.env.bot.persistent_views


# -- a fault of the bot's own ---------------------------------------------------


async def broken(*_: object, **__: object) -> None:
    raise RuntimeError("the disk says /srv/secret/oneshot.db is on fire")


@pytest.fixture(autouse=True)
def referred(caplog: pytest.LogCaptureFixture) -> None:
    """The lines of the log bear their references, as the host sees them."""
    caplog.handler.addFilter(refer_in_words)


def assert_reference_only(said: str, log: pytest.LogCaptureFixture) -> None:
    """The reader gets a reference, the log what it stands for."""
    found = re.search(r"owner: ([0-9a-f]{6})", said)
    assert found is not None, said
    for leaked in ("Traceback", "RuntimeError", "secret", "File ", ".py"):
        assert leaked not in said
    [record] = [record for record in log.records if record.levelno >= logging.ERROR and found[1] in record.getMessage()]
    assert record.exc_info is not None and "on fire" in str(record.exc_info[1])


async def test_an_unexpected_error_in_a_command_gets_a_reference_that_the_log_has(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(type(library.store.pages), "open", broken)
    answer = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert answer.ephemeral
    assert_reference_only(answer.content, caplog)
    assert len(library.env.errors) == 1


async def test_an_unexpected_error_in_a_press_gets_a_reference_that_the_log_has(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = await page_of(library)
    with monkeypatch.context() as store:
        store.setattr(type(library.store.pages), "open", broken)
        answer = shown(await library.ben.click(message, label="Next"))
    assert answer.ephemeral
    assert_reference_only(answer.content, caplog)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.click(message, label="Next")))


async def test_an_unexpected_error_in_a_modal_gets_a_reference_that_the_log_has(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = await page_of(library)
    asked = await behind_more(library.ann, message, "Go to…")
    monkeypatch.setattr(type(library.store.pages), "spot", broken)
    answer = shown(await library.ann.submit_modal(asked, {"page": "3"}))
    assert answer.ephemeral
    assert_reference_only(answer.content, caplog)


async def test_an_error_after_the_answer_is_told_beside_it(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    message = await page_of(library)
    monkeypatch.setattr(type(library.store.places), "turn", broken)
    pressed = await library.ann.click(message, label="Next")
    told = pressed.followups or [shown(pressed)]
    assert told[0].ephemeral
    assert_reference_only(told[0].content, caplog)


async def test_an_error_while_a_title_is_typed_shows_nothing_and_is_logged(
    library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(type(library.store.stories), "search", broken)
    assert await library.ann.autocomplete(library.channel, "read", "story", "light") == []
    assert any("on fire" in str(record.exc_info[1]) for record in caplog.records if record.exc_info)


async def test_a_fault_of_discord_is_no_silence(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    message = await page_of(library)
    library.env.inject_error("POST", "/interactions/*/callback", status=500)
    answer = shown(await library.ann.click(message, label="Next"))
    assert answer.ephemeral and "Something went wrong" in answer.content
    assert "Page 2 of 6" in footer_of(shown(await library.ann.click(message, label="Next")))


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (404, 10015), (400, 40060)])
async def test_a_press_that_discord_has_given_up_on_is_only_logged(
    library: Library, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    caplog.set_level(logging.INFO)
    message = await page_of(library)
    library.env.inject_error("POST", "/interactions/*/callback", status=status, code=code, times=2)
    pressed = await library.ann.click(message, label="Next")
    assert pressed.response is None
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert ours and all(record.levelno == logging.INFO and not record.exc_info for record in ours)
    assert "Page 2 of 6" in footer_of(shown(await library.ann.click(message, label="Next")))
