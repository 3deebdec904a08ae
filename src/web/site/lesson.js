// What learns a hand, as an object over learn.wasm.
import {Library} from './library.js';

export class Lesson extends Library {
    // `make` is what learn.js exports, `binary` the bytes of learn.wasm; `told` hears of each step.
    static async start(make, binary, told = () => {}) {
        return new Lesson(await make({wasmBinary: binary, onStep: told}), 'learn');
    }

    takeModel(bytes) {
        this.takeFile('model', 'longhand.safetensors', bytes);
    }

    takeReader(bytes) {
        this.takeFile('reader', 'reader.safetensors', bytes);
    }

    // The texts that are offered to be written.
    get sentences() {
        const texts = [];
        for (let text; (text = this.text('sentence', texts.length));)
            texts.push(text);
        return texts;
    }

    // Rows of {text, points}: numbers x, y (down, in any unit), seconds, end of stroke of each point.
    takeRows(rows) {
        this.call('clear');
        for (const {text, points} of rows)
            this.withFloats(points, copy => this.ask('add_row', text, copy, points.length / 4));
    }

    // What stands in a row.
    read(points) {
        this.takeRows([{text: '', points}]);
        return this.library.UTF8ToString(this.ask('read', 0));
    }

    // The bytes of a .hand file, learnt from rows that are found to say their texts.
    learn(rows) {
        this.takeRows(rows);
        this.ask('check');
        this.ask('hand', 'learnt.hand');
        return this.files.find(({name}) => name == 'learnt.hand').bytes;
    }
}
