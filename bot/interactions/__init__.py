"""Handling of Discord interactions for all features: the client, audiences, custom ids, replies, permissions."""
