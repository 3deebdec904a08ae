// What a sheet is, as the part of an address behind '#': it goes to no server.

const SEED_MOST = Number.MAX_SAFE_INTEGER;

const number = (value, low, high, otherwise) =>
    value !== null && value !== '' && Number.isFinite(Number(value))
        ? Math.min(high, Math.max(low, Number(value))) : otherwise;

// Reads an address; what it does not say, or says wrongly, is as in `otherwise`.
export function readLink(hash, otherwise) {
    const said = new URLSearchParams(hash.replace(/^#/, ''));
    const hand = said.get('hand');
    return {
        ...otherwise,
        text: said.has('text') ? said.get('text').replace(/\r\n?/g, '\n').slice(0, 20000) : otherwise.text,
        hand: hand && hand.length <= 255 ? hand : otherwise.hand,
        seed: Math.floor(number(said.get('seed'), 0, SEED_MOST, otherwise.seed)),
        bias: number(said.get('bias'), 0, 2.5, otherwise.bias),
        width: number(said.get('width'), 50, 250, otherwise.width),
    };
}

export function makeLink({text, hand, seed, bias, width}) {
    const said = new URLSearchParams({text, hand, seed, bias, width});
    return '#' + said.toString();
}
