// test_same.mjs SITE LONGHAND: the page's ink is that of `longhand write`, to a few hundredths of a
// millimetre: sums are made in another order by other vectors, and what is drawn at random from them may
// part by the last bits.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {openEngine, openLesson} from '../../tools/browser/node_engine.mjs';
import {keepHand, learnHand, writeLine} from './learn_hand.mjs';
import {check, runAll, test} from './tap.mjs';

const [site, longhand] = process.argv.slice(2);
const MOST = 0.05; // mm

function readRows(text) {
    return text.trim().split('\n').map(row => JSON.parse(row));
}

// The largest way between a point here and there, mm.
function difference(here, there) {
    check(here.length == there.length, `${here.length} rows, not ${there.length}`);
    let most = 0;
    here.forEach((row, i) => {
        const other = there[i];
        check(row.text == other.text && row.strokes.length == other.strokes.length,
              `row ${i + 1}: '${row.text}' of ${row.strokes.length} strokes, not '${other.text}' of ` +
              other.strokes.length);
        row.strokes.forEach((stroke, k) => {
            check(stroke.length == other.strokes[k].length, `row ${i + 1}: another stroke ${k + 1}`);
            stroke.forEach(([u, v], at) => {
                const [a, b] = other.strokes[k][at];
                most = Math.max(most, Math.hypot(row.x + row.scale * u - other.x - other.scale * a,
                                                 row.y + row.scale * v - other.y - other.scale * b));
            });
        });
    });
    return most;
}

// Writes in a hand of the engine's, and gives the rows.
function writeHere(engine, {text, hand, seed, bias, width}) {
    engine.begin({hand, seed, bias, width, pitch: 8});
    engine.giveText(text, true);
    while (engine.behind)
        engine.write();
    return readRows(new TextDecoder().decode(engine.save('jsonl')));
}

function writeThere({text, style, seed, bias, width}) {
    return readRows(execFileSync(longhand, ['write', '--style', style, '--seed', String(seed), '--bias', String(bias),
        '--width', String(width), '--format', 'jsonl', '-o', '-', text], {encoding: 'utf8'}));
}

function checkSame(here, there) {
    const most = difference(here, there);
    console.log(`# ${most.toFixed(4)} mm at most`);
    check(most <= MOST, `${most} mm`);
}

const {hands} = JSON.parse(fs.readFileSync(path.join(site, 'files.json')));

function takeInstalled(engine, name) {
    const {file} = hands.find(hand => hand.name == name);
    engine.takePackedHand(name, file, fs.readFileSync(path.join(site, 'hands', file)));
}

function same(text, hand, seed, bias, width) {
    test(`'${text.slice(0, 20)}...' in ${hand}, seed ${seed}, bias ${bias} is the ink of longhand write`, async () => {
        const engine = await openEngine(site);
        takeInstalled(engine, hand);
        checkSame(writeHere(engine, {text, hand, seed, bias, width}), writeThere({text, style: hand, seed, bias, width}));
    });
}

function checkRefused(engine, bytes, said) {
    let message = 'nothing';
    try {
        engine.takeHandFile('mine', 'mine.hand', bytes);
    } catch (error) {
        message = error.message;
    }
    check(said.test(message) && /^mine\.hand: /.test(message), `it says '${message}'`);
    check(!engine.hasHand('mine'), 'it was taken all the same');
}

same('The quick brown fox jumps over the lazy dog.', 'felix', 7, 1, 170);
same('Dear Anna, it rained all week, and on Sunday the sun came out.\n\n- milk\n- two eggs', 'anna', 3, 0.5, 90);
same('Caf\u00e9 M\u00fcller \u2014 100 % \u201cfresh\u201d coffee, 3 for 7', 'nils', 12, 2, 120);

test('a .hand file is written in as the program does', async () => {
    const engine = await openEngine(site), file = learnHand(longhand, hands[0].name);
    engine.takeHandFile('mine', 'mine.hand', fs.readFileSync(file));
    const asked = {text: 'Four and twenty, and some more words', seed: 5, bias: 1, width: 90};
    const here = writeHere(engine, {...asked, hand: 'mine'});
    checkSame(here, writeThere({...asked, style: file}));
    takeInstalled(engine, hands[0].name);
    const other = writeHere(engine, {...asked, hand: hands[0].name});
    check(JSON.stringify(here.map(row => row.strokes)) != JSON.stringify(other.map(row => row.strokes)),
          'it is the ink of the hand that it was learnt from');
});

test('what is no .hand file, or of another network, is refused and said so', async () => {
    const engine = await openEngine(site), bytes = fs.readFileSync(learnHand(longhand, hands[0].name));
    checkRefused(engine, new Uint8Array(0), /is no hand/);
    checkRefused(engine, new TextEncoder().encode('<svg>words</svg>'), /is no hand/);
    checkRefused(engine, bytes.subarray(0, 5000), /truncated|ends/);
    checkRefused(engine, fs.readFileSync(path.join(site, 'reader.safetensors')).subarray(0, 200000), /truncated|ends/);
    checkRefused(engine, new Uint8Array(300001).fill(0), /at most 300000 bytes/);
    const at = bytes.indexOf('"network":"') + '"network":"'.length, other = Buffer.from(bytes);
    other[at] = other[at] == 0x30 ? 0x31 : 0x30;
    checkRefused(engine, other, /another network/);
    engine.takeHandFile('mine', 'mine.hand', bytes);
    check(engine.hasHand('mine'), 'the hand itself is not taken');
});

test('a hand that was dropped leaves its place to another', async () => {
    const engine = await openEngine(site), bytes = fs.readFileSync(learnHand(longhand, hands[0].name));
    takeInstalled(engine, hands[0].name);
    for (let i = 0; i < 100; i++) {
        engine.takeHandFile(`hand ${i}`, 'mine.hand', bytes);
        if (i > 0)
            engine.dropHand(`hand ${i - 1}`);
    }
    engine.dropHand('nobody');
    check(engine.hasHand('hand 99') && engine.hasHand(hands[0].name), 'a hand is gone that was not dropped');
    check(!engine.hasHand('hand 98'), 'a hand is there that was dropped');
    engine.begin({hand: 'hand 99', seed: 1, bias: 1, width: 90, pitch: 8});
});

test('of more learnt hands than there is room for the oldest go, and what else is there stays', async () => {
    const engine = await openEngine(site), most = 400;
    engine.putFile('/paper.txt', new Uint8Array([1, 2, 3]));
    for (let i = 0; i < most; i++)
        engine.takeLearnt(`key${i}`, new Uint8Array([i & 255, i >> 8]));
    const kept = engine.learnt().map(({key, bytes}) => ({i: Number(key.slice(3)), bytes})).sort((a, b) => a.i - b.i);
    check(kept.length > 100 && kept.length < most, `there are ${kept.length}`);
    kept.forEach(({i, bytes}, k) => check(i == most - kept.length + k && bytes[0] + 256 * bytes[1] == i, `there is ${i}`));
    const [paper] = engine.files.filter(({name}) => name == '/paper.txt');
    check(paper?.bytes.join() == '1,2,3', 'another file is gone');
});

test('a hand of nobody is another for each seed, and the same for one', async () => {
    const engine = await openEngine(site), names = hands.slice(0, 3).map(({name}) => name);
    const asked = {text: 'whose hand is it', hand: 'nobody', seed: 1, bias: 1, width: 170};
    const write = (pool, seed) => {
        engine.drawOwn('nobody', pool, seed);
        return JSON.stringify(writeHere(engine, asked));
    };
    names.forEach(name => engine.takeHandFile(name, name + '.hand', fs.readFileSync(learnHand(longhand, name))));
    const drawn = write(names, 1);
    check(drawn == write(names, 1), 'the same seed draws another');
    check(drawn != write(names, 2), 'another seed draws the same');
    check(drawn != write(names.slice(1), 1), 'it does not depend on the hands');
    const found = write([], 1);
    check(found != drawn && found == write(names.slice(1, 2), 1), 'of one hand there is nothing to draw');
});

// Numbers of a .hand file, which are float16.
function numbersOf(bytes) {
    const header = JSON.parse(bytes.subarray(8, 8 + bytes.readUInt32LE(0)));
    const [from, to] = header.numbers.data_offsets, begins = 8 + bytes.readUInt32LE(0);
    const numbers = [];
    for (let at = begins + from; at < begins + to; at += 2) {
        const bits = bytes.readUInt16LE(at), exponent = bits >> 10 & 31, rest = bits & 1023;
        const size = exponent ? 2 ** (exponent - 15) * (1 + rest / 1024) : rest * 2 ** -24;
        numbers.push(bits >> 15 ? -size : size);
    }
    return numbers;
}

function likeness(a, b) {
    const product = (u, v) => u.reduce((sum, x, i) => sum + x * v[i], 0);
    return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

// Rows of a file of JSON lines, as they are drawn on the page: at an even pace, in another unit.
function readDrawn(file) {
    return readRows(fs.readFileSync(file, 'utf8')).map(({text, strokes}) => {
        let time = 0;
        return {text, points: strokes.flatMap(stroke => stroke.map(([x, y], i) =>
            [x / 8, y / 8, time += 0.015, i + 1 == stroke.length ? 1 : 0])).flat()};
    });
}

test('a hand that is learnt here is that which the program learns, and the program writes in it', async () => {
    const style = hands[0].name, steps = [];
    const lesson = await openLesson(site, (step, all) => steps.push(`${step}/${all}`));
    const rows = readDrawn(writeLine(longhand, style));
    check(lesson.read(rows[0].points) == rows[0].text, `it reads ${lesson.read(rows[0].points)}`);
    const bytes = Buffer.from(lesson.learn(rows)), there = fs.readFileSync(learnHand(longhand, style, 12));
    check(steps.length == 12 && steps[11] == '12/12', `it told ${steps}`);
    const alike = likeness(numbersOf(bytes), numbersOf(there));
    console.log(`# likeness of what was learnt: ${alike.toFixed(5)}`);
    check(alike > 0.95, `${alike}`);
    const engine = await openEngine(site), asked = {text: 'Four and twenty', seed: 5, bias: 1, width: 170};
    engine.takeHandFile('mine', 'mine.hand', bytes);
    checkSame(writeHere(engine, {...asked, hand: 'mine'}), writeThere({...asked, style: keepHand('mine.hand', bytes)}));
});

test('rows that say something else, or hardly anything, are not learnt from, and it is said which', async () => {
    const lesson = await openLesson(site), [row] = readDrawn(writeLine(longhand, hands[0].name));
    const refused = (rows, said) => {
        let message = 'nothing';
        try {
            lesson.learn(rows);
        } catch (error) {
            message = error.message;
        }
        check(said.test(message), `it says '${message}'`);
    };
    refused([row, {...row, text: 'Mr. Pickwick bought six'}], /^row 2 says 'a line of words'/);
    refused([{...row, points: row.points.slice(0, 40)}], /^row 1/);
    refused([], /needs|argument|no /);
});

await runAll();
