"""Networks that come in several kinds: dialects of Mastodon's API, ways to sign in, members and organisations."""

from functools import partial

from relay.networks.email import network as email
from relay.networks.linkedin import network as linkedin
from relay.networks.mastodon import network as mastodon
from relay.networks.micropub import network as micropub
from relay.networks.network import Network
from relay.networks.x import network as x
from tests.fakes import linkedin as linkedin_fake
from tests.fakes import mailserver as mail_fake
from tests.fakes import mastodon as mastodon_fake
from tests.fakes import mastodon_dialects as dialects
from tests.fakes import micropub as micropub_fake
from tests.fakes import x as x_fake
from tests.faults.rows import Given, Row, pictured


def _toots(name: str, dialect: dialects.Dialect, network: Network = mastodon, **more: str) -> Row:
    def given(url: str) -> Given:
        return {"instance": url, **more}, {"token": mastodon_fake.TOKEN}

    def texts(server: mastodon_fake.Mastodon) -> list[str]:
        return [status.text for status in server.statuses]

    made = partial(mastodon_fake.Mastodon, dialect)
    return Row(name, network, made, given, "/api/v1/statuses", r"/accounts/\w+/statuses", texts)


def _x(name: str, secrets: dict[str, str]) -> Row:
    def texts(server: x_fake.X) -> list[str]:
        return [post.text for post in server.posts]

    return Row(name, x, x_fake.X, lambda url: ({"server": url}, secrets), r"/2/tweets", r"/2/users/\d+/tweets", texts)


def _linkedin(name: str, author: str, *, is_member: bool) -> Row:
    def given(url: str) -> Given:
        return {"page": author, "server": url}, {"token": linkedin_fake.TOKEN}

    made = partial(linkedin_fake.LinkedIn, is_member=is_member)
    return Row(name, linkedin, made, given, "/rest/posts", r"/rest/posts\?", tells=not is_member)


def _micropub(name: str, *, lists: bool) -> Row:
    def given(url: str) -> Given:
        return {"endpoint": f"{url}/micropub"}, {"token": micropub_fake.TOKEN}

    return Row(name, micropub, partial(micropub_fake.Site, lists), given, "/micropub", "q=source", tells=lists)


def _mail(name: str, digest: dict[str, str]) -> Row:
    def given(url: str) -> Given:
        scheme, _, server = url.partition("://")
        options = {"server": server, "security": "tls" if scheme == "https" else "none", "user": mail_fake.USER}
        addresses = {"from": "veille@exemple.fr", "to": "liste@exemple.fr"}
        return options | addresses | digest, {"password": mail_fake.PASSWORD}

    posts = 2 if digest else 1
    return Row(name, email, mail_fake.Mailserver, given, "DATA", speaks="smtp", tells=False, posts=posts)


FAMILIES = (
    _toots("mastodon-4.5", dialects.MASTODON_45),
    _toots("mastodon-4.6.0", dialects.MASTODON_460),
    _toots("mastodon-4.6.6", dialects.MASTODON_FIXED),
    _toots("mastodon-4.5-picture", dialects.MASTODON_45, pictured(mastodon), attach="picture"),
    _toots("mastodon-4.6.0-picture", dialects.MASTODON_460, pictured(mastodon), attach="picture"),
    _toots("gotosocial", dialects.GOTOSOCIAL),
    _toots("pleroma", dialects.PLEROMA),
    _toots("pixelfed", dialects.PIXELFED, pictured(mastodon), attach="picture"),
    _toots("friendica", dialects.FRIENDICA),
    _toots("snac", dialects.SNAC),
    _toots("bare-mastodon-api", dialects.BARE),
    _x("x-oauth1", x_fake.SECRETS),
    _x("x-oauth2", {"token": x_fake.TOKEN}),
    _linkedin("linkedin-organisation", linkedin_fake.ORGANIZATION, is_member=False),
    _linkedin("linkedin-member", linkedin_fake.PERSON, is_member=True),
    _micropub("micropub-listing", lists=True),
    _micropub("micropub-silent", lists=False),
    _mail("email", {}),
    _mail("email-digest", {"digest": "08:05"}),
)
