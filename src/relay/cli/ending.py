"""How a command ends early: one sentence on stderr, and an exit code."""

import sys


class Ending(Exception):  # an ending is not always an error
    """Raised with the sentence to say; ``code`` is 1 for a failure, 2 for wrong usage, 78 for the configuration."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code

    def said(self) -> int:
        """Say it on stderr and give the exit code."""
        text = str(self)
        if text:
            print(text if "\n" in text or self.code == 78 else f"relay: {text}", file=sys.stderr)
        return self.code
