"""What is said to whoever connects an account at its network: each sentence as a pattern, and its French."""

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"You said no at (.+): nothing was connected\.", r"Vous avez refusé sur \1 : rien n’a été connecté."),
    (r"(.+) could not answer just now: .*", r"\1 n’a pas pu répondre : reconnectez le compte."),
    (r"(.+) did not connect the account: (.+)", r"\1 n’a pas connecté le compte : \2"),
    (r"There was no code from (.+): copy .*", r"Il n’y avait pas de code de \1 : copiez-le en entier, ou recommencez."),
    (r"There was no PIN from (.+): copy .*", r"Il n’y avait pas de PIN de \1 : copiez-le en entier, ou recommencez."),
    (
        r"There was no password from WordPress: .*",
        "Il n’y avait pas de mot de passe de WordPress : reconnectez le compte, ou collez-en un.",
    ),
    (
        r"(?P<then>.+) What (.+) was shown has been used already, or is too old: connect it again\.",
        r"{then} Ce que \2 a reçu a déjà servi, ou est trop ancien : reconnectez le compte.",
    ),
    (
        r"(?P<then>.+) (\S+) does not know this app: look at its client_id and client_secret\.",
        r"{then} \2 ne connaît pas cette application : voyez ses client_id et client_secret.",
    ),
    (
        r"(.+) answered something that is no token: .*",
        r"\1 a répondu autre chose qu’un jeton : réessayez dans un moment.",
    ),
    (
        r"(.+) gave nothing to renew its token with: .*",
        r"\1 n’a rien donné pour renouveler son jeton : reconnectez le compte.",
    ),
    (r"(?P<then>.+) Connect (?:it|the account) again\.", "{then} Reconnectez le compte."),
    (
        r"(.+) takes tokens at an address without https://: .*",
        r"\1 prend les jetons à une adresse sans https:// : ils ne doivent pas voyager à découvert.",
    ),
    (
        r"X's address must begin with https://: .*",
        "L’adresse de X doit commencer par https:// : les clés ne doivent pas voyager à découvert.",
    ),
    (
        r"(.+) takes neither these keys nor this PIN: .*",
        r"\1 n’accepte ni ces clés ni ce PIN : voyez les clés de l’application, et reconnectez le compte.",
    ),
    (
        r"(.+) wants the app's client_secret too: .*",
        r"\1 veut aussi le client_secret de l’application : donnez-le à côté de client_id.",
    ),
    (
        r"The Page (.+) is not among yours; (?:you may post to )?(.+)\. Correct `page`, or say yes to it\.",
        r"La Page \1 n’est pas parmi les vôtres (\2) : corrigez `page`, ou dites oui pour elle.",
    ),
    (
        r"Facebook gave a token for the Page that is none: .*",
        "Facebook a donné pour la Page un jeton qui n’en est pas un : réessayez dans un moment.",
    ),
    (
        r"(.+) must begin with https://: its endpoints could be anybody's\.",
        r"\1 doit commencer par https:// : n’importe qui pourrait se faire passer pour lui.",
    ),
    (
        r"(.+) leads to an address without https://: .*",
        r"\1 mène à une adresse sans https:// : n’importe qui pourrait se faire passer pour lui.",
    ),
    (
        r"(.+) answered (\d+), where a page was to name its authorization endpoint\.",
        r"\1 a répondu \2, là où une page devait nommer son point d’autorisation.",
    ),
    (
        r"(.+) names no authorization endpoint and token endpoint with https://: .*",
        r"\1 ne nomme pas de points d’autorisation et de jeton en https:// : collez plutôt un jeton.",
    ),
    (
        r"The answer is not from the server that (.+) names: .*",
        r"La réponse ne vient pas du serveur que nomme \1 : rien n’a été connecté.",
    ),
    (
        r"The answer is for (.+) and not for (.+): nothing was connected\.",
        r"La réponse est pour \1, et non pour \2 : rien n’a été connecté.",
    ),
    (
        r"You gave relay no right to post at (.+): .*",
        r"Vous n’avez pas donné à relay le droit de publier sur \1 : dites aussi oui à « create ».",
    ),
    (
        r"This WordPress makes no application passwords: .*",
        "Ce WordPress ne fait pas de mots de passe d’application : son administrateur les a désactivés.",
    ),
    (
        r"WordPress hands a password to an address with https:// only: .*",
        "WordPress ne remet un mot de passe qu’à une adresse en https:// : collez-en plutôt un.",
    ),
    (
        r"“(.+)” said yes at WordPress, and `user` is “(.+)”: .*",
        r"C’est « \1 » qui a dit oui sur WordPress, et `user` est « \2 » : il faut que ce soit le même.",
    ),
)
