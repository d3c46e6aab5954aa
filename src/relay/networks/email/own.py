"""The service's own letters to the people it works for: a sign-in address, what waits for them. No list, no post."""

from dataclasses import dataclass, replace

from relay.core.account import Account
from relay.core.crosspost import Keys
from relay.core.outcome import AuthLost, Outcome
from relay.networks.email.letter import ascii_address, finished, headed, name_of, one_line
from relay.networks.email.settings import server_of
from relay.networks.email.smtp import Letter, hand_over
from relay.networks.wire.masking import masked


@dataclass(frozen=True, slots=True)
class Written:
    """A letter to one person; ``html`` is the whole page, empty where there is only text.

    The same ``keys`` give the same ``Message-ID``, by which receivers may know a repeat.
    """

    to: str
    subject: str
    text: str
    language: str
    keys: Keys
    html: str = ""


def post(account: Account, written: Written) -> Outcome:
    """Hand it over, once; ``account`` is what ``[mail]`` says."""
    server, sender = server_of(account), ascii_address(account.options["from"])
    if isinstance(server, AuthLost):
        return server
    recipient = ascii_address(written.to)
    if sender is None or recipient is None:
        wrong = account.options["from"] if sender is None else written.to
        return AuthLost(f"“{wrong}” is no plain address, such as newsroom@example.org.")
    to = replace(account, options={**account.options, "to": recipient})
    letter = Letter(name_of(written.keys, sender), sender, recipient, _mime(to, written))
    return masked(hand_over(server, letter), account)


def _mime(account: Account, written: Written) -> str:
    mail = headed(account, one_line(written.subject), written.keys)
    del mail["List-Id"]
    mail.set_content(written.text)
    if written.html:
        mail.add_alternative(written.html, subtype="html")
    return finished(account, mail, written.language, written.keys)
