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
    "thread.see": ("Voir en ligne :", "See it online:"),
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
    "limits.usual": ("Limites habituelles de {network}", "The usual limits of {network}"),
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
        "Mise à jour proposée : rien ne change en ligne avant l’accord de quelqu’un d’autre.",
        "Update proposed: nothing changes online before somebody else’s yes.",
    ),
    "did.dismiss": ("Proposition écartée : ce qui est en ligne reste.", "Dismissed: what is online stays as it is."),
    "did.withdraw": ("Retrait proposé : rien n’est encore supprimé.", "Withdrawal proposed: nothing is deleted yet."),
    "did.approve_withdrawal": ("Retrait approuvé : la suppression part.", "Withdrawal approved: it is being deleted."),
    "did.keep": ("Gardé en ligne.", "Kept online."),
    "did.removed": ("Noté : ce n’est plus en ligne.", "Noted: it is no longer online."),
    "did.recall.proposed": ("Rappelé : de nouveau à décider.", "Recalled: to be decided again."),
}

_BY_HAND = "supprimez-le là-bas, puis dites que c’est fait."

SENTENCES: tuple[tuple[str, str], ...] = (
    # What cannot be done to what is public
    (
        r"A post for (.+) cannot be changed once it is public\.",
        r"Sur \1, ce qui est en ligne ne peut plus être corrigé.",
    ),
    (
        r"A post for (.+) can be changed only for an hour\.",
        r"Sur \1, ce qui est en ligne ne peut être corrigé que pendant une heure.",
    ),
    (
        r"A post for (.+) can be changed only for (\d+) hours\.",
        r"Sur \1, ce qui est en ligne ne peut être corrigé que pendant \2 heures.",
    ),
    (
        r"Relay does not know what this post is called there: .*",
        "Relay ne connaît pas le nom de ce message sur le réseau : corrigez-le là-bas.",
    ),
    (
        r"A public thread keeps its number of posts: (\d+), and not (\d+)\.",
        r"Un fil en ligne garde son nombre de messages : \1, et non \2.",
    ),
    (
        r"The account (.+) is no longer in the configuration: .*",
        rf"Le compte \1 n’est plus dans la configuration : {_BY_HAND}",
    ),
    (r"Relay cannot take this post back from (.+): .*", rf"Relay ne peut pas retirer ce message de \1 : {_BY_HAND}"),
    (
        r"A post for (.+) can be taken back only for an hour: .*",
        rf"Sur \1, un message ne peut être retiré que pendant une heure : {_BY_HAND}",
    ),
    (
        r"A post for (.+) can be taken back only for (\d+) hours: .*",
        rf"Sur \1, un message ne peut être retiré que pendant \2 heures : {_BY_HAND}",
    ),
    (
        r"The source has changed this entry since\. (?P<then>.*)",
        "La source a modifié cette entrée depuis. {then}",
    ),
    (r"relay cannot do this there: .*", "Relay ne peut pas le faire sur ce réseau : faites-le là-bas."),
    (
        r"Its picture is not kept any more, and would be lost by a change: .*",
        "Son image n’est plus conservée, et une correction la perdrait : corrigez là-bas.",
    ),
    # Refusals
    (
        r"The first posts of this thread are public: .*",
        "Les premiers messages de ce fil sont en ligne : laissez-le finir, ou abandonnez-le.",
    ),
    (
        r"The first posts of this thread are public already: .*",
        "Les premiers messages de ce fil sont déjà en ligne : ne changez que ceux qui suivent.",
    ),
    (
        r"The later posts of this thread cannot follow it: .*",
        "La suite de ce fil ne peut pas le suivre : abandonnez-la, et publiez-la à la main.",
    ),
    (r"Nothing of it is public: .*", "Rien n’en est en ligne : refusez-le plutôt."),
    (r"It is leaving at this moment: .*", "Il part en ce moment même : regardez de nouveau dans une minute."),
    (r"This revision was never approved\.", "Cette révision n’a jamais été approuvée."),
    (r"To .+, say which words\.", "Dites avec quel texte."),
    (r"The network allows this account no more until then\.", "Le réseau ne permet rien de plus à ce compte d’ici là."),
    # History
    (r"withdraw: (.*)", r"retrait demandé : \1"),
    (r"withdraw", "retrait demandé"),
    (r"approve withdrawal: (.*)", r"retrait approuvé : \1"),
    (r"approve withdrawal", "retrait approuvé"),
    (r"keep: (.*)", r"gardé en ligne : \1"),
    (r"keep", "gardé en ligne"),
    (r"removed by hand: (.*)", r"supprimé à la main : \1"),
    (r"removed by hand", "supprimé à la main"),
    (r"dismiss: (.*)", r"proposition écartée : \1"),
    (r"dismiss", "proposition écartée"),
    (r"correct", "correction proposée"),
    (r"hold: (.*)", r"suspendu : \1"),
    (r"resume: (.*)", r"repris : \1"),
    (r"resubmit: (.*)", r"resoumis : \1"),
    (r"recall: (.*)", r"rappelé : \1"),
    (r"reopen: (.*)", r"rouvert : \1"),
    (r"confirm: (.*)", r"vu en ligne : \1"),
    (r"give up: (.*)", r"abandonné : \1"),
    (r"picture", "image"),
    (r"attempt (\d+)", r"essai \1"),
    (r"edit_proposed", "mise à jour proposée"),
    (r"updating", "mise à jour en cours"),
    (r"delete_proposed", "retrait proposé"),
    (r"withdrawing", "retrait en cours"),
    (r"withdrawn", "retiré"),
    (r"scheduled", "programmé"),
)
"""Sentences of relay's own on what is public, as ``said`` has them: a pattern, then the French."""
