# What readers say of a story in their own words.

# On a story's card, and below its last page.
reviews-button = { $count ->
    [0] Reviews
    [one] {$count} review
   *[other] {$count} reviews
  }
review-button = Review

# Above a list.
reviews-none = No reviews yet. Be the first!
reviews-none-yet = No reviews yet.
reviews-here = { $count ->
    [one] {$count} review. Only this server and the author can see it.
   *[other] {$count} reviews. Only this server and the author can see them.
  }
reviews-of-yours = { $count ->
    [0] No reviews yet.
    [one] {$count} review of your story, from all servers and DMs.
   *[other] {$count} reviews of your story, from all servers and DMs.
  }
reviews-direct = Reviews stay in the server they were posted in. Use /review there to read them.
reviews-mine-title = Reviews
reviews-mine = { $count ->
    [0] No reviews yet. Write one with /review.
    [one] You've written {$count} review.
   *[other] You've written {$count} reviews.
  }
reviews-waiting-title = Reviews to check
reviews-waiting = { $count ->
    [0] Nothing to check. Reported reviews, and reviews from accounts less than a week old, show up here.
    [one] {$count} review to check. It was reported, or the account is less than a week old. Press the spoiler to read it.
   *[other] {$count} reviews to check. Each was reported, or the account is less than a week old. Press a spoiler to read it.
  }

# Who wrote a review, of what, and when: joined with " · ".
review-own = Your review
review-of-whole = the whole story
review-of-chapter = chapter {$number}
review-of-chapter-named = chapter {$number}, {$title}
review-of-gone = a deleted chapter
review-changed = edited {$when}
# A name, and a mention of the same reader, for those who manage the server.
review-by = {$name} ({$reader})
review-hidden-story = A story you can't see here

# What else there is to say of one.
review-mark-held = Waiting for a mod's approval: this account is less than a week old.
review-mark-held-own = Only you can see this until a mod approves it: your account is less than a week old, or a review you deleted had been reported.
review-mark-hidden = Hidden. Only the person who wrote it can see it.
review-mark-hidden-own = The mods hid this review. Only you can see it.
review-mark-elsewhere = You posted this in another server. It's shown there.
review-mark-direct = You sent this in a DM. Only the author can see it.
review-reported = { $count ->
    [one] Reported by 1 reader
   *[other] Reported by {$count} readers
  }
review-not-here = I can't show this review here. If its story is 18+, use /review in an age-restricted channel.

# Buttons. $number is that of a review in the list.
review-edit = Edit {$number}
review-delete = Delete {$number}
review-report = Report {$number}
review-hide = Hide {$number}
# One that was held back, hidden, reported.
review-show-approve = Approve {$number}
review-show-again = Unhide {$number}
review-show-keep = Keep {$number}
review-whole = Expand {$number}
reviews-write = Write review
reviews-change = Edit yours
reviews-look = { $count ->
    [one] {$count} to check
   *[other] {$count} to check
  }
review-edit-it = Edit
review-delete-it = Delete
review-report-it = Report
review-whole-it = Read all

# Where it is typed. Discord takes 45 characters for the title and the first line, 100 for the last.
review-ask-title = Review: {$title}
review-ask-story = Your review
review-ask-chapter = Your review: {$chapter}
review-hint-here = This server and the author will see it with your name. Spoilers are hidden.
review-hint-direct = Only the author will see it, with your name. In a server, everyone there would see it.
review-hint-new = Your account is new, so a mod has to approve it before others can see it.
review-hint-change = It stays where you posted it. People who already read it aren't notified again.

# What a reader gets for one.
review-kept = Review posted!
review-was-changed = Review updated
review-seen-here = Everyone in this server can see it, and so can the author.
review-not-kept = Review not posted
review-handed-back = Here's what you wrote:
review-handed-back-file = What you wrote is in the file.
review-deleted = Review deleted.
review-ask-delete = Delete your review?
review-delete-now = Delete
review-keep-it = Keep

# A report.
review-report-title = Report a review
review-report-why = What's wrong with it?
review-report-hint = The mods will read this. They won't see your name.
review-report-hint-direct = The mods of the server it was posted in will read this. They won't see your name.
review-reported-title = Report sent
review-reported-here = The mods of the server it was posted in will see your report in /review.
review-reported-writer = You won't be notified of reviews from this person anymore.

# What a writer is told by direct message.
review-news = You got a new review.
# $total is how many there are; not all of them may be shown below.
review-news-title = {$total} new reviews of your stories
review-news-gated = You got a review of an 18+ story. To see it here, allow 18+ stories in DMs in /settings. Or use /review in an age-restricted channel.
reviews-of-story = Reviews: {$title}
review-news-how = Review DMs
review-news-how-title = Reviews of your stories
review-news-chosen = Right now: **{$chosen}**
review-news-about = I can DM you about reviews from every server. /review shows the ones from the server you're in, or all of them in our DMs.
review-news-unreached = My last DM didn't reach you ({$since}). Allow DMs from a server we share. I'll try again from now on.
review-news-choose = How to notify you
review-news-option-direct = One DM per review
review-news-option-digest = One DM a day
review-news-option-none = Off

# A review in the channel that a server's managers chose for reports. $user is a mention.
check-title = Review to check
check-why = Why
check-held = The account is less than a week old, so nobody else sees this yet.
check-approve = Approve
check-keep = Keep
check-hide = Hide
check-done-title = Review checked
check-answer = Answer
check-hidden = {$user} hid it. Only the person who wrote it can see it.
check-shown = {$user} kept it. Everyone in this server can see it.
