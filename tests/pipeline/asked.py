"""What editors are asked about a source, and what they say to it."""

from relay.core.people import Editor, Role
from relay.core.polling.pollstate import PollState
from relay.core.question import Kind
from relay.pipeline.care.answer import Said, answer
from relay.storage import questions, sources
from tests.pipeline.reading import Reading
from tests.pipeline.world import NOON

CAMILLE = Editor("camille", Role.EDITOR)
ELSEWHERE = "https://ailleurs.example/rss"


def say(reading: Reading, id: int, *, yes: bool, editor: Editor = CAMILLE) -> int:
    return answer(reading.db, reading.desk, id, Said(editor, "test", yes), NOON)


def asked(reading: Reading, kind: Kind, subject: str) -> int:
    with reading.db.write() as tx:
        return questions.ask(tx, "cget", kind, subject, (), NOON)


def state(reading: Reading) -> PollState:
    with reading.db.read() as tx:
        return sources.state(tx, "cget")
