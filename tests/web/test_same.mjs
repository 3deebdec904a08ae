// test_same.mjs SITE LONGHAND: the page's ink is that of `longhand write`, to a few hundredths of a
// millimetre: sums are made in another order by other vectors, and what is drawn at random from them may
// part by the last bits.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {openEngine} from '../../tools/browser/node_engine.mjs';
import {check, runAll, test} from './tap.mjs';

const [site, longhand] = process.argv.slice(2);
const MOST = 0.05; // mm

function readRows(text) {
    return text.trim().split('\n').map(row => JSON.parse(row));
}

// The largest way between a point here and there, mm.
function difference(here, there) {
    check(here.length == there.length, `${here.length} rows, not ${there.length}`);
    let most = 0;
    here.forEach((row, i) => {
        const other = there[i];
        check(row.text == other.text && row.strokes.length == other.strokes.length,
              `row ${i + 1}: '${row.text}' of ${row.strokes.length} strokes, not '${other.text}' of ` +
              other.strokes.length);
        row.strokes.forEach((stroke, k) => {
            check(stroke.length == other.strokes[k].length, `row ${i + 1}: another stroke ${k + 1}`);
            stroke.forEach(([u, v], at) => {
                const [a, b] = other.strokes[k][at];
                most = Math.max(most, Math.hypot(row.x + row.scale * u - other.x - other.scale * a,
                                                 row.y + row.scale * v - other.y - other.scale * b));
            });
        });
    });
    return most;
}

function same(text, hand, seed, bias, width) {
    test(`'${text.slice(0, 20)}...' in ${hand}, seed ${seed}, bias ${bias} is the ink of longhand write`, async () => {
        const engine = await openEngine(site);
        const {points, ...kept} = JSON.parse(fs.readFileSync(path.join(site, 'hands', hand + '.json')));
        engine.takeHand({...kept, points: points.map((value, i) => i % 4 == 2 ? value / 1000 : value)});
        engine.begin({hand, seed, bias, width, pitch: 8});
        engine.giveText(text, true);
        while (engine.behind)
            engine.write();
        const here = readRows(new TextDecoder().decode(engine.save('jsonl')));
        const there = readRows(execFileSync(longhand, ['write', '--style', hand, '--seed', String(seed), '--bias',
            String(bias), '--width', String(width), '--format', 'jsonl', '-o', '-', text], {encoding: 'utf8'}));
        const most = difference(here, there);
        console.log(`# ${most.toFixed(4)} mm at most`);
        check(most <= MOST, `${most} mm`);
    });
}

same('The quick brown fox jumps over the lazy dog.', 'felix', 7, 1, 170);
same('Dear Anna, it rained all week, and on Sunday the sun came out.\n\n- milk\n- two eggs', 'anna', 3, 0.5, 90);
same('Caf\u00e9 M\u00fcller \u2014 100 % \u201cfresh\u201d coffee, 3 for 7', 'nils', 12, 2, 120);

await runAll();
