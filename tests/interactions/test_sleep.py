"""A sleep that another task cuts short."""

import asyncio

from bot.interactions.sleep import InterruptibleSleep

HOUR_SECONDS = 3_600


async def test_one_who_is_woken_before_the_sleep_does_not_sleep_and_sleeps_the_next_time():
    sleep = InterruptibleSleep()
    sleep.wake()
    async with asyncio.timeout(10):
        await sleep.wait(HOUR_SECONDS)
    sleeping = asyncio.create_task(sleep.wait(HOUR_SECONDS))
    for _ in range(3):
        await asyncio.sleep(0)
    assert not sleeping.done()
    sleep.wake()
    async with asyncio.timeout(10):
        await sleeping
