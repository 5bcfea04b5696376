"""The small words of the languages that stories are posted in most, and which language a story is in.

The lists are short: they hold what is frequent. A language without one is judged by what no language changes, which is
length, sentences and marks.
"""

from __future__ import annotations

import re

from bot.stories.quotes.tongues import WITHOUT_ARTICLES, Tongue, tongue, wide_tongue

SAMPLE_CHARS = 1_500
"""Characters of a text by which its language is told."""

KNOWN_SHARE = 0.1
"""Of the words of a text in a language, how many at least are on its list."""

ENGLISH = tongue(
    indefinite="a an",
    definite="the",
    claims=(
        "never always nobody everybody everyone nothing everything forever every each because if unless than whoever "
        "whatever whenever wherever nowhere neither not no life love"
    ),
    counts=(
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds "
        "thousand thousands half twice year years month months week weeks century centuries"
    ),
    you="you your yours yourself you're you'll you'd you've",
    body="eyes eye face hair lips lip mouth arm arms shoulder shoulders hand hands finger fingers breath cheek gaze",
    stage=(
        "nod nods nodded nodding shrug shrugs shrugged shrugging sigh sighs sighed sighing smile smiles smiled smiling "
        "smirk smirks smirked smirking grin grins grinned grinning frown frowns frowned frowning blink blinks blinked "
        "glance glances glanced glancing stare stares stared staring gazes gazed gazing chuckle chuckles chuckled "
        "giggle giggles giggled scoff scoffs scoffed eyebrow eyebrows brow brows wink winks winked look looks looked "
        "looking turn turns turned turning walk walks walked walking step steps stepped stepping stand stands stood "
        "sit sits sat shake shakes shook raise raises raised raising lean leans leaned leaning reach reaches reached "
        "pause pauses paused swallows swallowed shuffles shuffled clears cleared folds folded rolls rolled moves moved "
        "picks grabs grabbed pulls pulled heads headed quickly softly quietly slowly"
    ),
    here="this that's these those here now tonight today tomorrow yesterday moment conversation question answer",
    pointing="it it's it'd it'll",
    persons=(
        "he she him her his hers himself herself they them their theirs themselves he's she's he'd she'd he'll she'll "
        "they're they've they'd they'll"
    ),
    beginning=(
        "a an the i my we our you your there if when whenever while as since until till before after during on in at "
        "by for from with without under over behind beyond below above beside between among through to of what who how "
        "why where every each all most many few one two three last next once even only no never nobody nothing everyone"
    ),
    leaning=(
        "and but so or nor yet then because which therefore thus however moreover besides instead otherwise meanwhile "
        "also afterwards afterward finally anyway except too else hence whereupon likewise still not another other "
        "others same both neither either that"
    ),
    answers=(
        "yes yeah no nope okay ok well oh because and but so then right sure uh um ah hey hi hello it it's that that's "
        "this they not which really him her he she he's she's they're"
    ),
    likeness=r"like (?:an?|the|some|somebody|someone)|as if|as though|as \w+ as",
    leaning_starts=(
        "of course|in fact|in other words|on the contrary|in that case|for that|as for|so far|by then|by now|"
        "at th(?:e|at) (?:time|moment)|once (?:again|more)|after th(?:at|is)"
    ),
    dangling=(
        r"the (?:first|second|third|last|next|former|latter) one\b",
        r"the (?:first|last|next|other) (?:two|three|four|five|six)\b",
        r"the others?\b(?! (?:side|end|day|way|half|bank|hand|room|people))",
        r"th(?:at|is|ese|ose) (?:one|thing|way)\b",
        r"(?:one|both|none|all|most|some|neither|either|rest) of (?:them|that|this|those|these)\b",
        r"(?:know|knew|means?|meant|said|about|of|to|for|with) (?:that|this|it|so)[ ”']?[,.:;!?]",
        r"(?:about|of|for|with|in|on|at|from) it\b",
        r"(?:do|did|does|done|doing) (?:so|that|it)\b",
        r"(?:he|she|it|they)(?:'s|'d|'ve|'re)? also\b",
        r"like th(?:at|is)\b",
        r"at th(?:at|is) (?:point|moment|time)\b",
        r"(?:none\b(?! of)|as well[.,;]|too[.!]|either[.!]|talking about\b)",
        r"(?:what|how|why) (?:he|she|they|you|it)(?:'s|'re|'d|'ve| is| are| was| were| had| has)? "
        r"(?:said|saying|says|doing|did|asking|talking|thinking|meant|means)\b",
    ),
)

FRENCH = tongue(
    indefinite="un une",
    definite="le la les l du des aux au",
    claims="jamais toujours personne rien chacun chaque sans parce seulement quiconque si pas aucun aucune ni assez",
    you="vous votre vos",
    here="ça cela ceci c ce cet cette ces ici maintenant aujourd hui demain hier",
    persons="il elle ils elles lui eux son sa ses leur leurs celui celle ceux celles",
    leaning="et mais ou or car donc puis alors aussi ensuite enfin pourtant cependant parce sinon là",
    answers="oui non si mais et alors eh ah oh bon c ça il elle",
    likeness=r"comme (?:une?|des|si|d'un|on|les?|la)|tel(?:le)?s? qu\w*|on eût dit|pareil à",
    dangling=(r"l'autre\b", r"les autres\b", r"cel(?:ui|le)-(?:là|ci)", r"(?:le|la) premi(?:er|ère)\b"),
    elides=True,
)

SPANISH = tongue(
    indefinite="un una unos unas",
    definite="el la los las del al",
    claims="nunca siempre nadie nada cada sólo solo jamás aunque sin porque ninguno ninguna ningún si no ni todo",
    you="usted ustedes vosotros tú",
    here="esto eso aquello este esta ese esa estos estas aquí ahora hoy mañana ayer",
    persons="él ella ellos ellas su sus le les lo se",
    leaning="y e pero o ni sino pues entonces luego además porque así también después mas",
    answers="sí no pues y pero bueno ah oh entonces porque eso esto",
    likeness="como (?:una?|si|el|la|los|las|quien)|igual que|parecía",
    dangling=(r"(?:el|la|los|las) otr[oa]s?\b", r"(?:el primero|la primera|el segundo)\b"),
)

GERMAN = tongue(
    indefinite="ein eine einen einem einer eines",
    definite="der die das den dem des",
    claims="nie niemals immer niemand jeder jede jedes nichts alles weil obwohl ohne solange genug nur wenn nicht kein",
    you="ihr du dich dir",
    here="es dies diese dieser dieses jetzt heute morgen gestern hier",
    persons="er sie ihn ihm ihnen sein seine seinen seiner seinem ihre ihren ihrem",
    leaning="und aber oder denn dann doch also deshalb darum da trotzdem außerdem sondern auch nun so",
    answers="ja nein doch aber und also na ach nun weil das es",
    likeness="wie (?:eine?[rmn]?|der|die|das)|als ob|als wäre|als hätte",
    dangling=(r"(?:der|die|das|den) ander(?:e|en|er)\b",),
)

RUSSIAN = tongue(
    claims="никогда всегда никто ничто ничего каждый каждая каждое хотя потому пока лишь без всякий если чем не ни",
    you="ты вы тебя вас вам тебе",
    here="это этот эта эти этого этой этом тогда теперь сейчас сегодня завтра вчера здесь",
    persons="он она оно они его её ее ему ей их им него неё нее ним ней них нему",
    leaning="и а но да или потом затем поэтому однако зато же тоже также потому ведь",
    answers="да нет и а но ну ведь потому это",
    likeness="как будто|словно|будто|точно",
)

ITALIAN = tongue(
    indefinite="un uno una",
    definite="il lo la i gli le l del dello della dei degli delle al alla nel nella",
    claims="mai sempre nessuno niente nulla ogni ognuno senza perché soltanto solo benché chiunque se non né",
    you="voi vostro vostra tu",
    here="questo questa questi quello quella ciò qui qua adesso ora oggi domani ieri",
    persons="lui lei loro egli ella essi suo sua suoi sue",
    leaning="e ed ma o però quindi poi allora anche perché dunque infatti inoltre",
    answers="sì no e ma allora beh ah oh perché",
    likeness="come (?:una?|uno|se|il|la|i|le)|quasi",
    elides=True,
)

PORTUGUESE = tongue(
    indefinite="um uma uns umas",
    definite="o a os as do da dos das no na nos nas ao à",
    claims="nunca sempre ninguém nada cada só somente embora porque sem jamais nenhum nenhuma se não nem",
    you="você vocês tu",
    here="isto isso este esta esse essa aquele aquela aqui agora hoje amanhã ontem",
    persons="ele ela eles elas lhe lhes dele dela deles seu sua seus suas",
    leaning="e mas ou nem então depois também porque assim porém pois além",
    answers="sim não e mas então ah oh pois porque",
    likeness="como (?:uma?|se|o|a|os|as|quem)|feito uma?",
)

WIDE = wide_tongue(
    claims="不無无没誰谁",
    here="这 這 那 此 其 それ これ その この そこ ここ あれ こう そう",
    persons="他她它彼",
    leaning="しかし そして だから すると それで でも だが また 但是 可是 而且 所以 因此 于是 於是 然后 然後 而 但",
    likeness="のよう|みたい|まるで|如く|好像|仿佛|彷彿|像.{1,8}一样|似的",
)
"""Chinese and Japanese."""

OTHER = Tongue({}, {}, given=WITHOUT_ARTICLES)
"""A language without a list."""

_LISTED = (ENGLISH, FRENCH, SPANISH, GERMAN, RUSSIAN, ITALIAN, PORTUGUESE)
_WORDS = [frozenset((*listed.points, *listed.openers)) for listed in _LISTED]
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def tongue_of(text: str) -> Tongue:
    """What the small words at the beginning of a text are those of."""
    sample = text[:SAMPLE_CHARS]
    if 4 * len(_WIDE.findall(sample)) > len(sample):
        return WIDE
    words = FRENCH.words(FRENCH.folded(sample))
    known = [sum(map(listed.__contains__, words)) for listed in _WORDS]
    return _LISTED[known.index(max(known))] if max(known) > KNOWN_SHARE * len(words) else OTHER
