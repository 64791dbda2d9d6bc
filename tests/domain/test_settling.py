"""What a file that comes again may change: its own values, never those that a person has set."""

from dataclasses import replace

from ctai.domain.activities import (
    ActivityDraft,
    CountryShare,
    OrganisationRole,
    Participation,
    Status,
    Text,
)
from ctai.domain.roles import Visibility
from ctai.domain.settling import says_otherwise, settle

GIVEN = ActivityDraft(
    texts={"en": Text("Border course")},
    countries=(CountryShare("BFA"),),
    participants=(Participation("UNODC", OrganisationRole.IMPLEMENTING),),
    status=Status.PLANNED,
    planned_start="2026-03",
    source_key="k",
)


def test_what_the_file_has_changed_since_is_changed() -> None:
    newer = replace(GIVEN, status=Status.ONGOING)
    settled = settle(GIVEN, GIVEN, newer, None)
    assert settled.draft == newer
    assert settled.offered == ()


def test_what_a_person_has_set_is_kept_and_the_files_newer_value_is_offered() -> None:
    ours = replace(GIVEN, planned_start="2026-04")
    newer = replace(GIVEN, planned_start="2026-05", status=Status.ONGOING)
    settled = settle(GIVEN, ours, newer, None)
    assert settled.draft == replace(ours, status=Status.ONGOING)
    assert settled.offered == ("planned_start",)


def test_what_the_file_says_again_is_passed_over() -> None:
    ours = replace(GIVEN, planned_start="2026-04")
    assert settle(GIVEN, ours, GIVEN, None) == settle(GIVEN, ours, ours, None)


def test_without_an_earlier_file_every_difference_is_offered() -> None:
    newer = replace(GIVEN, status=Status.ONGOING)
    settled = settle(None, GIVEN, newer, None)
    assert settled.draft == GIVEN
    assert settled.offered == ("status",)


def test_a_title_in_another_language_is_added_and_none_is_lost() -> None:
    ours = replace(GIVEN, texts={**GIVEN.texts, "fr": Text("Cours sur les frontières")})
    newer = replace(GIVEN, texts={"en": Text("Border courses"), "ar": Text("دورة حدودية")})
    settled = settle(GIVEN, ours, newer, None)
    assert settled.draft.texts == {
        "en": Text("Border courses"),
        "fr": Text("Cours sur les frontières"),
        "ar": Text("دورة حدودية"),
    }


def test_a_file_without_a_column_says_nothing_of_its_value() -> None:
    newer = replace(GIVEN, planned_start=None, status=Status.ONGOING)
    settled = settle(GIVEN, GIVEN, newer, frozenset({"status"}))
    assert settled.draft == replace(GIVEN, status=Status.ONGOING)
    assert not says_otherwise(GIVEN, replace(GIVEN, planned_start=None), frozenset({"status"}))


def test_no_file_opens_or_closes_a_record() -> None:
    ours = replace(GIVEN, visibility=Visibility.RESTRICTED)
    newer = replace(GIVEN, visibility=Visibility.PUBLIC)
    settled = settle(GIVEN, ours, newer, None)
    assert settled.draft is not newer
    assert settled.draft.visibility is Visibility.RESTRICTED
    assert settled.offered == ()


def test_the_order_of_countries_says_nothing() -> None:
    ours = replace(GIVEN, countries=(CountryShare("NGA"), CountryShare("BFA")))
    newer = replace(GIVEN, countries=(CountryShare("BFA"), CountryShare("NGA")))
    assert settle(None, ours, newer, None).offered == ()
    assert not says_otherwise(ours, newer, None)
