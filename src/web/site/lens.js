// What the network sees at one moment: the density of the pen's next step, the letters it looks at,
// and what its cells hold. Steps come from the worker, a piece of writing at a time.
import {WINDOW_SPAN} from './engine.js';

const KEPT = 12 << 20;     // bytes of steps, of the latest pieces: some 6,700 moments
const BEHIND = 80;         // moments that the attention is shown for

const bytesOf = ({output, window, cell}) => output.byteLength + window.byteLength + cell.byteLength;

export class Lens {
    constructor(box) {
        this.box = box;
        this.canvas = Object.fromEntries(
            ['density', 'attention', 'cells'].map(name => [name, box.querySelector('#' + name)]));
        this.moment = box.querySelector('#moment');
        this.instant = box.querySelector('#instant');
        this.image = {};
        this.bias = 1;
        this.reset();
    }

    reset() {
        this.chunks = [];
    }

    // Steps of points from.. of a passage; of what was taken back the older are dropped.
    take(steps) {
        this.chunks = this.chunks.filter(
            old => old.passage != steps.passage || old.from + old.count <= steps.from);
        if (steps.output?.length)
            this.chunks.push(steps);
        let bytes = 0, first = this.chunks.length;
        while (first > 0 && (bytes += bytesOf(this.chunks[first - 1])) <= KEPT)
            first--;
        this.chunks.splice(0, first);
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
        Object.values(this.canvas).forEach(fitCanvas);
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
        const {width, height} = canvas, parts = this.mixture(step), image = this.imageOf('density');
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
        for (let i = 0; i < heat.length; i++) {
            const share = Math.sqrt(heat[i] / (most || 1));
            setPixel(image, i, 255 - 225 * share, 255 - 178 * share, 255 - 118 * share);
        }
        page.putImageData(image, 0, 0);
        page.fillStyle = '#e07b39';
        page.beginPath();
        page.arc(width / 2, height / 2, 3, 0, 7);
        page.fill();
    }

    // ---- the window -------------------------------------------------------------------------------

    showAttention(passage, point, text) {
        const canvas = this.canvas.attention, page = canvas.getContext('2d');
        const {width, height} = canvas, letters = [...text];
        const now = this.find(passage, point), span = WINDOW_SPAN + 1;
        const centre = now.chunk.characters[now.at];
        const first = Math.max(0, centre - 7), shown = 16, name = 18;
        page.fillStyle = '#fff';
        page.fillRect(0, 0, width, height);
        page.fillStyle = '#1d4e89';
        for (let k = 0; k < BEHIND; k++) {
            const step = this.find(passage, point - BEHIND + 1 + k);
            if (!step)
                continue;
            const numbers = step.chunk.window.subarray(step.at * span, (step.at + 1) * span);
            const from = new Int32Array(numbers.buffer, numbers.byteOffset, 1)[0];
            for (let i = 0; i < WINDOW_SPAN; i++) {
                const row = from + i - first;
                if (row < 0 || row >= shown || numbers[1 + i] < 0.02)
                    continue;
                page.globalAlpha = Math.min(1, numbers[1 + i]);
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

    // ---- the cells --------------------------------------------------------------------------------

    showCells({chunk, at}) {
        const {width, height} = this.canvas.cells, {layers, cells} = chunk, image = this.imageOf('cells');
        const band = height / layers, side = Math.sqrt(width * band / cells);
        const across = Math.ceil(width / side), down = Math.ceil(cells / across);
        image.data.fill(255);
        for (let y = 0; y < height; y++) {
            const layer = Math.floor(y / band), row = Math.floor((y - layer * band) * down / (band - 2));
            for (let x = 0; x < width && row < down; x++) {
                const i = row * across + Math.floor(x * across / width);
                const value = i < cells ? chunk.cell[(at * layers + layer) * cells + i] / 127 : 0;
                const pale = Math.round(255 * (1 - Math.abs(value)));
                setPixel(image, y * width + x, value > 0 ? pale : 255, pale, value > 0 ? 255 : pale);
            }
        }
        this.canvas.cells.getContext('2d').putImageData(image, 0, 0);
    }

    // Pixels for all of a canvas, the same ones again while it is as large: every frame needs them.
    imageOf(name) {
        const {width, height} = this.canvas[name], before = this.image[name];
        if (before?.width == width && before.height == height)
            return before;
        return this.image[name] = new ImageData(width, height);
    }
}

function setPixel({data}, i, red, green, blue) {
    data[4 * i] = red;
    data[4 * i + 1] = green;
    data[4 * i + 2] = blue;
    data[4 * i + 3] = 255;
}

// Empty, and as large as it is shown.
function fitCanvas(canvas) {
    const {clientWidth, clientHeight} = canvas;
    if (canvas.width != clientWidth || canvas.height != clientHeight)
        Object.assign(canvas, {width: clientWidth, height: clientHeight});
    else
        canvas.getContext('2d').clearRect(0, 0, clientWidth, clientHeight);
}
