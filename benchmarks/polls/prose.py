"""French as it is spread in real texts: a few words everywhere, thousands here and there, so that no two are alike.

relay and readers like it look whether two sources tell the same news; sentences out of few words would all look alike.
Of two entries of the French press a twelfth of all words is in both (Jaccard, median), of two of these an eighth; 66
of the press have 7,400 different words, 66 of these 8,400.
"""

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLACES = (
    *("Rennes", "Le Havre", "Grenoble", "Saint-Étienne", "Dijon", "Angers", "Nîmes", "Clermont-Ferrand", "Le Mans"),
    *("Brest", "Tours", "Amiens", "Limoges", "Annecy", "Perpignan", "Besançon", "Orléans", "Metz", "Rouen", "Mulhouse"),
    *("Caen", "Nancy", "Argenteuil", "Roubaix", "Tourcoing", "Avignon", "Poitiers", "Dunkerque", "Pau", "La Rochelle"),
)
SUBJECTS = (
    *("logement", "écoles", "mobilité", "eau", "santé", "emploi", "culture", "numérique", "énergie", "commerce"),
    *("agriculture", "jeunesse", "patrimoine", "transports", "alimentation", "associations", "quartiers", "forêt"),
)
_MASCULINE = _words(
    "programme dispositif conseil projet chantier territoire quartier service partenaire bailleur budget calendrier "
    "réseau marché terrain village département plan rapport comité syndicat atelier guide concours jardin tramway "
    "stade théâtre musée collège lycée hôpital port parc canal pont bassin fonds label contrat diagnostic bilan débat"
)
_FEMININE = _words(
    "ville commune région métropole école rue place maison crèche bibliothèque gare piste forêt rivière plage digue "
    "usine friche halle cantine ferme coopérative association entreprise équipe enquête étude carte charte convention "
    "réunion consultation subvention aide mesure démarche ambition réponse question journée saison rencontre exposition"
)
_ADJECTIVES = _words(
    "rural social public local solidaire durable scolaire sportif culturel numérique ancien prioritaire régional "
    "propre municipal paysager thermique collectif associatif industriel maritime piéton commun partagé précoce "
    "discret rapide utile sobre fragile moderne historique central voisin fidèle ordinaire immense modeste tranquille "
    "efficace étroit"
)
_VERBS = _words(
    "accueille accompagne annonce attend choisit complète confie construit coordonne crée défend démarre double écoute "
    "encourage étend étudie explique facilite finance garde imagine installe invite lance mesure mobilise montre ouvre "
    "organise précise prépare présente prolonge protège publie rappelle rassemble rejoint relie rénove renforce répare "
    "réunit salue simplifie soutient suit teste transforme valorise vote"
)
_WHEN = (
    *("depuis le printemps", "cette année", "dès lundi", "avant l’été", "à la rentrée", "chaque mois", "en janvier"),
    *("d’ici à 2030", "après dix ans", "pour la première fois", "sans attendre", "peu à peu", "comme prévu", "demain"),
)
_ROOTS = _words(
    "abat bord calc défr écl frag grav hum immat jal lam marg néol ombr palp quadr rav sall tamb ultr vann zén "
    "arbor bruss cordel daph épaul flott gren harm isol jugul lustr mérid novat orient pivot radi squel terrass vest"
)
_MIDDLES = _words("al an ar el er in it on ul")
_ENDS = {True: _words("age ment isme eur ier oir ond et"), False: _words("tion té ance ure esse ière ade ie")}
_LEXICON = {
    kind: [f"{root}{middle}{end}" for root in _ROOTS for middle in _MIDDLES for end in ends]
    for kind, ends in _ENDS.items()
}
"""Words that no dictionary has, in the forms of French: as many as the press of a season has."""
for _kind, _made in _LEXICON.items():
    Random(_kind).shuffle(_made)  # noqa: S311  # the same everywhere
_RARE = 0.9
"""How many nouns, qualities and verbs are of these."""
_SLOPE = 1.5
"""How much more often the first of them are used than the last."""
_NAMES = (
    "Morvan",
    "Le Goff",
    "Benali",
    "Lemaire",
    "Caron",
    "Da Silva",
    "Petit",
    "Nguyen",
    "Roche",
    "Kervella",
    "Diallo",
)


def headline(dice: Random) -> str:
    """A title of some sixty signs."""
    return f"{dice.choice(PLACES)} : {_group(dice)} {_verb(dice)} {_group(dice)}"


def sentence(dice: Random) -> str:
    """One of some hundred signs."""
    text = f"{_group(dice)} {_verb(dice)} {_group(dice)} {_more(dice)}"
    return f"{text[0].upper()}{text[1:]}."


def paragraph(dice: Random) -> str:
    """One to four of them, or what somebody has said."""
    if dice.random() < 0.15:
        return f"« {sentence(dice)} », explique {dice.choice('CFHILMY')}. {dice.choice(_NAMES)}."
    return " ".join(sentence(dice) for _ in range(dice.randrange(1, 5)))


def _group(dice: Random) -> str:
    """An article, a noun, and perhaps an adjective or a place."""
    is_masculine = dice.random() < 0.5
    noun = _noun(dice, is_masculine=is_masculine)
    article = dice.choice(("le", "un", "ce", "son") if is_masculine else ("la", "une", "cette", "sa"))
    if noun[0] in "aeéhoiu":
        article = dice.choice(("l’", "chaque ", "notre ", "leur "))
        return f"{article}{noun} {_quality(dice)}"
    end = _quality(dice) if dice.random() < 0.6 else f"de {dice.choice(PLACES)}"
    return f"{article} {noun} {end}"


def _noun(dice: Random, *, is_masculine: bool) -> str:
    if dice.random() >= _RARE:
        return dice.choice(_MASCULINE if is_masculine else _FEMININE)
    made = _LEXICON[is_masculine]
    return made[int(len(made) * dice.random() ** _SLOPE)]


def _quality(dice: Random) -> str:
    return dice.choice(_ADJECTIVES) if dice.random() >= _RARE else f"{_noun(dice, is_masculine=True)}ique"


def _verb(dice: Random) -> str:
    return dice.choice(_VERBS) if dice.random() >= _RARE else f"{_noun(dice, is_masculine=False)}ise"


def _more(dice: Random) -> str:
    chance = dice.random()
    if chance < 0.3:
        return f"{dice.choice(('pour', 'avec', 'sans', 'contre', 'selon', 'devant'))} {_group(dice)}"
    if chance < 0.6:
        return f"à {dice.choice(PLACES)}, {dice.choice(_WHEN)}"
    return f"{dice.choice(_WHEN)} : {dice.randrange(2, 4000)} {dice.choice(_MASCULINE)}s {dice.choice(_ADJECTIVES)}s"
