"""What is posted on a schedule, in the store: each run begun once, found again after a crash, and after an edit."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.domain.schedules import (
    EVERY_DAY,
    LATE_SECONDS,
    LEASE_SECONDS,
    SERIALS_AT_MOST,
    NewPlan,
    PlanState,
    RunLease,
    Schedule,
    Serial,
)
from bot.errors import ReaderError
from bot.store import Store
from bot.stories.instalments import Instalment, Size
from tests.databases import connected, database_at
from tests.library import Library

GUILD, CHANNEL, MIRA = 10, 20, 30
EVENING = Schedule(EVERY_DAY, time(18), "Europe/Berlin")
MONDAYS = Schedule(frozenset([0]), time(18), "Europe/Berlin")


def at(text: str, zone: str = "+00:00") -> int:
    """Seconds since 1970 of a date and time of UTC."""
    return int(datetime.fromisoformat(f"2026-{text}:00{zone}").timestamp())


NOON = at("06-01T10:00")
"""Noon of a Monday in Berlin; the evening's run is due at 16:00 of UTC."""


async def daily(store: Store, schedule: Schedule = EVENING, now: float = NOON) -> int:
    return (await store.daily.set(NewPlan(GUILD, CHANNEL, MIRA, schedule), None, "text", now)).plan.id


async def serial(store: Store, title: str = "Ferry", *, schedule: Schedule = EVENING, size: Size = "page") -> Serial:
    story = await store.stories.find(title)
    first, _ = await store.pages.ends(story.id)
    return await store.serials.start(NewPlan(GUILD, CHANNEL, MIRA, schedule), story.id, first, NOON, size=size)


def shown(instant: float) -> str:
    return datetime.fromtimestamp(instant, UTC).strftime("%m-%d %H:%M")


async def begun_at(store: Store, now: float) -> RunLease:
    begun = await store.schedules.begin(now)
    assert begun is not None
    return begun


# -- once -----------------------------------------------------------------------------------


async def test_a_run_is_begun_when_it_is_due_and_then_is_the_next_days(store: Store) -> None:
    await daily(store)
    assert await store.schedules.next_due() == at("06-01T16:00")
    assert await store.schedules.begin(at("06-01T15:59")) is None
    begun = await begun_at(store, at("06-01T16:00"))
    assert (shown(begun.due_at), begun.tries) == ("06-01 16:00", 0)
    await store.schedules.finish(begun, 77)
    assert await store.schedules.begin(at("06-02T15:59")) is None
    following = await begun_at(store, at("06-02T16:01"))
    assert shown(following.due_at) == "06-02 16:00" and following.number == begun.number + 1
    found = await store.daily.of(GUILD)
    assert found is not None and found.plan.posted == 77


async def test_two_processes_are_never_given_the_same_run(store: Store, tmp_path: Path) -> None:
    await daily(store)
    await serial(store)
    async with Store.open(database_at(tmp_path / "oneshot.db")) as other:
        now = at("06-01T16:00")
        given = [await each.schedules.begin(now) for each in (store, other, store, other)]
    assert sorted(begun.kind for begun in given if begun) == ["daily", "serial"]
    assert given[2:] == [None, None]


async def test_what_was_begun_and_not_ended_is_handed_out_again_when_its_lease_is_over(store: Store) -> None:
    await daily(store)
    begun = await begun_at(store, at("06-01T16:00"))
    assert await store.schedules.begin(at("06-01T16:00") + LEASE_SECONDS - 1) is None
    again = await begun_at(store, at("06-01T16:00") + LEASE_SECONDS)
    assert (again.number, again.begun_at, again.tries) == (begun.number, begun.begun_at, 1)
    assert await store.schedules.begin(at("06-01T16:00") + LEASE_SECONDS) is None


async def test_what_did_not_get_through_is_handed_out_when_it_is_to_be_tried_again(store: Store) -> None:
    await daily(store)
    begun = await begun_at(store, at("06-01T16:00"))
    await store.schedules.put_off(begun, at("06-01T17:00"))
    assert await store.schedules.begin(at("06-01T16:59")) is None
    assert (await begun_at(store, at("06-01T17:00"))).number == begun.number


async def test_a_run_that_is_let_be_is_not_handed_out_again(store: Store) -> None:
    await daily(store)
    await store.schedules.drop(await begun_at(store, at("06-01T16:00")))
    assert await store.schedules.begin(at("06-02T15:59")) is None
    assert await store.schedules.next_due() == at("06-02T16:00")


async def test_a_date_has_one_run_however_often_its_time_is_changed(store: Store) -> None:
    await daily(store)
    await store.schedules.finish(await begun_at(store, at("06-01T16:00")), 1)
    for late in (time(19), time(20)):
        await daily(store, Schedule(EVERY_DAY, late, "Europe/Berlin"), at("06-01T16:30"))
    assert await store.schedules.begin(at("06-02T17:59")) is None
    assert shown((await begun_at(store, at("06-02T18:00"))).due_at) == "06-02 18:00"


async def test_what_is_set_after_todays_time_begins_tomorrow(store: Store) -> None:
    await daily(store, now=at("06-01T16:01"))
    assert await store.schedules.next_due() == at("06-02T16:00")


# -- missed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back", "due"),
    [
        ("06-02T15:59", "06-01 16:00"),  # 23 hours and 59 minutes late
        ("06-02T16:00", "06-02 16:00"),
        ("06-09T12:00", "06-08 16:00"),  # of many the latest
    ],
)
async def test_of_quotes_that_were_missed_the_latest_is_due(store: Store, back: str, due: str) -> None:
    await daily(store)
    begun = await begun_at(store, at(back))
    assert shown(begun.due_at) == due
    await store.schedules.finish(begun, 1)
    assert await store.schedules.begin(at(back)) is None


async def test_a_quote_that_is_a_day_late_is_passed_over(store: Store) -> None:
    await daily(store, MONDAYS, at("06-01T16:01"))
    assert await store.schedules.begin(at("06-08T16:00") + LATE_SECONDS) is None
    assert await store.schedules.next_due() == at("06-15T16:00")


async def test_a_serial_that_missed_many_has_one_run_however_late(store: Store) -> None:
    await serial(store, schedule=MONDAYS)
    begun = await begun_at(store, at("07-02T12:00"))
    assert shown(begun.due_at) == "06-29 16:00"
    await store.schedules.finish(begun, 1)
    assert await store.schedules.begin(at("07-02T12:00")) is None
    assert await store.schedules.next_due() == at("07-06T16:00")


# -- rules of time zones that change --------------------------------------------------------


async def moved(store: Store, path: Path, seconds: int) -> None:
    """When all is due was computed by other rules."""
    with connected(path) as db:
        db.execute("UPDATE schedules SET next_at = next_at + ?, due_at = due_at + ?", (seconds, seconds))


async def test_what_is_due_is_said_anew_at_the_start(store: Store, tmp_path: Path) -> None:
    await daily(store)
    for seconds in (3600, -3600):
        await moved(store, tmp_path / "oneshot.db", seconds)
        await store.schedules.realign()
        assert await store.schedules.next_due() == at("06-01T16:00")


async def test_what_comes_later_by_new_rules_is_not_begun_before(store: Store, tmp_path: Path) -> None:
    await daily(store)
    await moved(store, tmp_path / "oneshot.db", -3600)
    assert await store.schedules.begin(at("06-01T15:00")) is None
    assert shown((await begun_at(store, at("06-01T16:00"))).due_at) == "06-01 16:00"


# -- the server's time zone -----------------------------------------------------------------


async def change_zone(store: Store, zone: str, now: int) -> None:
    await store.schedules.change_zone(GUILD, zone, MIRA, now)


async def zone_of(store: Store) -> str | None:
    return (await store.settings.of_server(GUILD)).zone


async def test_the_first_plan_gives_its_zone_to_the_server_and_the_log_says_who_did(store: Store) -> None:
    await daily(store, now=store.clock())
    assert await zone_of(store) == "Europe/Berlin"
    [act] = await store.audit.page(GUILD, "all", 10, 0)
    assert (act.act, act.detail, act.user) == ("set", "zone", MIRA)
    await serial(store)
    assert len(await store.audit.page(GUILD, "all", 10, 0)) == 1


async def test_a_plan_in_another_zone_than_the_servers_is_refused_and_changes_nothing(store: Store) -> None:
    await daily(store)
    with pytest.raises(ReaderError, match="zone-differs"):
        await serial(store, schedule=Schedule(EVERY_DAY, time(18), "Asia/Tokyo"))
    assert await store.serials.of(GUILD) == [] and await zone_of(store) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("UTC", "06-01 18:00"),
        ("America/New_York", "06-01 22:00"),
        ("Asia/Tokyo", "06-02 09:00"),  # where it is 19:00 already, so that today's hour is over
        ("Europe/Paris", "06-01 16:00"),
    ],
)
async def test_when_the_zone_changes_the_hour_stays_and_the_moment_moves(store: Store, zone: str, due: str) -> None:
    plan = await daily(store)
    await serial(store)
    await change_zone(store, zone, NOON)
    assert await store.schedules.begin(at(due.replace(" ", "T")) - 1) is None
    begun = [await begun_at(store, at(due.replace(" ", "T"))) for _ in range(2)]
    assert {shown(each.due_at) for each in begun} == {due}
    found = await store.schedules.find(plan)
    assert found is not None and found.plan.schedule == Schedule(EVERY_DAY, time(18), zone)


async def test_a_date_has_one_run_however_the_zone_is_changed(store: Store) -> None:
    await daily(store)
    await store.schedules.finish(await begun_at(store, at("06-01T16:00")), 1)
    await change_zone(store, "America/New_York", at("06-01T16:30"))
    assert await store.schedules.next_due() == at("06-02T22:00")
    await change_zone(store, "Europe/Berlin", at("06-01T16:31"))
    assert await store.schedules.next_due() == at("06-02T16:00")


@pytest.mark.parametrize(
    ("changed", "due"),
    [("03-27T12:00", "03-27 17:00"), ("03-28T18:00", "03-29 16:00"), ("03-29T12:00", "03-29 16:00")],
)
async def test_the_hour_is_that_of_the_new_zones_clocks_in_summer_and_in_winter(
    store: Store, changed: str, due: str
) -> None:
    await daily(store, Schedule(EVERY_DAY, time(18), "Asia/Tokyo"), at("03-01T10:00"))
    await change_zone(store, "Europe/Berlin", at(changed))
    assert shown(await store.schedules.next_due() or 0) == due


async def test_a_run_under_way_keeps_its_lease_when_the_zone_changes(store: Store) -> None:
    await daily(store)
    begun = await begun_at(store, at("06-01T16:00"))
    await change_zone(store, "UTC", at("06-01T16:01"))
    again = await begun_at(store, at("06-01T16:00") + LEASE_SECONDS)
    assert again.number == begun.number
    await store.schedules.finish(again, 1)
    assert await store.schedules.next_due() == at("06-02T18:00")


async def test_what_rests_goes_on_at_its_hour_in_the_new_zone(store: Store) -> None:
    plan = (await serial(store)).plan
    await store.schedules.rest(plan.id, "paused")
    await change_zone(store, "UTC", NOON)
    assert await store.schedules.next_due() is None
    [found] = await store.serials.of(GUILD)
    await store.schedules.resume(found.plan, CHANNEL, NOON)
    assert await store.schedules.next_due() == at("06-01T18:00")


async def test_what_is_due_in_another_server_is_not_passed_over(store: Store) -> None:
    await daily(store)
    await store.schedules.change_zone(GUILD + 1, "UTC", MIRA, at("06-01T16:01"))
    assert await store.schedules.next_due() == at("06-01T16:00")


# -- by hand --------------------------------------------------------------------------------


async def test_what_rests_is_not_due_and_what_goes_on_makes_nothing_up(store: Store) -> None:
    plan = (await serial(store)).plan
    await store.schedules.rest(plan.id, "paused")
    assert await store.schedules.begin(at("06-05T16:00")) is None
    await store.schedules.resume(plan, CHANNEL, at("06-05T16:01"))
    assert await store.schedules.begin(at("06-06T15:59")) is None
    assert shown((await begun_at(store, at("06-06T16:00"))).due_at) == "06-06 16:00"


async def test_what_is_paused_while_it_is_posted_is_ended_and_then_rests(store: Store) -> None:
    plan = (await serial(store)).plan
    begun = await begun_at(store, at("06-01T16:00"))
    await store.schedules.rest(plan.id, "paused")
    again = await begun_at(store, at("06-01T16:00") + LEASE_SECONDS)
    assert again.number == begun.number
    await store.schedules.finish(again, 1)
    assert await store.schedules.next_due() is None


async def test_a_run_asked_for_now_leaves_the_schedule_as_it_is(store: Store) -> None:
    plan = (await serial(store)).plan
    begun = await store.schedules.begin_now(plan.id, NOON)
    assert begun is not None and await store.schedules.begin_now(plan.id, NOON) is None
    await store.schedules.finish(begun, 1)
    assert shown((await begun_at(store, at("06-01T16:00"))).due_at) == "06-01 16:00"


async def test_a_fault_stops_it_once(store: Store) -> None:
    plan = await daily(store)
    await begun_at(store, at("06-01T16:00"))
    assert await store.schedules.fail(plan, "channel") and not await store.schedules.fail(plan, "permission")
    found = await store.daily.of(GUILD)
    assert found is not None and found.plan.state == "channel"
    assert await store.schedules.next_due() is None


async def test_a_fault_of_what_was_stopped_meanwhile_is_no_news_and_ends_the_run(store: Store) -> None:
    plan = (await serial(store)).plan
    await begun_at(store, at("06-01T16:00"))
    await store.schedules.rest(plan.id, "stopped")
    assert not await store.schedules.fail(plan.id, "channel")
    assert await store.schedules.next_due() is None


async def test_nothing_is_due_where_the_bot_left(store: Store) -> None:
    await daily(store)
    await serial(store)
    await store.schedules.leave(GUILD)
    assert await store.schedules.next_due() is None
    [found] = await store.serials.of(GUILD)
    assert found.plan.state == "left"


# -- serials --------------------------------------------------------------------------------


async def read_on(store: Store, found: Serial, day: int) -> Instalment:
    """Post the next instalment, on a day of June."""
    begun = await begun_at(store, at(f"06-{day:02}T16:00"))
    now = await store.serials.find(found.plan.id)
    assert now is not None
    instalment = await store.instalments.open(found.story, now.spot, found.size)
    assert instalment is not None
    await store.serials.finish(begun, instalment, day)
    return instalment


def text_of(instalments: list[Instalment]) -> str:
    return "".join(page.text for each in instalments for page in each.pages)


@pytest.mark.parametrize("size", ["page", "scene", "chapter"])
@pytest.mark.parametrize("title", ["Ferry", "Lighthouse", "Spoon"])
async def test_all_instalments_together_are_the_story(store: Store, title: str, size: Size) -> None:
    found = await serial(store, title, size=size)
    posted = [await read_on(store, found, 1)]
    while posted[-1].following is not None:
        posted.append(await read_on(store, found, len(posted) + 1))
    whole = await store.stories.whole(found.story)
    assert text_of(posted) == "".join(chapter.prose for chapter in whole.chapters)
    assert [each.number for each in posted] == list(range(1, len(posted) + 1))
    assert {each.total for each in posted} == {len(posted)}
    again = await store.serials.find(found.plan.id)
    assert again is not None and again.plan.state == "ended"
    assert await store.instalments.open(found.story, again.spot, size) is None
    assert await store.schedules.next_due() is None


async def test_a_chapter_is_one_instalment_in_pages(store: Store) -> None:
    found = await serial(store, size="chapter")
    first = await read_on(store, found, 1)
    assert (first.number, first.total, first.chapter.position) == (1, 3, 1) and len(first.pages) > 1
    second = await read_on(store, found, 2)
    assert second.notes_before and not second.notes_after and second.chapter.position == 2


async def clock(library: Library, *hours: int) -> None:
    """A story of one paragraph an hour, each too long to share a page with another."""
    struck = "At {n} the clock struck number {m}, and nobody in the hall moved, nor had they ever"
    parts = ["; ".join(struck.format(n=n, m=m) for m in range(6)) + "." for n in hours]
    await library.load({"clock.txt": "Title: Hours\n\n" + "\n\n".join(parts) + "\n"})


async def test_an_edited_story_goes_on_where_it_was(library: Library) -> None:
    await clock(library, *range(1, 10))
    found = await serial(library.store, "Hours")
    posted = [await read_on(library.store, found, day) for day in (1, 2, 3)]
    assert [f"At {each.number} " in text_of([each]) for each in posted] == [True] * 3
    await clock(library, 100, 101, *range(1, 10))  # the beginning has grown
    fourth = await read_on(library.store, found, 4)
    assert text_of([fourth]).startswith("At 4 the clock")
    assert (fourth.number, fourth.total) == (6, 11)
    await clock(library, *range(3, 10))  # it has shrunk
    fifth = await read_on(library.store, found, 5)
    assert text_of([fifth]).startswith("At 5 the clock") and (fifth.number, fifth.total) == (3, 7)


async def test_a_chapter_that_is_taken_out_where_a_serial_is_gives_way_to_the_next(library: Library) -> None:
    def book(*chapters: int) -> dict[str, str]:
        lines = [
            f"Chapter {n}: Part {n}\n\n" + f"In part number {n} they walked on and met nobody.\n" for n in chapters
        ]
        return {"book.txt": "Title: The Walk\n\n" + "\n".join(lines)}

    await library.load(book(1, 2, 3, 4))
    found = await serial(library.store, "The Walk", size="chapter")
    await read_on(library.store, found, 1)
    await library.load(book(1, 3, 4))
    assert "number 3" in text_of([await read_on(library.store, found, 2)])


async def test_what_a_story_gains_after_its_end_comes_next(library: Library) -> None:
    await clock(library, 1, 2, 3)
    found = await serial(library.store, "Hours")
    for day in (1, 2, 3):
        await read_on(library.store, found, day)
    await clock(library, 100, 1, 2, 3, 4)
    await library.store.schedules.resume(found.plan, CHANNEL, at("06-04T10:00"))
    fourth = await read_on(library.store, found, 4)
    assert text_of([fourth]).strip().startswith("At 4 the clock") and fourth.following is None


async def test_a_story_comes_by_instalments_once_at_a_time(store: Store) -> None:
    found = await serial(store)
    with pytest.raises(ReaderError, match="serial-runs"):
        await serial(store)
    states: list[PlanState] = ["stopped", "ended", "left", "story"]
    for over in states:
        await store.schedules.rest(found.plan.id, "paused")
        with pytest.raises(ReaderError, match="serial-runs"):
            await serial(store)
        await store.schedules.rest(found.plan.id, over)
        found = await serial(store)
        assert [each.plan.id for each in await store.serials.of(GUILD)] == [found.plan.id]


async def test_there_is_an_end_to_serials(library: Library) -> None:
    tale = "Title: Tale {n}\n\nIt rained on day {n}, and nobody minded at all.\n"
    await library.load({f"s{n}.txt": tale.format(n=n) for n in range(12)})
    for n in range(SERIALS_AT_MOST):
        await serial(library.store, f"Tale {n}")
    with pytest.raises(ReaderError, match="too-many-serials"):
        await serial(library.store, "Tale 11")
