// The page: what is asked goes to the worker, what comes back goes to the sheet, and the pen moves.
import {Sheet} from './sheet.js';
import {Lens} from './lens.js';
import {Mirror, placeWords} from './text.js';
import {OwnHand} from './own_hand.js';
import {readLink, makeLink} from './link.js';
import {download, makePicture} from './save.js';

const by = id => document.getElementById(id);
const SPEEDS = [0.5, 1, 2, 4, 8, Infinity];
const INKS = {black: '#101010', blue: '#20409a', red: '#b3202a', green: '#1f6b3a', brown: '#5b3a1e', white: '#f4f1ea'};
const PAPERS = {white: ['#ffffff', '#b7c7dd'], cream: ['#fbf3df', '#c9bfa4'], dark: ['#23262d', '#4a5262']};
const RULINGS = ['plain', 'ruled', 'squared'];
const TYPED_OUT = 700;     // ms after the last key, when the last word is taken for whole
const FIRST_BASELINE = 11; // mm, of rows that are 8 mm apart
const WELCOME = 'Dear reader, this line is written by a network that learnt how pens move. ' +
    'Type something, and it writes that.';

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const dim = matchMedia('(prefers-color-scheme: dark)').matches;

// Rows are as wide as there is room for letters that can be read.
const usualWidth = () => Math.max(60, Math.min(170, Math.round(by('desk').clientWidth / 4.4 / 5) * 5));

const asked = {text: WELCOME, hand: 'felix', seed: 1, bias: 1, width: usualWidth(), speed: calm ? 5 : 1,
               pen: 0.5, ink: dim ? 'white' : 'black', paper: dim ? 'dark' : 'white', ruling: 0};
const sheet = new Sheet(by('desk'), by('paper'), by('ink'), by('above'));
const lens = new Lens(by('lens'));
const mirror = new Mirror(by('text'), by('mirror'));
let worker, files, own = null, number = 0, note = ''; // on the hand that a link asks for
let passages = [], places = [], letters = [], ready = false, behind = false, looking = false, following = true;

const ask = (what, more) => worker?.postMessage({what, ...more});

// ---- telling people -------------------------------------------------------------------------------

function complain(message, again = null) {
    by('message').hidden = false;
    by('message').querySelector('p').textContent = message;
    by('again').hidden = !again;
    by('again').onclick = again;
}

const say = text => {
    if (by('state').textContent != text)
        by('state').textContent = text;
};

// ---- what is asked --------------------------------------------------------------------------------

function order() {
    const {hand, seed, bias, width} = asked;
    return {hand, seed, bias, width, pitch: sheet.look.pitch, sheet: number};
}

// A new sheet, written from its first word on.
function beginSheet() {
    number++;
    sheet.reset();
    sheet.setWidth(asked.width + 12);
    lens.reset();
    lens.bias = asked.bias;
    [passages, places, letters] = [[], [], []];
    following = true;
    mirror.setDoubts([]);
    mirror.mark(null);
    showLink();
    if (!ready)
        return;
    say('Learning the hand');
    ask('sheet', {order: order(), text: asked.text, whole: true});
}

function showLink() {
    history.replaceState(null, '', makeLink(asked));
}

let typing;
function typed() {
    asked.text = by('text').value;
    mirror.show(null);
    clearTimeout(typing);
    typing = setTimeout(() => {
        showLink();
        ask('text', {text: asked.text, whole: true});
    }, TYPED_OUT);
    ask('text', {text: asked.text, whole: false});
}

function showLook() {
    const [paper, rule] = PAPERS[asked.paper];
    sheet.setLook({pen: asked.pen, ink: INKS[asked.ink], sheet: paper, rule, ruling: asked.ruling,
                   first: FIRST_BASELINE});
}

function showPace() {
    sheet.speed = SPEEDS[asked.speed];
    ask('look', {everything: sheet.speed == Infinity, looking});
}

const words = {
    bias: value => Number(value).toFixed(1),
    speed: value => SPEEDS[value] == Infinity ? 'at once' : `${SPEEDS[value]} times`,
    pen: value => `${Number(value).toFixed(1)} mm`,
    width: value => `${value} mm`,
};

function showFields() {
    by('text').value = asked.text;
    mirror.show(null);
    for (const name of ['bias', 'speed', 'pen', 'width', 'seed']) {
        by(name).value = asked[name];
        const output = by(name).parentElement.querySelector('output');
        if (output)
            output.textContent = words[name](asked[name]);
        if (name == 'speed')
            by(name).setAttribute('aria-valuetext', words.speed(asked.speed));
    }
    for (const input of document.querySelectorAll('.choice input'))
        input.checked = String(asked[input.name]) == input.value;
}

// A choice among others, as a tile.
function tile(name, value, label, inside) {
    const box = document.createElement('label'), input = document.createElement('input');
    const seen = document.createElement('span');
    box.className = 'choice';
    Object.assign(input, {type: 'radio', name, value});
    input.setAttribute('aria-label', label);
    seen.append(inside ?? label);
    box.append(input, seen);
    input.onchange = () => {
        asked[name] = name == 'ruling' ? Number(value) : value;
        name == 'hand' ? beginSheet() : showLook();
        if (name == 'paper')
            suitInk();
    };
    return box;
}

// Ink that would not be seen on this paper gives way to one that is.
function suitInk() {
    const unseen = asked.paper == 'dark' ? asked.ink != 'white' : asked.ink == 'white';
    if (!unseen)
        return;
    asked.ink = asked.paper == 'dark' ? 'white' : 'black';
    showFields();
    showLook();
}

function picture(path, box) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', box);
    svg.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    line.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.append(line);
    return svg;
}

function ownPicture({points}) {
    let path = '', box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 4) {
        const x = Math.round(points[i]), y = Math.round(points[i + 1]);
        path += (i == 0 || points[i - 1] ? 'M' : 'L') + x + ' ' + y;
        box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    return picture(path, `${box[0] - 20} ${box[1] - 20} ${box[2] - box[0] + 40} ${box[3] - box[1] + 40}`);
}

function showTiles() {
    const tiles = files.hands.map(({name, path, box}) => tile('hand', name, name, picture(path, box)));
    if (own)
        tiles.push(tile('hand', 'drawn', 'your own', ownPicture(own)));
    const draw = document.createElement('button');
    draw.type = 'button';
    draw.id = 'draw';
    draw.textContent = own ? 'Draw again' : 'Your own';
    draw.onclick = () => drawing.open();
    by('tiles').replaceChildren(...tiles, draw);
}

function makeChoices() {
    for (const [name, colour] of Object.entries(INKS)) {
        const dot = document.createElement('i');
        dot.className = 'dot';
        dot.style.background = colour;
        by('inks').append(tile('ink', name, name + ' ink', dot));
    }
    for (const name of Object.keys(PAPERS))
        by('papers').append(tile('paper', name, name));
    RULINGS.forEach((name, i) => by('rulings').append(tile('ruling', String(i), name)));
}

// ---- a hand of one's own --------------------------------------------------------------------------

const drawing = new OwnHand(by('drawing'), hand => {
    say('Learning your hand');
    ask('hand', {hand});
});

function takeOwn(hand) {
    own = hand;
    try {
        localStorage.setItem('longhand-own', JSON.stringify(hand));
    } catch {
        // No room, or not allowed: it lasts as long as the page.
    }
    asked.hand = 'drawn';
    showTiles();
    showFields();
    beginSheet();
}

function recallOwn() {
    try {
        const kept = JSON.parse(localStorage.getItem('longhand-own'));
        own = kept?.points?.every?.(Number.isFinite) && typeof kept.text == 'string' ? kept : null;
    } catch {
        own = null;
    }
}

// ---- what comes back ------------------------------------------------------------------------------

// The stretches of a row's words that may be misread, in mm.
function findDoubts(row) {
    const said = passages[row.passage]?.words.slice(row.first, row.first + row.words) ?? [];
    return said.filter(word => word.doubtful || word.flawed).map(word => {
        const from = word.point - said[0].point, to = from + word.points;
        let left = Infinity, right = -Infinity;
        for (let i = from; i < to; i++) {
            const x = row.x + row.scale * row.points[4 * i];
            [left, right] = [Math.min(left, x), Math.max(right, x)];
        }
        return {left, right, to};
    });
}

function takeRows({count, changed, passages: said, skipped, behind: more}) {
    passages = said;
    places = placeWords(asked.text, passages);
    behind = more;
    changed.forEach(({row}) => row.doubts = findDoubts(row));
    sheet.take(count, changed);
    mirror.setDoubts(passages.flatMap((passage, p) => passage.words.flatMap(
        (word, i) => (word.doubtful || word.flawed) && places[p][i] ? [places[p][i]] : [])));
    by('message').hidden = true; // what was wrong with the text before is no more
    const left = skipped ? `Nobody taught it to write ${skipped}: left out.` : '';
    by('skipped').textContent = `${note} ${left}`.trim();
    letters.length = passages.length;
}

function takeSteps({steps}) {
    const own = letters[steps.passage] ??= [];
    own.length = Math.min(own.length, steps.from);
    for (const character of steps.characters)
        own.push(character);
    if (steps.output)
        lens.take(steps);
}

const pending = new Map();
function askAndWait(what, more) {
    const id = Math.random();
    ask(what, {...more, id});
    return new Promise((done, fail) => pending.set(id, {done, fail}));
}

const heard = {
    progress: ({share}) => by('progress').value = share,
    ready({license}) {
        ready = true;
        by('loading').hidden = true;
        by('license').textContent = license || by('license').textContent;
        if (own)
            ask('hand', {hand: own, id: 'recalled'});
        showPace();
        beginSheet();
        keepRest();
    },
    begun: () => say('Writing'),
    rows: takeRows,
    steps: takeSteps,
    saved({id, bytes}) {
        pending.get(id)?.done(bytes);
        pending.delete(id);
    },
    hand: ({hand, id}) => id != 'recalled' && takeOwn(hand),
    failed({message, broken, id}) {
        if (pending.has(id)) {
            pending.get(id).fail(new Error(message));
            pending.delete(id);
        }
        by('loading').hidden = true;
        complain(message, broken ? startAfresh : null);
    },
};

// What was kept may be broken: it is fetched once more.
async function startAfresh() {
    for (const name of await window.caches?.keys() ?? [])
        await caches.delete(name);
    location.reload();
}

// The other hands are fetched while nothing else is to be done, so that all are there offline.
function keepRest() {
    const wait = window.requestIdleCallback ?? (then => setTimeout(then, 2000));
    wait(async () => {
        for (const {name, learnt} of files.hands) {
            await fetch(`hands/${name}.json`).catch(() => null);
            await fetch(`hands/${learnt}`).catch(() => null);
        }
        document.body.dataset.kept = 'all';
    });
}

// ---- frames ---------------------------------------------------------------------------------------

// Where the pen is, or the moment that is looked at: row, point of the row, passage and its point.
function placeOf(row, point) {
    const at = sheet.rows[row];
    if (!at || point < 0)
        return null;
    const first = passages[at.passage]?.words[at.first]?.point ?? 0;
    return {row: at, point, passage: at.passage, inPassage: first + point};
}

function placeOfPoint(point) {
    for (let i = 0; i < sheet.rows.length; i++)
        if (point < sheet.rows[i].before + sheet.rows[i].points.length / 4)
            return placeOf(i, point - sheet.rows[i].before);
    return null;
}

function markLetter(place) {
    const words = place && passages[place.passage]?.words, at = letters[place?.passage]?.[place.inPassage];
    const index = words && at !== undefined ? words.findLastIndex(word => word.character <= at) : -1;
    const spot = index >= 0 ? places[place.passage]?.[index] : null;
    if (!spot)
        return mirror.mark(null);
    const from = Math.min(spot[0] + at - words[index].character, spot[1] - 1);
    mirror.mark(from, from + 1);
}

let shownMoment = null;
function showMoment() {
    if (!looking)
        return;
    const last = Math.max(0, sheet.drawnPoints - 1);
    by('moment').max = last;
    if (following)
        by('moment').value = last;
    const point = Math.min(last, Number(by('moment').value));
    if (point === shownMoment)
        return;
    shownMoment = point;
    by('instant').textContent = `${point + 1} of ${last + 1}`;
    const place = placeOfPoint(point);
    if (!place)
        return;
    sheet.showMoment(following ? null : place);
    lens.show(place.passage, place.inPassage, textOf(place.passage));
    if (!following)
        markLetter(place);
}

const textOf = passage => passages[passage]?.text ?? '';

function tellState() {
    const points = Math.floor(sheet.drawnPoints);
    const rows = sheet.resting ? sheet.rows.length : sheet.row;
    const label = rows == 0 ? 'Nothing is written yet'
        : 'Handwriting: ' + sheet.rows.slice(0, rows).map(row => row.text).join(' / ');
    Object.assign(document.body.dataset, {points, rows});
    if (by('ink').getAttribute('aria-label') != label)
        by('ink').setAttribute('aria-label', label);
    const done = ready && !behind && sheet.resting;
    document.body.dataset.state = !ready ? 'loading' : done ? 'done' : sheet.paused ? 'paused' : 'writing';
    if (!ready || !sheet.rows.length)
        return;
    if (!done)
        return say(sheet.paused ? 'Paused' : rows ? `Row ${rows}: ${sheet.rows[rows - 1].text}` : 'Writing');
    const doubts = mirror.doubts.map(([from, to]) => asked.text.slice(from, to));
    say(`Written, ${rows} ${rows == 1 ? 'row' : 'rows'}` +
        (doubts.length ? `. May be misread: ${doubts.slice(0, 5).join(', ')}` : ''));
}

let before = performance.now(), told = 0, spoken = 0;
function frame(now) {
    const passed = Math.min(0.1, (now - before) / 1000);
    before = now;
    const moved = sheet.advance(sheet.speed == Infinity ? Infinity : passed * sheet.speed);
    if (moved && following)
        markLetter(placeOf(sheet.row, sheet.point - 1));
    showMoment();
    if (now - told > 250) {
        told = now;
        if (ready && sheet.drawnPoints != spoken)
            ask('drawn', {points: spoken = sheet.drawnPoints});
        tellState();
    }
    requestAnimationFrame(frame);
}

// ---- saving ---------------------------------------------------------------------------------------

const hex = colour => parseInt(colour.slice(1), 16);
const look = () => ({pen: asked.pen, ink: hex(INKS[asked.ink]), paper: hex(PAPERS[asked.paper][0]),
                     ruling: asked.ruling});

async function makePng() {
    await askAndWait('save', {format: 'svg', options: look()}); // all is written then
    return makePicture(sheet.rows, sheet.look);
}

const saves = {
    svg: async () => download('longhand.svg', await askAndWait('save', {format: 'svg', options: look()}),
                              'image/svg+xml'),
    moving: async () => download('longhand-writes.svg', await askAndWait('save',
        {format: 'svg', options: {...look(), speed: sheet.speed == Infinity ? 1 : sheet.speed}}), 'image/svg+xml'),
    gcode: async () => download('longhand.gcode', await askAndWait('save', {format: 'gcode', options: look()}),
                                'text/plain'),
    png: async () => download('longhand.png', await makePng(), 'image/png'),
};

async function attempt(work, done) {
    try {
        await work();
        if (done)
            say(done);
    } catch (error) {
        complain(error.message);
    }
}

// ---- beginning ------------------------------------------------------------------------------------

function listen() {
    by('text').oninput = typed;
    for (const name of ['bias', 'speed', 'pen', 'width', 'seed']) {
        const input = by(name);
        input.oninput = () => {
            const value = Number(input.value);
            if (input.value === '' || !Number.isFinite(value) || value < 0)
                return;
            asked[name] = name == 'seed' ? Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER) : value;
            const output = input.parentElement.querySelector('output');
            if (output)
                output.textContent = words[name](value);
            if (name == 'speed') {
                input.setAttribute('aria-valuetext', words.speed(value));
                showPace();
            }
            if (name == 'pen')
                showLook();
        };
        if (['bias', 'width', 'seed'].includes(name))
            input.onchange = beginSheet;
    }
    by('pause').onclick = () => {
        sheet.paused = !sheet.paused;
        by('pause').setAttribute('aria-pressed', sheet.paused);
    };
    by('anew').onclick = beginSheet;
    by('other').onclick = () => {
        asked.seed = (asked.seed + 1) % Number.MAX_SAFE_INTEGER;
        showFields();
        beginSheet();
    };
    by('glass').onclick = () => {
        looking = by('lens').hidden;
        by('lens').hidden = !looking;
        by('glass').setAttribute('aria-pressed', looking);
        showPace();
        if (looking) // how the ink came about is kept from here on
            beginSheet();
        sheet.fit();
    };
    by('moment').oninput = () => {
        following = Number(by('moment').value) >= Number(by('moment').max);
        shownMoment = null;
    };
    for (const button of document.querySelectorAll('[data-save]'))
        button.onclick = () => attempt(saves[button.dataset.save], 'Saved');
    by('copy').onclick = () => attempt(() => navigator.clipboard.write(
        [new ClipboardItem({'image/png': makePng()})]), 'Copied');
    by('link').onclick = () => attempt(() => navigator.clipboard.writeText(location.href), 'Link copied');
    window.onhashchange = () => {
        Object.assign(asked, readLink(location.hash, asked));
        useKnownHand();
        showFields();
        beginSheet();
    };
}

// Hands that are drawn stay on the computer that they were drawn on: a link does not bring one.
function useKnownHand() {
    const known = files.hands.some(({name}) => name == asked.hand) || (asked.hand == 'drawn' && own);
    note = '';
    if (known)
        return;
    note = asked.hand == 'drawn'
        ? 'The link is of a hand that was drawn on another computer; this is felix.' : '';
    asked.hand = 'felix';
}

// A function of WebAssembly that uses its vectors: (i32.const 0) i8x16.splat (drop).
const VECTORS = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0,
                                65, 0, 253, 15, 26, 11]);

function missing() {
    if (typeof WebAssembly != 'object')
        return 'This browser has no WebAssembly, which the network needs.';
    if (!WebAssembly.validate(VECTORS))
        return 'This browser has no WebAssembly with vectors (SIMD), which the network needs. ' +
            'Firefox 114, Chrome 97, Safari 16.4 and all that came after them can show this page.';
    return null;
}

// What is fetched is kept, if the browser lets a page do so.
async function keepPage() {
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

async function begin() {
    const lack = missing();
    Object.assign(asked, readLink(location.hash, asked)); // before anything can be asked for that changes it
    recallOwn();
    makeChoices();
    listen();
    showLook();
    if (lack) {
        by('loading').hidden = true;
        return complain(lack);
    }
    await keepPage().catch(() => null);
    const answer = await fetch('files.json');
    files = await answer.json();
    useKnownHand();
    showTiles();
    showFields();
    worker = new Worker('worker.js', {type: 'module'});
    worker.onmessage = ({data}) => {
        if (data.sheet === undefined || data.sheet == number)
            heard[data.what](data);
    };
    worker.onerror = event => complain(event.message || 'The network could not be started.', startAfresh);
    sheet.setWidth(asked.width + 12);
    requestAnimationFrame(frame);
}

begin().catch(error => complain(error.message, startAfresh));
