"""What is known of a source, and its last fetches: each word in French, then in English; ``{…}`` is filled in."""

FACTS: dict[str, tuple[str, str]] = {
    # Facts
    "facts": ("Ce que relay en sait", "What relay knows of it"),
    "fact.configured": ("Adresse configurée", "Configured address"),
    "fact.url": ("Interrogée à", "Asked at"),
    "fact.landed": ("Réponse venue de", "Answers from"),
    "fact.aliases": ("Anciennes adresses", "Former addresses"),
    "fact.moving": ("Redirection observée", "Redirect being watched"),
    "fact.moving.since": (
        "{n} lectures sur {of} depuis le {since} ; crue au plus tôt le {until}",
        "{n} of {of} polls since {since}; believed on {until} at the earliest",
    ),
    "fact.moving.unproved": (
        "Il y manque encore une entrée connue.",
        "An entry that is known has yet to be seen there.",
    ),
    "fact.rhythm": ("Son rythme", "Its rhythm"),
    "fact.rhythm.usual": ("environ une entrée en {span}", "about one entry in {span}"),
    "fact.rhythm.newest": ("la dernière : {when}", "the last: {when}"),
    "fact.hints": ("Ce que demande l’éditeur", "What the publisher asks for"),
    "fact.hint": ("au plus une fois en {span} ({name})", "at most once in {span} ({name})"),
    "fact.skip_hours": ("pas à ces heures (GMT) : {list}", "not at these hours (GMT): {list}"),
    "fact.skip_days": ("pas ces jours (GMT) : {list}", "not on these days (GMT): {list}"),
    "fact.capped": ("retenu au plus : {span}", "taken as {span} at most"),
    "fact.every": ("Fréquence configurée", "Configured interval"),
    "fact.validators": ("Validateurs", "Validators"),
    "fact.none": ("aucun", "none"),
    "fact.succeeded": ("Lue pour la dernière fois", "Last read"),
    "fact.agent": ("Relay s’y présente ainsi", "Relay calls itself"),
    # The log
    "log": ("Dernières lectures", "Last fetches"),
    "log.none": ("Pas encore.", "Not yet."),
    "log.sums": (
        (
            "Lectures : {n} · rien de neuf (304) : {same} · relues sans nouveauté : {read} · avec du neuf : {news} · "
            "échecs : {failed}"
        ),
        "Fetches: {n} · nothing new (304): {same} · read, nothing new: {read} · with news: {news} · failed: {failed}",
    ),
    "log.when": ("Quand ({zone})", "When ({zone})"),
    "log.answer": ("Réponse", "Answer"),
    "log.news": ("Nouvelles", "New"),
    "log.edits": ("Modifiées", "Edited"),
    "log.size": ("Taille", "Size"),
    "log.time": ("Durée", "Time"),
    "log.saved": ("{size} épargnés", "{size} saved"),
    "log.elsewhere": ("à {url}", "at {url}"),
}
