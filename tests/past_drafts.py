"""What was shown, told in texts: a photograph of many reads, to hold a later look back against."""

from datetime import date

import pandas as pd
from sqlalchemy import Engine, select, text

from ctai import db
from ctai.domain import gaps
from ctai.domain.roles import Viewer
from ctai.domain.scope import Face, Scope
from ctai.domain.strategy import Level
from ctai.exchange import exports
from ctai.models.base import Base
from ctai.models.past import KEPT
from ctai.queries import activities, codes, evidence, heatmap, needs, overview, partners

DAY = date(2024, 7, 1)


def photograph(engine: Engine, viewer: Viewer, as_of: int | None = None) -> dict[str, str | bytes]:
    """Tell what a viewer is shown, now or as of a number."""
    with db.reading(engine, as_of) as session:
        whole = Scope()
        cells = gaps.gaps(evidence.evidence(session, viewer, whole, DAY), Level.MEASURE, DAY)
        counted = heatmap.undertakings(session, viewer, Face.COUNTRY, whole, DAY)
        frames: dict[str, pd.DataFrame] = {
            "activities": activities.listed(session, viewer, whole, DAY, "en", 100, 0),
            "needs": needs.needs(session, viewer, whole),
            "assessments": needs.assessments(session, viewer, whole),
            "requests": needs.requests(session, viewer, whole),
            "gaps": cells,
            "heatmap": counted,
            "money": heatmap.money(session, viewer, Face.ENTITY, whole, DAY),
            "terms": evidence.terms(session, viewer, whole, DAY),
            "mapping": partners.mapping(session, viewer, whole),
            "timeline": partners.timeline(session, viewer, whole, DAY),
            "steps": partners.steps(session, viewer),
        }
        rows = activities.streamed(session, viewer, whole, DAY, "en")
        return {
            **{name: frame.to_csv() for name, frame in frames.items()},
            "statuses": str(sorted(overview.statuses(session, viewer, whole, DAY).items())),
            "file": b"".join(exports.activities_csv(rows, "en")),
            "revisions": str(session.execute(text("SELECT COUNT(*) FROM revision")).scalar()),
            **{
                f"rows of {name}": str(
                    sorted(map(repr, session.execute(select(*Base.metadata.tables[name].columns))))
                )
                for name in KEPT
            },
        }


def number(engine: Engine) -> int:
    """Tell the data version."""
    with db.reading(engine) as session:
        return codes.data_version(session)
