"""Discord plumbing for all features: the client, audiences, custom ids, replies, permissions."""
