"""What relay writes down about sources, hubs and their documents: each sentence as a pattern, and its French.

``{then}`` stands for the group of that name, a sentence of its own.
"""

REASONS: tuple[tuple[str, str], ...] = (
    (r"never asked", "jamais lue"),
    (r"every (.+), as configured", r"fréquence : \1, comme configuré"),
    (r"every (.+): more often is not polite", r"fréquence : \1, plus souvent serait impoli"),
    (r"every (.+), after the rhythm of its news", r"fréquence : \1, au rythme de ses nouvelles"),
    (r"quiet for more than a month: every (.+)", r"silencieuse depuis plus d’un mois : fréquence \1"),
    (r"quiet for more than a year: every (.+)", r"silencieuse depuis plus d’un an : fréquence \1"),
    (r"it can only be fetched whole: every (.+)", r"elle ne se lit qu’en entier : fréquence \1"),
    (r"its hub pushes: every (.+), to be sure", r"son hub prévient de lui-même : fréquence \1, par précaution"),
    (r"the publisher asks for (.+) \((.+)\), taken as (.+)", r"l’éditeur de la source demande \1 (\2), retenu : \3"),
    (r"the publisher asks for (.+) \((.+)\)", r"l’éditeur de la source demande \1 (\2)"),
    (r"gone: it is not asked any more", "disparue : elle n’est plus interrogée"),
    (r"its address was changed", "son adresse a changé"),
    (r"first failure: again after (.+)", r"premier échec : nouvel essai après \1"),
    (r"(\d+) failures in a row: again after (.+)", r"\1 échecs de suite : nouvel essai après \2"),
    (r"told to wait: again after (.+)", r"prié d’attendre : nouvel essai après \1"),
)
"""When a source is asked again, and why then: these are read first, and spans of days in them are "jours"."""

REPAIRS: tuple[tuple[str, str], ...] = (
    (r"repaired: (?P<then>.+)", "réparé : {then}"),
    (r"wrong encoding", "mauvais encodage annoncé"),
    (r"text/xml without a charset", "text/xml sans jeu de caractères"),
    (r"characters that XML does not allow", "caractères interdits en XML"),
    (r"text before the document", "texte avant le document"),
    (r"white space before the XML declaration", "blanc avant la déclaration XML"),
    (r"bare ampersand", "esperluette nue"),
    (r"undeclared entity (&.+;)", r"entité non déclarée \1"),
    (r"undeclared prefix (.+:)", r"préfixe non déclaré \1"),
    (r"text encoded twice", "texte encodé deux fois"),
    (r"ill-formed XML", "XML mal formé"),
    (r"a CDATA section without an end", "section CDATA sans fin"),
    (r"an entry that is too large, left out", "entrée trop grosse, laissée de côté"),
)

DOCUMENTS: tuple[tuple[str, str], ...] = (
    (r"This document cannot be read \((.+)\)\.", r"Ce document est illisible (\1)."),
    (r"This document (?P<then>(?:took|unfolds|ended|could not) .+)\.", "Ce document {then}."),
    (r"This page (?P<then>(?:took|unfolds|ended|cannot|could not) .+)\.", "Cette page {then}."),
    (r"(https?://\S+) (?P<then>(?:took|unfolds|ended|could not) .+)\.", r"\1 {then}."),
    (r"took more than (\d+) seconds of processor time to read", r"demande plus de \1 secondes de calcul"),
    (r"took more than (\d+) seconds to read", r"demande plus de \1 secondes de lecture"),
    (r"took more than (\d+) MB of memory to read", r"demande plus de \1 Mo de mémoire"),
    (r"unfolds to more than (\d+) MB", r"se déplie en plus de \1 Mo"),
    (r"ended the process that read it \((.+)\)", r"a mis fin au processus de lecture (\1)"),
    (r"cannot be read \((.+)\)", r"est illisible (\1)"),
    (
        r"could not be read: this machine starts no process to read it in \((.+)\)",
        r"n’a pas pu être lu : cette machine ne lance aucun processus pour le lire (\1)",
    ),
    (r"could not be read within (\d+) seconds: .+", r"n’a pas pu être lu en \1 secondes : la machine est trop occupée"),
    (
        r"This document is in quarantine: (\d+) times .+? ended\. (?P<then>.+\.) It is read again .+",
        r"Ce document est en quarantaine (\1 fois). {then} Il sera relu une fois changé, ou à la demande, en entier.",
    ),
    (r"This document is empty\.", "Ce document est vide."),
    (r"This document is no feed to read: (?P<then>.+)\.", "Ce n’est pas un flux à lire : {then}."),
    (r"it has too many ampersands", "il a trop d’esperluettes"),
    (r"it has too many elements", "il a trop d’éléments"),
    (r"its elements are nested too deeply", "ses éléments sont trop emboîtés"),
    (r"it has too many comments", "il a trop de commentaires"),
    (r"it has a tag with too many attributes", "une balise y a trop d’attributs"),
    (r"This document is cut short: .+", "Ce document est tronqué : il y manque la dernière balise."),
    (r"This is a list of feeds \(OPML\), not a feed\.", "C’est une liste de flux (OPML), pas un flux."),
    (r"This is a web page, not a feed\.", "C’est une page web, pas un flux."),
    (r"This is not a feed that relay can read\.", "Ce n’est pas un flux que relay sache lire."),
    (r"This looks like JSON, but is not well-formed\.", "Cela ressemble à du JSON, mais mal formé."),
    (r"This is JSON, but not a JSON Feed: .+", "C’est du JSON, mais pas un flux JSON : il n’a pas d’« items »."),
    (r"This page is empty\.", "Cette page est vide."),
    (r"Nothing on this page is “(.+)” \(.+", r"Rien sur cette page n’est « \1 » : elle a pu être refaite."),
    (r"Nothing that is “(.+)” \(.+", r"Rien de ce qui est « \1 » n’a de titre et de lien."),
    (r"`fulltext` needs a library .+: (.+)\.", r"`fulltext` demande une bibliothèque qui n’est pas installée : \1."),
    (
        r"No article was found on (.+): the .+",
        r"Pas d’article trouvé sur \1 : l’entrée reste telle que le flux la donne.",
    ),
)
"""What cannot be read, and why."""

EXCHANGES: tuple[tuple[str, str], ...] = (
    (r"410: the publisher says this feed is gone", "410 : l’éditeur dit que ce flux a disparu"),
    (r"(\d{3}); 1 entry could not be stored: .+", r"\1 ; une entrée n’a pas pu être rangée : voyez le journal"),
    (r"(\d{3}); (\d+) entries could .+", r"\1 ; \2 entrées n’ont pas pu être rangées : voyez le journal"),
    (r"relay could not ask \((.+)\)", r"relay n’a pas pu l’interroger (\1)"),
    (r"relay could not take its answer \((.+)\)", r"relay n’a pas pu prendre sa réponse (\1)"),
    (r"Write to its publisher: (.+) refuses “(.+)”\.", r"Écrivez à son éditeur : \1 refuse « \2 »."),
    (r"(\S+) wants proof .+", r"\1 veut la preuve qu’une personne demande (contrôle anti-robots)."),
    (r"(\S+) says that relay asks too often \((\d+)\)\.", r"\1 trouve que relay demande trop souvent (\2)."),
    (r"(\S+) is busy \((\d+)\)\.", r"\1 est occupé (\2)."),
    (r"(\S+) refuses this reader \((\d+)\)\.", r"\1 refuse ce lecteur (\2)."),
    (
        r"(\S+) answered (\d+) for its robots\.txt: .+",
        r"\1 a répondu \2 pour son robots.txt : il interdit peut-être tout.",
    ),
    (r"(\S+) answered (\d{3}), which is no yes to .+?(: .+)?", r"\1 a répondu \2, ce qui n’est pas un oui\3."),
    (r"(\S+) answered (\d{3})(.*)\.", r"\1 a répondu \2\3."),
    (r"(\S+) asks robots not to read this page .+", r"\1 demande aux robots de ne pas lire cette page (robots.txt)."),
    (r"Its robots\.txt cannot be read\. (?P<then>.+)", "Son robots.txt est illisible. {then}"),
    (r"The address cannot be used: (.+)\.", r"L’adresse est inutilisable : \1."),
    (r"The name (\S+) is not known\.", r"Le nom \1 est inconnu."),
    (r"The certificate of (\S+) is not valid: (.+)\.", r"Le certificat de \1 n’est pas valable : \2."),
    (r"(\S+) does not speak TLS as it should\.", r"\1 ne parle pas TLS comme il faut."),
    (r"(\S+) refuses connections\.", r"\1 refuse les connexions."),
    (r"(\S+) did not answer in time\.", r"\1 n’a pas répondu à temps."),
    (r"(\S+) cannot be reached: (.+)\.", r"\1 est injoignable : \2."),
    (r"(\S+) cannot be read \((.+)\)\.", r"\1 est illisible (\2)."),
    (r"(\S+) cannot be read: (?P<then>.+)\.", r"\1 est illisible : {then}."),
    (r"(\S+) broke off the exchange: (.+)\.", r"\1 a rompu l’échange : \2."),
    (r"the answer is larger than (.+) MiB", r"la réponse dépasse \1 Mio"),
    (r"the answer is encoded as (.+), which .+", r"la réponse est codée en \1, que relay n’a pas demandé"),
    (r"the answer is not the gzip .+", "la réponse n’est pas le gzip qu’elle annonce"),
    (r"the compressed answer is cut short", "la réponse compressée est tronquée"),
    (r"it redirects more than (\d+) times", r"plus de \1 redirections"),
    (r"it redirects from https to (\S+)", r"il redirige de https vers \1"),
    (r"(\S+) has the address (\S+), which .+", r"\1 a l’adresse \2, qui n’est pas publique (voyez service.allow)."),
    (r"Port (\d+) of (\S+) is not .+", r"Le port \1 de \2 n’est pas un port du web (voyez service.allow)."),
)
"""What came over the wire, or did not."""

PUSHES: tuple[tuple[str, str], ...] = (
    (r"A hub is named, and push = false\.", "Un hub est nommé, et push = false."),
    (r"(\S+) would push, and .+", r"\1 préviendrait, mais ne peut joindre service.public_url."),
    (r"(\S+) is asked in a moment\.", r"\1 sera sollicité dans un instant."),
    (r"(\S+): (?P<then>(?:pushes|its lease|distrusted|asked|refused|ended).+)", r"\1 : {then}"),
    (
        r"pushes until (.+? UTC), nothing pushed yet\.(?: (?P<then>.+))?",
        r"prévient jusqu’au \1, rien jusqu’ici. {then}",
    ),
    (
        r"pushes until (.+? UTC), last push (.+? UTC)\.(?: (?P<then>.+))?",
        r"prévient jusqu’au \1, dernière fois le \2. {then}",
    ),
    (r"its lease is over, .+? renew it\.(?: (?P<then>.+))?", "son bail est échu, il ne l’a pas renouvelé. {then}"),
    (
        r"distrusted, .+? no hub\.(?: (?P<then>.+))?",
        "il a perdu notre confiance, la source est lue comme sans hub. {then}",
    ),
    (r"asked on (.+? UTC)\.(?: (?P<then>.+))?", r"sollicité le \1. {then}"),
    (r"refused on (.+? UTC)\.(?: (?P<then>.+))?", r"a refusé le \1. {then}"),
    (r"ended on (.+? UTC)\.(?: (?P<then>.+))?", r"quitté le \1. {then}"),
    (r"The hub refuses, without a reason\.", "Le hub refuse, sans raison."),
    (r"The hub refuses: (.+)", r"Le hub refuse : \1"),
    (r"The source is not to be pushed any more\.", "On ne veut plus être prévenu de cette source."),
    (r"The hub did not push what (\d+) polls found\.", r"Le hub n’a pas dit ce que \1 lectures ont trouvé."),
)
"""How it stands with a hub (WebSub)."""

REMARKS: tuple[tuple[str, str], ...] = (
    (r"“(.+)” changes at every fetch: .*", r"« \1 » change à chaque lecture : relay ne la suit plus."),
    (r"1 entry is dated in the future\.", "Une entrée est datée dans l’avenir."),
    (r"(\d+) entries are dated in the future\.", r"\1 entrées sont datées dans l’avenir."),
    (r"1 entry was withdrawn\.", "Une entrée a été retirée."),
    (r"(\d+) entries were withdrawn\.", r"\1 entrées ont été retirées."),
    (r"Not one entry is known from before: .*", "Aucune entrée n’est connue d’avant : il en manque peut-être."),
    (r"So much is new, or newly named, .*", "Tant de nouveautés, ou de nouveaux noms, qu’une question est posée."),
)
"""What a document made relay note."""

REMEDIES: tuple[tuple[str, str], ...] = (
    (
        r"(\S+) wants to be left alone until (.+ UTC): .*",
        r"\1 veut être laissé tranquille jusqu’au \2 : rien n’a été demandé.",
    ),
    (r"Nothing at (\S+) can be read as a feed\. (?P<then>.+)", r"Rien à \1 ne se lit comme un flux. {then}"),
    (r"“(.*)” is no address of the web\.", r"« \1 » n’est pas une adresse du web."),
    (r"It is asked at (\S+) already\.", r"Elle est déjà interrogée à \1."),
    (
        r"This source is a page read by selectors: .*",
        "Cette source est une page lue par sélecteurs : son flux s’écrit dans la configuration.",
    ),
)
"""Why a remedy was not applied."""

ANSWERS = (*REPAIRS, *DOCUMENTS, *PUSHES, *EXCHANGES, *REMARKS, *REMEDIES)
