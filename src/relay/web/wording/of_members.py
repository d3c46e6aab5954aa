"""What is refused of members, in French: the English is the sentence itself."""

OF_MEMBERS = (
    (
        r"(.+) is the last who can sign in: add somebody first\.",
        r"\1 est la dernière personne qui peut entrer : ajoutez d’abord quelqu’un.",
    ),
    (
        r"(.+) is the last admin: make somebody else admin first\.",
        r"\1 est seul à l’administration : confiez-la d’abord aussi à quelqu’un d’autre.",
    ),
    (r"(.+) \(\w+\) may not change members\.", r"\1 ne peut pas changer les membres."),
    (r"A member has a name\.", "Un membre a un nom."),
    (
        r"A name has (\d+) characters at most, all of which can be seen\.",
        r"Un nom a \1 caractères au plus, qui tous se voient.",
    ),
    (r"There already is an editor '(.+)'\.", r"\1 est déjà membre."),
    (r"There is no editor '(.*)': .*", r"Personne ne s’appelle \1 ici."),
    (r"There is no role '(.*)'\.", r"Il n’y a pas de rôle \1."),
    (r"There is no account '(.+)' in the configuration\.", r"Il n’y a pas de compte \1 dans la configuration."),
    (r"'(.+)' is not an e-mail address\.", r"« \1 » n’est pas une adresse e-mail."),
    (r"(.+) has the address (\S+) already\.", r"\1 a déjà l’adresse \2."),
    (r"(.+) is disabled: enable them first\.", r"\1 n’a plus d’accès : rendez-le d’abord."),
    (r"A member is .+: token is for programs\.", "Ce rôle est celui des programmes."),
    (r"A password has (\d+) to (\d+) characters\.", r"Un mot de passe a de \1 à \2 caractères."),
    (
        r"A password does not have your name or your e-mail address in it\.",
        "Un mot de passe ne contient ni votre nom ni votre adresse e-mail.",
    ),
    (
        r"A password has more than a few different characters\.",
        "Un mot de passe a plus que quelques caractères différents.",
    ),
    (
        r"The present password is not this one, or it was tried too often: wait a little\.",
        "Le mot de passe actuel n’est pas celui-là, ou trop d’essais ont été faits : attendez un peu.",
    ),
)
