// Sets the language and direction of the page: Streamlit itself always says English, left to right.
// Used as <script src="/app/static/lang.js" data-lang="ar" data-dir="rtl"></script>.
(function () {
  "use strict";
  const script = document.currentScript;
  // A script taken out while it loaded belongs to a language the visitor has left again.
  if (!script || !script.isConnected) return;
  document.documentElement.lang = script.dataset.lang;
  document.documentElement.dir = script.dataset.dir;

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
    /* Dates such as 2017-08-28 keep their order in a field that else runs from the right. */
    html[dir="rtl"] :is(input, textarea) { unicode-bidi: plaintext; text-align: right; }
    /* Streamlit's own hint, in English only: "Press Enter to submit form". */
    [data-testid="InputInstructions"] { display: none; }
    .stElementContainer:has(> .stHtml > script[data-lang]) { display: none; }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  // A table that is wider than its place shows its left end first: right to left, the wrong one.
  new MutationObserver(() => {
    if (document.documentElement.dir !== "rtl") return;
    for (const table of document.querySelectorAll(".dvn-scroller")) {
      if (table.ofCtai || table.scrollWidth <= table.clientWidth) continue;
      table.ofCtai = true;
      table.scrollLeft = table.scrollWidth;
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
