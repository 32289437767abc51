/* Says that a file is too large as soon as it is chosen, before sending it costs data. Without this, the house says so. */
document.querySelectorAll("input[type=file][data-largest]").forEach((input) => {
  const sentence = input.parentElement.querySelector("[data-too-large]");
  input.addEventListener("change", () => {
    const isTooLarge = Array.from(input.files).some((file) => file.size > Number(input.dataset.largest));
    sentence.hidden = !isTooLarge;
    if (isTooLarge) input.value = "";
  });
});
