"""What several commands or a background task do: each reads from the store and draws with the ui."""
