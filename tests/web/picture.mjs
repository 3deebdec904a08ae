// picture.mjs SITE FILE.png: the page as it writes and is looked into (tools/pictures web).
import path from 'node:path';
import {Browser, serve} from './driver.mjs';

const text = 'Dear reader, this line is written by a network that learnt how pens move. Type something, and it writes that.';
const server = await serve(path.resolve(process.argv[2])), browser = await Browser.open();
try {
    await browser.turnPage(1280, 800);
    await browser.go(server.at + '#' + new URLSearchParams({text, hand: 'felix', seed: 1}));
    await browser.set('#speed', '2');
    await browser.click('#glass');
    await browser.until('document.querySelector("#text mark, mark")?.textContent == "p"', 120);
    await browser.screenshot(process.argv[3]);
} finally {
    await browser.close();
    await server.close();
}
