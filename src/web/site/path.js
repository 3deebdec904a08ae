// Ink as a path of SVG.

// A row of ink as {path, box}: every third point, in whole numbers of two units, from point to point, which
// takes less room than places.
export function pathOf({points}) {
    let path = '', box = [Infinity, Infinity, -Infinity, -Infinity], from = [0, 0];
    for (let i = 0; i < points.length; i += 4) {
        const x = Math.round(points[i] / 2), y = Math.round(points[i + 1] / 2);
        const first = i == 0 || points[i - 1] > 0, last = points[i + 3] > 0;
        box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
        if (!first && !last && (i / 4) % 3)
            continue;
        path += `${first ? 'm' : 'l'}${x - from[0]} ${y - from[1]}`.replace(' -', '-');
        from = [x, y];
    }
    const edge = 8;
    return {path, box: [box[0] - edge, box[1] - edge, box[2] - box[0] + 2 * edge, box[3] - box[1] + 2 * edge].join(' ')};
}
