"""Sentences that relay itself writes down or refuses with, in the reader's language; a network's own words stay."""

import re

SENTENCES: tuple[tuple[str, str], ...] = (
    # Refusals
    (r"The text has changed since \(revision (\d+)\): .*", r"Le texte a changé depuis (révision \1) : relisez-le."),
    (
        r"Somebody changed the text meanwhile \(revision (\d+)\): .*",
        r"Quelqu’un a changé le texte entre-temps (révision \1) : relisez-le. Le vôtre est toujours dans la case.",
    ),
    (r"Somebody else was quicker: .*", "Quelqu’un a été plus rapide : regardez de nouveau."),
    (r"This step needs an? (\w+); (.+) is an? (\w+)\.", r"Cet accord revient au rôle « \1 » ; \2 a le rôle « \3 »."),
    (r"(.+) wrote these words: .*", r"Ce texte est de \1 : quelqu’un d’autre doit l’approuver."),
    (r"(.+) has already approved: .*", r"\1 a déjà donné son accord : le suivant doit venir de quelqu’un d’autre."),
    (r"To .+, give a reason: .*", "Donnez une raison : qui a écrit ce texte doit savoir pourquoi."),
    (r"(.+) \((\w+)\) may not (.+)\.", r"\1 (rôle « \2 ») n’en a pas le droit."),
    (r"A cross-post that is (\w+) cannot be moved by .*", "Son état a changé entre-temps : ce n’est plus possible."),
    (r"A cross-post needs words; .*", "Il faut un texte ; pour ne rien publier, refusez."),
    (r"There is no cross-post (\d+); .*", r"Il n’y a pas d’envoi \1."),
    (r"The account (.+) is no longer in the configuration\.", r"Le compte \1 n’est plus dans la configuration."),
    (r"The text is too long for (.+): (\d+) of (\d+) (\w+)\.", r"Le texte est trop long pour \1 : \2 sur \3."),
    (r"There is no question (\d+); .*", r"Il n’y a pas de question \1."),
    (r"No new address is known: .*", "On ne connaît pas de nouvelle adresse : écrivez-la dans la configuration."),
    (r"The source (.+) is no longer in the configuration\.", r"La source \1 n’est plus dans la configuration."),
    # Notes
    (r"The source has withdrawn this entry\.", "La source a retiré cette entrée."),
    (r"The source shows this entry again\.", "La source montre de nouveau cette entrée."),
    (r"It is dated (\S+), and new only now\.", r"Elle est datée du \1, et n’apparaît que maintenant."),
    (r"The source has changed this entry\.", "La source a modifié cette entrée."),
    (r"Proved absent: it is sent again\.", "Absence prouvée : il repart."),
    (
        r"The worker stopped before the network's answer was stored\.",
        "L’envoi s’est interrompu avant que la réponse du réseau soit notée.",
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
    (r"It has no keys to be sent under: .*", "Il n’a pas de clé pour partir : approuvez-le de nouveau."),
    # Sources
    (r"never asked", "jamais lue"),
    (r"every (.+), as configured", r"fréquence : \1, comme configuré"),
    (r"every (.+): more often is not polite", r"fréquence : \1, plus souvent serait impoli"),
    (r"every (.+), after the rhythm of its news", r"fréquence : \1, au rythme de ses nouvelles"),
    (r"quiet for more than a month: every (.+)", r"silencieuse depuis plus d’un mois : fréquence \1"),
    (r"quiet for more than a year: every (.+)", r"silencieuse depuis plus d’un an : fréquence \1"),
    (r"it can only be fetched whole: every (.+)", r"elle ne se lit qu’en entier : fréquence \1"),
    (r"the publisher asks for (.+) \((.+)\), taken as (.+)", r"l’éditeur de la source demande \1 (\2), retenu : \3"),
    (r"the publisher asks for (.+) \((.+)\)", r"l’éditeur de la source demande \1 (\2)"),
    (r"gone: it is not asked any more", "disparue : elle n’est plus interrogée"),
    (r"its address was changed", "son adresse a changé"),
    (r"first failure: again after (.+)", r"premier échec : nouvel essai après \1"),
    (r"(\d+) failures in a row: again after (.+)", r"\1 échecs de suite : nouvel essai après \2"),
    (r"told to wait: again after (.+)", r"prié d’attendre : nouvel essai après \1"),
    (r"“(.+)” changes at every fetch: .*", r"« \1 » change à chaque lecture : relay ne la suit plus."),
    (r"1 entry is dated in the future\.", "Une entrée est datée dans l’avenir."),
    (r"(\d+) entries are dated in the future\.", r"\1 entrées sont datées dans l’avenir."),
    (r"1 entry was withdrawn\.", "Une entrée a été retirée."),
    (r"(\d+) entries were withdrawn\.", r"\1 entrées ont été retirées."),
    (r"Not one entry is known from before: .*", "Aucune entrée n’est connue d’avant : il en manque peut-être."),
    (r"So much is new, or newly named, .*", "Tant de nouveautés, ou de nouveaux noms, qu’une question est posée."),
    # History
    (r"new entry", "nouvelle entrée"),
    (r"recorded, not announced", "noté, sans annonce"),
    (r"older than the first poll", "antérieur à la première lecture"),
    (r"source edited", "modifié à la source"),
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

_FRENCH = tuple((re.compile(pattern, re.DOTALL), french) for pattern, french in SENTENCES)


def said(text: str, language: str) -> tuple[str, str]:
    """The sentence, and the language it is in now: one that is not in the table stays English."""
    if language != "fr":
        return text, "en"
    sentence, outside, _ = text.partition(_OUTSIDE)
    for pattern, french in _FRENCH:
        match = pattern.fullmatch(sentence)
        if match:
            return match.expand(french) + (", hors des heures qu’elle exclut" if outside else ""), "fr"
    return text, "en"
