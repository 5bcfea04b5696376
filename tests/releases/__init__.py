"""A small database of each release, and what it was made by: ``python -m tests.releases.make``."""
