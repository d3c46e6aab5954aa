"""What is wrong with a file before anything in it has a meaning, in both languages."""

ENGLISH_SYNTAX: dict[str, tuple[str, str]] = {
    "R001/accent": (
        "outside quotation marks, a key has only letters without accents, digits, “-” and “_”",
        "remove the accent, or put the key between quotation marks",
    ),
    "R001/boolean": ("yes is true, and no is false", "without quotation marks, in small letters: {key} = true"),
    "R000/absent": (
        "there is no such file",
        "name yours with --config, or start from the one that “relay demo --keep FOLDER” leaves",
    ),
    "R000/directory": ("this is a folder, not a file", "give the file inside it: --config FOLDER/relay.toml"),
    "R000/permission": ("this file cannot be read: permission denied", "let the user who runs relay read it"),
    "R000/other": ("this file cannot be read: {reason}", ""),
    "R001": (
        "this is not a value",
        "text goes between quotation marks, a list between brackets, yes and no are true and false",
    ),
    "R001/array": ("this list is not closed", "a comma between two values is missing, or “]” at the end"),
    "R001/character": ("this character cannot be written here", "remove it; inside a text, write \\uXXXX"),
    "R001/date": ("there is no such date or time", "put it between quotation marks if it is text"),
    "R001/deep": ("there are too many brackets inside one another", ""),
    "R001/duplicate": ("this key is already defined above", "keep one of the two lines"),
    "R001/duration": ("a duration goes between quotation marks", 'write {key} = "{value}"'),
    "R001/equals": ("“=” is missing after the key", "write key = value, then a new line"),
    "R001/escape": (
        "this backslash means nothing here",
        "double it (\\\\), or write the text between apostrophes: 'title ~ \\btown\\b'",
    ),
    "R001/header": ("this table heading is not closed", "write [sources.cget], or [[routes]] for a route"),
    "R001/key": ("a line begins with a key here, and this is none", "write key = value on one line"),
    "R001/number": ("a number is too long to be read", ""),
    "R001/quotes": ("quotation marks are missing", 'write {key} = "…"'),
    "R001/string": (
        "this text is not closed",
        "the closing quotation mark is missing, on the same line (or three, for a text of several lines)",
    ),
    "R001/table": ("this table is not closed", "everything between “{{” and “}}” is on one line, separated by commas"),
}

FRENCH_SYNTAX: dict[str, tuple[str, str]] = {
    "R001/accent": (
        "hors des guillemets, une clé n'a que des lettres sans accent, des chiffres, « - » et « _ »",
        "retirez l'accent, ou mettez la clé entre guillemets",
    ),
    "R001/boolean": ("oui s'écrit true, et non, false", "sans guillemets, en minuscules : {key} = true"),
    "R000/absent": (
        "ce fichier n'existe pas",
        "nommez le vôtre par --config, ou partez de celui que laisse « relay demo --keep DOSSIER »",
    ),
    "R000/directory": (
        "c'est un dossier, pas un fichier",
        "donnez le fichier qui est dedans : --config DOSSIER/relay.toml",
    ),
    "R000/permission": (
        "ce fichier ne peut pas être lu : le droit de lecture manque",
        "donnez-le à l'utilisateur qui lance relay",
    ),
    "R000/other": ("ce fichier ne peut pas être lu : {reason}", ""),
    "R001": (
        "ceci n'est pas une valeur",
        "un texte se met entre guillemets, une liste entre crochets, oui et non s'écrivent true et false",
    ),
    "R001/array": ("cette liste n'est pas fermée", "il manque une virgule entre deux valeurs, ou « ] » à la fin"),
    "R001/character": ("ce caractère ne peut pas être écrit ici", "retirez-le ; dans un texte, écrivez \\uXXXX"),
    "R001/date": ("cette date ou cette heure n'existe pas", "mettez-la entre guillemets si c'est du texte"),
    "R001/deep": ("il y a trop de crochets les uns dans les autres", ""),
    "R001/duplicate": ("cette clé est déjà définie plus haut", "gardez une seule des deux lignes"),
    "R001/duration": ("une durée se met entre guillemets", 'écrivez {key} = "{value}"'),
    "R001/equals": ("il manque « = » après la clé", "écrivez clé = valeur, puis allez à la ligne"),
    "R001/escape": (
        "cette barre oblique inverse n'a pas de sens ici",
        "doublez-la (\\\\), ou écrivez le texte entre apostrophes : 'title ~ \\bville\\b'",
    ),
    "R001/header": ("ce titre de table n'est pas fermé", "écrivez [sources.cget], ou [[routes]] pour une route"),
    "R001/key": (
        "une ligne commence ici par une clé, et ceci n'en est pas une",
        "écrivez clé = valeur, sur une seule ligne",
    ),
    "R001/number": ("un nombre est trop long pour être lu", ""),
    "R001/quotes": ("les guillemets manquent", 'écrivez {key} = "…"'),
    "R001/string": (
        "ce texte n'est pas fermé",
        "il manque le guillemet de la fin, sur la même ligne (ou trois, pour un texte de plusieurs lignes)",
    ),
    "R001/table": (
        "cette table n'est pas fermée",
        "de « {{ » à « }} », tout tient sur une ligne, séparé par des virgules",
    ),
}
