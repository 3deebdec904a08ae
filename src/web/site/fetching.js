// Fetching, of which somebody is told.

// A file's bytes; `tell` hears of each part that has come.
async function fetchBytes(name, tell) {
    const answer = await fetch(name).catch(() => null);
    if (!answer?.ok)
        throw new Error(`${name} could not be fetched (${answer?.status ?? 'is there a connection?'})`);
    const parts = [], reading = answer.body.getReader();
    let size = 0;
    for (let part; !(part = await reading.read()).done;) {
        parts.push(part.value);
        size += part.value.length;
        tell(part.value.length);
    }
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
        bytes.set(part, at);
        at += part.length;
    }
    return bytes;
}

// The bytes of files, fetched at the same time, of these sizes; `tell` hears which share of them is here.
export function fetchAll(names, sizes, tell) {
    const all = names.reduce((sum, name) => sum + sizes[name], 0);
    let here = 0;
    return Promise.all(names.map(name => fetchBytes(name, bytes => tell((here += bytes) / all))));
}
