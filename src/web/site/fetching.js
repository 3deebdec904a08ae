// Fetching, of which somebody is told.

// Gives memory back at once, where the browser can: else it is collected, which may be late.
export const release = bytes => bytes.buffer.transfer?.(0);

// A file's bytes, some `size` of them; `tell` hears of each part that has come.
async function fetchBytes(name, size, tell) {
    const answer = await fetch(name).catch(() => null);
    if (!answer?.ok)
        throw new Error(`${name} could not be fetched (${answer?.status ?? 'is there a connection?'})`);
    const reading = answer.body.getReader();
    let bytes = new Uint8Array(size), at = 0;
    for (let part; !(part = await reading.read()).done;) {
        const {value} = part, {length} = value;
        if (at + length > bytes.length) {
            const larger = new Uint8Array(2 * (at + length));
            larger.set(bytes);
            bytes = larger;
        }
        bytes.set(value, at);
        release(value);
        at += length;
        tell(length);
    }
    return bytes.subarray(0, at);
}

// The bytes of files, fetched at the same time, of these sizes; `tell` hears which share of them is here.
export function fetchAll(names, sizes, tell) {
    const all = names.reduce((sum, name) => sum + sizes[name], 0);
    let here = 0;
    return Promise.all(names.map(name => fetchBytes(name, sizes[name], bytes => tell((here += bytes) / all))));
}
