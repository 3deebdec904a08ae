// test_page.mjs SITE [LONGHAND [PATTERN]]: the page in a browser, on a phone's and on a desk's screen.
// LONGHAND, which learns a hand for it, is that in build/ unless said; so is '-'.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Browser, serve} from './driver.mjs';
import {keepHand, learnHand, writeLine} from './learn_hand.mjs';
import {check, runAll, test, testAlone} from './tap.mjs';

const site = path.resolve(process.argv[2]);
const longhand = (process.argv[3] ?? '-') != '-' ? process.argv[3]
    : path.join(path.dirname(new URL(import.meta.url).pathname), '../../build/src/cli/longhand');
const SCREENS = {phone: [390, 844], desk: [1280, 800]};
const AT_ONCE = '5';
const pictures = process.env.LONGHAND_PICTURES; // a folder, for those who want to look

const link = asked => '#' + new URLSearchParams(asked);

const idle = []; // browsers between two cases

// Opens the page on a screen for one case, in a browser that others had before. `prepare` comes before the page.
async function withPage(screen, hash, run, prepare = () => {}) {
    const server = await serve(site), browser = idle.pop() ?? await Browser.open();
    try {
        await browser.turnPage(...SCREENS[screen]);
        await prepare(browser, server);
        await browser.go(server.at + hash);
        await run(browser, server);
        if (pictures)
            await browser.screenshot(path.join(pictures, `${screen}-${Date.now()}.png`));
        check(server.asked.length > 0, 'nothing was asked of the server');
        const others = await browser.run(`return performance.getEntriesByType('resource')
            .map(entry => entry.name).filter(name => !name.startsWith(location.origin))`);
        check(others.length == 0, `asked elsewhere: ${others}`);
    } finally {
        idle.push(browser);
        await server.close();
    }
}

const INKED = `(() => {
    const ink = document.getElementById('ink');
    const {data} = ink.getContext('2d').getImageData(0, 0, ink.width, ink.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4)
        count += data[i] > 0;
    return count;
})()`;
const done = browser => browser.until('document.body.dataset.state == "done"', 120);
const sameRow = (page, text) => page.until(`document.getElementById('ink').getAttribute('aria-label') ==
    ${JSON.stringify('Handwriting: ' + text)}`, 120);

// A row as a visitor may write it: few words, as it takes as long to draw as to write.
const ROW = 'my own hand';
const drawnRow = () => JSON.parse(fs.readFileSync(writeLine(longhand, 'felix', ROW), 'utf8').split('\n')[0]).strokes;

// Draws that into the first row, as wide as there is room.
async function drawRow(browser) {
    const strokes = drawnRow(), [left, right] = [Math.min, Math.max].map(end => end(...strokes.flat().map(([x]) => x)));
    const size = await browser.run('const c = document.querySelector(".to-draw canvas"); return [c.clientWidth, c.clientHeight]');
    const scale = Math.min(0.9 * size[0] / (right - left), size[1] / 350);
    const isShown = (i, stroke) => i % 3 == 0 || i + 1 == stroke.length; // the driver is slow to move a pen
    await browser.draw('.to-draw canvas', strokes.map(stroke => stroke.filter((_, i) => isShown(i, stroke)).map(
        ([x, y]) => [10 + scale * (x - left), 0.6 * size[1] + scale * y])), 45);
}

// What the page complains of, once it does.
const complaint = async browser => {
    await browser.until('!document.getElementById("message").hidden');
    return browser.run('return document.querySelector("#message p").textContent');
};
const keptNames = browser => browser.wait('caches.keys().then(arguments[0])');

// Lets files fall on the page: `files` are rows of name and bytes.
const drop = (browser, files) => browser.run(`const data = new DataTransfer();
    for (const [name, bytes] of arguments[0])
        data.items.add(new File([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], name));
    for (const kind of ['dragover', 'drop'])
        document.getElementById('desk').dispatchEvent(
            new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));`,
    files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]));

for (const screen of Object.keys(SCREENS)) {
    test(`on a ${screen}: what is typed is written, and the letter is marked`, () =>
        withPage(screen, link({text: ''}), async browser => {
            await browser.until('document.body.dataset.state == "done"');
            await browser.type('#text', 'hello you ');
            await browser.until('document.querySelector("#mirror mark")');
            const before = await browser.run(`return ${INKED}`);
            await browser.until(`${INKED} > ${before} + 50`);
            await browser.set('#speed', AT_ONCE);
            await sameRow(browser, 'hello you');
            check(await browser.run('return document.documentElement.scrollWidth <= innerWidth'),
                  'the page is wider than the screen');
        }));

    test(`on a ${screen}: what is saved can be read back`, () =>
        withPage(screen, link({text: 'some words\nand more', hand: 'ida', seed: 4}), async browser => {
            await browser.until('document.body.dataset.points > 0');
            const svg = (await browser.download('[data-save=svg]', 'longhand.svg')).toString();
            check(/data-text="some words"/.test(svg) && /data-text="and more"/.test(svg), svg.slice(0, 300));
            check(/seed: 4/.test(svg) && /style: ida/.test(svg), 'the SVG does not say how it was made');
            const moving = (await browser.download('[data-save=moving]', 'longhand-writes.svg')).toString();
            check(/@keyframes/.test(moving) && !/@keyframes/.test(svg), 'only one is to write itself');
            const gcode = (await browser.download('[data-save=gcode]', 'longhand.gcode')).toString();
            check(/^G21/m.test(gcode) && gcode.split('\n').filter(row => /^G1 X/.test(row)).length > 50,
                  gcode.slice(0, 300));
            const png = await browser.download('[data-save=png]', 'longhand.png');
            check(png.subarray(1, 4).toString() == 'PNG' && png.readUInt32BE(16) > 200, 'no picture');
        }));

    test(`on a ${screen}: a hand is learnt from a row that is drawn, written in, kept, renamed, saved and deleted`, () =>
        withPage(screen, link({text: ''}), async browser => {
            const state = said => browser.until(`${said}.test(document.getElementById("draw-state").textContent)`, 600);
            const chosen = name => browser.until(`document.querySelector("input[name=hand]:checked")?.value == "${name}"`, 600);
            await browser.until('document.body.dataset.state == "done"');
            await browser.click('#draw');
            await browser.until('document.querySelectorAll(".to-draw").length == 3');
            await browser.run('localStorage.setItem("longhand-own", "once")');
            await browser.click('#draw-learn');
            await state('/too little ink/');
            await drawRow(browser);
            await browser.until('/^Read as: ./.test(document.querySelector(".to-draw p").textContent)', 200);
            await browser.click('#draw-learn');
            await state('/^Row 1 says/'); // as it is not the text that is offered
            await browser.set('.to-draw input', ROW);
            await browser.click('#draw-learn');
            await state('/^Learning: step/');
            console.log(`# ${Math.round(browser.privateMemory())} MiB while it learns`);
            await browser.click('#draw-stop');
            await state('/stopped/');
            await browser.click('#draw-learn');
            await chosen('my hand.hand');
            await browser.until('document.querySelector("input[value=\'my hand.hand\'] + span path")');
            const word = await browser.run('return document.querySelector("input[value=\'my hand.hand\'] + span").innerHTML');
            check(/<path d="m[^"]{40,}"/.test(word) && /<small>my hand</.test(word), word);
            check(await browser.run('return localStorage.getItem("longhand-own")') === null, 'the row of before is kept still');
            await browser.click('#draw');
            check(await browser.run('return document.getElementById("draw-name").value') == 'my hand 2', 'the name is not free');
            await browser.click('#draw-cancel');
            await browser.set('#speed', AT_ONCE);
            await browser.set('#text', 'mine');
            await sameRow(browser, 'mine');
            await browser.set('#mine-name', 'me');
            await browser.click('#mine-rename');
            await chosen('me.hand');
            await browser.post('/refresh', {});
            await chosen('me.hand');
            await browser.until('document.body.dataset.points > 5', 200);
            const file = keepHand('me.hand', await browser.download('#mine-save', 'me.hand'));
            const svg = execFileSync(longhand, ['write', '--style', file, '-o', '-', '--format', 'svg', 'mine'], {encoding: 'utf8'});
            check(/data-text="mine"/.test(svg), 'the program does not write in it');
            await browser.click('#mine-delete');
            await chosen('felix');
            await browser.post('/refresh', {});
            await browser.until('document.querySelectorAll("input[name=hand]").length > 10');
            check(await browser.run('return !document.querySelector("input[value=\'me.hand\']")'), 'it is there still');
        }));
}

test('a row that the page before kept is there to be learnt from, and stays until it was', () =>
    withPage('desk', link({text: '', hand: 'drawn'}), async browser => {
        const kept = () => browser.run('return localStorage.getItem("longhand-own")');
        const state = said => browser.until(`${said}.test(document.getElementById("draw-state").textContent)`, 200);
        await done(browser);
        await browser.until('/wrote here before/.test(document.getElementById("skipped").textContent)');
        await drop(browser, [['me.hand', fs.readFileSync(learnHand(longhand, 'felix'))]]);
        await browser.until('document.querySelector("input[name=hand]:checked").value == "me.hand"');
        await browser.click('#draw');
        await browser.until(`document.querySelector(".to-draw input")?.value == "${ROW}"`);
        await browser.until(`document.querySelector(".to-draw p").textContent == "Read as: ${ROW}"`, 200);
        await browser.set('#draw-name', 'me');
        await browser.click('#draw-learn');
        await state('/hand called me already/');
        await browser.set('#draw-name', 'myself');
        await browser.click('#draw-learn');
        await state('/^Learning: step/');
        await browser.click('#draw-stop');
        await state('/stopped/');
        check(JSON.parse(await kept()).text == ROW, 'the row is gone');
    }, browser => {
        let time = 0;
        const points = drawnRow().flatMap(stroke => stroke.map(([x, y], i) =>
            [x, y, time += 0.015, i + 1 == stroke.length ? 1 : 0])).flat();
        return browser.command('Page.addScriptToEvaluateOnNewDocument',
            {source: `localStorage.setItem('longhand-own', ${JSON.stringify(JSON.stringify({text: ROW, points}))});`});
    }));

// Opens the rows to be drawn in.
async function openRows(browser) {
    await browser.until('document.querySelectorAll("input[name=hand]").length > 10');
    await browser.click('#draw');
    await browser.until('document.querySelectorAll(".to-draw").length == 3');
}

// Pixels of a visitor's ink in the first row, which is darker than line and ghost, from a share of its width on.
const drawnInk = (browser, from = 0) => browser.run(`const canvas = document.querySelector('.to-draw canvas');
    const left = Math.floor(arguments[0] * canvas.width);
    const {data} = canvas.getContext('2d').getImageData(left, 0, canvas.width - left, canvas.height);
    return data.filter((value, i) => i % 4 == 0 && value < 80 && data[i + 3] > 200).length;`, from);

test('a palm that leaves the paper does not end the stroke that a pen draws', () =>
    withPage('desk', link({text: ''}), async browser => {
        await openRows(browser);
        const {left, top, width, height} = await browser.run(
            'return document.querySelector(".to-draw canvas").getBoundingClientRect().toJSON()');
        const to = (x, y) => ({type: 'pointerMove', duration: 60, x: Math.round(left + x * width), y: Math.round(top + y * height)});
        const down = {type: 'pointerDown', button: 0}, up = {type: 'pointerUp', button: 0}, still = {type: 'pause', duration: 60};
        await browser.post('/actions', {actions: [
            {type: 'pointer', id: 'pen', parameters: {pointerType: 'pen'},
             actions: [to(0.1, 0.4), down, to(0.3, 0.5), still, still, still, to(0.7, 0.5), to(0.9, 0.4), up]},
            {type: 'pointer', id: 'palm', parameters: {pointerType: 'touch'},
             actions: [still, still, to(0.5, 0.8), down, still, up]},
        ]});
        check(await drawnInk(browser) > 100, 'there is no stroke');
        check(await drawnInk(browser, 0.6) > 50, 'the stroke ends where the palm was lifted');
    }));

// Ink enough for a hand to be learnt from, but of no words.
const scribble = browser =>
    browser.draw('.to-draw canvas', [Array.from({length: 24}, (_, i) => [20 + 10 * i, i % 2 ? 30 : 60])], 60);

test('rows that were closed by mistake are there again, and what could not be fetched to read them is fetched then', () =>
    withPage('desk', link({text: ''}), async (browser, server) => {
        const told = said => browser.until(`${said}.test(document.getElementById("draw-state").textContent)`);
        const name = () => browser.run('return document.getElementById("draw-name").value');
        server.change = (name, response) => name == 'learn.wasm' && response.destroy();
        await openRows(browser);
        await told('/learn\\.wasm could not be fetched/');
        await scribble(browser);
        await browser.set('#draw-name', 'me');
        const before = await drawnInk(browser);
        check(before > 100, 'nothing is drawn');
        await browser.type('#draw-name', '\ue00c'); // Escape
        await browser.until('!document.getElementById("drawing").open');
        await openRows(browser);
        check(await drawnInk(browser) == before, 'the ink is another');
        check(await name() == 'me', 'the name is gone');
        await told('/learn\\.wasm could not be fetched/');
        server.change = null;
        await browser.click('.to-draw button');
        check(await drawnInk(browser) == 0, 'the row was not cleared');
        await scribble(browser);
        await browser.until('document.querySelector(".to-draw p").textContent', 200);
        await browser.click('.to-draw button');
        await browser.click('#draw-cancel');
        await openRows(browser);
        check(await name() == 'my hand', 'an empty row has the name of the one before');
    }));

// Answers in place of what learns a hand: with the file me.hand, at once. What `refuses` says is not given out.
function learnAtOnce(server, refuses = () => false) {
    server.change = (name, response) => {
        if (refuses(name))
            return response.destroy();
        if (name == 'learner.js')
            response.writeHead(200, {'Content-Type': 'text/javascript'}).end(`self.onmessage = async ({data}) => {
                const bytes = data.what == 'learn' ? new Uint8Array(await (await fetch('me.hand')).arrayBuffer()) : null;
                self.postMessage({what: 'answer', id: data.id, text: '', bytes});
            };`);
        if (name == 'me.hand')
            response.writeHead(200).end(fs.readFileSync(learnHand(longhand, 'felix')));
        return ['learner.js', 'me.hand'].includes(name);
    };
}

// Takes a file away that the browser keeps of the page.
const forget = (browser, name) => browser.wait(`const [file, done] = arguments;
    caches.keys().then(([name]) => caches.open(name)).then(cache => cache.delete(file)).then(done);`, name);

test('a hand that was learnt is kept, though the network does not start again', () =>
    withPage('desk', link({text: 'mine'}), async (browser, server) => {
        await browser.until('document.body.dataset.points > 5');
        await forget(browser, 'longhand.safetensors');
        learnAtOnce(server, name => name == 'longhand.safetensors');
        await openRows(browser);
        await scribble(browser);
        await browser.click('#draw-learn');
        check(/could not be fetched/.test(await complaint(browser)), 'it is not said that the network is gone');
        await browser.until('!document.getElementById("drawing").open');
        const file = await browser.download('#mine-save', 'my hand.hand');
        check(file.equals(fs.readFileSync(learnHand(longhand, 'felix'))), 'another hand is saved');
        server.change = null;
        await browser.click('#again');
        await browser.until('document.querySelector("input[name=hand]:checked")?.value == "my hand.hand"');
        await browser.until('document.body.dataset.points > 5');
    }));

test('where the browser keeps no hands, one that was learnt is written in, and how to save it is said', () =>
    withPage('desk', link({text: 'mine'}), async (browser, server) => {
        learnAtOnce(server);
        await openRows(browser);
        await browser.run('localStorage.setItem("longhand-own", "once")');
        await scribble(browser);
        await browser.click('#draw-learn');
        await browser.until('document.querySelector("input[value=\'my hand.hand\'] + span path")', 200);
        check(/only as long as this page is open.*Save \.hand/.test(await complaint(browser)), 'it is not said');
        check(await browser.run('return localStorage.getItem("longhand-own")') == 'once', 'the row of before is gone');
        await browser.until('document.body.dataset.points > 5');
        await browser.download('#mine-save', 'my hand.hand');
        check(/only as long as/.test(await complaint(browser)), 'what was said is gone');
    }, browser => browser.command('Page.addScriptToEvaluateOnNewDocument',
                                  {source: 'IDBFactory.prototype.open = () => { throw new Error("refused"); };'})));

test('it works without a server once it was there', () =>
    withPage('desk', link({text: 'first', seed: 2}), async (browser, server) => {
        await done(browser);
        await browser.set('#speed', AT_ONCE);
        for (const [hand, text] of [['nils', 'second'], ['felix', 'third']]) {
            await browser.click(`input[value=${hand}]`);
            await browser.set('#text', text);
            await sameRow(browser, text);
        }
        await server.close();
        await browser.post('/refresh', {});
        await browser.until('document.body.dataset.points > 5');
        await browser.click('input[value=nils]');
        await browser.set('#speed', AT_ONCE);
        await browser.set('#text', 'offline');
        await sameRow(browser, 'offline');
    }));

test('a .hand file that falls on the page is written in; others are refused, and said so', () =>
    withPage('desk', link({text: 'whose is it', seed: 3}), async browser => {
        const bytes = fs.readFileSync(learnHand(longhand, 'felix'));
        await done(browser);
        const save = () => browser.download('[data-save=svg]', 'longhand.svg').then(String);
        const inkOf = svg => svg.match(/ d="[^"]+"/g).join();
        const before = inkOf(await save());
        await drop(browser, [['me.hand', bytes]]);
        await browser.until('document.querySelector("input[name=hand]:checked").value == "me.hand"');
        await browser.set('#speed', AT_ONCE);
        await done(browser);
        await sameRow(browser, 'whose is it');
        const svg = await save();
        check(/style: me\.hand/.test(svg), 'the SVG does not say in which hand it is');
        check(inkOf(svg) != before, 'the ink is that of felix');
        const refused = async (name, content, said) => {
            await drop(browser, [[name, content]]);
            await browser.until(`!document.getElementById("message").hidden &&
                document.querySelector("#message p").textContent.startsWith("${name}: ")`);
            const told = await browser.run('return document.querySelector("#message p").textContent');
            check(said.test(told), told);
            check(await browser.run('return document.querySelector("input[name=hand]:checked").value') == 'me.hand',
                  'another hand was chosen');
        };
        await refused('picture.png', 'none', /is no \.hand file/);
        await refused('large.hand', Buffer.alloc(300001), /at most/);
        const other = Buffer.from(bytes), at = bytes.indexOf('"network":"') + '"network":"'.length;
        other[at] = other[at] == 0x30 ? 0x31 : 0x30;
        await refused('other.hand', other, /another network/);
        await browser.set('#text', 'still mine');
        await sameRow(browser, 'still mine');
        await browser.run('location.hash = arguments[0]', link({text: 'a link', hand: 'you.hand'}));
        await sameRow(browser, 'a link');
        await browser.until('/another computer/.test(document.getElementById("skipped").textContent)');
    }));

test('the hand by seed is another when the seed is', () =>
    withPage('phone', link({text: 'by seed', hand: 'own', seed: 3}), async browser => {
        await browser.set('#speed', AT_ONCE);
        await sameRow(browser, 'by seed');
        const inked = () => browser.download('[data-save=svg]', 'longhand.svg').then(String);
        const first = await inked();
        check(/style: own hand/.test(first), 'the SVG does not say in which hand it is');
        await browser.click('#other');
        await browser.until('document.getElementById("seed").value == "4"');
        await sameRow(browser, 'by seed');
        await done(browser);
        check(await inked() != first, 'seed 4 has the ink of seed 3');
    }));

test('the letter that is marked is the one being written, whatever was left out before it', () =>
    withPage('desk', link({text: '\u2603\u2603 @_one_@ two\u2026\n\n\ud83d\ude00 last', seed: 2}), async browser => {
        await browser.click('#glass');
        await browser.set('#speed', AT_ONCE);
        await browser.until('Number(document.getElementById("moment").max) > 100');
        await done(browser);
        const marked = `[...document.querySelectorAll("#mirror mark")].map(m => m.textContent).join()`;
        const last = await browser.run('return Number(document.getElementById("moment").max)');
        const seen = [];
        for (let at = 5; at < last; at += 6) {
            await browser.set('#moment', String(at));
            await browser.until(`document.getElementById("instant").textContent.startsWith("${at + 1} of")`);
            seen.push(await browser.run(`return ${marked}`));
        }
        const said = seen.filter((letter, i) => letter != seen[i - 1] && letter.trim()).join('');
        check(/^o?n?e?t?w?o?\u2026?l?a?s?t?$/.test(said) && said.length > 6, `it marks ${said}`);
    }));

test('links hold text, hand and seed, and one may go back', () =>
    withPage('phone', link({text: 'one', hand: 'emma', seed: 3}), async browser => {
        await browser.set('#speed', AT_ONCE);
        await sameRow(browser, 'one');
        const first = await browser.run('return [document.body.dataset.points, location.hash]');
        await browser.run('location.hash = arguments[0]', link({text: 'two', hand: 'leon', seed: 5}));
        await sameRow(browser, 'two');
        check(await browser.run('return document.querySelector("input[name=hand]:checked").value') == 'leon', 'leon');
        check(await browser.run('return document.getElementById("seed").value') == '5', 'seed 5');
        await browser.run('history.back()');
        await sameRow(browser, 'one');
        await browser.until(`document.body.dataset.points == ${first[0]}`);
        check(await browser.run('return location.hash') == first[1], 'the link is another');
    }));

test('a broken network is told, and fetched again; what others keep at the host stays', () =>
    withPage('phone', link({text: 'again'}), async (browser, server) => {
        const said = await complaint(browser);
        check(/longhand\.safetensors/.test(said), said);
        await browser.wait('caches.open("another program").then(() => arguments[0]())');
        server.change = null;
        await browser.click('#again');
        await browser.until('document.body.dataset.points > 5');
        check((await keptNames(browser)).includes('another program'), 'what another program kept is gone');
    }, (browser, server) => {
        server.change = (name, response) => {
            if (name != 'longhand.safetensors')
                return false;
            response.writeHead(200).end(fs.readFileSync(path.join(site, name)).subarray(0, 100000));
            return true;
        };
    }));

test('without a connection, to try again leaves the page as it is kept', () =>
    withPage('phone', link({text: 'again'}), async (browser, server) => {
        await browser.until('document.body.dataset.points > 5');
        await forget(browser, 'longhand.safetensors');
        server.change = (name, response) => response.destroy();
        await browser.post('/refresh', {});
        for (let i = 0; i < 2; i++) {
            const said = await complaint(browser);
            check(/longhand\.safetensors could not be fetched/.test(said), said);
            await browser.run('document.getElementById("message").dataset.before = "1"');
            await browser.click('#again');
            await browser.until('document.getElementById("message")?.dataset.before === undefined');
        }
        await complaint(browser);
        check((await keptNames(browser)).length == 1, 'the page is kept no more');
        server.change = null;
        await browser.click('#again');
        await browser.until('document.body.dataset.points > 5');
    }));

test('what is wrong is said until it is closed, or, of a text or hand, until something is written', () =>
    withPage('desk', link({text: 'some words to be written slowly', seed: 3}), async browser => {
        const hidden = () => browser.run('return document.getElementById("message").hidden');
        await browser.until('document.body.dataset.points > 5');
        await drop(browser, [['picture.png', 'none']]);
        check(/picture\.png: /.test(await complaint(browser)), 'another thing is said');
        await browser.set('#text', 'other words to be written');
        const points = await browser.run('return Number(document.body.dataset.points)');
        await browser.until(`document.body.dataset.points > ${points} + 60`);
        check(!await hidden(), 'it is gone while the pen writes');
        await browser.click('#close');
        check(await hidden(), 'it was not closed');
        await browser.wait(`const done = arguments[0], asked = indexedDB.open('longhand', 1);
            asked.onsuccess = () => {
                const change = asked.result.transaction('hands', 'readwrite');
                change.objectStore('hands').put({name: 'bad.hand', bytes: new Uint8Array(9)});
                change.oncomplete = () => done();
            };`);
        await browser.post('/refresh', {});
        await browser.until('document.querySelector("input[value=\'bad.hand\']")');
        await browser.run('location.hash = arguments[0]', link({text: 'in a bad hand', hand: 'bad.hand'}));
        check(/^bad\.hand: /.test(await complaint(browser)), 'another thing is said');
        await browser.click('input[value=nils]');
        await browser.until('document.getElementById("message").hidden');
    }));

test('without a network, what needs it says so', () =>
    withPage('phone', link({text: 'nothing'}), async browser => {
        const said = await complaint(browser);
        const saysAgain = async () => {
            await browser.until(`document.querySelector('#message p').textContent == ${JSON.stringify(said)}`);
            check(await browser.run('return !document.getElementById("again").hidden'), 'it cannot be tried again');
        };
        check(/no threads today/.test(said), said);
        for (const ask of [() => browser.click('[data-save=svg]'), () => browser.click('#copy'),
                           () => drop(browser, [['me.hand', fs.readFileSync(learnHand(longhand, 'felix'))]])]) {
            await browser.run('document.querySelector("#message p").textContent = ""');
            await ask();
            await saysAgain();
        }
    }, (browser, server) => {
        server.change = (name, response) => name == 'worker.js' &&
            response.writeHead(200, {'Content-Type': 'text/javascript'}).end('throw new Error("no threads today");');
    }));

test('a browser without vectors is told what it lacks', () =>
    withPage('desk', '', async browser => {
        await browser.until('!document.getElementById("message").hidden');
        const said = await browser.run('return document.querySelector("#message p").textContent');
        check(/SIMD/.test(said), said);
    }, browser => browser.command('Page.addScriptToEvaluateOnNewDocument',
                                  {source: 'WebAssembly.validate = () => false;'})));

test('ten thousand characters do not stop it', () =>
    withPage('desk', link({text: ''}), async browser => {
        await browser.until('document.body.dataset.state == "done"');
        const text = 'It was the best of times, it was the worst of times. '.repeat(190).slice(0, 10000);
        await browser.set('#text', text);
        await browser.until('document.body.dataset.points > 100');
        check(await browser.run('return document.getElementById("text").value.length') == 10000, 'the text was cut');
        await browser.set('#speed', AT_ONCE);
        await browser.until('document.body.dataset.rows > 3');
        await browser.set('#text', 'short');
        await sameRow(browser, 'short');
    }));

test('who asks for little motion sees all at once, and who likes it dark has light ink', () =>
    withPage('desk', link({text: 'calm and dark'}), async browser => {
        await sameRow(browser, 'calm and dark');
        check(await browser.run('return document.getElementById("speed").value') == AT_ONCE, 'the speed');
        check(await browser.run('return document.querySelector("input[name=paper]:checked").value') == 'dark', 'paper');
        check(await browser.run('return document.querySelector("input[name=ink]:checked").value') == 'white', 'ink');
    }, browser => browser.command('Emulation.setEmulatedMedia', {features: [
        {name: 'prefers-reduced-motion', value: 'reduce'}, {name: 'prefers-color-scheme', value: 'dark'}]})));

test('what is copied is a picture, and lines', () =>
    withPage('desk', link({text: 'copy me', seed: 2}), async browser => {
        await browser.command('Browser.grantPermissions', {permissions: ['clipboardReadWrite', 'clipboardSanitizedWrite']});
        await browser.until('document.body.dataset.points > 0');
        await browser.click('#copy');
        await browser.until('document.getElementById("state").textContent == "Copied" || ' +
                            '!document.getElementById("message").hidden');
        const copied = await browser.wait(`const done = arguments[0];
            navigator.clipboard.read().then(async ([item]) => {
                const png = await createImageBitmap(await item.getType('image/png'));
                const svg = await (await item.getType('image/svg+xml')).text();
                done({width: png.width, height: png.height, paths: svg.split('<path').length - 1});
            }).catch(error => done({error: String(error)}));`);
        check(copied.width > 200 && copied.height > 50 && copied.paths > 0, JSON.stringify(copied));
        await browser.click('#link');
        const text = await browser.wait('navigator.clipboard.readText().then(arguments[0])');
        check(text == await browser.run('return location.href'), text);
    }));

// In the page's process. Who looks inside has what the network saw at each point, some 8 MB of it.
for (const [looking, allowed] of [[false, 140], [true, 160]])
    testAlone(`a page of words takes less than ${allowed} MiB${looking ? ' while one looks inside' : ''}`, () =>
        withPage('desk', link({text: 'It was the best of times, it was the worst of times. '.repeat(10)}), async browser => {
            if (looking)
                await browser.click('#glass');
            await browser.set('#speed', AT_ONCE);
            let most = 0;
            for (const end = Date.now() + 200000; Date.now() < end; await new Promise(done => setTimeout(done, 200))) {
                most = Math.max(most, browser.privateMemory());
                if (await browser.run('return document.body.dataset.state == "done" && document.body.dataset.rows > 5'))
                    break;
            }
            console.log(`# ${Math.round(most)} MiB at most, ${await browser.run('return document.body.dataset.points')} points`);
            check(most > 30 && most < allowed, `${most} MiB`);
            await done(browser);
        }));

test('one can look inside, and at one moment', () =>
    withPage('desk', link({text: 'look at this'}), async browser => {
        await browser.click('#glass');
        await browser.set('#speed', AT_ONCE);
        await sameRow(browser, 'look at this');
        await browser.set('#moment', '20');
        await browser.until('document.getElementById("instant").textContent.startsWith("21 of")');
        const empty = await browser.run(`return ['density', 'attention', 'cells'].filter(name => {
            const canvas = document.getElementById(name);
            const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            return new Set(new Uint32Array(data.buffer)).size <= 5;
        })`);
        check(empty.length == 0, `nothing is shown of ${empty}`);
    }));

test('all that can be reached by keys has a name', () =>
    withPage('phone', '', async browser => {
        await browser.until('document.body.dataset.points > 5');
        await browser.command('Accessibility.enable');
        const {nodes} = await browser.command('Accessibility.getFullAXTree');
        const reached = nodes.filter(node => !node.ignored &&
            ['button', 'radio', 'slider', 'textbox', 'spinbutton', 'link'].includes(node.role?.value));
        check(reached.length > 30, `only ${reached.length} are there`);
        const nameless = reached.filter(node => !node.name?.value);
        check(nameless.length == 0, `without a name: ${JSON.stringify(nameless.map(node => node.role.value))}`);
    }));

testAlone('frames come steadily, and the network is quick enough', () =>
    withPage('desk', '', async browser => {
        await browser.until('document.body.dataset.points > 5');
        const median = () => browser.wait(`const done = arguments[0], times = [];
            const next = time => times.push(time) < 40 ? requestAnimationFrame(next)
                : done(times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b)[20]);
            requestAnimationFrame(next);`);
        let frame = Infinity; // the best of some: others use the machine, too
        for (let i = 0; i < 5 && frame > 20; i++)
            frame = Math.min(frame, await median());
        console.log(`# frames a second: ${Math.round(1000 / frame)}`);
        check(frame < 50, `a frame takes ${frame} ms`);
        const speed = await browser.wait(`const done = arguments[0];
            Promise.all([import('./longhand.js'), import('./engine.js'),
                         ...['longhand.wasm', 'longhand.safetensors'].map(name => fetch(name).then(a => a.arrayBuffer()))])
                .then(async ([{default: make}, {Engine}, binary, model]) => {
                    const engine = await Engine.start(make, binary);
                    engine.takeModel(new Uint8Array(model));
                    done(engine.speed(200, 10));
                }, error => done(String(error)));`);
        console.log(`# points a second: ${Math.round(speed)}`);
        check(speed > 500, `${speed} points a second`);
    }));

// Browsers draw with what cores are left.
await runAll(Math.min(2, os.cpus().length));
await Promise.all(idle.map(browser => browser.close()));
