"""What relay itself writes down about Nostr's relays: each sentence as a pattern, and its French."""

NOSTR: tuple[tuple[str, str], ...] = (
    (
        r"`relays` must be addresses such as .*, not “(.*)”\.",
        r"`relays` doit être une suite d’adresses (wss://relais.exemple.fr), séparées par des espaces, et pas « \1 ».",
    ),
    (r"`relays` must be (\d+) addresses at most\.", r"`relays` ne doit pas avoir plus de \1 adresses."),
    (
        r"A relay's address must begin with wss://, .*",
        "L’adresse d’un relais doit commencer par wss://, sauf sur cette machine même.",
    ),
    (
        r"`accepted` must be a number from 1 to that of the relays \((\d+)\), not “(.*)”\.",
        r"`accepted` doit être un nombre, de 1 à celui des relais (\1), et pas « \2 ».",
    ),
    (
        r"The key is neither nsec1… nor 64 hexadecimal digits: .*",
        "La clé n’est ni nsec1… ni faite de 64 chiffres hexadécimaux : recopiez-la.",
    ),
    (
        r"The account's key is another one than when this was approved: .*",
        "Le compte n’a plus la clé qu’il avait à l’approbation : approuvez-le de nouveau.",
    ),
    (
        r"The account's key is another one than that which signed this: .*",
        "Le compte n’a plus la clé qui a signé ce billet : elle seule peut le supprimer.",
    ),
    (
        r"(\S+) asks who writes \(NIP-42\), .*",
        r"\1 demande qui écrit (NIP-42), et relay ne peut pas le lui dire : ôtez-le de `relays`.",
    ),
    (
        r"(\S+) answered: (.*)\. It takes no event of that time: .*",
        r"\1 a répondu : \2. Il ne prend rien de cette date : approuvez-le de nouveau.",
    ),
    (r"(\d+) of (\d+) relays have it: .*", r"\1 relais sur \2 ont le billet : relay essaie encore."),
)
