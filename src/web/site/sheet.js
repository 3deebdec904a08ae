// The sheet: rows of ink that a pen draws at the pace of a hand, in a window that scrolls over them.
// It knows nothing of networks: rows come, with the seconds at which each point was reached.

const LIFT = 0.3;          // seconds from a row to the next
const MARGIN = 6;          // mm of paper around
const LEFT_ALONE = 4000;   // ms for which the sheet does not follow the pen when somebody scrolled

export class Sheet {
    constructor(desk, paper, ink, above) {
        Object.assign(this, {desk, paper, ink, above});
        this.rows = [];
        this.millimetres = 180;
        this.look = {pen: 0.5, ink: '#101010', sheet: '#ffffff', ruling: 0, pitch: 8};
        this.speed = 1;
        this.paused = false;
        this.scrolled = -LEFT_ALONE;
        this.reset();
        new ResizeObserver(() => this.fit()).observe(desk);
        desk.addEventListener('scroll', () => this.redraw());
        for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
            desk.addEventListener(kind, () => this.scrolled = performance.now(), {passive: true});
        this.fit();
    }

    // ---- what there is ----------------------------------------------------------------------------

    reset() {
        this.rows = [];
        this.clock = 0;       // seconds of writing that are drawn
        this.row = 0;         // where the pen is: behind point `point` of this row
        this.point = 0;
        this.moment = null;
        this.time();
    }

    // Rows as the worker posts them; what the pen has drawn already stays drawn.
    take(count, changed) {
        const {row, point} = this;
        let same = count > row;
        for (const {index, row: next} of changed) {
            const old = this.rows[index];
            if (old && (index < row || (index == row && point > 0)))
                same = same && startsAlike(old.points, next.points, index < row ? Infinity : point);
            this.rows[index] = next;
        }
        const shorter = this.rows.length > count;
        this.rows.length = count;
        this.time();
        if (!same && (changed.some(({index}) => index <= row) || shorter))
            this.goBack(changed.length ? Math.min(...changed.map(({index}) => index)) : count);
        else if (row < this.rows.length)
            this.clock = Math.max(this.clock, this.timeOf(row, point));
        this.fitPaper();
        if (changed.some(({index}) => index <= this.row) || shorter)
            this.redraw();
    }

    // When each row begins, and how many points there are before it.
    time() {
        let at = 0, points = 0;
        for (const row of this.rows) {
            const count = row.points.length / 4;
            row.begins = at;
            row.before = points;
            row.ends = at + (count ? row.points[4 * count - 2] : 0);
            at = row.ends + LIFT;
            points += count;
        }
        this.end = this.rows.length ? at - LIFT : 0;
        this.points = points;
    }

    timeOf(row, point) {
        const at = this.rows[row];
        return at && point > 0 ? at.begins + at.points[4 * point - 2] : at ? at.begins : this.end;
    }

    // Something that was drawn is other ink now: the pen goes back to where rows are as they were.
    goBack(row) {
        this.row = Math.min(row, this.rows.length);
        this.point = 0;
        this.clock = this.timeOf(this.row, 0);
    }

    get drawnPoints() {
        const row = this.rows[this.row];
        return row ? row.before + this.point : this.points ?? 0;
    }

    get done() {
        return this.row >= this.rows.length;
    }

    // ---- sizes ------------------------------------------------------------------------------------

    fit() {
        const width = this.desk.clientWidth, height = this.desk.clientHeight;
        this.ratio = Math.min(window.devicePixelRatio || 1, 2);
        for (const canvas of [this.ink, this.above]) {
            canvas.width = Math.round(width * this.ratio);
            canvas.height = Math.round(height * this.ratio);
            canvas.style.height = height + 'px';
        }
        this.paper.style.setProperty('--high', height + 'px');
        this.fitPaper();
        this.redraw();
    }

    // mm that the sheet is wide; rows are narrower by the margins.
    setWidth(millimetres) {
        this.millimetres = millimetres;
        this.fit();
    }

    get pixels() { // CSS pixels in a millimetre
        return this.desk.clientWidth / this.millimetres;
    }

    fitPaper() {
        const last = this.rows[this.rows.length - 1];
        const high = ((last ? last.y : 0) + 2 * this.look.pitch) * this.pixels;
        this.paper.style.height = Math.max(high, this.desk.clientHeight) + 'px';
    }

    setLook(look) {
        Object.assign(this.look, look);
        this.desk.style.setProperty('--sheet', this.look.sheet);
        this.redraw();
    }

    // ---- drawing ----------------------------------------------------------------------------------

    context(canvas) {
        const context = canvas.getContext('2d');
        const scale = this.pixels * this.ratio;
        context.setTransform(scale, 0, 0, scale, 0, -this.desk.scrollTop * this.ratio);
        return context;
    }

    setPen(context, row) {
        const own = row.colour != 0x101010;
        context.strokeStyle = context.fillStyle =
            own ? '#' + row.colour.toString(16).padStart(6, '0') : this.look.ink;
        context.lineWidth = this.look.pen;
        context.lineCap = context.lineJoin = 'round';
    }

    redraw() {
        const context = this.ink.getContext('2d');
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, this.ink.width, this.ink.height);
        const page = this.context(this.ink);
        const top = this.desk.scrollTop / this.pixels;
        const bottom = top + this.desk.clientHeight / this.pixels;
        drawRuling(page, this.look, this.millimetres, top, bottom);
        this.rows.forEach((row, index) => {
            if (index > this.row || row.y < top - 2 * this.look.pitch ||
                row.y > bottom + 2 * this.look.pitch)
                return;
            this.setPen(page, row);
            drawPoints(page, row, 0, index < this.row ? row.points.length / 4 : this.point);
            this.markDoubt(page, row, index < this.row ? Infinity : this.point);
        });
        this.showPen();
    }

    // A line below words that may be misread, once they are written.
    markDoubt(context, row, to) {
        for (const word of row.doubts ?? []) {
            if (word.to > to)
                continue;
            context.save();
            context.strokeStyle = '#c0392b';
            context.lineWidth = 0.35;
            context.setLineDash([0.9, 0.9]);
            context.beginPath();
            context.moveTo(word.left, row.y + 0.28 * this.look.pitch);
            context.lineTo(word.right, row.y + 0.28 * this.look.pitch);
            context.stroke();
            context.restore();
        }
    }

    // The tip of the pen, on a layer of its own.
    showPen() {
        const context = this.above.getContext('2d');
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, this.above.width, this.above.height);
        const row = this.moment?.row ?? this.rows[this.row];
        const point = this.moment ? this.moment.point : this.point - 1;
        if (!row || point < 0)
            return;
        const page = this.context(this.above);
        page.fillStyle = this.moment ? '#c0392b' : '#e07b39';
        page.globalAlpha = 0.85;
        page.beginPath();
        page.arc(row.x + row.scale * row.points[4 * point],
                 row.y + row.scale * row.points[4 * point + 1], Math.max(0.6, this.look.pen), 0, 7);
        page.fill();
    }

    // A moment that is looked at, which is not the pen's; null: none is.
    showMoment(place) {
        this.moment = place;
        this.showPen();
    }

    // Moves the pen on by `seconds` of writing; says whether it moved.
    advance(seconds) {
        if (this.paused || this.done)
            return false;
        this.clock = Math.min(this.end, this.clock + seconds);
        const page = this.context(this.ink);
        let moved = false;
        while (!this.done) {
            const row = this.rows[this.row], count = row.points.length / 4;
            let to = this.point;
            while (to < count && row.begins + row.points[4 * to + 2] <= this.clock + 1e-6)
                to++;
            if (to > this.point) {
                this.setPen(page, row);
                drawPoints(page, row, this.point, to);
                this.point = to;
                this.markDoubt(page, row, to);
                moved = true;
            }
            // The last row may go on yet: the pen stays at its end.
            if (this.point < count || this.row + 1 == this.rows.length)
                break;
            if (this.rows[this.row + 1].begins > this.clock)
                break;
            this.row++;
            this.point = 0;
        }
        this.follow();
        this.showPen();
        return moved;
    }

    // No more comes: the last row is done when its points are.
    get resting() {
        const row = this.rows[this.row];
        return !row || (this.row + 1 == this.rows.length && this.point == row.points.length / 4);
    }

    // Scrolls to where the pen is, unless somebody looks elsewhere.
    follow() {
        const row = this.rows[this.row];
        if (!row || performance.now() - this.scrolled < LEFT_ALONE)
            return;
        const y = row.y * this.pixels, height = this.desk.clientHeight;
        if (y > this.desk.scrollTop + height - 1.5 * this.look.pitch * this.pixels ||
            y < this.desk.scrollTop)
            this.desk.scrollTop = Math.max(0, y - height / 2);
    }
}

function startsAlike(a, b, count) {
    const end = Math.min(4 * count, a.length);
    if (b.length < end)
        return false;
    for (let i = 0; i < end; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

// Draws points from..to-1 of a row: curves through the middles between points, so that pieces that
// are drawn one after the other look as drawn at once.
export function drawPoints(context, row, from, to) {
    const {points, x, y, scale} = row;
    const px = i => x + scale * points[4 * i], py = i => y + scale * points[4 * i + 1];
    context.beginPath();
    let dots = null;
    for (let i = from; i < to; i++) {
        const first = i == 0 || points[4 * i - 1] > 0, last = points[4 * i + 3] > 0;
        if (first && last) {
            (dots ??= new Path2D()).arc(px(i), py(i), context.lineWidth / 2, 0, 7);
            dots.closePath();
            continue;
        }
        if (first)
            continue;
        const second = i == 1 || points[4 * i - 5] > 0;
        const mx = (px(i - 1) + px(i)) / 2, my = (py(i - 1) + py(i)) / 2;
        if (second) {
            context.moveTo(px(i - 1), py(i - 1));
            context.lineTo(mx, my);
        } else {
            context.moveTo((px(i - 2) + px(i - 1)) / 2, (py(i - 2) + py(i - 1)) / 2);
            context.quadraticCurveTo(px(i - 1), py(i - 1), mx, my);
        }
        if (last)
            context.lineTo(px(i), py(i));
    }
    context.stroke();
    if (dots)
        context.fill(dots);
}

// Lines or squares of the paper between two heights, as page.h rules them.
export function drawRuling(context, look, width, top, bottom) {
    if (!look.ruling)
        return;
    const step = look.ruling == 2 ? look.pitch / 2 : look.pitch;
    const first = look.first ?? 0;
    context.strokeStyle = look.rule ?? '#9db4d0';
    context.lineWidth = 0.15;
    context.beginPath();
    for (let y = first + step * Math.ceil((top - first) / step); y < bottom; y += step) {
        context.moveTo(0, y);
        context.lineTo(width, y);
    }
    for (let x = MARGIN - 1; look.ruling == 2 && x < width; x += step) {
        context.moveTo(x, top);
        context.lineTo(x, bottom);
    }
    context.stroke();
}
