"""What is wrong with a filter, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_FILTERS: dict[str, tuple[str, str]] = {
    "R080": ("“{value}” is not a field of a filter", "fields: {known}"),
    "R081": ("a comparison is missing here", 'write title ~ "expression", category = "value" or has image'),
    "R082": ("a field is followed by ~, !~, = or !=", 'write title ~ "expression", or category = "value"'),
    "R082/day": ("a date is compared by < (before that day) or >= (from that day on)", "write published >= 2026-01-31"),
    "R083": ("there is nothing to compare with", 'write title ~ "expression", or “not has title” for an empty field'),
    "R084": (
        "in a filter of several parts, what is compared goes between quotation marks",
        "put \"…\" or '…' around it; after ~ also /…/",
    ),
    "R084/address": (
        "in an address, slashes stand for themselves",
        'put quotation marks around it: url ~ "/news/"',
    ),
    "R084/slashes": ("between slashes is a regular expression, and = wants a text", 'write ~, or put "…" around it'),
    "R085": ("this has no end", "the closing sign, the same as the opening one, is missing; inside, double it"),
    "R086": ("this parenthesis is not closed", "“)” is missing"),
    "R086/stray": ("this parenthesis closes none", "remove it, or write “(” before"),
    "R087": ("“and” or “or” is missing before this", ""),
    "R088": ("there are too many parentheses or “not” inside one another", ""),
    "R089": ("there is no such day", "a day is its year, month and day: published >= 2026-01-31"),
}

FRENCH_FILTERS: dict[str, tuple[str, str]] = {
    "R080": ("« {value} » n'est pas un champ de filtre", "champs : {known}"),
    "R081": ("ici il manque une comparaison", 'écrivez title ~ "expression", category = "valeur" ou has image'),
    "R082": ("un champ est suivi de ~, !~, = ou !=", 'écrivez title ~ "expression", ou category = "valeur"'),
    "R082/day": (
        "une date se compare par < (avant ce jour) ou >= (à partir de ce jour)",
        "écrivez published >= 2026-01-31",
    ),
    "R083": (
        "il n'y a rien à comparer",
        'écrivez title ~ "expression", ou « not has title » pour un champ vide',
    ),
    "R084": (
        "dans un filtre en plusieurs parties, ce que l'on compare se met entre guillemets",
        "entourez-le de \"…\" ou de '…' ; après ~, aussi de /…/",
    ),
    "R084/address": (
        "dans une adresse, les barres obliques comptent pour elles-mêmes",
        'entourez le tout de guillemets : url ~ "/actualites/"',
    ),
    "R084/slashes": (
        "entre barres obliques il y a une expression régulière, et = veut un texte",
        'écrivez ~, ou entourez-le de "…"',
    ),
    "R085": (
        "ceci n'a pas de fin",
        "il manque le signe fermant, le même que l'ouvrant ; à l'intérieur, doublez-le",
    ),
    "R086": ("cette parenthèse n'est pas fermée", "il manque « ) »"),
    "R086/stray": ("cette parenthèse n'en ferme aucune", "retirez-la, ou écrivez « ( » avant"),
    "R087": ("ici il manque « and » ou « or »", ""),
    "R088": ("il y a trop de parenthèses ou de « not » les uns dans les autres", ""),
    "R089": ("ce jour n'existe pas", "un jour s'écrit année, mois, jour : published >= 2026-01-31"),
}
