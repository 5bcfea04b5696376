# What can be said of an upload beside its file: a panel of rows, each of which opens a modal.

# The rows, which are also titles of modals.
panel-row-story = Title and summary
panel-row-rating = Rating and status
panel-row-tags = Fandom and tags
panel-row-wishes = Permissions
panel-row-bounds = Start and end
panel-row-lines = Chapters and notes

# The buttons that open them: three in a row of a phone.
panel-button-story = Story…
panel-button-rating = Rating…
panel-button-tags = Tags…
panel-button-wishes = Permissions…
panel-button-bounds = Start and end…
panel-button-lines = Chapters…

# The details: before a colon in the panel, as a field in the modal.
panel-detail-title = Title
panel-detail-author = Author
panel-detail-summary = Summary
panel-detail-language = Language
panel-detail-series = Series
panel-detail-rating = Rating
panel-detail-status = Status
panel-detail-warnings = Content warnings
panel-detail-fandoms = Fandoms
panel-detail-relationships = Relationships
panel-detail-characters = Characters
panel-detail-tags = Tags
panel-detail-quotes = Allow quotes
panel-detail-votes = Allow votes
panel-detail-reviews = Allow reviews
panel-detail-downloads = Allow downloads
panel-detail-sharing = Allow pages in channels
panel-detail-begins = First words of the story
panel-detail-ends = Last words of the story
panel-detail-headings = Lines that are headings
panel-detail-plain = Lines that aren't headings
panel-detail-notes = Paragraphs that are notes
panel-line = {$detail}: {$value}

# Below a field.
panel-hint-names = {filter-names-parted}
panel-hint-begins = Anything before this is a note
panel-hint-ends = Anything after this is a note
panel-hint-headings = First words, one per line. A chapter starts at each
panel-hint-plain = First words, one per line. No chapter starts there
panel-hint-notes = First words, one per line. Notes are shown apart

panel-footer = Leave a field empty to use what the file says.
panel-as-file = Same as the file
