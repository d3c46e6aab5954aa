"""Words by which two pieces of news are told apart, without accents: French and English."""

_COUNTED = """
deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante
soixante cent cents mille deuxieme second seconde troisieme quatrieme cinquieme
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
lundi mardi mercredi jeudi vendredi samedi dimanche
two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand third
january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
"""
COUNTED = frozenset(_COUNTED.split())
"""Numbers and dates in words: they tell as much as digits do."""

RUBRICS = (
    "offre d emploi", "offres d emploi", "offre de stage", "offres de stage", "recrutement", "recrute", "recrutons",
    "agenda", "lettre d information", "newsletter", "infolettre", "bulletin", "permanence", "permanences", "menu de",
    "menus de", "voeux", "avis de marche", "ordre du jour", "revue de presse", "horoscope", "vacancy", "vacancies",
    "we are hiring", "weekly",
)  # fmt: skip
"""In titles: under these the same sentences come again and again, each time about something else."""
