"""French words that some acronym or name of a body looks like: capitals at the head of a sentence prove nothing."""

HOMOGRAPHS = frozenset(
    ["acte", "action", "age", "agir", "aide", "aides", "air", "alerte", "ami", "arc", "art", "as", "avenir", "avise", "bail", "banque", "bien", "but", "cap", "caf", "car", "carte", "cas", "cause", "cele", "centre", "cite", "cil", "club", "code", "conseil", "cote", "dire", "don", "droit", "droits", "eau", "ecole", "elan", "emmaus", "ensemble", "epa", "essor", "est", "etat", "fer", "fil", "fin", "foncier", "fond", "fondation", "fonds", "forme", "france", "horizon", "ile", "lame", "lien", "lire", "loi", "ma", "maire", "maires", "mer", "mode", "mois", "mon", "mot", "note", "or", "ordre", "outil", "par", "part", "pas", "pays", "plan", "plein", "pole", "port", "pour", "pres", "que", "relais", "reseau", "ressource", "rue", "sain", "sauf", "sens", "ses", "seul", "si", "sol", "son", "sur", "ta", "tas", "tous", "tout", "unis", "utile", "va", "vie", "ville", "villes", "voie", "vrai"]
)
"""Folded: small letters without accents."""
