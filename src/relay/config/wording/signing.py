"""What is wrong with the ways in, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_SIGNING: dict[str, tuple[str, str]] = {
    "R150/env": (
        "the variable {name} is not set: nobody can sign in by the identity provider",
        "set it before “relay run” to the secret that the provider gave",
    ),
    "R150/file": (
        "the file {name} cannot be read: nobody can sign in by the identity provider",
        "put the secret there that the provider gave",
    ),
}

FRENCH_SIGNING: dict[str, tuple[str, str]] = {
    "R150/env": (
        "la variable {name} n'est pas définie : personne ne peut entrer par le fournisseur d'identité",
        "donnez-lui avant « relay run » le secret que le fournisseur a remis",
    ),
    "R150/file": (
        "le fichier {name} ne peut pas être lu : personne ne peut entrer par le fournisseur d'identité",
        "mettez-y le secret que le fournisseur a remis",
    ),
}
