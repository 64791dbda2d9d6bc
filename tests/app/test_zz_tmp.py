from tests.app.conftest import *
from tests.app.test_entry import *
from tests.app import embedded
def test_x(records):
    at=opened(Role.DESK_OFFICER,"enter")
    money_lines(at, {"kind": "budget", "amount": "a lot", "currency": "USD"})
    print("XX", at.exception, at.error, at.title, at.warning, [f.proto.id for f in at.data_editor], at.query_params)
    at=opened(Role.DESK_OFFICER,"enter")
    print("XX", [o for o in field(at,"role_1").options if "Denm" in o])
    enter(at, role_1=["Denmark"]); print("XX", at.error, at.exception); print("XX",stored(records, number_of(records, TITLE)).participants)
