# What whoever runs the bot sees: /bot in their own server.

host-title = How the bot is
host-process = **{$host}**, process {$process}
host-stale = Last heard from {$at}
host-version = Version {$version}, started {$at}
host-servers = { $count ->
    [one] {$count} server
   *[other] {$count} servers
  }
host-latency = Discord answers in {$ms} ms
host-down = Shard {$shard} went down {$at}
host-more-processes = { $count ->
    [one] … and {$count} more process
   *[other] … and {$count} more processes
  }
# $name is one of host-queue-….
host-queue = **{$name}**: {$count} waiting, the oldest due {$at}
host-queue-updates = Updates
host-queue-reviews = Reviews for authors
host-queue-notices = Notices
host-no-queue = Nothing is waiting.
host-refused = { $count ->
    [one] Discord refused {$count} request in ten minutes. It bans at 10,000.
   *[other] Discord refused {$count} requests in ten minutes. It bans at 10,000.
  }
# $what is a command, or what was pressed. The log has the reference, too.
host-fault = Error `{$reference}` {$at}: {$what}
host-no-fault = No errors since the start.

host-servers-title = Servers I'm in
host-no-servers = None yet. The log says at the first start how to invite me.
host-count-members = { $count ->
    [one] {$count} member
   *[other] {$count} members
  }
host-count-stories = { $count ->
    [one] {$count} uploaded story
   *[other] {$count} uploaded stories
  }
host-count-schedules = { $count ->
    [one] {$count} schedule
   *[other] {$count} schedules
  }
host-pick = Open a server…
host-first = First page
host-back = Servers
host-server-id = ID: {$id}
host-leave = Leave…
host-leave-ask = Do you want me to leave this server? What's stored of it is deleted 30 days later, unless I'm invited back.
host-leave-now = Leave
host-left-title = Left
host-left = I left “{$name}”. What's stored of it is deleted in 30 days, unless I'm invited back.
