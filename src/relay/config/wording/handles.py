"""What is wrong with ``[handles.…]`` and ``[mentions]``, in both languages; the other pages have the rest."""

ENGLISH_HANDLES: dict[str, tuple[str, str]] = {
    "R090": ("“{value}” is not an acronym: those are in capitals", "put it among names, if texts write it so"),
    "R091": ("“{value}” does not say until when the name held", 'write "CGET until 2020-01-01"'),
    "R092": (
        "“{value}” does not say how and when the handle was verified",
        'write "page 2026-11-24": webfinger, did, page or by hand, then the day',
    ),
    "R093": (
        "“{value}” may be any of {bodies}: none of them is found by it",
        'write it with its article, names = ["le Cnam"], if that tells them apart',
    ),
    "R094": ("relay has no directory “{value}”", "directories: {known}"),
    "R095": (
        "this route goes to {network}, where the handles of {other} belong to other people",
        "write {{mentions}}: each network gets its own handles",
    ),
    "R096": ("“{value}” cannot be a handle on {network}", "write it like {like}"),
}

FRENCH_HANDLES: dict[str, tuple[str, str]] = {
    "R090": (
        "« {value} » n'est pas un sigle : un sigle est en capitales",
        "mettez-le parmi les noms (names), si les textes l'écrivent ainsi",
    ),
    "R091": ("« {value} » ne dit pas jusqu'à quand ce nom a valu", 'écrivez "CGET until 2020-01-01"'),
    "R092": (
        "« {value} » ne dit pas comment et quand le compte a été vérifié",
        'écrivez "page 2026-11-24" : webfinger, did, page ou by hand, puis le jour',
    ),
    "R093": (
        "« {value} » peut désigner {bodies} : aucun n'est reconnu par là",
        'écrivez-le avec son article, names = ["le Cnam"], si cela les distingue',
    ),
    "R094": ("relay n'a pas d'annuaire « {value} »", "annuaires : {known}"),
    "R095": (
        "cette route mène à {network}, où les comptes de {other} sont ceux d'autres gens",
        "écrivez {{mentions}} : chaque réseau reçoit ses propres comptes",
    ),
    "R096": ("« {value} » ne peut pas être un compte sur {network}", "écrivez-le comme {like}"),
}
