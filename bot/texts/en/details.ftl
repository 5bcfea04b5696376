# What is said of a story before all else; after a colon stands what its file says.

details-rating = Rating
details-status = Status
details-warnings = Content warnings
