"""Of accounts to be connected, the key that seals what connects them, and who works: English, then French."""

ENGLISH_ACCOUNTS: dict[str, tuple[str, str]] = {
    "R126": (
        "“{name}” is not in this file: nothing leaves for this account until it is connected",
        "run “relay account connect {account}” once, or open the page Accounts",
    ),
    "R127/env": (
        "the variable {name} is not set: accounts that were connected cannot be used",
        "set it to the key they were sealed with; a new one is made by “openssl rand -base64 32”",
    ),
    "R127/file": (
        "the file {name} cannot be read: accounts that were connected cannot be used",
        "put the key there that they were sealed with; a new one is made by “openssl rand -base64 32”",
    ),
    "R128": (
        "workers need a PostgreSQL database: a SQLite file is for one process",
        'write database = "postgresql://…", to which “relay migrate --to” moves this one, or work = "here"',
    ),
}

FRENCH_ACCOUNTS: dict[str, tuple[str, str]] = {
    "R126": (
        "« {name} » n'est pas dans ce fichier : rien ne part de ce compte tant qu'il n'est pas connecté",
        "lancez une fois « relay account connect {account} », ou ouvrez la page Comptes",
    ),
    "R127/env": (
        "la variable {name} n'est pas définie : les comptes déjà connectés ne peuvent pas servir",
        "donnez-lui la clé qui les a scellés ; « openssl rand -base64 32 » en fait une nouvelle",
    ),
    "R127/file": (
        "le fichier {name} ne peut pas être lu : les comptes déjà connectés ne peuvent pas servir",
        "mettez-y la clé qui les a scellés ; « openssl rand -base64 32 » en fait une nouvelle",
    ),
    "R128": (
        "les workers ont besoin d'une base PostgreSQL : un fichier SQLite est pour un seul processus",
        'écrivez database = "postgresql://…", où « relay migrate --to » déplace celle-ci, ou work = "here"',
    ),
}
