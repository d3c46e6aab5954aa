"""``/metrics``, for Prometheus: every measure in its text format, for whoever may see the queue."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from prometheus_client import ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from relay.core.measure import Reading
from relay.core.programs.token import Scope
from relay.pipeline.measuring import readings
from relay.web import auth
from relay.web.api import problem
from relay.web.api.bearer import let_in
from relay.web.api.problem import Problem
from relay.web.office import Office


def show(request: Request) -> Response:
    """The numbers of this moment; a token with the scope ``read`` opens them, and so does a session."""
    try:
        _admit(request)
    except Problem as error:
        return problem.of_error(request, error)
    office: Office = request.app.state.office
    moment = office.moment()
    with office.db.read() as tx:
        found = readings(tx, moment, _version())
    return Response(generate_latest(_Collected(found)), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _admit(request: Request) -> None:
    editor = auth.editor_of(request)
    if editor.accounts if editor else let_in(request, Scope.READ).accounts:
        raise Problem(403, "measures_are_of_all")


@cache
def _version() -> str:
    return version("relay")


@dataclass(frozen=True, slots=True)
class _Collected(Collector):
    """What ``generate_latest`` asks for: relay's own measures, then memory, files and time of this process."""

    found: Iterable[Reading]

    def collect(self) -> Iterator[Metric]:
        for reading in self.found:
            yield _family(reading)
        yield from ProcessCollector(registry=None).collect()


def _family(reading: Reading) -> Metric:
    measure = reading.measure
    make: Callable[..., GaugeMetricFamily | CounterMetricFamily]
    make = CounterMetricFamily if measure.kind == "total" else GaugeMetricFamily
    family = make(measure.name, measure.about, labels=measure.labels)
    for labels, number in reading.numbers.items():
        family.add_metric(labels, number)
    return family
