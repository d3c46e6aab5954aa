"""Huginn: an exported scenario (JSON), and the answers of ``/events.json`` or ``/agents/N/events.json``.

A scenario has agents, and links between them by their places. What an agent for feeds brings goes through others, some
of which decide, to those that post: each such way becomes a route.
"""

from collections.abc import Iterator, Mapping, Sequence

from relay.core.identity.posted import Posted
from relay.intake.importing import rules
from relay.intake.importing.huginn_rules import Scenario, kind, rule
from relay.intake.importing.imported import File, Found, Imported, Left, Outlet, Way, each
from relay.intake.importing.records import Record, moment, read_json, record, records, text
from relay.intake.importing.servers import server
from relay.intake.importing.wording import said, translated

HOW = "handled by Huginn"
_PASSING = frozenset({"DeDuplicationAgent", "DelayAgent", "EventFormattingAgent", "DigestAgent", "LiquidOutputAgent"})
_POSTING: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "TwitterPublishAgent": ("x", {}),
    "MastodonPublishAgent": ("mastodon", {"instance": "instance"}),
    "MastodonAgent": ("mastodon", {"instance": "instance"}),
    "BlueskyPublishAgent": ("bluesky", {"handle": "handle"}),
    "ThreadsPublishAgent": ("threads", {}),
    "TelegramAgent": ("telegram", {"chat": "chat_id"}),
    "SlackAgent": ("slack", {"channel": "channel"}),
    "PostAgent": ("webhook", {}),
    "EmailAgent": ("email", {}),
    "EmailDigestAgent": ("email", {}),
}
"""By kind: the network, and its keys with the options that hold them."""
_EVERY = {
    "1m": "5m",
    "2m": "5m",
    "5m": "5m",
    "10m": "10m",
    "30m": "30m",
    "1h": "1h",
    "2h": "2h",
    "5h": "5h",
    "12h": "12h",
    "1d": "1d",
    "2d": "2d",
    "7d": "7d",
}
_TEXT = {
    "title": "title",
    "url": "link",
    "link": "link",
    "description": "excerpt",
    "summary": "excerpt",
    "content": "excerpt",
}
_DEEPEST = 20


def read(files: Sequence[File]) -> Imported | Left:
    """Scenarios and events, in any order."""
    return each(files, _one)


def _one(file: File) -> Imported | Left:
    document = read_json(file)
    if isinstance(document, Left):
        return document
    if isinstance(document, list):
        return Imported(posted=tuple(mark for event in records(document) for mark in _events(event)))
    if not isinstance(document, dict) or not isinstance(document.get("agents"), list):
        return Left(file.name, None, "this is neither a scenario of Huginn (it has no `agents`) nor a list of events")
    agents = tuple(record(one) for one in document["agents"])
    return _told(Scenario(file.name, agents, _links(document, len(agents))))


def _links(document: Record, count: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for link in records(document.get("links")):
        source, receiver = link.get("source"), link.get("receiver")
        if isinstance(source, int) and isinstance(receiver, int) and 0 <= source < count and 0 <= receiver < count:
            found[source] = (*found.get(source, ()), receiver)
    return found


def _told(scenario: Scenario) -> Imported:
    sources: list[Found] = []
    ways: list[Way] = []
    for place, agent in enumerate(scenario.agents):
        if kind(agent) == "RssAgent":
            found = _sources(scenario, place)
            sources += found
            ways += [way for way in _ways(scenario, place, [one.url for one in found]) if found]
        elif kind(agent) not in {*_PASSING, *_POSTING, "TriggerAgent"}:
            scenario.say(agent, "relay has no counterpart of this agent")
    outlets = [_outlet(agent) for agent in scenario.agents if kind(agent) in _POSTING]
    return Imported(tuple(sources), tuple(outlets), tuple(ways), (), tuple(scenario.left))


def _sources(scenario: Scenario, place: int) -> list[Found]:
    """Its feeds; where all that hear of them are triggers, what none of those wants is not kept."""
    agent = scenario.agents[place]
    options = record(agent.get("options"))
    given = options.get("url")
    urls = [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str) and one.strip()]
    if any("{" in url for url in urls):
        scenario.say(agent, "an address made by Liquid is not brought over: write it by hand")
    if agent.get("disabled") is True:
        scenario.say(agent, "it was switched off; take its sources out if it is to stay so")
    if options.get("basic_auth") or options.get("headers"):
        scenario.say(agent, "relay asks without its password and headers")
    heard = [scenario.agents[one] for one in scenario.receivers.get(place, ())]
    made = [rule(scenario, one) for one in heard if kind(one) == "TriggerAgent"]
    keep = tuple(one for one in made if one) if made and len(made) == len(heard) and all(made) else ()
    every = _EVERY.get(text(agent, "schedule").removeprefix("every_"))
    name = text(agent, "name") or None
    return [Found(url.strip(), name, keep, (), every) for url in urls if "{" not in url]


def _ways(scenario: Scenario, place: int, feeds: Sequence[str]) -> Iterator[Way]:
    """Every way from here to an agent that posts, with the rules on it."""
    walks: list[tuple[int, tuple[str, ...], tuple[int, ...]]] = [(place, (), (place,))]
    while walks:
        here, passed, seen = walks.pop()
        for one in scenario.receivers.get(here, ()):
            agent = scenario.agents[one]
            if kind(agent) in _POSTING:
                yield _way(scenario, agent, feeds, passed)
            elif one not in seen and len(seen) < _DEEPEST and kind(agent) in {*_PASSING, "TriggerAgent"}:
                lets = rule(scenario, agent) if kind(agent) == "TriggerAgent" else None
                walks.append((one, (*passed, lets) if lets else passed, (*seen, one)))


def _way(scenario: Scenario, agent: Record, feeds: Sequence[str], passed: Sequence[str]) -> Way:
    options = record(agent.get("options"))
    template = text(options, "message", "status", "text", "body")
    own, unknown = translated(
        template.replace("{{", "{").replace("}}", "}").replace("{%", "{?").replace("%}", "}"), _TEXT
    )
    for one in said(scenario.file, None, unknown, text(agent, "name")):
        if one not in scenario.left:
            scenario.left.append(one)
    return Way(_name(agent), tuple(feeds), own or None, rules.all_of([*dict.fromkeys(passed)]) if passed else None)


def _outlet(agent: Record) -> Outlet:
    """Of its options only those that no secret can stand in."""
    network, keys = _POSTING[kind(agent)]
    options = record(agent.get("options"))
    written = tuple((key, text(options, option)) for key, option in keys.items() if text(options, option))
    return Outlet(
        _name(agent),
        network,
        tuple((key, server(value) if key == "instance" else value) for key, value in written if "{" not in value),
    )


def _name(agent: Record) -> str:
    return text(agent, "name") or kind(agent)


def _events(event: Record) -> Iterator[Posted]:
    payload = record(event.get("payload"))
    found = Posted(
        HOW,
        guid=text(payload, "guid", "id") or None,
        url=text(payload, "url", "link") or None,
        title=text(payload, "title") or None,
        at=moment(event.get("created_at")),
    )
    if found.guid or found.url or found.title:
        yield found
