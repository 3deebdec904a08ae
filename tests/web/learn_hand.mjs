// A .hand file for tests, which the program `longhand` learns in two steps from what it wrote in an
// installed hand: nothing like that hand any more, and nothing like none. It goes when the test ends.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longhand-learn-'));
process.on('exit', () => fs.rmSync(folder, {recursive: true}));

export function learnHand(longhand, style) {
    const [line, file] = ['jsonl', 'hand'].map(ending => path.join(folder, `${style}.${ending}`));
    execFileSync(longhand, ['write', '--style', style, '--seed', '3', '--format', 'jsonl', '-o', line, 'a line of words']);
    execFileSync(longhand, ['hand', line, '-o', file, '--steps', '2'], {stdio: 'ignore'});
    return file;
}
