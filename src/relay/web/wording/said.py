"""Sentences that relay itself writes down or refuses with, in the reader's language; a network's own words stay."""

import re
from functools import cache

from relay.web.wording.accounts import SENTENCES as OF_ACCOUNTS
from relay.web.wording.answers import ANSWERS, REASONS
from relay.web.wording.digests import SENTENCES as OF_DIGESTS
from relay.web.wording.listing import SENTENCES as OF_LISTS
from relay.web.wording.networks import NETWORKS
from relay.web.wording.of_members import OF_MEMBERS
from relay.web.wording.public import SENTENCES as OF_THE_PUBLIC
from relay.web.wording.remarks import SENTENCES as OF_REMARKS
from relay.web.wording.restoring import SENTENCES as OF_RESTORING
from relay.web.wording.schedule import SENTENCES as OF_SCHEDULES
from relay.web.wording.stopping import SENTENCES as OF_STOPPING
from relay.web.wording.telling import SENTENCES as OF_TELLING
from relay.web.wording.tokens import SENTENCES as OF_TOKENS

SENTENCES: tuple[tuple[str, str], ...] = (
    # Refusals
    (r"The text has changed since \(revision (\d+)\): .*", r"Le texte a changé depuis (révision \1) : relisez-le."),
    (
        r"Somebody changed the text meanwhile \(revision (\d+)\): .*",
        r"Quelqu’un a changé le texte entre-temps (révision \1) : relisez-le. Le vôtre est toujours dans la case.",
    ),
    (r"Somebody else was quicker: .*", "Quelqu’un a été plus rapide : regardez de nouveau."),
    (
        r"This step needs the role (\w+); (.+) has the role (\w+)\.",
        r"Cet accord revient au rôle « \1 » ; \2 a le rôle « \3 ».",
    ),
    (r"(.+) wrote these words: .*", r"Ce texte est de \1 : quelqu’un d’autre doit l’approuver."),
    (r"(.+) has already approved: .*", r"\1 a déjà donné son accord : le suivant doit venir de quelqu’un d’autre."),
    (r"To .+, give a reason: .*", "Donnez une raison : qui a écrit ce texte doit savoir pourquoi."),
    (r"(.+) \((\w+)\) may not (.+)\.", r"\1 (rôle « \2 ») n’en a pas le droit."),
    (r"A cross-post that is (\w+) cannot be moved by .*", "Son état a changé entre-temps : ce n’est plus possible."),
    (r"A cross-post needs words; .*", "Il faut un texte ; pour ne rien publier, refusez."),
    (r"There is no cross-post (\d+); .*", r"Il n’y a pas d’envoi \1."),
    (r"The account (.+) is no longer in the configuration\.", r"Le compte \1 n’est plus dans la configuration."),
    (r"The text is too long for (.+): (\d+) of (\d+) ([\w -]+)\.", r"Le texte est trop long pour \1 : \2 sur \3."),
    (
        r"A description has at most (\d+) characters; this one has (\d+)\.",
        r"Une description a \1 caractères au plus ; celle-ci en a \2.",
    ),
    (
        r"A text has at most (\d+) characters; this one has (\d+)\.",
        r"Un texte a \1 caractères au plus ; celui-ci en a \2.",
    ),
    (r"There is no picture to describe\.", "Il n’y a pas d’image à décrire."),
    (r"There is no (\S+) in the directory: .*", r"\1 n’est pas ou plus dans l’annuaire."),
    (
        r"The names of (\S+) are not those of an editor: .*",
        r"Les noms de \1 viennent de la configuration : c’est là qu’on les change.",
    ),
    (r"There is no question (\d+); .*", r"Il n’y a pas de question \1."),
    (r"No new address is known: .*", "On ne connaît pas de nouvelle adresse : écrivez-la dans la configuration."),
    (r"The source (.+) is no longer in the configuration\.", r"La source \1 n’est plus dans la configuration."),
    # Notes
    (r"The source has withdrawn this entry\.", "La source a retiré cette entrée."),
    (
        r"Another source's entry took its news there meanwhile\.",
        "L’entrée d’une autre source y a porté cette information entre-temps.",
    ),
    (r"The source shows this entry again\.", "La source montre de nouveau cette entrée."),
    (
        r"It came here by another source's news, which is another\.",
        "Il n’était ici que par une autre source, dont l’information est une autre.",
    ),
    (
        r"The same news as another source's: .*",
        "La même information qu’une autre source : réunies, et la rédaction est invitée à le vérifier.",
    ),
    (r"It is dated (\S+), and new only now\.", r"Elle est datée du \1, et n’apparaît que maintenant."),
    (r"The source has changed this entry\.", "La source a modifié cette entrée."),
    (r"Proved absent: it is sent again\.", "Absence prouvée : il repart."),
    (
        r"It was not found there: relay looks once more before it sends it again\.",
        "Il n’y a pas été trouvé : relay regarde une seconde fois avant de le renvoyer.",
    ),
    (
        r"The worker stopped before the network's answer was stored\.",
        "L’envoi s’est interrompu avant que la réponse du réseau soit notée.",
    ),
    (r"Its worker was held up: nothing has left\.", "L’envoi a été retardé : rien n’est parti."),
    (
        r"relay's own disk or its limit of open files was in the way: nothing has left\.",
        "Le disque de relay, ou sa limite de fichiers ouverts, l’a empêché : rien n’est parti.",
    ),
    (r"Nothing to look for: .*", "Rien à chercher : regardez le compte vous-même, puis confirmez ou abandonnez."),
    (r"Quiet hours: .*", "Heures calmes : il part quand elles sont passées."),
    (r"The account's pace: .*", "Rythme du compte : il part un peu plus tard."),
    (r"It missed its slot: .*", "Il a manqué son créneau : il part au suivant."),
    (r"Its schedule allows no moment to leave\.", "Son horaire ne lui laisse aucun moment pour partir."),
    (r"Its account is no longer in the configuration\.(.*)", "Son compte n’est plus dans la configuration."),
    (r"Its account has no (.+): .*", r"Il manque à son compte : \1. Voyez `relay check`, puis reprenez-le."),
    (r"It could not be prepared \((.*)\)\.", r"Il n’a pas pu être préparé (\1)."),
    (r"It could not be looked for \((.*)\)\.", r"Il n’a pas pu être recherché (\1)."),
    (r"It has no keys to be sent under[:,] .*", "Il n’a pas ou plus de quoi partir : approuvez-le de nouveau."),
    # History
    (r"new entry", "nouvelle entrée"),
    (r"recorded, not announced", "noté, sans annonce"),
    (r"older than the first poll", "antérieur à la première lecture"),
    (r"source edited", "modifié à la source"),
    (r"source changed, while this was leaving", "changé à la source, pendant que cet envoi partait"),
    (r"approved", "accord"),
    (r"edited", "texte corrigé"),
    (r"ask changes: (.*)", r"corrections demandées : \1"),
    (r"reject: (.*)", r"refusé : \1"),
    (r"resubmit", "resoumis"),
    (r"hold", "suspendu"),
    (r"resume", "repris"),
    (r"recall", "rappelé"),
    (r"reopen", "rouvert"),
    (r"confirm", "vu en ligne"),
    (r"give up", "abandonné"),
    (r"recall window over", "délai de rappel écoulé"),
    (r"nobody approved it in time", "personne ne l’a approuvé à temps"),
    (r"sent", "publié"),
)

_OUTSIDE = ", outside of its skipped hours"
"""What may follow any of the reasons for an interval."""
_THEN = "\0"
"""Where a sentence within the sentence goes."""

_DAYS = re.compile(r"\b(\d+) d\b")


_WORDS = (
    *OF_RESTORING,
    *OF_STOPPING,
    *SENTENCES,
    *OF_ACCOUNTS,
    *OF_MEMBERS,
    *OF_THE_PUBLIC,
    *OF_TOKENS,
    *OF_DIGESTS,
    *OF_TELLING,
    *OF_LISTS,
    *OF_REMARKS,
    *OF_SCHEDULES,
    *NETWORKS,
    *ANSWERS,
)


@cache
def _compiled(table: tuple[tuple[str, str], ...]) -> list[tuple[re.Pattern[str], str]]:
    """Only once somebody reads French: it takes as long as a tenth of a command."""
    return [(re.compile(pattern, re.DOTALL), french) for pattern, french in table]


def said(text: str, language: str) -> tuple[str, str]:
    """The sentence, and the language it is in now: one that is not in the table stays English."""
    if language != "fr":
        return text, "en"
    sentence, outside, _ = text.partition(_OUTSIDE)
    if reason := _told(sentence, REASONS):
        return _DAYS.sub(r"\1 j", reason) + (", hors des heures qu’elle exclut" if outside else ""), "fr"
    french = _told(text, _WORDS)
    return (french, "fr") if french else (text, "en")


def _told(sentence: str, table: tuple[tuple[str, str], ...]) -> str:
    """The French of a sentence, and of the one within it; empty where the table has none."""
    for pattern, french in _compiled(table):
        if match := pattern.fullmatch(sentence):
            inner = match.groupdict().get("then") or ""
            return match.expand(french.replace("{then}", _THEN)).replace(_THEN, said(inner, "fr")[0]).rstrip()
    return ""
