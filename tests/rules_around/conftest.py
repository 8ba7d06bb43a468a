"""The cast's town; and another town, in the same installation, with the same cast under other keys."""

import pytest
from django.core.cache import cache

from tests.cast import Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return build_cast()


@pytest.fixture
def other(cast: Cast) -> Cast:
    """Another town; everything in it bears the same names and short codes."""
    return build_cast(code="990112900", host="other.test")
