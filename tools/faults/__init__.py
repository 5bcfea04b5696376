"""Mutation testing: realistic faults of one line, and the tests that fail with them."""
