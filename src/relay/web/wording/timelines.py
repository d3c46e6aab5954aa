"""What relay itself writes down about networks of timelines: each sentence as a pattern, and its French."""

TIMELINES: tuple[tuple[str, str], ...] = (
    # LinkedIn
    (
        r"LinkedIn lets no app read a member's posts: .*",
        (
            "LinkedIn ne laisse aucune application relire un membre : regardez sur son profil si le billet y est. "
            "Pendant un jour ou deux, LinkedIn refuse de lui-même le même texte."
        ),
    ),
    (
        r"LinkedIn knows who posts by .*",
        "LinkedIn désigne qui publie par urn:li:organization:123 ou urn:li:person:AbC : indiquez `page`.",
    ),
    (
        r"LinkedIn takes it for a duplicate of (\S+), which was deleted: .*",
        r"LinkedIn y voit un double de \1, qui a été supprimé : changez le texte, ou attendez deux jours.",
    ),
    (
        r"LinkedIn wants the picture at an address .*",
        "LinkedIn veut l’image à une adresse qui n’est pas de chez lui : rien n’y a été envoyé.",
    ),
    (r"LinkedIn cannot read the picture\.", "LinkedIn n’arrive pas à lire l’image."),
    (r"LinkedIn has not looked at the picture yet\.", "LinkedIn n’a pas encore examiné l’image."),
    (
        r"LinkedIn has no visibility “(.*)”: .*",
        r"LinkedIn n’a pas de visibilité « \1 » : mettez dans `visibility` public ou connections.",
    ),
    (
        r"LinkedIn shows a Page's posts to everybody: .*",
        "LinkedIn montre les billets d’une Page à tout le monde : mettez dans `visibility` public, ou rien.",
    ),
    # X
    (
        r"X needs four secrets \((.*)\), .*",
        r"X demande quatre secrets (\1), ou bien un jeton : voyez `relay check`.",
    ),
    (r"X has no (\w+) “(.*)”: set `\w+` to (\w+) or (\w+)\.", r"X n’a pas de `\1` « \2 » : mettez \3 ou \4."),
    (
        r"X takes no text that is empty, .*",
        "X ne prend pas de texte vide, ni de signes qui ne sont pas des caractères (U+FFFE, U+FEFF, U+FFFF).",
    ),
    (
        r"X has had this very text before .*",
        "X a eu ce texte avant l’accord donné ici, et ne le prend qu’une fois : changez-le.",
    ),
    (
        r"X has had this very text, and does not list it: .*",
        "X a eu ce texte et ne le montre pas : relay réessaie, et le cherche.",
    ),
    (r"X has had this text already\. (?P<then>.+)", "X a déjà eu ce texte. {then}"),
    (r"X's answer is not a list of posts\.", "La réponse de X n’est pas une liste de billets."),
    (r"(\S+) has the same words and another link\.", r"\1 a le même texte et un autre lien."),
    # Facebook
    (
        r"Facebook knows a Page by its number, .*",
        "Facebook désigne une Page par son numéro, donné sous À propos, Transparence de la Page : indiquez `page`.",
    ),
    (
        r"The Page's last post, from before this was approved, .*",
        "Le dernier billet de la Page, d’avant l’accord, a exactement ce texte : changez-le.",
    ),
    (
        r"Facebook has these very words, and does not list them: .*",
        "Facebook a exactement ce texte et ne le montre pas : relay réessaie, et le cherche.",
    ),
    (
        r"Facebook takes it for a duplicate of the last post\. (?P<then>.+)",
        "Facebook y voit un double du dernier billet. {then}",
    ),
    # Threads
    (
        r"Threads takes (\d+) different links in a post, and here are (\d+)\.",
        r"Threads prend \1 liens différents par billet, et il y en a \2.",
    ),
    (r"Threads could not take it in: (.*)\.", r"Threads n’a pas pu le prendre : \1."),
    (r"Threads is still at work on the post\.", "Threads travaille encore sur ce billet."),
    (r"Threads is still taking the post in\.", "Threads est encore en train de prendre ce billet."),
    (
        r"Threads kept the post for a day, .*",
        "Threads a gardé le billet un jour, et il n’est pas parti à temps : approuvez-le de nouveau.",
    ),
    (
        r"Threads could not take the post in \((.*)\): .*",
        r"Threads n’a pas pu prendre le billet (\1) : approuvez-le de nouveau.",
    ),
    (r"A topic of Threads has .*", "Un sujet de Threads a 1 à 50 caractères, sans point ni « & » : corrigez `topic`."),
    (
        r"Threads does not tell which of the account's posts this is: .*",
        "Threads ne dit pas lequel des billets du compte est celui-ci : supprimez-le là-bas.",
    ),
    # What is public already
    (
        r"Facebook no longer has this post, or not as this app's: .*",
        "Facebook n’a plus ce billet, ou pas de cette application : il ne reste rien à corriger.",
    ),
    (r"(\S+) no longer has this post: .*", r"\1 n’a plus ce billet : il ne reste rien à corriger."),
    (
        r"(\S+) no longer has the post that this one answers: .*",
        r"\1 n’a plus le billet auquel celui-ci répond : envoyez-le à part.",
    ),
    (
        r"Somebody else changed the post on (\S+) at the same moment\.",
        r"Quelqu’un d’autre a changé le billet sur \1 au même moment.",
    ),
    (
        r"(\S+) changes the words of a post alone, .*",
        r"\1 ne change que le texte d’un billet, pas ce qui est dessous : supprimez-le, et renvoyez-le.",
    ),
    (
        r"(\S+) still has the post, and this token may not delete it: it needs (\S+)\.",
        r"\1 a toujours ce billet, et ce jeton n’a pas le droit de le supprimer : il lui faut \2.",
    ),
    (r"X did not delete the post: .*", "X n’a pas supprimé le billet : supprimez-le là-bas."),
    # Bluesky, Mastodon, sandboxes
    (
        r"“(.*)” is no handle: write `handle` in full, such as (.*)\.",
        r"« \1 » n’est pas un identifiant : écrivez `handle` en entier, par exemple \2.",
    ),
    (
        r"Bluesky has no label “(.*)”: set `label` to one of (.*), or leave it out\.",
        r"Bluesky n’a pas d’étiquette « \1 » : mettez dans `label` l’une de \2, ou rien.",
    ),
    (r"Another text stands at (.+)\.", r"Un autre texte se trouve à \1."),
    (r"The identity of (.+) names no server\.", r"L’identité de \1 ne désigne aucun serveur."),
    (r"There is no visibility “(.*)” on Mastodon\.", r"Mastodon n’a pas de visibilité « \1 »."),
    (r"(\S+) has the same link in other words\.", r"\1 a le même lien, avec d’autres mots."),
    (
        r"The server has not made its sizes of the picture yet\.",
        "Le serveur n’a pas encore préparé l’image.",
    ),
    (r"A sandbox cannot imitate “(.*)”: .*", r"Un bac à sable ne sait pas imiter « \1 »."),
)
