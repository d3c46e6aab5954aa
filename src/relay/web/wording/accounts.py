"""On the page of the accounts: each word in French, then in English; ``{…}`` is filled in by the page."""

from relay.web.wording.connecting import SENTENCES as OF_CONNECTING

ACCOUNTS: dict[str, tuple[str, str]] = {
    "nav.accounts": ("Comptes", "Accounts"),
    "accounts.lead": (
        "Ce qui relie relay à chaque réseau, et jusqu’à quand. Aucun secret n’apparaît ici.",
        "What ties relay to each network, and until when. No secret ever shows here.",
    ),
    "accounts.none": (
        "Aucun compte : ajoutez un [accounts.…] à la configuration.",
        "There are no accounts: add an [accounts.…] to the configuration.",
    ),
    "accounts.needy": ("À faire", "To do"),
    "accounts.well": ("Tout va bien", "All is well"),
    "accounts.not_yours": (
        "Connecter un compte revient à l’administration.",
        "Connecting an account is for admins.",
    ),
    # How it stands
    "standing.fine": ("connecté", "connected"),
    "standing.connect": ("à connecter", "to be connected"),
    "standing.held": ("suspendu", "held"),
    "accounts.since": ("Depuis {when}.", "Since {when}."),
    "accounts.waiting.0": ("Rien n’attend.", "Nothing waits."),
    "accounts.waiting.1": ("Un envoi attend.", "One cross-post waits."),
    "accounts.waiting": ("{n} envois attendent.", "{n} cross-posts wait."),
    # What is known of it
    "accounts.by": ("Connexion", "Connection"),
    "accounts.by.visit": ("par {name}, {when}", "by {name}, {when}"),
    "accounts.by.configuration": ("par la configuration", "by the configuration"),
    "accounts.by.open": ("pas nécessaire", "none needed"),
    "accounts.until": ("Jusqu’au", "Until"),
    "accounts.until.open": ("sans fin annoncée", "no known end"),
    "accounts.renewed": ("relay la renouvelle, la prochaine fois {when}", "relay renews it, next on {when}"),
    "accounts.unrenewed": ("relay le dira 14, 7 et 1 jours avant", "relay says so 14, 7 and 1 days before"),
    "accounts.allowance": ("Le réseau permet encore", "The network still allows"),
    "accounts.allowance.left": ("{n} appels jusqu’au {when}", "{n} calls until {when}"),
    "accounts.server": ("Serveur", "Server"),
    "accounts.asked": ("lu {when}", "read {when}"),
    # What ends
    "accounts.ending": (
        "{account} : l’accès prend fin {when}. Reconnectez-le avant : rien ne partirait plus.",
        "{account}: access ends {when}. Connect it anew before then, or nothing more will leave.",
    ),
    # What can be done
    "accounts.connect": ("Connecter", "Connect"),
    "accounts.again": ("Reconnecter", "Connect anew"),
    "accounts.on": ("{what} – {account}", "{what} – {account}"),
    "accounts.disconnect": ("Déconnecter", "Disconnect"),
    "accounts.resume": ("Réessayer", "Try again"),
    "accounts.paste": ("Coller ses secrets", "Paste its secrets"),
    "accounts.paste.do": ("Enregistrer", "Save"),
    "accounts.paste.hint": (
        "Ils sont scellés aussitôt, et ne s’affichent plus jamais.",
        "They are sealed at once, and are never shown again.",
    ),
    "accounts.optional": ("facultatif", "optional"),
    # On the way
    "leaving.title": ("Connecter {account}", "Connect {account}"),
    "leaving.lead": (
        "Vous partez pour {host}. Dites-y oui, puis revenez ici : vous avez dix minutes.",
        "You are leaving for {host}. Say yes there, then come back here: you have ten minutes.",
    ),
    "leaving.go": ("Aller à {host}", "Go to {host}"),
    "connecting.title": ("De retour", "Back again"),
    "connecting.lead": (
        "Le réseau a répondu. Un dernier geste, et le compte est connecté.",
        "The network has answered. One last step, and the account is connected.",
    ),
    "connecting.denied": (
        "Le réseau dit que l’accès n’a pas été accordé.",
        "The network says that access was not granted.",
    ),
    "connecting.do": ("Terminer la connexion", "Finish connecting"),
    "connecting.back": ("Revenir aux comptes", "Back to the accounts"),
    "connecting.terminal": (
        "Commencé dans un terminal ? Copiez-y l’adresse entière de cette page.",
        "Begun in a terminal? Copy the whole address of this page there.",
    ),
    # What was done
    "accounts.did.connected": (
        "{account} est connecté. Ce qui attendait part, un envoi après l’autre.",
        "{account} is connected. What waited leaves, one cross-post after the other.",
    ),
    "accounts.did.disconnected": (
        "{account} est déconnecté ici. Retirez aussi l’accès de relay sur le réseau.",
        "{account} is disconnected here. Take relay’s access back at the network, too.",
    ),
    "accounts.did.resumed": (
        "{account} est réessayé : ce qui attendait part, un envoi après l’autre.",
        "{account} is tried again: what waited leaves, one cross-post after the other.",
    ),
}

SENTENCES: tuple[tuple[str, str], ...] = (
    *OF_CONNECTING,
    (
        r"Its account is to be connected: `relay account connect (.+)`\.",
        r"Son compte est à connecter, sur la page Comptes ou par `relay account connect \1`.",
    ),
    (
        r"Its secrets are sealed under the key (\w+), which is not there: .*",
        r"Ses secrets sont scellés avec la clé \1, qui manque : remettez-la, ou reconnectez le compte.",
    ),
    (
        r"Its secrets are for (.+), and its settings name (.+): .*",
        r"Ses secrets sont pour \1, et ses réglages nomment \2 : reconnectez-le.",
    ),
    (
        r"Its sealed secrets (?:are damaged|cannot be read): .*",
        "Ses secrets scellés sont illisibles : reconnectez le compte.",
    ),
    (
        r"The key for the accounts' secrets, (.+), is not there: .*",
        r"La clé des secrets des comptes, \1, manque : remettez-la, ou reconnectez les comptes.",
    ),
    (
        r"The key for the accounts' secrets, (.+), cannot be (read|written): (.+)\.",
        r"La clé des secrets des comptes, \1, ne peut pas servir (\3).",
    ),
    (
        r"The key for the accounts' secrets is not there: .*",
        "La clé des secrets des comptes manque : voyez `key` dans [service], et `relay check`.",
    ),
    (
        r"The key for the accounts' secrets has fewer than (\d+) characters: .*",
        r"La clé des secrets des comptes a moins de \1 caractères : `openssl rand -base64 32` en fait une bonne.",
    ),
    (
        r"There is no key for the accounts' secrets: .*",
        "Il n’y a pas de clé pour les secrets des comptes : donnez `key` dans [service] (`openssl rand -base64 32`).",
    ),
    (
        r"Relay stopped while its access was being renewed, and the answer was lost\. (?P<then>.*)",
        "Relay s’est arrêté pendant que l’accès était renouvelé, et la réponse est perdue : reconnectez-le. {then}",
    ),
    (r"Its network does not renew an access any more: .*", "Son réseau ne renouvelle plus l’accès : reconnectez-le."),
    (r"Its access was renewed: .*", "Son accès a été renouvelé : il repart."),
    (r"Its access is being renewed at this moment\.", "Son accès est en train d’être renouvelé."),
    (r"Its access could not be renewed \((.+)\)\.", r"Son accès n’a pas pu être renouvelé (\1)."),
    (r"Its account can be used again: .*", "Son compte peut resservir : ce qui attendait part, l’un après l’autre."),
    (r"its account can be used again", "son compte peut resservir"),
    (r"This way back has been used, or is over: .*", "Ce retour a déjà servi, ou il est trop tard : recommencez."),
    (r"The network's address is none: .*", "L’adresse du réseau n’en est pas une : rien n’a changé."),
    (r"(.+) is not held\.", r"\1 n’est pas suspendu."),
    (r"(.+) is not connected here: .*", r"\1 n’est pas connecté ici : ses secrets sont dans la configuration."),
    (
        r"The secrets of (.+) are in the configuration: to connect it here, take out (.+) there\.",
        r"Les secrets de \1 sont dans la configuration : pour le connecter ici, ôtez-en \2.",
    ),
    (r"(.+) needs no secrets: .*", r"\1 n’a pas besoin de secrets : il n’y a rien à connecter."),
    (r"(.+) needs ([\w, ]+)\.", r"Il manque à \1 : \2."),
    (r"A secret has at most (\d+) characters\.", r"Un secret a au plus \1 caractères."),
    (
        r"(.+) is connected by its secrets, not by a visit to its network\.",
        r"\1 se connecte par ses secrets, non par une visite à son réseau.",
    ),
)
"""Sentences of relay's own on accounts, as ``said`` has them: a pattern, then the French."""
