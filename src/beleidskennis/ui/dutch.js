// The fixed English words of Streamlit, in Dutch; no keys that do things by themselves (WCAG 3.1.2 and 2.1.4); and a menu
// that makes way on a phone.
// Only words that Streamlit itself put there: text of documents (inside .stHtml, code, text and charts) is never touched.
(() => {
  "use strict";
  const WORDS = {
    "App pages": "Onderdelen van de app",
    "Sidebar": "Zijbalk: menu en filters",
    "Expand sidebar": "Toon het menu en de filters",
    "Collapse sidebar": "Verberg de zijbalk",
    "Skip to main content": "Naar de inhoud",
    "Main menu": "Menu",
    "Close": "Sluiten",
    "Close fullscreen": "Sluit volledig scherm",
    "Fullscreen": "Volledig scherm",
    "Toggle fullscreen": "Volledig scherm",
    "Open": "Openen",
    "Clear value": "Maak leeg",
    "Clear entry": "Maak leeg",
    "Clear all": "Maak leeg",
    "Selected values": "Gekozen",
    "Select all": "Kies alles",
    "No results": "Niets gevonden",
    "Select...": "Kies",
    "Copy to clipboard": "Kopieer",
    "Copied": "Gekopieerd",
    "Upload": "Kies een bestand",
    "file upload": "Kies een bestand",
    "Add files": "Voeg bestanden toe",
    "Remove file": "Haal het bestand weg",
    "Error:": "Niet gekozen:",
    "Only one file is allowed.": "Kies één bestand.",
    "Too many files": "Te veel bestanden",
    "Network Error": "Geen verbinding",
    "Previous page": "Vorige",
    "Next page": "Volgende",
    "Pagination": "Bladeren",
    "Notifications": "Meldingen",
    "Running...": "Bezig",
    "Stop": "Stop",
    "Stop script": "Stop",
    "Connecting": "Verbinden",
    "Connection error": "Geen verbinding",
    "Connection timed out.": "De app antwoordt niet.",
    "Streamlit server is not responding. Are you connected to the internet?":
      "De app antwoordt niet. Kijk of hij nog draait, en laad de bladzijde opnieuw.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Draait de app nog? Start hem anders opnieuw:",
    "Try again": "Probeer opnieuw",
    "Page not found": "Deze bladzijde bestaat niet",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "De bladzijde die u vroeg, bestaat niet. U ziet nu de eerste bladzijde.",
    "Show password text": "Toon",
    "Hide password text": "Verberg",
    "Show data": "Toon de gegevens",
    "Show chart": "Toon het diagram",
    "Download as PNG": "Bewaar als PNG",
    "Download as CSV": "Bewaar als CSV",
    "Press Enter to apply": "Druk op Enter",
    "Press Ctrl+Enter to apply": "Druk op Ctrl+Enter",
    "Press ⌘+Enter to apply": "Druk op ⌘+Enter",
    "Press Enter to submit form": "Druk op Enter",
  };
  const PATTERNS = [
    [/^(\d+) more$/, "Nog $1"],
    [/^Remove (.+)$/, "Haal $1 weg"],
    [/^File is larger than (.+)$/, "Het bestand is groter dan $1"],
    [/^File must be (.+) or smaller\.$/, "Een bestand mag hoogstens $1 zijn."],
    [/^File type must be .*$/, "Dit soort bestand leest de app niet."],
    [/^.+ files are not allowed\.$/, "Dit soort bestand leest de app niet."],
    [/^Connection failed with status (\S+).*$/, "Geen verbinding (status $1)"],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];
  const NOT_HERE = ".stHtml, [data-testid='stCode'], [data-testid='stText'], [data-testid='stVegaLiteChart'], script, style";

  function inDutch(text) {
    const bare = text.trim();
    if (Object.hasOwn(WORDS, bare)) return text.replace(bare, WORDS[bare]);
    for (const [pattern, dutch] of PATTERNS) {
      if (pattern.test(bare)) return bare.replace(pattern, dutch);
    }
    return text;
  }

  function mend(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const dutch = inDutch(node.data);
      if (dutch !== node.data && !node.parentElement?.closest(NOT_HERE)) node.data = dutch;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(NOT_HERE)) return;
    for (const name of ATTRIBUTES) mendAttribute(node, name);
    for (const child of node.childNodes) mend(child);
  }

  function mendAttribute(element, name) {
    const given = element.getAttribute(name);
    if (given === null) return;
    const dutch = inDutch(given);
    if (dutch !== given) element.setAttribute(name, dutch);
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(mend);
      else if (change.type === "characterData") mend(change.target);
      else if (!change.target.closest(NOT_HERE)) mendAttribute(change.target, change.attributeName);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });

  // Streamlit draws the page anew at "r" and offers to clear its memory at "c", wherever the focus is.
  function keepQuiet(event) {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable='true']");
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && /^[rc]$/i.test(event.key)) {
      event.stopImmediatePropagation();
    }
  }
  for (const kind of ["keydown", "keyup"]) window.addEventListener(kind, keepQuiet, true);

  // On a phone the menu lies over the page: it goes away once a page is chosen, and is not there when the app opens.
  const isNarrow = () => window.matchMedia("(max-width: 767px)").matches;
  try {
    if (isNarrow()) {
      for (const key of Object.keys(localStorage)) if (key.startsWith("stSidebarCollapsed")) localStorage.removeItem(key);
    }
  } catch { /* a browser that keeps nothing has nothing to forget */ }
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-testid='stSidebarNav'] a");
    if (link && isNarrow()) setTimeout(() => document.querySelector("[data-testid='stSidebarCollapseButton'] button")?.click());
  });
})();
