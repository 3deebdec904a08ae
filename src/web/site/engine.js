// The library as an object: calls into longhand.wasm, with strings, arrays and errors as JavaScript
// has them. What it gives is copied out of the library's memory. No page is needed for it: the tests
// and the build use it in node.

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

export class Engine {
    // `make` is what longhand.js exports, `binary` an ArrayBuffer of longhand.wasm.
    static async start(make, binary) {
        const library = await make({wasmBinary: binary});
        return new Engine(library);
    }

    constructor(library) {
        this.library = library;
        this.at = library._web_new();
    }

    // ---- calls ------------------------------------------------------------------------------------

    fail() {
        throw new Error(this.library.UTF8ToString(this.library._web_error(this.at)));
    }

    // Calls web_NAME with numbers and strings.
    call(name, ...given) {
        return this.withStrings(given, (...numbers) => this.library['_web_' + name](this.at, ...numbers));
    }

    // Calls `run` with what is given, strings as addresses of copies.
    withStrings(given, run) {
        const kept = [];
        const numbers = given.map(value => {
            if (typeof value != 'string')
                return value;
            const bytes = this.library.lengthBytesUTF8(value) + 1;
            const copy = this.library._malloc(bytes);
            this.library.stringToUTF8(value, copy, bytes);
            kept.push(copy);
            return copy;
        });
        try {
            return run(...numbers);
        } finally {
            kept.forEach(copy => this.library._free(copy));
        }
    }

    // The same of a function that can fail.
    ask(name, ...given) {
        return this.call(name, ...given) || this.fail();
    }

    text(name, ...given) {
        return this.library.UTF8ToString(this.call(name, ...given));
    }

    // The library's memory, which moves when it grows.
    get bytes() {
        return this.library.HEAPU8.buffer;
    }

    // ---- what is fetched --------------------------------------------------------------------------

    // Lays bytes down as a file that the library can open.
    putFile(name, bytes) {
        const at = this.withStrings([name], address => this.library._files_put(address, bytes.length));
        if (!at)
            throw new Error(`no memory for ${name}`);
        new Uint8Array(this.bytes, at, bytes.length).set(bytes);
    }

    // Gives the bytes of a file to web_take_WHAT; messages call it by `name`.
    takeFile(what, name, bytes, ...more) {
        this.putFile(name, bytes);
        try {
            this.ask('take_' + what, name, ...more);
        } finally {
            this.withStrings([name], at => this.library._files_drop(at));
        }
    }

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
        const points = Float32Array.from(hand.points);
        const copy = this.library._malloc(points.byteLength);
        new Float32Array(this.bytes, copy, points.length).set(points);
        try {
            this.ask('take_hand', hand.name, hand.text, copy, points.length / 4);
        } finally {
            this.library._free(copy);
        }
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

    // Drawn points (x and y in any unit, y down) as large as others'.
    fitDrawn(drawn) {
        const copy = this.library._malloc(4 * drawn.length);
        new Float32Array(this.bytes, copy, drawn.length).set(drawn);
        try {
            this.ask('fit_drawn', copy, drawn.length / 4);
            return new Float32Array(this.bytes, copy, drawn.length).slice();
        } finally {
            this.library._free(copy);
        }
    }

    // How it writes in the hands that were begun, by keys: what another engine need not learn again.
    takeLearnt(key, bytes) {
        this.putFile(`/hands/${key}.hand`, bytes);
    }

    learnt() {
        const {library} = this, learnt = [];
        for (let i = 0; i < library._files_most(); i++) {
            const key = /^\/hands\/(\w+)\.hand$/.exec(library.UTF8ToString(library._files_name(i)))?.[1];
            if (key)
                learnt.push({key, bytes: new Uint8Array(this.bytes, library._files_data(i),
                                                        library._files_size(i)).slice()});
        }
        return learnt;
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

    // The rows on the sheet, points as one array of x, y, seconds, end of stroke.
    layOut() {
        const count = this.call('lay_out');
        if (count < 0)
            this.fail();
        const lines = [];
        for (let i = 0; i < count; i++) {
            const [x, y, scale, at, points, passage, first, words, colour] =
                new Float64Array(this.bytes, this.call('line', i), LINE_NUMBERS);
            const from = new Float32Array(this.bytes, at, 4 * points).slice();
            const ends = new Uint32Array(this.bytes, at, 4 * points);
            for (let k = 0; k < points; k++)
                from[4 * k + 3] = ends[4 * k + 3];
            lines.push({x, y, scale, points: from, passage, first, words, colour,
                        text: this.text('line_text', i)});
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
