"""What letters and messages say around the news, in French, then in English; ``{…}`` is filled in."""

WORDS: dict[str, tuple[str, str]] = {
    # What happened, for each kind
    "kind.waiting": ("À relire", "To review"),
    "kind.changes": ("À corriger", "Changes asked"),
    "kind.edit_proposed": ("Mise à jour proposée", "Update proposed"),
    "kind.delete_proposed": ("Retrait proposé", "Withdrawal proposed"),
    "kind.failed": ("Échec", "Failed"),
    "kind.unconfirmed": ("À vérifier", "To verify"),
    "kind.expired": ("Périmé", "Expired"),
    "kind.held": ("Suspendu", "On hold"),
    "kind.token-expiring": ("Accès à renouveler", "Access to renew"),
    "kind.stopped": ("Arrêt d’urgence", "Emergency stop"),
    "again": ("toujours là", "still there"),
    # What to do
    "do.waiting": ("Relisez, puis approuvez ou dites pourquoi non.", "Read it, then approve it or say why not."),
    "do.changes": ("Corrigez le texte, ou resoumettez-le tel quel.", "Edit the words, or resubmit them as they are."),
    "do.edit_proposed": (
        "C’est en ligne : approuvez les nouveaux mots, ou laissez ceux d’avant.",
        "It is online: approve the new words, or keep those of before.",
    ),
    "do.delete_proposed": (
        "C’est en ligne : approuvez le retrait, ou gardez.",
        "It is online: approve the withdrawal, or keep it.",
    ),
    "do.failed": ("Corrigez ou resoumettez ; sinon, refusez.", "Edit or resubmit it; otherwise refuse it."),
    "do.unconfirmed": (
        "Regardez le compte : dites si c’est en ligne, ou abandonnez.",
        "Look at the account: say whether it is online, or give it up.",
    ),
    "do.expired": (
        "Rien n’est parti. Rouvrez, si cela vaut encore.",
        "Nothing has left. Reopen it if it still counts.",
    ),
    "do.held": (
        "Rien ne part tant que ce n’est pas repris. Regardez le compte.",
        "Nothing leaves until it is resumed. Look at the account.",
    ),
    # Lines
    "source": ("Source : {names}", "Source: {names}"),
    "leaves": ("si approuvé maintenant, départ : {when}", "if approved now, leaves: {when}"),
    "stuck": (
        "le compte est suspendu ; publications qui l’attendent : {n}",
        "the account is held; posts that wait for it: {n}",
    ),
    "picture": ("Image : {address}", "Picture: {address}"),
    "picture.alt": ("Image : {alt} {address}", "Picture: {alt} {address}"),
    "open": ("Ouvrir : {address}", "Open: {address}"),
    "original": ("À la source : {address}", "At the source: {address}"),
    "more": (
        "… et {n} autres entrées : {address}",
        "… and {n} more entries: {address}",
    ),
    "more.1": ("… et une autre entrée : {address}", "… and one more entry: {address}"),
    "ends": (
        "L’accès du compte {account} prend fin le {when}. Connectez-le de nouveau : {address}",
        "The access of the account {account} ends on {when}. Connect it again: {address}",
    ),
    "stopped": (
        "{who} a tout arrêté : {why}. Rien ne part de nulle part. {address}",
        "{who} has stopped everything: {why}. Nothing leaves from anywhere. {address}",
    ),
    "lifted": (
        "{who} a levé l’arrêt d’urgence : ce qui était approuvé repart.",
        "{who} has lifted the emergency stop: what was approved leaves again.",
    ),
    # What became of it
    "was.approved": ("Approuvé par {who} {hour}", "Approved by {who} {hour}"),
    "was.sent": ("Publié – approuvé par {who} {hour}", "Sent – approved by {who} {hour}"),
    "yes": ("accord de {who} {hour}", "a yes by {who} {hour}"),
    "was.rejected": ("Refusé par {who} {hour}", "Refused by {who} {hour}"),
    "was.changes": ("Corrections demandées par {who} {hour}", "Changes asked for by {who} {hour}"),
    "was.held": ("Suspendu par {who} {hour}", "Put on hold by {who} {hour}"),
    "was.waiting": ("De nouveau à relire – {who} {hour}", "Back for review – {who} {hour}"),
    "was.expired": ("Périmé {hour}", "Expired {hour}"),
    "was.other": ("Réglé par {who} {hour}", "Settled by {who} {hour}"),
    # Subjects
    "subject.one": ("{kind} : {title}", "{kind}: {title}"),
    "subject.n": ("{n} × {kind}", "{n} × {kind}"),
    "subject.none": ("Nouvelles de relay", "News from relay"),
    # Letters
    "as": ("Ce que vous dites par ces liens est dit par {name}.", "What you say by these links is said by {name}."),
    "link": ("{word} : {address}", "{word}: {address}"),
    "link.approve": ("Approuver", "Approve"),
    "link.changes": ("Faire corriger", "Ask for changes"),
    "link.hold": ("Suspendre", "Hold"),
    "link.reject": ("Refuser", "Refuse"),
    "link.open": ("Ouvrir dans relay", "Open in relay"),
    "obstacle": ("Vous ne pouvez pas l’approuver : {why}", "You cannot approve it: {why}"),
    "links.life": (
        "Chaque lien sert une fois, pendant 24 heures, et demande encore un clic. Ne transférez pas cette lettre.",
        "Each link works once, for 24 hours, and asks for one more click. Do not forward this letter.",
    ),
    "replies": (
        "Les réponses à cette lettre ne sont lues par personne : ouvrez relay.",
        "Nobody reads replies to this letter: open relay.",
    ),
    "why": (
        "Vous recevez cette lettre parce que votre adresse est dans [notify.{listener}] de la configuration de relay.",
        "You get this letter because your address is in [notify.{listener}] of relay’s configuration.",
    ),
    # A test
    "test": (
        "Essai de [notify.{listener}] : les messages de relay arrivent ici.",
        "Test of [notify.{listener}]: relay’s messages arrive here.",
    ),
}


def word(key: str, language: str, **values: object) -> str:
    """A word of the table; French sets a no-break space before its double punctuation, not before what is filled in."""
    text = WORDS[key][language != "fr"]
    return (_typeset(text) if language == "fr" else text).format(**values)


def _typeset(text: str) -> str:
    for mark in ";?!":
        text = text.replace(f" {mark}", f"\u202f{mark}")
    return text.replace(" :", "\u00a0:")
