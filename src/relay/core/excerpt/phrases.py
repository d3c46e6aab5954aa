"""The phrases, French and English, by which boilerplate is known; ' stands for both apostrophes."""

from dataclasses import dataclass
from functools import cache, lru_cache

import regex


def any_of(*wordings: str) -> str:
    """A group that takes one of ``wordings``."""
    return f"(?:{'|'.join(wordings)})"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern without regard to case, with ' for both apostrophes.

    It is made when something is first looked for: all of them take longer than many a command that reads no entry.
    """

    pattern: str

    def may_begin(self, letters: str) -> bool:
        """Whether more letters could make such a phrase of the first ``FIRST`` of a text."""
        return _may_begin(self.pattern, letters)

    def fullmatch(self, text: str) -> "regex.Match[str] | None":
        """Where the whole of ``text`` is such a phrase."""
        return _compiled(self.pattern).fullmatch(text) if self.may_begin(text[:FIRST]) else None

    def match(self, text: str) -> "regex.Match[str] | None":
        """Such a phrase at the beginning of ``text``."""
        return _compiled(self.pattern).match(text) if self.may_begin(text[:FIRST]) else None

    def search(self, text: str, start: int = 0) -> "regex.Match[str] | None":
        """The first such phrase in ``text`` from ``start`` (code points) on."""
        return _compiled(self.pattern).search(text, start)


@cache
def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern.replace("'", "[’']"), regex.IGNORECASE | regex.DOTALL)


FIRST = 6
"""Code points by which nearly all texts are told from all phrases."""


@lru_cache(maxsize=8192)
def _may_begin(pattern: str, letters: str) -> bool:
    """Whether more letters could make such a phrase of these. Texts begin alike, and few begin like a phrase."""
    return _compiled(pattern).match(letters, partial=True) is not None


_NETWORK = any_of(
    "facebook|twitter|x|linkedin|whatsapp|instagram|youtube|mastodon|bluesky|pinterest|telegram|viadeo|messenger|reddit",
    "tumblr|threads|e-?mail|courriel|mail|imprimer|print|partager|share|tweet(?:er)?|copier le lien|copy link",
    "plus|more|pdf|like|j'aime|et|and",
)
_DATE = any_of(
    r"\d{1,2}(?:er)?[ /.-](?:\d{1,2}|\p{L}{3,9}\.?)(?:[ /.-]\d{2,4})?",
    r"\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}",
    r"\d{4}-\d\d-\d\d",
)
_DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\p{L}{3,6}day),? )?"
_HOUR = r"(?:,?(?: à| at)? ?\d{1,2} ?[h:] ?(?:\d\d)?)?"
_BY = r"(?:,? ?(?:par|by|in|dans|[|•·-]) .{1,60})?"

FURTHER = Phrase(
    r"\W*"
    + any_of(
        r"(?:à |a )?(?:lire|voir|relire|revoir|écouter|découvrir|consulter|retrouver)"
        r"(?: (?:aussi|également|encore|plus|la suite|l'article(?: complet)?|l'intégralité .{1,40}))+",
        "(?:pour )?en savoir (?:plus|davantage)|pour aller plus loin|suite de l'article",
        "(?:pour )?plus d'infos?(?:rmations?)?|(?:pour )?plus de (?:renseignements|détails)|voir en ligne",
        "liens? (?:utiles?|externes?)|sur (?:le web|internet)|pièces? jointes?|documents? (?:joints?|associés?)",
        r"(?:documents?|fichiers?|ressources?) à télécharger|sommaire(?!\s+\p{L})",
        "(?:continuer|poursuivre) la lecture|nos (?:autres )?articles (?:sur|liés|associés) .{0,40}",
        "(?:cliquez|cliquer) ici(?: pour .{1,60})?",
        "articles? (?:liés?|similaires?|associés?|connexes?|recommandés?)",
        "(?:dans|sur) (?:la même rubrique|le même (?:sujet|thème))",
        "vous aimerez (?:peut-être )?aussi|ces articles .{0,30}vous intéresser",
        "read (?:more|also|next|the (?:rest|full|whole) .{1,40})|continue reading|keep reading|see also",
        "learn more|find out more|more information|related (?:posts?|articles?|stories|content|reading)",
        "you (?:may|might) also (?:like|enjoy)|click here(?: to .{1,60})?",
    )
    + r"\b"
)
"""Calls to read something else, or the rest: boilerplate if nothing but links, a colon or a mark comes after them."""

AFTERWARDS = Phrase(
    r"(?:[\s\p{P}\p{S}]|\b(?:sur|dans|à|de|du|des|le|la|les|l|ce|cette|cet|on|about|at|in|of|the|ici|here"
    r"|site|page|notre|web|internet|rendez-vous|cliquez|consultez|visitez|voir|un|une|article|vidéo"
    r"|visit|go to|our|website)\b)*"
)
"""What may stand between such a call and its link, or behind it."""

WHOLE = Phrase(
    r"\W*"
    + any_of(
        "(?:partagez?|partager|tweeter|share|imprimer|print|(?:suivez|retrouvez|rejoignez)[- ]nous|follow us)"
        r"(?:[\s:]*(?:sur|on|this|l'(?:article|actualité|info)|(?:cet|cette|ce|la|le) (?:article|page|contenu"
        "|publication|actualité|post|billet)|:|$)).{0,120}",
        "(?:cliquez|cliquer) pour (?:partager|imprimer|envoyer|suivre).{0,120}",
        "click to (?:share|print|email|follow).{0,120}",
        rf"{_NETWORK}(?:[\s,|·/•–-]+{_NETWORK})+",
        "j'aime (?:ça|chargement).{0,80}|like this:?.{0,40}|(?:loading|chargement)[.…]*",
        r"temps (?:de lecture|estimé).{0,30}|(?:lecture(?: de| :)?|reading time)\W{0,3}\d+ ?min.{0,12}",
        r"\d+ ?min(?:ute)?s? (?:de lecture|read)",
        r"(?:(?:article|actualité|page|billet) )?(?:publiée?|postée?|rédigée?|mise? (?:à jour|en ligne)|modifiée?"
        r"|créée?|dernière (?:mise à jour|modification)|published|posted|last (?:updated|modified)|updated|written)"
        rf"\W*(?:(?:le|on)\W+)?{_DAY}{_DATE}{_HOUR}{_BY}",
        r"(?:publiée?|postée?|rédigée?|published|posted|written) (?:par|by) [^,.]{1,50}",
        "communiqués? de presse|press release",
        r"(?:©|\(c\)|crédits?(?:[ -]photos?(?:graphiques?)?)?\s?[:©](?!\s*\d)"
        r"|(?:photos?(?:graphies?)?|illustrations?|visuels?|images?)\s?[:©]"
        r"|photo (?:credits?|by)|(?:image|picture) (?:credits?|by|courtesy)|source photo).{0,120}",
        r"(?:tags?|étiquettes?|mots?[ -]cl[ée]s?|catégories?|rubriques?|filed under|tagged(?: with)?|categories)"
        r"\s?:.{0,200}",
        r"(?:\d+ |aucun |no |laisser un |laissez un |ajouter un |leave a |add a |voir les |post a )?"
        "(?:commentaires?|comments?|reply)",
        "(?:retour (?:à|au|en|aux|vers) |back to (?:the )?)(?:la |l')?"
        "(?:liste|accueil|actualités|sommaire|page|haut|top|home|news|list).{0,40}|haut de page",
        "(?:article |billet )?(?:précédent|suivant)|(?:previous|next)(?: post| article)?",
        "(?:ceci est un )?(?:article )?sponsorisé|publicité|advertisement|annonce|sources?",
        "(?:article|billet|post) original(?: (?:de|par|by|sur) .{1,60})?|aller sur .{1,60}",
    )
    + r"\W*"
)
"""What is boilerplate as a whole."""

DATELINE = Phrase(rf"\W*(?-i:\p{{Lu}})[\p{{L}}\x27’ -]{{1,40}}, le {_DATE}\W*")
"""A place and a date: "Vaubrune, le 12 mai 2026"."""

CALLS = Phrase(
    any_of(
        r"(?:abonnez[- ]vous|inscrivez[- ]vous|s'abonner|s'inscrire|je m'abonne|recevez|subscribe|sign up)\b.{0,90}\b"
        + any_of(
            "newsletters?|infolettre|lettres? d'informations?|lettre hebdomadaire|notre lettre",
            "flux rss|rss feed|our updates",
            "alertes? (?:mail|e-?mail)s?",
        ),
        r"(?:ce (?:site|blog|portail)|nous|notre site|we|this (?:site|website|blog)|our (?:site|website))\b.{0,40}"
        r"\b(?:utilis\w+|uses?|dépos\w+|using)\b.{0,40}\bcookies",
        "(?:poursuivant|continuant) (?:votre|la|à) navig|(?:this|cet) e-?mail .{0,60}(?:unsubscribe|désabonner)",
        r"(?:veuillez|merci d'|please) ?(?:activ|enabl)\w+ (?:le )?javascript",
    )
)
"""What is boilerplate wherever it stands in a short paragraph."""

_FIRST_ON = any_of(
    "(?:est |a été |sont )?(?:apparue?s?|parue?s?|publiée?s?) (?:en|pour la) premi(?:er|ère)(?: lieu| fois)?"
    " (?:sur|dans)",
    "(?:appeared first|first appeared|was (?:first|originally) published|originally appeared) (?:on|at|in)",
)
_THIS = any_of("l'article|cet article|ce billet|article|the post|this (?:post|article|entry)")
TAIL = Phrase(
    rf"\W*{_THIS} .{{0,300}}?\b{_FIRST_ON}\b.*"
    r"|\W*(?:cet )?article (?:initialement |d'abord )?(?:publié|paru)(?: initialement| à l'origine)?"
    r" (?:sur|dans|par)\b.*"
)
"""What WordPress puts behind every entry of its feeds."""
TAIL_BEHIND = Phrase(rf"(?<=^|\s){_THIS} (?:(?![.!?…] (?-i:\p{{Lu}})).){{0,300}}?\b{_FIRST_ON}\b.*$")
"""The same behind the last sentence of a text."""

LAST_WORDS = Phrase(
    r"(?:^|(?<=[.!?…»\])])\s*+)(?:[\[(]?(?:…|\.\.\.)[\])]?)?\s*+"
    + any_of(
        "lire (?:la suite|l'article|plus)|voir plus|en savoir plus|la suite|plus d'infos",
        "read more|read the rest|continue reading",
    )
    + r"\b[^.!?<>]{0,40}(?:→|»|>|…|\.\.\.|\.)*\s*$"
)
"""A call to read on behind the last sentence of a text."""
