"""Around the pages, and on the small ones: each word in French, then in English; ``{…}`` is filled in by the page."""

FRAME: dict[str, tuple[str, str]] = {
    # The frame
    "language.fr": ("Français", "Français"),
    "language.en": ("English", "English"),
    "skip": ("Aller au contenu", "Skip to content"),
    "nav": ("Principale", "Main"),
    "nav.languages": ("Langue", "Language"),
    "nav.review": ("À relire", "Review"),
    "nav.sources": ("Sources", "Sources"),
    "nav.feeds": ("Flux", "Feeds"),
    "sign_out": ("Se déconnecter", "Sign out"),
    "role.viewer": ("lecture", "viewer"),
    "role.writer": ("rédaction", "writer"),
    "role.editor": ("édition", "editor"),
    "role.director": ("direction", "director"),
    "role.admin": ("administration", "admin"),
    "role.token": ("programme", "program"),
    # Signing in
    "sign_in": ("Entrer", "Sign in"),
    "sign_in.name": ("NOM", "NAME"),
    "enter.lead": (
        "Cette adresse sert une seule fois. Vous resterez connecté sur cet appareil, trente jours au plus.",
        "This address works once. You will stay signed in on this device, for thirty days at most.",
    ),
    # Errors
    "problem.403": ("Ce n’est pas permis", "This is not allowed"),
    "problem.404": ("Cette page n’existe pas", "There is no such page"),
    "problem.405": ("Cette adresse ne répond pas à cela", "This address does not answer that"),
    "problem.413": ("Ce texte est trop long pour être reçu", "This text is too long to be taken"),
    "problem.other": ("La demande n’a pas pu être lue", "The request could not be read"),
    "problem.500": ("Quelque chose s’est cassé chez nous", "Something broke on our side"),
    "problem.500.lead": (
        "Rien de ce qui était approuvé n’est perdu. Le journal du serveur dit ce qui s’est passé ; réessayez.",
        "Nothing that was approved is lost. The server’s log says what happened; try again.",
    ),
    "problem.404.lead": ("L’adresse a pu changer.", "The address may have changed."),
    "problem.link_used": (
        "Cette adresse de connexion a déjà servi, ou elle a plus de quinze minutes. Demandez-en une autre.",
        "This sign-in address was used before, or is older than fifteen minutes. Ask for another.",
    ),
    "problem.other_site": (
        "Ce formulaire venait d’un autre site : rien n’a été fait. Ouvrez relay et recommencez.",
        "This form came from another site: nothing was done. Open relay and try again.",
    ),
    "problem.back": ("Revenir à relay", "Back to relay"),
    # Feeds
    "feeds.lead": ("Abonnez-vous dans le format de votre lecteur.", "Subscribe in your reader’s format."),
    "feeds.none": ("Rien n’est encore publié.", "Nothing is published yet."),
    "feeds.page": ("Page web", "Web page"),
    "feeds.subscribers": ("Abonnements WebSub : {number}.", "WebSub subscriptions: {number}."),
    "feeds.silent": ("Sans réponse pour l’instant : {number}.", "Not answering at the moment: {number}."),
    "feeds.told": ("Dernier envoi : {moment}.", "Last push: {moment}."),
    # Keys
    "keys": ("Raccourcis clavier", "Keyboard shortcuts"),
    "keys.help": ("Aide", "Help"),
    "keys.open": ("ouvrir le lien choisi", "open the link in focus"),
    "keys.accounts": ("Autre compte du même billet", "Another account of the same entry"),
    "keys.leave": ("quitter une case de texte", "leave a text box"),
    "keys.none": (
        "Sans JavaScript, tout se fait avec les boutons et la touche Tab.",
        "Without JavaScript, buttons and the Tab key do everything.",
    ),
}
