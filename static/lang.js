// Sets the language and direction of the page: Streamlit itself always says English, left to right.
// Used as <script src="/app/static/lang.js" data-lang="ar" data-dir="rtl" data-words="{…}"></script>,
// where the words are Streamlit's own English ones with what the visitor's language says for them.
(function () {
  "use strict";
  const script = document.currentScript;
  // A script taken out while it loaded belongs to a language the visitor has left again.
  if (!script || !script.isConnected) return;
  document.documentElement.lang = script.dataset.lang;
  document.documentElement.dir = script.dataset.dir;
  document.ofCtaiWords = JSON.parse(script.dataset.words);

  // Names of Streamlit's own controls; what was English first is remembered for the next language.
  const said = (document.ofCtaiSaid ??= new WeakMap());
  const word = (thing, shown) => {
    const before = said.get(thing);
    const english = before && before.put === shown ? before.english : shown;
    // A table's buttons are named "Search: " and the table.
    const [name, ...rest] = english.split(": ");
    if (document.ofCtaiWords[name] === undefined) return null;
    const put = [document.ofCtaiWords[name], ...rest].join(": ");
    if (put === shown) return null;
    said.set(thing, { english, put });
    return put;
  };
  const TEXTS = ["stSkipToContent", "stMainMenuPopover", "stFileUploaderDropzone"]
    .map((name) => `[data-testid=${name}]`).join();
  const translate = () => {
    for (const one of document.querySelectorAll("[aria-label]")) {
      const put = word(one, one.getAttribute("aria-label"));
      if (put !== null) one.setAttribute("aria-label", put);
    }
    for (const place of document.querySelectorAll(TEXTS)) {
      const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const put = word(text, text.data);
        if (put !== null) text.data = put;
      }
    }
    // The menu of pages is a landmark of its own.
    document.querySelector("[data-testid=stSidebar]")?.setAttribute("role", "navigation");
  };
  translate();

  // What dir alone does not turn, because Streamlit writes "left" and not "start". A constructed
  // style sheet passes a strict content policy; it stays for the life of the page.
  if (document.adoptedStyleSheets.some((sheet) => sheet.ofCtai)) return;
  const sheet = new CSSStyleSheet();
  sheet.ofCtai = true;
  sheet.replaceSync(`
    html[dir="rtl"] .stElementContainer { text-align: start; }
    html[dir="rtl"] [data-testid="stMarkdownContainer"] :is(ul, ol) {
      text-align: start; padding-left: 0; padding-right: 1.5rem;
    }
    html[dir="rtl"] [data-testid="stMarkdownContainer"] blockquote {
      padding: 0 0.75em 0 0; border-width: 0 0.15em 0 0; border-style: solid;
    }
    html[dir="rtl"] [data-testid="stTable"] td[style*="left"] { text-align: start !important; }
    /* A folded side bar is moved to the left: right to left that is into the page. */
    html[dir="rtl"] [data-testid="stSidebar"] { transform: none !important; overflow: hidden; }
    /* What opens it points to where it opens, and the button at the other end stands at the end. */
    html[dir="rtl"] :is([data-testid="stExpandSidebarButton"], [data-testid="stSidebarCollapseButton"])
      [data-testid="stIconMaterial"] { transform: scaleX(-1); }
    html[dir="rtl"] [data-testid="stToolbar"] > div > div:last-child { margin-left: 0; }
    /* Dates such as 2017-08-28 keep their order in a field that else runs from the right. */
    html[dir="rtl"] :is(input, textarea) { unicode-bidi: plaintext; text-align: right; }
    /* Streamlit's own hint, in English only: "Press Enter to submit form". */
    [data-testid="InputInstructions"] { display: none; }
    /* Streamlit shows where the keys are by a faint shadow, on links of the menu not at all. */
    :focus-visible:not(input, textarea) {
      outline: 3px solid light-dark(#00689D, #5BC4F0) !important; outline-offset: -3px;
    }
    /* Links of the menu are 21 px high: too low for a finger (WCAG 2.2, 2.5.8). */
    [data-testid="stPageLink-NavLink"] { min-height: 24px; height: auto; }
    [data-testid="stSidebar"] .stElementContainer:has(> [data-testid="stPageLink"]) {
      margin-block: -3.6px;
    }
    [data-testid="stApp"] button[data-rac] { min-width: 24px; min-height: 24px; }
    /* A caption is paler than text: a link in it would be too pale. Its line tells it. */
    [data-testid="stCaptionContainer"] a { color: inherit !important; }
    /* Words that are too long for their place go on below: cut, nobody could read them. */
    [data-testid="stButtonGroup"] > div { flex-wrap: wrap; }
    :is([data-testid="stPageLink-NavLink"], [data-testid="stButtonGroup"] button,
      [data-testid="stMetricLabel"]) :is(*, [data-testid="stMarkdownContainer"] p) {
      white-space: normal; overflow: visible; line-height: 1.3;
    }
    [data-testid="stButton"] button { max-width: 100%; height: auto; }
    [data-testid="stButton"] button p { white-space: normal; }
    [data-testid="stButtonGroup"] button { height: auto; max-width: 100%; min-width: 0; }
    .stElementContainer:has(> .stHtml > script[data-lang]) { display: none; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      translate();
      beginAtTheRight();
    });
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label"] });

  // A table that is wider than its place shows its left end first: right to left, the wrong one.
  function beginAtTheRight() {
    if (document.documentElement.dir !== "rtl") return;
    for (const table of document.querySelectorAll(".dvn-scroller")) {
      if (table.ofCtai || table.scrollWidth <= table.clientWidth) continue;
      table.ofCtai = true;
      table.scrollLeft = table.scrollWidth;
    }
  }
})();
