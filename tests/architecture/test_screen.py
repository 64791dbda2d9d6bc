"""Everything shown is translated, described, and comes from this server."""

from collections.abc import Callable

import pytest

from tests.architecture import screen_rules
from tests.architecture.sources import ROOT, Source, listing, parse, python_files

Rule = Callable[[Source], list[str]]

RULES: list[Rule] = [
    screen_rules.untranslated,
    screen_rules.glued,
    screen_rules.without_alt,
    screen_rules.unsafe_markup,
    screen_rules.hidden_commands,
]
GOOD = [
    'st.title(t("Gaps"))',
    "st.write(summary)",
    'st.markdown("—")',
    'st.button(":material/close:", key="close", help=t("Close"))',
    'st.code("select 1")',
    'left.metric(t("Needs"), 3)',
    'st.text_input(t("Name"), key="name", placeholder=t("Family name"))',
    'logger.warning("The cache is cold")',
    'rows["iso3"].map(names)',
    'out.write("iso3")',
    'st.column_config.NumberColumn(t("Amount"), format="compact")',
    'st.tabs([t("Map"), t("Table")])',
    "st.dataframe(rows, alt=t('Rows'))",
    "shown = f\"{t('Needs')} {n}\"",
    't("{label} of {title}", label="x", title="y")',
    'st.html("<script src=x></script>", unsafe_allow_javascript=True)',
    'st.info(t("None") if rows.empty else NOTES["some"])',
    "from streamlit.delta_generator import DeltaGenerator",
]
BAD: list[tuple[Rule, str]] = [
    (screen_rules.untranslated, 'st.title("Gaps")'),
    (screen_rules.untranslated, 'st.title(body="Gaps")'),
    (screen_rules.untranslated, 'st.sidebar.header("Gaps")'),
    (screen_rules.untranslated, 'st.columns(2)[0].button("Go")'),
    (screen_rules.untranslated, 'left.selectbox("Country", codes)'),
    (screen_rules.untranslated, 'st.write(t("Needs"), "and more")'),
    (screen_rules.untranslated, 'st.markdown(f"{n} needs")'),
    (screen_rules.untranslated, 'st.caption("as of " + day)'),
    (screen_rules.untranslated, 'st.info("None" if rows.empty else "Some")'),
    (screen_rules.untranslated, 'st.tabs(["Map", t("Table")])'),
    (screen_rules.untranslated, 'st.column_config.NumberColumn("Amount")'),
    (screen_rules.untranslated, 'st.text_input(t("Name"), placeholder="Family name")'),
    (screen_rules.untranslated, 'tables.show(rows, alt="Rows")'),
    (screen_rules.untranslated, 'st.Page("pages/gaps.py", title="Gaps")'),
    (screen_rules.untranslated, '@st.dialog("Sure?")\ndef ask(): ...'),
    (screen_rules.untranslated, 'st.error("الرقم غير صحيح")'),
    (screen_rules.glued, 'x = t("Needs") + ": 3"'),
    (screen_rules.glued, 'x = t("Needs: {}").format(3)'),
    (screen_rules.glued, 'x = t("Needs: %s") % 3'),
    (screen_rules.glued, 'x = t(f"{n} needs")'),
    (screen_rules.glued, 'x = tn("need" + s, "needs", 3)'),
    (screen_rules.without_alt, "st.altair_chart(chart)"),
    (screen_rules.without_alt, "st.pydeck_chart(deck, height=3)"),
    (screen_rules.without_alt, "left.dataframe(rows)"),
    (screen_rules.without_alt, "st.table(rows)"),
    (screen_rules.without_alt, "st.map(rows)"),
    (screen_rules.unsafe_markup, "st.markdown(x, unsafe_allow_html=True)"),
    (screen_rules.hidden_commands, "from streamlit import write"),
    (screen_rules.hidden_commands, "from streamlit import *"),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_screen_keeps_the_rules(rule: Rule) -> None:
    pages, screens = python_files("pages"), python_files("ctai/ui")
    assert pages
    assert len(screens) > 1
    found = {source.path: rule(source) for source in pages + screens}
    assert not any(found.values()), listing(found)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_line_is_let_through(text: str) -> None:
    assert [fault for rule in RULES for fault in rule(parse(text))] == []


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_a_bad_line_is_found(rule: Rule, text: str) -> None:
    assert rule(parse(text)) != []


def test_streamlit_still_has_the_commands_that_the_rules_are_about() -> None:
    assert {"altair_chart", "pydeck_chart", "dataframe", "table"} <= screen_rules.NEEDS_WORDS_BESIDE
    assert {"title", "write", "button", "selectbox", "tabs", "caption"} <= screen_rules.SPEAKS


def test_nothing_the_browser_loads_names_another_host() -> None:
    files = [
        path for path in (ROOT / "static").rglob("*") if path.suffix in {".js", ".css", ".html"}
    ]
    files.append(ROOT / ".streamlit" / "config.toml")
    assert len(files) > 1
    found = {path: screen_rules.network_addresses(path.read_text("utf-8")) for path in files}
    assert not any(found.values()), listing(found)


@pytest.mark.parametrize(
    "text",
    [
        "@import url(https://fonts.example/a.css)",
        "src: url(//fonts.example/a)",
        'fetch("//a.example")',
        "new WebSocket('wss://a.example')",
    ],
)
def test_another_host_is_found(text: str) -> None:
    assert screen_rules.network_addresses(text) != []


@pytest.mark.parametrize("text", ["// a comment", 'src: url("/app/static/a.woff2")', "a = b // c"])
def test_our_own_host_is_let_through(text: str) -> None:
    assert screen_rules.network_addresses(text) == []
