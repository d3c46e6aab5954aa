"""Around the drawing of a cross-post: each word in French, then in English; ``{…}`` is filled in by the page."""

PREVIEWS: dict[str, tuple[str, str]] = {
    "preview.alt": ("Texte alternatif :", "Alternative text:"),
    "preview.alt_missing": (
        "L’image partirait sans texte alternatif.",
        "The picture would leave without alternative text.",
    ),
    "preview.alt_lost": (
        "Sur ce réseau, une image n’a pas de texte alternatif.",
        "On this network, a picture has no alternative text.",
    ),
    "preview.gives_way": (
        "L’image ne peut pas accompagner ce texte sur ce réseau : la carte du lien prend sa place.",
        "The picture cannot go with these words on this network: the card of the link takes its place.",
    ),
    "preview.card_unknown": (
        "La carte vient de cette page : relay ne sait pas ce qu’elle montre.",
        "The card comes from this page: relay does not know what it shows.",
    ),
    "preview.data": (
        "Le destinataire reçoit ce texte, avec titre, chapô, lien et image à part : ce qu’il montre dépend de lui.",
        "The receiver gets this text, with title, lead, link and picture beside it: what it shows is its own affair.",
    ),
    "preview.subject": ("Objet :", "Subject:"),
    "preview.to": ("à {address}", "to {address}"),
    "preview.extract": ("Extrait :", "Excerpt:"),
    "preview.price": ("coût : {sum}", "costs {sum}"),
}
