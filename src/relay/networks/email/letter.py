"""A post as a mail (RFC 5322): its words as plain text, and as HTML with the card of its link or its picture."""

import re
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys
from relay.networks.writing.paragraphs import escaped, paragraphs

_SEVEN_BITS = SMTP.clone(cte_type="7bit")
"""What every server takes, whatever it says of itself."""
_LONGEST_SUBJECT = 200
_WAY_OUT = re.compile(r"https://[!-;=?-~]{1,900}", re.ASCII)
"""An address without “<” and “>”, on one line of a mail (RFC 5322, 2.1.1)."""
_PAGE = (
    '<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><title>{subject}</title></head>\n'
    "<body>\n{content}\n</body>\n</html>\n"
)


def ascii_address(mailbox: str) -> str | None:
    """An address as every server takes it, with its domain in the letters of DNS; ``None`` where that cannot be."""
    local, _, domain = mailbox.strip().rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    is_plain = written.isascii() and written.isprintable() and not set(written) & set(' <>,;:()[]"\\')
    return written if local and domain and is_plain else None


def name_of(keys: Keys, sender: str) -> str:
    """The ``Message-ID``: the same keys give the same one, by which receivers may know a repeat."""
    return f"<{keys.created_at:%Y%m%dT%H%M%S}.{keys.nonce:016x}@{sender.rpartition('@')[2]}>"


def letter(account: Account, draft: Draft, keys: Keys, picture: bytes | None) -> str:
    """The whole mail, as ASCII with lines that end as SMTP wants them; the same keys give the same one."""
    mail = headed(account, subject(draft), keys)
    mail.set_content(draft.text)
    image = f"picture.{keys.nonce:016x}@{_domain(account)}" if draft.image and picture else ""
    mail.add_alternative(_page(draft, image), subtype="html")
    if draft.image and picture:
        _enclose(mail, draft.image.type, picture, image)
    return finished(account, mail, draft.language, keys)


def headed(account: Account, subject: str, keys: Keys) -> EmailMessage:
    """A mail that says from whom, to whom and of what it is, without content yet."""
    sender = ascii_address(account.options["from"]) or ""
    mail = EmailMessage(policy=_SEVEN_BITS)
    mail["From"] = Address(" ".join(account.options.get("name", "").split()), addr_spec=sender)
    mail["To"] = Address(addr_spec=ascii_address(account.options["to"]) or "")
    mail["Subject"] = subject
    mail["Date"] = keys.created_at
    mail["Message-ID"] = name_of(keys, sender)
    mail["List-Id"] = f"<{account.id}.{_domain(account)}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def finished(account: Account, mail: EmailMessage, languages: str, keys: Keys) -> str:
    """With the language of its words, and how to leave the list, all of it as text."""
    mail["Content-Language"] = languages  # last: it would go to the first part, as everything about content does
    _part(mail, keys)
    return _leaving(account) + mail.as_string()


def is_way_out(address: str) -> bool:
    """Whether a reader's program can leave the list there (RFC 8058)."""
    return _WAY_OUT.fullmatch(address) is not None


def _leaving(account: Account) -> str:
    """By hand, for the library would encode a long address, which programs would not find any more."""
    address = account.options.get("unsubscribe")
    post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    return f"List-Unsubscribe: <{address}>\r\n{post}\r\n" if address else ""


def subject(draft: Draft) -> str:
    """The title, or else how the text begins; on one line."""
    return one_line(draft.title or draft.text)


def one_line(text: str) -> str:
    """As a header, or a line of a list, has it."""
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SUBJECT else f"{words[: _LONGEST_SUBJECT - 1]}…"


def _page(draft: Draft, image: str) -> str:
    content = [f"<p>{one}</p>" for one in paragraphs(draft.text)]
    if image and draft.image:
        content.append(f'<p><img src="cid:{image}" alt="{escaped(draft.image.alt)}" style="max-width:100%"></p>')
    elif draft.link and draft.title:
        content.append(_card(draft))
    return page(draft.language, subject(draft), content)


def page(language: str, subject: str, content: Sequence[str]) -> str:
    """The HTML of a mail; ``content`` is HTML already."""
    return _PAGE.format(language=escaped(language), subject=escaped(subject), content="\n".join(content))


def _domain(account: Account) -> str:
    return (ascii_address(account.options["from"]) or "").rpartition("@")[2]


def _card(draft: Draft) -> str:
    head = f'<a href="{escaped(draft.link)}"><strong>{escaped(draft.title)}</strong></a>'
    return f"<hr>\n<p>{head}{f'<br>{escaped(draft.description)}' if draft.description else ''}</p>"


def _enclose(mail: EmailMessage, kind: str, picture: bytes, image: str) -> None:
    """The picture travels beside the HTML that shows it (RFC 2387), so nothing is fetched when the mail is read."""
    html = list(mail.iter_parts())[-1]
    _, _, subtype = kind.partition("/")
    name = f"picture.{subtype}"
    html.add_related(picture, "image", subtype, cid=f"<{image}>", filename=name, disposition="inline")


def _part(mail: EmailMessage, keys: Keys) -> None:
    """Boundaries are made of the keys, not of chance; neither base64 nor quoted-printable ever has "=_"."""
    for number, part in enumerate(one for one in mail.walk() if one.is_multipart()):
        part.set_boundary(f"=_{keys.nonce:016x}_{number}")
