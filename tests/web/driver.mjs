// A browser, driven by chromedriver over plain HTTP (W3C WebDriver), and a server of files for it.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {spawn} from 'node:child_process';

const TYPES = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
               '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json'};

// Gives out the folder `site`. `change` may answer instead: (name, response) => true.
export async function serve(site) {
    const server = {change: null, asked: []};
    server.http = http.createServer((request, response) => {
        const name = decodeURIComponent(request.url.replace(/[?#].*/, '').slice(1)) || 'index.html';
        server.asked.push(name);
        if (server.change?.(name, response))
            return;
        const file = path.join(site, name);
        if (!file.startsWith(site) || !fs.existsSync(file)) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, {'Content-Type': TYPES[path.extname(name)] ?? 'application/octet-stream',
                                 'Content-Length': fs.statSync(file).size});
        fs.createReadStream(file).pipe(response);
    });
    await new Promise(done => server.http.listen(0, '127.0.0.1', done));
    server.at = `http://127.0.0.1:${server.http.address().port}/`;
    server.close = () => new Promise(done => {
        server.http.closeAllConnections();
        server.http.close(done);
    });
    return server;
}

const sleep = ms => new Promise(done => setTimeout(done, ms));

export class Browser {
    static async open() {
        const browser = new Browser();
        browser.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'longhand-browser-'));
        browser.driver = spawn('chromedriver', ['--port=0'], {stdio: ['ignore', 'pipe', 'ignore']});
        const port = await new Promise((done, fail) => {
            let said = '';
            browser.driver.stdout.on('data', data => {
                const found = /started successfully on port (\d+)/.exec(said += data);
                if (found)
                    done(found[1]);
            });
            browser.driver.on('exit', () => fail(new Error('chromedriver ended: ' + said)));
        });
        browser.base = `http://127.0.0.1:${port}/session`;
        const arguments_ = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
        const {sessionId} = await browser.post('', {capabilities: {alwaysMatch: {
            browserName: 'chrome',
            'goog:chromeOptions': {args: arguments_, prefs: {'download.default_directory': browser.folder}},
        }}});
        browser.base += '/' + sessionId;
        return browser;
    }

    // A page of its own on a screen of this size, in place of the one before: nothing holds any more that was
    // set for that. What a browser keeps it keeps for an address, and every case has a server of its own.
    async turnPage(width, height) {
        const {handle} = await this.post('/window/new', {type: 'tab'});
        await this.ask('DELETE', '/window');
        await this.post('/window', {handle});
        await this.command('Emulation.setDeviceMetricsOverride',
                           {width, height, deviceScaleFactor: 1, mobile: width < 600});
        await this.command('Page.setDownloadBehavior', {behavior: 'allow', downloadPath: this.folder});
        await this.command('Page.bringToFront');
    }

    async ask(method, at, body) {
        const answer = await fetch(this.base + at, {method, body});
        const {value} = await answer.json();
        if (!answer.ok)
            throw new Error(`${at}: ${value.message}`);
        return value;
    }

    post(at, body) {
        return this.ask('POST', at, JSON.stringify(body));
    }

    // A command of Chromium's own protocol.
    command(cmd, params = {}) {
        return this.post('/goog/cdp/execute', {cmd, params});
    }

    go(url) {
        return this.post('/url', {url});
    }

    // What the function body gives in the page.
    run(script, ...args) {
        return this.post('/execute/sync', {script, args});
    }

    // The same of one that calls its last argument when it is done.
    wait(script, ...args) {
        return this.post('/execute/async', {script, args});
    }

    // Waits until the expression holds in the page.
    async until(expression, seconds = 60) {
        const end = Date.now() + 1000 * seconds;
        for (let value; Date.now() < end; await sleep(50))
            if ((value = await this.run(`return ${expression}`)))
                return value;
        throw new Error(`after ${seconds} s it does not hold: ${expression}; the page says ` +
            await this.run('return JSON.stringify({...document.body.dataset}) + document.getElementById("message").textContent'));
    }

    async element(selector) {
        const found = await this.post('/element', {using: 'css selector', value: selector});
        return Object.values(found)[0];
    }

    async click(selector) {
        return this.post(`/element/${await this.element(selector)}/click`, {});
    }

    async type(selector, text) {
        return this.post(`/element/${await this.element(selector)}/value`, {text});
    }

    // Gives a field a value as a person who slides or pastes does.
    set(selector, value) {
        return this.run(`const field = document.querySelector(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event('input', {bubbles: true}));
            field.dispatchEvent(new Event('change', {bubbles: true}));`, selector, value);
    }

    // Moves a pen over the element along strokes of [x, y] from its top left corner, from point to point in `pace` ms.
    async draw(selector, strokes, pace) {
        const box = await this.run('const b = document.querySelector(arguments[0]).getBoundingClientRect(); ' +
                                   'return [b.left, b.top];', selector);
        const moves = [];
        for (const stroke of strokes) {
            const to = ([x, y], duration) =>
                ({type: 'pointerMove', duration, x: Math.round(box[0] + x), y: Math.round(box[1] + y)});
            moves.push(to(stroke[0], 0), {type: 'pointerDown', button: 0},
                       ...stroke.slice(1).map(point => to(point, pace)), {type: 'pointerUp', button: 0});
        }
        await this.post('/actions', {actions: [{type: 'pointer', id: 'pen', parameters: {pointerType: 'pen'}, actions: moves}]});
    }

    // The file that the page saves when `selector` is clicked.
    async download(selector, name) {
        const file = path.join(this.folder, name);
        fs.rmSync(file, {force: true});
        await this.click(selector);
        for (let i = 0; i < 600 && !fs.existsSync(file); i++) // it has another name until it is whole
            await sleep(50);
        return fs.readFileSync(file);
    }

    // MiB of the largest of the browser's processes that show a page, of what none other has.
    privateMemory() {
        const processes = fs.readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(id => {
            try {
                const [, parent] = /^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'));
                return [{id, parent}];
            } catch {
                return []; // it has ended
            }
        });
        const below = id => processes.filter(({parent}) => parent == id).flatMap(one => [one.id, ...below(one.id)]);
        const sizes = below(this.driver.pid).map(id => {
            try {
                const page = fs.readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer');
                const kib = fs.readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').matchAll(/^Private_(?:Clean|Dirty):\s+(\d+)/gm);
                return page ? [...kib].reduce((sum, [, size]) => sum + Number(size), 0) / 1024 : 0;
            } catch {
                return 0;
            }
        });
        return Math.max(0, ...sizes);
    }

    async screenshot(file) {
        const answer = await fetch(this.base + '/screenshot');
        fs.writeFileSync(file, Buffer.from((await answer.json()).value, 'base64'));
    }

    async close() {
        await fetch(this.base, {method: 'DELETE'}).catch(() => null);
        this.driver.kill();
        fs.rmSync(this.folder, {recursive: true, force: true});
    }
}
