# Serials: stories that are posted in parts.

# Below a part; these are joined with " · ".
serial-place = Part {$number} of {$total}
serial-from-start = Read from start
serial-rest = Read the rest
serial-tell-me = Notify me
serial-end = The end
serial-end-of = That was the last part of **{$title}**.

serial-told = You now have {$role}, so I'll ping you for every new part. Press again to stop.
serial-untold = You no longer have {$role}, so I won't ping you anymore.

serial-started = Serial started
serial-serials = Serials in this server
serial-none = No serials here yet. Start one with /manage serial start.
# The values of /manage serial start size.
serial-each-page = One page
serial-each-scene = One scene
serial-each-chapter = One chapter
# Lines of the list, below those of a schedule.
serial-size-page = **Each post**: 1 page
serial-size-scene = **Each post**: 1 scene
serial-size-chapter = **Each post**: 1 chapter
# $number is that of the next part.
serial-next = **Next**: part {$number} of {$total}, {$time} ({$far})
serial-next-place = **Up next**: part {$number} of {$total}
serial-hidden = A story you can't see here
serial-role = **Pings**: {$role}

serial-paused = “{$title}” is paused. Continue it with /manage serial resume.
serial-resumed = “{$title}” is running again. Next part: {$time} ({$far})
serial-stopped = “{$title}” is stopped. Posted parts stay up.
serial-posted = The next part is posted: {$link}
