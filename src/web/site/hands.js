// The hands to choose from, as tiles: those that come with the page, one that is another for each seed,
// and the visitor's: drawn, which the browser keeps, or opened from .hand files, while the page is open.
import {OwnHand} from './own_hand.js';
import {tile} from './choices.js';

const by = id => document.getElementById(id);
const FILE_MOST = 300000; // bytes of a .hand file: LH_HAND_FILE_MAX of the library

export class Hands {
    // `all` are those of files.json; `ask` gives the worker's answer; `choose` takes the name of one that
    // is to be written in, and `attempt` work that may fail.
    constructor({all, ask, choose, attempt}) {
        Object.assign(this, {all, ask, choose, opened: [], drawn: recallDrawn()});
        this.dialog = new OwnHand(by('drawing'), hand => attempt(() => this.takeDrawn(hand)));
        by('hand-file').onchange = () => attempt(async () => {
            const files = [...by('hand-file').files];
            by('hand-file').value = ''; // so that the same may be chosen again
            await this.openAll(files);
        });
        listenForDrops(files => attempt(() => this.openAll(files)));
    }

    knows(name) {
        return this.all.some(hand => hand.name == name) || this.opened.includes(name) ||
            name == 'own' || (name == 'drawn' && Boolean(this.drawn));
    }

    // What a link may be told that asks for a hand which is not here; otherwise nothing.
    missing(name) {
        if (this.knows(name))
            return '';
        return name == 'drawn' || name.endsWith('.hand')
            ? 'The link is of a hand on another computer; this is felix.' : 'There is no such hand; this is felix.';
    }

    show() {
        const choose = name => this.choose(name);
        const tiles = this.all.map(({name, path, box}) => tile('hand', name, name, picture(path, box), choose));
        tiles.push(tile('hand', 'own', 'another for each seed', 'by seed', choose));
        if (this.drawn)
            tiles.push(tile('hand', 'drawn', 'your own', pictureOf(this.drawn), choose));
        for (const name of this.opened)
            tiles.push(tile('hand', name, name, null, choose));
        const draw = button('draw', this.drawn ? 'Draw again' : 'Your own');
        draw.onclick = () => this.dialog.open();
        const open = button('open', 'Open .hand');
        open.onclick = () => by('hand-file').click();
        by('tiles').replaceChildren(...tiles, draw, open);
    }

    // ---- the visitor's ----------------------------------------------------------------------------

    // Gives the worker the drawn hand that the browser kept.
    async giveDrawn() {
        if (this.drawn)
            await this.ask('hand', {hand: this.drawn});
    }

    async takeDrawn(hand) {
        this.drawn = (await this.ask('hand', {hand})).hand;
        try {
            localStorage.setItem('longhand-own', JSON.stringify(this.drawn));
        } catch {
            // No room, or not allowed: it lasts as long as the page.
        }
        this.show();
        this.choose('drawn');
    }

    async openAll(files) {
        for (const file of files)
            await this.open(file);
    }

    async open(file) {
        if (file.size > FILE_MOST)
            throw new Error(`${file.name}: is no .hand file: these have at most ${FILE_MOST} bytes`);
        const name = file.name.endsWith('.hand') ? file.name : file.name + '.hand';
        const bytes = new Uint8Array(await file.arrayBuffer());
        await this.ask('file', {name, file: file.name, bytes});
        if (!this.opened.includes(name))
            this.opened.push(name);
        this.show();
        this.choose(name);
    }
}

function recallDrawn() {
    try {
        const kept = JSON.parse(localStorage.getItem('longhand-own'));
        return kept?.points?.every?.(Number.isFinite) && typeof kept.text == 'string' ? kept : null;
    } catch {
        return null;
    }
}

// Files may be let fall anywhere; what else is dragged (words into the text) goes where it always does.
function listenForDrops(take) {
    const hasFiles = event => event.dataTransfer?.types.includes('Files');
    const show = over => document.body.classList.toggle('dropping', over);
    document.addEventListener('dragover', event => {
        if (!hasFiles(event))
            return;
        event.preventDefault();
        show(true);
    });
    document.addEventListener('dragleave', event => event.relatedTarget || show(false));
    document.addEventListener('drop', event => {
        if (!hasFiles(event))
            return;
        event.preventDefault();
        show(false);
        take([...event.dataTransfer.files]);
    });
}

function button(id, label) {
    const made = document.createElement('button');
    Object.assign(made, {type: 'button', id, textContent: label});
    return made;
}

// ---- pictures -------------------------------------------------------------------------------------

function picture(path, box) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', box);
    svg.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    line.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.append(line);
    return svg;
}

function pictureOf({points}) {
    let path = '', box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 4) {
        const x = Math.round(points[i]), y = Math.round(points[i + 1]);
        path += (i == 0 || points[i - 1] ? 'M' : 'L') + x + ' ' + y;
        box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
    }
    return picture(path, `${box[0] - 20} ${box[1] - 20} ${box[2] - box[0] + 40} ${box[3] - box[1] + 40}`);
}
