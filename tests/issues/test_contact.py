"""An agency's contact stays while people may need it: its published issues name it until they are closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.agencies import service as agencies
from app.agencies.models import Agency
from app.core.db import db, transaction
from app.core.errors import DomainError
from app.issues import service
from app.issues.models import Issue
from app.ledger.facts import SYSTEM
from tests.issues.conftest import Office


def empty_contact(agency_id: int) -> None:
    agency = db.session.get_one(Agency, agency_id)
    names = [name for name in agencies.AgencyDetails.__dataclass_fields__ if not name.startswith("contact")]
    with transaction():
        agencies.change_agency(
            agency_id=agency_id,
            details=agencies.AgencyDetails(**{name: getattr(agency, name) for name in names}),
            actor=SYSTEM,
        )


def test_a_contact_stays_while_an_issue_lives(
    office: Office, published: Callable[..., Issue], in_request: Callable[[], Any]
) -> None:
    issue_id, agency_id = published().id, office.agency.id
    with pytest.raises(DomainError) as refused:
        empty_contact(agency_id)
    assert refused.value.field == "contact_th"
    with in_request():
        service.annul_issue(issue_id=issue_id, reason="mistake", actor=SYSTEM)
    empty_contact(agency_id)
    assert db.session.get_one(Agency, agency_id, populate_existing=True).contact_th == ""


def test_a_draft_keeps_nothing(office: Office, draft: Callable[..., Issue]) -> None:
    draft()
    empty_contact(office.agency.id)
