/** A picture of an answer as a file of its own: title, sentence and n above and below, styles and fonts inlined, always on light paper. */

import { trace } from "./trace";

const NS = "http://www.w3.org/2000/svg";
const MARGIN = 32;

export interface Words {
  title: string;
  sentence: string;
  /** What the answer covers, n among it. */
  notes: readonly string[];
}

export interface Drawn {
  blob: Blob;
  width: number;
  height: number;
}

/** The picture as SVG. */
export async function drawing(element: HTMLElement, words: Words): Promise<Drawn> {
  const fonts = await embedded();
  const { picture, width, height, ink, faint, paper, family } = onLight(() => measured(element));
  const wide = Math.max(480, width);
  const head = [{ text: words.title, size: 22, weight: 640, color: ink }, ...wrapped(words.sentence, wide, 15).map((text) => ({ text, size: 15, weight: 400, color: ink }))];
  const foot = words.notes.flatMap((note) => wrapped(note, wide, 12)).map((text) => ({ text, size: 12, weight: 400, color: faint }));
  const svg = document.createElementNS(NS, "svg");
  let y = MARGIN;
  const write = (line: (typeof head)[number]): void => {
    y += line.size * 1.45;
    const text = document.createElementNS(NS, "text");
    for (const [key, value] of Object.entries({ x: MARGIN, y, fill: line.color, "font-family": family, "font-size": line.size, "font-weight": line.weight })) text.setAttribute(key, String(value));
    text.textContent = line.text;
    svg.append(text);
  };
  head.forEach(write);
  y += 20;
  picture.setAttribute("transform", `translate(${MARGIN} ${y})`);
  svg.append(picture);
  y += height + 12;
  foot.forEach(write);
  const size = { width: Math.ceil(wide + 2 * MARGIN), height: Math.ceil(y + MARGIN) };
  for (const [key, value] of Object.entries({ ...size, viewBox: `0 0 ${size.width} ${size.height}` })) svg.setAttribute(key, String(value));
  svg.prepend(defs(fonts), ground(size, paper));
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;
  return { blob: new Blob([text], { type: "image/svg+xml" }), ...size };
}

/** The picture as PNG, twice as fine as the screen. */
export async function asPng({ blob, width, height }: Drawn): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${base64(new Uint8Array(await blob.arrayBuffer()))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("png"))), "image/png"));
}

function measured(element: HTMLElement) {
  const r = element.getBoundingClientRect();
  const style = getComputedStyle(document.body);
  const token = (name: string): string => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  };
  const width = Math.max(r.width, element.scrollWidth);
  const picture = trace(element, { x: r.x, y: r.y });
  return { picture, width, height: Math.max(r.height, element.scrollHeight), ink: token("--ink"), faint: token("--ink-2"), paper: token("--paper"), family: style.fontFamily.replaceAll('"', "'") };
}

/** Runs `work` while the page is light; nothing is painted in between. */
function onLight<T>(work: () => T): T {
  const root = document.documentElement;
  const before = root.dataset["theme"];
  const still = new CSSStyleSheet();
  still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets.push(still);
  root.dataset["theme"] = "light";
  try {
    return work();
  } finally {
    if (before === undefined) delete root.dataset["theme"];
    else root.dataset["theme"] = before;
    void root.offsetWidth;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  }
}

function ground({ width, height }: { width: number; height: number }, paper: string): SVGElement {
  const rect = document.createElementNS(NS, "rect");
  for (const [key, value] of Object.entries({ width, height, fill: paper })) rect.setAttribute(key, String(value));
  return rect;
}

function defs(fonts: string): SVGElement {
  const style = document.createElementNS(NS, "style");
  style.textContent = `${fonts}\ntext { font-feature-settings: "tnum", "kern"; }`;
  const made = document.createElementNS(NS, "defs");
  made.append(style);
  return made;
}

function wrapped(text: string, width: number, size: number): string[] {
  const most = Math.max(24, Math.floor(width / (size * 0.52)));
  return text.split(/\s+/).filter(Boolean).reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
    return lines;
  }, []);
}

/** Our font with its files inside. */
async function embedded(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
  const texts = rules.map(async (rule) => {
    const address = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1];
    if (!address) return "";
    const from = new URL(address, rule.parentStyleSheet?.href ?? location.href);
    const bytes = new Uint8Array(await (await fetch(from)).arrayBuffer());
    return rule.cssText.replace(/url\("?[^")]+"?\)/, `url("data:font/woff2;base64,${base64(bytes)}")`);
  });
  return (await Promise.all(texts)).join("\n");
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
