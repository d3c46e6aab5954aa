"""What is wrong with ``[hashtags]``, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_HASHTAGS: dict[str, tuple[str, str]] = {
    "R100": ("no network marks “{value}”: a hashtag has one letter at least", "add a word, or remove it"),
    "R101": ("“{value}” is not a phrase that a text could hold", 'write "town renewal" = "TownRenewal"'),
    "R102": (
        "“{value}” is found where “{other}” is: case, accents and plurals make no difference",
        'keep one of the two lines; it may have several hashtags: ["…", "…"]',
    ),
    "R103": ("“{value}” is too long: Bluesky marks 64 characters at most", "shorten it"),
}

FRENCH_HASHTAGS: dict[str, tuple[str, str]] = {
    "R100": (
        "aucun réseau ne reconnaît « {value} » : un mot-dièse a au moins une lettre",
        "ajoutez un mot, ou retirez-le",
    ),
    "R101": (
        "« {value} » n'est pas une expression qu'un texte puisse contenir",
        'écrivez "rénovation urbaine" = "RénovationUrbaine"',
    ),
    "R102": (
        "« {value} » se trouve où se trouve « {other} » : casse, accents et pluriel ne comptent pas",
        'gardez une des deux lignes ; elle peut avoir plusieurs mots-dièse : ["…", "…"]',
    ),
    "R103": ("« {value} » est trop long : Bluesky ne reconnaît que 64 signes", "raccourcissez-le"),
}
