"""On the page behind a link in a letter, and on notifications: each word in French, then in English."""

TELLING: dict[str, tuple[str, str]] = {
    "told.approve": ("Approuver ce texte ?", "Approve these words?"),
    "told.changes": ("Faire corriger ce texte ?", "Ask for changes to these words?"),
    "told.hold": ("Suspendre cet envoi ?", "Put this cross-post on hold?"),
    "told.reject": ("Refuser cet envoi ?", "Refuse this cross-post?"),
    "told.do.approve": ("Approuver", "Approve"),
    "told.do.changes": ("Faire corriger", "Ask for changes"),
    "told.do.hold": ("Suspendre", "Hold"),
    "told.do.reject": ("Refuser", "Refuse"),
    "told.as": (
        "{name}, c’est vous qui le dites ; rien n’est fait avant votre clic.",
        "{name}, it is you who says so; nothing is done before your click.",
    ),
    "told.leaves": ("Départ après votre accord : {when}", "Leaves after your yes: {when}"),
    "told.steps": (
        "Il faut {n} accords ; celui-ci est le numéro {this}.",
        "It takes {n} approvals; this is number {this}.",
    ),
    "told.review": ("Ouvrir dans relay", "Open in relay"),
    "told.done.approve": ("Approuvé. Départ : {when}.", "Approved. Leaves: {when}."),
    "told.done.step": ("Accord enregistré ; il en faut un autre.", "Your yes is recorded; another is needed."),
    "told.done.changes": ("Corrections demandées.", "Changes asked for."),
    "told.done.hold": ("Suspendu : rien ne part.", "On hold: nothing leaves."),
    "told.done.reject": ("Refusé : rien ne part.", "Refused: nothing leaves."),
    "told.done.undo": (
        "Vous vous êtes trompé ? Ouvrez relay dans les {seconds} secondes pour annuler.",
        "A mistake? Open relay within {seconds} seconds to take it back.",
    ),
    "told.close": ("Vous pouvez fermer cette page.", "You can close this page."),
    "told.changed": ("Le texte a changé depuis la lettre", "The words have changed since the letter"),
    "told.changed.lead": (
        "Votre lien valait pour les mots d’avant : relisez ceux d’aujourd’hui, puis dites-le dans relay.",
        "Your link was for the words of before: read today’s, then say so in relay.",
    ),
    "told.before": ("Dans la lettre", "In the letter"),
    "told.now": ("Aujourd’hui", "Today"),
    "told.beside": (
        "L’image, son texte, le lien ou l’heure choisie ont changé.",
        "The picture, its text, the link or the chosen time have changed.",
    ),
    "told.judged": ("C’est déjà jugé", "It is judged already"),
    "told.judged.lead": (
        "{account} : {state}. Il n’y a plus rien à dire par ce lien.",
        "{account}: {state}. There is nothing left to say by this link.",
    ),
    "told.closed": ("Ce lien n’ouvre rien", "This link opens nothing"),
    "told.closed.forged": (
        "Ce lien est incomplet, ou n’est pas de relay : ouvrez la lettre et recopiez-le en entier.",
        "This link is incomplete, or is not relay’s: open the letter and copy all of it.",
    ),
    "told.closed.expired": (
        "Ce lien avait 24 heures, qui sont passées : ouvrez relay pour juger.",
        "This link had 24 hours, which are over: open relay to judge.",
    ),
    "told.closed.used": (
        "Ce lien a déjà servi, et ne sert qu’une fois : ouvrez relay pour voir où en est l’envoi.",
        "This link was used before, and works once: open relay to see where the cross-post stands.",
    ),
    "told.closed.person": (
        "Ce lien était pour quelqu’un qui n’entre plus ici, ou qui a changé d’adresse.",
        "This link was for somebody who does not come in here any more, or has another address now.",
    ),
    "told.closed.other": (
        "Ce lien est pour quelqu’un d’autre que la personne connectée ici : rien n’a été fait.",
        "This link is for somebody else than the person signed in here: nothing was done.",
    ),
    "told.closed.gone": ("Cet envoi n’existe plus.", "This cross-post is no longer there."),
    # Who is told of what
    "nav.notifications": ("Notifications", "Notifications"),
    "heard.lead": (
        "Qui est averti de quoi, hors de cette page. C’est la configuration qui le dit : [notify.…].",
        "Who is told of what, outside this page. The configuration says so: [notify.…].",
    ),
    "heard.no_mail": (
        "Il n’y a pas de [mail] dans la configuration : aucune lettre ne part.",
        "There is no [mail] in the configuration: no letter leaves.",
    ),
    "heard.none": ("Personne n’est averti de rien. Pour commencer :", "Nobody is told anything. To begin:"),
    "heard.example": ("redaction", "newsroom"),
    "heard.test": ("Envoyer un essai", "Send a test"),
    "heard.tested": ("Essai de {name} :", "Test of {name}:"),
    "heard.sent": ("arrivé", "arrived"),
    "heard.not_sent": ("pas arrivé :", "did not arrive:"),
    "heard.digest": ("ensemble, {hours}", "together, {hours}"),
    "heard.at_once": (
        "aussitôt, un message toutes les {minutes} minutes au plus",
        "at once, one message in {minutes} minutes at most",
    ),
    "heard.scope": ("pour {accounts}", "for {accounts}"),
    "heard.never": ("rien encore", "nothing yet"),
    "heard.kind.waiting": ("à relire", "to review"),
    "heard.kind.failed": ("échecs", "failures"),
    "heard.kind.unconfirmed": ("à vérifier", "to verify"),
    "heard.kind.token-expiring": ("accès qui s’achèvent", "accesses that end"),
    "heard.kind.expired": ("périmés", "expired"),
    "heard.kind.held": ("suspendus", "on hold"),
    "heard.kind.stopped": ("arrêts d’urgence", "emergency stops"),
    "heard.stage.due": ("en route depuis", "on its way since"),
    "heard.stage.doubt": ("peut-être arrivé", "may have arrived"),
    "heard.stage.sent": ("arrivé", "arrived"),
    "heard.stage.stale": ("arrivé, à mettre à jour", "arrived, to be updated"),
    "heard.stage.failed": ("abandonné", "given up"),
    "heard.stage.over": ("plus rien à dire", "nothing left to tell"),
}

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"There is no \[mail\] in the configuration.*",
        "Il n’y a pas de [mail] dans la configuration : aucune lettre ne peut partir.",
    ),
    (r"“(.*)” is no plain address, .*", r"« \1 » n’est pas une adresse simple, comme redaction@exemple.fr."),
    (r"it may have arrived: look\.", "il est peut-être arrivé : regardez."),
)
