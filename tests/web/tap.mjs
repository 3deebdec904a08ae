// Cases of a test, told as TAP; all are run, and the exit code says whether all passed.
const cases = [];

// A third argument of the program is a pattern: only cases whose names fit are run.
const wanted = new RegExp(process.argv[4] ?? '');

export const test = (name, run, alone = false) => wanted.test(name) && cases.push({name, run, alone});
// A case that measures: no other runs beside it.
export const testAlone = (name, run) => test(name, run, true);

export function check(holds, said) {
    if (!holds)
        throw new Error(said);
}

let failed = 0, told = 0;
async function runCase({name, run}) {
    const start = Date.now();
    const tell = (what, more = '') => console.log(`${what} ${++told} - ${name}${more}`);
    try {
        await run();
        tell('ok', ` # ${((Date.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
        failed++;
        tell('not ok');
        console.log(String(error.stack ?? error).replace(/^/gm, '# '));
    }
}

// So many at the same time.
export async function runAll(lanes = 1) {
    const together = cases.filter(({alone}) => !alone);
    const runThem = async () => {
        for (let next; (next = together.shift());)
            await runCase(next);
    };
    console.log(`1..${cases.length}`);
    await Promise.all(Array.from({length: lanes}, runThem));
    for (const one of cases.filter(({alone}) => alone))
        await runCase(one);
    process.exitCode = failed ? 1 : 0;
}
