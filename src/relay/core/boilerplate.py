"""What stands around an article and is none of it: calls to read on, to share, to subscribe; credits; the feed's own tail."""

from html import unescape

import regex

from relay.core.html import Block, plain

LONGEST = 400
"""Graphemes; nothing longer is boilerplate, whatever it begins with."""

_I = regex.IGNORECASE
_FURTHER = regex.compile(
    r"(?:\W*(?:(?:à |a )?(?:lire|voir|relire|revoir|écouter|découvrir|consulter|retrouver)(?: (?:aussi|également|encore"
    r"|l[’']article|la suite|plus))+|(?:pour )?en savoir (?:plus|davantage)|pour aller plus loin|plus d[’']infos?(?:rmations?)?"
    r"|suite de l[’']article|(?:cliquez|cliquer) ici(?: pour .{1,60})?|(?:lire|voir|consulter) (?:la suite|l[’']article(?: complet)?"
    r"|plus|l[’']intégralité .{1,40})|articles? (?:liés?|similaires?|associés?|connexes?|recommandés?)|(?:dans|sur) (?:la même rubrique"
    r"|le même (?:sujet|thème))|vous aimerez (?:peut-être )?aussi|ces articles .{0,30}vous intéresser"
    r"|read (?:more|also|next|the (?:rest|full|whole) .{1,40})|continue reading|keep reading|see also|learn more|find out more"
    r"|more information|related (?:posts?|articles?|stories|content|reading)|you (?:may|might) also (?:like|enjoy)|click here(?: to .{1,60})?)"
    r"\b)",
    _I,
)
"""Calls to read something else, or the rest: boilerplate if nothing but links, a colon or a mark comes after them."""
_AFTERWARDS = regex.compile(
    r"(?:[\s\p{P}\p{S}]|\b(?:sur|dans|à|de|du|des|le|la|les|l|ce|cette|cet|on|about|at|in|of|the|ici|here|site|page)\b)*",
    _I,
)
_WHOLE = regex.compile(
    r"\W*(?:(?:partagez?|partager|tweeter|share|imprimer|print|suivez[- ]nous|suivre|follow us|retrouvez[- ]nous"
    r"|rejoignez[- ]nous)(?:[\s:]*(?:sur|on|this|l[’'](?:article|actualité|info)|(?:cet|cette|ce|la|le) (?:article|page|contenu|publication"
    r"|actualité|post|billet)|:|$)).{0,160}"
    r"|(?:cliquez|cliquer) pour (?:partager|imprimer|envoyer|suivre).{0,120}|click to (?:share|print|email|follow).{0,120}"
    r"|(?:facebook|twitter|x|linkedin|whatsapp|instagram|youtube|mastodon|bluesky|pinterest|telegram|viadeo|messenger|reddit|tumblr|threads"
    r"|e-?mail|courriel|mail|imprimer|print|partager|share|tweet(?:er)?|copier le lien|copy link|plus|more|pdf|like|j[’']aime)"
    r"(?:[\s,|·/•–-]+(?:facebook|twitter|x|linkedin|whatsapp|instagram|youtube|mastodon|bluesky|pinterest|telegram|viadeo|messenger|reddit"
    r"|tumblr|threads|e-?mail|courriel|mail|imprimer|print|partager|share|tweet(?:er)?|copier le lien|copy link|plus|more|pdf|like|et|and"
    r"|j[’']aime))+"
    r"|j[’']aime (?:ça|chargement).{0,80}|like this:?.{0,40}|(?:loading|chargement)[.…]*"
    r"|temps (?:de lecture|estimé).{0,30}|(?:lecture(?: de| :)?|reading time)\W{0,3}\d+ ?min.{0,12}|\d+ ?min(?:ute)?s? (?:de lecture|read)"
    r"|(?:(?:article |actualité |page |billet )?(?:publiée?|postée?|rédigée?|mise? (?:à jour|en ligne)|modifiée?|dernière (?:mise à jour"
    r"|modification)|créée?)|published|posted|last (?:updated|modified)|updated|written)(?: (?:le|on|par|by|in|dans)\b|\W+(?=\d)| :).{0,90}"
    r"|(?:©|\(c\)|crédits?(?:[ -]photos?(?:graphiques?)?)?\s?[:©]|photos?(?:graphies?)?(?: par| by)?\s?[:©]|illustrations?\s?[:©]|visuels?\s?[:©]"
    r"|images?\s?[:©]|photo (?:credits?|by)|(?:image|picture) (?:credits?|by|courtesy)|source photo).{0,120}"
    r"|(?:tags?|étiquettes?|mots?[ -]cl[ée]s?|catégories?|rubriques?|filed under|tagged(?: with)?|categories|thématiques?)\s?:.{0,200}"
    r"|(?:\d+ |aucun |no |laisser un |laissez un |ajouter un |leave a |add a |voir les |post a )?(?:commentaires?|comments?|reply)"
    r"|(?:retour (?:à|au|en|aux|vers)|haut de page|back to).{0,60}|(?:article |billet )?(?:précédent|suivant)|(?:previous|next)(?: post| article)?"
    r"|(?:ceci est un )?(?:article )?sponsorisé|publicité|advertisement|annonce|sources?"
    r"|(?:article|billet|post) original(?: (?:de|par|by|sur) .{1,60})?|aller sur .{1,60}|communiqués? de presse|press release"
    r"|\p{Lu}[\p{L}’ -]{1,40}, le (?:1er|\d{1,2}) \p{L}{3,9}(?: \d{4})?"
    r")\W*",
    _I,
)
"""What is boilerplate as a whole, and short."""
_CALLS = regex.compile(
    r"(?:abonnez[- ]vous|inscrivez[- ]vous|s[’']abonner|s[’']inscrire|je m[’']abonne|recevez|subscribe|sign up|get)\b.{0,90}"
    r"\b(?:newsletters?|infolettre|lettres? d[’']informations?|lettre hebdomadaire|flux rss|rss feed|notre lettre|our updates|alertes? (?:mail|e-?mail)s?)"
    r"|\b(?:utilis\w+|uses?|accept\w+|dépos\w+|using)\b.{0,60}\bcookies\b|\bcookies\b.{0,60}\b(?:utilis\w+|navigation|use|accept\w+|dépos\w+)"
    r"|poursuivant (?:votre|la) navigation|(?:this|cet) e-?mail .{0,60}(?:unsubscribe|désabonner)"
    r"|(?:activ|enabl)\w+ (?:le )?javascript",
    _I,
)
_TAIL = regex.compile(
    r"(?:(?:l[’'])?article |cet article |ce billet |the post |this (?:post|article|entry) )?.{0,300}?"
    r"\b(?:est|a été|sont|is|was|has been)? ?(?:apparue?s?|parue?s?|publiée?s?|appeared|published|posted) (?:en|pour la) premi(?:er|ère)(?: lieu| fois)? (?:sur|dans)\b.*"
    r"|(?:the post|this post|this article) .{0,300}?(?:appeared first|first appeared|was (?:first|originally) published|originally appeared) (?:on|at|in)\b.*"
    r"|\W*(?:cet )?article (?:initialement )?(?:publié|paru) (?:initialement|à l[’']origine) (?:sur|dans|par)\b.*",
    _I | regex.DOTALL,
)
"""What WordPress puts behind every entry of its feeds."""
_LINK = regex.compile(r"<a\b[^<>]*>.*?</a>", regex.DOTALL)
_LAST_LINK = regex.compile(
    r"(?:\s|[-–—|(\[]|<br>|&nbsp;)*+<a\b[^<>]*>((?:(?!</?a\b).)*+)</a>[\s\p{P}\p{S}]*?(?=(?:<br>|</(?:p|li|b|strong|em|i)>|\s)*$)",
    regex.DOTALL,
)
_LAST_WORDS = regex.compile(
    r"\s*+(?:[\[(]?(?:…|\.\.\.)[\])]?)?\s*+(?:lire la suite|lire l[’']article|lire plus|voir plus|en savoir plus|la suite|read more|read the rest"
    r"|continue reading|plus d[’']infos)\b[^.!?<>]{0,80}(?:→|»|>|&gt;|…|\.\.\.|\.)*\s*$",
    _I,
)


def is_boilerplate(block: Block) -> bool:
    """Whether all of ``block`` is what ``_FURTHER`` and the others describe, in French or in English."""
    text = block.text
    if len(text) > LONGEST:
        return False
    return bool(_WHOLE.fullmatch(text) or _TAIL.fullmatch(text) or _CALLS.search(text) or leads_on(block))


def without_tail(text: str) -> str:
    """A plain text, a summary say, without a call to read the rest behind its last sentence."""
    found = _LAST_WORDS.search(text, max(0, len(text) - 160))
    kept = text[: found.start()].rstrip() if found else text
    post = _TAIL_BEHIND.search(kept, max(0, len(kept) - LONGEST))
    return kept[: post.start()].rstrip() if post else kept


_TAIL_BEHIND = regex.compile(
    r"(?:^|(?<=[.!?…»\])]\s)|(?<=\s))(?:l[’']article|cet article|the post|this (?:post|article)) (?:(?![.!?…] \p{Lu}).){0,300}?"
    r"(?:est (?:apparue?|parue?|publiée?) en premier|appeared first|first appeared|was originally published) (?:sur|on|dans|at)\b.*$",
    _I | regex.DOTALL,
)


def without_last_link(markup: str) -> str:
    """HTML of a block without a link behind its last sentence that leads to the rest of it."""
    found = _LAST_LINK.search(markup, max(0, len(markup) - 1_000))
    if not found:
        return markup
    words = plain(found[1])
    is_further = _FURTHER.match(words) or regex.fullmatch(r"\W*(?:suite|more|lire|ici|here|\.\.\.|…|→|»)\W*", words, _I)
    return markup[: found.start()] + markup[found.end() :] if is_further or not regex.search(r"\w", words) else markup


def leads_on(block: Block) -> bool:
    """Whether it calls to read something else, and links or a list of them may follow."""
    words = unescape(regex.sub(r"<[^<>]*>", "", _LINK.sub("", block.html)))
    own = " ".join(words.split())
    if not own:
        return bool(_FURTHER.match(block.text))
    found = _FURTHER.match(own)
    if not found:
        return False
    rest = own[found.end() :].lstrip()
    is_title = block.tag.startswith("h") or rest[:1] in {":", "→", ">", "»", "|"}
    return is_title or bool(_AFTERWARDS.fullmatch(rest))
