# What somebody uploaded or wrote: the list of /author stories, and a panel for each story.

own-stories = Your stories
own-stories-none = No stories yet. Add one with /author submit, or claim one you wrote with /author claim.
own-pick = Open a story…
own-line = **{$number}. {$title}** · {$state}

# The same states in a list, and in a sentence. $state:
# shown; mature, unrated: 18+, because of its rating or because it has none; author, manager: who took it off;
# folder: its file is gone
own-state-short = { $state ->
    [mature] 18+
    [unrated] 18+, no rating
    [author] withdrawn
    [manager] removed by the mods
    [folder] its file is gone
   *[shown] in the library
  }
# $known: whether the name of the server is known (yes, no). $rating is a value such as "explicit".
own-where = { $state ->
    [mature] { $known ->
        [yes] It's in the library of {$server}. It's rated {$rating}, so it only shows in age-restricted channels.
       *[no] It's in its server's library. It's rated {$rating}, so it only shows in age-restricted channels.
      }
    [unrated] { $known ->
        [yes] It's in the library of {$server}. It has no rating, so it only shows in age-restricted channels.
       *[no] It's in its server's library. It has no rating, so it only shows in age-restricted channels.
      }
    [author] Its author removed it from the library, so nobody can read it. Everything readers did is kept.
    [manager] The mods removed it, so nobody can read it. Only they can bring it back.
    [folder] Its file is gone, so nobody can read it.
   *[shown] { $known ->
        [yes] It's in the library of {$server}. Anyone there can open it with /read.
       *[no] It's in its server's library. Anyone there can open it with /read.
      }
  }
own-where-folder = { $state ->
    [mature] It's in the bot's own library. It's rated {$rating}, so it only shows in age-restricted channels.
    [unrated] It's in the bot's own library. It has no rating, so it only shows in age-restricted channels.
    [folder] Its file is gone, so nobody can read it.
   *[shown] It's in the bot's own library. Only the bot owner can change it.
  }
own-length = { $chapters ->
    [one] { $words ->
        [one] {$chapters} chapter · {$words} word
       *[other] {$chapters} chapter · {$words} words
      }
   *[other] {$chapters} chapters · {$words} words
  }

# In the panel of an upload, in another server or a direct message.
own-elsewhere = To change it, use /author stories in its server.

# Buttons of the panel. With … where a form opens.
own-button-replace = New text…
own-button-add-chapter = Add chapter…
own-button-edit = Edit
own-button-permissions = Permissions…
own-versions = Versions
own-stats = Stats
own-withdraw = Withdraw
own-remove = Remove
own-restore = Restore
own-delete = Delete…
own-back = Back
own-open = Manage story

# The forms.
own-replace-title = New text
own-file = File
own-file-hint = { $formats }
own-replace-hint = It replaces all chapters. { $formats }
own-chapter-form = Add a chapter
own-chapter-file = Chapter as a file
own-chapter-text = Or type it here
own-chapter-text-hint = Up to 4,000 characters. With a file, too, it comes after the file.
own-chapter-title = Chapter title
own-chapter-title-hint = Leave empty to use the file's
own-chapter-notes = Your note before the chapter

# Versions. $change is what made one, $user a mention, $when a time; $known: whether it is known who (yes, no).
own-version = { $change ->
    [publish] { $known ->
        [yes] Published by {$user} {$when}
       *[no] Published by a former member {$when}
      }
    [replace] { $known ->
        [yes] New text by {$user} {$when}
       *[no] New text by a former member {$when}
      }
    [add-chapter] { $known ->
        [yes] New chapter by {$user} {$when}
       *[no] New chapter by a former member {$when}
      }
    [put-back] { $known ->
        [yes] Earlier version put back by {$user} {$when}
       *[no] Earlier version put back by a former member {$when}
      }
   *[edit] { $known ->
        [yes] Edited by {$user} {$when}
       *[no] Edited by a former member {$when}
      }
  }
own-version-line = { $words ->
    [one] **{$number}.** {$version} · {$words} word
   *[other] **{$number}.** {$version} · {$words} words
  }
own-version-option = {$number}. {$title}
own-version-pick = Open an earlier version…
own-versions-footer = Number 1 is what readers see. The last 10 are kept.
own-put-back = Put back

# What became of a story.
own-withdrawn = Removed from the library. Everything readers did is kept.
own-changed-title = Saved
own-delete-ask = Delete **{$title}** for good? This deletes its text, all its versions and everything readers did with it. You can't undo it.
own-loss-places = Readers who lose their place: {$count}
own-loss-bookmarks = Readers who lose bookmarks or saved quotes: {$count}
own-loss-votes = Votes lost: {$count}
own-loss-reactions = Reactions lost: {$count}
own-loss-reviews = Reviews lost: {$count}
own-delete-now = Delete for good
own-deleted = Deleted for good.
# A button: others claim to have written one of these stories.
own-asked = Answer claims
