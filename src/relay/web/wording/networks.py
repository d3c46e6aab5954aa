"""What relay itself writes down about a network: each sentence as a pattern, and its French."""

NETWORKS: tuple[tuple[str, str], ...] = (
    # Any network
    (r"(.+): the answer was lost \(.*\)\.", r"\1 : la réponse s’est perdue."),
    (r"(.+): it could not be reached \(.*\)\.", r"\1 : le serveur est injoignable."),
    (r"(.+): nothing was sent, because .*", r"\1 : rien n’est parti, car le secret du compte a un caractère de trop."),
    (r"The token holds what no token has: .*", "Le jeton est mal formé : cherchez une espace ou une fin de ligne."),
    # Telegram
    (
        r"A Telegram bot cannot read back what it wrote: .*",
        "Un robot Telegram ne peut pas relire ce qu’il a écrit : regardez dans le canal si le billet y est.",
    ),
    (
        r"The token is not one that @BotFather gives .*",
        "Ce jeton n’est pas de ceux que donne @BotFather (des chiffres, deux-points, des lettres) : recopiez-le.",
    ),
    # Discord
    (
        r"A Discord webhook cannot list its channel: .*",
        "Un webhook Discord ne peut pas relire son salon : regardez-y si le billet est arrivé.",
    ),
    (
        r"The webhook's address is not one of Discord's .*",
        "Cette adresse n’est pas celle d’un webhook Discord (https://discord.com/api/webhooks/…) : recopiez-la.",
    ),
    # Slack
    (
        r"A Slack webhook cannot read its channel: .*",
        "Un webhook Slack ne peut pas relire son canal : regardez-y si le billet est arrivé.",
    ),
    (r"A token needs a channel: set `channel`\.", "Avec un jeton, il faut un canal : indiquez `channel`."),
    (
        r"Slack needs the address of a webhook, .*",
        "Slack demande l’adresse d’un webhook, ou un jeton et un canal : voyez `relay check`.",
    ),
    (
        r"The webhook's address must begin with https://\.",
        "L’adresse du webhook doit commencer par https://.",
    ),
    (r"The server's answer is not one of (.+)'s\.", r"Cette réponse n’est pas de celles de \1."),
    (
        r"The channel has got more than (\d+) messages since: .*",
        r"Le canal a reçu plus de \1 messages depuis : trop pour les relire.",
    ),
    # Webhooks
    (
        r"The secret must be \"whsec_\" and 24 to 64 bytes in base64: .*",
        "Le secret doit être « whsec_ » suivi de 24 à 64 octets en base64 : `openssl rand -base64 32` en fait un.",
    ),
)
