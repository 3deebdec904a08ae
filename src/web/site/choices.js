// What is asked of the page besides text and hand: sliders, and tiles of ink, paper and lines.

const by = id => document.getElementById(id);
export const SPEEDS = [0.5, 1, 2, 4, 8, Infinity];
const INKS = {black: '#101010', blue: '#20409a', red: '#b3202a', green: '#1f6b3a', brown: '#5b3a1e', white: '#f4f1ea'};
const PAPERS = {white: ['#ffffff', '#b7c7dd'], cream: ['#fbf3df', '#c9bfa4'], dark: ['#23262d', '#4a5262']};
const RULINGS = ['plain', 'ruled', 'squared'];
const FIRST_BASELINE = 11; // mm, of rows that are 8 mm apart

const words = {
    bias: value => Number(value).toFixed(1),
    speed: value => SPEEDS[value] == Infinity ? 'at once' : `${SPEEDS[value]} times`,
    pen: value => `${Number(value).toFixed(1)} mm`,
    width: value => `${value} mm`,
};

// A choice among others that are called `name`, as a tile with what is `inside`, one or more, or its label.
export function tile(name, value, label, inside, chosen) {
    const box = document.createElement('label'), input = document.createElement('input');
    const seen = document.createElement('span');
    box.className = 'choice';
    Object.assign(input, {type: 'radio', name, value});
    input.setAttribute('aria-label', label);
    seen.append(...[inside ?? label].flat());
    box.append(input, seen);
    input.onchange = () => chosen(value);
    return box;
}

// `asked` is the page's; `changed` hears which of its members is another, and `begun` whether what is
// written has to be another for it: a slider says so when it is let go.
export class Choices {
    constructor(asked, {changed, begun}) {
        Object.assign(this, {asked, changed});
        for (const name of ['bias', 'speed', 'pen', 'width', 'seed']) {
            by(name).oninput = () => this.slide(name);
            if (['bias', 'width', 'seed'].includes(name))
                by(name).onchange = begun;
        }
        for (const [name, colour] of Object.entries(INKS)) {
            const dot = document.createElement('i');
            dot.className = 'dot';
            dot.style.background = colour;
            by('inks').append(this.tile('ink', name, name + ' ink', dot));
        }
        for (const name of Object.keys(PAPERS))
            by('papers').append(this.tile('paper', name, name));
        RULINGS.forEach((name, i) => by('rulings').append(this.tile('ruling', i, name)));
    }

    tile(name, value, label, inside) {
        return tile(name, value, label, inside, () => {
            this.asked[name] = value;
            if (name == 'paper')
                this.suitInk();
            this.changed(name);
        });
    }

    slide(name) {
        const value = Number(by(name).value);
        if (by(name).value === '' || !Number.isFinite(value) || value < 0)
            return;
        this.asked[name] = name == 'seed' ? Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER) : value;
        this.tell(name);
        this.changed(name);
    }

    // Ink that would not be seen on this paper gives way to one that is.
    suitInk() {
        const {asked} = this;
        if (asked.paper == 'dark' ? asked.ink == 'white' : asked.ink != 'white')
            return;
        asked.ink = asked.paper == 'dark' ? 'white' : 'black';
        this.show();
    }

    tell(name) {
        const output = by(name).parentElement.querySelector('output');
        if (output)
            output.textContent = words[name](this.asked[name]);
        if (name == 'speed')
            by(name).setAttribute('aria-valuetext', words.speed(this.asked.speed));
    }

    // All as `asked` has it.
    show() {
        for (const name of ['bias', 'speed', 'pen', 'width', 'seed']) {
            by(name).value = this.asked[name];
            this.tell(name);
        }
        for (const input of document.querySelectorAll('.choice input'))
            input.checked = String(this.asked[input.name]) == input.value;
    }

    // How the sheet looks, and how the library is told so.
    get look() {
        const {asked} = this, [paper, rule] = PAPERS[asked.paper];
        return {pen: asked.pen, ink: INKS[asked.ink], sheet: paper, rule, ruling: asked.ruling,
                first: FIRST_BASELINE};
    }

    get saved() {
        const {pen, ink, sheet, ruling} = this.look, hex = colour => parseInt(colour.slice(1), 16);
        return {pen, ink: hex(ink), paper: hex(sheet), ruling};
    }
}
