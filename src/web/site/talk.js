// The page's side of the talk with a worker: what is asked, and what comes back.

export class Talk {
    // `heard` has a function for each kind of message; `fits` says whether one still concerns anybody.
    constructor(heard, fits) {
        Object.assign(this, {heard, fits, pending: new Map(), last: 0, lack: 'The network is not here yet.'});
    }

    // `file` is the worker's; `broken` hears why there can be none.
    start(file, broken) {
        this.worker = new Worker(file, {type: 'module'});
        this.worker.onmessage = ({data}) => this.hear(data);
        this.worker.onerror = event => {
            this.stop(event.message || 'The network could not be started.');
            broken(this.lack);
        };
    }

    // Ends the worker, whatever it is at. What was asked of it fails, and what will be asked until there is one
    // again, for this reason.
    stop(lack = 'It was stopped.') {
        this.worker?.terminate();
        this.worker = null;
        this.lack = lack;
        this.pending.forEach(({fail}) => fail(new Error(lack)));
        this.pending.clear();
    }

    // Before the worker is there nobody is asked. Buffers in `given` become the worker's.
    tell(what, more, given = []) {
        this.worker?.postMessage({what, ...more}, given);
    }

    // The same of what is answered: gives the answer, or fails as the worker did, or as there is none.
    async ask(what, more) {
        if (!this.worker)
            throw new Error(this.lack);
        const id = ++this.last;
        this.tell(what, {...more, id});
        return new Promise((done, fail) => this.pending.set(id, {done, fail}));
    }

    hear(data) {
        const waiting = this.pending.get(data.id);
        this.pending.delete(data.id);
        if (waiting)
            data.what == 'failed' ? waiting.fail(new Error(data.message)) : waiting.done(data);
        else if (this.fits(data))
            this.heard[data.what](data);
    }
}
