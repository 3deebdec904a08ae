// Files that are saved and pictures that are copied. What pens and other programs take is made by
// the library; the picture is drawn here.
import {drawPoints, drawRuling} from './sheet.js';

const MARGIN = 5, DOTS = 300 / 25.4, SIDE_MOST = 8000;

export function download(name, bytes, type) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], {type}));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// A picture of all rows, cut to the writing, of 300 dots an inch if it is not too large for that.
export async function makePicture(rows, look) {
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const row of rows)
        for (let i = 0; i < row.points.length; i += 4) {
            const x = row.x + row.scale * row.points[i], y = row.y + row.scale * row.points[i + 1];
            [left, right] = [Math.min(left, x), Math.max(right, x)];
            [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        }
    if (left > right)
        throw new Error('nothing is written yet');
    const edge = MARGIN + look.pen / 2;
    const width = right - left + 2 * edge, height = bottom - top + 2 * edge;
    const scale = Math.min(DOTS, SIDE_MOST / width, SIDE_MOST / height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    const page = canvas.getContext('2d');
    page.fillStyle = look.sheet;
    page.fillRect(0, 0, canvas.width, canvas.height);
    page.setTransform(scale, 0, 0, scale, (edge - left) * scale, (edge - top) * scale);
    page.save();
    page.translate(left - edge, 0);
    drawRuling(page, look, width, top - edge, bottom + edge);
    page.restore();
    page.lineCap = page.lineJoin = 'round';
    for (const row of rows) {
        page.strokeStyle = page.fillStyle = row.colour != 0x101010
            ? '#' + row.colour.toString(16).padStart(6, '0') : look.ink;
        page.lineWidth = look.pen;
        drawPoints(page, row, 0, row.points.length / 4);
    }
    return new Promise((done, fail) => canvas.toBlob(
        blob => blob ? done(blob) : fail(new Error('no picture could be made')), 'image/png'));
}
