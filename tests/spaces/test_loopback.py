"""The door of the offline Spaces: real Gradio apps, as the launcher starts them."""

import http.client
from contextlib import closing

import httpx
import pytest
from gradio_client import Client

from splatelier.spaces.gradio_app import REQUEST_BYTES
from splatelier.spaces.launcher import SPACES, OfflineSpaces

pytestmark = pytest.mark.slow

CALL = "/gradio_api/call/v2/{}"


@pytest.fixture(params=list(SPACES))
def space(request: pytest.FixtureRequest, offline_house: OfflineSpaces) -> httpx.URL:
    return httpx.URL(offline_house.spaces[request.param])


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info"])
@pytest.mark.parametrize("host", ["evil.test", "evil.test:{port}", "127.0.0.1.evil.test:{port}", "localhost.evil.test"])
def test_a_space_does_not_answer_to_another_name(space: httpx.URL, path: str, host: str) -> None:
    answer = httpx.get(space.join(path), headers={"Host": host.format(port=space.port)}, trust_env=False)
    assert answer.status_code == 421
    assert answer.text == f"This server is for this machine alone: ask 127.0.0.1:{space.port}."


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://127.0.0.1:1", "http://localhost:{port}"])
def test_a_space_does_nothing_for_a_page_of_another_origin(space: httpx.URL, origin: str) -> None:
    headers = {"Origin": origin.format(port=space.port), "Content-Type": "text/plain"}
    for endpoint in ("paint", "reconstruct"):
        answer = httpx.post(space.join(CALL.format(endpoint)), content="{}", headers=headers, trust_env=False)
        assert answer.status_code == 403
    upload = httpx.post(
        space.join("/gradio_api/upload"), files={"files": b"x"}, headers={"Origin": headers["Origin"]}, trust_env=False
    )
    assert upload.status_code == 403


def test_a_space_answers_its_own_page(space: httpx.URL) -> None:
    for host in (f"127.0.0.1:{space.port}", f"localhost:{space.port}"):
        headers = {"Host": host, "Origin": f"http://{host}"}
        assert httpx.get(space.join("/config"), headers=headers, trust_env=False).status_code == 200


def test_a_space_reads_no_endless_request(space: httpx.URL) -> None:
    with closing(http.client.HTTPConnection(space.host, space.port or 80, timeout=30)) as connection:
        connection.putrequest("POST", "/gradio_api/upload")
        connection.putheader("Content-Length", str(REQUEST_BYTES + 1))
        connection.endheaders()  # and no body: the announcement is enough
        assert connection.getresponse().status == http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_the_real_client_is_let_in(space: httpx.URL) -> None:
    client = Client(str(space), token=False, verbose=False, analytics_enabled=False)
    assert client.view_api(return_format="dict")["named_endpoints"]
