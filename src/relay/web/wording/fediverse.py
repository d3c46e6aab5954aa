"""What relay itself writes down about servers of Mastodon's API: each sentence as a pattern, and its French."""

FEDIVERSE: tuple[tuple[str, str], ...] = (
    (
        r"On Mastodon “quotes” is public, followers or nobody, and not “(.*)”\.",
        r"Pour Mastodon, `quotes` vaut public, followers ou nobody, et pas « \1 ».",
    ),
    (
        r"The server took the post and does not show it: .*",
        "Le serveur a pris le billet et ne le montre pas : il le tient peut-être pour indésirable.",
    ),
    (
        r"The post that this one answers is not on the server any more\.",
        "Le billet auquel celui-ci répond n’est plus sur le serveur.",
    ),
    (
        r"The server has the picture no more, .*",
        "Le serveur n’a plus l’image (un jour au plus sans son billet) : resoumettez-le tel quel et approuvez-le.",
    ),
    (r"The server says that the post is there already\.", "Le serveur dit qu’il a déjà ce billet."),
    (
        r"The server lists only the newest posts: .*",
        "Le serveur ne montre que les billets les plus récents : regardez sur place.",
    ),
    (
        r"(\S+) has the same link in other words, or the same words with another link\.",
        r"\1 a le même lien avec d’autres mots, ou les mêmes mots avec un autre lien.",
    ),
    (
        r"(\S+) has the same words behind another warning\.",
        r"\1 a les mêmes mots derrière un autre avertissement.",
    ),
    (
        r"This server cannot change a post: .*",
        "Ce serveur ne sait pas changer un billet : supprimez-le et renvoyez-le, ou laissez-le tel quel.",
    ),
    (
        r"This server deletes no post for relay: .*",
        "Ce serveur ne supprime rien pour relay : supprimez le billet sur sa propre page.",
    ),
)
