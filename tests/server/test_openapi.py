"""The API keeps to its description: every answer that any request brings is a described one."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from ctai.domain.roles import Role
from tests.server.asking import Tokens, ask

LEFT_OUT = ("positive_data_acceptance", "unsupported_method")
"""A code of the right form that no State has is refused; and HEAD is open beside GET."""
EXAMPLES = 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_any_request_is_answered_as_described(address: str, store: Tokens) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    schema.config.update(base_url=f"{address}/api/v1")
    checks: list[Any] = [one for one in CHECKS.get_all() if one.__name__ not in LEFT_OUT]
    headers = {"Authorization": f"Bearer {store[Role.DESK_OFFICER]}"}
    tried = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            cases = operation.as_strategy(generation_mode=mode)

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
                database=None,
            )
            @given(cases)
            def holds(case: schemathesis.Case[Any]) -> None:
                response = case.call(headers=headers)
                case.validate_response(response, checks=checks, headers=headers)
                tried.append(response.status_code)

            holds()
    assert {200, 400} <= set(tried) <= {200, 400, 404, 406}


def test_the_description_names_every_list_and_every_column(address: str, store: Tokens) -> None:
    described = ask(address, "openapi.json").json
    for path in described["paths"]:
        assert path.startswith("/")
    token = store[Role.ADMINISTRATOR]
    for name in ("activities", "needs", "gaps", "assessments", "requests"):
        assert {f"/{name}", f"/{name}.json", f"/{name}.csv"} <= described["paths"].keys()
        row = described["components"]["schemas"][name]["properties"]["data"]["items"]
        text = ask(address, f"{name}.csv", token).body.decode("utf-8-sig")
        assert text.splitlines()[0].split(",") == list(row["properties"])
