// A part of the library as an object: calls into a module of WebAssembly, with strings, arrays, files and
// errors as JavaScript has them. What it gives is copied out of the module's memory.

export class Library {
    // `library` is what a module made, whose functions are called _PREFIX_...
    constructor(library, prefix) {
        Object.assign(this, {library, prefix});
        this.at = library[`_${prefix}_new`]();
    }

    fail() {
        throw new Error(this.text('error'));
    }

    // Calls PREFIX_NAME with numbers and strings.
    call(name, ...given) {
        return this.withStrings(given, (...numbers) => this.library[`_${this.prefix}_${name}`](this.at, ...numbers));
    }

    // Calls `run` with what is given, strings as addresses of copies.
    withStrings(given, run) {
        const kept = [];
        const numbers = given.map(value => {
            if (typeof value != 'string')
                return value;
            const bytes = this.library.lengthBytesUTF8(value) + 1;
            const copy = this.library._malloc(bytes);
            this.library.stringToUTF8(value, copy, bytes);
            kept.push(copy);
            return copy;
        });
        try {
            return run(...numbers);
        } finally {
            kept.forEach(copy => this.library._free(copy));
        }
    }

    // The same of a function that can fail.
    ask(name, ...given) {
        return this.call(name, ...given) || this.fail();
    }

    text(name, ...given) {
        return this.library.UTF8ToString(this.call(name, ...given));
    }

    // The library's memory, which moves when it grows.
    get bytes() {
        return this.library.HEAPU8.buffer;
    }

    // Calls `run` with the address of a copy of numbers.
    withFloats(numbers, run) {
        const copy = this.library._malloc(4 * numbers.length + 4);
        new Float32Array(this.bytes, copy, numbers.length).set(numbers);
        try {
            return run(copy);
        } finally {
            this.library._free(copy);
        }
    }

    // ---- files ------------------------------------------------------------------------------------

    // Lays bytes down as a file that the library can open.
    putFile(name, bytes) {
        const at = this.withStrings([name], address => this.library._files_put(address, bytes.length));
        if (!at)
            throw new Error(`no memory for ${name}`);
        new Uint8Array(this.bytes, at, bytes.length).set(bytes);
    }

    // Gives the bytes of a file to PREFIX_take_WHAT; messages call it by `name`.
    takeFile(what, name, bytes, ...more) {
        this.putFile(name, bytes);
        try {
            this.ask('take_' + what, name, ...more);
        } finally {
            this.withStrings([name], at => this.library._files_drop(at));
        }
    }

    // Those that are there, as {name, bytes}.
    get files() {
        const {library} = this, files = [];
        for (let i = 0; i < library._files_most(); i++)
            if (library._files_name(i))
                files.push({name: library.UTF8ToString(library._files_name(i)),
                            bytes: new Uint8Array(this.bytes, library._files_data(i), library._files_size(i)).slice()});
        return files;
    }
}
