"""The first steps of a server: an updates channel, who may submit stories, the first story."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the steps are done."""

    updates: bool
    submissions: bool
    story: bool
    hidden: bool
    """Whether managers put them away."""

    @property
    def are_shown(self) -> bool:
        """Whether a step is left, and they were not put away."""
        return not self.hidden and not (self.updates and self.submissions and self.story)
