/* Registers the service worker, which keeps pages for when the line is down; says so on a page that comes from it; and
   empties this device for who signs out and before the next person. Everything works without this. */
(() => {
  const page = document.documentElement;
  const said = document.currentScript.dataset;
  const reader = (page.dataset.reader || "").split(".")[0];
  const reveal = (selector) => document.querySelectorAll(selector).forEach((part) => { part.hidden = false; });
  const language = page.lang.split("-")[0] + "-u-nu-latn";
  const shown = (at) => new Date(+at).toLocaleString(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const pages = async () => window.caches ? (await caches.keys()).filter((name) => name.startsWith("pages-")) : [];

  const empty = async (own) => {
    try { localStorage.clear(); } catch { /* forbidden: then nothing is kept there */ }
    for (const name of await pages()) if (name !== own) caches.delete(name);
  };
  try {
    const last = localStorage.getItem("reader");
    if (reader && last !== reader) {
      if (last) empty("pages-" + page.dataset.reader);
      localStorage.setItem("reader", reader);
    }
    for (const id of (page.dataset.accepted || "").split(" ")) {
      for (const key of Object.keys(localStorage)) {
        if (id && key.startsWith("draft:") && JSON.parse(localStorage[key]).some((draft) => draft.id === id)) localStorage.removeItem(key);
      }
    }
  } catch { /* as above */ }
  addEventListener("submit", (event) => {
    if (said.signOut.split(" ").includes(event.target.getAttribute("action"))) empty();
  });

  if (page.dataset.keptAt) {
    for (const time of document.querySelectorAll("[data-from-device] time")) time.textContent = shown(page.dataset.keptAt);
    reveal("[data-from-device]");
  }
  if (page.dataset.notSent) reveal("[data-not-sent]");

  if (navigator.serviceWorker) addEventListener("load", () => navigator.serviceWorker.register(said.worker).catch(() => {}));
})();
