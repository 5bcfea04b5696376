# Chapters that come out later.

# $time is a date with its time, $far says how far away it is.
coming-when = {$time}, {$far}
# A line of a story's panel. $name is the chapter's title in bold, or its opening words; $when is coming-when.
coming-line = {$name} comes out on {$when}
# The same where it did not. $fault is why.
coming-held = { $fault ->
    [rights] {$name} didn't come out: whoever added it can't change this story anymore.
    [shelf] {$name} didn't come out: the story was no longer in the library.
    [limit] {$name} didn't come out: there was no room for it.
   *[file] {$name} didn't come out: the story can't be read with it.
  }
coming-more = { $count ->
    [one] 1 more chapter is scheduled.
   *[other] {$count} more chapters are scheduled.
  }
coming-pick = Open a scheduled chapter…

# One of them.
coming-footer = Only you can see this until it comes out.
coming-publish = Publish now
coming-drop = Delete…
coming-drop-ask = Delete {$name}? You can't undo it.
coming-drop-now = Delete
coming-scheduled = {$name} comes out on {$when}. Until then it waits under /author stories.

# The form for a time.
coming-time-title = When it comes out
coming-time = When it comes out
coming-time-hint = Like Friday 18:00, 24 Dec 6 pm, or in 3 days
coming-time-hint-empty = Like Friday 18:00, 24 Dec 6 pm, or in 3 days. Leave empty for now.
coming-city = A big city near you
coming-city-hint = Times are in its time zone.

# A direct message to whoever added it. $title is the story's.
coming-held-told = { $fault ->
    [rights] {$name} didn't come out: you can't add chapters to “{$title}” in {$server} anymore. It's kept for 30 days.
    [shelf] {$name} didn't come out: “{$title}” is no longer in the library of {$server}. It's kept for 30 days. You can still publish it in /author stories.
    [limit] {$name} didn't come out: there's no room for it in the library of {$server}. It's kept for 30 days. You can still publish it in /author stories.
   *[file] {$name} didn't come out: “{$title}” can't be read with it. It's kept for 30 days. See what's wrong in /author stories.
  }
