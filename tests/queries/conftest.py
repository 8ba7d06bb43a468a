"""A lived-in town, built once for a module; each test changes it inside a transaction of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.cast import Cast, build_cast
from tests.queries.worlds import live_through_it
from zhouzhouhui.models import Matter


@pytest.fixture(scope="module")
def lived_in(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Cast, dict[str, Matter]]]:
    """The cast of a town that has seen every verb, and its matters by name."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = build_cast()
        yield cast, live_through_it(cast)
        transaction.set_rollback(True)


@pytest.fixture
def cast(lived_in: tuple[Cast, dict[str, Matter]], db: None) -> Iterator[Cast]:
    """The lived-in town; what a test does to it is rolled back, broken links and all."""
    cache.clear()
    now = lived_in[0].now
    with transaction.atomic():
        yield lived_in[0]
        transaction.set_rollback(True)
    lived_in[0].now = now


@pytest.fixture
def told(lived_in: tuple[Cast, dict[str, Matter]], db: None) -> dict[str, Matter]:
    """The matters of the lived-in town by name, as they stand now."""
    return {name: Matter.objects.get(id=matter.id) for name, matter in lived_in[1].items()}
