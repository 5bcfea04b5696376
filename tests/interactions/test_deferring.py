"""Nothing waits past Discord's three seconds: what takes longer is deferred, and answered all the same."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.enums import InteractionType
from simcord.results import InteractionResult

from bot.importing.worker import read_here
from bot.store.database import Database
from bot.texts import say
from bot.ui.ids import ReadDraft, SubmissionAction
from tests.busy_writer import busy_writer
from tests.interactions.conftest import Begun, let_time_pass
from tests.library import Library
from tests.screens import read_at
from tests.seen import Message, buttons_of, ids_by_label, shown, text_of
from tests.submitting import ferry, previewed, send_in
from tests.votes import votes_of

EPHEMERAL = 64


class Reads:
    """Reads of the database, which wait while a test wants them to."""

    def __init__(self) -> None:
        self.may_go = asyncio.Event()
        self.may_go.set()


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    made, read = Reads(), Database.read

    async def waiting(self: Database, *args: Any) -> Any:
        await made.may_go.wait()
        return await read(self, *args)

    monkeypatch.setattr(Database, "read", waiting)
    return made


async def last_page(library: Library) -> Message:
    return shown(await read_at(library, library.ann, story="Lighthouse", page=6))


def press(library: Library, message: Message, label: str) -> InteractionResult:
    """Press a button, and do not wait for the answer."""
    data = {"custom_id": ids_by_label(message)[label], "component_type": 2}
    [result] = library.deliver(message, [(library.ann, InteractionType.MESSAGE_COMPONENT, data)])
    return result


async def test_a_vote_on_a_database_that_is_locked_is_acknowledged_and_counts(
    library: Library, watched: asyncio.Queue[Begun]
) -> None:
    page = await last_page(library)
    await watched.get()
    async with busy_writer(library.store._db):
        voted = press(library, page, "I want more")
        await let_time_pass(watched)
        assert voted.acknowledged and not voted.followups
    await library.env.settle()
    assert (await votes_of(library.store, await library.id_of("Lighthouse"))).overall[0] == 1
    assert "Your vote is in!" in text_of(voted.followups[0]) and voted.followups[0].ephemeral
    assert "1 of 1 want more" in text_of(page)


async def test_a_turn_that_is_late_turns_the_same_message(
    library: Library, reads: Reads, watched: asyncio.Queue[Begun]
) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Ferry", share=False))
    await watched.get()
    reads.may_go.clear()
    turned = press(library, page, "Next")
    await let_time_pass(watched)
    assert turned.acknowledged
    reads.may_go.set()
    await library.env.settle()
    assert "Page 2" in text_of(page) and not turned.followups


async def test_a_form_that_is_late_is_none_and_says_so_in_time(
    library: Library, reads: Reads, watched: asyncio.Queue[Begun]
) -> None:
    page = await last_page(library)
    await watched.get()
    reads.may_go.clear()
    asked = press(library, page, "Review")
    await let_time_pass(watched)
    assert "I'm busy right now" in shown(asked).content and shown(asked).ephemeral
    reads.may_go.set()
    await library.env.settle()
    assert asked.modal is None and not asked.followups


async def late_command(
    library: Library, reads: Reads, watched: asyncio.Queue[Begun], name: str, **options: Any
) -> InteractionResult:
    reads.may_go.clear()
    asking = asyncio.create_task(library.ann.slash(library.channel, name, **options))
    await let_time_pass(watched)
    reads.may_go.set()
    return await asking


@pytest.mark.parametrize(
    ("name", "options", "private"),
    [
        ("top", {}, True),
        ("quote", {}, True),
        ("stories", {}, True),
        ("read", {"story": "Ferry", "share": True}, False),
        ("read", {"story": "Ferry"}, True),
    ],
)
async def test_a_command_that_is_late_is_private_unless_it_shares(
    library: Library,
    reads: Reads,
    watched: asyncio.Queue[Begun],
    name: str,
    options: dict[str, Any],
    private: bool,
) -> None:
    answer = shown(await late_command(library, reads, watched, name, **options))
    assert answer.ephemeral is private and answer.embeds


async def test_a_list_that_came_too_late_for_all_can_be_shared(
    library: Library, reads: Reads, watched: asyncio.Queue[Begun]
) -> None:
    top = shown(await late_command(library, reads, watched, "top"))
    assert top.ephemeral
    public = shown(await library.ann.click(top, label="Share here"))
    assert not public.ephemeral and text_of(public) == text_of(top) and "Share here" not in buttons_of(public)


async def test_an_error_after_a_public_deferral_is_private(
    library: Library, reads: Reads, watched: asyncio.Queue[Begun]
) -> None:
    await late_command(library, reads, watched, "read", story="Nothing of that name", share=True)
    taken_back, said = library.env.http_requests[-2:]
    assert taken_back.method == "DELETE" and taken_back.path.endswith("/@original")
    assert isinstance(said.json, dict)
    assert "Nothing of that name" in said.json["content"] and said.json["flags"] == EPHEMERAL
    library.env.errors.clear()


async def test_a_draft_that_takes_long_to_read_opens_in_its_message_or_privately_from_a_public_one(
    library: Library, mira: MemberActor, watched: asyncio.Queue[Begun]
) -> None:
    draft = await send_in(library, ferry())
    public = shown(await library.ben.slash(library.channel, "stories", share=True))
    private = await previewed(library, mira)
    while not watched.empty():
        watched.get_nowait()
    may_go = asyncio.Event()

    async def slow(*file: Any, **whose: Any) -> Any:
        await may_go.wait()
        return await read_here(*file, **whose)

    library.bot.read = slow
    for message, custom_id in (
        (public, SubmissionAction("open", draft.id)),
        (private, ReadDraft(1, 0, draft.id, draft.edition + 1, "open")),
    ):
        may_go.clear()
        data = {"custom_id": str(custom_id), "component_type": 2}
        [pressed] = library.deliver(message, [(mira, InteractionType.MESSAGE_COMPONENT, data)])
        await let_time_pass(watched)
        assert pressed.acknowledged and not pressed.followups
        may_go.set()
        await library.env.settle()
        answer = message if message is private else pressed.followups[0]
        assert "Wenna" in text_of(answer) and answer.flags.ephemeral
    assert "Wenna" not in text_of(public) and say("queue-changed") in text_of(private)
