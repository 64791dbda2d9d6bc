"""Labels of funding requests: states, moves, the review and the four tests, as people read them."""

from decimal import Decimal

from ctai.domain.funding import FundingState, ReviewAnswer, ReviewQuestion
from ctai.domain.funding_draft import NeedFacts
from ctai.domain.ladder import FundingTest
from ctai.i18n import mark, names, numbers
from ctai.ui import labels
from ctai.ui.language import current, t

_STEPS = {
    FundingState.UNDER_REVIEW: mark("Take under review"),
    FundingState.RETURNED: mark("Return, with what to change"),
    FundingState.ENDORSED: mark("Endorse"),
    FundingState.OFFERED: mark("A donor has offered"),
    FundingState.FUNDED: mark("It is funded"),
    FundingState.DECLINED: mark("It was declined"),
    FundingState.REPORTED: mark("Report"),
    FundingState.CLOSED: mark("Close"),
    FundingState.WITHDRAWN: mark("Withdraw"),
}
STEP_ICONS = {
    FundingState.UNDER_REVIEW: ":material/rate_review:",
    FundingState.RETURNED: ":material/undo:",
    FundingState.ENDORSED: ":material/verified:",
    FundingState.OFFERED: ":material/volunteer_activism:",
    FundingState.FUNDED: ":material/payments:",
    FundingState.DECLINED: ":material/block:",
    FundingState.REPORTED: ":material/summarize:",
    FundingState.CLOSED: ":material/task_alt:",
    FundingState.WITHDRAWN: ":material/remove_circle:",
}
_QUESTIONS = {
    ReviewQuestion.MEETS_NEED: mark("Do the activities answer the recorded needs?"),
    ReviewQuestion.NO_DUPLICATION: mark("Is it free of duplication with what others do?"),
    ReviewQuestion.WITHIN_MANDATE: mark("Is it within the entity's mandate and capacity?"),
    ReviewQuestion.BUDGET_SOUND: mark("Is the budget sound and complete?"),
    ReviewQuestion.TIME_REALISTIC: mark("Are the dates realistic?"),
    ReviewQuestion.HUMAN_RIGHTS: mark("Are human rights and the rule of law respected?"),
    ReviewQuestion.RISKS_MANAGED: mark("Are the risks known and managed?"),
    ReviewQuestion.LASTING: mark("Will the result last after the money ends?"),
}
_ANSWERS = {
    ReviewAnswer.YES: mark("Yes"),
    ReviewAnswer.PARTLY: mark("Partly"),
    ReviewAnswer.NO: mark("No"),
}
_TESTS = {
    FundingTest.ESSENTIAL: mark("The need is essential"),
    FundingTest.SERVES_STRATEGY: mark("Answering it serves the Strategy"),
    FundingTest.NOT_FROM_UN: mark("United Nations resources can't meet it"),
    FundingTest.DONORS_UNLIKELY: mark("Donors are unlikely to fund it in the time needed"),
}


def field(name: str) -> str:
    """Name a question of the review, or a kind of money, by its field in the history."""
    group, _, code = name.partition(".")
    match group:
        case "review":
            return question(code)
        case "flow":
            return labels.budget_kind(code)
        case _:
            return name


def state(code: str) -> str:
    """Name a request's state, in the official wording."""
    return names.term(current(), f"funding.{code}")


def step(after: FundingState) -> str:
    """Name the move into a state, as its button reads."""
    return t(_STEPS[after])


def question(code: str) -> str:
    """Write a question of the review."""
    return t(_QUESTIONS[ReviewQuestion(code)])


def answer(code: str) -> str:
    """Name an answer of the review."""
    return t(_ANSWERS[ReviewAnswer(code)])


def test(code: str) -> str:
    """Name one of the four tests."""
    return t(_TESTS[FundingTest(code)])


def passed(result: bool | None) -> str:
    """Say with a sign how a test stands."""
    match result:
        case True:
            return t("✓ Passed")
        case False:
            return t("✕ Failed")
        case _:
            return t("○ No answer yet")


def money(amount: Decimal | None, currency: str) -> str:
    """Write an amount to the hundredth where it has hundredths, else whole."""
    decimals = 2 if amount is not None and amount != amount.to_integral_value() else 0
    return numbers.money(current(), amount, currency, decimals)


def need_line(facts: NeedFacts) -> str:
    """Name a need with its code, where Streamlit reads Markdown."""
    return t("**{code}** {title}", code=facts.code, title=labels.plain(facts.title))


def need(facts: NeedFacts) -> str:
    """Name a need with its code, for a list to pick from."""
    if not facts.is_open:
        return t("A need that is not open to you")
    return labels.led(f"{facts.code} · {facts.title}")
