"""What relay says of a database that was put back from a copy, in French."""

SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"This database was put back from a copy: it may have left since, and is looked for\.",
        "La base a été restaurée d’une copie : cet envoi a pu partir depuis, relay le cherche.",
    ),
    (
        r"It may be public already: this database was put back from a copy\. .*",
        "Peut-être déjà public : la base a été restaurée d’une copie. Regardez le compte avant d’approuver.",
    ),
    (
        r"It may be public already, and relay cannot look for it: .*",
        "Peut-être déjà public, et relay ne peut pas le chercher : regardez le compte, puis reprenez ou refusez.",
    ),
    (
        r"This database was put back from a copy: whether this was done since is not known\.",
        "La base a été restaurée d’une copie : on ne sait pas si cela a été fait depuis.",
    ),
)
