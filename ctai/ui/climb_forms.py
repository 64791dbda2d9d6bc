"""Forms of the ladder: asking, answering, sharing and judging, each one decision."""

from decimal import Decimal, InvalidOperation

import streamlit as st

from ctai.domain.climbing import OUTSIDE_KINDS, UN_KINDS, Offer
from ctai.domain.faults import Fault, Refused, shown
from ctai.domain.funding_tests import ProposedTest
from ctai.domain.ladder import (
    CAPACITY_ANSWERS,
    OUTSIDE_ANSWERS,
    Answer,
    ConsentAnswer,
    ConsentStanding,
    Enquiry,
    FundingTest,
    Rung,
    Tested,
)
from ctai.domain.money import CURRENCIES, AmountUnreadable, read_amount
from ctai.domain.roles import Role, Viewer
from ctai.domain.standing import current_consents
from ctai.ui import labels, ladder_labels, steps, store
from ctai.ui.language import current, t
from ctai.ui.store import ladder as reads
from ctai.ui.store.ladder import NeedStanding
from ctai.ui.writes import ladder as writes


def ask(viewer: Viewer, found: NeedStanding) -> None:
    """Let entities be asked for their capacity, those first whose mandate or experience fits."""
    number, form = found.need.id, f"ask_{found.need.id}"
    suggested = reads.entities_to_ask(viewer, number)
    with st.expander(t("Ask entities of the United Nations"), icon=":material/outgoing_mail:"):
        for suggestion in suggested[:5]:
            why = " ".join(ladder_labels.said(reason) for reason in suggestion.reasons)
            st.caption(t("**{entity}**: {why}", entity=labels.plain(suggestion.entity), why=why))
        first = [suggestion.entity for suggestion in suggested]
        kinds = store.entities(viewer)
        rest = [e for e, kind in kinds.items() if kind in UN_KINDS and e not in first]
        steps.several(form, "entities", t("Entities"), [*first, *rest], labels.entity)
        steps.words(form, "question", t("What are they asked?"))

        def write() -> None:
            writes.ask(
                viewer, number, steps.picked(form, "entities"), steps.typed(form, "question")
            )

        steps.send(form, t("Ask"), write, t("Asked. Ten working days are given to answer."))


def answer(viewer: Viewer, enquiry: Enquiry) -> None:
    """Let an entity, a provider or a donor answer."""
    number, form = enquiry.number or 0, f"answer_{enquiry.number}"
    is_outside = enquiry.rung is Rung.OUTSIDE
    title = t("Answer for {entity}", entity=labels.plain(ladder_labels.who(enquiry.entity)))
    is_mine = viewer.entity == enquiry.entity
    with st.expander(title, icon=":material/reply:", expanded=is_mine):
        if enquiry.question:
            st.markdown(t("Asked: {question}", question=labels.plain(enquiry.question)))
        codes = OUTSIDE_ANSWERS if is_outside else CAPACITY_ANSWERS
        steps.one_of(form, "answer", t("Answer"), codes, ladder_labels.answer)
        if is_outside:
            _money(form)
        steps.words(form, "reason", t("Reason"))
        steps.role(form)

        def write() -> None:
            said = steps.chosen(form, "answer")
            chosen = Answer(said) if said else None
            reason, role = steps.typed(form, "reason"), steps.typed(form, "role")
            if is_outside:
                writes.offer(viewer, number, chosen, reason, role, _offer(form))
            else:
                writes.answer(viewer, number, chosen, reason, role)

        steps.send(form, t("Record the answer"), write, t("The answer is recorded."))


def _money(form: str) -> None:
    amount, currency, rate, dated = st.columns(4)
    with amount:
        steps.line(form, "amount", t("Amount offered, if any"))
    with currency:
        st.selectbox(
            t("Currency"),
            sorted(CURRENCIES),
            index=None,
            key=steps.noted(steps.key(form, "currency")),
            placeholder="",
            persist_state="session",
        )
    with rate:
        steps.line(form, "rate", t("US dollars for one unit"))
    with dated:
        steps.line(form, "rate_date", t("Date of the rate"))


def _offer(form: str) -> Offer:
    """Read the amount of an offer; Refused where it is no number."""
    amount, rate = steps.typed(form, "amount"), steps.typed(form, "rate")
    if not amount:
        return Offer()
    faults = []
    read: Decimal | None = None
    rated: Decimal | None = None
    try:
        read = read_amount(amount)
    except AmountUnreadable:
        faults.append(
            Fault(
                "The amount {seen} is not a number. Write digits, such as 1700000.",
                "amount",
                {"seen": shown(amount)},
            )
        )
    try:
        rated = Decimal(rate) if rate else None
    except InvalidOperation:
        seen = {"seen": shown(rate)}
        faults.append(Fault("The rate {seen} is not a number, such as 0.0016.", "rate_usd", seen))
    if faults:
        raise Refused(faults)
    currency = steps.typed(form, "currency") or None
    return Offer(read, currency, rated, steps.typed(form, "rate_date") or None)


def ask_states(viewer: Viewer, found: NeedStanding) -> None:
    """Let the need's States be asked whether it may be shared; those first who never were."""
    number, form = found.need.id, f"states_{found.need.id}"
    newest = current_consents(found.history.consents)
    today = store.today()
    free = [
        iso3 for iso3 in found.countries if iso3 not in newest or not newest[iso3].is_awaited(today)
    ]
    if not free:
        return
    never = [iso3 for iso3 in free if iso3 not in newest]
    title = t("Ask whether the need may be shared") if never else t("Ask for consent again")
    with st.expander(title, icon=":material/handshake:", expanded=bool(never)):
        steps.several(form, "countries", t("Countries"), free, labels.country, never)

        def write() -> None:
            writes.ask_states(viewer, number, steps.picked(form, "countries"))

        steps.send(
            form, t("Ask the State"), write, t("Asked. It may object for five working days.")
        )


def answer_for_state(viewer: Viewer, number: int, iso3: str) -> None:
    """Let a State say whether its need may be shared outside the United Nations."""
    form = f"consent_{number}"
    title = t("Answer for {country}", country=labels.country(iso3))
    is_mine = viewer.role is Role.COUNTERPART
    with st.expander(title, icon=":material/reply:", expanded=is_mine):
        st.markdown(t("May this need be shared with providers and donors outside?"))
        codes = list(ConsentAnswer)
        steps.one_of(form, "answer", t("Answer"), codes, ladder_labels.consent)
        steps.words(form, "reason", t("Reason, needed for an objection"))
        steps.role(form)

        def write() -> None:
            said = steps.chosen(form, "answer")
            chosen = ConsentAnswer(said) if said else None
            reason, role = steps.typed(form, "reason"), steps.typed(form, "role")
            writes.answer_for_state(viewer, number, chosen, reason, role)

        steps.send(form, t("Record the answer"), write, t("The answer is recorded."))


def share(viewer: Viewer, found: NeedStanding) -> None:
    """Let a need be shared with providers and donors by name, once its States agree."""
    if found.standing is None or found.standing.consent is not ConsentStanding.GIVEN:
        return
    number, form = found.need.id, f"share_{found.need.id}"
    with st.expander(t("Share with providers and donors"), icon=":material/share:"):
        kinds = store.entities(viewer)
        outside = [entity for entity, kind in kinds.items() if kind in OUTSIDE_KINDS]
        steps.several(form, "entities", t("Providers and donors"), outside, labels.entity)
        steps.words(form, "question", t("What are they asked?"))

        def write() -> None:
            writes.share(
                viewer, number, steps.picked(form, "entities"), steps.typed(form, "question")
            )

        steps.send(form, t("Share"), write, t("Shared. Ten working days are given to answer."))


def judge(
    viewer: Viewer,
    found: NeedStanding,
    test: FundingTest,
    proposed: ProposedTest | None,
) -> None:
    """Let a test be answered that was not yet; what the rungs below say of it is filled in."""
    title = t("Answer: {test}", test=ladder_labels.funding_test(test))
    with st.expander(title, icon=":material/rule:"):
        _judgement(viewer, found, test, None, proposed)


def judge_anew(viewer: Viewer, found: NeedStanding, answered: dict[FundingTest, Tested]) -> None:
    """Let one of the tests that have an answer be answered again."""
    if not answered:
        return
    with st.expander(t("Answer a test anew"), icon=":material/rule:"):
        code = st.selectbox(
            t("Which test?"),
            [test.value for test in answered],
            format_func=ladder_labels.funding_test,
            key=f"anew_{found.need.id}_{current()}",
        )
        test = FundingTest(code)
        _judgement(viewer, found, test, answered[test], None)


def _judgement(
    viewer: Viewer,
    found: NeedStanding,
    test: FundingTest,
    before: Tested | None,
    proposed: ProposedTest | None,
) -> None:
    number, form = found.need.id, f"test_{found.need.id}_{test.value}"
    seed = why = None
    if proposed is not None:
        seed = _YES if proposed.passed else _NO
        why = " ".join(ladder_labels.told(reason) for reason in proposed.reasons)
        st.caption(t("Filled in from the recorded answers; confirm it or correct it."))
    steps.one_of(
        form,
        "passed",
        ladder_labels.funding_test(test),
        [_YES, _NO],
        lambda code: ladder_labels.passed(code == _YES),
        seed,
    )
    steps.words(form, "reason", t("Reason"), why or "")
    steps.role(form)

    def write() -> None:
        said = steps.chosen(form, "passed")
        writes.judge(
            viewer,
            number,
            test,
            None if said is None else said == _YES,
            steps.typed(form, "reason"),
            steps.typed(form, "role"),
            None if before is None else before.number,
        )

    steps.send(form, t("Record the answer"), write, t("The answer is recorded."))


_YES, _NO = "yes", "no"
