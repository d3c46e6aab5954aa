"""The accessibility statement, as French public bodies have to publish one (RGAA 4.1)."""

ACCESSIBILITY: dict[str, tuple[str, str]] = {
    "accessibility": ("Accessibilité", "Accessibility"),
    "accessibility.foot": ("Accessibilité : non conforme", "Accessibility: not compliant"),
    "accessibility.title": ("Déclaration d’accessibilité", "Accessibility statement"),
    "accessibility.scope": (
        (
            "Elle porte sur les pages d’édition de relay. L’organisme qui s’en sert publie la sienne pour ce "
            "qu’il diffuse."
        ),
        "It is about relay’s own pages for editors. Whoever runs relay publishes one for what they spread.",
    ),
    "accessibility.state": ("État de conformité", "Conformance"),
    "accessibility.state.text": (
        (
            "Relay vise le niveau AA des WCAG 2.2 et du RGAA 4.1. Aucun audit complet n’a encore été mené : au "
            "sens de la loi, ces pages sont donc déclarées non conformes, quoi que disent les essais qui "
            "suivent."
        ),
        (
            "Relay aims at level AA of WCAG 2.2 and of the French RGAA 4.1. No full audit has been made yet: as "
            "the law has it, these pages are therefore declared not compliant, whatever the tests below say."
        ),
    ),
    "accessibility.tests": ("Ce qui est vérifié à chaque version", "What is checked at each release"),
    "accessibility.tests.axe": (
        (
            "axe-core ne trouve rien à redire à aucune page, en français et en anglais, claire et sombre, large "
            "et étroite ;"
        ),
        "axe-core finds nothing wrong with any page, in French and English, light and dark, wide and narrow;",
    ),
    "accessibility.tests.keys": (
        "vingt billets simples se relisent au clavier seul ; chaque touche se change, ou toutes se désactivent ;",
        "twenty plain posts are judged by keyboard alone; each key can be changed, or all of them turned off;",
    ),
    "accessibility.tests.plain": (
        "tout se fait sans JavaScript, et sans défilement horizontal à 320 pixels ;",
        "everything works without JavaScript, and without sideways scrolling at 320 pixels;",
    ),
    "accessibility.tests.words": (
        (
            "un état se lit en un mot et se voit à sa forme, jamais à sa seule couleur ; on entre sans rien "
            "retenir par cœur."
        ),
        "a state is a word and a shape, never a colour alone; signing in asks nobody to remember anything.",
    ),
    "accessibility.limits": ("Ce qui ne dépend pas de relay", "What is not relay’s to mend"),
    "accessibility.limits.text": (
        (
            "Les textes et les images des sources sont montrés comme elles les publient : une image sans "
            "description le reste tant que personne ne l’a décrite. Les aperçus imitent des réseaux dont "
            "l’accessibilité est la leur."
        ),
        (
            "Words and pictures of sources are shown as they publish them: a picture without a description stays "
            "so until somebody describes it. Previews imitate networks, whose accessibility is their own."
        ),
    ),
    "accessibility.means": ("Établissement de la déclaration", "How this was made"),
    "accessibility.means.text": (
        (
            "Déclaration établie le 28 novembre 2026, par les essais automatiques du projet : HTML, CSS et "
            "JavaScript dans Chromium, avec axe-core."
        ),
        (
            "Made on 28 November 2026, by the project’s automatic tests: HTML, CSS and JavaScript in Chromium, "
            "with axe-core."
        ),
    ),
    "accessibility.contact": ("Retour et contact", "Feedback"),
    "accessibility.contact.text": (
        "Si quelque chose vous arrête, écrivez à qui tient ce service :",
        "If anything stands in your way, write to whoever runs this service:",
    ),
    "accessibility.contact.nobody": (
        "Si quelque chose vous arrête, écrivez à l’administration de ce service.",
        "If anything stands in your way, write to whoever runs this service.",
    ),
    "accessibility.appeal": ("Voies de recours", "Further help"),
    "accessibility.appeal.text": (
        (
            "Sans réponse satisfaisante, en France, vous pouvez saisir le Défenseur des droits : "
            "defenseurdesdroits.fr, ou par courrier, sans affranchir : Libre réponse 71120, 75342 Paris CEDEX "
            "07."
        ),
        (
            "Where no answer helps, in France the Défenseur des droits hears you: defenseurdesdroits.fr, or by "
            "letter, without a stamp: Libre réponse 71120, 75342 Paris CEDEX 07."
        ),
    ),
}
