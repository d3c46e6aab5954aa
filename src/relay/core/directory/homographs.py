"""French words that tell whether a name is one; all folded: small letters without accents."""

_COMMON = """
acte action age agir aide aides air alerte ami arc art as avenir avise bail banque bien but cap caf car carte cas
cause cele centre cite cil club code conseil cote dire don droit droits eau ecole elan emmaus ensemble epa essor est
etat fer fil fin foncier fond fondation fonds forme france horizon ile lame lien lire loi ma maire maires mer mode
mois mon mot note or ordre outil par part pas pays plan plein pole port pour pres que relais reseau ressource rue
sain sauf sens ses seul si sol son sur ta tas tous tout unis utile va vie ville villes voie vrai
"""

_ADJECTIVES = """
algerien algerienne allemand allemande americain americaine belge bresilien bresilienne britannique canadien
canadienne catalan catalane chinois chinoise espagnol espagnole europeen europeenne grec grecque hongrois hongroise
ivoirien ivoirienne italien italienne japonais japonaise luxembourgeois luxembourgeoise malien malienne marocain
marocaine neerlandais neerlandaise penitentiaire polonais polonaise portugais portugaise quebecois quebecoise regional
regionale roumain roumaine russe senegalais senegalaise suisse tunisien tunisienne turc turque ukrainien ukrainienne
wallon wallonne
"""

HOMOGRAPHS = frozenset(_COMMON.split())
"""What some acronym or name looks like: at the head of a sentence, or among capitals, a capital proves nothing."""

ANOTHER = frozenset(_ADJECTIVES.split())
"""What behind a name makes it that of another body: "la Cour des comptes européenne"."""

_COUNTRIES = """
afrique algerie allemagne angleterre autriche belgique benin bresil burkina cameroun canada chine congo egypte espagne
finlande gabon geneve grece guinee haiti hongrie irlande israel italie japon liban luxembourg madagascar mali maroc
mauritanie mexique monaco niger norvege pologne portugal quebec roumanie russie senegal suede suisse tchad togo tunisie
turquie ukraine wallonie
"""

COUNTRIES = frozenset(_COUNTRIES.split())
"""What behind a name and "de" or "du" does the same: "le ministère de la Culture du Québec"."""

MEANS_ELSE = {
    "caf": frozenset(
        [
            "autofinancement",
            "brute",
            "nette",
            "afrique",
            "africains",
            "football",
            "fc",
            "joueurs",
            "ballon",
            "selection",
        ]
    ),
    "cdc": frozenset(["communaute", "communes", "intercommunalite", "charges"]),
    "ign": frozenset(["jeu", "jeux", "console", "video", "gameplay"]),
    "msa": frozenset(["schema", "cantonal"]),
}
"""Acronyms that mean something else in a sentence with one of these words: "la CAF brute" is a sum of money."""
