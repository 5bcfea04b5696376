"""What is known of a set of ids without asking: of the newest all, of the others nothing."""

from __future__ import annotations

from bot.store.reactions import NewestIds


def test_nothing_is_known_before_the_set_was_read() -> None:
    ids = NewestIds(3)
    ids.add(7)
    assert not ids.lacks(7) and not ids.lacks(8)


def test_a_set_that_fits_is_known_whole() -> None:
    ids = NewestIds(3)
    ids.fill([9, 7])
    ids.add(8)
    assert [ids.lacks(each) for each in (1, 7, 8, 9, 10)] == [True, False, False, False, True]


def test_what_is_older_than_all_that_fits_is_not_known() -> None:
    ids = NewestIds(2)
    ids.fill([9, 7])
    assert [ids.lacks(each) for each in (6, 7, 8, 9)] == [False, False, True, False]


def test_it_does_not_grow() -> None:
    ids = NewestIds(10)
    ids.fill([])
    for each in range(1, 1000):
        ids.add(each)
    assert len(ids._ids) < 20
    assert not ids.lacks(999) and not ids.lacks(1) and ids.lacks(1000)
