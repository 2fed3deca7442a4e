import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, crc32 } from 'node:zlib';

/** One request as the server saw it. */
export interface Seen {
  readonly path: string;
  /** `document`, `iframe`, `serviceworker`, …: what the browser said it wanted. */
  readonly destination: string;
  readonly userAgent: string;
  readonly authorization: string;
}

/** A site that does to a browser what sites do, and remembers every request. It holds nothing but neutral stand-ins. */
export interface HostileSite {
  readonly base: string;
  /** The same server under another host name, so that its frames live in another process. */
  readonly other: string;
  readonly seen: readonly Seen[];
  /** Documents that were asked for, in order: of the page itself and of frames. */
  documents(): string[];
  close(): Promise<void>;
}

/** What answers at one path. */
export type Page = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

/** A whole document. */
export const html = (title: string, body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`;

const page = (title: string, body: string): Page => (_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(html(title, body));
};

const redirect = (status: number, to: string): Page => (_request, response) => {
  response.writeHead(status, { location: to }).end();
};

/** Rows of a page whose every row of pixels has a colour that tells its number. */
export function rowColour(row: number): [red: number, green: number, blue: number] {
  return [(row * 37 + 11) & 0xff, (row >> 8) & 0xff, row & 0xff];
}

/** A page `rows` pixels tall that draws {@link rowColour} in each row, in canvases short enough to be exact; `width` in CSS pixels, null for that of the view. */
function rowsPage(rows: number, width: string | null): string {
  return `<style>html,body{margin:0}canvas{display:block;width:${width === null ? '100%' : `${Number(width)}px`};image-rendering:pixelated}</style><script>
    for (let top = 0; top < ${rows}; top += 4000) {
      const height = Math.min(4000, ${rows} - top), canvas = document.createElement('canvas');
      canvas.width = 1; canvas.height = height; canvas.style.height = height + 'px';
      const context = canvas.getContext('2d'), image = context.createImageData(1, height);
      for (let y = 0; y < height; y++) { const row = top + y; image.data.set([(row * 37 + 11) & 255, (row >> 8) & 255, row & 255, 255], 4 * y); }
      context.putImageData(image, 0, 0); document.body.append(canvas);
    }</script>`;
}

/** A PNG of one colour, 8 by 8. */
export function plainPng(red: number, green: number, blue: number): Buffer {
  const chunk = (name: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body) >>> 0, 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0]);
  const row = Buffer.from([0, ...Array.from({ length: 8 }, () => [red, green, blue]).flat()]);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: 8 }, () => row)))), chunk('IEND', Buffer.alloc(0))]);
}

/** Every page of the site, by path. */
const PAGES: { readonly [path: string]: Page } = {
  '/': page('Start', '<h1>Start</h1><p>Visible words</p><a id="next" href="/next">Next</a> <a id="hop" href="/hop1">Hop</a> <a id="hash" href="#part">Part</a><div id="part"></div><form action="/found"><input id="q" name="q"><button id="go">Find</button></form>'),
  '/next': page('Next', '<h1>Next</h1><a id="home" href="/">Home</a>'),
  '/found': page('Found', '<h1>Found</h1>'),
  '/hop1': redirect(302, '/hop2'),
  '/hop2': redirect(301, '/hop3'),
  '/hop3': redirect(307, '/next'),
  '/push': page('Push', '<button id="push">Push</button><script>document.querySelector("#push").onclick=()=>{history.pushState({},"","/pushed");document.title="Pushed"}</script>'),
  '/refresh': page('Refresh', '<meta http-equiv="refresh" content="0;url=/next">'),
  '/script': page('Script', '<script>location.href="/next"</script>'),
  '/frame-page': (_request, response, url) => {
    response.setHeader('content-type', 'text/html');
    const other = `http://localhost:${url.port}`;
    response.end(html('Frames', `<iframe id="near" src="/frame?near"></iframe><iframe id="far" src="${other}/frame?far"></iframe>`));
  },
  '/frame': page('Frame', 'Framed words <a id="inner" href="/frame2">Inner</a>'),
  '/frame2': page('Frame 2', 'Second framed words'),
  '/popups': page('Popups', '<a id="blank" target="_blank" href="/next">New window</a> <a id="noopener" target="_blank" rel="opener" href="/found">With opener</a> <button id="open" onclick="window.w=window.open(\'/next\')">Open</button> <button id="empty" onclick="window.open(\'about:blank\')">Empty</button>'),
  '/popup-storm': page('Storm', '<script>for(let i=0;i<200;i++)window.open("/next?"+i)</script>'),
  '/download-page': page('Download', '<a id="attachment" href="/file.bin">File</a> <a id="attribute" download href="/page-file">Save</a> <a id="blob" download="words.txt">Blob</a> <a id="data" download="data.txt" href="data:text/plain,words">Data</a><script>document.querySelector("#blob").href=URL.createObjectURL(new Blob(["words"]))</script>'),
  '/file.bin': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="planted.bin"' });
    response.end(Buffer.alloc(400_000, ['PLANTED', 'DOWNLOAD '].join('-')));
  },
  '/page-file': page('Page file', 'Saved page'),
  '/archive.zip': (_request, response) => void response.writeHead(200, { 'content-type': 'application/zip' }).end('PK'),
  '/alert': page('Alert', '<script>alert("Look at me");document.title="After the alert"</script>'),
  '/dialog-storm': page('Dialogs', '<script>for(let i=0;i<60;i++){alert(i);confirm(i);prompt(i)}document.title="Done"</script>'),
  '/stay': page('Stay', '<button id="touch">Touch</button><a id="leave" href="/next">Leave</a><script>onbeforeunload=(e)=>{e.preventDefault();return "Stay!"}</script>'),
  '/permissions': page('Permissions', '<script>Promise.all([new Promise(r=>navigator.geolocation.getCurrentPosition(()=>r("given"),()=>r("denied"))),Notification.requestPermission(),navigator.permissions.query({name:"camera"}).then(p=>p.state),navigator.clipboard.readText().then(()=>"given",()=>"denied")]).then(a=>document.title=a.join(" "))</script>'),
  '/upload': page('Upload', '<input id="file" type="file"> <button id="pick" onclick="showOpenFilePicker().catch(e=>document.title=e.name)">Pick</button>'),
  '/links-out': page('Out', '<a id="mail" href="mailto:someone@example.org">Mail</a> <a id="tel" href="tel:+441632960000">Call</a> <iframe src="mailto:frame@example.org"></iframe>'),
  '/worker-page': page('Worker', '<script>navigator.serviceWorker.register("/sw.js").then(()=>document.title="Registered",()=>document.title="Not registered")</script>'),
  '/sw.js': (_request, response) => void response.writeHead(200, { 'content-type': 'text/javascript' }).end('addEventListener("fetch",()=>{})'),
  '/basic': (_request, response) => void response.writeHead(401, { 'www-authenticate': 'Basic realm="Staff"', 'content-type': 'text/html' }).end(html('Sign in', 'A password is needed')),
  '/print': page('Print', '<script>onload=()=>{print();document.title="After printing"}</script>'),
  '/filtered': page('Blocked', 'Your school has stopped this page.'),
  '/flagged': page('Flagged', 'flagged'),
  '/shows-flagged': page('Shows', '<img src="/flagged-image" alt=""><a id="go" href="/flagged">Go</a> <a id="hop" href="/hop-flagged">Hop</a>'),
  '/hop-flagged': redirect(302, '/flagged'),
  '/flagged-image': (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(90, 120, 150)),
  '/push-storm': page('Push storm', '<script>for(let i=0;i<150;i++)history.replaceState({},"","/push-storm?"+i)</script>'),
  '/title-storm': page('Titles', '<script>let n=0;setInterval(()=>document.title="Title "+n++,1)</script>'),
  '/never-ends': (_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.write('<!doctype html><title>Never</title><p>Began</p>');
  },
  '/nothing': (_request, response) => void response.writeHead(204).end(),
  '/reset': (request) => void request.socket.destroy(),
  '/busy': page('Busy', '<script>setInterval(()=>fetch("/tick?"+Math.random()).catch(()=>{}),10);const socket=new WebSocket("ws://"+location.host+"/socket");</script><p>Busy</p>'),
  '/rtc': page('Calls', '<script>const peer=new RTCPeerConnection({iceServers:[{urls:"stun:127.0.0.1:3478"}]});peer.createDataChannel("x");let found=0;peer.onicecandidate=(e)=>{if(e.candidate&&e.candidate.candidate)found++;else document.title="Found "+found};peer.createOffer().then((o)=>peer.setLocalDescription(o))</script>'),
  '/tick': (_request, response) => void response.end('tick'),
  '/rows': (_request, response, url) => {
    response.setHeader('content-type', 'text/html');
    response.end(html('Rows', rowsPage(Number(url.searchParams.get('n') ?? '1000'), url.searchParams.get('w'))));
  },
  '/lazy': page('Lazy', Array.from({ length: 12 }, (_, i) => `<div style="height:1500px">${i}</div><img loading="lazy" style="display:block" width="100" height="100" src="/lazy-image?${i}">`).join('')),
  '/lazy-image': (_request, response) => void response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(10, 200, 30)),
  '/fixed': page('Fixed', '<style>body{margin:0}</style><div style="position:fixed;top:0;left:0;right:0;height:40px;background:#f00"></div><div style="height:40000px;background:#00f"></div>'),
  '/bars': page('Bars', '<style>body{margin:0}</style><div style="position:sticky;top:0;height:40px;background:#f00"></div><div style="height:100vh;background:#0f0"></div><div style="height:20000px;background:#00f"></div><div style="position:fixed;bottom:0;left:0;right:0;height:50px;background:#ff0"></div>'),
  '/colours': page('Colours', '<style>body{margin:0;height:800px}</style><script>let n=0;setInterval(()=>{n++;document.body.style.background="rgb("+(n%256)+","+(n*7%256)+",90)"},100)</script>'),
  '/colours-tall': page('Colours', '<style>body{margin:0;height:40000px}</style><script>let n=0;setInterval(()=>{n++;document.body.style.background="rgb("+(n%256)+","+(n*7%256)+",90)"},100)</script>'),
  '/things': page('Things', '<style>body{margin:0}</style><div style="height:300px"></div><div id="card" class="post large" style="margin-left:200px;width:400px;height:150px;background:#123456"></div><div style="height:3000px"></div><div id="tall" style="width:300px;height:2500px;background:#654321"></div>'),
  '/spins': page('Spins', '<style>@keyframes spin{from{background:#f00}to{background:#00f}}body{margin:0}div{height:20000px;animation:spin 0.7s linear infinite alternate}</style><div></div>'),
  '/huge': page('Huge', '<div style="height:2000000px"></div>'),
  '/grows': page('Grows', '<style>body{margin:0}div{height:2000px}</style><div>0</div><script>let n=1;addEventListener("scroll",()=>{const d=document.createElement("div");d.textContent=n++;document.body.append(d)})</script>'),
  '/marker': page('Marker', '<p id="p"></p><script>document.querySelector("#p").textContent=["PLANTED","MARKER","7f3a9c"].join("-");localStorage.setItem("kept",["PLANTED","MARKER","7f3a9c"].join("-"));document.cookie="kept="+["PLANTED","MARKER","7f3a9c"].join("-");caches.open("kept").then(c=>c.put("/kept",new Response(["PLANTED","MARKER","7f3a9c"].join("-")))).then(()=>document.title="Planted")</script><img src="/marker-image" alt="">'),
  '/marker-everywhere': page('Not yet', `<body style="background:rgb(23,119,201)"><button id="print" onclick="print()">Print</button> <a id="attachment" href="/file.bin">File</a> <a id="blob" download="words.txt">Blob</a><p id="p"></p><script>const words=["PLANTED","MARKER","7f3a9c"].join("-");p.textContent=words;localStorage.setItem("kept",words);sessionStorage.setItem("kept",words);document.cookie="kept="+words+";max-age=9999";document.querySelector("#blob").href=URL.createObjectURL(new Blob([words.repeat(9000)]));const open=indexedDB.open("kept");open.onupgradeneeded=()=>open.result.createObjectStore("kept");open.onsuccess=()=>{const t=open.result.transaction("kept","readwrite");t.objectStore("kept").put(words,"kept");t.oncomplete=()=>navigator.storage.getDirectory().then(d=>d.getFileHandle("kept",{create:true})).then(f=>f.createWritable()).then(async w=>{await w.write(words);await w.close()}).catch(()=>0).then(()=>{history.replaceState({},"","/marker-everywhere?"+words);document.title=words})}</script>`),
  '/marker-image': (_request, response) => void response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=9999' }).end(`<svg xmlns="http://www.w3.org/2000/svg"><!--${['PLANTED', 'MARKER', '7f3a9c'].join('-')}--></svg>`),
  '/shadow': page('Shadow', '<div id="open"></div><div id="closed"></div><p hidden>Hidden words</p><table><tr><td>One</td><td>Two</td></tr></table><script>document.querySelector("#open").attachShadow({mode:"open"}).innerHTML="<p>Open shade</p>";document.querySelector("#closed").attachShadow({mode:"closed"}).innerHTML="<p>Closed shade</p>"</script>'),
  '/headers': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': ['session=verysecret; Path=/; HttpOnly', 'other=alsosecret'], 'x-shown': 'yes' });
    response.end(html('Headers', 'Headers'));
  },
};

/** Starts the site on a free port of this computer, with pages of the caller's beside its own. */
export async function startHostileSite(more: { readonly [path: string]: Page } = {}): Promise<HostileSite> {
  const seen: Seen[] = [];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    seen.push({ path: url.pathname + url.search, destination: [request.headers['sec-fetch-dest'] ?? []].flat().join(), userAgent: request.headers['user-agent'] ?? '', authorization: request.headers.authorization ?? '' });
    const answer = more[url.pathname] ?? PAGES[url.pathname];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    other: `http://localhost:${port}`,
    seen,
    documents: () => seen.filter((s) => s.destination === 'document').map((s) => s.path),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
