# The filters of a list: in words above it, and as a panel.

# The values of filters, after a label.
value-length-drabble = Drabble (up to 150 words)
value-length-one-shot = One-shot (151 to 17,499 words)
value-length-novella = Novella (17,500 to 39,999 words)
value-length-novel = Novel (40,000 words or more)
value-status-one-shot = One-shot
value-status-in-progress = In progress
value-status-complete = Complete
value-status-on-hiatus = On hiatus
value-status-abandoned = Abandoned
value-rating-general = General
value-rating-teen = Teen
value-rating-mature = Mature
value-rating-explicit = Explicit
value-rating-not-rated = Not rated
value-wish-yes = Yes
value-wish-no = No

# The orders of a list, after a label.
filter-sort-title = Title
filter-sort-newest = Newest
filter-sort-loved = Most loved
filter-sort-continue = Most wanted
filter-sort-longest = Longest
filter-sort-recent = Recently read

# What is asked for: in a line, joined with " · ", and as options. $names are names as a list.
filter-on-tags = Tags: {$names}
filter-on-fandoms = Fandom: {$names}
filter-on-characters = Characters: {$names}
filter-on-authors = Author: {$names}
filter-on-languages = Language: {$names}
filter-on-without = Without: {$names}
filter-value-length = Length: {$value}
filter-within-minutes = Length: up to {$minutes} min
filter-value-status = Status: {$value}
filter-value-rating = Rating: {$value}
filter-order = Sort: {$sort}
filter-more-names = {$count} more

# What a filter says when it is off: in a list of filters to remove, and as an option.
filter-any-tags = Tags: any
filter-any-fandoms = Fandom: any
filter-any-characters = Characters: any
filter-any-authors = Author: any
filter-any-languages = Language: any
filter-any-length = Length: any
filter-any-minutes = Time: any
filter-any-status = Status: any
filter-any-rating = Rating: any
filter-any-without = Without: nothing
filter-looser = Remove one filter to get results:
# $loosened is one of the messages above.
filter-looser-gives = { $count ->
    [one] {$loosened} · {$count} story
   *[other] {$loosened} · {$count} stories
  }
filter-looser-none = Removing one filter isn't enough. Try clearing a few.

filter-title = Filters
filter-none = No filters yet. This is the whole library.
filter-show = Show stories
filter-ask-names = Tags and names…
filter-clear = Clear all

# The modal that asks for names: its fields, and what is said below them.
filter-names = Tags and names
filter-field-tags = Tags
filter-field-fandoms = Fandoms
filter-field-characters = Characters
filter-field-authors = Authors
filter-field-without = Exclude
filter-names-parted = Separate with commas
filter-names-without = Tags, fandoms, characters or authors to exclude
