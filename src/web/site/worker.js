// The network's side: fetches what it needs, writes ahead of the pen, and posts rows as they come.
// Messages in: sheet, text, drawn, look, and those that are answered: save, hand, file. Out: progress,
// ready, begun, rows, steps, answer, failed.
import make from './longhand.js';
import {Engine} from './engine.js';

const AHEAD = 1500;       // points that are written before they are drawn: some 20 seconds of a hand
const POST_EVERY = 300;   // ms between two layouts while the pen does not wait for them

const OWN = 'own hand';   // what the engine calls the hand that is another for each seed

let engine, files, order = null;
let ownSeed = null;       // for which that hand was drawn
let drawn = 0;            // points that the pen has drawn
let sent = [];            // rows as they were last posted
let working = false, looking = false, everything = false, posted = 0;

const post = (what, more = {}, transfer = []) => self.postMessage({what, ...more}, transfer);

// ---- fetching -------------------------------------------------------------------------------------

// A file's bytes; `tell` hears of each part that has come.
async function fetchBytes(name, tell = () => {}) {
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

async function start() {
    files = await (await fetch('files.json')).json();
    const names = ['longhand.wasm', 'longhand.safetensors', 'reader.safetensors', 'signs.txt'];
    const all = names.reduce((sum, name) => sum + files.sizes[name], 0);
    let here = 0;
    const [binary, model, reader, signs] = await Promise.all(names.map(name =>
        fetchBytes(name, bytes => post('progress', {what: 'the network', share: (here += bytes) / all}))));
    engine = await Engine.start(make, binary.buffer);
    engine.takeModel(model);
    engine.takeReader(reader);
    engine.takeSigns(signs);
    post('ready', {license: engine.license});
}

// Fetches those of the hands that come with the page which are not here yet, and what was learnt of them.
async function fetchHands(wanted) {
    const lacking = wanted.filter(({name}) => !engine.hasHand(name));
    const parts = lacking.map(({file, key}) => [`hands/${file}`, `hands/${key}.learnt`]);
    const all = parts.flat().reduce((sum, name) => sum + files.sizes[name], 0);
    let here = 0;
    const tell = bytes => post('progress', {what: lacking.length > 1 ? 'the hands' : 'the hand', share: (here += bytes) / all});
    const fetched = await Promise.all(parts.flat().map(name => fetchBytes(name, tell)));
    lacking.forEach(({name, file, key}, i) => {
        engine.takeLearnt(key, fetched[2 * i + 1]);
        engine.takePackedHand(name, file, fetched[2 * i]);
    });
}

// Makes sure that the hand is here which is asked for, and gives its name in the engine: that which is
// drawn from all others is another for each seed.
async function findHand({hand, seed}) {
    if (hand != 'own') {
        await fetchHands(files.hands.filter(({name}) => name == hand));
        return hand;
    }
    const pool = files.hands.filter(({file}) => file.endsWith('.hand'));
    await fetchHands(pool);
    if (ownSeed !== seed)
        engine.drawOwn(OWN, pool.map(({name}) => name), seed);
    ownSeed = seed;
    return OWN;
}

// ---- writing --------------------------------------------------------------------------------------

function isSame(a, b) {
    if (!a || a.x != b.x || a.y != b.y || a.scale != b.scale || a.passage != b.passage ||
        a.first != b.first || a.colour != b.colour || a.text != b.text || a.points.length != b.points.length)
        return false;
    for (let i = 0; i < a.points.length; i++)
        if (a.points[i] != b.points[i])
            return false;
    return true;
}

// Posts the rows that are new or differ, and how what is new of them came about.
function postRows() {
    const rows = engine.layOut(), changed = [], passages = engine.passages();
    rows.forEach((row, index) => {
        if (!isSame(sent[index], row))
            changed.push({index, row});
    });
    sent = rows;
    posted = performance.now();
    const steps = passages.map((_, i) => engine.steps(i, looking)).filter(some => some.count > 0);
    engine.forget();
    post('rows', {count: rows.length, changed, passages, skipped: engine.skipped,
                  behind: engine.behind, sheet: order.sheet});
    for (const some of steps)
        post('steps', {steps: some, sheet: order.sheet},
             Object.values(some).filter(ArrayBuffer.isView).map(array => array.buffer));
}

// Writes a piece, and comes back for the next when messages have been heard.
function work() {
    working = false;
    try {
        if (!order || !engine.behind)
            return;
        const waits = engine.points - drawn < AHEAD;
        if (!waits && !everything)
            return;
        engine.write();
        if (!engine.behind || !everything || performance.now() - posted > POST_EVERY)
            postRows();
        goOn();
    } catch (error) {
        post('failed', {message: error.message});
    }
}

const bell = new MessageChannel();
bell.port1.onmessage = work;

function goOn() {
    if (working || !order)
        return;
    working = true;
    bell.port2.postMessage(0);
}

// ---- messages -------------------------------------------------------------------------------------

const answers = {
    // Begins anew: {hand, seed, bias, width, pitch, sheet}.
    async sheet({order: wanted, text: given, whole: isWhole}) {
        order = null;
        engine.begin({...wanted, hand: await findHand(wanted)});
        order = wanted;
        sent = [];
        drawn = 0;
        post('begun', {sheet: order.sheet});
        await answers.text({text: given, whole: isWhole});
    },

    async text({text: given, whole: isWhole}) {
        if (!order)
            return;
        engine.giveText(given, isWhole);
        postRows();
        goOn();
    },

    async drawn({points}) {
        drawn = points;
        goOn();
    },

    // Whether somebody looks inside, and whether all is to be written at once.
    async look(wanted) {
        looking = wanted.looking ?? looking;
        everything = wanted.everything ?? everything;
        goOn();
    },

    async save({format, options, id}) {
        while (engine.behind)
            engine.write();
        postRows();
        const bytes = engine.save(format, options);
        post('answer', {id, bytes}, [bytes.buffer]);
    },

    // Ink that somebody drew becomes a hand of this name; `fit`: it is of any size yet.
    async hand({hand, id}) {
        const points = hand.fit ? Array.from(engine.fitDrawn(Float32Array.from(hand.points)))
                                : hand.points;
        engine.takeHand({name: hand.name, text: hand.text, points});
        order = null;
        post('answer', {id, hand: {name: hand.name, text: hand.text, points}});
    },

    // A .hand file that somebody opened becomes a hand of this name; messages call it `file`.
    async file({name, file, bytes, id}) {
        engine.takeHandFile(name, file, bytes);
        order = null;
        post('answer', {id});
    },
};

// One after the other: a message waits until the one before is done with.
let queue = start().catch(error => {
    post('failed', {message: error.message, broken: true});
    throw error;
});
self.onmessage = ({data}) => {
    queue = queue.then(() => answers[data.what](data))
        .catch(error => post('failed', {message: error.message, id: data.id}));
};
