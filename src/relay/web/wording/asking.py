"""On the page of questions about sources: each word in French, then in English; ``{…}`` is filled in by the page."""

ASKING: dict[str, tuple[str, str]] = {
    "nav.questions": ("Questions", "Questions"),
    "questions.lead": (
        "Relay ne décide pas de cela seul. Rien ne part sans votre réponse.",
        "Relay does not decide this alone. Nothing leaves without your answer.",
    ),
    "questions.none": ("Aucune question.", "No questions."),
    "questions.more": ("et {n} de plus", "and {n} more"),
    "questions.not_yours": (
        "Répondre revient à l’édition ou à la direction.",
        "To answer takes an editor or a director.",
    ),
    "questions.acknowledge": ("C’est noté", "Understood"),
    "ask.flood": (
        (
            "D’un coup, il y a ici bien plus de nouvelles entrées que d’habitude. Rien n’est proposé à l’annonce : "
            "la source a pu déménager. Sont-ce de vraies nouvelles ?"
        ),
        (
            "All at once there are far more new entries than usual. None was put up for announcement: "
            "the source may have moved. Are they really news?"
        ),
    ),
    "ask.renamed": (
        (
            "Cette source a renommé d’un coup tout ce qu’elle montre. Ce qui semble nouveau n’est pas proposé à "
            "l’annonce. Sont-ce de vraies nouvelles ?"
        ),
        (
            "This source gave new names to all that it shows at once. What looks new was not put up for announcement. "
            "Is it really news?"
        ),
    ),
    "ask.gone": (
        "La source dit que ce flux n’existe plus. Relay ne l’interroge plus.",
        "The source says that this feed is gone. Relay does not ask it any more.",
    ),
    "ask.missing": (
        "Ce flux est introuvable depuis longtemps.",
        "This feed has long been nowhere to be found.",
    ),
    "ask.moved": (
        "Cette source a déménagé ; relay l’interroge désormais à cette adresse :",
        "This source has moved; relay asks it at this address from now on:",
    ),
    "ask.same": (
        (
            "Cette source apporte la même information qu’une autre. Relay n’en a fait qu’un article, qui cite les deux "
            "sources. S’agit-il bien de la même ?"
        ),
        (
            "This source brings the same news as another. Relay made one post of the two, which credits both. "
            "Are they really the same?"
        ),
    ),
    "ask.subject": ("En voici peut-être la nouvelle adresse :", "This may be its new address:"),
    "yes.flood": ("Oui, les mettre à relire", "Yes, put them up for review"),
    "no.flood": ("Non, les laisser de côté", "No, leave them aside"),
    "yes.renamed": ("Oui, les mettre à relire", "Yes, put them up for review"),
    "no.renamed": ("Non, les laisser de côté", "No, leave them aside"),
    "yes.gone": ("Lire cette adresse désormais", "Read that address from now on"),
    "no.gone": ("Non", "No"),
    "yes.missing": ("Lire cette adresse désormais", "Read that address from now on"),
    "no.missing": ("Non", "No"),
    "yes.same": ("Oui, c’est la même", "Yes, they are the same"),
    "no.same": ("Non, en faire deux articles", "No, make two posts of them"),
}
