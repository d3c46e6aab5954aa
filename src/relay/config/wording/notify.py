"""What is said of ``[mail]`` and ``[notify.…]``: a code → what is wrong, and how to mend it."""

ENGLISH_NOTIFY: dict[str, tuple[str, str]] = {
    "R140/env": ("the variable {name} is not set: no letter can be sent", "set it before “relay run”"),
    "R140/file": (
        "the file {name} cannot be read: no letter can be sent",
        "make it, for relay alone to read, before “relay run”",
    ),
    "R141": (
        "there is no [mail]: these addresses are told nothing",
        'write [mail] with server = "smtp.example.org" and from = "relay@example.org"',
    ),
    "R142": (
        "“{id}” is a room for editors here, and a route publishes there too: readers would see what waits",
        "give the editors a room of their own",
    ),
    "R143": ("“{name}” tells nobody", 'write email = ["…"], or accounts = ["…"]'),
    "R144": ("“{value}” is not an account", "accounts: {known}"),
}

FRENCH_NOTIFY: dict[str, tuple[str, str]] = {
    "R140/env": (
        "la variable {name} n'est pas définie : aucune lettre ne peut partir",
        "définissez-la avant « relay run »",
    ),
    "R140/file": (
        "le fichier {name} ne peut pas être lu : aucune lettre ne peut partir",
        "créez-le, lisible par relay seul, avant « relay run »",
    ),
    "R141": (
        "il n'y a pas de [mail] : rien ne sera dit à ces adresses",
        'écrivez [mail] avec server = "smtp.exemple.fr" et from = "relay@exemple.fr"',
    ),
    "R142": (
        "« {id} » est ici un salon de la rédaction, et une route y publie aussi : le public verrait ce qui attend",
        "donnez à la rédaction un salon à elle",
    ),
    "R143": ("« {name} » n'avertit personne", 'écrivez email = ["…"], ou accounts = ["…"]'),
    "R144": ("« {value} » n'est pas un compte", "comptes : {known}"),
}
