"""Reading agents.md: both forms, by label, and nothing that leads elsewhere."""

import pytest

from splatelier.tools.spaces.card import check_host, parse_agents_md, subdomain
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.trust import Trust

V2 = """To use this application (microsoft/TRELLIS.2: Create 3D model from a single image):

API schema: GET https://microsoft-trellis-2.hf.space/gradio_api/info
Call endpoint: POST https://microsoft-trellis-2.hf.space/gradio_api/call/v2/{endpoint} {"param_name": value, ...}
Poll result: GET https://microsoft-trellis-2.hf.space/gradio_api/call/{endpoint}/{event_id}
File inputs: POST https://microsoft-trellis-2.hf.space/gradio_api/upload -F "files=@file.ext", use as: {"path": "<p>"}
Auth: Bearer $HF_TOKEN (https://huggingface.co/settings/tokens)
"""
V1 = """To use this application (microsoft/TRELLIS.2):
API schema: GET https://microsoft-trellis-2.hf.space/gradio_api/info
Call endpoint: POST https://microsoft-trellis-2.hf.space/gradio_api/call/{endpoint} {"data": [...]}
Poll result: GET https://microsoft-trellis-2.hf.space/gradio_api/call/{endpoint}/{event_id}
Auth: Bearer $HF_TOKEN (https://huggingface.co/settings/tokens)
"""
SPACE = "microsoft/TRELLIS.2"
URL = "https://microsoft-trellis-2.hf.space"


def test_todays_form_gives_the_address_and_the_description() -> None:
    card = parse_agents_md(V2, SPACE)
    assert (card.space, card.url, card.version) == (SPACE, URL, 2)
    assert card.description == "Create 3D model from a single image"


def test_the_older_form_without_description_and_file_line_is_read_too() -> None:
    card = parse_agents_md(V1, SPACE)
    assert (card.url, card.version, card.description) == (URL, 1, "")


@pytest.mark.parametrize(
    "text",
    [
        V2.replace("\n", "\r\n"),
        "\ufeffIgnored: line\n\n" + "\n".join(reversed(V2.splitlines())),
        V2.replace("API schema:", "  API Schema :").replace("Call endpoint:", "call ENDPOINT:"),
        V2 + "Something new: GET https://elsewhere.example/x\nNo label at all\n",
        V2.replace("/gradio_api/", "/"),
    ],
    ids=["CRLF", "another order", "other spacing and case", "unknown lines", "Gradio 4 without a prefix"],
)
def test_lines_are_found_by_label_whatever_stands_around_them(text: str) -> None:
    assert parse_agents_md(text, SPACE).url == URL


def test_an_app_below_a_path_keeps_its_path() -> None:
    text = V2.replace(URL, "http://127.0.0.1:7860/apps/one")
    assert parse_agents_md(text, SPACE).url == "http://127.0.0.1:7860/apps/one"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<!doctype html><html><body>Not found</body></html>",
        V2.replace("API schema", "Schema"),
        "x" * 70_000,
    ],
    ids=["empty", "other text", "HTML", "no schema line", "far too long"],
)
def test_what_is_no_card_is_malformed(text: str) -> None:
    with pytest.raises(SpaceError) as caught:
        parse_agents_md(text, SPACE)
    assert caught.value.kind == "malformed"


@pytest.mark.parametrize("label", ["API schema", "Call endpoint", "Poll result", "File inputs"])
def test_a_card_with_one_line_that_leads_elsewhere_is_refused(label: str) -> None:
    lines = [line.replace(URL, "https://evil.example") if line.startswith(label) else line for line in V2.splitlines()]
    with pytest.raises(SpaceError, match="several places") as caught:
        parse_agents_md("\n".join(lines), SPACE)
    assert caught.value.kind == "refused"


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example",
        "https://someone-else.hf.space",
        "http://microsoft-trellis-2.hf.space",
        "https://microsoft-trellis-2.hf.space.evil.example",
        "http://127.0.0.1:7860",
        "https://127.0.0.1",
    ],
)
def test_a_card_that_leads_away_from_the_spaces_own_host_is_refused(url: str) -> None:
    card = parse_agents_md(V2.replace(URL, url), SPACE)
    with pytest.raises(SpaceError, match="not this Space's own host") as caught:
        check_host(card, Trust())
    assert caught.value.kind == "refused"


def test_a_url_with_credentials_is_refused() -> None:
    with pytest.raises(SpaceError, match="credentials"):
        parse_agents_md(V2.replace("https://", "https://user:password@"), SPACE)


def test_the_spaces_own_host_is_believed_and_so_is_the_one_that_the_hub_gives() -> None:
    check_host(parse_agents_md(V2, SPACE), Trust())
    shortened = parse_agents_md(V2.replace("microsoft-trellis-2", "microsoft-trellis-2-1a2b3"), SPACE)
    check_host(shortened, Trust(), "https://microsoft-trellis-2-1a2b3.hf.space")


def test_only_a_hub_on_this_machine_may_have_its_spaces_here() -> None:
    card = parse_agents_md(V2.replace(URL, "http://127.0.0.1:7860"), SPACE)
    check_host(card, Trust("http://127.0.0.1:9999"))
    elsewhere = parse_agents_md(V2.replace(URL, "https://evil.example"), SPACE)
    with pytest.raises(SpaceError):
        check_host(elsewhere, Trust("http://127.0.0.1:9999"))


def test_a_description_is_cleaned_of_markup_and_control_characters() -> None:
    card = parse_agents_md(V2.replace("Create 3D model", "Create <b>3D</b>\x1b[31m\u202e model"), SPACE)
    assert card.description == "Create 3D model from a single image"


@pytest.mark.parametrize(
    ("space", "label"),
    [
        ("microsoft/TRELLIS.2", "microsoft-trellis-2"),
        ("black-forest-labs/FLUX_1", "black-forest-labs-flux-1"),
        ("VAST-AI/TripoSplat", "vast-ai-triposplat"),
    ],
)
def test_a_spaces_host_is_made_of_its_id(space: str, label: str) -> None:
    assert subdomain(space) == label
