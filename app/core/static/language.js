/* The field for the words turns with the language chosen above it: its direction, its script, its spelling. */
(() => {
  const chosen = document.querySelector("select[name=language]");
  const words = chosen && chosen.form.querySelector("textarea[data-follows]");
  if (!words) return;
  const follow = () => {
    const { value, dataset } = chosen.selectedOptions[0];
    const isNamed = value && value !== "other";
    words.lang = isNamed ? value : "";
    words.dir = isNamed ? dataset.direction || "ltr" : "auto";
  };
  chosen.addEventListener("change", follow);
  words.addEventListener("focus", follow);
  follow();
})();
