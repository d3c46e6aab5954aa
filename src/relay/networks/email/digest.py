"""A digest: several posts as one mail, their titles first, then each under its title, as text and as HTML."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import normalize

from relay.core.account import Account
from relay.core.crosspost import Draft, Keys
from relay.networks.email.letter import finished, headed, one_line, page, subject
from relay.networks.showing import Shown, as_letter
from relay.networks.writing.paragraphs import escaped, paragraphs

LONGEST = 40_000
"""Bytes of the whole mail: what lists take unless told otherwise (Mailman's default)."""
MOST = 200
"""Posts: more titles are no contents any more."""

_RULE = "-" * 40
_CONTENTS = {"fr": "Au sommaire", "en": "In this issue"}
_SET = '<div style="max-width:40em;margin:0 auto;line-height:1.5">'


@dataclass(frozen=True, slots=True)
class _Section:
    """One post: ``name`` is for the contents, ``title`` stands above its words, empty where it has none."""

    number: int
    draft: Draft
    name: str
    title: str
    words: str

    @property
    def heading(self) -> str:
        """With its number, unless it is alone."""
        return f"{self.number}. {self.title}".strip() if self.number else self.title


def digest(account: Account, drafts: tuple[Draft, ...], keys: Keys) -> tuple[str, int]:
    """The whole mail, and of how many of the drafts: as many of the first as fit, one in any case."""
    further = range(2, min(_at_most(drafts), MOST) + 1)
    count = 1 + bisect_right(further, LONGEST, key=lambda number: len(_mail(account, drafts[:number], keys)))
    return _mail(account, drafts[:count], keys), count


def _at_most(drafts: tuple[Draft, ...]) -> int:
    """How many could fit if there were nothing but their words, of which a mail has every byte, and more."""
    sizes = accumulate(len(draft.text.strip().encode()) for draft in drafts)
    return sum(size <= LONGEST for size in sizes)


def shown(account: Account, draft: Draft) -> Shown:
    """What readers get of a post: in a digest its title and its words, and neither card nor picture."""
    if "digest" in account.options:
        return Shown(draft.text, "letter", heading=subject(draft))
    return as_letter(account, draft, subject(draft))


def subject_of(account: Account, drafts: tuple[Draft, ...]) -> str:
    """As the account calls its digests, ``{n}`` being the number of posts; or how many there are, and whose."""
    name, number = account.options.get("name") or account.options["from"], len(drafts)
    if wanted := account.options.get("subject"):
        return one_line(wanted.replace("{n}", str(number)))
    if number == 1:
        return subject(drafts[0])
    return one_line(f"{number} nouvelles {_of(name)}" if _is_french(drafts[0]) else f"{number} posts from {name}")


def _mail(account: Account, drafts: tuple[Draft, ...], keys: Keys) -> str:
    title, first = subject_of(account, drafts), 1 if len(drafts) > 1 else 0
    sections = [_section(*numbered) for numbered in enumerate(drafts, first)]
    mail = headed(account, title, keys)
    mail.set_content(_text(title, sections))
    mail.add_alternative(page(drafts[0].language, title, _content(title, sections)), subtype="html")
    return finished(account, mail, ", ".join(dict.fromkeys(draft.language for draft in drafts)), keys)


def _section(number: int, draft: Draft) -> _Section:
    """Words that begin with their title have it once."""
    first, _, rest = draft.text.strip().partition("\n")
    title, name = " ".join(draft.title.split()), subject(draft)
    has_title = bool(title) and " ".join(first.split()) == title
    return _Section(number, draft, name, title, rest.strip("\n") if has_title else draft.text)


def _text(title: str, sections: list[_Section]) -> str:
    parts = [f"{one.heading}\n\n{one.words}".strip() for one in sections]
    listed = "\n".join(f"{one.number}. {one.name}" for one in sections)
    contents = [f"{title}\n\n{_contents(sections)}\n{listed}"] if len(sections) > 1 else []
    return f"\n\n{_RULE}\n\n".join([*contents, *parts])


def _content(title: str, sections: list[_Section]) -> list[str]:
    listed = [f'<li><a href="#n{one.number}">{escaped(one.name)}</a></li>' for one in sections]
    contents = "\n".join([f"<h1>{escaped(title)}</h1>", f"<p>{_contents(sections)}</p>", "<ol>", *listed, "</ol>"])
    parts = [*([contents] if len(sections) > 1 else []), *map(_part, sections)]
    return [_SET, "\n<hr>\n".join(parts), "</div>"]


def _part(one: _Section) -> str:
    heading = escaped(one.heading)
    linked = f'<a href="{escaped(one.draft.link)}">{heading}</a>' if one.draft.link and one.title else heading
    words = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(one.words))
    head = f'<h2 id="n{one.number}">{linked}</h2>\n' if heading else ""
    return f'<div lang="{escaped(one.draft.language)}">\n{head}{words}\n</div>'


def _contents(sections: list[_Section]) -> str:
    return _CONTENTS["fr" if _is_french(sections[0].draft) else "en"]


def _is_french(draft: Draft) -> bool:
    return draft.language.partition("-")[0] == "fr"


def _of(name: str) -> str:
    """French elides before a vowel: « de La veille », « d’Orléans »."""
    return f"d’{name}" if normalize("NFD", name)[:1].lower() in {*"aeiou"} else f"de {name}"
