# What readers say of a story in their own words.

# On a story's card, and below its last page.
reviews-button = { $count ->
    [0] Reviews
    [one] 1 review
   *[other] {$count} reviews
  }
review-button = Review

# Above a list.
reviews-none = No reviews yet: yours would be the first.
reviews-none-yet = No reviews yet.
reviews-here = { $count ->
    [one] 1 review in this server. Only members here and the story's author see it.
   *[other] {$count} reviews in this server. Only members here and the story's author see them.
  }
reviews-of-yours = { $count ->
    [0] No reviews yet.
    [one] 1 review of what you wrote.
   *[other] {$count} reviews of what you wrote, from wherever they were left.
  }
reviews-direct = Reviews stay in the server they were posted in. Use /review there to read them.
reviews-mine-title = Reviews
reviews-mine = { $count ->
    [0] No reviews yet. Write one with /review.
    [one] You have left one review.
   *[other] You have left {$count} reviews.
  }
reviews-waiting-title = To check
reviews-waiting = { $count ->
    [0] Nothing to check. Reviews by accounts less than a week old come here first, and so do reports.
    [one] 1 review to check: by an account less than a week old, or reported. Press the spoiler to read it.
   *[other] {$count} reviews to check: by accounts less than a week old, or reported. Press a spoiler to read it.
  }

# Who wrote a review, of what, and when: joined with " · ".
review-own = Your review
review-of-whole = the whole story
review-of-chapter = chapter {$number}
review-of-chapter-named = chapter {$number}, {$title}
review-of-gone = a chapter that is no longer there
review-changed = changed {$when}
# A name, and a mention of the same reader, for those who manage the server.
review-by = {$name} ({$reader})
review-hidden-story = A story that is not shown here

# What else there is to say of one.
review-mark-held = Waits for a mod: the account is less than a week old.
review-mark-held-own = Only you see it until a mod has looked at it: your account is less than a week old, or a review that you took back before was reported.
review-mark-hidden = Hidden: only who wrote it sees it.
review-mark-hidden-own = The mods have hidden it: only you see it.
review-mark-elsewhere = Left in another server, where it is shown.
review-mark-direct = Left in a direct message, for the story's author alone.
review-reported = { $count ->
    [one] Reported by 1 reader
   *[other] Reported by {$count} readers
  }
review-veiled = Beyond where you have read.
# Above a list in which some are.
reviews-veiled = **Show** unveils what is beyond where you've read.
review-not-here = What it says shows only where its story may be shown: of one for adults, in an age-restricted channel.

# Buttons. $number is that of a review in the list.
review-edit = Edit {$number}
review-delete = Delete {$number}
review-report = Report {$number}
review-hide = Hide {$number}
# One that was held back, hidden, reported.
review-show-approve = Approve {$number}
review-show-again = Show {$number} again
review-show-keep = Keep {$number}
review-whole = Read all of {$number}
reviews-show = Show
reviews-write = Write review
reviews-change = Change yours
reviews-look = To check ({$count})
review-edit-it = Edit
review-delete-it = Delete
review-report-it = Report
review-whole-it = Read all of it
review-part = Part {$part} of {$parts}

# Where it is typed. Discord takes 45 characters for the title and the first line, 100 for the last.
review-ask-title = Review: {$title}
review-ask-story = What do you say of the story?
review-ask-chapter = What do you say of {$chapter}?
review-hint-here = With your name, for this server and whoever wrote the story. Spoilers are veiled.
review-hint-direct = With your name, for whoever wrote the story alone. In a server, all there would see it.
review-hint-new = Your account is new: a mod looks at it before others see it.
review-hint-change = It stays where you left it, and whoever read it before is not told again.

# What a reader gets for one.
review-kept = Your review is kept
review-was-changed = Your review is changed
review-seen-here = All in this server see it, and the story's author.
review-not-kept = Your review is not kept
review-handed-back = Here is what you wrote:
review-handed-back-file = What you wrote is in the file.
review-deleted = Your review is deleted.
review-ask-delete = Delete your review?
review-delete-now = Delete it
review-keep-it = Keep it

# A report.
review-report-title = Report a review
review-report-why = What is wrong with it?
review-report-hint = The mods read it, without your name.
review-report-hint-direct = The mods of the server where it was left read it, without your name.
review-reported-title = Reported
review-reported-here = The mods of the server where it was left look at it, with your reason and without your name.
review-reported-writer = I send you nothing more by this reader.

# What a writer is told by direct message.
review-news = A reader left a review.
# $total is how many there are; not all of them may be shown below.
review-news-title = {$total} new reviews of what you wrote
review-news-gated = A review of a story of yours for adults. Say in /settings that you are of age, and I show such reviews here; in an age-restricted channel /review shows it now.
review-news-more = and {$count} more
reviews-of-story = Reviews: {$title}
review-news-how = Review DMs
review-news-how-title = Reviews of what you wrote
review-news-chosen = You hear of them: **{$chosen}**.
review-news-about = I tell you by direct message, from every server. /review shows you, in a server, what was left there, and in a direct message to me, all of them.
review-news-unreached = My last direct message did not reach you ({$since}): allow them from members of a server that we share. I try again from now on.
review-news-choose = How you hear of reviews
review-news-option-direct = Each by itself, as it comes
review-news-option-digest = Once a day, all in one message
review-news-option-none = Not at all

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
