// Keeps the pages of a code on the phone, for where there is no network. They hold nothing about anybody.
'use strict';

const KEPT = 'gonghui-stall';
const PATIENCE = 4000; // after that, what is kept is shown instead of a network that does not answer
const ASSETS = /(?:href|src)="(\/(?:static|webjars)\/[^"#]+)/g;
const PAGES = /^\/j\/[^/]+\/(?:later|stall)$/;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (/^\/(static|webjars)\//.test(url.pathname)) {
    event.respondWith(caches.match(event.request).then(hit => hit || fetch(event.request)));
  } else if (PAGES.test(url.pathname) && event.request.mode !== 'navigate') { // a page's own script wants it kept
    event.respondWith(fetch(event.request).then(answer => keep(url.pathname, answer.clone()).then(() => answer)));
  } else if (event.request.mode === 'navigate') {
    event.respondWith(page(event, url));
  }
});

// The network first; what is kept when it fails, keeps one waiting or answers that it cannot. A place without network leads to its
// form, and so does one whose code has ended: what was typed before is sent from there.
async function page(event, url) {
  const kept = await caches.match(PAGES.test(url.pathname) ? url.pathname : url.pathname + '/later');
  const asked = fetch(event.request);
  if (!kept) return asked;
  let timer;
  const late = new Promise(resolve => { timer = setTimeout(() => resolve(kept), PATIENCE); });
  try {
    const answer = await Promise.race([asked, late]);
    if (answer.status >= 500) return kept;
    if (answer.status === 410) return Response.redirect(url.pathname + '/later');
    if (answer !== kept && answer.ok && PAGES.test(url.pathname)) event.waitUntil(keep(url.pathname, answer.clone()));
    return answer;
  } catch (away) {
    return kept;
  } finally {
    clearTimeout(timer);
    asked.catch(() => undefined);
  }
}

// A page and all that it needs: it is kept last, so that what is kept is whole.
async function keep(path, answer) {
  if (!answer.ok || answer.redirected) return;
  const cache = await caches.open(KEPT);
  const text = await answer.clone().text();
  for (const asset of new Set(Array.from(text.matchAll(ASSETS), found => found[1]))) {
    if (!await cache.match(asset)) await cache.add(asset);
  }
  await cache.put(path, answer);
}
