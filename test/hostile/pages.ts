import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import type { RefusedThing } from '../../src/record/kinds.js';
import type { HostileSite } from './site.js';
import { html, type Page } from './site.js';

/** What one page of the table works with. */
export interface Attempt {
  readonly browser: EvidenceBrowser;
  readonly site: HostileSite;
}

/**
 * One thing that a page tries. `title` is what the reviewers see in the title of the page that is in the view in the
 * end; `refused` is what the record says was refused, with words of its detail. `unasked`: paths that the server must
 * never have been asked for.
 */
export interface HostilePage {
  readonly name: string;
  readonly body: string | Page;
  readonly act?: (attempt: Attempt) => Promise<void>;
  readonly title: string;
  /** The title may also be this: the browser's own page about an address that it does not open, when that was faster. */
  readonly or?: string;
  readonly refused: readonly (readonly [what: RefusedThing, detail: string])[];
  readonly unasked?: readonly string[];
  /** An address that a reviewer types instead of opening `body`. */
  readonly typed?: string;
}

const press = (selector = '#go') => async ({ browser }: Attempt): Promise<void> => browser.click(selector);

/** A button that tries something and writes into the title what came of it. */
const tries = (what: string): string =>
  `<button id="go">Go</button><div id="box" style="width:50px;height:50px"></div><script>document.title="Before";go.onclick=async()=>{try{const given=await(${what});document.title=given===undefined||given===true||typeof given==="object"?"Given":"Denied "+given}catch(error){document.title="Denied "+error.name}}</script>`;

const asks = (name: string, what: string, title: string, told: string, kind: RefusedThing = 'permission'): HostilePage => ({ name: `asks for ${name}`, body: tries(what), act: press(), title, refused: [[kind, told]] });

const sensor = (kind: string): string => `new Promise((given,denied)=>{const sensor=new ${kind}();sensor.onerror=(e)=>denied(e.error);sensor.onreading=()=>given();sensor.start()})`;

/** What is on the computer. */
const PERMISSIONS: readonly HostilePage[] = [
  asks('the camera', 'navigator.mediaDevices.getUserMedia({video:true})', 'Denied NotFoundError', 'camera'),
  asks('the microphone', 'navigator.mediaDevices.getUserMedia({audio:true})', 'Denied NotFoundError', 'microphone'),
  asks('what is on the screen', 'navigator.mediaDevices.getDisplayMedia({video:true})', 'Denied NotAllowedError', 'display-capture'),
  asks('the place', 'new Promise((given,denied)=>navigator.geolocation.getCurrentPosition(given,()=>denied(new Error())))', 'Denied Error', 'geolocation'),
  asks('the place, again and again', 'new Promise((given,denied)=>navigator.geolocation.watchPosition(given,()=>denied(new Error())))', 'Denied Error', 'geolocation'),
  asks('notifications', 'Notification.requestPermission()', 'Denied denied', 'notifications'),
  asks('the clipboard', 'navigator.clipboard.readText()', 'Denied NotAllowedError', 'clipboard'),
  asks('a place on the clipboard', 'navigator.clipboard.writeText("words")', 'Denied NotAllowedError', 'clipboard'),
  asks('a USB device', 'navigator.usb.requestDevice({filters:[]})', 'Denied SecurityError', 'usb'),
  asks('an input device', 'navigator.hid.requestDevice({filters:[]})', 'Denied SecurityError', 'hid'),
  asks('a serial port', 'navigator.serial.requestPort()', 'Denied SecurityError', 'serial'),
  asks('MIDI', 'navigator.requestMIDIAccess()', 'Denied SecurityError', 'midi'),
  asks('MIDI with system messages', 'navigator.requestMIDIAccess({sysex:true})', 'Denied SecurityError', 'midi'),
  asks('whether anybody is there', 'IdleDetector.requestPermission()', 'Denied denied', 'idle-detection'),
  asks('whether anybody is there, at once', 'new IdleDetector().start()', 'Denied SecurityError', 'idle-detection'),
  asks('the fonts of the computer', 'queryLocalFonts()', 'Denied SecurityError', 'local-fonts'),
  asks('the screens of the computer', 'getScreenDetails()', 'Denied NotAllowedError', 'window-management'),
  asks('a screen that stays on', 'navigator.wakeLock.request("screen")', 'Denied NotAllowedError', 'screen-wake-lock'),
  asks('the accelerometer', sensor('Accelerometer'), 'Denied SecurityError', 'accelerometer'),
  asks('the gyroscope', sensor('Gyroscope'), 'Denied SecurityError', 'gyroscope'),
  asks('a passkey', 'navigator.credentials.get({publicKey:{challenge:new Uint8Array(16)}})', 'Denied NotAllowedError', 'passkey'),
  asks('a new passkey', 'navigator.credentials.create({publicKey:{challenge:new Uint8Array(16),rp:{name:"x"},user:{id:new Uint8Array(4),name:"a",displayName:"a"},pubKeyCredParams:[{type:"public-key",alg:-7}]}})', 'Denied NotAllowedError', 'new passkey'),
  asks('a stored password', '(async()=>String(await navigator.credentials.get({password:true})))()', 'Denied null', 'stored'),
  asks('a sign-in by another site', 'navigator.credentials.get({identity:{providers:[{configURL:location.origin+"/x.json",clientId:"1"}]}})', 'Denied NotAllowedError', 'sign-in'),
  asks('storage that is not cleared', '(async()=>String(await navigator.storage.persist()))()', 'Denied false', 'not cleared'),
  asks('every key', '(async()=>String(await navigator.keyboard.lock()))()', 'Denied undefined', 'every key'),
  asks('a payment', 'new PaymentRequest([{supportedMethods:"https://example.org/pay"}],{total:{label:"x",amount:{currency:"GBP",value:"1"}}}).show()', 'Denied SecurityError', 'payment'),
  asks('virtual reality', 'navigator.xr.requestSession("immersive-vr")', 'Denied NotSupportedError', 'xr-spatial-tracking'),
  {
    name: 'asks for a picture in a window of its own',
    body: `<canvas id="c"></canvas>${tries('(async()=>{const v=document.createElement("video");v.muted=true;c.getContext("2d").fillRect(0,0,5,5);v.srcObject=c.captureStream();await v.play();await v.requestPictureInPicture()})()')}`,
    act: press(), title: 'Denied SecurityError', refused: [['permission', 'picture-in-picture']],
  },
  { name: 'asks for the camera from a frame', body: `<title>Frame inside</title><iframe allow="camera" src="/camera-frame"></iframe>`, title: 'Frame inside', refused: [['permission', 'camera']] },
  { name: 'asks for the place from a frame of another site', body: (_q, r, url) => void r.setHeader('content-type', 'text/html').end(html('Frame beyond', `<iframe allow="geolocation *" src="http://localhost:${url.port}/place-frame"></iframe>`)), title: 'Frame beyond', refused: [['permission', 'geolocation']] },
];

/** What covers, holds or leaves the view. */
const SURFACE: readonly HostilePage[] = [
  asks('the whole screen', 'document.documentElement.requestFullscreen()', 'Denied TypeError', 'fullscreen', 'fullscreen'),
  asks('the whole screen for one element', 'box.requestFullscreen()', 'Denied TypeError', 'fullscreen', 'fullscreen'),
  { name: 'asks for the whole screen from a frame', body: '<title>Full frame</title><iframe id="inner" allow="fullscreen" allowfullscreen src="/full-frame" style="width:300px;height:200px;border:0;position:absolute;left:0;top:0"></iframe>', act: press('#inner'), title: 'Full frame', refused: [['fullscreen', 'fullscreen']] },
  { name: 'takes the mouse', body: '<button id="go" onclick="document.body.requestPointerLock()">Go</button><script>document.title="Free";document.onpointerlockchange=()=>{document.title=document.pointerLockElement?"Locked":"Free again"}</script>', act: press(), title: 'Free again', refused: [['pointer-lock', 'mouse']] },
  { name: 'prints as it loads', body: '<script>print();document.title="After printing"</script>', title: 'After printing', refused: [['print', 'printed']] },
  { name: 'prints at a click', body: '<button id="go" onclick="print();document.title=\'After printing\'">Go</button>', act: press(), title: 'After printing', refused: [['print', 'printed']] },
  { name: 'prints by an editing command', body: '<button id="go" onclick="document.execCommand(\'print\');document.title=\'After printing\'">Go</button>', act: press(), title: 'After printing', refused: [['print', 'printed']] },
  { name: 'prints from a frame', body: '<title>Print frame</title><iframe src="/print"></iframe>', title: 'Print frame', refused: [['print', 'printed']] },
  {
    name: 'lets something of it be dragged out',
    body: '<title>Drag</title><div id="thing" draggable="true" ondragstart="event.dataTransfer.setData(\'text/plain\',\'words\')" style="width:200px;height:200px;background:#ccc">Drag me</div>',
    act: async ({ browser }) => {
      const mouse = { kind: 'mouse', button: 'left', buttons: 1, clickCount: 1, modifiers: 0 } as const;
      await browser.input({ ...mouse, type: 'down', x: 60, y: 60 });
      for (const x of [70, 100, 200, 300]) await browser.input({ ...mouse, type: 'move', x, y: 70 });
      await browser.input({ ...mouse, type: 'up', x: 300, y: 70, buttons: 0 });
    },
    title: 'Drag', refused: [['drag-out', 'dragged']],
  },
  { name: 'shows a message box', body: '<script>alert("Look");document.title="After"</script>', title: 'After', refused: [['dialog', 'Look']] },
  { name: 'asks a question', body: '<script>document.title=confirm("Sure?")?"Yes":"No"</script>', title: 'No', refused: [['dialog', 'Sure?']] },
  { name: 'asks for words', body: '<script>document.title=prompt("Name?")===null?"None":"Some"</script>', title: 'None', refused: [['dialog', 'Name?']] },
  { name: 'shows a message box in a frame', body: '<title>Box frame</title><iframe src="/alert"></iframe>', title: 'Box frame', refused: [['dialog', 'Look at me']] },
  { name: 'shows message boxes without end', body: '<script>for(let i=0;i<80;i++)alert("Box "+i);document.title="Over"</script>', title: 'Over', refused: [['dialog', 'Box 0'], ['dialog', 'more']] },
  { name: 'does not let anyone leave', body: '<button id="touch">Touch</button><a id="go" href="/next">Leave</a><script>onbeforeunload=(e)=>{e.preventDefault();return "Stay"}</script>', act: async ({ browser }) => { await browser.click('#touch'); await browser.click('#go'); }, title: 'Next', refused: [['before-unload', 'left']] },
  { name: 'does not let anyone leave by the address line', body: '<button id="go">Touch</button><script>onbeforeunload=(e)=>{e.preventDefault();alert("No");return "Stay"}</script>', act: async ({ browser, site }) => { await browser.click('#go'); await browser.goto(`${site.base}/next`); }, title: 'Next', refused: [['before-unload', 'left']] },
  { name: 'opens a window by a link', body: '<a id="go" target="_blank" href="/next">Go</a>', act: press(), title: 'Next', refused: [['popup', 'this view']] },
  { name: 'opens a window by script', body: '<button id="go" onclick="window.open(\'/next\')">Go</button>', act: press(), title: 'Next', refused: [['popup', 'this view']] },
  { name: 'opens a small window', body: '<button id="go" onclick="window.open(\'/next\',\'w\',\'width=1,height=1\')">Go</button>', act: press(), title: 'Next', refused: [['popup', 'this view']] },
  { name: 'sends a form to a window', body: '<form target="_blank" action="/found"><button id="go">Go</button></form>', act: press(), title: 'Found', refused: [['popup', 'this view']] },
  { name: 'opens an empty window', body: '<title>Empty</title><button id="go" onclick="window.open(\'about:blank\')">Go</button>', act: press(), title: 'Empty', refused: [['popup', 'empty']] },
  { name: 'opens windows by itself without end', body: '<title>Many</title><script>for(let i=0;i<90;i++)open("/next?"+i)</script>', title: 'Many', refused: [['popup', 'by itself'], ['popup', 'more']], unasked: ['/next?0', '/next?89'] },
  { name: 'opens a window that stays on top', body: '<title>On top</title><button id="go" onclick="documentPictureInPicture.requestWindow()">Go</button>', act: press(), title: 'On top', refused: [['popup', 'window']] },
];

/** What would be saved, sent or handed to another program. */
const FILES: readonly HostilePage[] = [
  { name: 'sends a file to save', body: '<title>Stays</title><a id="go" href="/file.bin">Go</a>', act: press(), title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'saves by the download attribute', body: '<title>Stays</title><a id="go" download href="/page-file">Go</a>', act: press(), title: 'Stays', refused: [['download', 'save']], unasked: ['/page-file'] },
  { name: 'saves from memory', body: '<title>Stays</title><a id="go" download="x.txt">Go</a><script>go.href=URL.createObjectURL(new Blob(["words"]))</script>', act: press(), title: 'Stays', refused: [['download', 'save']] },
  { name: 'saves a data address', body: '<title>Stays</title><a id="go" download="x.txt" href="data:text/plain,words">Go</a>', act: press(), title: 'Stays', refused: [['download', 'save']] },
  { name: 'sends a file by script', body: '<title>Stays</title><script>location.href="/file.bin"</script>', title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'sends a file after a moment', body: '<title>Stays</title><meta http-equiv="refresh" content="0;url=/file.bin">', title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'sends a file in a frame', body: '<title>Stays</title><iframe src="/file.bin"></iframe>', title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'sends a file after redirects', body: '<title>Stays</title><a id="go" href="/to-file">Go</a>', act: press(), title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'sends a file for a form', body: '<title>Stays</title><form method="post" action="/file.bin"><button id="go">Go</button></form>', act: press(), title: 'Stays', refused: [['download', 'planted.bin']] },
  { name: 'sends an archive without a name', body: '<title>Stays</title><a id="go" href="/archive.zip">Go</a>', act: press(), title: 'Stays', refused: [['download', 'save']] },
  { name: 'sends a table', body: '<title>Stays</title><a id="go" href="/table.csv">Go</a>', act: press(), title: 'Stays', refused: [['download', 'save']] },
  { name: 'sends a file in a new window', body: '<title>Stays</title><a id="go" target="_blank" href="/file.bin">Go</a>', act: press(), title: 'Stays', refused: [['popup', 'this view'], ['download', 'planted.bin']] },
  { name: 'asks for a file', body: '<title>Stays</title><input id="go" type="file">', act: press(), title: 'Stays', refused: [['upload', 'asked for a file']] },
  { name: 'asks for many files', body: '<title>Stays</title><input id="go" type="file" multiple>', act: press(), title: 'Stays', refused: [['upload', 'asked for a file']] },
  { name: 'asks for a folder', body: '<title>Stays</title><input id="go" type="file" webkitdirectory>', act: press(), title: 'Stays', refused: [['upload', 'asked for a file']] },
  ...['mailto:someone@example.org', 'tel:+441632960000', 'sms:+441632960000', 'ms-settings:privacy', 'web+thing:words', 'intent://x#Intent;end'].map((address): HostilePage => ({ name: `links to ${address.split(':')[0] ?? ''}:`, body: `<title>Stays</title><a id="go" href="${address}">Go</a>`, act: press(), title: 'Stays', or: address, refused: [['external-link', '']] })),
  { name: 'calls another program by script', body: '<title>Stays</title><button id="go" onclick="location.href=\'mailto:x@example.org\'">Go</button>', act: press(), title: 'Stays', or: 'mailto:x@example.org', refused: [['external-link', '']] },
  { name: 'calls another program from a frame', body: '<title>Stays</title><iframe src="mailto:x@example.org"></iframe>', title: 'Stays', refused: [['external-link', '']] },
  ...['file:///etc/passwd', 'chrome://settings', 'view-source:http://127.0.0.1/', 'devtools://devtools/bundled/inspector.html', 'javascript:alert(1)', 'data:text/html,x', 'ftp://127.0.0.1/', 'about:flags'].map((typed): HostilePage => ({ name: `a reviewer types ${typed.split(':')[0] ?? ''}:`, body: '', typed, title: '', refused: [['address-scheme', '']] })),
];

/** What goes on behind the page. */
const BEHIND: readonly HostilePage[] = [
  { name: 'registers a service worker', body: '<script>navigator.serviceWorker.register("/sw.js").then(()=>document.title="In",()=>document.title="Out")</script>', title: 'Out', refused: [['service-worker', 'register']], unasked: ['/sw.js'] },
  { name: 'sends a message as it is left', body: '<script>document.title="Beacon";addEventListener("pagehide",()=>navigator.sendBeacon("/beacon","left"))</script>', act: async ({ browser, site }) => browser.goto(`${site.base}/next`), title: 'Next', refused: [['beacon', '']], unasked: ['/beacon'] },
  { name: 'sends a message while it stands', body: '<script>document.title=navigator.sendBeacon("/beacon","here")?"Sent":"Not"</script>', title: 'Sent', refused: [['beacon', '']], unasked: ['/beacon'] },
  { name: 'has a link that reports who follows it', body: '<a id="go" ping="/ping" href="/next">Go</a>', act: press(), title: 'Next', refused: [['beacon', '']], unasked: ['/ping'] },
  { name: 'loads a page ahead by a link', body: '<title>Ahead</title><link rel="prefetch" href="/ahead">', title: 'Ahead', refused: [['prefetch', '']], unasked: ['/ahead'] },
  // These are switched off in the browser, so there is nothing to refuse and nothing to record: the server is never asked.
  { name: 'loads a page ahead by a rule', body: '<title>Ahead</title><script type="speculationrules">{"prefetch":[{"source":"list","urls":["/ahead"],"eagerness":"immediate"}]}</script>', title: 'Ahead', refused: [], unasked: ['/ahead'] },
  { name: 'renders a page ahead by a rule', body: '<title>Ahead</title><script type="speculationrules">{"prerender":[{"source":"list","urls":["/ahead"],"eagerness":"immediate"}]}</script>', title: 'Ahead', refused: [], unasked: ['/ahead'] },
  { name: 'opens a connection ahead', body: '<title>Ahead</title><link rel="preconnect" href="http://localhost:9"><link rel="dns-prefetch" href="http://ahead.invalid">', title: 'Ahead', refused: [] },
  { name: 'loads a part that the policy refuses', body: '<title>Part</title><img src="/flagged-image">', title: 'Part', refused: [['suspected-address', '']], unasked: ['/flagged-image'] },
  { name: 'loads such a part from a worker', body: '<title>Worker</title><script>new Worker(URL.createObjectURL(new Blob([`fetch("${location.origin}/flagged-image")`])))</script>', title: 'Worker', refused: [['suspected-address', '']], unasked: ['/flagged-image'] },
  { name: 'loads such a part from a shared worker', body: '<title>Shared</title><script>new SharedWorker(URL.createObjectURL(new Blob([`fetch("${location.origin}/flagged-image")`])))</script>', title: 'Shared', refused: [['suspected-address', '']], unasked: ['/flagged-image'] },
  { name: 'loads such a part as a style', body: '<title>Style</title><div style="background:url(/flagged-image);height:9px"></div>', title: 'Style', refused: [['suspected-address', '']], unasked: ['/flagged-image'] },
  { name: 'loads such a part as a frame', body: '<title>Inside</title><iframe src="/flagged"></iframe>', title: 'Inside', refused: [['suspected-address', '']], unasked: ['/flagged'] },
  { name: 'loads such a page after a redirect', body: '<title>Hop</title><a id="go" href="/hop-flagged">Go</a>', act: press(), title: 'Hop', refused: [['suspected-address', '']], unasked: ['/flagged'] },
  { name: 'asks for a name and a password', body: (_q, r) => void r.writeHead(401, { 'www-authenticate': 'Basic realm="Staff"', 'content-type': 'text/html' }).end(html('Sign in', 'Staff only')), title: 'Sign in', refused: [['authentication', 'basic']] },
];

/** The whole table. */
export const HOSTILE_PAGES: readonly HostilePage[] = [...PERMISSIONS, ...SURFACE, ...FILES, ...BEHIND];

/** Pages that those of the table load. */
export const SUPPORTING: { readonly [path: string]: Page } = {
  '/camera-frame': (_q, r) => void r.setHeader('content-type', 'text/html').end(html('f', '<script>navigator.mediaDevices.getUserMedia({video:true}).catch(()=>0)</script>')),
  '/place-frame': (_q, r) => void r.setHeader('content-type', 'text/html').end(html('f', '<script>navigator.geolocation.getCurrentPosition(()=>0,()=>0)</script>')),
  '/full-frame': (_q, r) => void r.setHeader('content-type', 'text/html').end(html('f', '<style>body{margin:0}button{width:300px;height:200px}</style><button onclick="document.documentElement.requestFullscreen().catch(()=>0)">Go</button>')),
  '/to-file': (_q, r) => void r.writeHead(302, { location: '/file.bin' }).end(),
  '/table.csv': (_q, r) => void r.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\n1,2\n'),
  '/ahead': (_q, r) => void r.setHeader('content-type', 'text/html').end(html('Ahead of time', '')),
};
