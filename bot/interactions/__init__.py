"""Discord plumbing that knows no feature: the client, who sees an answer, custom ids, replies, rights."""
