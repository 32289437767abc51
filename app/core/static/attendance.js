/* Counts who is here while somebody taps, and says that nothing is saved yet. The form works without it. */
(() => {
  const sheet = document.querySelector("form[data-sheet]");
  if (!sheet) return;
  const number = sheet.querySelector("[data-here]");
  const saved = sheet.querySelector("[data-saved]");
  const unsaved = sheet.querySelector("[data-unsaved]");
  const count = (what) => sheet.querySelectorAll(what).length;
  const tell = () => {
    number.textContent = Number(number.dataset.here) + count("[name=here]:checked") - count("[name=was]");
    const differs = [...sheet.querySelectorAll("li")].some(
      (line) => line.querySelector("[name=here]").checked !== Boolean(line.querySelector("[name=was]")),
    );
    saved.hidden = differs;
    unsaved.hidden = !differs;
  };
  sheet.addEventListener("change", tell);
  addEventListener("pageshow", tell);
})();
