"""What sites print around an article of their own accord: contacts, dates, by-lines, paywalls, buttons, players."""

from relay.core.excerpt.phrases import Phrase, any_of

_MONTH = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_DATE = any_of(rf"\d{{1,2}}(?:er)? {_MONTH}(?: \d{{4}})?", r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", r"\d{4}-\d\d-\d\d")
_THIS = any_of("cet article", "cette page", "cette actualité", "ce contenu", "ce billet", "la suite")
_NAME = r"(?-i:\p{Lu})[\p{L}\x27’-]+(?: (?-i:\p{Lu})[\p{L}.\x27’-]+){1,3}"
_COLUMN = any_of(
    "décryptage|reportage|témoignages?|enquête|analyse|(?:grand )?récit|portraits?|(?:grand )?entretien|interview",
    "chronique|tribune|vidéo|infographie|carte|(?:info |palmarès )?exclusi(?:f|ve)|en images|podcast|direct|document",
    "édito(?:rial)?|billet|opinion|débat|rencontre|comparatif|palmarès|éclairage|vrai ou faux|en bref|brève|enchères",
)

NOTICE = Phrase(
    r"\W*"
    + any_of(
        r"(?:contacts?|service|relations) (?:presse|médias?)\s?(?:[:–-].{0,220})?",
        rf"(?:{_THIS}|l'intégralité de l'article) (?:est|sont) (?:réservée?s? (?:aux|à nos) [^.!?]{{3,40}}|payante?)",
        rf"il vous reste \d+\s?% de {_THIS} à lire.{{0,80}}|article réservé (?:aux|à nos) [^.!?]{{3,30}}",
        r"(?:déjà|pas encore) abonnée?s?\s?\?.{0,60}",
        r"(?:connectez|identifiez)-vous pour (?:lire|accéder|commenter)[^.!?]{0,60}",
        r"retrouve[zr] (?:toute l'actualité|toutes (?:les|nos) actualités|tous nos articles)\b[^.!?]{0,100}",
        r"suive[zr] (?:toute )?(?:l'actualité|les actualités|nos actualités)\b[^.!?]{0,80}\b"
        r"(?:facebook|twitter|x|linkedin|instagram|bluesky|mastodon|youtube|réseaux sociaux|application)",
        r"abonnez[- ]vous à (?:notre|la) chaîne\b[^.!?]{0,60}",
        r"recevez (?:toute )?(?:nos|l')\s?actualités?\b[^.!?]{0,60}",
        r"(?:source|avec)?\s?:?\s?(?:l')?(?:agence )?(?-i:AFP|Reuters|Belga|ATS)(?: (?:et|avec) (?-i:AFP|Reuters))?",
        r"(?:photo|image|visuel|illustration)s? (?:d'illustration|d'archives?|prétexte)\b[^.!?]{0,60}",
        r"image (?:par|de) .{2,40} (?:de|sur|via) (?:pixabay|unsplash|pexels|flickr)",
        r"(?:réagir|répondre|commenter|réagissez)(?: (?:à|sur) (?:cet|cette|ce) \w+)?|vu \d+ fois|\d+ vues",
        r"(?:imprimer|envoyer|recommander)(?: (?:cette|cet|la|par) ?[- \w]{0,20})?|ajouter aux favoris",
        r"copier (?:le lien|l'adresse|l'url)|signaler (?:une erreur|un abus|un problème)|tous droits réservés.{0,60}",
        r"(?:lire la suite|(?:continuer|poursuivre) la lecture)\W{0,4}(?: de\b[^.!?]{1,200})?",
        r"(?:publié|posté|classé|paru|rangé) (?:dans|sous)\b[^.!?]{1,60}",
        r"(?:thématiques?|thèmes?|dans la catégorie)\s?:.{1,120}",
        rf"(?:publiée?|mise? (?:à jour|en ligne))\W{{0,3}}(?:le )?{_DATE}.{{0,12}}\W{{1,4}}"
        r"(?:mise? à jour|modifiée?).{0,40}",
        rf"par {_NAME}(?:,? (?:avec|et) {_NAME})?(?:,? le {_DATE})?|(?:par )?la rédaction(?: avec .{{1,30}})?",
        r"propos recueillis par .{3,60}|(?:ceci est un |cet? )?(?:article|billet|post|texte) invité\b.{0,160}",
        r"vidéo|(?:voir|regarder|revoir|visionner|écouter) (?:la|le|l'|cette|cet|ce)\s?"
        r"(?:vidéo|replay|podcast|émission|interview|article|diaporama)(?:\s?[:(→>-].{0,30})?",
        r"cet(?:te)? (?:article|page) vous (?:a plu|a-t-(?:il|elle) (?:plu|été utile)|a été utile).{0,80}",
        r"(?:cet article|ce billet|cette page) (?:provient d|est issue? d|a été publiée? (?:sur|dans) )[^.!?]{0,120}",
        r"ce post est apparu en premier sur .{1,80}",
        r"votre navigateur ne (?:prend pas en charge|supporte pas|permet pas)[^!?]{0,80}|chargement(?: en cours)?",
        r"(?:accepte[rz]|autorise[rz]|activez) (?:les|vos|tous les) cookies[^!?]{0,120}",
        r"ce contenu (?:est bloqué|n'est pas affiché)[^!?]{0,120}",
        r"clique[rz] sur (?:l'image|la photo|la carte|le visuel) pour [^.!?]{3,40}",
        r"ceci est un (?:message|courriel|e-?mail) automatique.{0,80}",
        r"vous recevez ce(?:t e-?mail| message| courriel).{0,120}",
    )
    + r"\W*"
)
"""A paragraph that is boilerplate as a whole, wherever it stands."""

OPENING = Phrase(
    r"\W*"
    + any_of(
        rf"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le|du) ){{0,2}}{_DATE}(?:,? à .{{3,8}})?",
        r"actualités?|articles?|communiqués?|flash[- ]infos?|dossiers?|évén?[eè]ments?|agenda|brèves?|infos?|annonces?",
        _COLUMN,
        r"(?:bonjour|bonsoir|salut|hello)(?: à (?:toutes et (?:à )?tous|tous)| les? \w+)?|madame,? monsieur",
        r"mesdames,? messieurs|ch(?:ère?s?|ers?)\b[^.:;!?]{2,60},",
    )
    + r"\W*"
)
"""What is no text of its own before the first sentence: a date, a column, a greeting."""

BUTTON = Phrase(
    r"\W*"
    + any_of(
        r"(?:télécharge[rz]|consulte[rz]|accéde[rz]|découvr(?:ir|ez)|lire|lisez|voir|voyez|regarde[rz]|écoute[rz]"
        r"|visite[rz]|retrouve[rz]|participe[rz]|réserve[rz]|postule[rz]|candidate[rz]|répond(?:re|ez)|clique[rz])"
        r"\b[^.!?]{0,110}",
        r"(?:s'inscrire|inscri(?:vez-vous|ptions?)|je (?:m'|me )?\p{L}+|c'est (?:par )?ici|via)\b[^.!?]{0,40}",
        r"toute?s? (?:les|nos|l')\s?(?:actualités?|articles|infos|dossiers|communiqués)\b[^.!?]{0,40}",
        r"(?:le |la |notre |nos )?(?:dossier|communiqué)s?(?: de presse)?\b[^.!?]{0,80}",
        r"(?:notre|nos) (?:articles?|enquêtes?|reportages?|guides?)\b[^.!?]{0,80}",
        r"(?:download|register|sign up|watch|listen|view|see|visit)\b[^.!?]{0,80}",
    )
    + r"\W*"
)
"""What is boilerplate where it is nothing but one link, or stands before one link, with a colon."""

SECTION = Phrase(
    r"\W*" + any_of("contacts?(?: presse| médias?)?", r"(?:à|a) propos (?:de|d'|du|des)\b.{1,100}") + r"\W*"
)
"""The sub-title under which a press release ends: whom to ask, and who sent it."""

_SHOUTED = r"(?-i:(?=[\p{Lu} \x27’-]{5,40} [–—-] ))"
_SENTENCE = r"(?=(?-i:\p{Lu}|[«“\"]))"
RUBRIC = Phrase(
    rf"{_SHOUTED}(?:{_COLUMN}|(?:le|la|les|vu) [\p{{L}} \x27’-]{{6,36}}) [–—-] {_SENTENCE}"
    rf"|(?:communiqués?(?: de presse)?|(?-i:\p{{Lu}})[\p{{L}}\x27’ -]{{1,30}}, (?:le )?{_DATE})\s*[–—:-]+\s+{_SENTENCE}"
)
"""The name of a column, in capitals, or a place and a date, before the first sentence."""

_LOUD = r"(?-i:(?=[\p{Lu} \x27’-]{4,40}(?: [–—:-]|[.:]) ))"
HEADED = Phrase(rf"(?:\[(?![….])[\p{{L}}\x27’ -]{{2,24}}\]\s+|{_LOUD}{_COLUMN}\s?[.:–—-] )(?=(?-i:\p{{Lu}}|[«“\"\d]))")
"""The same before a title: "[Brève]", "REPORTAGE. "."""
