// The visitor's hands, which the browser keeps: rows of {name, bytes of a .hand file, path and box of a word in
// it}. Page and worker see the same.

function open() {
    return new Promise((done, fail) => {
        const asked = indexedDB.open('longhand', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('hands', {keyPath: 'name'});
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
    });
}

// What `ask` asks of the store; `otherwise` where a browser has none, or does not let a page use it.
async function within(mode, otherwise, ask) {
    const base = await open().catch(() => null);
    if (!base)
        return otherwise;
    try {
        return await new Promise((done, fail) => {
            const change = base.transaction('hands', mode), asked = ask(change.objectStore('hands'));
            change.oncomplete = () => done(asked.result);
            change.onabort = () => fail(change.error);
        });
    } catch {
        return otherwise; // no room: it lasts as long as the page
    } finally {
        base.close();
    }
}

export const keptHands = () => within('readonly', [], store => store.getAll());
export const keptHand = name => within('readonly', undefined, store => store.get(name));
export const keepHand = hand => within('readwrite', null, store => store.put(hand));
export const dropHand = name => within('readwrite', null, store => store.delete(name));

// ---- before ---------------------------------------------------------------------------------------

// The page before this one kept a row that the visitor wrote as {text, points}, of x, y, seconds and end of
// stroke each, and no hand. It stays until a hand was learnt from it.
const ROW = 'longhand-own';

export function keptRow() {
    try {
        const {text, points} = JSON.parse(localStorage.getItem(ROW));
        const whole = typeof text == 'string' && points.length > 0 && points.length % 4 == 0 && points.every(Number.isFinite);
        return whole ? {text, points} : null;
    } catch {
        return null; // there is none, or it is of no use
    }
}

export function dropRow() {
    try {
        localStorage.removeItem(ROW);
    } catch {
        // The browser lets the page keep nothing.
    }
}
