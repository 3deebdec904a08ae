// What learns a hand, in a thread of its own, which is ended to stop it. Messages in, which are answered:
// read, learn. Out: progress, step, answer, failed.
import make from './learn.js';
import {Lesson} from './lesson.js';
import {fetchAll, release} from './fetching.js';

const post = (what, more = {}, transfer = []) => self.postMessage({what, ...more}, transfer);
const fetchThese = (names, sizes) => fetchAll(names, sizes, share => post('progress', {share}));

let lesson, sizes;

async function start() {
    ({sizes} = await (await fetch('files.json')).json());
    const [binary, reader] = await fetchThese(['learn.wasm', 'reader.safetensors'], sizes);
    lesson = await Lesson.start(make, binary, (step, steps) => post('step', {step, steps}));
    lesson.takeReader(reader);
    [binary, reader].forEach(release);
}

const answers = {
    async read({points, id}) {
        post('answer', {id, text: lesson.read(points)});
    },

    async learn({rows, id}) {
        const [model] = await fetchThese(['longhand.safetensors'], sizes);
        lesson.takeModel(model);
        release(model);
        const bytes = lesson.learn(rows);
        post('answer', {id, bytes}, [bytes.buffer]);
    },
};

// What was begun to be fetched, or is here. What failed is told, and tried again when something is asked.
let started = null;

function ready() {
    started ??= start().catch(error => {
        started = null;
        post('failed', {message: error.message});
        throw error;
    });
    return started;
}

// One after the other.
let queue = ready().catch(() => null);
self.onmessage = ({data}) => {
    queue = queue.then(ready).then(() => answers[data.what](data));
    queue = queue.catch(error => post('failed', {message: error.message, id: data.id}));
};
