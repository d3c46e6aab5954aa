"""Accents and ligatures that keyboards leave out: words in which there is no doubt what was meant."""

_ACUTE = (
    "tats?|tatiques?|coles?|coliers?|colières?|galités?|galement|ducation|ducateurs?|ducatrices?|lus?|lues?|lections?"
    "|lectricité|lectriques?|lèves?|conomies?|conomiques?|cologies?|cologiques?|coquartiers?|cosystèmes?|ditions?"
    "|diteurs?|nergies?|nergétiques?|missions?|pargne|quipes?|quipements?|quilibres?|quitables?|quité|tablissements?"
    "|tapes?|tudes?|tudiante?s?|trangers?|valuations?|vénements?|vènements?|volutions?|vry|poques?|changes?|chéances?"
    "|boulements?|cologistes?|conomistes?|crans?|critures?|crivaine?s?|ditorial|ditoriaux|ditos?|lans?|levages?|lites?"
    "|meutes?|motions?|pargnants?|pidémies?|preuves?|tiquettes?|toiles?|trange|troit|ruptions?|quateur"
    "|clairages?|coutez?|crire|laborations?|léments?|lysée|vêques?|piceries?|glises?|gypte|rosion|tangs?|té|tés"
    "|TATS?|COLES?|DUCATION|NERGIES?|CONOMIES?|COLOGIE|LECTIONS?|QUIPEMENTS?|TUDES?|VALUATION|VOLUTIONS?|DITIONS?"
)
_AFTER_A = (
    "la|l’|partir|travers|compter|propos|noter|savoir|suivre|venir|lire|voir|découvrir|retenir|destination|ce|cet|cette"
    "|ces|quand|quoi|qui|vos|votre|nos|notre|son|sa|ses|leur|leurs|titre|terme|deux|trois|quatre|cinq|six|dix"
    "|quelques|chaque|peine|cause|côté|court|long|moyen|moins|plusieurs|quels?|quelles?|nouveau|force|mesure|midi|minuit"
    "|bord|vélo|pied|un|une|tout|toutes|défaut|défendre|Paris|Lyon|Marseille|Lille"
)
_PLACE = r"\p{Lu}\p{Ll}+(?:[ -]\p{L}+){0,4}, \p{Ll}"
"""Somewhere: "A Vaubrune, la halle rouvre"."""
_BEGINS = "(?<=(?:^|[\n\ufdd2]|[.!?…:][ \u00a0]|[«“][\u00a0 ]?|[–•] )\ufdd1*)"

RESTORED = (
    ("E", rf"E(?:(?<![\p{{L}}\d.&-]E)(?=(?:{_ACUTE})(?![\p{{L}}\d]))|(?<=\bSaint-E)(?=tienne\b))", "É"),
    ("E", r"E(?<=\bE)(?=t(?:re|es)\b)", "Ê"),
    ("I", r"I(?<=\bI)(?=l(?:es?|ots?)\b)", "Î"),
    ("A", rf"{_BEGINS}A(?=[ \u00a0](?:(?:{_AFTER_A})(?![\p{{L}}])|l’|{_PLACE}))", "À"),
    ("C", r"Ca(?<=\bCa)(?=[ \u00a0](?:va|marche|bouge|commence|continue|y est|ne|se|fait|suffit)\b)", "Ça"),
    (
        "o",
        (
            r"oe(?:(?<=\b(?:|[cCsSbBnNvVmM]|[cC]h|[mM]an|[rR]anc|[dD]és)oe)(?=u(?:rs?|vr\p{Ll}+|fs?|ds?|x|d\p{Ll}+)\b)"
            r"|(?<=\boe)(?=il(?:\b|l\p{Ll}+\b)))"
        ),
        "œ",
    ),
    (
        "O",
        r"O(?:e(?<=\bOe)(?=u(?:vr\p{Ll}+|fs?)\b)|E(?<=\b[CSNVBM]?OE)(?=U(?:RS?|VR\p{Lu}+|DS?|X|FS?)\b))",
        "Œ",
    ),
)
"""Signs of which one at least must be there, separated by "|"; what is looked for; what it becomes."""
