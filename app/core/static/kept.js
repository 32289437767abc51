/* Lists the pages kept on this device, on the page for when the line is down; those too old to be shown go. */
(async () => {
  const place = document.querySelector("template[data-kept-pages]");
  const longest = 14 * 24 * 60 * 60 * 1000; // as in worker.js
  const hour = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  if (!window.caches) return;
  for (const name of (await caches.keys()).filter((one) => one.startsWith("pages-"))) {
    const kept = await caches.open(name);
    for (const request of (await kept.keys()).reverse()) {
      const copy = new DOMParser().parseFromString(await (await kept.match(request)).text(), "text/html").documentElement;
      if (+copy.dataset.keptAt < Date.now() - longest) {
        await kept.delete(request);
        continue;
      }
      const line = place.content.cloneNode(true);
      const link = line.querySelector("a");
      link.href = request.url;
      link.textContent = copy.querySelector("title").textContent.replace(/ · [^·]*$/, "");
      line.querySelector("[lang]").lang = copy.lang;
      line.querySelector("time").textContent = new Date(+copy.dataset.keptAt).toLocaleString(`${document.documentElement.lang}-u-nu-latn`, hour);
      place.parentNode.append(line);
      for (const part of document.querySelectorAll("[data-any-kept]")) part.hidden = false;
      for (const part of document.querySelectorAll("[data-none-kept]")) part.hidden = true;
    }
  }
})();
