"""Comments, what changed, and the choice of a picture: each word in French, then in English; ``{…}`` is filled in."""

REMARKS: dict[str, tuple[str, str]] = {
    # Comments
    "remark": ("Commenter", "Comment"),
    "remark.text": ("Commentaire", "Comment"),
    "remark.hint": (
        "Lu par toute la rédaction, jamais publié. Il ne se corrige pas ; vous pourrez le rayer.",
        "Read by all editors, never published. It cannot be edited; you can strike it out.",
    ),
    "remark.save": ("Envoyer le commentaire", "Send the comment"),
    "remark.strike": ("Rayer", "Strike out"),
    "remark.struck": ("Commentaire rayé, {when}", "Comment struck out, {when}"),
    "remarks.one": ("{n} commentaire", "{n} comment"),
    "remarks.many": ("{n} commentaires", "{n} comments"),
    "did.remark": ("Commentaire envoyé.", "Comment sent."),
    "did.struck": ("Commentaire rayé.", "Comment struck out."),
    # What changed
    "since": ("Ce qui a changé depuis votre accord (révision {n})", "What changed since your yes (revision {n})"),
    "history.words": ("Voir les mots changés", "See the words that changed"),
    "edits.one": ("Modifié à la source, {when}", "Changed at the source, {when}"),
    "edits.many": ("Modifié {n} fois à la source, la dernière {when}", "Changed {n} times at the source, last {when}"),
    # The picture
    "tools": ("Image et départ", "Picture and departure"),
    "picture": ("Image", "Picture"),
    "picture.which": ("Quelle image partira", "Which picture will be sent"),
    "picture.none": ("Aucune image", "No picture"),
    "picture.unseen": ("pas encore vue", "not seen yet"),
    "picture.no_alt": ("sans texte", "no text"),
    "picture.hint": (
        "Pour ce compte seulement ; les accords déjà donnés sont annulés.",
        "For this account only; any yes given before is void.",
    ),
    "picture.save": ("Prendre cette image", "Take this picture"),
    "did.picture": (
        "Image enregistrée ; tout accord donné avant est annulé.",
        "Picture saved; every yes given before is void.",
    ),
    "waive": ("Sans texte d’image", "No image text"),
    "waive.why": ("Pourquoi cette image se passe de texte", "Why this picture needs no text"),
    "waive.hint": (
        "Par exemple : décorative ; ou : le texte du message dit déjà tout ce qu’elle montre.",
        "For example: decorative; or: the words of the post already say all it shows.",
    ),
    "waive.save": ("S’en passer", "Do without"),
    "waive.done": ("Sans texte, parce que :", "Without text, because:"),
    # While the page is open
    "live.changed": ("Quelqu’un vient de changer cet envoi.", "Somebody has just changed this cross-post."),
    "live.read": ("Relire", "Read it again"),
}

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"comment \d+: (.*)", r"commentaire : \1"),
    (r"comment \d+ struck out", "commentaire rayé"),
    (r"picture chosen", "image choisie"),
    (r"picture taken away", "image retirée"),
    (r"picture needs no description: (.*)", r"image sans description : \1"),
    (r"picture", "image changée"),
    (r"picture described", "image décrite"),
    (r"A comment needs words\.", "Un commentaire a besoin de mots."),
    (
        r"A comment has at most (\d+) characters; this one has (\d+)\.",
        r"Un commentaire a \1 caractères au plus ; celui-ci en a \2.",
    ),
    (
        r"Only who wrote a comment can strike it out, and only once\.",
        "Seul l’auteur d’un commentaire peut le rayer, et une seule fois.",
    ),
    (
        r"Say in 1 to (\d+) characters why this picture needs no description\.",
        r"Dites en 1 à \1 caractères pourquoi cette image se passe de description.",
    ),
    (r"Another was fit before it\.", "Une autre convenait avant elle."),
    (r"It is called “(.+)”\.", r"Elle s’appelle « \1 »."),
    (r"It is a counter, a spacer or an icon by its size\.", "Par sa taille, c’est un compteur ou une icône."),
    (r"It is a banner or a bar by its shape\.", "Par sa forme, c’est un bandeau."),
    (
        r"It has (\d+) × (\d+) pixels: the shape of a banner or of a bar\.",
        r"Elle a \1 × \2 pixels : la forme d’un bandeau.",
    ),
    (
        r"It has (\d+) × (\d+) pixels; (\d+) × (\d+) are the least\.",
        r"Elle a \1 × \2 pixels ; il en faut \3 × \4 au moins.",
    ),
    (
        r"(\d+) or more entries of the source have it: .*",
        r"\1 entrées de la source ou plus l’ont : c’est celle de la source.",
    ),
    (r"It is no JPEG, PNG, GIF or WebP picture\.", "Ce n’est pas une image JPEG, PNG, GIF ou WebP."),
    (r"It (?P<then>(?:took|unfolds|ended|could not) .+)\.", "Elle {then}."),
    (r"Pictures of this source are not kept\.", "Les images de cette source ne sont pas gardées."),
    (r"There is no such picture any more: .*", "Cette image n’est plus là : regardez de nouveau."),
    (r"Choose a picture, or none\.", "Choisissez une image, ou aucune."),
    (r"This picture cannot be had\. (?P<then>.*)", "Cette image ne peut être obtenue. {then}"),
)
