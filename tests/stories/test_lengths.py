"""Reading times, and the longest story that fits into one."""

from bot.domain.stories import MOST_MINUTES
from bot.stories.lengths import minutes, words_within


def test_the_longest_story_within_some_minutes_shows_these_and_one_word_more_shows_the_next() -> None:
    for most in range(1, MOST_MINUTES + 1):
        longest = words_within(most)
        assert (minutes(longest), minutes(longest + 1)) == (most, most + 1)
