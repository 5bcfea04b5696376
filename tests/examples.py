"""How many examples Hypothesis tries.

A plugin of pytest, which `tests/conftest.py` loads with the first test file that needs it.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

# The same examples each time: red means that a change broke something. `--all` tries four times as many, and
# `--hypothesis-profile search` looks for others. What fails is not explained line by line, which takes minutes.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
settings.register_profile("all", settings.get_profile("same"), max_examples=60)
settings.register_profile("search", settings.get_profile("same"), derandomize=False, max_examples=2000)


def pytest_configure(config: pytest.Config) -> None:
    usual = "all" if config.getoption("--all") else "same"
    settings.load_profile(config.getoption("--hypothesis-profile") or usual)
