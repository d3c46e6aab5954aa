"""What relay itself writes down about a network: each sentence as a pattern, and its French."""

from relay.web.wording.apprise import APPRISE
from relay.web.wording.fediverse import FEDIVERSE
from relay.web.wording.nostr import NOSTR
from relay.web.wording.timelines import TIMELINES

NETWORKS: tuple[tuple[str, str], ...] = (
    *NOSTR,
    *APPRISE,
    *FEDIVERSE,
    # Any network
    (
        r"(\S+) answered (\d+): (.*?)\.? Set `version` to .*",
        r"\1 a répondu \2 : \3. Donnez à `version` une version que connaît \1 (AAAAMM), ou mettez relay à jour.",
    ),
    (
        r"(\S+) answered (\d+): (.*); the site is elsewhere now: .*",
        r"\1 a répondu \2 : \3 ; le site a déménagé : corrigez `site`.",
    ),
    (
        r"(\S+) answered (\d+): (.*); there is no REST API: .*",
        r"\1 a répondu \2 : \3 ; il n’y a pas d’API REST : vérifiez `site`, et Réglages, Permaliens.",
    ),
    (
        r"(\S+) answered (\d+): (.*) \(its number is (\S+) now: set `chat`\)",
        r"\1 a répondu \2 : \3 (son numéro est désormais \4 : indiquez-le dans `chat`)",
    ),
    (r"(\S+) answered( \S+)?: (.*)", r"\1 a répondu\2 : \3"),
    (r"(\S+): the answer was lost \(.*\)\.", r"\1 : la réponse s’est perdue."),
    (r"(\S+): it could not be reached \(.*\)\.", r"\1 : le serveur est injoignable."),
    (r"(\S+): nothing was sent, because .*", r"\1 : rien n’est parti, car le secret du compte a un caractère de trop."),
    (
        r"The (site|server|endpoint)(?:'s address)? must begin with https://: .*",
        "L’adresse du serveur doit commencer par https:// : le secret du compte ne doit pas voyager en clair.",
    ),
    (
        r"The (?:account|Page) has posted more than (\d+) times since: .*",
        r"Le compte a publié plus de \1 fois depuis : trop pour tout relire.",
    ),
    (r"The token holds what no token has: .*", "Le jeton est mal formé : cherchez une espace ou une fin de ligne."),
    (
        r"The network does not have this post any more: .*",
        "Le réseau n’a plus ce message : il ne reste rien à corriger.",
    ),
    (
        r"The network's name for this post is not known here: .*",
        "On ne connaît pas ici le nom de ce message sur le réseau : corrigez-le ou supprimez-le là-bas.",
    ),
    (
        r"What stands there under this post's name is not what relay posted: .*",
        "Ce qui porte là-bas ce nom n’est pas ce que relay a publié : corrigez ou supprimez le message là-bas.",
    ),
    # Telegram
    (
        r"Beneath its picture Telegram takes (\d+) characters: .*",
        r"Sous son image, Telegram prend \1 caractères : raccourcissez le texte.",
    ),
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
    # E-mail
    (
        r"A mail cannot be looked up: look among what “(.*)” has received\.",
        r"Un courriel ne se recherche pas : regardez parmi ce que « \1 » a reçu.",
    ),
    (
        r"`from` and `to` must each be one plain address, .*",
        "`from` et `to` doivent être chacun une seule adresse simple, comme redaction@exemple.fr.",
    ),
    (
        r"`server` must be a host, .*, not “(.*)”\.",
        r"`server` doit être un hôte, avec son port ou non (smtp.exemple.fr:587), et pas « \1 ».",
    ),
    (r"`security` must be starttls, tls or none\.", "`security` doit être starttls, tls ou none."),
    (
        r"`user` and `password` belong together: .*",
        "`user` et `password` vont ensemble : indiquez les deux, ou aucun.",
    ),
    (
        r"A password must not travel unsecured: .*",
        "Un mot de passe ne doit pas voyager en clair : mettez `security` à « starttls » ou « tls ».",
    ),
    (
        r"(\S+): user and password must be plain letters .*",
        r"\1 : ce serveur veut un nom et un mot de passe sans accents (ASCII).",
    ),
    (
        r"(\S+) does not offer STARTTLS: .*",
        r"\1 ne propose pas STARTTLS : vérifiez `security`, `user` et le port.",
    ),
    (
        r"(\S+) does not offer a sign-in .*",
        r"\1 ne propose aucune connexion que relay connaisse : vérifiez `security`, `user` et le port.",
    ),
    (r"(\S+): the line could not be secured \((.*)\)\.", r"\1 : la liaison n’a pas pu être sécurisée (\2)."),
    (
        r"(\S+): the line broke before the mail was sent \(.*\)\.",
        r"\1 : la liaison s’est rompue avant l’envoi du courriel.",
    ),
    (r"(\S+): the answer is not one of SMTP's\.", r"\1 : cette réponse n’est pas de celles de SMTP."),
    # Micropub
    (
        r"This Micropub server does not list its posts: .*",
        "Ce serveur Micropub ne donne pas la liste de ses billets : regardez-y si le billet est arrivé.",
    ),
    (
        r"The server lists too few of its posts to tell: .*",
        "Le serveur donne trop peu de ses billets pour conclure : regardez-y si le billet est arrivé.",
    ),
    (
        r"The server's list of posts is not one of Micropub's: .*",
        "La liste de billets du serveur n’est pas de celles de Micropub : regardez-y si le billet est arrivé.",
    ),
    # WordPress
    (
        r"The post is in the site's trash: .*",
        "L’article est dans la corbeille du site : ressortez-le avant de le corriger.",
    ),
    (r"There is no status “(.*)” on WordPress\.", r"WordPress n’a pas d’état « \1 » : corrigez `status`."),
    # Matrix
    (
        r"The room is encrypted: .*",
        "Le salon est chiffré : relay n’écrit que dans des salons qui ne le sont pas.",
    ),
    (
        r"The room has got more than (\d+) messages since: .*",
        r"Le salon a reçu plus de \1 messages depuis : trop pour les relire.",
    ),
    *TIMELINES,
)
