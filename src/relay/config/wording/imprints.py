"""What is wrong with who publishes a feed, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_IMPRINTS: dict[str, tuple[str, str]] = {
    "R130": ("“{value}” is not an account of the fediverse", 'write "@blog@mastodon.example": a name and its server'),
}

FRENCH_IMPRINTS: dict[str, tuple[str, str]] = {
    "R130": (
        "« {value} » n'est pas un compte du fédivers",
        'écrivez "@blog@mastodon.exemple" : un nom et son serveur',
    ),
}
