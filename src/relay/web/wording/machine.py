"""Words of what needs somebody: alarms, what the machine keeps from being written, a configuration not taken."""

MACHINE = {
    "alarms": ("Ce qui attend quelqu’un", "What needs somebody"),
    "alarm.loop.poll": ("Les sources ne sont pas lues : relay tourne-t-il ?", "Sources are not read: does relay run?"),
    "alarm.loop.deliver": ("Rien n’est envoyé : relay tourne-t-il ?", "Nothing is sent: does relay run?"),
    "alarm.workers": ("Aucun « relay worker » ne travaille", "No `relay worker` is at work"),
    "alarm.copy": (
        "Base remise d’une copie : rien ne part avant qu’elle soit revue",
        "Put back from a copy: nothing leaves before it is looked over",
    ),
    "alarm.overdue": ("Sources en retard : {n}", "Sources that are late: {n}"),
    "alarm.unconfirmed": ("Publications à vérifier : {n}", "Posts to look for: {n}"),
    "alarm.account": ("Comptes qui attendent quelqu’un : {n}", "Accounts that wait for somebody: {n}"),
    "alarm.expiring": ("Comptes à reconnecter bientôt : {n}", "Accounts to connect anew soon: {n}"),
    "alarm.untold": ("Avis qui n’arrivent pas : {n}", "Messages that do not arrive: {n}"),
    "unread": ("La nouvelle configuration n’est pas prise", "The new configuration is not taken"),
    "unread.since": (
        "Depuis {since}, relay continue avec l’ancienne. Prévenez la personne qui s’occupe du serveur :",
        "Since {since} relay goes on with the one before. Tell whoever looks after the server:",
    ),
    "machine": ("Rien ne peut être enregistré pour l’instant", "Nothing can be stored at the moment"),
    "machine.place.database": ("la base de données", "the database"),
    "machine.place.feeds": ("les flux", "the feeds"),
    "machine.place.process": ("relay", "relay"),
    "machine.full": (
        (
            "Le disque est plein ({place}). Prévenez la personne qui s’occupe du serveur : dès qu’il y a de la place, "
            "relay reprend de lui-même."
        ),
        (
            "The disk is full ({place}). Tell whoever looks after the server: as soon as there is "
            "room, relay goes on by "
            "itself."
        ),
    ),
    "machine.read-only": (
        (
            "Le disque est en lecture seule ({place}). Prévenez la personne qui s’occupe du serveur : dès qu’on peut y "
            "écrire, relay reprend de lui-même."
        ),
        (
            "The disk is read-only ({place}). Tell whoever looks after the server: as soon as it can be written, relay "
            "goes on by itself."
        ),
    ),
    "machine.faulty": (
        "Le disque a une panne ({place}). Prévenez tout de suite la personne qui s’occupe du serveur.",
        "The disk has a fault ({place}). Tell whoever looks after the server at once.",
    ),
    "machine.away": (
        "La base de données ne répond pas ({place}). relay l’attend et reprend de lui-même.",
        "The database does not answer ({place}). Relay waits for it and goes on by itself.",
    ),
    "machine.broken": (
        "Une partie de {place} ne peut être chargée. Prévenez la personne qui s’occupe du serveur : il faut relancer.",
        "A part of {place} cannot be loaded. Tell whoever looks after the server: it must be begun anew.",
    ),
    "machine.open-files": (
        (
            "Trop de fichiers et de connexions sont ouverts ({place}). Réessayez dans une minute ; "
            "si cela dure, prévenez "
            "la personne qui s’occupe du serveur."
        ),
        (
            "Too many files and connections are open ({place}). Try again in a minute; if it lasts, tell whoever looks "
            "after the server."
        ),
    ),
    "machine.scarce": (
        (
            "Le disque est presque plein ({place}). Prévenez la personne qui s’occupe du serveur : "
            "il faut y faire de la "
            "place."
        ),
        "The disk is nearly full ({place}). Tell whoever looks after the server: room is needed there.",
    ),
    "machine.typed": (
        "Ce que vous avez envoyé est encore ici : rien n’en a été enregistré. Envoyez-le de nouveau d’ici un moment.",
        "What you sent is still here: none of it was stored. Send it again in a moment.",
    ),
    "machine.words": ("Votre texte", "Your text"),
    "machine.again": ("Envoyer de nouveau", "Send it again"),
    "api.machine": (
        "Rien ne peut être enregistré pour l’instant. {why} Redemandez après Retry-After.",
        "Nothing can be stored at the moment. {why} Ask again after Retry-After.",
    ),
}
