/* Keeps what somebody writes on this device until the house has it (then offline.js forgets it), offers it back after a
   broken line, and waits with sending while there is none. The form keeps its number: sent again, it acts once. */
(() => {
  const { lang, dataset } = document.documentElement;
  const words = document.querySelector("template[data-draft-words]");
  if (!words || !dataset.reader || !HTMLFormElement.prototype.requestSubmit) return;
  const say = (name, at = Date.now()) => {
    const said = words.content.querySelector(`[data-said=${name}]`).cloneNode(true);
    const time = said.querySelector("time");
    if (time) time.textContent = new Date(at).toLocaleTimeString(`${lang.split("-")[0]}-u-nu-latn`, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return said;
  };
  const lineHolds = () => Promise.race([
    fetch("/healthz", { cache: "no-store" }).then((answer) => answer.ok, () => false),
    new Promise((resolve) => setTimeout(resolve, 10000)),
  ]);

  const watch = (form, text) => {
    const { pathname, search } = new URL(form.getAttribute("action") || "", location);
    const key = `draft:${dataset.reader}:${pathname}${search.replace(/[?&]lang=[^&]*/, "")}`;
    const number = form.elements.submission_id;
    const fields = [...form.elements].filter((field) => field.name && !/hidden|file|submit/.test(field.type));
    const ticks = (field) => /checkbox|radio/.test(field.type);
    const typed = () => JSON.stringify(fields.map((field) => ticks(field) ? field.checked : field.value));
    let timer, isSure, line, waiting;

    const keep = () => {
      const said = say("kept");
      try { localStorage[key] = JSON.stringify({ at: Date.now(), id: number.value, typed: typed() }); } catch { return; }
      if (line) line.replaceWith(said); else text.after(said);
      line = said;
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

    const kept = JSON.parse(localStorage[key] || "{}");
    if (!kept.at || kept.typed === typed()) return;
    const offer = say("offer", kept.at);
    const [restore, forget] = offer.querySelectorAll("button");
    restore.onclick = () => {
      JSON.parse(kept.typed).forEach((value, place) => { fields[place][ticks(fields[place]) ? "checked" : "value"] = value; });
      number.value = kept.id;
      offer.remove();
      text.focus();
    };
    forget.onclick = () => { delete localStorage[key]; offer.remove(); };
    form.prepend(offer);
  };
  for (const form of document.querySelectorAll("main form[method=post]")) {
    const text = form.querySelector("textarea:not([readonly], [hidden])");
    if (text && form.elements.submission_id && !form.querySelector("[type=password]")) try { watch(form, text); } catch { /* storage is forbidden: nothing is kept */ }
  }
})();
