"""What is wrong with a template, in both languages; ``english.py`` and ``french.py`` have the rest."""

ENGLISH_TEMPLATES: dict[str, tuple[str, str]] = {
    "R012/here": ("“{name}” has no place in this template", "fields: {known}"),
    "R018/long": ("this template is too long", "write {most} characters at most"),
    "R018/posts": ("“{argument}” is not a number of posts", "write {{{name}:3}}, or plain {{{name}}}"),
    "R018/whole": ("“{name}” takes no number", "write {{{name}}}"),
    "R120": ("“{value}” is not a template", "templates: {known}"),
    "R121": ("“{argument}” is too much for “{name}”", "write {{{name}:{most}}} or less"),
    "R122": ("“{name}” stands on a line of its own", "put nothing else on the line of {{{name}}}"),
    "R123": ("“{name}” is on the page already", "remove one of the two"),
    "R124": (
        "with this template a post has neither title nor text",
        "add {{lead}} or {{excerpt}} to the layout, or {{title}} to the title",
    ),
    "R125": ("no feed uses the template “{name}”", 'write template = "{name}" in a feed'),
}

FRENCH_TEMPLATES: dict[str, tuple[str, str]] = {
    "R012/here": ("« {name} » n'a pas sa place dans ce modèle", "champs : {known}"),
    "R018/long": ("ce modèle est trop long", "écrivez {most} caractères au plus"),
    "R018/posts": ("« {argument} » n'est pas un nombre de billets", "écrivez {{{name}:3}}, ou simplement {{{name}}}"),
    "R018/whole": ("« {name} » ne prend pas de nombre", "écrivez {{{name}}}"),
    "R120": ("« {value} » n'est pas un modèle", "modèles : {known}"),
    "R121": ("« {argument} », c'est trop pour « {name} »", "écrivez {{{name}:{most}}} ou moins"),
    "R122": ("« {name} » a une ligne pour lui seul", "ne mettez rien d'autre sur la ligne de {{{name}}}"),
    "R123": ("« {name} » est déjà sur la page", "retirez l'un des deux"),
    "R124": (
        "avec ce modèle, un billet n'a ni titre ni texte",
        "ajoutez {{lead}} ou {{excerpt}} à la mise en page (layout), ou {{title}} au titre",
    ),
    "R125": ("aucun flux n'emploie le modèle « {name} »", 'écrivez template = "{name}" dans un flux'),
}
