"""Every word of the pages, in French and in English; ``{…}`` is filled in by the page."""

from collections.abc import Callable

LANGUAGES = ("fr", "en")

WORDS: dict[str, tuple[str, str]] = {
    # The frame
    "language.fr": ("Français", "Français"),
    "language.en": ("English", "English"),
    "skip": ("Aller au contenu", "Skip to content"),
    "nav": ("Principale", "Main"),
    "nav.languages": ("Langue", "Language"),
    "nav.review": ("Relecture", "Review"),
    "nav.sources": ("Sources", "Sources"),
    "nav.feeds": ("Flux", "Feeds"),
    "sign_out": ("Se déconnecter", "Sign out"),
    "role.viewer": ("lecture", "viewer"),
    "role.writer": ("rédaction", "writer"),
    "role.editor": ("édition", "editor"),
    "role.director": ("direction", "director"),
    "role.admin": ("administration", "admin"),
    # Signing in
    "sign_in": ("Entrer", "Sign in"),
    "sign_in.lead": (
        "Relay lit les sources, et rien ne part sans votre accord.",
        "Relay reads the sources, and nothing leaves without your yes.",
    ),
    "sign_in.how": (
        "On entre par une adresse personnelle, valable une fois et quinze minutes. "
        "La personne qui tient le serveur la produit par cette commande :",
        "You sign in by a personal address, good once and for fifteen minutes. "
        "Whoever keeps the server makes it with this command:",
    ),
    "sign_in.name": ("NOM", "NAME"),
    "enter.lead": (
        "Cette adresse sert une seule fois. Vous resterez connecté trente jours sur cet appareil.",
        "This address works once. You will stay signed in for thirty days on this device.",
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
    # The queue
    "tab.waiting": ("À relire", "To review"),
    "tab.changes": ("À corriger", "Changes asked"),
    "tab.scheduled": ("Programmés", "Scheduled"),
    "tab.held": ("Suspendus", "On hold"),
    "tab.unconfirmed": ("À vérifier", "To verify"),
    "tab.sent": ("Publiés", "Sent"),
    "tab.failed": ("Échecs", "Failed"),
    "tab.closed": ("Écartés", "Set aside"),
    "tabs": ("Par état", "By state"),
    "queue": ("File", "Queue"),
    "queue.next": ("Suivant", "Next"),
    "queue.previous": ("Précédent", "Previous"),
    "queue.more": ("La suite", "More"),
    "queue.accounts": ("{n} comptes", "{n} accounts"),
    "queue.fresh": ("La file a changé : actualiser", "The queue has changed: refresh"),
    "queue.entry_gone": ("(entrée supprimée)", "(entry deleted)"),
    "empty.waiting": ("Tout est relu.", "Everything is reviewed."),
    "empty.waiting.lead": (
        "La prochaine nouvelle des sources viendra se ranger ici.",
        "The next news from the sources will line up here.",
    ),
    "empty": ("Rien ici.", "Nothing here."),
    "empty.lead": ("Aucun envoi n’est dans cet état.", "No cross-post stands in this state."),
    # What the source says
    "source": ("Ce que dit la source", "What the source says"),
    "source.alt": ("Texte de l’image :", "Image text:"),
    "source.no_alt": ("L’image n’a pas de texte de remplacement.", "The picture has no alternative text."),
    "source.open": ("Ouvrir à la source", "Open at the source"),
    # What will be published
    "post": ("Ce qui sera publié", "What will be published"),
    "post.sent": ("Ce qui a été publié", "What was published"),
    "post.accounts": ("Comptes", "Accounts"),
    "post.preview": ("Aperçu pour {account}", "Preview for {account}"),
    "post.unknown_account": (
        "Ce compte n’est plus dans la configuration.",
        "This account is no longer in the configuration.",
    ),
    "post.edited_by": ("Texte de {name}", "Words by {name}"),
    "post.see": ("Voir en ligne", "See it online"),
    "post.revision": ("révision {n}", "revision {n}"),
    "post.language": ("langue : {code}", "language: {code}"),
    "post.leaves": ("Départ : {when}", "Leaves: {when}"),
    "post.slot": ("Si approuvé maintenant, départ : {when}", "If approved now, leaves: {when}"),
    "post.yes": ("Approuvé par {name}, {when}", "Approved by {name}, {when}"),
    "post.steps": ("{done} accord sur {all}", "{done} of {all} approvals"),
    "count.graphemes": ("caractères", "characters"),
    "count.bytes": ("octets", "bytes"),
    "count.over": ("{n} de trop", "{n} too many"),
    # States
    "state.waiting": ("À relire", "To review"),
    "state.changes": ("À corriger", "Changes asked"),
    "state.approved": ("Approuvé", "Approved"),
    "state.scheduled": ("Programmé", "Scheduled"),
    "state.held": ("Suspendu", "On hold"),
    "state.sending": ("Envoi en cours", "Sending"),
    "state.unconfirmed": ("À vérifier", "To verify"),
    "state.failed": ("Échec", "Failed"),
    "state.sent": ("Publié", "Sent"),
    "state.rejected": ("Refusé", "Rejected"),
    "state.expired": ("Périmé", "Expired"),
    "state.skipped": ("Écarté", "Skipped"),
    "state.abandoned": ("Abandonné (peut-être en ligne)", "Given up (may be live)"),
    # What an editor can do
    "actions": ("Que faire de ce texte", "What to do with these words"),
    "do.approve": ("Approuver & suivant", "Approve & next"),
    "do.approve_stay": ("Approuver", "Approve"),
    "do.edit": ("Corriger", "Edit"),
    "do.changes": ("Demander des corrections", "Ask for changes"),
    "do.resubmit": ("Resoumettre tel quel", "Resubmit as it is"),
    "do.hold": ("Suspendre", "Hold"),
    "do.resume": ("Reprendre", "Resume"),
    "do.reject": ("Refuser", "Reject"),
    "do.recall": ("Rappeler", "Recall"),
    "do.reopen": ("Rouvrir", "Reopen"),
    "do.confirm": ("C’est en ligne", "It is online"),
    "do.give_up": ("Abandonner", "Give up"),
    "edit.text": ("Texte", "Words"),
    "edit.save": ("Enregistrer", "Save"),
    "edit.count": ("Compter", "Count"),
    "reason": ("Pourquoi ?", "Why?"),
    "reason.hint": (
        "La personne qui a écrit ce texte et l’historique en gardent trace.",
        "Whoever wrote these words will read it, and the history keeps it.",
    ),
    "verify.lead": (
        "La réponse du réseau s’est perdue : ce texte est peut-être en ligne. Regardez le compte avant de répondre.",
        "The network’s answer was lost: this may be online. Look at the account before you answer.",
    ),
    "history": ("Historique", "History"),
    # What has just happened
    "did.approve": ("Approuvé", "Approved"),
    "did.approve.leaves": ("Approuvé. Départ à {when}.", "Approved. Leaves at {when}."),
    "did.approve.step": (
        "Accord enregistré ; il en faut encore {n}.",
        "Your yes is recorded; {n} more needed.",
    ),
    "did.edit": (
        "Texte enregistré ; tout accord donné avant est annulé.",
        "Words saved; every yes given before is void.",
    ),
    "did.changes": ("Corrections demandées.", "Changes asked for."),
    "did.resubmit": ("De nouveau à relire.", "Back for review."),
    "did.hold": ("Suspendu : rien ne part.", "On hold: nothing leaves."),
    "did.resume": ("Repris.", "Resumed."),
    "did.reject": ("Refusé.", "Rejected."),
    "did.recall": ("Rappelé : de nouveau à relire.", "Recalled: back for review."),
    "did.reopen": ("Rouvert : de nouveau à relire.", "Reopened: back for review."),
    "did.confirm": ("Noté : c’est en ligne.", "Noted: it is online."),
    "did.give_up": ("Abandonné ; il reste visible ici.", "Given up; it stays visible here."),
    "undo": ("Annuler", "Undo"),
    "undo.seconds": ("{n} s", "{n} s"),
}


def speaker(language: str) -> Callable[..., str]:
    """What says a word of the table in ``language``; a word that is not there is a bug."""
    column = LANGUAGES.index(language)
    return lambda key, **values: _typeset(WORDS[key][column].format(**values), language)


def _typeset(text: str, language: str) -> str:
    """French sets a no-break space before its double punctuation."""
    if language != "fr":
        return text
    for mark in ":;?!":
        text = text.replace(f" {mark}", f"\u202f{mark}" if mark != ":" else "\u00a0:")
    return text
