"""A town whose acts are really committed, so that several connections see them."""

import pytest

from tests.cast import Cast, build_cast


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return build_cast()
