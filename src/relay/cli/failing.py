"""What a command says of whatever failed it: a sentence, and not where in the code that was."""

from collections.abc import Iterator
from contextlib import contextmanager

from relay.cli.ending import Ending


@contextmanager
def failures_said() -> Iterator[None]:
    """What is refused, and what the machine or the database does not do, is an ``Ending`` with its sentence."""
    try:
        yield
    except (Ending, BrokenPipeError):
        raise  # whoever read our output has seen enough; `main` ends quietly
    except OSError as error:
        raise Ending(f"{error.filename or 'the system'}: {error.strerror or error}") from error
    except Exception as error:
        from relay.cli.refusing import sentence  # noqa: PLC0415  # it loads the database

        said = sentence(error)
        if not said:
            raise
        raise Ending(said) from error
