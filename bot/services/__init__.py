"""Services shared by several commands or background tasks: they read the store, and build screens with the ui."""
