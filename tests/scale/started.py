"""A process of relay's as it is, but for the times of a run and a planted bug: ``python -m tests.scale.started TIMES PLANT …``.

What follows are relay's own words, such as ``worker --config FILE``.
"""

import sys
from datetime import timedelta

from relay.__main__ import main
from relay.core.polling import waiting
from relay.core.review import settling
from relay.pipeline.delivering import claiming, shift
from relay.schedule.distributed import lead
from tests.scale import plan, plants
from tests.scale.plan import Times


def hasten(times: Times) -> None:
    """Put these times in the place of relay's own."""
    for module in (shift, claiming):
        module.__dict__["LEASE"] = timedelta(seconds=times.post)
    lead.__dict__["TTL"] = timedelta(seconds=times.lease)
    lead.__dict__["LOOK"] = timedelta(seconds=times.lease / 5)
    lead.__dict__["MARGIN"] = timedelta(seconds=times.lease / 7.5)
    waiting.__dict__["HOUR"] = timedelta(seconds=times.every)
    settling.__dict__["FIRST_CHECK"] = timedelta(seconds=times.first_look)
    settling.__dict__["SECOND_LOOK"] = timedelta(seconds=times.second_look)


if __name__ == "__main__":
    hasten(plan.read(sys.argv[1]))
    if sys.argv[2]:
        plants.PLANTS[sys.argv[2]]()
    sys.argv[1:] = sys.argv[3:]
    main()
