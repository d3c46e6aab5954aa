"""What the pages need of the service behind them."""

import secrets
from collections.abc import Callable

from relay.pipeline.telling.posting import poster
from relay.service import Relay
from relay.web.office import Office

Wake = Callable[[], None]


def office(
    relay: Relay, nudge: Wake, arrived: Wake = lambda: None, brought: Wake = lambda: None, asked: Wake = lambda: None
) -> Office:
    """All of it; ``nudge`` and the others wake the loops that are meant."""
    known = relay.configuration
    return Office(
        db=relay.db,
        desk=relay.desk,
        reader=relay.reader,
        feeds=known.service.feeds,
        public_url=known.service.public_url,
        language=known.language,
        zone=known.zone,
        clock=relay.clock,
        mint=relay.mint,
        token=lambda: secrets.token_urlsafe(32),
        nudge=nudge,
        posting=relay.posting,
        arrived=arrived,
        brought=brought,
        asked=asked,
        retired=known.retired,
        sign_in=known.sign_in,
        post_letter=poster(known.mail, relay.mint),
        wishes=relay.wishes,
        ailing=relay.ailments.found,
        ails=relay.ails,
        contact=known.service.contact or "",
    )
