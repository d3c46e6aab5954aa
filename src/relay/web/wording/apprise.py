"""What relay itself writes down about Apprise: each sentence as a pattern, and its French."""

APPRISE: tuple[tuple[str, str], ...] = (
    (
        r"Apprise is not installed: .*",
        "Apprise n’est pas installé : pip install 'relay[apprise]', puis relancez relay.",
    ),
    (
        r"The address is not one that Apprise knows: .*",
        "Cette adresse n’est pas de celles qu’Apprise connaît : `apprise --dry-run` en dit plus.",
    ),
    (
        r"(.+) takes (\d+) characters at most: shorten the text\.",
        r"\1 prend \2 caractères au plus : raccourcissez le texte.",
    ),
    (
        r"Apprise does not say what became of it.*: .*",
        "Apprise ne dit pas ce qu’il en est advenu : regardez si le billet est arrivé avant de le renvoyer.",
    ),
    (
        r"Apprise cannot read what it has sent: .*",
        "Apprise ne peut pas relire ce qu’il a envoyé : regardez si le billet est arrivé.",
    ),
)
