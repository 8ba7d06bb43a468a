"""What every test of an action has at hand: a town with its people, and a way to name a refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast, build_cast
from zhouzhouhui.rules.refusals import Refused

Refusal = Callable[..., str]


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


@pytest.fixture
def refusal() -> Refusal:
    """Do something that must be refused; the code, and ":" the thing that was missing where one was."""

    def name(act: Callable[..., Any], *args: Any, **told: Any) -> str:
        with pytest.raises(Refused) as caught:
            act(*args, **told)
        what = caught.value.facts.get("what")
        return f"{caught.value.code}:{what}" if what else caught.value.code

    return name
