/* Suggests the device's own time zone on the way to the list of places. Nothing is sent before somebody follows a link. */
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const link of document.querySelectorAll("a[data-zone-link]")) {
    const target = new URL(link.href, location.href);
    target.searchParams.set("suggested", zone);
    link.href = target.pathname + target.search;
  }
})();
