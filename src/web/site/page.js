// The page: what is asked goes to the worker, what comes back goes to the sheet, and the pen moves.
import {Sheet} from './sheet.js';
import {Lens} from './lens.js';
import {Marks} from './marks.js';
import {Mirror} from './text.js';
import {Choices, SPEEDS} from './choices.js';
import {Hands} from './hands.js';
import {Talk} from './talk.js';
import {findLack, keepPage, startAfresh} from './browser.js';
import {readLink, makeLink} from './link.js';
import {download, makePicture} from './save.js';

const by = id => document.getElementById(id);
const TYPED_OUT = 700;     // ms after the last key, when the last word is taken for whole
const WELCOME = 'Dear reader, this line is written by a network that learnt how pens move. ' +
    'Type something, and it writes that.';

const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
const dim = matchMedia('(prefers-color-scheme: dark)').matches;

// Rows are as wide as there is room for letters that can be read.
const usualWidth = () => Math.max(60, Math.min(170, Math.round(by('desk').clientWidth / 4.4 / 5) * 5));

const asked = {text: WELCOME, hand: 'felix', seed: 1, bias: 1, width: usualWidth(), speed: calm ? 5 : 1,
               pen: 0.5, ink: dim ? 'white' : 'black', paper: dim ? 'dark' : 'white', ruling: 0};
const sheet = new Sheet(by('desk'), by('paper'), by('ink'), by('above'));
const lens = new Lens(by('lens'), buffers => talk.tell('spare', {buffers}, buffers));
const marks = new Marks();
const mirror = new Mirror(by('text'), by('mirror'));
let choices, hands, number = 0, note = ''; // on the hand that a link asks for, or one that waits to be learnt
let ready = false, lost = false, behind = false, looking = false, following = true;

// ---- telling people -------------------------------------------------------------------------------

let aboutSheet = false; // what is complained of: it is no more when something is written

// Stays until it is closed or something else is tried; without a network there is nothing to try but to fetch it.
function complain(message) {
    by('message').hidden = aboutSheet = false;
    by('message').querySelector('p').textContent = message;
    by('again').hidden = !lost;
    by('close').hidden = lost;
}

function hideComplaint() {
    by('message').hidden = !lost;
}

// There is no network, or no page, for this reason.
function lose(message) {
    stopWorker(message);
    lost = true;
    by('loading').hidden = true;
    complain(message);
    aboutSheet = true;
}

let heldUntil = 0;
// `seconds`: so long nothing else is said.
function say(text, seconds = 0) {
    if (!seconds && performance.now() < heldUntil)
        return;
    heldUntil = performance.now() + 1000 * seconds;
    if (by('state').textContent != text)
        by('state').textContent = text;
}

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
    marks.reset();
    following = true;
    mirror.setDoubts([]);
    mirror.mark(null);
    showLink();
    if (!ready)
        return;
    say('Learning the hand');
    talk.tell('sheet', {order: order(), text: asked.text, whole: true});
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
        talk.tell('text', {text: asked.text, whole: true});
    }, TYPED_OUT);
    talk.tell('text', {text: asked.text, whole: false});
}

function showPace() {
    sheet.speed = SPEEDS[asked.speed];
    talk.tell('look', {everything: sheet.speed == Infinity, looking});
}

function showAsked() {
    by('text').value = asked.text;
    mirror.show(null);
    choices.show();
}

function chooseHand(name) {
    asked.hand = name;
    note = '';
    choices.show();
    hands.showChosen(name);
    beginSheet();
}

// Takes what a link says; of a hand that is not here it is told, and another is taken.
function takeLink() {
    Object.assign(asked, readLink(location.hash, asked));
    if (!hands)
        return;
    const missing = hands.missing(asked.hand);
    asked.hand = missing ? 'felix' : asked.hand;
    note = `${missing} ${hands.waiting}`;
}

// ---- what comes back ------------------------------------------------------------------------------

function takeRows({count, changed, passages, skipped, behind: more}) {
    marks.takePassages(passages);
    behind = more;
    changed.forEach(({row}) => row.doubts = marks.doubtsIn(row));
    sheet.take(count, changed);
    mirror.setDoubts(marks.doubts);
    if (aboutSheet)
        hideComplaint();
    const left = skipped ? `Nobody taught it to write ${skipped}: left out.` : '';
    by('skipped').textContent = `${note} ${left}`.trim();
}

function takeSteps({steps}) {
    marks.takeSteps(steps);
    if (steps.output)
        lens.take(steps);
}

const talk = new Talk({
    progress({what, share}) {
        by('loading').hidden = false;
        by('loading').querySelector('label').textContent = `Fetching ${what}`;
        by('progress').value = share;
    },
    ready({license}) {
        ready = true;
        by('loading').hidden = true;
        by('license').textContent = license || by('license').textContent;
        showPace();
        beginSheet();
    },
    begun() {
        by('loading').hidden = true;
        say('Writing');
    },
    rows: takeRows,
    steps: takeSteps,
    failed({message, broken}) {
        if (broken)
            return lose(message);
        by('loading').hidden = true;
        complain(message);
        aboutSheet = true;
    },
}, ({sheet: of}) => of === undefined || of == number);

// ---- frames ---------------------------------------------------------------------------------------

// Where the pen is, or the moment that is looked at: row, point of the row, passage and its point.
function placeOf(row, point) {
    const at = sheet.rows[row];
    return at && point >= 0
        ? {row: at, point, passage: at.passage, inPassage: marks.pointOf(at, point)} : null;
}

function placeOfPoint(point) {
    for (let i = 0; i < sheet.rows.length; i++)
        if (point < sheet.rows[i].before + sheet.rows[i].points.length / 4)
            return placeOf(i, point - sheet.rows[i].before);
    return null;
}

function markLetter(place) {
    mirror.mark(...(place && marks.letterAt(place.passage, place.inPassage)) ?? [null]);
}

const LENS_EVERY = 50;     // ms: nobody sees more of it
const LABEL_EVERY = 250;   // ms: a page that is laid out anew in every frame leaves some MB a second to collect
let shownMoment = null, shownAt = 0, labelledAt = 0;

function labelMoment(point, last) {
    const text = `${point + 1} of ${last + 1}`;
    if (by('instant').textContent == text)
        return;
    by('moment').max = last;
    if (following)
        by('moment').value = last;
    by('instant').textContent = text;
}

function showMoment(now) {
    if (!looking || now - shownAt < LENS_EVERY)
        return;
    shownAt = now;
    const last = Math.max(0, sheet.drawnPoints - 1);
    const point = following ? last : Math.min(last, Number(by('moment').value));
    if (now - labelledAt > LABEL_EVERY || shownMoment === null) {
        labelledAt = now;
        labelMoment(point, last);
    }
    const place = point === shownMoment ? null : placeOfPoint(point);
    if (!place)
        return;
    shownMoment = point;
    sheet.showMoment(following ? null : place);
    lens.show(place.passage, place.inPassage, marks.textOf(place.passage));
    if (!following)
        markLetter(place);
}

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
    showMoment(now);
    if (now - told > 250) {
        told = now;
        if (ready && sheet.drawnPoints != spoken)
            talk.tell('drawn', {points: spoken = sheet.drawnPoints});
        tellState();
    }
    requestAnimationFrame(frame);
}

// ---- saving ---------------------------------------------------------------------------------------

const save = async (format, more) =>
    (await talk.ask('save', {format, options: {...choices.saved, ...more}})).bytes;

async function makePng() {
    await save('svg'); // all is written then
    return makePicture(sheet.rows, sheet.look);
}

// As a picture and, where the browser lets a page do so, as lines that other programs can change.
function copyAll() {
    const svg = save('svg').then(bytes => new Blob([bytes], {type: 'image/svg+xml'})); // all is written then
    const kinds = {'image/png': svg.then(() => makePicture(sheet.rows, sheet.look))};
    if (ClipboardItem.supports?.('image/svg+xml'))
        kinds['image/svg+xml'] = svg;
    return Promise.all([svg, navigator.clipboard.write([new ClipboardItem(kinds)])]); // svg says best what is wrong
}

const saves = {
    svg: async () => download('longhand.svg', await save('svg'), 'image/svg+xml'),
    moving: async () => download('longhand-writes.svg',
        await save('svg', {speed: sheet.speed == Infinity ? 1 : sheet.speed}), 'image/svg+xml'),
    gcode: async () => download('longhand.gcode', await save('gcode'), 'text/plain'),
    png: async () => download('longhand.png', await makePng(), 'image/png'),
};

async function attempt(work, done) {
    hideComplaint();
    try {
        await work();
        if (done)
            say(done, 3);
    } catch (error) {
        complain(error.message);
    }
}

// ---- beginning ------------------------------------------------------------------------------------

function makeChoices() {
    const now = {speed: showPace};
    choices = new Choices(asked, {
        begun: beginSheet,
        changed: name => name in now ? now[name]() : sheet.setLook(choices.look),
    });
    sheet.setLook(choices.look);
}

function listen() {
    by('again').onclick = startAfresh;
    by('close').onclick = hideComplaint;
    by('text').oninput = typed;
    by('pause').onclick = () => {
        sheet.paused = !sheet.paused;
        by('pause').setAttribute('aria-pressed', sheet.paused);
    };
    by('anew').onclick = beginSheet;
    by('other').onclick = () => {
        asked.seed = (asked.seed + 1) % Number.MAX_SAFE_INTEGER;
        choices.show();
        beginSheet();
    };
    by('glass').onclick = () => {
        looking = by('lens').hidden;
        by('lens').hidden = !looking;
        by('glass').setAttribute('aria-pressed', looking);
        if (!looking)
            lens.reset();
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
    by('copy').onclick = () => attempt(copyAll, 'Copied');
    by('link').onclick = () => attempt(() => navigator.clipboard.writeText(location.href), 'Link copied');
    window.onhashchange = () => {
        takeLink();
        hands?.showChosen(asked.hand);
        showAsked();
        beginSheet();
    };
}

function startWorker() {
    lost = false;
    talk.start('worker.js', lose);
}

function stopWorker(why) {
    talk.stop(why);
    ready = false;
}

async function begin() {
    const lack = findLack();
    takeLink(); // before anything can be asked for that changes it
    makeChoices();
    listen();
    if (lack) {
        by('loading').hidden = true;
        stopWorker(lack);
        return complain(lack);
    }
    await keepPage().catch(() => null);
    const files = await (await fetch('files.json')).json();
    hands = new Hands({all: files.hands, tell: (what, more) => talk.tell(what, more), ask: (what, more) => talk.ask(what, more),
                       choose: chooseHand, attempt, complain,
                       rest: () => stopWorker('The network rests while a hand is learnt.'), wake: startWorker});
    await hands.recall();
    takeLink();
    hands.show(asked.hand);
    showAsked();
    startWorker();
    sheet.setWidth(asked.width + 12);
    requestAnimationFrame(frame);
}

begin().catch(error => lose(error.message));
