"""What relay notes on posts that leave together, as one mail, in French."""

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"It leaves with the next digest\.", "Il part avec la prochaine lettre."),
    (r"This digest was full: .*", "Cette lettre était pleine : il part avec la suivante."),
    (
        r"Another post of its digest was changed or taken back: .*",
        "Un autre message de sa lettre a été modifié ou rappelé : il part avec la suivante.",
    ),
    (
        r"`unsubscribe` must be an https:// .*",
        "`unsubscribe` doit être une adresse https://, en lettres et signes simples.",
    ),
    (r"Its account has no digest any more: .*", "Son compte n’a plus de lettre : approuvez-le de nouveau."),
    (
        r"A mail cannot be looked up: look among what “(.*)” has received\. What you say of it .*",
        r"Un courriel ne se recherche pas : voyez ce que « \1 » a reçu. Votre réponse vaut pour toute cette lettre.",
    ),
)
