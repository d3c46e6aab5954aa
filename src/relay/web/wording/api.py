"""What the API says to programs, and their makers, when something goes wrong: in French, then in English."""

API: dict[str, tuple[str, str]] = {
    "api.no_token": (
        "Il faut un jeton : « Authorization: Bearer relay_… ». `relay token add` en fait un.",
        "A token is wanted: `Authorization: Bearer relay_…`. `relay token add` makes one.",
    ),
    "api.bad_token": (
        "Ce jeton n’ouvre rien : il est mal écrit, expiré ou retiré. `relay token list` montre ceux qu’il y a.",
        "This token opens nothing: it is misspelt, expired or ended. `relay token list` shows those there are.",
    ),
    "api.scope": (
        "Il faut un jeton avec « {scope} » ; celui-ci a : {has}.",
        "A token with the scope {scope} is wanted; this one has: {has}.",
    ),
    "api.too_many": (
        "Plus de {most} demandes en une minute : attendez autant de secondes que le dit Retry-After.",
        "More than {most} requests in a minute: wait as many seconds as Retry-After says.",
    ),
    "api.never_approves": (
        "Un jeton n’approuve jamais, et ne juge de rien d’autre : « {action} » revient à une personne, sur la page.",
        "API tokens never approve, nor judge anything else: {action} is for a person, on the page.",
    ),
    "api.no_action": ("« {action} » n’existe pas ; il y a : {known}.", "There is no {action}; there are: {known}."),
    "api.no_crosspost": (
        "Il n’y a pas d’envoi {id} pour ce jeton. /api/v1/queue montre ceux qu’il y a.",
        "There is no cross-post {id} for this token. /api/v1/queue shows those there are.",
    ),
    "api.no_account": (
        "Il n’y a pas de compte {account} pour ce jeton.",
        "There is no account {account} for this token.",
    ),
    "api.no_source": ("Il n’y a pas de source {source}.", "There is no source {source}."),
    "api.stale": (
        "Ce n’est plus ce que vous avez lu : c’est maintenant la révision {revision}. Relisez, puis recommencez.",
        "It is no longer what you have read: this is revision {revision}. Read it again, then try again.",
    ),
    "api.which_revision": (
        "Dites quelle révision vous avez lue : par If-Match avec son ETag, ou par « revision ».",
        "Say which revision you have read: by If-Match with its ETag, or by `revision`.",
    ),
    "api.stop_is_for_all": (
        "L’arrêt vaut pour tous les comptes : il faut un jeton pour tous.",
        "The stop is for all accounts: a token for all of them is wanted.",
    ),
    "api.measures_are_of_all": (
        "Les mesures sont celles de tout le service : il faut un jeton pour tous les comptes.",
        "Metrics are of the whole service: a token for all accounts is wanted.",
    ),
    "api.parameter": (
        "« {name} » n’est pas demandé ici, ou l’est deux fois ; il y a : {known}.",
        "{name} is nothing that can be asked here, or is there twice; there are: {known}.",
    ),
    "api.parameter_value": ("La valeur de « {name} » ne va pas. {about}", "The value of {name} is none. {about}"),
    "api.media_type": (
        "Il faut un corps en JSON : « Content-Type: application/json ».",
        "A body in JSON is wanted: `Content-Type: application/json`.",
    ),
    "api.json": ("Le corps n’est pas du JSON.", "The body is no JSON."),
    "api.field": (
        "Le champ « {name} » n’existe pas ici ; il y a : {known}.",
        "There is no field {name} here; there are: {known}.",
    ),
    "api.value": ("Une valeur ne va pas : {why}.", "A value is none that is taken: {why}."),
    "api.slow": ("Le corps n’est pas arrivé à temps : recommencez.", "The body did not arrive in time: try again."),
    "api.too_large": ("Le corps est trop grand.", "The body is too large."),
    "api.not_found": (
        "Il n’y a rien à cette adresse. /api/v1/openapi.json dit ce qu’il y a.",
        "There is nothing at this address. /api/v1/openapi.json says what there is.",
    ),
    "api.method": (
        "Cette adresse ne se demande pas ainsi : voyez Allow.",
        "This address is not asked in this way: see Allow.",
    ),
    "api.broken": (
        "Quelque chose a échoué chez relay, et est écrit dans son journal. Rien n’est perdu : recommencez plus tard.",
        "Something failed at relay, and stands in its log. Nothing is lost: try again later.",
    ),
}
