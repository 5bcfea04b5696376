# The filters of a list: in words above it, and as a panel.

# The values of filters, as they stand within a line. A first letter is made large where a line begins with one.
value-length-drabble = drabble: up to 150 words
value-length-one-shot = one-shot: 151 to 17,499 words
value-length-novella = novella: 17,500 to 39,999 words
value-length-novel = novel: 40,000 words or more
value-status-one-shot = one-shot
value-status-in-progress = in progress
value-status-complete = complete
value-status-on-hiatus = on hiatus
value-status-abandoned = abandoned
value-rating-general = general
value-rating-teen = teen
value-rating-mature = mature
value-rating-explicit = explicit
value-rating-not-rated = not rated
value-wish-yes = yes
value-wish-no = no

# The orders of a list.
filter-sort-title = by title
filter-sort-newest = newest first
filter-sort-loved = most loved first
filter-sort-continue = most votes to continue first
filter-sort-longest = longest first
filter-sort-recent = those you read, the latest first

# The same as the options of a select.
filter-sort-option-title = Sort: by title
filter-sort-option-newest = Sort: newest
filter-sort-option-loved = Sort: most loved
filter-sort-option-continue = Sort: most wanted next
filter-sort-option-longest = Sort: longest
filter-sort-option-recent = Sort: recently read

# What is asked for, within a line; joined with " · ". $names are names, joined by the messages below.
filter-on-tags = tagged {$names}
filter-on-fandoms = fandom {$names}
filter-on-characters = with {$names}
filter-on-authors = by {$names}
filter-on-languages = in {$names}
filter-on-without = without {$names}
filter-within-minutes = up to {$minutes} min
filter-rated-general = rated general
filter-rated-teen = rated teen
filter-rated-mature = rated mature
filter-rated-explicit = rated explicit
filter-rated-not-rated = not rated
# $before may itself be several names so joined.
filter-and = {$before} and {$name}
filter-or = {$before} or {$name}
filter-more-names = {$count} more

# What a filter says when it is off: in a list of what to loosen, and as an option.
filter-any-tags = any tag
filter-any-fandoms = any fandom
filter-any-characters = any character
filter-any-authors = any author
filter-any-languages = any language
filter-any-length = any length
filter-any-minutes = any reading time
filter-any-status = any status
filter-any-rating = any rating
filter-any-without = nothing left out
filter-looser = With one filter less there is more:
# $loosened is one of the messages above.
filter-looser-gives = {$loosened}: { $count ->
    [one] {$count} story
   *[other] {$count} stories
  }
filter-looser-none = Nothing fits with one filter less, either: clear some of them.

filter-title = Filters
filter-none = No filter is on: this is the whole library.
filter-show = Show the stories
filter-ask-names = Tags and names…
filter-clear = Clear all

# The modal that asks for names: its fields, and what is said below them.
filter-names = Tags and names
filter-field-tags = Tags
filter-field-fandoms = Fandoms
filter-field-characters = Characters
filter-field-authors = Authors
filter-field-without = Without
filter-names-parted = Parted by commas
filter-names-without = Tags, fandoms, characters or authors to leave out
