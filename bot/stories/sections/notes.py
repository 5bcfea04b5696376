"""Whether a paragraph without a label is the author talking. Where that is unclear, it is prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.sections.blocks import Block

UNDECIDED_WORDS = 60
"""Words: a longer paragraph that says nothing of the telling is the tale."""

LOOKED_AT = 3000
"""Characters of a paragraph's beginning, and of its end, in which the author is looked for."""

_SPACES = re.compile(r"\s{9,}")
_SPEECH = re.compile(r"[\"“„«][^\"“”„«»]{0,2000}[\"”»“]?")
_DIALOGUE_START = re.compile(r"\s*(?:[\"“„«]|[—–]\s?\S)")
_TAGGED = re.compile(
    r"[,!?.…—–-][\"”»]\s*,?\s*(?:\w+\s+){0,3}?(?:said|says|asked|asks|whisper|mutter|repl|shout|yell|sigh|murmur|answer|told)",
    re.I,
)

# Each says what only the author of a posted story says to its readers.
_FORMS = (
    r"fan\s?-?fic(?:tion)?s?|fics?|ficlets?|one\s?-?\s?shots?|song\s?-?fics?|drabbles?|sequel|prequel",
    r"un-?beta'?e?d|beta'?e?d by|my beta|beta reader|plot\s?bunn(?:y|ies)|plot holes?|OOC|(?-i:AU)|hiatus",
    r"constructive criticism|concrit|(?:no )?flames? (?:please|are|will|welcome)|no flames",
    r"suck at (?:summar|writing|titles)\w*",
    r"popped into my (?:head|mind)|(?:came|come) up with this|(?:this|the) idea (?:came|hit|popped|struck|wouldn't)",
    r"(?:this|the|an?|my) (?:\w+ )?(?:idea|story|fic|plot)\b.{0,40}\bin my (?:head|mind|drafts|documents)",
    r"(?:this|the) (?:idea|plot) (?:\S+ ){0,3}(?:bugging|nagging) me",
    r"^\W*(?:(?:anyways?|please|ok|okay|so),?\s+)?enjoy(?:\s+(?:it|this|the (?:story|chapter|fic|ride)))?\W*$|"
    r"\banyways?,?\s+enjoy\W*$",
    r"^\W*(?:(?:and|now|so|ok|okay|anyways?|well|but)\W+)*(?:on (?:with|to) the (?:story|fic|chapter|show)|"
    r"here(?:'s| is) (?:the|my|this|another|a) (?:\w+ )?(?:story|fic|chapter)|without (?:any )?further ado)\W*$",
    r"^\W*\*(?:hides|ducks|dodges|runs and hides|crawls|peeks|waves|bows|dodges)\b[^*]*\*",
    r"^\W*(?:total )?word ?count\s*[:=]|(?:posting|posted|typed|wrote|written|finished|uploaded) (?:this|it)\b.{0,25}\b"
    r"(?:(?:on|from) (?:my )?(?:phone|mobile|ipad|tablet)|at \d{1,2} ?[ap]\.?m)",
)
_REVIEWS = (
    r"R\s?(?:&|\+|/)\s?R|^\W*(?:please )?R (?:and|n) R\W*$",
    r"(?:please|pls|plz|don't forget to|remember to|then)\s+(?:read\s+(?:and|&|n)\s+)?review",
    r"read\s+(?:and|&|n)\s+review|reviews?\s+(?:=|would be|will be|appreciated|please|welcome|keep me|make me|feed)",
    r"(?:reviews?|feedback|comments?|kudos) (?:is|are|=|make)\b.{0,30}"
    r"(?:love|loved|welcome|appreciated|great|nice|best|food|fuel|happy|day|week|better|write)",
    r"(?:blue|purple|green|review|go) button|(?:love|like|hate) it\W+(?:love|like|hate) it",
    r"(?:leave|drop|post|send|give|write)\s+(?:me\s+)?(?:a|an|some|your|any|lots of)?\s*(?:\w+\s+)?"
    r"(?:reviews?|comments?|kudos|feedback)",
    r"(?:your|all the|all your|any|every|each)\s+(?:\w+\s+)?(?:reviews|reviewers|kudos)",
    r"(?:\d+|more|enough|some) (?:\w+ )?reviews|i(?:'ll| will| won't) (?:\w+ )?update",
    r"laissez\b.{0,30}\b(?:reviews?|commentaires?|avis)|(?:deja|dejad|dejen)\b.{0,30}\b(?:reviews?|comentarios?)",
    r"(?:lasst|hinterlasst|schreibt)\b.{0,40}\b(?:reviews?|kommentare?|kommis?|feedback)|"
    r"deixe[mn]?\b.{0,30}\b(?:reviews?|comentários?)|^\W*comentem\b|lasciate\w*\b.{0,30}\b(?:recension[ei]|comment[oi])|"
    r"(?:жду|оставляйте)\b.{0,30}\b(?:отзыв|комментари)\w*",
)
_THANKS = (
    r"(?:thank(?:s| you)|thanx|thx)(?:\s+(?:so|very)\s+much|\s+again|\s+everyone|\s+all)?\s+(?:to|for)\s+"
    r"(?:\w+\s+){0,6}?(?:read|review|comment|follow|favou?rit|stick)\w*(?! (?:to|aloud|out)\b)",
    r"(?:thanks?|thx|hugs|credit)\b.{0,60}\bbeta(?:s|'?d|-?ing|-?reading|-?readers?)?",
    r"hope\s+(?:that\s+)?(?:you (?:guys|all)|ya|y'?all|everyone|everybody|people)\s+(?:will\s+|still\s+)?"
    r"(?:like|enjoy|love)(?:e?d)?|hope (?:that )?you(?:'ll| will)? enjoy(?:ed)?(?: (?:it|this))?\s*[!.:]*\s*$",
    r"(?:hey|hi|hello|hiya)[,!.\s]+(?:there[,\s]+)?(?:guys|everyone|everybody|y'?all|readers|all|peeps|people)",
    r"(?:ok|okay|so|well|alright),? (?:you )?guys|happy reading|bonne lecture|gracias por leer|danke f(?:ü|ue)rs lesen",
    r"merci (?:de|d'avoir|pour) (?:lire|lu|votre lecture|vos reviews|les reviews)|viel spa(?:ß|ss) beim lesen",
    r"j'espère que\b.{0,40}\b(?:plu|plaira|plaît|aimé|aimerez)|espero que\b.{0,20}\b(?:gust|disfrut|gost)\w+|"
    r"spero (?:che )?vi (?:piaccia|sia piaciut[oa])|(?:obrigad[oa]s?|gracias|grazie|danke|спасибо)\b.{0,25}\b"
    r"(?:por (?:ler|lerem|leer|acompanhar)|(?:letto|leggere|lettura)|fürs lesen|прочтение|чтение|отзывы)",
)
_FIRSTS = (
    r"(?:my|is my)\s+(?:very\s+)?(?:first|second|third|latest|newest|new|next|other|last|debut)\s+(?:ever\s+)?"
    r"(?:try|attempt|stor(?:y|ies)|chapter|post|time (?:writing|posting))",
    r"(?:first|second|third)\s+(?:ever\s+)?(?:story|chapter)\s+(?:i|i've|that i|for|in|on)\b.{0,30}"
    r"\b(?:post|writ|publish|fandom|site)\w*",
)
_DISCLAIMERS = (
    r"i\s+(?:do not|don't|dont|never|didn't|sadly don't|still don't)\s+own\s+"
    r"(?:it|them|any|anything|nothing|these|this|"
    r"the (?:characters?|song|show|series|lyrics|rights|books?)|(?-i:[A-Z])\w*|[\"“])",
    r"^\W*don't own\b|(?:please )?(?:don't|do not) sue(?: me)?",
    r"i own (?:nothing|none|no one|nobody)|nor do i own|no (?:copyright )?infringement|not making any (?:money|profit)",
    r"(?:characters?|song|lyrics|rights)\b.{0,40}\b(?:belongs?|(?:are|is) the property)\s+(?:solely\s+)?(?:to|of)",
    r"(?:lyrics|song|title|quote|verses?)\s+(?:(?:is|are|was|comes?|in italics|used|here)\s+){1,3}(?:by|from)",
    r"^\W*(?:(?:they're|they are|it's|still|all|sadly) )?not mine\W+(?:and )?"
    r"(?:never|sadly|unfortunately|alas|no\b|just|i wish)",
    r"rien\b.{0,20}\bm'appartient|je ne possède (?:rien|aucun|pas)",
    r"personnages?\b.{0,40}\b(?:appart\w+|ne sont pas à moi)",
    r"(?:personajes|personagens|personaggi)\b.{0,40}\b(?:no me pertenecen|pertenec\w+|pertencem|appartengono|"
    r"no son m[ií]os|não são meus|non sono miei)",
    r"mir gehör(?:t|en) (?:nichts|nur|leider|hier nichts)|(?:charaktere|figuren|rechte)\b.{0,40}\bgehör\w+|"
    r"(?:персонажи|герои|права)\b.{0,40}\bпринадлеж\w+|(?:ничего|ни на что) не претендую",
)
_SOURCES = (
    r"(?:this (?:one )?is|^\W*) ?set (?:in|on|during|after|before|right|between|at)|^\W*(?:this )?takes place",
    r"^\W*this (?:one'?s?|is|one is) (?:dedicated|for)",
    r"loosely based on|(?:post|pre)-?(?:canon|series|season|finale)|\d{1,2}x\d{2}|S\d{1,2}E\d{1,2}",
    r"set\s+(?:\w+\s+){0,5}?(?:season|episode|series|canon|the (?:finale|pilot|events))",
    r"spoilers?\s+(?:for|alert|ahead|through|up to)|no spoilers|^\W*dedicated to",
    r"this\s+(?:story|chapter)\s+(?:is|was|came|has been|will be|takes place)\s+"
    r"(?:set|based|inspired|dedicated|written|un|my|for my|"
    r"a (?:gift|birthday|sequel|prequel|companion)|in response|complete)",
    r"(?:cross-?posted|(?:originally|first|also|previously) (?:posted|published)) (?:on|to|at|in|from|for|here|over)",
    r"(?:find|follow|yell at|talk to|scream at|catch) me (?:over )?(?:on|at) "
    r"(?:tumblr|twitter|bluesky|discord|AO3|insta\w*|wattpad|@)",
    r"(?:check|read|see)\s+(?:out\s+)?my (?:other|profile|page)",
    r"written (?:for|as|in response)\s+(?:to\s+)?(?:the|a|an|my)\b.{0,60}"
    r"(?:challenge|prompt|fest|exchange|birthday|contest)",
)
_GOING_ON = (
    r"updates?\s+(?:\w+\s+)?(?:available|soon|coming|posted|weekly|next|faster)",
    r"(?:slow|late|regular|lack of)\s+(?:the\s+)?(?:updates?|updating)",
    r"(?:update|post)\s+(?:the\s+)?(?:next|again|more|soon)",
    r"(?:next|new|another) chapters? (?:is|will|should|up|soon|when)",
    r"(?:want|like)\s+me\s+to\s+(?:continue|go on|keep going|carry on|write more|post more)",
    r"(?:should|shall) i\s+(?:continue|go on|keep going|carry on|write more|update)",
    r"i should\s+(?:continue|go on|keep going)",
    r"i(?:'ll| may| might| will| could| would| can)\s+(?:\w+\s+)?"
    r"(?:(?:continue|carry on|go on)\s+(?:with\s+)?(?:it|this|the story|the fic)|keep (?:it|this) going)",
    r"sorry\b.{0,40}\b(?:short|late|wait|delay|mistakes|grammar|spelling|updat\w+|typos|rushed|formatting)",
    r"i know (?:this|it)(?:'s| is| was)? (?:\w+ )?(?:short|late|rushed|crappy|angsty|random)",
    r"that(?:'s| is| was) (?:it|all) (?:for now|folks|guys|everyone)",
    r"(?:thanks|thank you) for reading(?! (?:to|aloud|out)\b)",
    r"hope (?:that|this) (?:was|is) (?:ok|okay|alright|all right|good|worth)",
)
_TELLING = re.compile(
    "|".join(
        rf"(?<!\w)(?:{pattern})(?!\w)"
        for pattern in (*_FORMS, *_REVIEWS, *_THANKS, *_FIRSTS, *_DISCLAIMERS, *_SOURCES, *_GOING_ON)
    )
    + r"|\breviews?\s*[?!]+\s*$",
    re.I | re.M,
)
# What a friend may write in a letter, too: it tells only where no letter is being read.
_ASKING = re.compile(
    r"\b(?:let\s+me\s+know|lemme\s+know|tell\s+me)\s+(?:if|what|whether|how)\b|\bwhat\s+(?:do|did)\s+you\s+(?:guys\s+)?think\b|"
    r"\bhope\s+(?:that\s+)?you\s+(?:like|enjoy|love)(?!\s+(?:it\s+)?(?:here|there))|^\s*enjoy\s*[!.:)]*\s*$",
    re.I,
)
_SMILEY = re.compile(r"(?:^|\s)(?:[:;=]-?[)DPp(]|<3|x[xX]D|XD|\^_?\^|lol|haha)(?=\s|[.!,)]|$)")


def is_telling(block: Block) -> bool:
    """Whether only an author can be saying this: a disclaimer, a plea for reviews, thanks to readers."""
    return not is_talk(block) and bool(_TELLING.search(_unquoted(_looked_at(block))))


def is_asking(block: Block) -> bool:
    """Whether this asks the reader for an answer, which in a letter or a dialogue is prose."""
    return (
        block.is_line
        and not is_talk(block)
        and bool(_ASKING.search(_unquoted(_looked_at(block))) or _SMILEY.search(_looked_at(block)))
    )


def is_talk(block: Block) -> bool:
    """Whether somebody in the story speaks here."""
    text = _looked_at(block)
    return bool(_DIALOGUE_START.match(text) or _TAGGED.search(text))


def is_tale(block: Block) -> bool:
    """Whether this can only be the story: talk, or a paragraph of some length that says nothing of the telling."""
    return is_talk(block) or (block.words > UNDECIDED_WORDS and not is_telling(block))


def _looked_at(block: Block) -> str:
    """The text of a block, of a long one its two ends: no paragraph makes the search slow."""
    text = block.text
    if len(text) <= 2 * LOOKED_AT and "         " not in text:
        return text
    ends = text if len(text) <= 2 * LOOKED_AT else f"{text[:LOOKED_AT]} {text[-LOOKED_AT:]}"
    return _SPACES.sub(lambda run: "\n" if "\n" in run[0] else " ", ends)


def _unquoted(text: str) -> str:
    return _SPEECH.sub(" “” ", text.replace("’", "'"))


CLOSING_WORDS = 30
"""Words: no closing of a letter has more."""

_CLOSING = re.compile(
    r"(?:(?:with |all |much |lots of |forever |always |ever )*"
    r"(?:love|yours|sincerely|best|regards|kisses|hugs|your \w+|affectionately|truly|faithfully|"
    r"respectfully|tendresses?|je t'embrasse|un abrazo|in liebe)(?: \w+){0,3},)(?:\s+\S+){0,3}\s*",
    re.I,
)


def is_letter_closing(block: Block) -> bool:
    """Whether this closes a letter: ``Love,`` with or without a name after it."""
    return block.words <= CLOSING_WORDS and bool(_CLOSING.fullmatch(" ".join(block.text.split())))


def letter_follows(blocks: Sequence[Block]) -> bool:
    """Whether the closing of a letter comes soon: then what asks for an answer is written in that letter."""
    return any(is_letter_closing(block) for block in blocks[:4])
