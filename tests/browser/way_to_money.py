"""The first half of a real case: from Burkina Faso's request to the money that answers it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from ctai.i18n import names, wording
from tests.browser.actor import Actor
from tests.browser.cast import AREA, ASKED, FINDING, NEXT_YEAR, Cast
from tests.browser.conftest import settled

REQUEST = "Government request for assistance to strengthen operational capacity"
ASSESSMENT = "CTED visit with national experts, diagnosis and recommendations"
ASSESSED = "SELECT id FROM assessment WHERE title = ?"
MONEY = "Trainers are there, their travel is not paid"
ACTIVITIES = "Activities of the request, to be edited"
LINES = "Budget lines of the request, to be edited"
TESTS = (
    "The need is essential",
    "Answering it serves the Strategy",
    "United Nations resources can't meet it",
    "Donors are unlikely to fund it in the time needed",
)


def the_request_becomes_a_need(cast: Cast) -> None:
    """The desk officer names an area in the request of June 2012 and makes it a need, in French."""
    desk = cast["desk"]
    number = cast.number("SELECT id FROM request WHERE what = ?", REQUEST)
    desk.opens(f"request?request={number}")
    desk.reads(REQUEST)
    desk.presses("Amend")
    desk.adds(desk.said("Areas in which help is asked for"), (names_of("III.8", "fr"), AREA))
    desk.presses("Save")
    desk.told("Saved.")
    desk.reads(AREA)
    cast.looks("desk", "01_request")
    desk.presses("Make it a need")
    desk.picks("Severity", wording.severity("fr", "high"))
    desk.types("For whom", "La brigade antiterroriste et le pôle judiciaire spécialisé")
    desk.types("Wanted by", f"{NEXT_YEAR}-12")
    desk.types("Estimated cost", "140000")
    desk.picks("Currency", "USD")
    cast.looks("desk", "02_new_need")
    desk.presses("Store the need")
    desk.told("The need is stored.")
    desk.reads(AREA)
    cast.need()


def names_of(measure: str, lang: str) -> str:
    """Give a measure's code and the beginning of its name, as lists show it."""
    return f"{measure} · {names.measure_title(lang, measure)}"


def the_assessment_becomes_a_need(cast: Cast) -> None:
    """The desk officer adds a finding to the assessment of February 2009 and raises a need."""
    desk = cast["desk"]
    desk.opens(f"assessment?assessment={cast.number(ASSESSED, ASSESSMENT)}")
    desk.reads(ASSESSMENT)
    desk.presses("Amend")
    desk.adds(
        desk.said("Findings"),
        (
            *(names_of("II.13", "fr"), FINDING, wording.severity("fr", "high")),
            desk.said("Text disclosed"),
        ),
    )
    desk.presses("Save")
    desk.told("Saved.")
    desk.reads(FINDING)
    desk.presses("Make it a need")
    desk.picks("Who may see it", desk.said("Public"))
    desk.presses("Store the need")
    desk.told("The need is stored.")
    desk.reads(re.compile(r"N-BFA-\d+"))
    cast.need(FINDING)


def entities_answer(cast: Cast) -> None:
    """Two entities are asked; UNODC answers for itself, the desk records what the other said."""
    desk, focal = cast["desk"], cast["focal"]
    desk.opens(f"need?need={cast.need()}")
    fold = desk.fold(desk.said("Ask entities of the United Nations"))
    desk.picks("Entities", "UNODC", "CTED", inside=fold)
    desk.types("What are they asked?", "Can you train twelve investigators?", fold)
    desk.sends(fold, "Ask")
    desk.told("Asked. Ten working days are given to answer.")
    cast.looks("desk", "03_asked")
    dates = focal.page.request.get(f"{cast.server}/download/dates.ics?lang=en")
    assert AREA in dates.text().replace("\r\n ", "")
    focal.opens(f"need?need={cast.need()}")
    answers(focal, focal.said("Answer for {entity}", entity="UNODC"), "Can, with money", MONEY)
    focal.misses(focal.said("Answer for {entity}", entity="CTED"))
    desk.opens(f"need?need={cast.need()}")
    desk.reads(MONEY)
    fold = desk.fold(desk.said("Answer for {entity}", entity="CTED"))
    desk.sends(fold, "Record the answer")
    expect(fold.get_by_test_id("stAlert")).to_be_visible()
    answers(desk, desk.said("Answer for {entity}", entity="CTED"), "Cannot", "Aucun formateur")
    desk.reads("Aucun formateur")


def answers(one: Actor, title: str, answer: str, reason: str) -> None:
    """Record an answer of an entity, a State or a donor."""
    fold = one.fold(title)
    one.ticks(one.said(answer), fold)
    if reason:
        box = fold.get_by_role("textbox", name=re.compile("^" + re.escape(one.said("Reason"))))
        box.first.fill(reason)
        box.first.press("Tab")
        settled(one.page)
    one.types("In which role do you answer?", "Head of Section", fold)
    one.sends(fold, "Record the answer")
    one.told("The answer is recorded.")


def the_state_consents(cast: Cast) -> None:
    """The State is asked and consents, in Arabic and right to left."""
    desk, state = cast["desk"], cast["state"]
    desk.opens(f"need?need={cast.need()}")
    fold = desk.fold(desk.said("Ask whether the need may be shared"))
    desk.sends(fold, "Ask the State")
    desk.told("Asked. It may object for five working days.")
    state.opens(f"need?need={cast.need()}")
    expect(state.page.locator("html")).to_have_attribute("dir", "rtl")
    title = state.said("Answer for {country}", country=names.country_name("ar", "BFA"))
    cast.looks("state", "04_state_is_asked")
    answers(state, title, "Consents to sharing", "")


def the_donor_offers_too_little(cast: Cast) -> None:
    """The donor sees the need only once it is shared, and offers part of what it costs."""
    desk, donor = cast["desk"], cast["donor"]
    address = f"need?need={cast.need()}"
    donor.opens("need")
    donor.misses(donor.said("Answer for {entity}", entity="Denmark"))
    desk.opens(address)
    fold = desk.fold(desk.said("Share with providers and donors"))
    desk.picks("Providers and donors", "DNK", inside=fold)
    desk.types("What are they asked?", "Une aide de 140 000 dollars", fold)
    desk.sends(fold, "Share")
    desk.told("Shared. Ten working days are given to answer.")
    donor.opens(address)
    donor.reads(AREA)
    donor.misses("Aucun formateur")
    fold = donor.fold("Answer for Denmark")
    donor.types("Amount offered, if any", "20000", fold)
    donor.picks("Currency", "USD", inside=fold)
    answers(donor, "Answer for Denmark", "Offers help", "No more before next year")
    cast.looks("donor", "05_donor")


def the_tests_are_answered(cast: Cast) -> None:
    """The desk answers the four tests; what the rungs below say is filled in."""
    desk = cast["desk"]
    desk.opens(f"need?need={cast.need()}")
    cast.looks("desk", "06_third_rung")
    for test in TESTS:
        name = desk.said(test)
        fold = desk.fold(desk.said("Answer: {test}", test=name))
        if fold.get_by_role("radio", checked=True).count() == 0:
            desk.ticks(desk.said("✓ Met"), fold)
            desk.types("Reason", "Sans enquêteurs formés, aucune affaire n’aboutit.", fold)
        desk.types("In which role do you answer?", "Chargée de pays", fold)
        desk.sends(fold, "Record the answer")
        desk.told("The answer is recorded.")
    cast.looks("desk", "07_tests")


def the_money_is_asked(cast: Cast) -> None:
    """UNODC asks for the money: refused with its reasons at first, nothing typed is lost."""
    focal = cast["focal"]
    focal.opens(f"funding_request?need={cast.need()}")
    focal.types("Title", ASKED)
    focal.types("Objective: what will be different", "Cases of financing reach the court.")
    focal.types("Money needed by", f"{NEXT_YEAR}-01")
    focal.adds(ACTIVITIES, ("Two courses", f"{NEXT_YEAR}-02", f"{NEXT_YEAR}-11"))
    focal.adds(LINES, ("Two courses", "Trainers", "90000"))
    focal.adds(LINES, ("Two courses", "Travel", "50000"))
    focal.types("Total asked", "100000")
    focal.picks("Currency", "USD")
    focal.types("Risks, and what is done about them", "Officers move; two are trained a post.")
    focal.presses("Submit for review")
    expect(focal.main.get_by_test_id("stAlert").first).to_contain_text("add up")
    cast.looks("focal", "08_refused")
    expect(focal.main.get_by_role("textbox", name="Title", exact=True)).to_have_value(ASKED)
    focal.presses("Take this sum as the total")
    focal.presses("Submit for review")
    focal.told("Submitted for review.")
    cast.looks("focal", "09_submitted")


def a_colleague_endorses(cast: Cast) -> None:
    """A desk officer who wrote nothing of it reviews it; its author is offered nothing of that."""
    focal, colleague = cast["focal"], cast["colleague"]
    for one, may in ((focal, 0), (colleague, 1)):
        one.opens(f"funding_request?funding={asked_number(cast)}")
        expect(one.main.get_by_role("button", name="Take under review")).to_have_count(may)
    colleague.presses("Take under review")
    colleague.reads("Do the activities answer the recorded needs?")
    yes = colleague.main.get_by_role("radio", name="Yes", exact=True)
    for place in range(yes.count()):
        yes.nth(place).locator("xpath=ancestor::label").click()
        settled(colleague.page)
    colleague.presses("Endorse")
    colleague.told("Done: {state}.", state=names.term("en", "funding.endorsed"))
    cast.looks("colleague", "10_endorsed")


def asked_number(cast: Cast) -> int:
    """Give the number of the funding request."""
    return cast.number("SELECT id FROM funding_request WHERE title = ?", ASKED)


def the_donor_pays(cast: Cast) -> None:
    """A pledge makes it offered, a commitment makes it funded; only that counts as secured."""
    colleague = cast["colleague"]
    colleague.opens(f"funding_request?funding={asked_number(cast)}")
    records(colleague, "Pledge", "140000")
    colleague.presses("A donor has offered")
    colleague.reads(re.compile("0.* of .*140.* is secured"))
    records(colleague, "Commitment", "90000")
    colleague.reads(re.compile("90.*000 of .*140.*000 is secured"))
    colleague.presses("It is funded")
    cast.looks("colleague", "11_funded")
    colleague.opens("pipeline?funding_state=funded")
    colleague.reads(ASKED)
    cast.looks("colleague", "12_pipeline")


def records(one: Actor, kind: str, amount: str) -> None:
    """Record money of the donor."""
    fold = one.fold("Record money")
    one.picks("Kind of amount", kind, inside=fold)
    one.picks("Donor", "DNK", inside=fold)
    one.types("Amount", amount, fold)
    one.sends(fold, "Record")
    one.told("Recorded.")


STEPS: list[Callable[[Cast], None]] = [
    the_request_becomes_a_need,
    the_assessment_becomes_a_need,
    entities_answer,
    the_state_consents,
    the_donor_offers_too_little,
    the_tests_are_answered,
    the_money_is_asked,
    a_colleague_endorses,
    the_donor_pays,
]
