// What the network sees at one moment: the density of the pen's next step, the letters it looks at,
// and what its cells hold. Steps come from the worker, a piece of writing at a time.
import {WINDOW_SPAN} from './engine.js';

const KEPT = 8 << 20;      // bytes of steps, of the latest pieces: some 4,500 moments, which take a hand 70 s
const BEHIND = 80;         // moments that the attention is shown for

// Colours as ImageData has them, in words of four bytes (where there is WebAssembly, the lowest comes first). They
// are looked up, as numbers handed from function to function would be some MB of memory in every frame.
const palette = (count, colour) => Uint32Array.from({length: count}, (_, i) => {
    const [red, green, blue] = colour(i).map(Math.round);
    return (0xff << 24 | blue << 16 | green << 8 | red) >>> 0;
});
const HEAT = palette(256, i => [255 - 225 * i / 255, 255 - 178 * i / 255, 255 - 118 * i / 255]);
const CELL = palette(256, i => { // of numbers from -128 on: blue, white, red
    const value = Math.max(-1, (i - 128) / 127), pale = 255 * (1 - Math.abs(value));
    return value > 0 ? [pale, pale, 255] : [255, pale, pale];
});
const WHITE = 0xffffffff;
const COARSE = {density: 2}; // CSS pixels a pixel: it is smooth, and every frame has one

export class Lens {
    // `giveBack` hears of buffers that are no longer shown.
    constructor(box, giveBack) {
        Object.assign(this, {box, giveBack, chunks: []});
        this.canvas = Object.fromEntries(
            ['density', 'attention', 'cells'].map(name => [name, box.querySelector('#' + name)]));
        this.moment = box.querySelector('#moment');
        this.instant = box.querySelector('#instant');
        this.image = {};
        this.bias = 1;
    }

    reset() {
        this.keep([]);
    }

    // Of what there is only these stay.
    keep(chunks) {
        const gone = this.chunks.filter(chunk => !chunks.includes(chunk));
        this.chunks = chunks;
        if (gone.length)
            this.giveBack(gone.map(({output}) => output.buffer));
    }

    // Steps of points from.. of a passage; of what was taken back the older are dropped.
    take(steps) {
        const still = this.chunks.filter(
            old => old.passage != steps.passage || old.from + old.count <= steps.from);
        const all = [...still, steps];
        let bytes = 0, first = all.length;
        while (first > 0 && (bytes += all[first - 1].output.buffer.byteLength) <= KEPT)
            first--;
        this.keep(still.slice(first));
        const {buffer, byteOffset, length} = steps.window; // of each moment, the first character is an integer
        this.chunks.push({...steps, begins: new Int32Array(buffer, byteOffset, length)});
    }

    // The step of a point, or null.
    find(passage, point) {
        const chunk = this.chunks.find(some => some.passage == passage && some.from <= point &&
                                               point < some.from + some.count);
        return chunk ? {chunk, at: point - chunk.from} : null;
    }

    // Shows point `point` of a passage; `text` is what is written of it, for the letters.
    show(passage, point, text) {
        const step = this.find(passage, point);
        Object.entries(this.canvas).forEach(([name, canvas]) => fitCanvas(canvas, COARSE[name] ?? 1));
        if (!step)
            return;
        this.showDensity(step);
        this.showAttention(passage, point, text);
        this.showCells(step);
    }

    // ---- the density ------------------------------------------------------------------------------

    // The components of the mixture, as lh_mixture_read has them.
    mixture({chunk, at}) {
        const m = chunk.mixtures, y = chunk.output.subarray(at * (1 + 6 * m), (at + 1) * (1 + 6 * m));
        const parts = [];
        let most = -Infinity, sum = 0;
        for (let j = 0; j < m; j++)
            most = Math.max(most, y[1 + j]);
        for (let j = 0; j < m; j++) {
            const pi = Math.exp((y[1 + j] - most) * (1 + this.bias));
            sum += pi;
            parts.push({pi, x: y[1 + m + j], y: y[1 + 2 * m + j],
                        sx: Math.exp(y[1 + 3 * m + j] - this.bias),
                        sy: Math.exp(y[1 + 4 * m + j] - this.bias),
                        rho: Math.tanh(y[1 + 5 * m + j])});
        }
        parts.forEach(part => part.pi /= sum);
        return parts.filter(part => part.pi > 1e-3);
    }

    showDensity(step) {
        const canvas = this.canvas.density, page = canvas.getContext('2d');
        const {width, height} = canvas, parts = this.mixture(step), {image, pixels} = this.imageOf('density');
        const mean = parts.reduce((at, p) => [at[0] + p.pi * p.x, at[1] + p.pi * p.y], [0, 0]);
        const reach = Math.max(1, 1.3 * Math.hypot(...mean));
        const unit = 2 * reach / Math.min(width, height);
        const heat = this.heat?.length == width * height ? this.heat.fill(0) : this.heat = new Float32Array(width * height);
        let most = 0;
        for (let v = 0, i = 0; v < height; v++)
            for (let u = 0; u < width; u++, i++) {
                const x = (u - width / 2) * unit, y = (v - height / 2) * unit;
                for (const p of parts) {
                    const zx = (x - p.x) / (p.sx + unit), zy = (y - p.y) / (p.sy + unit), free = 1 - p.rho * p.rho;
                    const z = zx * zx + zy * zy - 2 * p.rho * zx * zy;
                    if (z < 40 * free)
                        heat[i] += p.pi * Math.exp(-z / (2 * free)) /
                                   ((p.sx + unit) * (p.sy + unit) * Math.sqrt(free));
                }
                most = Math.max(most, heat[i]);
            }
        for (let i = 0; i < heat.length; i++)
            pixels[i] = HEAT[Math.round(255 * Math.sqrt(heat[i] / (most || 1)))];
        page.putImageData(image, 0, 0);
        page.fillStyle = '#e07b39';
        page.beginPath();
        page.arc(width / 2, height / 2, 1.5, 0, 7);
        page.fill();
    }

    // ---- the window -------------------------------------------------------------------------------

    showAttention(passage, point, text) {
        const canvas = this.canvas.attention, page = canvas.getContext('2d');
        const {width, height} = canvas, letters = this.lettersOf(text);
        const now = this.find(passage, point), span = WINDOW_SPAN + 1;
        const centre = now.chunk.characters[now.at];
        const first = Math.max(0, centre - 5), shown = 11, name = 18;
        page.fillStyle = '#fff';
        page.fillRect(0, 0, width, height);
        page.fillStyle = '#1d4e89';
        for (let k = 0; k < BEHIND; k++) {
            const step = this.find(passage, point - BEHIND + 1 + k);
            if (!step)
                continue;
            const {chunk: {window: phi, begins}, at} = step, from = begins[at * span] - first;
            for (let i = 0; i < WINDOW_SPAN; i++) {
                const row = from + i, share = phi[at * span + 1 + i];
                if (row < 0 || row >= shown || share < 0.02)
                    continue;
                page.globalAlpha = Math.min(1, share);
                page.fillRect(name + k * (width - name) / BEHIND, row * height / shown,
                              (width - name) / BEHIND + 1, height / shown);
            }
        }
        page.globalAlpha = 1;
        page.font = `${Math.floor(height / shown)}px Georgia, serif`;
        page.textBaseline = 'middle';
        for (let i = 0; i < shown && first + i < letters.length; i++) {
            page.fillStyle = first + i == centre ? '#c0392b' : '#444';
            page.fillText(letters[first + i], 4, (i + 0.5) * height / shown);
        }
    }

    // The text by its characters: the same ones again while it is the same, as every frame needs them.
    lettersOf(text) {
        if (this.text != text)
            Object.assign(this, {text, letters: [...text]});
        return this.letters;
    }

    // ---- the cells --------------------------------------------------------------------------------

    showCells({chunk, at}) {
        const {width, height} = this.canvas.cells, {layers, cells} = chunk, {image, pixels} = this.imageOf('cells');
        const band = height / layers, side = Math.sqrt(width * band / cells);
        const across = Math.ceil(width / side), down = Math.ceil(cells / across);
        pixels.fill(WHITE);
        for (let y = 0; y < height; y++) {
            const layer = Math.floor(y / band), row = Math.floor((y - layer * band) * down / (band - 2));
            for (let x = 0; x < width && row < down; x++) {
                const i = row * across + Math.floor(x * across / width);
                if (i < cells)
                    pixels[y * width + x] = CELL[128 + chunk.cell[(at * layers + layer) * cells + i]];
            }
        }
        this.canvas.cells.getContext('2d').putImageData(image, 0, 0);
    }

    // An image for all of a canvas, and its pixels; the same ones again while it is as large: every frame needs them.
    imageOf(name) {
        const {width, height} = this.canvas[name], before = this.image[name];
        if (before?.image.width == width && before.image.height == height)
            return before;
        const image = new ImageData(width, height);
        return this.image[name] = {image, pixels: new Uint32Array(image.data.buffer)};
    }
}

// Empty, and as large as it is shown, a pixel being `coarse` of CSS.
function fitCanvas(canvas, coarse) {
    const width = Math.round(canvas.clientWidth / coarse), height = Math.round(canvas.clientHeight / coarse);
    if (canvas.width != width || canvas.height != height)
        Object.assign(canvas, {width, height});
    else
        canvas.getContext('2d').clearRect(0, 0, width, height);
}
