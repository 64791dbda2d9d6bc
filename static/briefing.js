// Lets arrow keys turn the views of a briefing on a screen: it presses the page's own buttons.
// Used once for the life of the page; where no briefing is shown it does nothing.
(function () {
  "use strict";
  if (document.ofCtaiBriefing) return;
  document.ofCtaiBriefing = true;

  const button = (name) => document.querySelector(`.st-key-briefing_${name} button`);

  // A key that is meant for a field, a list, a table or what is open over the page is left alone.
  const isTaken = (target) =>
    target instanceof Element &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, canvas, [role=dialog], [role=listbox], [role=combobox]"));

  const meant = (key) => {
    const mirrored = document.documentElement.dir === "rtl";
    if (key === "ArrowRight") return mirrored ? "previous" : "next";
    if (key === "ArrowLeft") return mirrored ? "next" : "previous";
    return { PageDown: "next", PageUp: "previous", Home: "first", End: "last", Escape: "back" }[key];
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!document.querySelector(".st-key-briefing_show") || isTaken(event.target)) return;
    // Escape closes first what is open over the page.
    if (event.key === "Escape" && document.querySelector("[data-testid=stPopoverBody]")) return;
    const name = meant(event.key);
    if (!name) return;
    event.preventDefault();
    const found = button(name);
    if (found && !found.disabled) found.click();
  });
})();
