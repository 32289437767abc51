/* Keeps what somebody writes on this device until the house has it (then offline.js forgets it), offers it back after a
   broken line, and waits with sending while there is none. The form keeps its number: sent again, it acts once. What is
   put back finds its fields by name, and ticks by what they say: the form may have changed meanwhile. A text that is not
   the reader's own to keep says autocomplete="off". Who changes the language in the middle of a form finds their words in
   it again without asking. */
(() => {
  const { lang, dataset } = document.documentElement;
  const words = document.querySelector("template[data-draft-words]");
  if (!words || !dataset.reader || !HTMLFormElement.prototype.requestSubmit) return;
  const hourOf = (date) => { // with its day, where that is not today
    const locale = `${lang.split("-")[0]}-u-nu-latn`;
    const hour = date.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const isToday = date.toDateString() === new Date().toDateString();
    return isToday ? hour : `${hour} (${date.toLocaleDateString(locale, { day: "numeric", month: "long" })})`;
  };
  const say = (name, at = Date.now()) => {
    const said = words.content.querySelector(`[data-said=${name}]`).cloneNode(true);
    const time = said.querySelector("time");
    if (time) time.textContent = hourOf(new Date(at));
    return said;
  };
  const MOST = 3; // drafts of one form, the newest first
  const YOUNG = 15 * 60 * 1000;
  const hasNewLanguage = new URLSearchParams(location.search).has("lang");
  const addressOf = (url) => { // what the form is about: neither its language nor the session chosen in it beforehand
    for (const name of ["lang", "session"]) url.searchParams.delete(name);
    return url.pathname + url.search;
  };
  const lineHolds = () => Promise.race([
    fetch("/healthz", { cache: "no-store" }).then((answer) => answer.ok, () => false),
    new Promise((resolve) => setTimeout(resolve, 10000)),
  ]);

  const watch = (form, text) => {
    const key = `draft:${dataset.reader}:${addressOf(new URL(form.getAttribute("action") || "", location))}`;
    const number = form.elements.submission_id;
    const fields = [...form.elements].filter((field) => field.name && !/hidden|file|submit/.test(field.type));
    const hasWords = () => fields.some((field) => /text/.test(field.type) && field.value.trim());
    const ticks = (field) => /checkbox|radio/.test(field.type);
    const typed = () => fields.map((field) => ticks(field) ? [field.name, field.value, field.checked] : [field.name, field.value]);
    /* What the words were written upon (a version): with it the house sees that somebody else changed it since. */
    const made = [...form.elements].filter((field) => field.type === "hidden" && form.elements[field.name] === field
      && !/^(csrf_token|submission_id|on_behalf_of)$/.test(field.name));
    const upon = () => made.map((field) => [field.name, field.value]);
    /* Another tab may have signed this reader out, and somebody else in: then nothing more is kept for them. */
    const isReader = () => localStorage.reader === dataset.reader.split(".")[0];
    const offers = new Map(); // words of earlier days that nobody has answered yet: they stay kept beside the new ones
    const write = (drafts) => {
      if (drafts.length) localStorage[key] = JSON.stringify(drafts.sort((one, other) => other.at - one.at).slice(0, MOST));
      else localStorage.removeItem(key);
    };
    let timer, isSure, line, waiting;

    const keep = () => {
      const page = location.pathname + location.search; // where who is about to sign out finds them
      const drafts = hasWords() ? [{ at: Date.now(), id: number.value, page, typed: typed(), upon: upon() }] : [];
      try {
        if (!isReader()) return;
        write([...drafts, ...offers.values()]);
      } catch { return; }
      if (line) line.remove();
      line = drafts.length ? say("kept") : null;
      if (line) text.after(line);
    };
    const send = async (button) => {
      const holds = await lineHolds();
      if (waiting) waiting.remove();
      waiting = null;
      if (holds) {
        isSure = true;
        form.requestSubmit(button);
        isSure = false;
      } else {
        waiting = say("waiting");
        waiting.querySelector("button").onclick = () => send(button);
        form.append(waiting);
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 400); });
    form.addEventListener("submit", (event) => {
      if (isSure) return;
      event.preventDefault();
      clearTimeout(timer);
      keep();
      send(event.submitter);
    });
    addEventListener("online", () => waiting && waiting.querySelector("button").click());

    const putBack = (draft) => {
      const free = [...fields, ...made];
      for (const [name, value, isTicked] of [...draft.typed, ...draft.upon]) {
        const place = free.findIndex((field) => field.name === name && (!ticks(field) || field.value === value));
        if (place < 0) continue;
        const [field] = free.splice(place, 1);
        if (ticks(field)) field.checked = isTicked;
        else field.value = value;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      for (const field of free) if (ticks(field)) field.checked = false;
      number.value = draft.id;
      text.focus();
    };
    const drafts = JSON.parse(localStorage[key] || "[]");
    for (const draft of [...drafts].reverse()) {
      if (JSON.stringify(draft.typed) === JSON.stringify(typed())) continue;
      const offer = say("offer", draft.at);
      const [restore, forget] = offer.querySelectorAll("button");
      const answered = () => { offers.delete(offer); offer.remove(); };
      restore.onclick = () => { putBack(draft); answered(); keep(); };
      forget.onclick = () => { answered(); write(JSON.parse(localStorage[key] || "[]").filter((one) => one.at !== draft.at)); };
      offers.set(offer, draft);
      form.querySelector(":scope > :not(input)").before(offer);
      if (hasNewLanguage && draft === drafts[0] && draft.at > Date.now() - YOUNG) restore.click();
    }
  };
  for (const form of document.querySelectorAll("main form[method=post]")) {
    const text = form.querySelector("textarea:not([readonly], [hidden], [autocomplete=off])");
    if (text && form.elements.submission_id && !form.querySelector("[type=password]")) try { watch(form, text); } catch { /* storage is forbidden: nothing is kept */ }
  }
})();
