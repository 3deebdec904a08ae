// What is known of the ink besides how it looks: where its letters stand in the text, and which words
// may be misread.

export class Marks {
    constructor() {
        this.reset();
    }

    reset() {
        this.passages = [];
        this.letters = []; // of each passage, the character that each point is of
    }

    // Of each passage what is new: its words behind the first `same`, and its places if the text is another.
    takePassages(news) {
        this.passages = news.map(({text, same, words, places}, i) => {
            const before = this.passages[i];
            return {...before, ...places, text, words: [...before?.words.slice(0, same) ?? [], ...words]};
        });
        this.letters.length = news.length;
    }

    takeSteps({passage, from, characters}) {
        const own = this.letters[passage] ??= [];
        own.length = Math.min(own.length, from);
        for (const character of characters)
            own.push(character);
    }

    textOf(passage) {
        return this.passages[passage]?.text ?? '';
    }

    // Point `point` of a row as one of its passage.
    pointOf(row, point) {
        return (this.passages[row.passage]?.words[row.first]?.point ?? 0) + point;
    }

    // From where to where in the text the letter stands that a point of a passage is of; null: in no place.
    letterAt(passage, point) {
        const at = this.letters[passage]?.[point], {from, to} = this.passages[passage] ?? {};
        return at >= 0 && at < from?.length ? [from[at], to[at]] : null;
    }

    // The same of all words that may be misread.
    get doubts() {
        return this.passages.flatMap(({words, from, to}) => words.filter(isDoubtful).map(
            ({character, characters}) => [from[character], to[character + characters - 1]]));
    }

    // From where to where they stand in a row, mm, and behind which of its points they end.
    doubtsIn(row) {
        const said = this.passages[row.passage]?.words.slice(row.first, row.first + row.words) ?? [];
        return said.filter(isDoubtful).map(word => {
            const from = word.point - said[0].point, to = from + word.points;
            let left = Infinity, right = -Infinity;
            for (let i = from; i < to; i++) {
                const x = row.x + row.scale * row.points[4 * i];
                [left, right] = [Math.min(left, x), Math.max(right, x)];
            }
            return {left, right, to};
        });
    }
}

const isDoubtful = word => word.doubtful || word.flawed;
