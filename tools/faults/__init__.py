"""Faults: realistic changes of one line, and the tests that turn red with them."""
