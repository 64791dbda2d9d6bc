"""The second half of a real case: the plan, the delivery, and what the State says of it later."""

from collections.abc import Callable

from playwright.sync_api import expect

from ctai.i18n import names, wording
from tests.browser.cast import AREA, FINDING, Cast
from tests.browser.way_to_money import asked_number, records

COURSE = "Two courses in financial investigation, Ouagadougou"
FORMER = "Workshop on inquiry and trial of terrorism files, specialised courts"
ACTIVITY = "SELECT activity_id FROM activity_text WHERE title = ?"
PARTNER = "Ministère de la sécurité"


def the_plan_is_agreed(cast: Cast) -> None:
    """The desk builds a plan in one click, keeps what is ready and freezes it with the State."""
    desk, state = cast["desk"], cast["state"]
    desk.opens("plan?country=BFA")
    desk.presses("Build from open needs")
    expect(desk.page.get_by_test_id("stToast").first).to_be_visible()
    cast.looks("desk", "13_plan_built")
    desk.main.locator(".st-key-plan_take_out").get_by_role("button").click()
    desk.reads(desk.said("Not saved yet; what you typed is kept."))
    desk.presses("Save")
    desk.told("Saved.")
    state.opens("plan?country=BFA")
    state.misses(AREA)
    fold = desk.fold(desk.said("Record that it was agreed"))
    desk.types("Agreed with", PARTNER, fold)
    desk.picks("Who may see it", desk.said("Public"), inside=fold)
    desk.sends(fold, "Freeze as agreed")
    desk.told("Version {n} is agreed.", n=1)
    cast.looks("desk", "14_plan_agreed")
    state.opens("plan?country=BFA")
    state.reads(PARTNER)
    cast.looks("state", "15_plan")


def the_delivery_is_reviewed(cast: Cast) -> None:
    """UNODC enters the activity; nobody else reads of it before the desk has accepted it."""
    desk, focal, donor = cast["desk"], cast["focal"], cast["donor"]
    focal.opens("enter")
    focal.types("Title in English", COURSE)
    focal.picks("Country, or countries", names.country_name("en", "BFA"))
    focal.picks("Status", "Completed")
    focal.picks("Who may see it", "Public")
    fold = focal.fold("More, as far as you know it")
    focal.types("Actual start", "2026-02", fold)
    focal.types("Actual end", "2026-10", fold)
    focal.picks("Main measure of the Strategy", "III.8", inside=fold)
    focal.presses("Send for review")
    focal.told("Sent for review: it counts once the desk officer accepts it.")
    cast.looks("focal", "16_sent_for_review")
    donor.opens("activities?text=courses+in+financial")
    donor.misses(COURSE)
    proposal = cast.number("SELECT max(id) FROM proposal")
    desk.opens("waiting")
    desk.reads(COURSE)
    desk.opens(f"review?proposal={proposal}")
    desk.reads(COURSE)
    cast.looks("desk", "17_review")
    desk.presses("Accept")
    desk.told("Accepted: readers see it from now on.")
    donor.opens(f"activities?activity={cast.number(ACTIVITY, COURSE)}")
    donor.reads(COURSE)


def the_need_is_answered(cast: Cast) -> None:
    """The desk links the activity and closes the need; the requester is asked in a year."""
    desk = cast["desk"]
    answered_by(cast, cast.need(), COURSE, "2026-11")
    desk.misses(desk.said("Was the need met?"))
    said = desk.said("From {date} on the requester is asked whether the need was met.", date="¦")
    desk.reads(said.split("¦")[0])
    cast.looks("desk", "18_answered")


def answered_by(cast: Cast, need: int, title: str, when: str) -> None:
    """Say that an activity answers a need, and that the need is answered."""
    desk = cast["desk"]
    desk.opens(f"need?need={need}")
    fold = desk.fold(desk.said("Decide on another activity"))
    desk.picks("Activity", title, inside=fold)
    desk.ticks(desk.said("Answers the need"), fold)
    desk.types("Reason", "Les enquêteurs de la brigade y ont été formés.", fold)
    desk.sends(fold, "Record the decision")
    desk.told("The decision is recorded.")
    for to in ("being_answered", "addressed"):
        fold = desk.fold(desk.said("Move the need to its next state"))
        desk.ticks(wording.need_state(desk.lang, to), fold)
        if to == "addressed":
            desk.types("Answered on", when, fold)
        desk.sends(fold, "Move")
        desk.told("The need was moved.")


def a_year_later_the_state_is_asked(cast: Cast) -> None:
    """The other need was answered years ago by an earlier activity: the State says how it went."""
    desk, state = cast["desk"], cast["state"]
    answered_by(cast, cast.need(FINDING), FORMER, "2014-06")
    state.opens("waiting")
    state.reads(FINDING)
    state.opens(f"need?need={cast.need(FINDING)}")
    fold = state.fold(state.said("Was the need met?"))
    state.ticks(state.said("It was met in part"), fold)
    state.types("What is still lacking?", "لا تزال ثلاثة مراكز حدودية غير موصولة.", fold)
    state.types("In which role do you answer?", "مدير", fold)
    cast.looks("state", "19_check")
    state.sends(fold, "Record the answer")
    state.told("The answer is recorded.")
    desk.opens(f"need?need={cast.need(FINDING)}")
    desk.reads("لا تزال ثلاثة مراكز حدودية غير موصولة.")
    cast.looks("desk", "20_met_in_part")


def the_money_is_accounted_for(cast: Cast) -> None:
    """UNODC reports on the money; somebody else closes the request."""
    focal, colleague = cast["focal"], cast["colleague"]
    address = f"funding_request?funding={asked_number(cast)}"
    colleague.opens(address)
    records(colleague, "Disbursement", "90000")
    records(colleague, "Spending", "88000")
    focal.opens(address)
    focal.types("Comment", "Two courses were given, 24 investigators trained.")
    focal.presses("Report")
    focal.told("Done: {state}.", state=names.term("en", "funding.reported"))
    focal.opens(address)
    expect(focal.main.get_by_role("button", name="Close", exact=True)).to_have_count(0)
    colleague.opens(address)
    colleague.presses("Close")
    colleague.told("Done: {state}.", state=names.term("en", "funding.closed"))
    cast.looks("colleague", "21_closed")


STEPS: list[Callable[[Cast], None]] = [
    the_plan_is_agreed,
    the_delivery_is_reviewed,
    the_need_is_answered,
    a_year_later_the_state_is_asked,
    the_money_is_accounted_for,
]
