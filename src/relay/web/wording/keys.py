"""The head of every page, its keys and its palette: each word in French, then in English; ``{…}`` is filled in."""

KEYS: dict[str, tuple[str, str]] = {
    # The head
    "nav.more": ("Plus", "More"),
    "nav.keys": ("Touches", "Keys"),
    "head.you": ("Vous :", "You:"),
    "palette": ("Aller à, ou faire", "Go to, or do"),
    "palette.open": ("Aller à…", "Go to…"),
    "palette.find": ("Chercher une page ou une action", "Find a page or an action"),
    "palette.none": ("Rien de tel.", "Nothing like that."),
    "palette.hint": (
        "↑ ↓ pour choisir, Entrée pour y aller, Échap pour fermer",
        "↑ ↓ to choose, Enter to go, Esc to close",
    ),
    "palette.found": ("{n} choix", "{n} choices"),
    # What keys do, beside the actions
    "keys.do.when": ("Choisir quand", "Choose when"),
    "keys.do.picture": ("Choisir l’image", "Choose the picture"),
    "keys.do.alt": ("Décrire l’image", "Describe the picture"),
    "keys.do.remark": ("Écrire un commentaire", "Write a comment"),
    "keys.do.diff": ("Voir ce que la source a changé", "See what the source changed"),
    "keys.do.next": ("Entrée suivante", "Next entry"),
    "keys.do.previous": ("Entrée précédente", "Previous entry"),
    "keys.do.select": ("Choisir", "Select"),
    "keys.do.select_to": ("Choisir jusqu’ici", "Select to here"),
    "keys.do.undo": ("Annuler", "Undo"),
    "keys.do.search": ("Chercher", "Search"),
    "keys.do.go_review": ("Aller à : À relire", "Go to: To review"),
    "keys.do.go_scheduled": ("Aller à : Programmés", "Go to: Scheduled"),
    "keys.do.go_failed": ("Aller à : Échecs", "Go to: Failed"),
    "keys.do.go_sent": ("Aller à : Publiés", "Go to: Sent"),
    "keys.do.help": ("Aide", "Help"),
    "keys.do.palette": ("Tout ce qu’on peut faire ici", "All that can be done here"),
    "keys.switch_off": ("Couper les raccourcis d’une touche", "Turn single-key shortcuts off"),
    "keys.switch_on": ("Remettre les raccourcis d’une touche", "Turn single-key shortcuts on"),
    # The page of keys
    "keys.page": ("Vos touches", "Your keys"),
    "keys.lead": (
        "Une touche, ou deux à la suite (« g q »). Case vide : aucune. Les chiffres 1 à 9 restent aux comptes.",
        "One key, or two one after the other (“g q”). Empty: none. The digits 1 to 9 stay with the accounts.",
    ),
    "keys.act": ("Juger", "Judging"),
    "keys.see": ("Regarder", "Looking"),
    "keys.go": ("Aller", "Going"),
    "keys.save": ("Enregistrer ces touches", "Save these keys"),
    "keys.restore": ("Remettre celles d’origine", "Put back the original ones"),
    "keys.saved": ("Touches enregistrées.", "Keys saved."),
    "keys.change": ("Changer ces touches", "Change these keys"),
    "keys.are_on": ("Les touches agissent.", "Keys act."),
    "keys.are_off": ("Aucune touche n’agit.", "No key acts."),
    "keys.turn_off": ("Couper toutes les touches", "Turn all keys off"),
    "keys.turn_on": ("Remettre les touches", "Turn keys on"),
    "keys.why_off": (
        "Qui dicte, ou touche le clavier sans le vouloir, les coupe toutes. Ctrl-K et Tab restent.",
        "Whoever dictates, or touches the keyboard unawares, turns them all off. Ctrl-K and Tab stay.",
    ),
    "keys.unclear.long": (
        "« {typed} » n’est pas une touche : écrivez un signe, ou deux séparés par une espace.",
        "“{typed}” is no key: write one sign, or two with a space between.",
    ),
    "keys.unclear.digit": (
        "« {typed} » : les chiffres de 1 à 9 restent aux comptes d’une entrée.",
        "“{typed}”: the digits 1 to 9 stay with the accounts of an entry.",
    ),
    "keys.unclear.two": (
        "« {typed} » est demandée deux fois, ou commence une autre touche : donnez-en une à chacune.",
        "“{typed}” is asked for twice, or begins another key: give each its own.",
    ),
    # Away from the network
    "offline": ("Pas de réseau", "No network"),
    "offline.lead": (
        "Relay ne peut être joint pour l’instant. Rien n’est perdu : rien ne part sans lui.",
        "Relay cannot be reached at the moment. Nothing is lost: nothing leaves without it.",
    ),
    "offline.again": ("Réessayer", "Try again"),
    "app.name": ("relay – relecture", "relay – review"),
    "app.what": ("Relire et approuver ce qui sera publié", "Read and approve what will be published"),
}
