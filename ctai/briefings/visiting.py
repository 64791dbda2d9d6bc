"""The visit that a briefing is of: who may be briefed on it, where it goes, what rests on it."""

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from ctai.db import Session
from ctai.domain.assessments import AssessmentDraft
from ctai.domain.briefing import Briefing, no_visit, reader_of
from ctai.domain.faults import Fault, Refused
from ctai.domain.ladder import History
from ctai.domain.needs import NeedState
from ctai.domain.roles import Action, Viewer
from ctai.domain.standing import current_consents
from ctai.queries import assessments, ladder
from ctai.queries.ladder_rows import histories


@dataclass(frozen=True)
class Visit:
    """A visit as its reader may know it.

    `countries` are those that the briefing tells of. `needs` are the numbers of the needs that
    rest on it. `consents` and `checks` are the codes of the needs, on the measures that it looks
    at, on which a State's consent, or its word whether they were met, is awaited; None where the
    reader may not know.
    """

    number: int
    draft: AssessmentDraft
    countries: tuple[str, ...]
    needs: frozenset[int]
    consents: tuple[str, ...] | None
    checks: tuple[str, ...] | None

    @property
    def measures(self) -> frozenset[str]:
        """Give the codes of the measures that it looks at."""
        return frozenset(link.measure for link in self.draft.looked_at)


def placed(session: Session, author: Viewer, asked: Briefing) -> Briefing:
    """Give a briefing on a visit the visit's countries, or those of them that are asked for.

    Refused in the same words where there is no such visit, where the author may not see it, and
    where the audience may not.
    """
    if asked.visit is None:
        return asked
    draft = assessments.draft_of(session, author, asked.visit)
    if draft is None:
        raise Refused([no_visit(asked.visit)])
    wanted = asked.scope.country or draft.countries
    countries = tuple(code for code in draft.countries if code in wanted)
    if author.reach is not None:
        countries = tuple(code for code in countries if code in author.reach)
    elsewhere = [code for code in wanted if code not in draft.countries]
    if elsewhere or not countries:
        places = {"seen": ", ".join(elsewhere or wanted)}
        raise Refused([Fault("The visit does not go to {seen}.", "country", places)])
    there = replace(asked, scope=replace(asked.scope, country=countries))
    if assessments.version_of(session, reader_of(there), asked.visit) is None:
        raise Refused([no_visit(asked.visit)])
    return there


def read(session: Session, asked: Briefing, needs: pd.DataFrame, day: date) -> Visit | None:
    """Read the visit that a briefing is of, as its reader may know it; None where it is of none.

    `needs` are those that the briefing tells of. Refused where the reader may not see the visit.
    """
    if asked.visit is None:
        return None
    reader = reader_of(asked)
    draft = assessments.draft_of(session, reader, asked.visit)
    if draft is None:
        raise Refused([no_visit(asked.visit)])
    resting = assessments.needs_of(session, reader, asked.visit)["need_id"]
    looked_at = [link.measure for link in draft.looked_at]
    on_them = needs[needs["measure"].isin(looked_at)]
    is_told = reader.may(Action.SEE_UN_SYSTEM) or reader.may(Action.ANSWER_CONSENT)
    return Visit(
        number=asked.visit,
        draft=draft,
        countries=tuple(code for code in draft.countries if code in asked.scope.country),
        needs=frozenset(map(int, resting)),
        consents=_consents(session, reader, on_them, day) if is_told else None,
        checks=_checks(session, reader, on_them, day) if is_told else None,
    )


def _consents(session: Session, reader: Viewer, needs: pd.DataFrame, day: date) -> tuple[str, ...]:
    codes = dict(zip(map(int, needs["need_id"]), needs["code"], strict=True))
    found = histories(session, reader, codes)
    return tuple(codes[number] for number, one in found.items() if _waits(one, day))


def _waits(history: History, day: date) -> bool:
    return any(one.is_awaited(day) for one in current_consents(history.consents).values())


def _checks(session: Session, reader: Viewer, needs: pd.DataFrame, day: date) -> tuple[str, ...]:
    """Find the needs that are called answered and whose State is to say now whether it is so."""
    addressed = needs[needs["state"] == NeedState.ADDRESSED.value]
    found = {
        str(code): ladder.standing_of(session, reader, int(number), day)
        for number, code in zip(addressed["need_id"], addressed["code"], strict=True)
    }
    return tuple(
        code
        for code, one in found.items()
        if one is not None and one.check_due is not None and one.check_due <= day
    )
