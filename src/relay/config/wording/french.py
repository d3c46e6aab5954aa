"""Every message in French: by code and variant, what is wrong and how to mend it (``str.format`` fields in braces)."""

from relay.config.wording.accounts import FRENCH_ACCOUNTS
from relay.config.wording.filters import FRENCH_FILTERS
from relay.config.wording.handles import FRENCH_HANDLES
from relay.config.wording.hashtags import FRENCH_HASHTAGS
from relay.config.wording.imprints import FRENCH_IMPRINTS
from relay.config.wording.notify import FRENCH_NOTIFY
from relay.config.wording.retired import FRENCH_RETIRED
from relay.config.wording.signing import FRENCH_SIGNING
from relay.config.wording.syntax import FRENCH_SYNTAX
from relay.config.wording.templates import FRENCH_TEMPLATES

FRENCH: dict[str, tuple[str, str]] = {
    "guess": ("vouliez-vous dire « {guess} » ?", ""),
    "none": ("ce fichier n'en définit aucun", ""),
    **FRENCH_SYNTAX,
    "R002": ("ce fichier n'est pas du texte en UTF-8", "enregistrez-le en UTF-8, sans BOM"),
    "R002/bom": ("ce fichier commence par une marque d'ordre des octets (BOM)", "enregistrez-le en UTF-8, sans BOM"),
    "R002/nul": ("ce fichier contient des octets nuls : ce n'est pas du texte", "enregistrez-le en UTF-8, sans BOM"),
    "R003": ("ce fichier est vide", "« relay demo --keep DOSSIER » en laisse un complet, à copier"),
    "R004": ("ce fichier est trop gros pour une configuration (plus de 8 Mio)", ""),
    "R010": ("clé inconnue « {name} »", "clés possibles : {known}"),
    "R011": ("il manque « {name} »", "ajoutez une ligne {name} = …"),
    "R012": ("« {{{name}}} » n'est pas un champ d'un billet", "champs : {known}"),
    "R013/boolean": ("ici il faut true ou false", "sans guillemets"),
    "R013/list": ("ici il faut une liste de textes", 'écrivez ["…", "…"]'),
    "R013/number": ("ici il faut un nombre entier", "sans guillemets ni virgule"),
    "R013/table": ("ici il faut une table", "écrivez {{ clé = valeur }}, ou une section entre crochets"),
    "R013/tables": ("ici il faut des tables, une par route", "écrivez [[routes]] avant chacune"),
    "R013/text": ("ici il faut du texte", "mettez-le entre guillemets"),
    "R014": ("« {value} » n'est pas un choix possible", "choix : {known}"),
    "R015": ("« {value} » n'est pas une durée", 'écrivez "60s", "30m", "4h" ou "7d"'),
    "R016": ("c'est trop souvent : au plus une fois toutes les cinq minutes", 'écrivez every = "5m" ou davantage'),
    "R017": ("« {value} » n'est pas une adresse du Web", "elle commence par https:// (ou http://) et nomme un site"),
    "R018": ("une accolade n'a pas sa paire", "un champ s'écrit {{title}}, ou {{title:80}} pour 80 caractères au plus"),
    "R018/argument": (
        "« {argument} » n'est pas un nombre de caractères",
        "écrivez {{{name}:160}}, ou {{{name}}} tout court",
    ),
    "R018/network": ("« {argument} » n'est ni un réseau ni un nombre de caractères", "réseaux : {known}"),
    "R019": ("{value} n'est pas entre {low} et {high}", ""),
    "R020": (
        "le secret lui-même est écrit dans ce fichier",
        'sortez-le : {key} = {{ env = "{name}" }} (et changez-le sur le réseau : il a été sur le disque)',
    ),
    "R020/address": (
        "un nom ou un mot de passe est écrit dans cette adresse",
        "ôtez ce qui précède « @ » : ce serait montré et publié avec l'adresse",
    ),
    "R020/database": (
        "le mot de passe de la base est écrit dans ce fichier",
        "sortez-le : donnez toute l'adresse par la variable RELAY_DATABASE",
    ),
    "R021": (
        "un secret se donne par une variable ou par un fichier, rien d'autre",
        '{{ env = "{name}" }}, en capitales, ou {{ file = "./secrets/{key}" }}, avec une barre oblique',
    ),
    "R022": (
        "la variable {name} n'est pas définie : rien ne partira de ce compte",
        "définissez-la avant « relay run »",
    ),
    "R023": (
        "le fichier {name} ne peut pas être lu : rien ne partira de ce compte",
        "créez-le, lisible par relay seul, avant « relay run »",
    ),
    "R030": ("la route envoie vers « {value} », qui n'est pas un compte", "comptes : {known}"),
    "R031": ("« {value} » n'est pas une source", "sources : {known}"),
    "R032": ("« {value} » n'est pas une règle d'approbation", "règles : {known}"),
    "R033": ("« {value} » n'est pas un horaire", "horaires : {known}"),
    "R034": ("« {value} » n'est pas dans l'annuaire", "il y a : {known}"),
    "R035": (
        "« {name} » ne peut pas servir de nom",
        "minuscules, chiffres, tirets, 64 au plus : il nomme aussi des dossiers",
    ),
    "R036": ("« {value} » n'est pas un réseau que relay connaît", "réseaux : {known}"),
    "R037": ("« {value} » n'est pas un mot-dièse", 'sans « # » ni espace : "SMCL"'),
    "R038": ("la liste est vide", "il en faut au moins un"),
    "R039": ("ce texte est vide", "écrivez-le, ou retirez la ligne"),
    "R040": ("« {id} » n'a pas de compte connu sur {networks} : on y écrira « {name} »", ""),
    "R044": (
        "il n'y a pas de fichier {path} : les billets sans image paraissent sans image",
        "mettez là une image PNG ou JPEG ; le chemin part de l'endroit où est ce fichier",
    ),
    "R044/kind": (
        "{path} n'est pas une image JPEG, PNG, GIF ou WebP : les billets sans image paraissent sans image",
        "mettez là une image PNG ou JPEG, ou nommez un autre fichier",
    ),
    "R045": (
        "ce qui va à « {id} » part par le paquet {network} : « service.allow » n'y peut rien",
        "ne laissez écrire son adresse qu'à des gens de confiance",
    ),
    "R050": (
        "« {value} » n'est pas un créneau",
        'écrivez "mon-fri 08:45", "sat 10:00", ou "08:45" pour tous les jours',
    ),
    "R051": (
        "« {value} » n'est pas un temps de silence",
        'écrivez "20:00-08:00", "sat-sun", "mon-fri 12:00-14:00" ou "holidays:fr"',
    ),
    "R052": ("« {value} » n'est pas un fuseau horaire", 'écrivez "Europe/Paris", par exemple'),
    "R053": ("« {value} » n'est pas un code de langue", 'écrivez "fr", "en", "pt-BR"…'),
    "R054": (
        "les jours fériés de « {value} » ne sont pas connus",
        'un pays s\'écrit en deux lettres : "holidays:fr" ; une partie, par son code après un tiret : "holidays:fr-57"',
    ),
    "R055": (
        "« {value} » ne dit pas que faire des billets anciens",
        'écrivez "none", "latest 3" ou "since 2026-11-01"',
    ),
    "R056": (
        "« {value} » n'est pas un filtre",
        'écrivez "title ~ expression" ou "category = valeur" ; champs : {known}',
    ),
    "R057": (
        "cette expression régulière n'en est pas une : {reason}",
        "un signe à prendre tel quel se fait précéder de \\\\",
    ),
    "R058": (
        "entre guillemets, \\b n'est pas un bord de mot mais un retour arrière",
        "écrivez la règle entre apostrophes : 'title ~ \\bville\\b'",
    ),
    "R060": (
        "« {value} » n'est pas une adresse où écouter",
        'écrivez "127.0.0.1:8080" : une machine, deux-points, un port',
    ),
    "R061": (
        "« {value} » n'est ni un nom de machine ni un réseau",
        'écrivez "127.0.0.1", "10.0.0.0/8" ou "flux.interne", sans http:// ni port',
    ),
    "R062": (
        "« {value} » n'est pas une base de données que relay connaît",
        'un chemin, "data/relay.db" (SQLite), ou "postgresql://…"',
    ),
    "R063": ("« {value} » n'est pas une adresse électronique", 'écrivez "redaction@exemple.fr"'),
    "R065": (
        "« {value} » n'est ni une adresse ni un réseau",
        'écrivez "127.0.0.1" ou "172.16.0.0/12" : d\'où demande votre mandataire inverse',
    ),
    "R064": ("la version {value} de ce fichier n'est pas connue", "écrivez version = 1"),
    "R070": ("« {value} » n'est pas un sélecteur CSS", 'écrivez "article.news", "h2 a", "div[class*=date]"'),
    "R071": (
        "relay lit la page, il ne la regarde pas : cette partie de « {value} » ne lui dit rien",
        "sans ::text, ::attr(…), :hover : relay prend lui-même les mots, et les adresses des liens et des images",
    ),
    **FRENCH_FILTERS,
    **FRENCH_HANDLES,
    **FRENCH_HASHTAGS,
    **FRENCH_IMPRINTS,
    **FRENCH_NOTIFY,
    **FRENCH_RETIRED,
    **FRENCH_SIGNING,
    **FRENCH_TEMPLATES,
    **FRENCH_ACCOUNTS,
}
