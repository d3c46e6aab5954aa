"""A small blog of our own: five posts with the parts that posts of a blog on urban policy have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from relay.core.directory.handles import Body, Directory
from relay.core.document import Picture
from relay.core.feed import OutgoingFeed
from relay.core.post import Post, Related
from relay.core.source import Origin
from relay.publish.format import Edition

LINK = "https://blog.exemple.fr/"
FIRST_MOMENT = datetime(2026, 10, 1, 7, 30, tzinfo=UTC)

FEED = OutgoingFeed(
    id="blog",
    title="La ville en commun",
    link=LINK,
    sources=("anct", "anru"),
    formats=("atom", "rss", "json", "html"),
)
DIRECTORY = Directory(
    {
        "anct": Body("anct", "ANCT", {"x": "@ANCTerritoires", "bluesky": "@anct.bsky.social"}),
        "anru": Body("anru", "ANRU", {"x": "@AnruOfficiel", "mastodon": "@anru@social.exemple.fr"}),
    }
)
ORIGINS = {
    "anct": Origin(
        "tag:anct.exemple.fr,2020:actualites",
        "Les actualités de l’ANCT",
        "https://anct.exemple.fr/rss.xml",
        "https://anct.exemple.fr/",
        FIRST_MOMENT,
    ),
}

_TEXTS = (
    (
        "Quartiers d’été : 480 communes ouvrent leurs places aux habitants",
        (
            "Pour la sixième année, l’opération finance des animations de proximité, du sport au cinéma de plein air, "
            "dans les quartiers où l’on part le moins en vacances."
        ),
        (
            "<p>Ce qui change cette année :</p><ul><li>les associations déposent un seul dossier pour trois étés ;</li>"
            "<li>les bailleurs peuvent prêter leurs rez-de-chaussée ;</li><li>un quart des crédits va aux "
            "<strong>16-25 ans</strong>.</li></ul><p>« On ne remplit pas un été, on ouvre un lieu et les gens "
            "l’habitent », résume une animatrice de Vaulx-en-Velin.</p>"
        ),
    ),
    (
        "Renouvellement urbain : les cent premiers écoquartiers livrés",
        (
            "Dix ans après les premières conventions, une carte recense les quartiers achevés et ce que leurs habitants "
            "en disent."
        ),
        (
            "<h2>Des logements, et le reste</h2><p>Deux opérations sur trois comprennent désormais une école, une "
            "maison de santé ou un marché couvert. Le rapport compte <em>41 000 logements</em> rénovés "
            "à 230 millions d’euros par an.</p><h2>Et après ?</h2><p>Les loyers ont peu bougé.</p>"
        ),
    ),
    (
        "Un guide pour compter avec les habitants, pas pour eux",
        "Vingt-deux conseils citoyens ont relu leurs propres débuts : leur guide se lit en une heure.",
        (
            "<p>Ils y racontent surtout leurs échecs :</p><ol><li>des réunions à 17 heures ;</li><li>des comptes rendus "
            "que personne ne relit ;</li><li>des votes sans suite.</li></ol>"
        ),
    ),
    (
        "Petites villes : 1 600 centres-bourgs dans la deuxième vague",
        (
            "La liste des communes retenues paraît ce matin, région par région, avec le nom d’un chef de projet "
            "pour chacune."
        ),
        (
            "<blockquote><p>Un centre-bourg ne manque pas d’idées, il manque de quelqu’un le lundi matin.</p>"
            "</blockquote><p>Chaque commune reçoit 75 % du salaire de ce chef de projet pendant cinq ans.</p>"
        ),
    ),
    (
        "Rendez-vous au forum des villes moyennes, les 3 et 4 novembre",
        "Deux jours d’ateliers à Angoulême : venez avec un plan de votre rue, repartez avec des questions.",
        "<p>L’entrée est libre, sur inscription.</p>",
    ),
)


def post(number: int, **changes: Any) -> Post:
    """One of the five, 0 the oldest; each is published two days after the one before."""
    headline, lead, body = _TEXTS[number]
    moment = FIRST_MOMENT + timedelta(days=2 * number)
    made = Post(
        id=f"tag:blog.exemple.fr,{moment:%Y-%m-%d}:anct/billet-{number}",
        slug=f"billet-{number}",
        url=f"{LINK}billet-{number}.html",
        source_id="anct",
        headline=headline,
        handles=("anct",),
        hashtags=(),
        credit="Source\u00a0: ANCT",
        credit_url=f"https://anct.exemple.fr/actualites/{number}",
        lead=lead,
        picture=Picture(
            f"https://anct.exemple.fr/images/{number}.jpg", "Une place un soir d’été", "image/jpeg", 48_213
        ),
        body_html=body,
        more_url=f"https://anct.exemple.fr/actualites/{number}",
        related=(Related("Un billet plus ancien", f"{LINK}plus-ancien.html"),),
        language="fr",
        categories=("politique de la ville",),
        author=None,
        published=moment,
        updated=moment,
    )
    return replace(made, **changes)


def blog(*posts: Post, **changes: Any) -> Edition:
    """An edition of these posts, or of all five, newest first; ``changes`` go into its feed."""
    chosen = posts or (
        post(4, hashtags=("FVM",), handles=("anct", "anru"), more_url=""),
        post(3),
        post(2),
        post(1, handles=("anct", "anru"), updated=FIRST_MOMENT + timedelta(days=20)),
        post(0),
    )
    return Edition(
        feed=replace(FEED, **changes),
        id="tag:blog.exemple.fr,2026-10-01:blog",
        updated=max(one.updated for one in chosen),
        posts=chosen,
        origins=ORIGINS,
        directory=DIRECTORY,
    )
