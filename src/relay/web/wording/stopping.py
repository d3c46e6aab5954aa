"""What is done to the whole queue at once: each word in French, then in English; ``{…}`` is filled in by the page."""

STOPPING: dict[str, tuple[str, str]] = {
    "do.override": ("Passer outre", "Override"),
    "did.override": (
        "Approuvé sans attendre les autres accords : c’est écrit dans l’historique.",
        "Approved without waiting for the other approvals: the history says so.",
    ),
    "nav.stop": ("Arrêt d’urgence", "Emergency stop"),
    "stop": ("Arrêt d’urgence", "Emergency stop"),
    "stop.in_force": ("Tout est arrêté.", "Everything is stopped."),
    "stop.by": (
        "{name} a tout arrêté {when} : « {why} ».",
        "{name} stopped everything {when}: “{why}”.",
    ),
    "stop.waiting": (
        "Envois en attente : {n}. Rien ne part, rien n’est modifié ni retiré en ligne.",
        "Cross-posts that wait: {n}. Nothing is sent, nothing online is changed or taken back.",
    ),
    "stop.do": ("Tout arrêter", "Stop everything"),
    "stop.lead": (
        "Rien ne partira plus, sur aucun compte, jusqu’à la reprise. Ce qui est en retard partira ensuite peu à peu.",
        "Nothing will be sent any more, on any account, until it is lifted. What is late then leaves little by little.",
    ),
    "stop.reason": ("Pourquoi ? Les autres le liront.", "Why? The others will read it."),
    "stop.lift": ("Lever l’arrêt", "Lift the stop"),
    "stop.begun": ("Tout est arrêté.", "Everything is stopped."),
    "stop.lifted": (
        "L’arrêt est levé : ce qui est en retard part peu à peu.",
        "The stop is lifted: what is late leaves little by little.",
    ),
    "audit": ("Journal d’audit", "Audit log"),
    "audit.lead": (
        "Chaque geste, chaîné au précédent : une ligne changée après coup se voit.",
        "Every act, chained to the one before it: a line that is changed afterwards shows.",
    ),
    "audit.download": ("Télécharger le journal (JSON)", "Download the log (JSON)"),
}

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Everything is stopped already, by (.+) since (.+) UTC: (.*)",
        r"Tout est déjà arrêté, par \1 depuis le \2 UTC : \3",
    ),
    (r"Nothing is stopped: there is nothing to lift\.", "Rien n’est arrêté : il n’y a rien à lever."),
    (
        r"To stop everything, give a reason: the others need to know\.",
        "Pour tout arrêter, donnez une raison : les autres doivent savoir.",
    ),
    (
        r"To give the yeses of others, give a reason: they need to know\.",
        "Pour passer outre aux accords, donnez une raison : les autres doivent savoir.",
    ),
    (
        r"(.+) works for (.+); the stop holds every account\.",
        r"\1 travaille pour \2 ; l’arrêt vaut pour tous les comptes.",
    ),
    (r"(.+) works for (.+); this is for (.+)\.", r"\1 travaille pour \2 ; ceci est pour \3."),
    (
        r"Line (\d+) does not follow the one before it: lines were taken out, put in or moved\.",
        r"La ligne \1 ne suit pas la précédente : des lignes ont été ôtées, ajoutées ou déplacées.",
    ),
    (
        r"Line (\d+) is not as it was written, or the one before it is not, or is gone\.",
        r"La ligne \1 n’est plus telle qu’elle a été écrite, ou la précédente ne l’est plus, ou manque.",
    ),
    (
        r"(.+) \((\w+)\) may not recall words that somebody else wrote\.",
        r"\1 (\2) ne peut pas rappeler le texte de quelqu’un d’autre.",
    ),
    (r"override: (.*)", r"tous les accords donnés d’un coup : \1"),
)
"""What relay itself says of it, in English → in French."""
