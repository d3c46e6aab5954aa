"""On the pages of sources: each word in French, then in English; ``{…}`` is filled in by the page."""

SOURCES: dict[str, tuple[str, str]] = {
    "sources.lead": (
        "Ce que chaque source a répondu, quand on la relira et pourquoi alors.",
        "What each source answered, when it is asked again, and why then.",
    ),
    "sources.none": ("Aucune source n’est configurée.", "No source is configured."),
    "sources.needy": ("À voir", "Wants a look"),
    "sources.well": ("Tout va bien", "All is well"),
    "sources.more": ("La suite", "More"),
    "sources.all": ("Toutes les sources", "All sources"),
    "sources.answer": ("Dernière réponse", "Last answer"),
    "sources.next": ("Prochaine lecture", "Next poll"),
    "sources.failures": ("{n} échecs de suite", "{n} failures in a row"),
    "sources.never": ("jamais", "never"),
    "sources.now": ("dès que possible", "as soon as possible"),
    "sources.lately": ("Dernièrement", "Lately"),
    "sources.new": ("nouvelles entrées : {n}", "new entries: {n}"),
    "sources.saved": ("épargné par les 304 : {size}", "saved by 304s: {size}"),
    "sources.push": ("Hub", "Hub"),
    "sources.asked": ("Questions ouvertes : {n}", "Open questions: {n}"),
    "sources.details": ("Détails de {name}", "Details of {name}"),
    "answer.200": ("lue (200)", "read (200)"),
    "answer.226": ("lue, pour ses seules nouveautés (226)", "read, only what is new (226)"),
    "answer.304": ("rien de neuf (304)", "nothing new (304)"),
    # What ails it
    "trouble.gone": ("Disparue", "Gone"),
    "trouble.gone.lead": (
        "L’éditeur dit que ce flux n’existe plus. Relay ne l’interroge plus ; ce qui a été lu reste.",
        "The publisher says that this feed is gone. Relay does not ask it any more; what was read stays.",
    ),
    "trouble.forbidden": ("Hors d’atteinte", "Off limits"),
    "trouble.forbidden.lead": (
        "Cette adresse n’est pas de l’internet public : relay n’y va que si service.allow la nomme.",
        "This address is not of the public internet: relay goes there only where service.allow names it.",
    ),
    "trouble.blocked": ("Refusée", "Refused"),
    "trouble.blocked.lead": (
        (
            "Ce site refuse relay. Relay ne se déguise pas : seul l’éditeur peut l’admettre. "
            "Voici de quoi le lui demander."
        ),
        (
            "This site refuses relay. Relay wears no disguise: only the publisher can let it in. "
            "Here is what to write to them."
        ),
    ),
    "trouble.missing": ("Introuvable", "Missing"),
    "trouble.missing.lead": (
        "Rien à cette adresse depuis {n} lectures. Le flux a sans doute déménagé.",
        "Nothing at this address for {n} polls. The feed has probably moved.",
    ),
    "trouble.quarantine": ("En quarantaine", "In quarantine"),
    "trouble.quarantine.lead": (
        (
            "Trois fois, il a fallu arrêter le processus qui lisait son document. Relay ne le relit plus tant qu’il "
            "n’a pas changé ; « Relire en entier » le relit une fois de plus. Ce qui a été lu avant reste."
        ),
        (
            "Three times the process that read its document had to be ended. Relay reads it no more until it has "
            "changed; “Read it whole” reads it once more. What was read before stays."
        ),
    ),
    "trouble.unreadable": ("Illisible", "Unreadable"),
    "trouble.unreadable.lead": (
        "Quelque chose répond, mais ce n’est pas un flux que relay sache lire. Ce qui a été lu avant reste.",
        "Something answers, but it is no feed that relay can read. What was read before stays.",
    ),
    "trouble.failing": ("Injoignable", "Out of reach"),
    "trouble.failing.lead": (
        "Personne ne répond comme il faut. Relay réessaie de plus en plus rarement, sans jamais renoncer.",
        "Nobody answers as they should. Relay tries again, ever more rarely, and never gives up.",
    ),
    "sources.repaired": ("Réparé à la lecture", "Repaired while reading"),
    "sources.repaired.lead": (
        "Ce flux se lit quand même. Son éditeur sera content de le savoir :",
        "This feed is read all the same. Its publisher may like to know:",
    ),
    "sources.paused": (
        "Son serveur veut être laissé tranquille jusqu’au {until}. Relay s’y tient, même si l’on insiste.",
        "Its server wants to be left alone until {until}. Relay keeps to that, even if you insist.",
    ),
    # A letter to the publisher
    "letter": ("Texte à envoyer à l’éditeur", "Text to send to the publisher"),
    "letter.blocked": (
        (
            "Bonjour,\n\nNous lisons votre flux {url} avec relay, un lecteur qui se nomme et demande peu :\n\n"
            "User-Agent : {agent}\n\nVotre serveur nous refuse : {answer}. Pourriez-vous admettre ce User-Agent pour "
            "cette adresse, par exemple en exemptant les flux du contrôle anti-robots ? Un flux est fait pour être lu "
            "par des programmes.\n\nMerci !"
        ),
        (
            "Hello,\n\nWe read your feed {url} with relay, a reader that says who it is and asks little:\n\n"
            "User-Agent: {agent}\n\nYour server refuses us: {answer}. Could you let this User-Agent in at this "
            "address, for instance by exempting feeds from the bot check? A feed is made to be read by "
            "programs.\n\nThank you!"
        ),
    ),
    "letter.repaired": (
        (
            "Bonjour,\n\nVotre flux {url} n’est pas tout à fait bien formé ({what}). Nous le réparons en le lisant ; "
            "d’autres lecteurs ne le peuvent pas.\n\nMerci de votre attention !"
        ),
        (
            "Hello,\n\nYour feed {url} is not quite well-formed ({what}). We repair it while reading; other readers "
            "cannot.\n\nThank you for your attention!"
        ),
    ),
    # What can be done
    "remedies": ("Que faire", "What to do"),
    "remedy.ask": ("Interroger maintenant", "Ask now"),
    "remedy.ask.lead": (
        "Poliment : sous condition, et jamais là où l’on veut la paix.",
        "Politely: conditionally, and never where somebody wants to be left alone.",
    ),
    "remedy.whole": ("Relire en entier", "Read it whole"),
    "remedy.whole.lead": (
        "Une fois sans condition, si l’on ne croit plus à ses « rien de neuf ».",
        "Once without conditions, if its “nothing new” is no longer believed.",
    ),
    "remedy.look": ("Chercher son flux", "Look for its feed"),
    "remedy.look.lead": (
        "Relay visite son site et essaie quelques adresses ; comptez une demi-minute.",
        "Relay visits its site and tries a few addresses; allow half a minute.",
    ),
    "remedy.use": ("Lire cette adresse désormais", "Read this address from now on"),
    "remedy.back": ("Revenir à l’adresse configurée", "Return to the configured address"),
    "remedy.back.lead": (
        "Le déménagement est oublié ; s’il se confirme, relay y croira de nouveau après une semaine.",
        "The move is forgotten; if it goes on, relay believes it again after a week.",
    ),
    "remedies.not_yours": (
        "Faire interroger une source revient à l’édition, à la direction ou à l’administration.",
        "To have a source asked takes an editor, a director or an admin.",
    ),
    "did.ask": ("Réponse :", "Answer:"),
    "did.ask.new": ("Nouvelles entrées : {n}.", "New entries: {n}."),
    "did.ask.paused": (
        "Rien n’a été demandé : on laisse son serveur tranquille jusqu’au {until}.",
        "Nothing was asked: its server is left alone until {until}.",
    ),
    "did.use": ("C’est noté : relay l’interroge désormais à cette adresse.", "Done: relay asks it there from now on."),
    "did.back": (
        "C’est noté : relay revient à l’adresse configurée.",
        "Done: relay is back at the configured address.",
    ),
    # What was found
    "found": ("Trouvé sur {site}", "Found on {site}"),
    "found.none": ("Aucun flux sur {site}.", "No feed on {site}."),
    "found.entries": ("entrées : {n}, dont déjà connues : {known}", "entries: {n}, known already: {known}"),
    "found.newest": ("la plus récente : {when}", "the newest: {when}"),
    "found.current": ("C’est l’adresse actuelle.", "That is where it is asked now."),
    "how.ITSELF": ("à cette adresse même", "the address itself"),
    "how.LINK": ("la page le nomme", "named by the page"),
    "how.HEADER": ("la réponse le nomme", "named by the answer"),
    "how.ANCHOR": ("la page y mène", "linked from the page"),
    "how.LISTED": ("sur une liste de flux du site", "on a list of feeds of the site"),
    "how.SITE": ("là où de tels sites l’ont", "where such sites have it"),
    "how.GUESS": ("deviné", "guessed"),
}
