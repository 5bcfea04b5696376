# What is posted on a schedule: the quote of the day, and serials.

# A line each. $days is one of schedule-on-every-day and the next; $time is like 18:00, $zone like Europe/Berlin.
schedule-channel = **Channel**: {$channel}
schedule-days = **Days**: {$days}
schedule-time = **Time**: {$time} ({$zone})
# After the title of a story.
schedule-when = {$days}, {$time} ({$zone})
# These are offered in a list, too.
schedule-on-every-day = Every day
schedule-on-weekdays = Weekdays
schedule-on-weekends = Weekends
schedule-on-monday = Monday
schedule-on-tuesday = Tuesday
schedule-on-wednesday = Wednesday
schedule-on-thursday = Thursday
schedule-on-friday = Friday
schedule-on-saturday = Saturday
schedule-on-sunday = Sunday
# $time is a date with its time, $far says how far away it is.
schedule-next = **Next**: {$time} ({$far})
schedule-last = **Last**: {$link}
schedule-by = **Set up by**: {$who}

# How it stands, where it does not run. The ids are those of a State in bot/domain/schedules.py.
schedule-state-paused = It's paused.
schedule-state-stopped = It's stopped.
schedule-state-ended = The story has ended. When it gets new chapters, continue with /manage serial resume.
schedule-state-left = It stopped because I was removed from this server.
schedule-state-channel = It stopped because its channel or thread was deleted.
schedule-state-permission = It stopped because I can't post there. I need View Channel, Send Messages, Embed Links and Read Message History. For threads I also need Create Public Threads and Send Messages in Threads.
schedule-state-gate = It stopped because the story is 18+ and the channel is no longer age-restricted.
schedule-state-story = It stopped because the story is no longer in the library.
schedule-state-wish = It stopped because the author doesn't want the story posted in channels.
schedule-state-quotes = It stopped because there was nothing to quote.

# One message to those who manage a server, below one of the above.
schedule-stopped-daily = The quote of the day stopped
schedule-stopped-serial = A serial stopped
schedule-stopped-daily-hint = Turn it back on with /manage daily set.
schedule-stopped-serial-hint = Continue it with /manage serial resume.
# In a direct message.
schedule-stopped-server = **Server**: {$server}

# A choice of a time: $time is like 18:00, $twelve like 6:00 on a clock of twelve hours; $half is of the day (am, pm).
schedule-hour = { $half ->
    [am] {$time} · {$twelve} am
   *[pm] {$time} · {$twelve} pm
  }
# A choice of a time zone: $where is a city and its country, $offset is like UTC+2, $time what its clocks show now.
schedule-zone = {$where} · {$zone} · {$offset} · now {$time}

# Names of Discord's permissions.
permission-view-channel = View Channel
permission-send-messages = Send Messages
permission-embed-links = Embed Links
permission-read-message-history = Read Message History
permission-attach-files = Attach Files
permission-create-public-threads = Create Public Threads
permission-send-messages-in-threads = Send Messages in Threads
