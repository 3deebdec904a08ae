// A hand of one's own, drawn with finger, pen or mouse. It gives {name, text, points, fit: true}:
// numbers x, y, seconds, end of stroke of each point, x and y in pixels; what becomes of it is the
// worker's. The network follows this ink before it writes, and goes on as it was written.

const INTERVAL = 0.015;    // seconds between points: the pace of the recordings that it learnt from
const LEAST = 60;          // points of ink that show a hand

export class OwnHand {
    constructor(dialog, take) {
        this.dialog = dialog;
        this.canvas = dialog.querySelector('#drawn');
        this.text = dialog.querySelector('#drawn-text');
        this.state = dialog.querySelector('#drawn-state');
        this.strokes = [];
        dialog.querySelector('#drawn-clear').onclick = () => this.clear();
        dialog.querySelector('#drawn-cancel').onclick = () => dialog.close();
        dialog.querySelector('#drawn-take').onclick = () => this.finish(take);
        this.canvas.onpointerdown = event => this.begin(event);
        this.canvas.onpointermove = event => this.move(event);
        this.canvas.onpointerup = this.canvas.onpointercancel = () => this.drawing = null;
    }

    open() {
        this.dialog.showModal();
        const ratio = Math.min(window.devicePixelRatio || 1, 2);
        this.canvas.width = this.canvas.clientWidth * ratio;
        this.canvas.height = this.canvas.clientHeight * ratio;
        const page = this.page = this.canvas.getContext('2d');
        page.scale(ratio, ratio);
        page.lineWidth = 3;
        page.lineCap = page.lineJoin = 'round';
        page.strokeStyle = '#1d2733';
        this.clear();
    }

    clear() {
        this.strokes = [];
        this.state.textContent = '';
        const {width, height} = this.canvas;
        this.page.clearRect(0, 0, width, height);
        const y = this.canvas.clientHeight * 0.65;
        this.page.save();
        this.page.strokeStyle = '#c3d0e2';
        this.page.lineWidth = 1;
        this.page.beginPath();
        this.page.moveTo(0, y);
        this.page.lineTo(width, y);
        this.page.stroke();
        this.page.restore();
    }

    at(event) {
        const box = this.canvas.getBoundingClientRect();
        return [event.clientX - box.left, event.clientY - box.top, event.timeStamp / 1000];
    }

    begin(event) {
        if (this.drawing || event.button > 0)
            return;
        event.preventDefault();
        this.canvas.setPointerCapture(event.pointerId);
        this.drawing = {pointer: event.pointerId, points: [this.at(event)]};
        this.strokes.push(this.drawing.points);
    }

    move(event) {
        if (this.drawing?.pointer != event.pointerId)
            return;
        const events = event.getCoalescedEvents?.() ?? [];
        for (const one of events.length ? events : [event]) {
            const points = this.drawing.points, last = points[points.length - 1];
            const next = this.at(one);
            if (next[2] <= last[2])
                continue;
            points.push(next);
            this.page.beginPath();
            this.page.moveTo(last[0], last[1]);
            this.page.lineTo(next[0], next[1]);
            this.page.stroke();
        }
    }

    finish(take) {
        const points = resample(this.strokes);
        if (points.length / 4 < LEAST) {
            this.state.textContent = 'That is too little ink to show a hand: please write the whole line.';
            return;
        }
        if (!this.text.value.trim()) {
            this.state.textContent = 'Please say what you wrote, in the field above.';
            return;
        }
        this.dialog.close();
        take({name: 'drawn', text: this.text.value.trim(), points, fit: true});
    }
}

// Strokes of [x, y, seconds] at even intervals, as x, y, seconds from the first, end of stroke.
export function resample(strokes) {
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
