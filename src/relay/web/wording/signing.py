"""On the page of sign-in and in its letter: each word in French, then in English; ``{…}`` is filled in by the page."""

SIGNING: dict[str, tuple[str, str]] = {
    "door.lead": (
        "La rédaction relit ici ce qui part sur les réseaux. Entrez par la voie qui vous convient.",
        "This is where editors read what leaves for the networks. Come in whichever way suits you.",
    ),
    # Passkey
    "door.passkey": ("Entrer avec une clé d’accès", "Sign in with a passkey"),
    "door.passkey.hint": (
        "L’empreinte, le visage ou le code de votre appareil : rien à retenir.",
        "Your device’s fingerprint, face or code: nothing to remember.",
    ),
    "door.passkey.stopped": (
        "L’appareil n’a donné aucune clé. Réessayez, ou choisissez une autre voie.",
        "The device gave no passkey. Try again, or choose another way.",
    ),
    "door.unreachable": (
        "relay n’a pas répondu. Vérifiez la connexion, puis réessayez.",
        "relay did not answer. Check the connection, then try again.",
    ),
    # Letter
    "door.email": ("Adresse e-mail", "E-mail address"),
    "door.email.do": ("Recevoir un lien", "Send me a link"),
    "door.email.hint": (
        "Vous recevrez une adresse qui marche une fois, pendant un quart d’heure.",
        "You get an address that works once, for a quarter of an hour.",
    ),
    "door.email.sent": (
        "Si quelqu’un de la rédaction a cette adresse, un lien y part. Rien reçu ? Attendez une minute, réessayez.",
        "If one of the editors has this address, a link is on its way. Nothing there? Wait a minute, then try again.",
    ),
    "letter.subject": ("Entrer dans relay", "Sign in to relay"),
    "letter.text": (
        (
            "Bonjour {name},\n\nouvrez cette adresse pour entrer dans relay :\n\n{url}\n\n"
            "Elle marche une fois, pendant {minutes} minutes.\n\n"
            "Vous n’avez rien demandé ? Ne faites rien : personne n’entre sans ce message.\n\n{at}\n"
        ),
        (
            "Hello {name},\n\nopen this address to sign in to relay:\n\n{url}\n\n"
            "It works once, for {minutes} minutes.\n\n"
            "You did not ask for it? Do nothing: nobody gets in without this message.\n\n{at}\n"
        ),
    ),
    # Password
    "door.password.with": ("Avec un mot de passe", "With a password"),
    "door.name": ("Nom ou adresse e-mail", "Name or e-mail address"),
    "door.password": ("Mot de passe", "Password"),
    "door.password.do": ("Entrer", "Sign in"),
    # Provider
    "door.provider": ("Continuer avec {name}", "Continue with {name}"),
    "door.provider.in": ("Vous êtes entré. La file de relecture s’ouvre.", "You are in. The review opens."),
    "door.provider.on": ("Ouvrir la file de relecture", "Open the review"),
    # Terminal
    "door.terminal": ("Par un terminal", "By a terminal"),
    "door.terminal.how": (
        "Qui administre la machine où tourne relay affiche une adresse qui marche une fois, pour chacun :",
        "Whoever runs the machine that relay is on prints an address that works once, for anybody:",
    ),
    # Why not
    "wrong.credentials": (
        "Ce nom et ce mot de passe ne vont pas ensemble.",
        "This name and this password do not belong together.",
    ),
    "wrong.wait": (
        "Trop d’essais d’ici : attendez un peu. Une clé d’accès ou un lien marchent tout de suite.",
        "Too many tries from here: wait a little. A passkey or a link works at once.",
    ),
    "wrong.passkey_unknown": (
        "relay ne connaît pas ou plus cette clé. Entrez autrement, puis ajoutez-la sur votre page.",
        "relay does not know this passkey, or no longer. Come in another way, then add it on your page.",
    ),
    "wrong.passkey_old": (
        "Cela a pris plus de cinq minutes, ou a déjà servi. Réessayez.",
        "This took more than five minutes, or was used already. Try again.",
    ),
    "wrong.passkey_bad": (
        "La réponse de l’appareil n’est pas bonne. Réessayez, ou choisissez une autre voie.",
        "The device’s answer is not right. Try again, or choose another way.",
    ),
    "wrong.passkey_copied": (
        (
            "Cette clé a peut-être été copiée : son compteur a reculé. "
            "Entrez autrement, retirez-la de votre page, et prévenez l’administration."
        ),
        (
            "This passkey may have been copied: its counter went back. "
            "Come in another way, remove it from your page, and tell your admin."
        ),
    ),
    "wrong.provider_silent": (
        "Le fournisseur d’identité ne répond pas comme il faut. Réessayez plus tard, ou choisissez une autre voie.",
        "The identity provider does not answer as it should. Try again later, or choose another way.",
    ),
    "wrong.provider_old": (
        "Ce retour n’est pas attendu ici, ou trop tard. Recommencez.",
        "This return is not expected here, or too late. Begin again.",
    ),
    "wrong.provider_denied": (
        "Le fournisseur d’identité a refusé. Réessayez, ou choisissez une autre voie.",
        "The identity provider refused. Try again, or choose another way.",
    ),
    "wrong.provider_bad": (
        "Ce que dit le fournisseur d’identité ne se vérifie pas : personne n’est entré.",
        "What the identity provider says cannot be verified: nobody was let in.",
    ),
    "wrong.provider_email": (
        "Le fournisseur d’identité n’a pas vérifié votre adresse e-mail : relay ne peut pas savoir qui vous êtes.",
        "The identity provider has not verified your e-mail address: relay cannot know who you are.",
    ),
    "wrong.provider_nobody": (
        "Personne de la rédaction n’a cette identité. Demandez à l’administration d’inscrire votre adresse e-mail.",
        "No member has this identity. Ask your admin to enter your e-mail address.",
    ),
}
