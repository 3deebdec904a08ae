// learn.mjs SITE: what a page would have to find out anew, found out once with the page's own network:
// how it writes in each hand of SITE/hands, as SITE/hands/KEY.learnt, and a word in it, for its tile.
// The rows that a visitor is offered to write, as SITE/rows.json: {text, path, box} in the first hand.
// Then files.json, with the sizes of what is fetched, and files.js, with the names of what is kept.
import fs from 'node:fs';
import crypto from 'node:crypto';
import path from 'node:path';
import {openEngine, openLesson} from './node_engine.mjs';

const site = process.argv[2];
// What is fetched only when a hand is learnt.
const LESSON = ['draw.js', 'learn.js', 'learn.wasm', 'learner.js', 'lesson.js', 'rows.json'];
const MOST = 400 * 1024; // bytes that are fetched before network and hands
const DATA = ['longhand.safetensors', 'reader.safetensors', 'signs.txt'];

async function learn(file) {
    const name = path.parse(file).name;
    const engine = await openEngine(site);
    engine.takePackedHand(name, file, fs.readFileSync(path.join(site, 'hands', file)));
    const picture = engine.tile(name), [{key, bytes}] = engine.learnt();
    fs.writeFileSync(path.join(site, 'hands', key + '.learnt'), bytes);
    return {name, file, key, ...picture};
}

async function offerRows({name, file}) {
    const engine = await openEngine(site), {sentences} = await openLesson(site);
    engine.takePackedHand(name, file, fs.readFileSync(path.join(site, 'hands', file)));
    const rows = sentences.map(text => ({text, ...engine.picture(name, text)}));
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
const shellSize = shell.reduce((sum, name) => sum + sizes[name], fs.statSync(path.join(site, 'files.json')).size);
if (shellSize > MOST)
    throw new Error(`page, program and style are ${shellSize} bytes; they may be ${MOST}`);
console.log(`Page, program and style: ${(shellSize / 1024).toFixed(1)} KiB`);
const hash = crypto.createHash('sha256');
for (const name of [...all, 'files.json'])
    hash.update(name).update(fs.readFileSync(path.join(site, name)));
const version = hash.digest('hex').slice(0, 16);
fs.writeFileSync(path.join(site, 'files.js'),
    `self.FILES = ${JSON.stringify({version, shell: ['./', 'files.json', ...shell.sort()]})};\n`);
