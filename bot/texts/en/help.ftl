# What can be done, in one screen. Names of commands stay as they are.

help-title = What you can do here
help-about = I read stories with you. Your place is kept in every story, on every device. Turn someone else's page and you get your own copy, so you never lose their place or yours.

help-section-read = Read
help-line-stories = **/stories** lists the library, or what fits: by tag, fandom, author, length and more
help-line-random = **/random** shows a story that you have not begun
help-line-muted = **/muted** keeps tags and authors out of your lists and quotes
help-line-story = **/story** shows a story's card
help-line-download = **/download** gives it as a file, where its writer allows it
help-line-read = **/read** opens a story; with no title it goes on where you stopped
help-line-reading = **/reading** shows your own lists: what you have begun, keep for later, have finished
help-line-bookmarks = **/bookmarks** lists the passages that you keep
help-line-following = **/following** shows what you follow; **Follow** on a story's card tells you of new chapters
help-line-settings = **/settings**: how long pages are, who sees those you open, spoilers
help-line-privacy = **/privacy** says what I know of you, hands it out, deletes it

help-section-find = Find a line
help-line-search = **/search** finds passages, stories and authors by their words; only you see what it finds
help-line-quote = **/quote** draws a passage, from one story or from all; none comes twice before all have come
help-line-saved = **/saved** lists the quotes that you have saved; **Quote**, under a page, makes one of your own choice

help-section-say = Say what you think
help-line-react = **/react** or the buttons under a story, or any emoji you put on my messages about it
help-line-reactions = **/reactions** shows what moved readers
help-line-vote = **/vote** says whether a story should go on; change it or take it back until it closes
help-line-review = **/review** leaves a review of a story or a chapter; **/reviews** shows what others said
help-line-top = **/top** lists the stories and quotes that readers love most: this week, this month, ever

help-section-write = If you write
help-line-author = **/author submit** adds your story to this server, if the mods allow it. **/author stories** changes it, adds chapters and shows its stats
help-line-answer = **/vote** on a story of yours sets the rules of its vote, and takes your answer
help-line-poll = **/poll** asks readers what comes next; who runs the server may ask, too

help-section-run = If you run this server
help-line-library = **/library** adds stories of this server's own, and changes or removes them; you see how each reads first
help-line-manage = **/manage** has the settings, also as **/server**; the uploads with who sent them; and the log of who did what
help-line-daily = **/daily** and **/serial** post on a schedule
