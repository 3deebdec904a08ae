// The page's modules of WebAssembly in node: for what is made when the page is, and for tests.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

// What emscripten made is for workers, which know where they are from.
globalThis.self ??= {location: {href: 'file:///'}};

// The modules of the page in `site`, from a folder of which node knows that its files are modules.
async function load(site) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longhand-engine-'));
    fs.writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
    const names = ['path.js', 'library.js', 'longhand.js', 'engine.js', 'learn.js', 'lesson.js'];
    names.forEach(name => fs.copyFileSync(path.join(site, name), path.join(folder, name)));
    const [, , {default: makeEngine}, {Engine}, {default: makeLesson}, {Lesson}] =
        await Promise.all(names.map(name => import(pathToFileURL(path.join(folder, name)).href)));
    fs.rmSync(folder, {recursive: true});
    return {makeEngine, Engine, makeLesson, Lesson};
}

const loaded = new Map();

async function loadOnce(site) {
    if (!loaded.has(site))
        loaded.set(site, await load(site));
    return loaded.get(site);
}

// The engine of the page in the folder `site`, with its network, reader and signs.
export async function openEngine(site) {
    const read = name => fs.readFileSync(path.join(site, name));
    const {makeEngine, Engine} = await loadOnce(site);
    const engine = await Engine.start(makeEngine, read('longhand.wasm'));
    engine.takeModel(read('longhand.safetensors'));
    engine.takeReader(read('reader.safetensors'));
    engine.takeSigns(read('signs.txt'));
    return engine;
}

// What learns hands there, with network and reader.
export async function openLesson(site, told) {
    const read = name => fs.readFileSync(path.join(site, name));
    const {makeLesson, Lesson} = await loadOnce(site);
    const lesson = await Lesson.start(makeLesson, read('learn.wasm'), told);
    lesson.takeModel(read('longhand.safetensors'));
    lesson.takeReader(read('reader.safetensors'));
    return lesson;
}
