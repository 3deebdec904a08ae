// The network's side: fetches what it needs, writes ahead of the pen, and posts rows as they come.
// Messages in: sheet, text, drawn, look, spare, drop, and those that are answered: save, file. Out: progress,
// ready, begun, rows, steps, answer, failed.
import make from './longhand.js';
import {Engine} from './engine.js';
import {fetchAll, release} from './fetching.js';
import {keptHand} from './kept.js';

const AHEAD = 1500;       // points that are written before they are drawn: some 20 seconds of a hand
const POST_EVERY = 300;   // ms between two layouts while the pen does not wait for them

const OWN = 'own hand';   // what the engine calls the hand that is another for each seed

let engine, files, order = null;
let ownSeed = null;       // for which that hand was drawn
let drawn = 0;            // points that the pen has drawn
let sent = [];            // rows as they were last posted
let told = [];            // of each passage, the words that were posted
let working = false, looking = false, everything = false, posted = 0;

const post = (what, more = {}, transfer = []) => self.postMessage({what, ...more}, transfer);

// ---- fetching -------------------------------------------------------------------------------------

async function start() {
    files = await (await fetch('files.json')).json();
    const names = ['longhand.wasm', 'longhand.safetensors', 'reader.safetensors', 'signs.txt'];
    const [binary, model, reader, signs] =
        await fetchAll(names, files.sizes, share => post('progress', {what: 'the network', share}));
    engine = await Engine.start(make, binary);
    engine.takeModel(model);
    engine.takeReader(reader);
    engine.takeSigns(signs);
    [binary, model, reader, signs].forEach(release); // copied, all of them
    post('ready', {license: engine.license});
}

// Fetches those of the hands that come with the page which are not here yet, and what was learnt of them.
async function fetchHands(wanted) {
    const lacking = wanted.filter(({name}) => !engine.hasHand(name));
    const what = lacking.length > 1 ? 'the hands' : 'the hand';
    const fetched = await fetchAll(lacking.flatMap(({file, key}) => [`hands/${file}`, `hands/${key}.learnt`]),
                                   files.sizes, share => post('progress', {what, share}));
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
        const kept = engine.hasHand(hand) ? null : await keptHand(hand);
        if (kept)
            engine.takeHandFile(hand, hand, kept.bytes);
        return hand;
    }
    const pool = files.hands.filter(({file}) => file.endsWith('.hand'));
    await fetchHands(pool);
    if (ownSeed !== seed)
        engine.drawOwn(OWN, pool.map(({name}) => name), seed);
    ownSeed = seed;
    return OWN;
}

// A word in a hand, for its tile; of one in which it cannot be written there is none, as is said when it is chosen.
function pictureOf(hand) {
    try {
        return engine.tile(hand);
    } catch {
        return null;
    }
}

// ---- writing --------------------------------------------------------------------------------------

// What is new of a passage: the first `same` words are as they were. Where its characters stand is told when
// there is another text.
function newsOf(passage, withPlaces) {
    const words = engine.words(passage), before = told[passage] ?? [];
    let same = words.findIndex((word, i) => Object.keys(word).some(name => word[name] !== before[i]?.[name]));
    same = same < 0 ? words.length : same;
    told[passage] = words;
    return {text: engine.writtenText(passage), same, words: words.slice(same),
            places: withPlaces ? engine.places(passage) : null};
}

// Posts the rows that are new or differ, and how what is new of them came about.
function postRows(withPlaces = false) {
    const rows = engine.layOut(sent), changed = [];
    const passages = Array.from({length: engine.passages}, (_, i) => newsOf(i, withPlaces));
    rows.forEach((row, index) => {
        if (sent[index] != row)
            changed.push({index, row});
    });
    sent = rows;
    posted = performance.now();
    const steps = passages.flatMap((_, i) => engine.steps(i, looking, takeRoom));
    engine.forget();
    post('rows', {count: rows.length, changed, passages, skipped: engine.skipped,
                  behind: engine.behind, sheet: order.sheet});
    for (const some of steps)
        post('steps', {steps: some, sheet: order.sheet}, some.output ? [some.output.buffer] : []);
}

// Buffers that the page is done with. What the lens shows goes to and fro in them: new ones, some MB a
// second, would pile up until the browser collects them.
let spare = [];
const ROOM_STEP = 1 << 16; // bytes: rooms of few sizes fit more often

// Room for so many bytes; where none fits the smallest goes, so that they do not become more.
function takeRoom(bytes) {
    const at = spare.findIndex(room => room.byteLength >= bytes);
    if (at >= 0)
        return spare.splice(at, 1)[0];
    spare.shift();
    return new ArrayBuffer(Math.ceil(bytes / ROOM_STEP) * ROOM_STEP);
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
        engine.begin({...wanted, hand: await findHand(wanted)}, looking);
        order = wanted;
        sent = [];
        told = [];
        drawn = 0;
        post('begun', {sheet: order.sheet});
        await answers.text({text: given, whole: isWhole});
    },

    async text({text: given, whole: isWhole}) {
        if (!order)
            return;
        engine.giveText(given, isWhole);
        postRows(true);
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
        spare = looking ? spare : [];
        goOn();
    },

    // Buffers of steps that the page is done with.
    async spare({buffers}) {
        spare = [...spare, ...buffers].sort((a, b) => a.byteLength - b.byteLength);
    },

    // The visitor has the hand of this name no more.
    async drop({name}) {
        engine.dropHand(name);
    },

    async save({format, options, id}) {
        while (engine.behind)
            engine.write();
        postRows();
        const bytes = engine.save(format, options);
        post('answer', {id, bytes}, [bytes.buffer]);
    },

    // A .hand file that somebody opened becomes a hand of this name; messages call it `file`. The answer has
    // a picture for its tile.
    async file({name, file, bytes, id}) {
        engine.takeHandFile(name, file, bytes);
        order = null; // the sheet goes
        post('answer', {id, picture: pictureOf(name)});
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
