# What can be said of an upload beside its file: a panel of rows, each of which opens a modal.

# The rows, which are also titles of modals.
panel-row-story = Title and summary
panel-row-rating = Rating and status
panel-row-tags = Fandom and tags
panel-row-wishes = Permissions
panel-row-bounds = Beginning and end
panel-row-lines = Chapters and notes

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
panel-detail-quotes = May it be quoted
panel-detail-votes = May readers vote on it
panel-detail-reviews = May readers review it
panel-detail-downloads = May it be downloaded
panel-detail-sharing = May pages of it be shown to all
panel-detail-begins = The story begins with the words
panel-detail-ends = The story ends with the words
panel-detail-headings = Lines that are headings
panel-detail-plain = Headings that are none
panel-detail-notes = Paragraphs that are notes
# One of the details from "quotes" to "sharing", as a field.
panel-question = {$detail}?
panel-line = {$detail}: {$value}

# Below a field.
panel-hint-names = {filter-names-parted}
panel-hint-begins = All before is notes
panel-hint-ends = All after is notes
panel-hint-headings = One a line, by its first words: a chapter begins there
panel-hint-plain = One a line, by its first words: the chapter above goes on
panel-hint-notes = One a line, by its first words: it is shown apart from the story

panel-footer = A field that is left empty keeps what the file says.
panel-as-file = As the file says
