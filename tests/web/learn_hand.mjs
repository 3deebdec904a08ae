// A .hand file for tests, which the program `longhand` learns in two steps from what it wrote in an
// installed hand: nothing like that hand any more, and nothing like none. It goes when the test ends.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longhand-learn-'));
process.on('exit', () => fs.rmSync(folder, {recursive: true}));

// A line that the program writes in a style: a file of JSON lines.
export function writeLine(longhand, style, text = 'a line of words') {
    const line = path.join(folder, `${style}.jsonl`);
    execFileSync(longhand, ['write', '--style', style, '--seed', '3', '--format', 'jsonl', '-o', line, text]);
    return line;
}

export function learnHand(longhand, style, steps = 2) {
    const file = path.join(folder, `${style}.hand`);
    execFileSync(longhand, ['hand', writeLine(longhand, style), '-o', file, '--steps', String(steps)], {stdio: 'ignore'});
    return file;
}

// Bytes as a file.
export function keepHand(name, bytes) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, bytes);
    return file;
}
