"""Dates are as precise as they are known, in the words of each language."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ctai.i18n import LANGUAGES, dates, translate


@pytest.mark.parametrize(
    ("lang", "year", "month", "day"),
    [
        ("en", "2017", "August 2017", "28 August 2017"),
        ("fr", "2017", "août 2017", "28 août 2017"),
        ("ar", "2017", "أغسطس 2017", "28 أغسطس 2017"),
    ],
)
def test_a_date_is_never_more_precise_than_known(
    lang: str, year: str, month: str, day: str
) -> None:
    assert dates.partial_date(lang, "2017") == year
    assert dates.partial_date(lang, "2017-08") == month
    assert dates.partial_date(lang, "2017-08-28") == day


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("iso", [None, ""])
def test_a_missing_date_is_said_in_words(lang: str, iso: str | None) -> None:
    assert dates.partial_date(lang, iso) == translate(lang, "date not known")
    assert dates.moment(lang, None) == translate(lang, "date not known")


@pytest.mark.parametrize(
    "iso", ["17", "2017-8", "2017-13", "2017-02-30", "28.08.2017", "2017-08-28T10:00", "٢٠١٧"]
)
def test_what_is_no_date_is_refused(iso: str) -> None:
    with pytest.raises(dates.DateUnreadable):
        dates.partial_date("en", iso)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_short_day_is_shorter_and_keeps_its_year(lang: str) -> None:
    day = date(2026, 9, 30)
    short, long = dates.short_day(lang, day), dates.partial_date(lang, day.isoformat())
    assert "2026" in short
    assert "30" in short
    assert len(short) <= max(len(long), len("‏30‏/09‏/2026"))


def test_a_moment_is_shown_in_utc() -> None:
    at = datetime(2017, 8, 28, 23, 5, tzinfo=timezone(timedelta(hours=-3)))
    assert dates.moment("en", at) == "29 August 2017, 02:05 UTC"
    assert dates.moment("fr", at.astimezone(UTC)) == "29 août 2017, 02:05 UTC"


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.moment("en", datetime(2017, 8, 28, 23, 5, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    ("days", "en", "fr", "ar"),
    [
        (None, "not known", "non connu", "غير معروف"),
        (0, "0 days", "0 jour", "0 يوم"),
        (12, "12 days", "12 jours", "12 يوما"),
        (31, "1 month", "1 mois", "شهر واحد"),
        (153, "5 months", "5 mois", "5 أشهر"),
        (365, "1 year", "1 an", "سنة واحدة"),
        (1160, "3 years 2 months", "3 ans et 2 mois", "3 سنوات وشهران"),
    ],
)
def test_an_age_is_told_in_years_and_months(days: int | None, en: str, fr: str, ar: str) -> None:
    assert [dates.age(lang, days) for lang in ("en", "fr", "ar")] == [en, fr, ar]


def test_a_negative_age_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        dates.age("en", -1)
