"""The offline house, started once for every test about it."""

from collections.abc import Iterator

import pytest

from spaces.launcher import OfflineSpaces


@pytest.fixture(scope="session")
def offline_house() -> Iterator[OfflineSpaces]:
    with OfflineSpaces() as house:
        yield house
