/* Who changes the language in the middle of a form finds what they typed in it again. It is carried once, within this
   tab, to the next page and no further; never a password, a file, or what says autocomplete="off". Forms with longer
   texts are left to drafts.js. */
(() => {
  const forms = document.querySelector("template[data-draft-words]") ? [] : [...document.querySelectorAll("main form[method=post]")];
  const fieldsOf = (form) => [...form.elements].filter((field) =>
    field.name && field.autocomplete !== "off" && !/hidden|password|file|submit|button|fieldset/.test(field.type));
  const ticks = (field) => /checkbox|radio/.test(field.type);
  const stateOf = (field) => ticks(field) ? field.checked : field.value;
  const changed = () => forms.map((form, at) => fieldsOf(form).flatMap((field, place) =>
    stateOf(field) === before[at][place] ? [] : [[field.name, field.value, stateOf(field)]]));
  const before = forms.map((form) => fieldsOf(form).map(stateOf));

  const putBack = (form, typed) => {
    const free = fieldsOf(form);
    for (const [name, value, state] of typed) {
      const place = free.findIndex((field) => field.name === name && (!ticks(field) || field.value === value));
      if (place < 0) continue;
      const [field] = free.splice(place, 1);
      field[ticks(field) ? "checked" : "value"] = state;
      if (field.closest("details")) field.closest("details").open = true;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };
  try {
    const carried = JSON.parse(sessionStorage.carried || "null");
    sessionStorage.removeItem("carried");
    const isHere = carried && carried.path === location.pathname && carried.forms.length === forms.length;
    if (isHere) carried.forms.forEach((typed, at) => putBack(forms[at], typed));
    for (const link of document.querySelectorAll(".foot a[hreflang]")) {
      link.addEventListener("click", () => {
        if (changed().some((typed) => typed.length)) sessionStorage.carried = JSON.stringify({ path: location.pathname, forms: changed() });
      });
    }
  } catch { /* storage is forbidden: nothing is carried */ }
})();
