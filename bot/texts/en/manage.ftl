# What a server's managers look at: /manage log, /manage uploads.

log-title = Log of this server
log-empty = Nothing yet. What people do with stories and settings shows up here for {$days} days.
log-filter-all = Everything
log-filter-stories = Stories and authors
log-filter-reviews = Reviews
log-filter-settings = Settings
log-former = a former member
log-no-story = a story
log-mature-story = an 18+ story

# $title is that of a story, in bold.
log-act-publish = Published {$title}
log-act-replace = Replaced the text of {$title}
log-act-edit = Edited the details of {$title}
log-act-add-chapter = Added a chapter to {$title}
log-act-put-back = Put an earlier version of {$title} back
log-act-withdraw = Removed their own {$title}
log-act-remove-question = Removed a question under {$title}
log-act-remove = Removed {$title}
log-act-restore = Restored {$title}
log-act-delete = Deleted {$title} for good
log-act-submit = Submitted {$title} for approval
log-act-approve = Approved {$title}
log-act-refuse = Declined {$title}
log-act-link = Became an author of {$title}
log-act-unlink = Unlinked an author from {$title}
log-act-claim = Claimed {$title}
log-act-approve-claim = Approved a claim to {$title}
log-act-refuse-claim = Declined a claim to {$title}
log-act-hide-review = Hid a review of {$title}
log-act-show-review = Approved a review of {$title}
log-other = {$act}: {$title}
# $setting is one of log-setting-news-channel and its like.
log-changed = Changed a setting: {$setting}

# The uploads of a server. $sender is a mention, or log-former.
uploads-title = Uploads
uploads-about = { $count ->
    [one] {$count} story, {$used} of {$most} MB used
   *[other] {$count} stories, {$used} of {$most} MB used
  }
uploads-of-sender = { $count ->
    [one] {$count} story by {$sender}
   *[other] {$count} stories by {$sender}
  }
uploads-none = No uploads yet. Add the first story with /manage story add.
uploads-line = **{$number}. {$title}** by {$sender}
uploads-state-shown = in the library
uploads-state-withdrawn = withdrawn by its author
uploads-state-removed = removed by mods
uploads-sent = Sent by {$sender}, {$when}
uploads-pick = Open an upload…
uploads-back = All uploads
uploads-manage = Edit and versions
uploads-sender = More by this sender
uploads-remove = Remove
uploads-restore = Restore
uploads-remove-all = Remove all
uploads-remove-now = Remove them
uploads-keep = Keep them
uploads-ask-all = { $count ->
    [one] Remove {$count} story by {$sender} from the library? Readers' places, votes and reactions are kept, and you can restore it.
   *[other] Remove all {$count} stories by {$sender} from the library? Readers' places, votes and reactions are kept, and you can restore each story.
  }
uploads-removed-all = { $count ->
    [0] There was nothing left to remove by {$sender}.
    [one] Removed {$count} story by {$sender}.
   *[other] Removed {$count} stories by {$sender}.
  }

# Submissions that wait for a manager.
queue-button = Waiting ({$count})
queue-title = Submissions
queue-about = { $count ->
    [0] No submissions to check.
    [one] {$count} is waiting for a mod.
   *[other] {$count} are waiting for a mod.
  }
queue-line = **{$number}. {$title}** by {$sender}, {$when}
queue-line-question = **{$question}** A question by {$sender}, {$when}
queue-pick = Open a submission…
queue-pick-question = Open a question…
queue-question-approved = Approved. Readers see the question now.
queue-question-declined = Declined. I'll let them know.
queue-wrote = They say they wrote it. If you approve it, they're linked as its author.
queue-footer = Only you can see this preview.
queue-read = Read
# Under a page of a story that waits: back to where it is approved or declined.
queue-decide = Decide
queue-approve = Approve
queue-decline = Decline…
queue-back = All submissions
# Above the preview of a story that waits: why it is shown again.
queue-changed = The author changed this story meanwhile, so here's the new version. **Read** it before you approve it.
queue-old = Nothing is published yet. **Read** the story first, then press **Approve** here.
queue-gated = **{$title}** is an 18+ story. To read and approve it, open /manage uploads in an age-restricted channel.
queue-approved = {$title} is published. I'll tell {$sender}.
queue-declined = Declined. I'll send them your reason.
queue-new-title = New submission
queue-new = {$title} by {$sender} is waiting for a mod. See all submissions with /manage uploads.
queue-look = Preview
decline-title = Decline a submission
decline-field = Why isn't it published?
decline-hint = I'll send this to the author in a DM, without your name.
# What a sender is told, by the kind of the notice. $title is in bold.
answered-question-approved = Your question under {$title} is open. The mods of {$server} approved it.
answered-question-declined = Your question under {$title} was declined by the mods of {$server}.
answered-question-lapsed = Your question under {$title} wasn't asked: no mod of {$server} answered within 30 days. You can ask it again.
# $channel is a mention; $whose is who may not post there.
question-not-posted = { $whose ->
    [reader] Your question under {$title} is open, but I couldn't post it in {$channel}. You can't post there anymore.
    [story] Your question under {$title} is open, but I couldn't post it in {$channel}. The story can't be shown there.
   *[bot] Your question under {$title} is open, but I couldn't post it in {$channel}. I need the View Channel, Send Messages and Embed Links permissions there.
  }
answered-approved = {$title} is now in the library of {$server}! See what you can do with it in /author stories.
answered-lapsed = {$title} wasn't published in {$server}: no mod answered within 30 days. You can submit it again.
submission-declined = {$title} wasn't published in {$server}. The mods say:
    {$reason}
