"""Regular expressions of the file: whether they are any, and where not."""

import warnings

import regex

from relay.config.table import Fault


def fault_of_pattern(pattern: str, start: int) -> Fault | None:
    """What is wrong with ``pattern``, which stands ``start`` code points into its text; ``None`` when it compiles."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the future of "[[", which is no concern of an editor
            regex.compile(pattern)
    except regex.error as error:
        at = start + (getattr(error, "pos", None) or 0)  # the stubs know neither pos nor msg
        return Fault("R057", {"reason": str(getattr(error, "msg", error))}, (at, at + 1))
    except (OverflowError, RecursionError, ValueError) as error:
        return Fault("R057", {"reason": str(error)})
    return None
