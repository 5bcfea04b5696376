# What a server's managers look at: /manage log, /manage uploads.

log-title = Log of this server
log-empty = Nothing yet. Whatever people do with stories and settings here stands here for {$days} days.
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
log-act-withdraw = Withdrew {$title}
log-act-remove = Removed {$title}
log-act-restore = Restored {$title}
log-act-delete = Deleted {$title} for good
log-act-submit = Submitted {$title} for approval
log-act-approve = Approved {$title}
log-act-refuse = Declined {$title}
log-act-link = Linked an author to {$title}
log-act-unlink = Unlinked an author from {$title}
log-act-claim = Answered a claim of {$title}
log-act-hide-review = Hid a review of {$title}
log-act-show-review = Approved a review of {$title}
log-other = {$act}: {$title}
# $setting is one of those below.
log-changed = Changed a setting: {$setting}
log-setting-news-channel = updates channel
log-setting-adders = who may submit stories
log-setting-adders-role = the role that may submit stories
log-setting-approval = approval of submissions
log-setting-stories-a-day = stories a day for a member
log-setting-member-megabytes = megabytes for a member
log-setting-server-megabytes = megabytes for the server
log-setting-moderators-role = moderators
log-setting-reports-channel = channel for reports
log-setting-managers-channel = channel for submissions and claims
log-setting-links = linking of authors
log-setting-private = who sees pages
log-setting-reactions = reactions
log-setting-steps-hidden = first steps
