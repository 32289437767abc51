/* Registers the service worker, which keeps pages for when the line is down; says so on a page that comes from it; and
   empties this device for who signs out, after asking whom that would cost words, and before the next person. Everything
   works without this. */
(() => {
  const page = document.documentElement;
  const said = document.currentScript.dataset;
  const reader = (page.dataset.reader || "").split(".")[0];
  const reveal = (selector) => document.querySelectorAll(selector).forEach((part) => { part.hidden = false; });
  const language = page.lang.split("-")[0] + "-u-nu-latn";
  const shown = (at) => new Date(+at).toLocaleString(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const LONGEST = 14 * 24 * 60 * 60 * 1000; // as pages in worker.js
  const draftKeys = (of = "") => Object.keys(localStorage).filter((key) => key.startsWith("draft:" + of));
  const draftsIn = (key) => JSON.parse(localStorage[key]);
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
    const accepted = (page.dataset.accepted || "").split(" ");
    for (const key of draftKeys()) {
      const drafts = draftsIn(key);
      const left = drafts.some((draft) => accepted.includes(draft.id)) ? [] : drafts.filter((draft) => draft.at > Date.now() - LONGEST);
      if (!left.length) localStorage.removeItem(key);
      else if (left.length < drafts.length) localStorage[key] = JSON.stringify(left);
    }
  } catch { /* as above */ }

  const newestUnsent = () => {
    try { return draftKeys(reader).flatMap(draftsIn).sort((one, other) => other.at - one.at)[0]; } catch { return undefined; }
  };
  const ask = (form, draft) => {
    const question = document.querySelector("template[data-unsent]").content.firstElementChild.cloneNode(true);
    const [back] = question.querySelectorAll("button");
    const asked = [...form.children].filter((part) => !part.hidden);
    const hide = (isHidden) => asked.forEach((part) => { part.hidden = isHidden; });
    back.onclick = () => {
      if (draft.page !== location.pathname + location.search) return location.assign(draft.page || "/");
      question.remove();
      hide(false);
      const menu = form.closest("details");
      if (menu) menu.open = false;
    };
    hide(true);
    form.append(question);
    back.focus();
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    if (!said.signOut.split(" ").includes(form.getAttribute("action"))) return;
    const draft = event.submitter && "anyway" in event.submitter.dataset ? undefined : newestUnsent();
    if (!draft) return empty();
    ask(form, draft);
    event.preventDefault();
  });

  if (page.dataset.keptAt) {
    for (const time of document.querySelectorAll("[data-from-device] time")) time.textContent = shown(page.dataset.keptAt);
    reveal("[data-from-device]");
  }
  if (page.dataset.notSent) reveal("[data-not-sent]");
  if (page.dataset.notSignedOut) reveal("[data-not-signed-out]");

  if (navigator.serviceWorker) addEventListener("load", () => navigator.serviceWorker.register(said.worker).catch(() => {}));
})();
