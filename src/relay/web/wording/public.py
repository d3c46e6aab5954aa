"""What relay itself says of what is public, or refuses: each sentence as a pattern, and its French."""

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
        "La suite de ce fil ne peut pas y répondre : abandonnez-le, et publiez-la à la main.",
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
