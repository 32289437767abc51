/* The service worker. Pages come from the network; those that the house marks are kept, and shown when the line is down
   or does not answer. Kept under the reader's name, which the house gives (`Maloca-Reader`): there is one reader at a
   time, and as soon as a page of another comes by, or somebody signs in or out, what was kept is gone.
   `HOUSE` stands above: version, files, address of the offline page, addresses that change the reader and those of them
   that sign out. Files have their version in the address: whatever headers they were asked for with, they are the same. */
const SHELL = `house-${HOUSE.version}`;
const PAGES = "pages-";
const MOST_PAGES = 40;
const DAY = 24 * 60 * 60 * 1000;
const LONGEST = 14 * DAY;
const PATIENCE = 8000;
const HERE_ONLY = /<!--here-only-->[^]*?<!--\/here-only-->/g;
let doors = 0; // how often somebody signed in or out: what was asked for before is not kept when it comes after

const keyOf = (address) => {
  const url = new URL(address, location.origin);
  url.searchParams.delete("lang");
  url.hash = "";
  return url.href;
};
const keepers = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));
const forgetExcept = async (reader) => {
  for (const name of await keepers()) if (name !== PAGES + reader) await caches.delete(name);
};
const keptAt = (text) => Number((/data-kept-at="(\d+)"/.exec(text) || [])[1] || 0);
const asPage = (text, headers, status) => new Response(text, { headers, status });

const find = async (address) => {
  for (const name of await keepers()) {
    const kept = await (await caches.open(name)).match(keyOf(address));
    if (kept && keptAt(await kept.clone().text()) > Date.now() - LONGEST) return kept;
  }
  return undefined;
};

/* The page for no line, in the language of the last page; asked for without a name, so that it holds none. */
const keepOfflinePage = async (language) => {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(HOUSE.offline);
  if (kept && (!language || kept.headers.get("Content-Language") === language)) return;
  const page = await fetch(`${HOUSE.offline}?lang=${language}`, { credentials: "omit" });
  if (page.ok) await shell.put(HOUSE.offline, page);
};
const offlinePage = async (mark = "") => {
  const kept = await caches.match(HOUSE.offline);
  if (!kept) return Response.error();
  const headers = new Headers(kept.headers);
  headers.delete("Content-Encoding");
  return asPage((await kept.text()).replace("<html ", `<html ${mark} `), headers, 503);
};

const keep = async (address, reader, answer, asked) => {
  const whole = await answer.text();
  if (asked !== doors) return;
  const text = whole.replace(HERE_ONLY, "").replace("<html ", `<html data-kept-at="${Date.now()}" `);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const cache = await caches.open(PAGES + reader);
  await cache.delete(keyOf(address));
  await cache.put(keyOf(address), asPage(text, headers, 200));
  for (const oldest of (await cache.keys()).slice(0, -MOST_PAGES)) await cache.delete(oldest);
};
const remember = async (address, answer, asked, isAhead = false) => {
  const reader = answer.headers.get("Maloca-Reader");
  if (!reader || asked !== doors) return;
  await forgetExcept(reader);
  if (answer.ok && answer.headers.has("Maloca-Readable-Offline")) await keep(address, reader, answer, asked);
  if (isAhead) return;
  await keepOfflinePage(answer.headers.get("Content-Language"));
  const ahead = (answer.headers.get("Maloca-Keep-Also") || "").split(" ").filter(Boolean);
  if (!(navigator.connection && navigator.connection.saveData)) for (const path of ahead) await fetchAhead(path, reader, asked);
};
const fetchAhead = async (path, reader, asked) => {
  if (asked !== doors) return;
  const kept = await find(path);
  if (kept && keptAt(await kept.text()) > Date.now() - DAY) return;
  const answer = await fetch(path);
  if (answer.headers.get("Maloca-Reader") === reader) await remember(path, answer, asked, true);
};

const showPage = async (event) => {
  const asked = doors;
  const answer = fetch(event.request);
  event.waitUntil(answer.then((page) => remember(event.request.url, page.clone(), asked)).catch(() => {}));
  const kept = await find(event.request.url);
  if (!kept) return answer.catch(() => offlinePage());
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([answer, patience]).catch(() => kept);
};
const showFile = async (request) => {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(SHELL)).put(request, answer.clone());
  return answer;
};

addEventListener("install", (event) => {
  const files = caches.open(SHELL).then((shell) => shell.addAll(HOUSE.files));
  event.waitUntil(files.then(() => keepOfflinePage("")).then(() => skipWaiting()));
});
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("house-") && name !== SHELL) await caches.delete(name);
  await clients.claim();
})()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(showPage(event));
  else if (request.mode === "navigate") {
    if (HOUSE.doors.some((door) => pathname.startsWith(door))) {
      doors += 1;
      event.waitUntil(forgetExcept(""));
    }
    const lost = HOUSE.signOut.includes(pathname) ? "signed-out" : "sent";
    if (!navigator.onLine) event.respondWith(offlinePage(`data-not-${lost}="yes"`));
  } else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(showFile(request));
});
