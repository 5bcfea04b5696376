"""Polls: their rules, who may open them, and how they close on time, once."""
