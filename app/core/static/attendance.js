/* Counts who is here while somebody taps, says that nothing is saved yet, and keeps unsaved ticks on this device until
   they are saved: a closed tab or a lost line loses none. Only identifiers are kept. The form works without it. */
(() => {
  const sheet = document.querySelector("form[data-sheet]");
  if (!sheet) return;
  const number = sheet.querySelector("[data-here]");
  const saved = sheet.querySelector("[data-saved]");
  const unsaved = sheet.querySelector("[data-unsaved]");
  const offer = document.querySelector("[data-kept]");
  const week = 7 * 24 * 60 * 60 * 1000;
  const key = "attendance:" + sheet.dataset.sheet;
  const boxes = [...sheet.querySelectorAll("[name=here]")];
  const was = (box) => Boolean(box.closest("li").querySelector("[name=was]"));

  /* Storage may be full or forbidden; then nothing is kept and nothing is lost that was not lost before. */
  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept && Date.now() - kept.at < week ? kept : { ticks: {} };
    } catch { return { ticks: {} }; }
  };
  const write = (ticks, sent = false) => {
    try {
      if (Object.keys(ticks).length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), ticks, sent }));
      else localStorage.removeItem(key);
    } catch { /* see above */ }
  };
  const tell = () => {
    const differ = boxes.filter((box) => box.checked !== was(box));
    const more = differ.reduce((sum, box) => sum + (box.checked ? 1 : -1), 0);
    number.textContent = Number(number.dataset.here) + more;
    saved.hidden = differ.length > 0;
    unsaved.hidden = !saved.hidden;
  };
  const keep = () => {
    const { ticks } = read();
    for (const box of boxes) {
      if (box.checked === was(box)) delete ticks[box.value];
      else ticks[box.value] = box.checked;
    }
    write(ticks);
  };
  const waiting = (ticks) => boxes.filter((box) => box.value in ticks && ticks[box.value] !== box.checked);
  const settle = () => {
    offer.hidden = true;
    tell();
    keep();
  };

  /* Sent and answered with "saved": done. A walk-in added meanwhile is answered too, but leaves what was not sent. */
  if (read().sent && document.querySelector(".message--kept")) write({});
  offer.hidden = waiting(read().ticks).length === 0;
  offer.querySelector("[data-put-back]").addEventListener("click", () => {
    const { ticks } = read();
    for (const box of waiting(ticks)) box.checked = ticks[box.value];
    settle();
  });
  offer.querySelector("[data-forget]").addEventListener("click", () => {
    write({});
    settle();
  });
  sheet.addEventListener("change", () => {
    tell();
    if (offer.hidden) keep();
  });
  sheet.addEventListener("submit", () => write(read().ticks, true));
  addEventListener("pageshow", tell);
})();
