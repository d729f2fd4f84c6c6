"""The offline house, started once for every test about it."""

from collections.abc import Iterator

import pytest

from splatelier.spaces.launcher import OfflineSpaces


@pytest.fixture(scope="session")
def offline_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfflineSpaces]:
    with OfflineSpaces(storage=tmp_path_factory.mktemp("pocket-hub")) as house:
        yield house
