"""What is public, and what becomes of it: each word in French, then in English; ``{…}`` is filled in by the page."""

CORRECTING: dict[str, tuple[str, str]] = {
    "tab.proposed": ("À décider", "To decide"),
    # States
    "state.edit_proposed": ("Mise à jour proposée", "Update proposed"),
    "state.updating": ("Mise à jour", "Updating"),
    "state.delete_proposed": ("Retrait proposé", "Withdrawal proposed"),
    "state.withdrawing": ("Retrait", "Withdrawing"),
    "state.withdrawn": ("Retiré", "Withdrawn"),
    # What is public beside what is proposed
    "post.proposed": ("Ce qui est proposé", "What is proposed"),
    "post.leaving": ("Ce qui est en ligne", "What is online"),
    "post.withdrawn": ("Ce qui était en ligne", "What was online"),
    "change": ("Ce qui change", "What changes"),
    "change.online": ("En ligne", "Online"),
    "change.proposed": ("Proposé", "Proposed"),
    "change.gone": ("[retiré :", "[taken out:"),
    "change.new": ("[ajouté :", "[added:"),
    "change.warning": ("Avertissement :", "Content warning:"),
    "change.no_warning": ("aucun", "none"),
    "change.card": ("La carte du lien change aussi.", "The card of the link changes too."),
    "change.picture": ("L’image change aussi.", "The picture changes too."),
    "withdrawal.lead": (
        "Si le retrait est approuvé, relay supprime ce message sur le réseau. Rien ne l’y remettra.",
        "If the withdrawal is approved, relay deletes this post from the network. Nothing brings it back there.",
    ),
    "withdrawal.lead.thread": (
        "Si le retrait est approuvé, relay supprime les {n} messages du fil, le dernier d’abord. Rien ne les remettra.",
        "If the withdrawal is approved, relay deletes the {n} posts, the last first. Nothing brings them back.",
    ),
    # Threads
    "thread": ("Fil de {n} messages", "Thread of {n} posts"),
    "thread.preview": ("Aperçu pour {account}, {n} sur {all}", "Preview for {account}, {n} of {all}"),
    "thread.post": ("message {n}", "post {n}"),
    "thread.partial": ("En ligne : {n} messages du fil sur {all}.", "{n} of {all} posts of the thread are public."),
    "thread.partial.1": ("En ligne : le premier message du fil, sur {all}.", "The first of {all} posts is public."),
    "thread.partial.leaves": (
        "La suite part d’elle-même. Pour l’arrêter, suspendez-la, puis abandonnez-la.",
        "The rest follows by itself. To stop it, put it on hold, then give it up.",
    ),
    "thread.partial.waits": (
        "La suite attend : finissez le fil, ou abandonnez-le ; ce qui est en ligne y reste.",
        "The rest waits: finish the thread, or give it up; what is public stays.",
    ),
    "edit.thread": (
        "Une ligne de trois tirets (---) commence un autre message, en réponse au précédent.",
        "A line of three hyphens (---) begins another post, which answers the one before.",
    ),
    "edit.thread.public": (
        "Ce fil est en ligne : il garde ses {n} messages, séparés par des lignes de trois tirets (---).",
        "This thread is public: it keeps its {n} posts, with lines of three hyphens (---) between them.",
    ),
    "edit.thread.none": ("Ce message est en ligne : il reste seul.", "This post is public: it stays a single one."),
    "edit.warning": ("Avertissement de contenu", "Content warning"),
    "edit.warning.hint": (
        "Vide, le texte se lit d’emblée ; sinon, les lecteurs ne voient d’abord que ces mots.",
        "Empty, the text shows at once; else readers see only these words at first.",
    ),
    "preview.folded": ("replié pour les lecteurs", "folded for readers"),
    # Whose limits count, and whether anything leaves
    "limits.told": ("{server}, limites lues le {when}", "{server}, limits read on {when}"),
    "limits.usual": (
        "Limites habituelles de {network} : celles du serveur n’ont pas encore été lues",
        "The usual limits of {network}: those of the server have not been read yet",
    ),
    "held.lead": ("Rien ne part de ce compte pour l’instant.", "Nothing leaves from this account for now."),
    "held.accounts": ("Voir ce compte", "See this account"),
    # What an editor can do
    "do.correct": ("Corriger", "Correct"),
    "do.dismiss": ("Ne rien changer", "Change nothing"),
    "do.withdraw": ("Retirer", "Withdraw"),
    "do.approve_withdrawal": ("Approuver le retrait", "Approve the withdrawal"),
    "do.keep": ("Garder en ligne", "Keep online"),
    "do.removed": ("Je l’ai supprimé moi-même", "I deleted it myself"),
    "do.propose": ("Proposer", "Propose"),
    "reason.withdraw": ("Pourquoi ? (facultatif)", "Why? (optional)"),
    # What has just happened
    "did.correct": (
        "Mise à jour proposée : rien ne change en ligne avant qu’elle soit approuvée.",
        "Update proposed: nothing changes online until it is approved.",
    ),
    "did.dismiss": ("Proposition écartée : ce qui est en ligne reste.", "Dismissed: what is online stays as it is."),
    "did.withdraw": ("Retrait proposé : rien n’est encore supprimé.", "Withdrawal proposed: nothing is deleted yet."),
    "did.approve_withdrawal": ("Retrait approuvé : la suppression part.", "Withdrawal approved: it is being deleted."),
    "did.keep": ("Gardé en ligne.", "Kept online."),
    "did.removed": ("Noté : ce n’est plus en ligne.", "Noted: it is no longer online."),
    "did.recall.proposed": ("Rappelé : de nouveau à décider.", "Recalled: to be decided again."),
}
