// What writes, as an object over longhand.wasm. No page is needed for it: the tests and the build use it
// in node.
import {Library} from './library.js';

const WORD_NUMBERS = 7, LINE_NUMBERS = 9, TRACE_NUMBERS = 7;
// Characters that a window is seen over.
export const WINDOW_SPAN = 24;

// For each byte of the text as UTF-8, where in the string the character stands that begins there; of
// bytes inside of one, where it ends.
function unitsOf(text) {
    const units = new Uint32Array(3 * text.length + 2);
    let byte = 0, unit = 0;
    for (const character of text) {
        const code = character.codePointAt(0);
        const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
        units.fill(unit + character.length, byte + 1, byte + bytes);
        units[byte] = unit;
        [byte, unit] = [byte + bytes, unit + character.length];
    }
    units[byte] = unit;
    return units.slice(0, byte + 1);
}

// Points as they lie in the library: every fourth number is an integer.
function copyPoints(floats, ends) {
    const points = floats.slice();
    for (let i = 3; i < points.length; i += 4)
        points[i] = ends[i];
    return points;
}

function isSame(before, row, floats, ends) {
    if (before?.points.length != floats.length || Object.keys(row).some(name => before[name] != row[name]))
        return false;
    for (let i = 0; i < floats.length; i++)
        if (before.points[i] != (i % 4 == 3 ? ends[i] : floats[i]))
            return false;
    return true;
}

export class Engine extends Library {
    // `make` is what longhand.js exports, `binary` an ArrayBuffer of longhand.wasm.
    static async start(make, binary) {
        return new Engine(await make({wasmBinary: binary}), 'web');
    }

    // ---- what is fetched --------------------------------------------------------------------------

    takeModel(bytes) {
        this.takeFile('model', 'longhand.safetensors', bytes);
        this.license = this.text('license');
    }

    takeReader(bytes) {
        this.takeFile('reader', 'reader.safetensors', bytes);
    }

    takeSigns(bytes) {
        this.takeFile('signs', 'signs.txt', bytes);
    }

    // `hand` is {name, text, points}: numbers x, y, seconds, end of stroke of each point.
    takeHand(hand) {
        this.withFloats(hand.points, points =>
            this.ask('take_hand', hand.name, hand.text, points, hand.points.length / 4));
    }

    // A .hand file, which messages call `file`.
    takeHandFile(name, file, bytes) {
        this.takeFile('hand_file', file.replaceAll('/', '_'), bytes, name);
    }

    // One of the hands that come with the page: a .hand file, or JSON, where time is in milliseconds.
    takePackedHand(name, file, bytes) {
        if (file.endsWith('.hand'))
            return this.takeHandFile(name, file, bytes);
        const {text, points} = JSON.parse(new TextDecoder().decode(bytes));
        this.takeHand({name, text, points: points.map((value, i) => i % 4 == 2 ? value / 1000 : value)});
    }

    // A hand of nobody, called `name`: as the hands called `names` vary, another for each seed.
    drawOwn(name, names, seed) {
        this.ask('draw_own', name, names.join('\n'), seed);
    }

    hasHand(name) {
        return Boolean(this.call('has_hand', name));
    }

    // How it writes in the hands that were begun, by keys: what another engine need not learn again.
    takeLearnt(key, bytes) {
        this.putFile(`/hands/${key}.hand`, bytes);
    }

    learnt() {
        const key = name => /^\/hands\/(\w+)\.hand$/.exec(name)?.[1];
        return this.files.filter(({name}) => key(name)).map(({name, bytes}) => ({key: key(name), bytes}));
    }

    // ---- writing ----------------------------------------------------------------------------------

    // `order` is {hand, seed, bias, width, pitch}: the last two in mm.
    begin(order) {
        this.ask('begin', order.hand, order.seed, order.bias, order.width, order.pitch);
    }

    giveText(text, whole) {
        this.ask('give_text', text, whole ? 1 : 0);
        this.units = unitsOf(text);
    }

    get behind() {
        return Boolean(this.call('behind'));
    }

    write() {
        this.ask('write');
    }

    // ---- what is written --------------------------------------------------------------------------

    // Of each passage: its words, and from where to where in the text each of its characters stands.
    passages() {
        const all = [];
        for (let i = 0; i < this.call('passages'); i++) {
            const bytes = new Uint32Array(this.bytes, this.call('places', i), this.call('characters', i));
            all.push({
                from: Array.from(bytes, byte => this.units[byte]),
                to: Array.from(bytes, byte => this.units[byte + 1]),
                text: this.text('written_text', i),
                words: this.words(i),
            });
        }
        return all;
    }

    // Points that are written.
    get points() {
        let sum = 0;
        for (let i = 0; i < this.call('passages'); i++)
            sum += this.call('written', i, 0);
        return sum;
    }

    words(passage) {
        const count = this.call('word_count', passage);
        const at = this.call('words', passage) || this.fail();
        const numbers = new Int32Array(this.bytes, at, count * WORD_NUMBERS);
        const words = [];
        for (let i = 0; i < count; i++) {
            const [character, characters, point, points, flawed, doubtful, logReading] =
                numbers.subarray(i * WORD_NUMBERS);
            words.push({character, characters, point, points, flawed: flawed > 0,
                        doubtful: doubtful > 0, probability: Math.exp(-logReading / 1000)});
        }
        return words;
    }

    // The rows on the sheet, points as one array of x, y, seconds, end of stroke. Of those `before` the ones
    // that are the same are given again: all are asked for often, and few have changed.
    layOut(before = []) {
        const count = this.call('lay_out');
        if (count < 0)
            this.fail();
        const lines = [];
        for (let i = 0; i < count; i++) {
            const [x, y, scale, at, points, passage, first, words, colour] =
                new Float64Array(this.bytes, this.call('line', i), LINE_NUMBERS);
            const row = {x, y, scale, passage, first, words, colour, text: this.text('line_text', i)};
            const floats = new Float32Array(this.bytes, at, 4 * points), ends = new Uint32Array(this.bytes, at, 4 * points);
            lines.push(isSame(before[i], row, floats, ends) ? before[i] : {...row, points: copyPoints(floats, ends)});
        }
        return lines;
    }

    get skipped() {
        return this.text('skipped');
    }

    // How the points of a passage came about that have not been forgotten: from point `from` on the
    // character that each is of, and, if somebody is looking, what the lens shows of each.
    steps(passage, looking) {
        const number = which => this.call('written', passage, which);
        const from = number(1), count = number(0) - from;
        const m = number(2), k = number(3), n = number(4), h = number(5);
        const copy = (Kind, which, perPoint) =>
            number(which) && count > 0
                ? new Kind(this.bytes, number(which), perPoint * count).slice() : new Kind(0);
        const trace = copy(Int32Array, 6, TRACE_NUMBERS);
        const characters = new Int32Array(count);
        for (let i = 0; i < count; i++)
            characters[i] = trace[i * TRACE_NUMBERS + 4];
        return {
            passage, from, count, mixtures: m, windows: k, layers: n, cells: h, characters,
            output: looking ? copy(Float32Array, 7, 1 + 6 * m) : null,
            window: looking ? copy(Float32Array, 8, 1 + WINDOW_SPAN) : null,
            cell: looking ? copy(Int8Array, 10, n * h) : null,
        };
    }

    forget() {
        this.call('forget');
    }

    // ---- saving -----------------------------------------------------------------------------------

    // The file, as bytes, of all that is written; `speed` of an SVG that writes itself, else 0.
    save(format, {speed = 0, pen = 0.5, ink = 0x101010, paper = 0xffffff, ruling = 0} = {}) {
        this.ask('save', format, speed, pen, ink, paper, ruling);
        return new Uint8Array(this.bytes, this.call('saved'), this.call('saved_size')).slice();
    }

    // ---- how fast it is ---------------------------------------------------------------------------

    // Points a second of one line, of the best of many short runs: others use the machine, too.
    speed(runs = 60, steps = 20) {
        let best = 0;
        for (let i = 0; i < runs; i++) {
            const start = performance.now();
            this.ask('step', steps);
            best = Math.max(best, 1000 * steps / (performance.now() - start));
        }
        return best;
    }
}
