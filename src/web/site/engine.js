// What writes, as an object over longhand.wasm. No page is needed for it: the tests and the build use it
// in node.
import {Library} from './library.js';
import {pathOf} from './path.js';

const WORD_NUMBERS = 7, LINE_NUMBERS = 9, TRACE_NUMBERS = 7;
// Characters that a window is seen over.
export const WINDOW_SPAN = 24;
// Points that are handed out in one piece, at most.
const PIECE = 256;

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

// Rows first..end-1 of columns, one behind the other in one buffer.
function copyColumns(columns, first, end, room) {
    const all = Object.entries(columns), count = end - first;
    const sizeOf = ({Kind, perPoint}) => count * perPoint * Kind.BYTES_PER_ELEMENT;
    const buffer = room(all.reduce((sum, [, column]) => sum + sizeOf(column), 0));
    let at = 0;
    return Object.fromEntries(all.map(([name, column]) => {
        const {Kind, bytes, perPoint} = column, copy = new Kind(buffer, at, count * perPoint);
        copy.set(new Kind(bytes, column.at + first * perPoint * Kind.BYTES_PER_ELEMENT, count * perPoint));
        at += sizeOf(column);
        return [name, copy];
    }));
}

export class Engine extends Library {
    // `make` is what longhand.js exports, `binary` the bytes of longhand.wasm.
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

    dropHand(name) {
        this.call('drop_hand', name);
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

    // `order` is {hand, seed, bias, width, pitch}: the last two in mm. Only of a sheet that is begun so is
    // known what the lens shows, as it takes some 2 KB a point.
    begin(order, looking = false) {
        this.ask('begin', order.hand, order.seed, order.bias, order.width, order.pitch, looking ? 1 : 0);
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

    // How many passages there are.
    get passages() {
        return this.call('passages');
    }

    // From where to where in the text each character of a passage stands.
    places(passage) {
        const bytes = new Uint32Array(this.bytes, this.call('places', passage), this.call('characters', passage));
        return {from: bytes.map(byte => this.units[byte]), to: bytes.map(byte => this.units[byte + 1])};
    }

    writtenText(passage) {
        return this.text('written_text', passage);
    }

    // Points that are written.
    get points() {
        let sum = 0;
        for (let i = 0; i < this.passages; i++)
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

    // How the points of a passage came about that have not been forgotten, in pieces: from point `from` on the
    // character that each is of, and, if somebody is looking, what the lens shows of each. That lies in a
    // buffer, for which `room` is asked by the number of bytes.
    steps(passage, looking, room = bytes => new ArrayBuffer(bytes)) {
        const number = which => this.call('written', passage, which);
        const from = number(1), count = number(0) - from, pieces = Math.ceil(count / PIECE);
        const sizes = {passage, mixtures: number(2), layers: number(4), cells: number(5)};
        const trace = new Int32Array(this.bytes, number(6), TRACE_NUMBERS * Math.max(0, count));
        const seen = looking && number(7) ? this.seen(number, sizes) : null;
        return Array.from({length: pieces}, (_, i) => {
            const first = Math.floor(count * i / pieces), end = Math.floor(count * (i + 1) / pieces);
            const characters = Int32Array.from({length: end - first}, (_, k) => trace[(first + k) * TRACE_NUMBERS + 4]);
            return {...sizes, from: from + first, count: end - first, characters,
                    ...seen && copyColumns(seen, first, end, room)};
        });
    }

    // What is kept of each point, by name: what kind of numbers, where they lie and how many they are.
    seen(number, {mixtures, layers, cells}) {
        const column = (Kind, which, perPoint) => ({Kind, bytes: this.bytes, at: number(which), perPoint});
        return {output: column(Float32Array, 7, 1 + 6 * mixtures), window: column(Float32Array, 8, 1 + WINDOW_SPAN),
                cell: column(Int8Array, 10, layers * cells)};
    }

    forget() {
        this.call('forget');
    }

    // ---- pictures ---------------------------------------------------------------------------------

    // A row of text in a hand, as {path, box}. There is no sheet any more then.
    picture(hand, text) {
        this.begin({hand, seed: 1, bias: 1, width: 250, pitch: 8});
        this.giveText(text, true);
        while (this.behind)
            this.write();
        return pathOf(this.layOut()[0]);
    }

    // The same of the word by which hands are told from each other.
    tile(hand) {
        return this.picture(hand, 'hello');
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
