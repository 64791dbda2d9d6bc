"""A draft that was written as JSON is read back the same, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctai.domain.activities import ActivityDraft, Text
from ctai.domain.arrivals import Draft
from ctai.domain.kinds import RecordKind
from ctai.domain.needs import AssessmentDraft, NeedDraft, RequestDraft
from ctai.domain.proposals import kind_of
from ctai.models import draft_json

TEXTS = st.dictionaries(st.text(), st.from_type(Text))
DRAFTS: dict[RecordKind, st.SearchStrategy[Draft]] = {
    RecordKind.ACTIVITY: st.builds(ActivityDraft, texts=TEXTS),
    RecordKind.ASSESSMENT: st.from_type(AssessmentDraft),
    RecordKind.REQUEST: st.from_type(RequestDraft),
    RecordKind.NEED: st.from_type(NeedDraft),
}


def ordinary(draft: Draft) -> bool:
    """Leave out what no rule lets in: amounts and shares that are no numbers."""
    text = repr(draft).lower()
    return "nan" not in text and "inf" not in text.replace("inferred", "")


@pytest.mark.parametrize("kind", DRAFTS)
def test_any_draft_comes_back_the_same(kind: RecordKind) -> None:
    @given(DRAFTS[kind].filter(ordinary))
    def come_back(draft: Draft) -> None:
        again = draft_json.read(kind, draft_json.written(draft))
        assert again == draft
        assert type(again) is type(draft)
        assert kind_of(again) is kind

    come_back()


def test_what_is_no_draft_is_refused() -> None:
    for text in ("", "[]", '{"texts": 3}', "null"):
        with pytest.raises(ValueError, match="validation error"):
            draft_json.read(RecordKind.ACTIVITY, text)
