// A hand of one's own: rows that the visitor writes with finger, pen or mouse, read as they are written, from
// which a hand is learnt. Fetched when somebody asks for it.
import {dropRow, keptRow} from './kept.js';
import {Talk} from './talk.js';

const INTERVAL = 0.015;    // seconds between points: the pace of the recordings that the network learnt from
const LEAST = 60;          // points of ink that show a hand
const PAUSE = 900;         // ms without a pen after which a row is read

export class Draw {
    // `offered` are rows of {text, path, box}: what may be written, and how it looks in some hand. `take`
    // is given {name, bytes} that were learnt, a .hand file, and gives whether the browser keeps it; `isTaken`
    // knows names that others have. `rest` is told before it is learnt, and `wake` afterwards: there is not
    // memory for everything on every phone.
    constructor(dialog, offered, {take, isTaken, rest, wake}) {
        Object.assign(this, {dialog, take, isTaken, rest, wake, by: id => dialog.querySelector('#draw-' + id)});
        this.talk = new Talk({progress: () => {}, step: step => this.showStep(step),
                              failed: ({message}) => this.say(message)}, () => true);
        this.rows = offered.map((row, i) => new Row(i + 1, row, points => this.ask('read', {points})));
        this.by('rows').replaceChildren(...this.rows.map(({box}) => box));
        this.by('cancel').onclick = () => dialog.close();
        this.by('stop').onclick = () => this.talk.stop();
        this.by('learn').onclick = () => this.learn();
        dialog.onclose = () => {
            this.rows.forEach(row => row.rest());
            this.talk.stop();
        };
    }

    // `name` is what a new hand may be called. What is written in the rows stays, as they may have been closed by
    // mistake; a row that the page before this one kept stands there again.
    open(name) {
        const before = this.rows[0].isEmpty ? keptRow() : null;
        this.dialog.showModal();
        this.say(before ? 'Row 1 is what you wrote here before.' : '');
        if (this.rows.every(row => row.isEmpty))
            this.by('name').value = name;
        this.rows.forEach(row => row.isEmpty ? row.begin() : row.goOn());
        this.start();
        if (before)
            this.rows[0].fill(before);
    }

    say(text) {
        this.by('state').textContent = text;
    }

    start() {
        this.talk.start('learner.js', message => this.say(message));
    }

    ask(what, more) {
        if (!this.talk.worker)
            this.start();
        return this.talk.ask(what, more);
    }

    // ---- learning ---------------------------------------------------------------------------------

    get name() {
        return this.by('name').value.trim();
    }

    // What keeps the rows from being learnt from, or nothing.
    findLack(rows) {
        if (rows.length == 0)
            return 'That is too little ink to show a hand: please write one row at least; three show more of it.';
        const nameless = rows.find(({text}) => !text);
        if (nameless)
            return `Please say what you wrote in row ${nameless.number}, in the field above it.`;
        if (!this.name)
            return 'Please give the hand a name.';
        return this.isTaken(this.name) ? `There is a hand called ${this.name} already: please give it another name.` : '';
    }

    async learn() {
        const rows = this.rows.filter(({points}) => points.length / 4 >= LEAST), lack = this.findLack(rows);
        if (lack)
            return this.say(lack);
        this.showLearning(true);
        this.say('Learning: this takes about a minute');
        this.rest();
        const asked = {rows: rows.map(({text, points}) => ({text, points}))};
        const learnt = await this.ask('learn', asked).catch(({message}) => ({message}));
        this.wake();
        if (learnt.bytes && await this.take({name: this.name, bytes: learnt.bytes}))
            dropRow();
        this.showLearning(false);
        if (!learnt.bytes)
            return this.say(adviseOn(learnt.message, rows));
        this.rows.forEach(row => row.begin()); // for another hand
        this.dialog.close();
    }

    showLearning(learning) {
        this.began = performance.now();
        this.by('steps').value = 0;
        this.by('steps').hidden = this.by('stop').hidden = !learning;
        this.by('learn').hidden = learning;
    }

    showStep({step, steps}) {
        Object.assign(this.by('steps'), {max: steps, value: step});
        const left = Math.round((performance.now() - this.began) / 1000 * (steps - step) / step);
        this.say(`Learning: step ${step} of ${steps}` + (left > 0 ? `, some ${left} seconds more` : ''));
    }
}

// What went wrong, with the numbers that rows have here, and what may be done about it.
function adviseOn(message, rows) {
    const of = /^row (\d+)/.exec(message);
    return of ? `Row ${rows[of[1] - 1].number}${message.slice(of[0].length)}. ` +
        'Write it again, or type above it what it says.' : message;
}

// A row to be written: its text, which may be another, and a place for ink.
class Row {
    constructor(number, {text, path, box}, read) {
        Object.assign(this, {number, read, offered: text, ghost: new Path2D(path), frame: box.split(' ').map(Number)});
        const make = (kind, more) => Object.assign(document.createElement(kind), more);
        this.field = make('input', {value: text, maxLength: 60});
        this.field.setAttribute('aria-label', `The words of row ${number}`);
        this.clear = make('button', {type: 'button', textContent: 'Clear'});
        this.clear.setAttribute('aria-label', `Clear row ${number}`);
        this.canvas = make('canvas', {className: 'drawn'});
        this.canvas.setAttribute('role', 'img');
        this.canvas.setAttribute('aria-label', `Write row ${number} here`);
        this.told = make('p');
        this.told.setAttribute('role', 'status');
        this.box = make('div', {className: 'to-draw'});
        this.box.append(this.field, this.clear, this.canvas, this.told);
        this.strokes = [];
        this.field.oninput = () => this.redraw();
        this.clear.onclick = () => this.begin();
        this.canvas.onpointerdown = event => this.press(event);
        this.canvas.onpointermove = event => this.move(event);
        this.canvas.onpointerup = this.canvas.onpointercancel = this.canvas.onlostpointercapture = event => this.release(event);
    }

    get text() {
        return this.field.value.trim();
    }

    get points() {
        return resample(this.strokes);
    }

    get isEmpty() {
        return this.strokes.length == 0;
    }

    // Nobody writes in it or reads it any more; what a pen goes on with that is down still is no stroke.
    rest() {
        clearTimeout(this.reading);
        this.drawing = null;
    }

    // Empty, and as wide as there is room.
    begin() {
        this.rest();
        this.strokes = [];
        this.told.textContent = '';
        this.redraw();
    }

    // With what is written in it, on a screen that may be another, to be read anew.
    goOn() {
        this.redraw();
        this.lift();
    }

    // Ink of the page before, which may have been written in another place: x, y, seconds and end of stroke of
    // each point. It is as large as there is room.
    fill({text, points}) {
        const column = k => points.filter((_, i) => i % 4 == k), {clientWidth, clientHeight} = this.canvas;
        const xs = column(0), ys = column(1), left = Math.min(...xs), top = Math.min(...ys);
        const wide = Math.max(...xs) - left, high = Math.max(...ys) - top;
        const scale = Math.min(0.94 * clientWidth / Math.max(wide, 1), 0.8 * clientHeight / Math.max(high, 1));
        let stroke = null;
        for (let i = 0; i < points.length; i += 4) {
            if (!stroke)
                this.strokes.push(stroke = []);
            stroke.push([0.03 * clientWidth + scale * (points[i] - left), 0.1 * clientHeight + scale * (points[i + 1] - top),
                         points[i + 2]]);
            stroke = points[i + 3] ? null : stroke;
        }
        this.field.value = text;
        this.goOn();
    }

    redraw() {
        const ratio = Math.min(window.devicePixelRatio || 1, 2), {clientWidth, clientHeight} = this.canvas;
        this.canvas.width = clientWidth * ratio;
        this.canvas.height = clientHeight * ratio;
        const page = this.page = this.canvas.getContext('2d');
        page.scale(ratio, ratio);
        page.lineCap = page.lineJoin = 'round';
        this.showGhost(page, clientWidth, clientHeight);
        page.lineWidth = 2.5;
        page.strokeStyle = '#1d2733';
        for (const stroke of this.strokes)
            stroke.forEach((point, i) => i > 0 && this.ink(stroke[i - 1], point));
    }

    // A line to write on, and the text on it as another would write it: its baseline is at 0.
    showGhost(page, width, height) {
        const [left, top, wide, high] = this.frame, down = 0.62 * height;
        const scale = Math.min(0.96 * width / wide, 0.58 * height / -top, 0.36 * height / (top + high));
        page.strokeStyle = '#c3d0e2';
        page.lineWidth = 1;
        page.beginPath();
        page.moveTo(0, down);
        page.lineTo(width, down);
        page.stroke();
        if (this.text != this.offered)
            return;
        page.save();
        page.translate(0.02 * width - left * scale, down);
        page.scale(scale, scale);
        page.lineWidth = 2 / scale;
        page.strokeStyle = '#dfe5ee';
        page.stroke(this.ghost);
        page.restore();
    }

    ink(from, to) {
        this.page.beginPath();
        this.page.moveTo(from[0], from[1]);
        this.page.lineTo(to[0], to[1]);
        this.page.stroke();
    }

    // ---- the pen ----------------------------------------------------------------------------------

    at(event) {
        const box = this.canvas.getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top, event.timeStamp / 1000];
    }

    press(event) {
        if (this.drawing || event.button > 0)
            return;
        event.preventDefault();
        clearTimeout(this.reading);
        this.canvas.setPointerCapture(event.pointerId);
        this.drawing = {pointer: event.pointerId, points: [this.at(event)]};
        this.strokes.push(this.drawing.points);
    }

    move(event) {
        if (this.drawing?.pointer != event.pointerId)
            return;
        const events = event.getCoalescedEvents?.() ?? [];
        for (const one of events.length ? events : [event]) {
            const {points} = this.drawing, last = points[points.length - 1], next = this.at(one);
            if (next[2] <= last[2])
                continue;
            points.push(next);
            this.ink(last, next);
        }
    }

    // A palm or another finger that leaves the paper does not end the stroke.
    release(event) {
        if (this.drawing?.pointer == event.pointerId)
            this.lift();
    }

    lift() {
        this.drawing = null;
        clearTimeout(this.reading);
        this.reading = setTimeout(() => this.tellWhatIsRead(), PAUSE);
    }

    async tellWhatIsRead() {
        const {points} = this;
        if (points.length / 4 < LEAST)
            return;
        const {text} = await this.read(points).catch(() => ({}));
        if (text !== undefined && points.length == this.points.length)
            this.told.textContent = text ? `Read as: ${text}` : 'Nothing can be read here yet';
    }
}

// Strokes of [x, y, seconds] at even intervals, as x, y, seconds from the first, end of stroke.
function resample(strokes) {
    const points = [];
    let start = null, late = 0;
    for (const stroke of strokes) {
        start ??= stroke[0][2];
        const first = stroke[0][2], last = stroke[stroke.length - 1][2];
        const steps = Math.max(1, Math.round((last - first) / INTERVAL));
        for (let i = 0, k = 0; i <= steps; i++) {
            const time = first + (last - first) * i / steps;
            while (k + 2 < stroke.length && stroke[k + 1][2] < time)
                k++;
            const a = stroke[k], b = stroke[Math.min(k + 1, stroke.length - 1)];
            const share = b[2] > a[2] ? Math.min(1, Math.max(0, (time - a[2]) / (b[2] - a[2]))) : 0;
            points.push(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]),
                        Math.max(late, time - start), i == steps ? 1 : 0);
            late = Math.max(late, time - start);
        }
    }
    return points;
}
