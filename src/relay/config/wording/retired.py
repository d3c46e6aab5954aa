"""What is wrong with names that feeds had, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_RETIRED: dict[str, tuple[str, str]] = {
    "R110": (
        "“{name}” leads to another feed already",
        "a name is that of one feed, or of one earlier feed: remove one of the two",
    ),
    "R111": ("“{value}” is not a day", 'write "2027-01-31"'),
    "R112": (
        "“until” says how long readers are sent on, and there is no “link” to send them to",
        'add link = "https://…", or remove the line: they are told at once that the feed is gone',
    ),
}

FRENCH_RETIRED: dict[str, tuple[str, str]] = {
    "R110": (
        "« {name} » mène déjà à un autre flux",
        "un nom est celui d'un seul flux, présent ou passé : retirez l'un des deux",
    ),
    "R111": ("« {value} » n'est pas un jour", 'écrivez "2027-01-31"'),
    "R112": (
        "« until » dit jusqu'à quand les lecteurs sont dirigés ailleurs, et il n'y a pas de « link » où les diriger",
        'ajoutez link = "https://…", ou retirez la ligne : il leur sera dit aussitôt que le flux n\'est plus',
    ),
}
