// Cases of a test, told as TAP, one after the other; all are run, and the exit code says whether all passed.
const cases = [];

// A third argument of the program is a pattern: only cases whose names fit are run.
const wanted = new RegExp(process.argv[4] ?? '');

export const test = (name, run) => wanted.test(name) && cases.push({name, run});

export function check(holds, said) {
    if (!holds)
        throw new Error(said);
}

export async function runAll() {
    let failed = 0;
    console.log(`1..${cases.length}`);
    for (const [i, {name, run}] of cases.entries())
        try {
            await run();
            console.log(`ok ${i + 1} - ${name}`);
        } catch (error) {
            failed++;
            console.log(`not ok ${i + 1} - ${name}`);
            console.log(String(error.stack ?? error).replace(/^/gm, '# '));
        }
    process.exitCode = failed ? 1 : 0;
}
