// Keeps the page, so that it works offline: what is fetched once is taken from here. The names of all
// versions of this file are in files.js, which is another file when anything is.
importScripts('files.js');

const kept = 'longhand-' + self.FILES.version;

self.addEventListener('install', event => {
    const fresh = self.FILES.shell.map(name => new Request(name, {cache: 'reload'}));
    event.waitUntil(caches.open(kept).then(cache => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
    const drop = names => Promise.all(names.filter(name => name.startsWith('longhand-') && name != kept)
        .map(name => caches.delete(name)));
    event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

async function answer(event, request) {
    const cache = await caches.open(kept);
    const known = await cache.match(request, {ignoreSearch: true});
    if (known)
        return known;
    const fetched = await fetch(request);
    if (fetched.ok && fetched.type == 'basic')
        event.waitUntil(cache.put(request, fetched.clone()));
    return fetched;
}

self.addEventListener('fetch', event => {
    if (event.request.method == 'GET' && new URL(event.request.url).origin == location.origin)
        event.respondWith(answer(event, event.request));
});
