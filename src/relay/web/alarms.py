"""What every page of editors says of what needs somebody, beside the stop, the machine and the configuration."""

from collections import Counter
from dataclasses import dataclass

from relay.core.alarm import Alarm, Raised
from relay.core.people import Editor, Role
from relay.pipeline import alarms
from relay.web.office import Office

WAYS = {
    Alarm.OVERDUE: "/sources",
    Alarm.UNCONFIRMED: "/queue?state=unconfirmed",
    Alarm.ACCOUNT: "/accounts",
    Alarm.EXPIRING: "/accounts",
    Alarm.UNTOLD: "/notifications",
}
"""Where an editor finds what an alarm is about."""
ELSEWHERE = frozenset({Alarm.STOPPED, Alarm.CONFIGURATION, Alarm.MACHINE, Alarm.SCARCE})
"""They have a place of their own on each page."""
OF_ACCOUNTS = frozenset({Alarm.ACCOUNT, Alarm.EXPIRING})


@dataclass(frozen=True, slots=True)
class Told:
    """``word`` is the name of its sentence, ``number`` how many it is about, ``address`` where they are."""

    word: str
    number: int
    address: str


def told(office: Office, editor: Editor | None) -> list[Told]:
    """Nothing to whoever is not signed in; of accounts and the queue only what an editor may see."""
    if editor is None:
        return []
    with office.db.read() as tx:
        raised = [one for one in alarms.raised(tx, office.moment()) if _is_for(editor, one)]
    numbers = Counter[tuple[Alarm, str]]()
    for one in raised:
        numbers[one.alarm, one.of if one.alarm is Alarm.LOOP else ""] += one.number
    return [Told(_word(alarm, of), number, _way(editor, alarm)) for (alarm, of), number in numbers.items()]


def _is_for(editor: Editor, one: Raised) -> bool:
    if one.alarm in ELSEWHERE:
        return False
    if not editor.accounts:
        return True
    return one.of in editor.accounts if one.alarm in OF_ACCOUNTS else one.alarm not in WAYS


def _word(alarm: Alarm, of: str) -> str:
    return f"alarm.{alarm}.{of}" if of else f"alarm.{alarm}"


def _way(editor: Editor, alarm: Alarm) -> str:
    """Notifications are an administrator's."""
    return "" if alarm is Alarm.UNTOLD and editor.role is not Role.ADMIN else WAYS.get(alarm, "")
