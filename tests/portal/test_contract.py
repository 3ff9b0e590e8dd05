"""The OpenAPI document is exported as it is, and every answer keeps to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from reference_portal.cli import contract_text
from reference_portal.settings import Limits, PortalSettings
from tests.portal.world import Served

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "portal-api.yaml"
LIMITS = Limits(requests_per_minute=0, device_interval_s=0)
MODEST = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    database=None,
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("contract")
    portal = Served(
        PortalSettings(database_url=f"sqlite:///{folder / 'portal.db'}", demo=True, limits=LIMITS)
    )
    yield portal
    portal.close()


@pytest.fixture(scope="module")
def headers(served: Served) -> dict[str, str]:
    return {"Authorization": f"Bearer {served.officer().tokens['access_token']}"}


@schemathesis.serializer("application/offset+octet-stream")
def piece(_context: object, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def read_document() -> schemathesis.BaseSchema:
    read = schemathesis.openapi.from_path(DOCUMENT)
    # Unknown parameters are ignored, as unknown members are.
    read.config.generation.update(allow_extra_parameters=False)
    # Well-formed and still refused: an expired cursor, a reused key, a wrong checksum.
    refusals = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "422", "423", "429", "460", "5xx"]
    read.config.checks.positive_data_acceptance.expected_statuses = refusals
    # A wrong checksum is told before a wrong offset is.
    read.config.checks.negative_data_rejection.expected_statuses = ["4xx", "5xx"]
    return read


schema = read_document()


def test_the_document_in_docs_is_the_one_the_portal_serves() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == contract_text(), (
        "write it anew with: sangkien-portal openapi --output docs/portal-api.yaml"
    )


@schema.parametrize()
@MODEST
def test_every_answer_keeps_the_contract(
    case: schemathesis.Case, served: Served, headers: dict[str, str]
) -> None:
    # OAuth refuses a well-formed request with 400 (RFC 6749, 5.2); and of a header's pattern the generator
    # makes nothing that fits.
    is_refused = case.path.endswith(("/oauth/token", "/uploads/{upload_key}"))
    excluded = [schemathesis.checks.positive_data_acceptance] if is_refused else []
    case.call_and_validate(base_url=served.root, headers=headers, excluded_checks=excluded)


def test_answers_that_lead_on_keep_the_contract(served: Served, headers: dict[str, str]) -> None:
    class Flow(schema.as_state_machine()):
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:
            return {"headers": headers, "base_url": served.root}

        def validate_response(self, response: object, case: schemathesis.Case, **_more: object) -> None:
            assert response.status_code < 500
            case.validate_response(response, checks=[schemathesis.checks.response_schema_conformance])

    Flow.run(settings=settings(MODEST, max_examples=8, stateful_step_count=8))
