// What the browser has to have, and what it keeps.

// A function of WebAssembly that uses its vectors: (i32.const 0) i8x16.splat (drop).
const VECTORS = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0,
                                65, 0, 253, 15, 26, 11]);

// What it lacks, as a sentence, or nothing.
export function findLack() {
    if (typeof WebAssembly != 'object')
        return 'This browser has no WebAssembly, which the network needs.';
    if (!WebAssembly.validate(VECTORS))
        return 'This browser has no WebAssembly with vectors (SIMD), which the network needs. ' +
            'Firefox 114, Chrome 97, Safari 16.4 and all that came after them can show this page.';
    return null;
}

// What is fetched is kept, if the browser lets a page do so.
export async function keepPage() {
    if (!navigator.serviceWorker)
        return;
    const taken = new Promise(done => {
        if (navigator.serviceWorker.controller)
            done();
        navigator.serviceWorker.addEventListener('controllerchange', done);
        setTimeout(done, 3000);
    });
    await navigator.serviceWorker.register('sw.js');
    await taken;
}

const PREFIX = 'longhand-'; // of what sw.js keeps; others may keep something at the same host

// Whether the page could be fetched anew: sw.js answers nothing but GET from what is kept.
const isReached = () => Promise.race([fetch('./', {method: 'HEAD', cache: 'no-store'}).then(({ok}) => ok, () => false),
                                      new Promise(done => setTimeout(done, 5000, false))]);

// What was kept may be broken: it is fetched once more. Without a connection it is all there is, and stays.
export async function startAfresh() {
    const kept = await isReached() ? await window.caches?.keys() ?? [] : [];
    for (const name of kept.filter(one => one.startsWith(PREFIX)))
        await caches.delete(name);
    location.reload();
}
