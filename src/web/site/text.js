// The text and its mirror: a copy below the field in which the letter that the pen writes is marked,
// and words that may be misread are underlined.

export class Mirror {
    constructor(field, mirror) {
        Object.assign(this, {field, mirror, marked: null, doubts: []});
        field.addEventListener('scroll', () => mirror.scrollTop = field.scrollTop);
    }

    // Marks the text from..to, or nothing.
    mark(from, to) {
        const key = from === null ? '' : from + ' ' + to;
        if (key == this.marked)
            return;
        this.marked = key;
        this.show(from, to);
    }

    setDoubts(doubts) {
        if (JSON.stringify(doubts) == JSON.stringify(this.doubts))
            return;
        this.doubts = doubts;
        this.marked = null;
    }

    show(from, to) {
        const text = this.field.value, ends = [];
        for (const [a, b] of this.doubts)
            ends.push({from: a, to: b, tag: 'u'});
        if (from !== null && to > from)
            ends.push({from, to, tag: 'mark'});
        ends.sort((a, b) => a.from - b.from || b.to - a.to);
        const pieces = [];
        let at = 0;
        for (const part of ends) {
            if (part.from < at && part.tag == 'u')
                continue;
            if (part.from < at) { // the mark is inside a doubtful word: the mark is what is seen
                const before = pieces.pop();
                const start = at - before.textContent.length;
                pieces.push(piece('u', text.slice(start, part.from)));
                pieces.push(piece('mark', text.slice(part.from, part.to)));
                pieces.push(piece('u', text.slice(part.to, at)));
                continue;
            }
            pieces.push(document.createTextNode(text.slice(at, part.from)));
            pieces.push(piece(part.tag, text.slice(part.from, part.to)));
            at = part.to;
        }
        pieces.push(document.createTextNode(text.slice(at) + '\n'));
        this.mirror.replaceChildren(...pieces);
        this.mirror.scrollTop = this.field.scrollTop;
    }
}

function piece(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
}
