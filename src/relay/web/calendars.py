"""The calendars of accounts: their schedules, time zones and holidays, and which day it is."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from relay.core.route import Schedule
from relay.core.scheduling import quiet
from relay.pipeline.desk import Desk
from relay.web.office import Office


def schedules(desk: Desk, account: str) -> tuple[Schedule, ...]:
    """Those by which this account's posts leave, or all."""
    own = (route.schedule for route in desk.routes if not account or account in route.accounts)
    return tuple(dict.fromkeys(own))


def zone_of(office: Office, account: str) -> str:
    """The time zone of an account."""
    return next((one.zone for one in schedules(office.desk, account)), office.zone)


def holiday(calendars: Iterable[Schedule], on: date, language: str) -> str:
    """What a day is called that any of these keeps quiet as a public holiday."""
    return next(filter(None, (quiet.holiday(one, on, language) for one in calendars)), "")


def network(desk: Desk, account: str) -> str:
    """The network of an account, empty where there is no such account any more."""
    return desk.accounts[account].network if account in desk.accounts else ""


def today(office: Office) -> date:
    """In the office's zone."""
    return office.clock().astimezone(ZoneInfo(office.zone)).date()
