// learn.mjs SITE: what a page would have to find out anew, found out once with the page's own network:
// how it writes in each hand of SITE/hands, as SITE/hands/KEY.learnt, and the hand's name, for its tile.
// The rows that a visitor is offered to write, as SITE/rows.json: {text, path, box} in the first hand.
// Then files.json, with the sizes of what is fetched, and files.js, with the names of what is kept.
import fs from 'node:fs';
import crypto from 'node:crypto';
import path from 'node:path';
import {openEngine, openLesson} from './node_engine.mjs';

const site = process.argv[2];
// What is fetched only when a hand is learnt.
const LESSON = ['draw.js', 'learn.js', 'learn.wasm', 'learner.js', 'lesson.js', 'rows.json'];
const DATA = ['longhand.safetensors', 'reader.safetensors', 'signs.txt'];

// A row of ink as an SVG path of every third point, in whole numbers of two units, from point to point, which
// takes less room than places.
function pathOf({points}) {
    let path = '', box = [Infinity, Infinity, -Infinity, -Infinity], from = [0, 0];
    for (let i = 0; i < points.length; i += 4) {
        const x = Math.round(points[i] / 2), y = Math.round(points[i + 1] / 2);
        const first = i == 0 || points[i - 1] > 0, last = points[i + 3] > 0;
        box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
        if (!first && !last && (i / 4) % 3)
            continue;
        path += `${first ? 'm' : 'l'}${x - from[0]} ${y - from[1]}`.replace(' -', '-');
        from = [x, y];
    }
    const edge = 8;
    return {path, box: [box[0] - edge, box[1] - edge, box[2] - box[0] + 2 * edge, box[3] - box[1] + 2 * edge].join(' ')};
}

// The row of a text in a hand.
function write(engine, hand, text) {
    engine.begin({hand, seed: 1, bias: 1, width: 250, pitch: 8});
    engine.giveText(text, true);
    while (engine.behind)
        engine.write();
    return pathOf(engine.layOut()[0]);
}

async function learn(file) {
    const name = path.parse(file).name;
    const engine = await openEngine(site);
    engine.takePackedHand(name, file, fs.readFileSync(path.join(site, 'hands', file)));
    const row = write(engine, name, name), [{key, bytes}] = engine.learnt();
    fs.writeFileSync(path.join(site, 'hands', key + '.learnt'), bytes);
    return {name, file, key, ...row};
}

async function offerRows({name, file}) {
    const engine = await openEngine(site), {sentences} = await openLesson(site);
    engine.takePackedHand(name, file, fs.readFileSync(path.join(site, 'hands', file)));
    const rows = sentences.map(text => ({text, ...write(engine, name, text)}));
    fs.writeFileSync(path.join(site, 'rows.json'), JSON.stringify(rows) + '\n');
}

const hands = [];
for (const file of fs.readdirSync(path.join(site, 'hands')).sort())
    hands.push(await learn(file));
await offerRows(hands[0]);

const all = fs.readdirSync(site).filter(name => fs.statSync(path.join(site, name)).isFile() &&
                                                !['files.json', 'files.js'].includes(name));
const kept = hands.flatMap(({file, key}) => [`hands/${file}`, `hands/${key}.learnt`]);
const sizes = Object.fromEntries([...all, ...kept].map(name => [name, fs.statSync(path.join(site, name)).size]));
fs.writeFileSync(path.join(site, 'files.json'), JSON.stringify({sizes, hands}) + '\n');
const shell = all.filter(name => ![...DATA, ...LESSON, 'sw.js'].includes(name));
const hash = crypto.createHash('sha256');
for (const name of [...all, 'files.json'])
    hash.update(name).update(fs.readFileSync(path.join(site, name)));
const version = hash.digest('hex').slice(0, 16);
fs.writeFileSync(path.join(site, 'files.js'),
    `self.FILES = ${JSON.stringify({version, shell: ['./', 'files.json', ...shell.sort()]})};\n`);
