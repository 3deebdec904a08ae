// The hands to choose from, as tiles: those that come with the page, one that is another for each seed, and
// the visitor's, learnt here or opened from .hand files, which the browser keeps.
import {tile} from './choices.js';
import {dropHand, keepHand, keptHands, keptRow} from './kept.js';
import {download} from './save.js';

const by = id => document.getElementById(id);
const FILE_MOST = 300000; // bytes of a .hand file: LH_HAND_FILE_MAX of the library
const ENDING = '.hand';   // of the visitor's names, so that no other hand is called so

const nameOf = name => name.endsWith(ENDING) ? name : name + ENDING;
const stemOf = name => name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : name;

export class Hands {
    // `all` are those of files.json; `tell` tells the worker, and `ask` gives its answer; `choose` takes the name of one that
    // is to be written in, `attempt` work that may fail, and `complain` what the visitor has to know; `rest`
    // ends the worker for as long as a hand is learnt, and `wake` starts it again.
    constructor({all, tell, ask, choose, attempt, complain, rest, wake}) {
        Object.assign(this, {all, tell, ask, choose, attempt, complain, rest, wake, kept: [], chosen: null});
        by('hand-file').onchange = () => attempt(async () => {
            const files = [...by('hand-file').files];
            by('hand-file').value = ''; // so that the same may be chosen again
            await this.openAll(files);
        });
        by('mine-rename').onclick = () => attempt(() => this.rename());
        by('mine-save').onclick = () => download(this.chosen.name, this.chosen.bytes, 'application/octet-stream');
        by('mine-delete').onclick = () => attempt(() => this.remove());
        listenForDrops(files => attempt(() => this.openAll(files)));
    }

    async recall() {
        this.kept = await keptHands();
    }

    knows(name) {
        return name == 'own' || [...this.all, ...this.kept].some(hand => hand.name == name);
    }

    // What is said to whoever wrote a row that no hand was learnt from yet.
    get waiting() {
        return keptRow() ? 'The row that you wrote here before is in “Your own”, for a hand to be learnt from it.' : '';
    }

    // What a link may be told that asks for a hand which is not here; otherwise nothing.
    missing(name) {
        if (this.knows(name))
            return '';
        return name.endsWith(ENDING)
            ? 'The link is of a hand on another computer; this is felix.' : 'There is no such hand; this is felix.';
    }

    // All of them, and what may be done with the one called `chosen`, if it is the visitor's.
    show(chosen) {
        const choose = name => this.choose(name);
        const tiles = [...this.all, ...this.kept].map(hand => tile('hand', hand.name, hand.name, sampleOf(hand), choose));
        tiles.splice(this.all.length, 0, tile('hand', 'own', 'another for each seed', 'by seed', choose));
        const draw = button('draw', 'Your own'), open = button('open', 'Open .hand');
        draw.onclick = () => this.attempt(() => this.draw());
        open.onclick = () => by('hand-file').click();
        by('tiles').replaceChildren(...tiles, draw, open);
        this.showChosen(chosen);
    }

    showChosen(name) {
        const before = this.chosen;
        this.chosen = this.kept.find(hand => hand.name == name) ?? null;
        by('mine').hidden = !this.chosen;
        if (this.chosen?.name != before?.name) // else somebody may be writing another there
            by('mine-name').value = this.chosen ? stemOf(name) : '';
    }

    // ---- the visitor's ----------------------------------------------------------------------------

    // Learns one from rows that the visitor writes; what that needs is fetched now.
    async draw() {
        if (!this.dialog) {
            const [{Draw}, rows] = await Promise.all([import('./draw.js'), fetch('rows.json').then(answer => answer.json())]);
            this.dialog = new Draw(by('drawing'), rows, {rest: this.rest, wake: this.wake,
                take: ({name, bytes}) => this.takeLearnt({name: nameOf(name), bytes}),
                isTaken: name => this.knows(nameOf(name))});
        }
        this.dialog.open(this.freeStem('my hand'));
    }

    // What a new hand may be called, without the ending.
    freeStem(stem) {
        let free = stem;
        for (let i = 2; this.knows(nameOf(free)); i++)
            free = `${stem} ${i}`;
        return free;
    }

    // Writes in a hand from now on, once the network took it; one of the same name goes, and the one called
    // `replaced`, when the browser has the new one.
    async take(hand, file = hand.name, replaced = null) {
        const {picture} = await this.ask('file', {name: hand.name, file, bytes: hand.bytes});
        if (replaced && !this.kept.some(other => other.name == replaced))
            return this.tell('drop', {name: hand.name}); // it was deleted meanwhile
        const row = {...hand, ...picture};
        this.kept = [...this.kept.filter(other => ![hand.name, replaced].includes(other.name)), row];
        const isKept = await keepHand(row);
        const renamed = replaced && replaced != hand.name;
        if (isKept && renamed)
            await dropHand(replaced);
        this.show(hand.name);
        this.choose(hand.name);
        if (renamed)
            this.tell('drop', {name: replaced});
        if (!isKept)
            this.tellNotKept(hand);
    }

    // The same of one that was learnt. Nobody could bring that back, so it is kept before anything is asked of
    // the network, which may be gone; it has no picture then. Gives whether the browser keeps it.
    async takeLearnt(hand) {
        const isKept = await keepHand(hand);
        this.kept = [...this.kept, hand];
        this.show(hand.name);
        this.choose(hand.name);
        this.attempt(() => this.take(hand, hand.name, hand.name)).then(() => isKept || this.tellNotKept(hand));
        return isKept;
    }

    tellNotKept({name}) {
        this.complain(`This browser does not keep “${stemOf(name)}”: it lasts only as long as this page is open. ` +
            '“Save .hand”, below the hands, saves it as a file, which can be opened here again.');
    }

    async rename() {
        const old = this.chosen, name = nameOf(by('mine-name').value.trim());
        if (name == old.name || name == ENDING)
            return;
        if (this.knows(name))
            throw new Error(`There is a hand called ${name} already.`);
        await this.take({name, bytes: old.bytes}, name, old.name);
    }

    async remove() {
        const {name} = this.chosen;
        this.kept = this.kept.filter(hand => hand.name != name);
        await dropHand(name);
        this.show('felix');
        this.choose('felix');
        this.tell('drop', {name});
    }

    async openAll(files) {
        for (const file of files)
            await this.open(file);
    }

    async open(file) {
        if (file.size > FILE_MOST)
            throw new Error(`${file.name}: is no .hand file: these have at most ${FILE_MOST} bytes`);
        const bytes = new Uint8Array(await file.arrayBuffer());
        await this.take({name: nameOf(file.name), bytes}, file.name);
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

// A word in a hand, and whose it is.
function sampleOf({name, path, box}) {
    const label = Object.assign(document.createElement('small'), {textContent: stemOf(name)});
    return path ? [picture(path, box), label] : [label];
}

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
