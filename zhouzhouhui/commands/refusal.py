"""How a command refuses."""

from __future__ import annotations


class CommandRefused(Exception):
    """A sentence for the person at the terminal, and the exit code (1 refused, 2 not understood)."""

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
