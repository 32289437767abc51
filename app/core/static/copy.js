/* Puts a button under each text that is made to be copied. Without it one selects the text by hand. */
(() => {
  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--outlined";
    button.textContent = text.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.value);
      button.textContent = text.dataset.copied;
    });
    text.after(button);
  }
})();
