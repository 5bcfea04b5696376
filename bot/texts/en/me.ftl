# What is a reader's own: /me, with a tab for each kind.

me-tab-reading = Reading
me-tab-later = Later
me-tab-finished = Finished
me-tab-paused = Paused
me-tab-dropped = Dropped
me-tab-bookmarks = Bookmarks
me-tab-quotes = Quotes
me-tab-following = Following
me-tab-reviews = Reviews
me-tab-muted = Muted
me-tab-data = My data
# $tab is one of the names above; a tab with nothing in it has no number.
me-counted = {$tab} · {$count}
me-back = Back
