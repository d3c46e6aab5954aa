"""On the pages of the directory: each word in French, then in English; ``{…}`` is filled in by the page."""

HANDLES: dict[str, tuple[str, str]] = {
    "nav.handles": ("Annuaire", "Directory"),
    "handles.lead": (
        (
            "Qui est qui sur chaque réseau. Là où relay ne connaît pas de compte, il écrit le nom : "
            "un compte faux est pire que pas de compte."
        ),
        (
            "Who is who on each network. Where relay knows no handle it writes the name: "
            "a wrong handle is worse than none."
        ),
    ),
    "handles.all": ("Tout l’annuaire", "The whole directory"),
    "handles.search": ("Nom, sigle ou compte", "Name, acronym or handle"),
    "handles.find": ("Chercher", "Search"),
    "handles.found": ("{n} sur {all}", "{n} of {all}"),
    "handles.none": ("Personne de ce nom dans l’annuaire.", "Nobody of that name in the directory."),
    "handles.empty": ("L’annuaire est vide.", "The directory is empty."),
    "handles.clear": ("Tout montrer", "Show all"),
    "handles.more": ("La suite", "More"),
    "handles.handles": ("Comptes", "Handles"),
    "handles.no_handle": ("aucun compte connu", "no known handle"),
    "handles.not_yours": (
        "Compléter l’annuaire revient à l’édition et à la direction.",
        "Adding to the directory is for editors and directors.",
    ),
    # Whose word it is
    "origin.shipped": ("fourni avec relay", "comes with relay"),
    "origin.configuration": ("de la configuration", "from the configuration"),
    "origin.editor": ("ajouté ici", "added here"),
    "handles.by": ("dernière modification : {name}, {when}", "last changed by {name}, {when}"),
    "handles.beneath": ("la configuration dit {handle}", "the configuration says {handle}"),
    "handles.taken_away": ("retiré ici", "taken away here"),
    # How it was verified
    "verified.no": ("non vérifié", "not verified"),
    "verified.webfinger": ("vérifié par WebFinger le {on}", "verified by WebFinger on {on}"),
    "verified.did": ("vérifié par son identité (DID) le {on}", "verified by its identity (DID) on {on}"),
    "verified.page": ("lu sur son site le {on}", "read on its own site on {on}"),
    "verified.by hand": ("vérifié à la main le {on}", "verified by hand on {on}"),
    "verified.by": ("par {name}", "by {name}"),
    # A body
    "body.names": ("Autres noms", "Other names"),
    "body.acronyms": ("Sigles", "Acronyms"),
    "body.former": ("Anciens noms", "Former names"),
    "body.former.until": ("{name}, jusqu’au {on}", "{name}, until {on}"),
    "body.site": ("Site", "Site"),
    # Forms
    "handles.add": ("Ajouter un organisme ou une personne", "Add a body or a person"),
    "handles.add.do": ("Ajouter à l’annuaire", "Add to the directory"),
    "handles.set": ("Donner un compte", "Set a handle"),
    "handles.network": ("Réseau", "Network"),
    "handles.handle": ("Compte", "Handle"),
    "handles.handle.hint": (
        "@nom@serveur sur Mastodon, @nom ailleurs ; l’adresse du profil convient aussi.",
        "@name@server on Mastodon, @name elsewhere; the address of the profile will do too.",
    ),
    "handles.verified": ("J’ai vérifié que ce compte est bien le sien", "I have checked that this is its own"),
    "handles.save": ("Enregistrer le compte", "Save the handle"),
    "handles.check": ("Je l’ai vérifié", "I have checked it"),
    "handles.remove": ("Retirer", "Remove"),
    "handles.back": ("Revenir à la configuration", "Back to the configuration"),
    "handles.on": ("{handle} sur {network}", "{handle} on {network}"),
    "handles.name": ("Nom", "Name"),
    "handles.name.hint": (
        "Le nom tel que relay l’écrit là où il n’y a pas de compte.",
        "The name as relay writes it where there is no handle.",
    ),
    "handles.acronyms.hint": ("Un par ligne, en capitales.", "One a line, in capitals."),
    "handles.names.hint": (
        "Un par ligne ; « le Cnam » ne vaut que derrière cet article.",
        "One a line; “le Cnam” counts only behind that article.",
    ),
    "handles.site.hint": ("Facultatif.", "Optional."),
    "handles.first": ("Un premier compte (facultatif)", "A first handle (optional)"),
    "handles.added": ("Ce qui a été ajouté ici", "What was added here"),
    "handles.edit": ("Corriger les noms", "Correct the names"),
    "handles.edit.do": ("Enregistrer les noms", "Save the names"),
    "handles.forget": ("Oublier ce qui a été ajouté ici", "Forget what was added here"),
    "handles.forget.hint": (
        "L’annuaire redevient celui de la configuration pour cet organisme.",
        "For this body, the directory is that of the configuration again.",
    ),
    "handles.delete": ("Retirer de l’annuaire", "Remove from the directory"),
    "handles.delete.hint": (
        "Personne d’autre ne le connaît : il ne sera plus mentionné.",
        "Nothing else knows it: it will not be mentioned any more.",
    ),
    # What is wrong with a field
    "handles.wrong.long": ("Au plus {n} caractères.", "At most {n} characters."),
    "handles.wrong.taken": (
        "« {name} » désigne déjà {owner} : on ne saurait plus lequel. Donnez le compte à {owner}, ou ôtez ce nom.",
        "“{name}” already means {owner}: nobody could tell which. Give {owner} the handle, or leave this name out.",
    ),
    "handles.wrong.network": ("Choisissez un réseau de la liste.", "Choose a network of the list."),
    # What was done
    "handles.did.added": (
        "Ajouté. Les prochains messages et les flux en tiennent compte ; ceux qui attendent ne changent pas.",
        "Added. The next posts and the feeds use it; those that wait stay as they are.",
    ),
    "handles.did.handle": (
        "Enregistré. Les prochains messages et les flux en tiennent compte ; ceux qui attendent ne changent pas.",
        "Saved. The next posts and the feeds use it; those that wait stay as they are.",
    ),
    "handles.did.none": (
        "Compte retiré. Relay écrit désormais le nom.",
        "Handle removed. Relay writes the name from now on.",
    ),
    "handles.did.back": (
        "Le compte est de nouveau celui de la configuration.",
        "The handle is the configuration’s again.",
    ),
    "handles.did.names": ("Noms enregistrés.", "Names saved."),
    "handles.did.remove": ("Ce qui avait été ajouté ici est oublié.", "What had been added here is forgotten."),
    "handles.did.removed": ("Retiré de l’annuaire.", "Removed from the directory."),
    # On the sheet
    "sheet.nameless": ("{name} n’a pas de compte connu sur {network}.", "{name} has no known handle on {network}."),
    "sheet.nameless.add": ("L’ajouter", "Add it"),
}
