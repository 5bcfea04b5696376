"""The log of a server: in the transaction of the act, for 90 days, and a reader who goes becomes a former member."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.settings import ServerSettings
from bot.store import Store
from bot.store.audit import KEPT_SECONDS, record
from tests.clock import Clock, instant

HERE, THERE, MIRA = 7_000, 8_000, 9_000


async def test_a_setting_is_logged_once_for_each_that_changed(store: Store) -> None:
    def change(chosen: ServerSettings) -> ServerSettings:
        return replace(chosen, approval=True, news_channel=5)

    for _ in range(2):
        await store.settings.change_server(HERE, change, MIRA)
    assert [(act.act, act.detail, act.user) for act in await store.audit.page(HERE, "all", 10, 0)] == [
        ("set", "approval", MIRA),
        ("set", "news_channel", MIRA),
    ]
    assert await store.audit.total(THERE, "all") == 0
    assert (await store.settings.of_server(HERE)).approval
    assert await store.audit.total(HERE, "settings") == 2 and await store.audit.total(HERE, "stories") == 0


async def test_an_act_is_kept_for_ninety_days_to_the_second(store: Store, clock: Clock) -> None:
    clock.at = instant("2026-03-01 12:00")
    await store.settings.change_server(HERE, lambda chosen: replace(chosen, approval=True), MIRA)
    clock.forward(KEPT_SECONDS - 1)
    assert await store.audit.total(HERE, "all") == 1
    clock.forward(1)
    assert await store.audit.total(HERE, "all") == 0
    await store.settings.change_server(THERE, lambda chosen: replace(chosen, approval=True), MIRA)
    assert await store._db.number("SELECT count(*) FROM audit_log") == 1


async def test_an_act_that_fails_is_not_in_the_log(store: Store) -> None:
    def act(writing: object) -> None:
        record(writing, HERE, MIRA, "withdraw", now=store._db.now())  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await store._db.write(act)
    assert await store.audit.total(HERE, "all") == 0


async def test_who_deletes_their_data_becomes_a_former_member_and_the_act_stays(store: Store) -> None:
    await store.settings.change_server(HERE, lambda chosen: replace(chosen, approval=True), MIRA)
    await store.privacy.delete(MIRA)
    [act] = await store.audit.page(HERE, "all", 10, 0)
    assert (act.user, act.detail) == (None, "approval")
