# Who wrote a story: linked by those who answer for its shelf, or claimed. $reader is a mention, $title a title.

author-linked = {$reader} is linked to **{$title}** as its writer. They see how it is read with `/author desk`; reactions of their own to it are gone. I do not write to them: tell them yourself.
author-unlinked = {$reader} is no longer linked to **{$title}**.

author-claims = {$reader} says that they wrote **{$title}**.
# $who answers the claim
author-answers = { $who ->
    [here] Those who manage this server answer.
    [here-or-host] Those who manage this server answer, or whoever runs this bot.
    [host] Whoever runs this bot answers, here or with `/author claims`.
   *[elsewhere] Those who manage the server that it was uploaded in answer, there, with `/author claims`.
  } After 30 days the claim lapses.
author-approve = Approve
author-refuse = Refuse
# $number is that of the line in the list above.
author-approve-numbered = Approve {$number}
author-refuse-numbered = Refuse {$number}
author-approved = {$reader} wrote **{$title}**: it is approved. `/author desk` shows them how it is read.
author-refused = {$reader} is not linked to **{$title}**: the claim was refused.

author-claims-title = Claims that wait for your answer
author-no-claims = No claim waits for your answer here.
# Below a list of the oldest.
author-more-claims = There are more: they come up as you answer these.
