import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cssString } from './template.js';

const packages = createRequire(import.meta.url);
const FACES = [
  ['Atkinson', 400, 'next/files/atkinson-hyperlegible-next-latin-400-normal.woff2', ''],
  ['Atkinson', 700, 'next/files/atkinson-hyperlegible-next-latin-700-normal.woff2', ''],
  ['Atkinson', 400, 'next/files/atkinson-hyperlegible-next-latin-ext-400-normal.woff2', 'ext'],
  ['Atkinson', 700, 'next/files/atkinson-hyperlegible-next-latin-ext-700-normal.woff2', 'ext'],
  ['Atkinson Mono', 400, 'mono/files/atkinson-hyperlegible-mono-latin-400-normal.woff2', ''],
] as const;
const LATIN_EXT = 'unicode-range:U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1E00-1E9F,U+1EF2-1EFF;';

/** What stands on every printed page: the case, or the heading of a sheet that is of none; and a marking where there is one. */
export type Running = { readonly organisation: string; readonly marking?: string } & ({ readonly caseReference: string } | { readonly heading: string });

/** The report's style sheet, its fonts inside it. */
export async function styleSheet(running: Running): Promise<string> {
  const faces = await Promise.all(FACES.map(async ([family, weight, file, range]) => {
    const path = packages.resolve(`@fontsource/atkinson-hyperlegible-${file}`);
    const data = (await readFile(path)).toString('base64');
    return `@font-face{font-family:"${family}";font-weight:${weight};${range === 'ext' ? LATIN_EXT : ''}src:url(data:font/woff2;base64,${data}) format("woff2")}`;
  }));
  return `${faces.join('\n')}\n${pageRule(running)}\n${RULES}`;
}

function pageRule(running: Running): string {
  const { organisation, marking = '' } = running;
  const heading = 'heading' in running ? running.heading : `Case ${running.caseReference}`;
  const font = 'font:8.5pt "Atkinson",sans-serif;color:#56616d;';
  const marked = marking === '' ? '' : ['top-center', 'bottom-center'].map((place) => `@${place}{font:700 9pt "Atkinson",sans-serif;color:#17202a;content:${cssString(short(marking))}}\n`).join('');
  return `@page{size:A4;margin:21mm 17mm 19mm;
${marked}@top-left{${font}content:${cssString(short(heading))}}
@top-right{${font}content:"Countersign"}
@bottom-left{${font}content:${cssString(short(organisation))}}
@bottom-right{${font}content:"Page " counter(page) " of " counter(pages)}}`;
}

function short(text: string): string {
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}

const RULES = `
:root{--ink:#17202a;--muted:#56616d;--line:#dcdad3;--strong:#8a867b;--accent:#0b4f6c;--soft:#f2f1ed}
*{box-sizing:border-box}
html{font:10.2pt/1.42 "Atkinson",system-ui,sans-serif;color:var(--ink);background:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;overflow-wrap:break-word}
h1{font-size:25pt;line-height:1.12;margin:0 0 3mm;letter-spacing:-.01em}
h2{font-size:17pt;line-height:1.2;margin:0 0 6mm;padding-bottom:2.5mm;border-bottom:.6mm solid var(--ink);display:flex;gap:4mm;break-after:avoid}
h2 .number{color:var(--accent);min-width:1.2em;white-space:pre}
.cover h2{font-size:12.5pt;border:0;padding:0;margin:8mm 0 2mm}
h3{font-size:12.5pt;line-height:1.25;margin:7mm 0 2mm;break-after:avoid}
h4{font-size:10.2pt;margin:4mm 0 1mm;break-after:avoid}
p{margin:0 0 2.6mm;max-width:68em;orphans:3;widows:3}
ul,ol{margin:0 0 3mm;padding-left:5.2mm}li{margin-bottom:1.3mm}
.part{break-before:page}
.part.flows{break-before:auto;margin-top:12mm}
.masthead{display:flex;align-items:center;gap:3mm;color:var(--accent);font-weight:700;font-size:12pt;margin-bottom:14mm}
.mark{fill:none;stroke:var(--accent);stroke-width:3}
.marking{font-weight:700;letter-spacing:.04em;margin-bottom:2mm}
.lead{font-size:13pt;line-height:1.4;color:var(--muted);margin-bottom:9mm}
.contents{list-style:none;padding:0;margin:0;border-top:.3mm solid var(--line)}
.contents li{margin:0;border-bottom:.3mm solid var(--line)}
.contents a{display:flex;gap:4mm;padding:1.7mm 0;color:inherit;text-decoration:none}
.contents .number{color:var(--accent);font-weight:700;min-width:1.4em}
dl{margin:0 0 5mm;border-top:.3mm solid var(--line)}
dl>div{display:grid;grid-template-columns:47mm 1fr;gap:4mm;padding:1.7mm 0;border-bottom:.3mm solid var(--line);break-inside:avoid}
dt{font-weight:700}dd{margin:0;min-width:0}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:0 0 6mm;font-size:9pt;line-height:1.35}
caption{text-align:left;break-inside:avoid;font-weight:700;font-size:10.2pt;padding-bottom:1.5mm}
th{text-align:left;vertical-align:bottom;font-size:8.5pt;padding:1.4mm 2mm 1.4mm 0;border-bottom:.4mm solid var(--ink)}
td{vertical-align:top;padding:1.6mm 2mm 1.6mm 0;border-bottom:.3mm solid var(--line)}
tr{break-inside:avoid}thead{display:table-header-group}caption,thead{break-after:avoid}tbody tr:first-child,tbody tr:last-child,dl>div:last-child{break-before:avoid}
td:last-child,th:last-child{padding-right:0}
.inner td{color:var(--muted)}.inner td:nth-child(3){padding-left:4mm}
.utc,.local{display:block;font-family:"Atkinson Mono",monospace;font-size:8pt}
.local{color:var(--muted)}
.address,.digest,.words,code{font-family:"Atkinson Mono",ui-monospace,monospace;font-size:8.4pt;overflow-wrap:anywhere}
.digest{font-size:7.7pt;overflow-wrap:normal}
.words{font-size:9pt;line-height:1.5}
.small{font-size:8.6pt;color:var(--muted)}
.written{white-space:pre-wrap;border-left:1mm solid var(--line);padding-left:3mm;margin-bottom:3mm}
.notice{border:.4mm solid var(--ink);padding:3.4mm 4mm;margin:0 .2mm 5mm;break-inside:avoid}
.notice p:last-child{margin-bottom:0}
.tag{display:inline-block;border:.3mm solid var(--ink);border-radius:1mm;padding:0 1.4mm;font-size:8.2pt;font-weight:700;white-space:nowrap}
.form{border:.4mm solid var(--ink);margin:0 .2mm 4mm;width:calc(100% - .4mm)}
.form>div{display:grid;grid-template-columns:50mm 1fr;border-bottom:.3mm solid var(--strong);break-inside:avoid}
.form>div:last-child{border-bottom:0}
.form .label{font-weight:700;padding:2mm 3mm;background:var(--soft);border-right:.3mm solid var(--strong)}
.form .value{padding:2mm 3mm;min-width:0}
.form .person{display:grid;grid-template-columns:22mm 1fr;gap:1mm 3mm}
.form .person span:nth-child(odd){color:var(--muted)}
.ink{display:block;height:12mm;border-bottom:.3mm solid var(--ink)}
.form .wide{display:block}
.form .wide .label{border-right:0;border-bottom:.3mm solid var(--strong)}
.form table{margin:0;font-size:9.2pt}.form td,.form th{padding:1.8mm 3mm;border-bottom-color:var(--strong)}.form tr:last-child td{border-bottom:0}.form th{background:var(--soft);font-size:10.2pt;border-bottom-width:.3mm}
.form td+td,.form th+th{border-left:.3mm solid var(--strong)}
.form .written{border-left:0;padding-left:0;margin-bottom:1mm}
.ruled,.whole{break-inside:avoid}
.written+.small{break-before:avoid}
dd>.written,dd>ul{margin-bottom:0}
.exhibit+.exhibit{break-before:page}
.label-card{border:.6mm solid var(--ink);padding:3mm 4mm;margin:0 .2mm 4mm;break-inside:avoid}
.label-card p{margin:0}.label-card .reference{font-size:16pt;font-weight:700;line-height:1.2}
.fill{display:inline-block;min-width:42mm;border-bottom:.3mm solid var(--ink)}
figure{margin:0 0 4mm;break-inside:avoid}
figure img{display:block;max-width:100%;max-height:62mm;border:.3mm solid var(--strong)}
figure.more{break-before:page;break-after:page}figure.more img{max-height:222mm}
figcaption{font-size:8.6pt;color:var(--muted);margin-top:1.2mm}
.blank td{height:15mm}.ruled td+td,.ruled th+th{border-left:.3mm solid var(--line);padding-left:2mm}
.totals{columns:2;column-gap:8mm}
.statement+.statement{break-before:page}
.statement ol{padding-left:7mm}.statement li{margin-bottom:2.4mm}.statement p{margin-bottom:1mm}.statement .written{margin:1mm 0}
.statement li .ink{height:9mm}.statement li:last-child>p{break-after:avoid}.statement li .ink:nth-of-type(1){break-after:avoid}.statement li .ink:last-child{break-before:avoid}
.signed{break-before:avoid;display:grid;grid-template-columns:2fr 1fr;gap:8mm;margin-top:6mm;break-inside:avoid;font-size:8.6pt;color:var(--muted)}
@media screen{html{background:#f7f6f3;font-size:16px;line-height:1.5}body{max-width:62rem;margin:0 auto;padding:2rem 1.5rem 6rem}
.part{margin-top:4.5rem}.address,.digest,.words,code,.utc,.local{font-size:.86em}table{font-size:.92em}th,.small,figcaption{font-size:.88em}
figure img{max-height:none}.exhibit{margin-top:3rem}}
`;
