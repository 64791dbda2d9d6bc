"""Follow-ups of assessments that are overdue."""

from datetime import date

import pandas as pd
from sqlalchemy import select
from sqlmodel import Session, col

from ctai.domain.notices import Urgency, urgency
from ctai.domain.roles import Viewer
from ctai.domain.scope import Scope
from ctai.models.needs import Assessment, AssessmentCountry, AssessmentMeasure, FollowUp
from ctai.queries.evidence import assessments_in

OVERDUE_COLUMNS = ["assessment_id", "overdue", "overdue_since"]


def overdue(session: Session, viewer: Viewer, scope: Scope, today: date) -> pd.DataFrame:
    """Count the follow-ups whose date has passed undone, by assessment, with `OVERDUE_COLUMNS`.

    `overdue_since` is the earliest of their dates. Assessments without one have no row.
    """
    statement = (
        select(col(Assessment.id), col(FollowUp.id), col(FollowUp.due))
        .join(FollowUp, col(FollowUp.assessment_id) == col(Assessment.id))
        .join(AssessmentCountry, col(AssessmentCountry.assessment_id) == col(Assessment.id))
        .join(AssessmentMeasure, col(AssessmentMeasure.assessment_id) == col(Assessment.id))
        .where(col(FollowUp.done_on).is_(None), col(FollowUp.due) <= today.isoformat())
        .distinct()
        .order_by(col(Assessment.id), col(FollowUp.due))
    )
    rows = [
        (assessment_id, due)
        for assessment_id, _, due in session.execute(assessments_in(statement, viewer, scope))
        if urgency(due, today) is Urgency.OVERDUE
    ]
    found = pd.DataFrame(rows, columns=["assessment_id", "due"])
    return found.groupby("assessment_id", as_index=False).agg(
        overdue=("due", "size"), overdue_since=("due", "first")
    )[OVERDUE_COLUMNS]
