# What is posted on a schedule: the quote of the day, and stories by instalments.

# $days is one of the next messages, $time is like 18:00, $zone like Europe/Berlin.
schedule-when = {$days} at {$time}, {$zone}
schedule-every-day = every day
schedule-weekdays = on weekdays
schedule-weekends = at weekends
# $names are days, joined with ", ".
schedule-on-days = on {$names}
schedule-day-0 = Monday
schedule-day-1 = Tuesday
schedule-day-2 = Wednesday
schedule-day-3 = Thursday
schedule-day-4 = Friday
schedule-day-5 = Saturday
schedule-day-6 = Sunday
# $time is a date with its time, $far says how far away it is.
schedule-next = Next: {$time}, {$far}
schedule-last = Last: {$link}
schedule-by = Set up by {$who}

# How it stands, where it does not run. The ids are those of a State in bot/domain/schedules.py.
schedule-state-paused = It is paused.
schedule-state-stopped = It is stopped.
schedule-state-ended = The story has ended. If it gains chapters, /manage serial resume goes on.
schedule-state-left = It stopped when I was taken out of this server.
schedule-state-channel = It stopped: its channel or thread is gone.
schedule-state-permission = It stopped: I may no longer post there. It takes View Channel, Send Messages, Embed Links and Read Message History, and in threads Create Public Threads and Send Messages in Threads.
schedule-state-gate = It stopped: the story is for adults, and its channel is not age-restricted any more.
schedule-state-story = It stopped: the story is not in the library any more.
schedule-state-wish = It stopped: the writer does not wish the story to be shown to all.
schedule-state-quotes = It stopped: there was no passage that I could quote there.

# One message to those who manage a server. $why is one of the above.
schedule-stopped-daily = The quote of the day has stopped
schedule-stopped-serial = A story by instalments has stopped
schedule-stopped-daily-hint = {$why} /manage daily set starts it again. Channel: {$channel}
schedule-stopped-serial-hint = {$why} /manage serial resume goes on where it was. Channel: {$channel}
# In a direct message.
schedule-stopped-server = Server: {$server}

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
