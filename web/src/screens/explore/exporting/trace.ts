/** Traces what an element shows, HTML and SVG alike, as plain SVG: shapes with their styles written out, texts as text where each line stands. */

const NS = "http://www.w3.org/2000/svg";
const SHAPES = new Set(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "g", "defs", "linearGradient", "stop", "clipPath", "use", "tspan", "pattern", "marker"]);
const STYLES = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "opacity", "stop-color", "stop-opacity", "font-family", "font-size", "font-weight", "font-style", "font-variant-numeric", "letter-spacing", "text-anchor", "dominant-baseline", "vector-effect", "paint-order", "mix-blend-mode", "visibility"];
const NOTHING = /^rgba\(.*, 0\)$|^transparent$/;

export interface Box {
  x: number;
  y: number;
}

/** The traced content of `element`, with `origin` of the page at 0, 0. */
export function trace(element: Element, origin: Box): SVGGElement {
  const out = group();
  walk(element, origin, out);
  return out;
}

function group(): SVGGElement {
  return document.createElementNS(NS, "g");
}

function walk(element: Element, origin: Box, out: SVGGElement): void {
  const style = getComputedStyle(element);
  if (hidden(element, style)) return;
  if (element instanceof SVGSVGElement) {
    out.append(drawing(element, origin));
    return;
  }
  const inside = style.opacity === "1" ? out : out.appendChild(group());
  if (inside !== out) inside.setAttribute("opacity", style.opacity);
  boxOf(element, style, origin, inside);
  for (const node of element.childNodes) {
    if (node instanceof Element) walk(node, origin, inside);
    else if (node instanceof Text) inside.append(...lines(node, origin));
  }
}

function hidden(element: Element, style: CSSStyleDeclaration): boolean {
  return style.display === "none" || style.visibility === "hidden" || element.classList.contains("visually-hidden") || element.hasAttribute("data-not-printed");
}

/** Background and borders of a box. */
function boxOf(element: Element, style: CSSStyleDeclaration, origin: Box, out: SVGGElement): void {
  const r = element.getBoundingClientRect();
  const [x, y] = [r.x - origin.x, r.y - origin.y];
  if (!NOTHING.test(style.backgroundColor) && r.width > 0 && r.height > 0) {
    out.append(shape("rect", { x, y, width: r.width, height: r.height, rx: Math.min(parseFloat(style.borderTopLeftRadius) || 0, r.height / 2), fill: style.backgroundColor }));
  }
  if (style.backgroundImage.startsWith("repeating-linear-gradient")) out.append(...hatched({ x, y, width: r.width, height: r.height }, style.backgroundImage));
  const sides = [
    ["Top", x, y, x + r.width, y],
    ["Bottom", x, y + r.height, x + r.width, y + r.height],
    ["Left", x, y, x, y + r.height],
    ["Right", x + r.width, y, x + r.width, y + r.height],
  ] as const;
  for (const [side, x1, y1, x2, y2] of sides) {
    const width = parseFloat(style[`border${side}Width`]);
    const color = style[`border${side}Color`];
    if (!width || NOTHING.test(color) || style[`border${side}Style`] === "none") continue;
    out.append(shape("line", { x1, y1, x2, y2, stroke: color, "stroke-width": width, ...(style[`border${side}Style`] === "dashed" && { "stroke-dasharray": "4 4" }) }));
  }
}

let patterns = 0;

/** Hatching from the lower left, in the first colour and at the distance of the gradient. */
function hatched(box: Record<"x" | "y" | "width" | "height", number>, gradient: string): SVGElement[] {
  const color = /rgba?\([^)]*\)/.exec(gradient)?.[0] ?? "currentColor";
  const lengths = [...gradient.matchAll(/([\d.]+)px/g)].map((match) => Number(match[1]));
  const [thick, step] = [Math.min(...lengths.filter(Boolean)), Math.max(...lengths)];
  const id = `hatch-${(patterns += 1)}`;
  const pattern = shape("pattern", { id, width: step, height: step, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  pattern.append(shape("rect", { width: thick, height: step, fill: color }));
  return [pattern, shape("rect", { ...box, fill: `url(#${id})` })];
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  return made;
}

/** A drawing with its styles written into it, where it stands. */
function drawing(svg: SVGSVGElement, origin: Box): SVGElement {
  const r = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[...svg.querySelectorAll("*")], [...copy.querySelectorAll("*")]];
  from.forEach((one, i) => inlined(one, to[i]));
  for (const extra of [...copy.querySelectorAll("*")].filter((one) => !SHAPES.has(one.tagName) || one.classList.contains("visually-hidden"))) extra.remove();
  for (const name of ["class", "style", "role", "aria-label", "aria-hidden", "tabindex"]) copy.removeAttribute(name);
  for (const [key, value] of Object.entries({ x: r.x - origin.x, y: r.y - origin.y, width: r.width, height: r.height })) copy.setAttribute(key, String(Math.round(value * 100) / 100));
  copy.setAttribute("overflow", getComputedStyle(svg).overflow);
  return copy;
}

function inlined(from: Element, to: Element | undefined): void {
  if (!to) return;
  const style = getComputedStyle(from);
  if (style.display === "none") return to.setAttribute("display", "none");
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value && value !== "normal" && value !== "auto") to.setAttribute(name, value.replaceAll('"', "'"));
  }
  for (const name of [...to.getAttributeNames()]) {
    if (name === "class" || name === "style" || name === "tabindex" || name === "role" || name.startsWith("aria-") || name.startsWith("on")) to.removeAttribute(name);
  }
}

/** Each line of a text where it stands. */
function lines(node: Text, origin: Box): SVGElement[] {
  const parent = node.parentElement;
  if (!parent || !node.data.trim()) return [];
  const style = getComputedStyle(parent);
  if (style.writingMode.startsWith("vertical")) return [upright(node, parent, style, origin)];
  const found: { text: string; x: number; bottom: number; top: number; right: number }[] = [];
  const range = document.createRange();
  for (let i = 0; i < node.length; i += 1) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const r = range.getClientRects()[0];
    if (!r || r.width === 0) continue;
    const last = found.at(-1);
    if (last && Math.abs(last.top - r.top) < 2) [last.text, last.right] = [last.text + node.data[i], r.right];
    else found.push({ text: node.data[i] ?? "", x: r.left, top: r.top, bottom: r.bottom, right: r.right });
  }
  const size = parseFloat(style.fontSize);
  return found.filter((line) => line.text.trim()).map((line) => {
    const middle = (line.top + line.bottom) / 2;
    const text = shape("text", { x: line.x - origin.x, y: middle - origin.y + size * 0.35, ...lettering(style), textLength: line.right - line.x, "xml:space": "preserve" });
    if (style.textDecorationLine.includes("line-through")) text.setAttribute("text-decoration", "line-through");
    text.textContent = line.text.replace(/\s+/g, " ");
    return text;
  });
}

const lettering = (style: CSSStyleDeclaration): Record<string, string | number> => ({
  fill: style.color,
  "font-family": style.fontFamily.replaceAll('"', "'"),
  "font-size": parseFloat(style.fontSize),
  "font-weight": style.fontWeight,
});

/** A line that is set vertically: read upwards if its box is turned around, else downwards. */
function upright(node: Text, parent: Element, style: CSSStyleDeclaration, origin: Box): SVGElement {
  const range = document.createRange();
  range.selectNodeContents(node);
  const r = range.getBoundingClientRect();
  const upwards = parseFloat(style.rotate) === 180 || parseFloat(getComputedStyle(parent.parentElement ?? parent).rotate) === 180;
  const [x, y] = [(r.left + r.right) / 2 - origin.x, (upwards ? r.bottom : r.top) - origin.y];
  const text = shape("text", { x, y, dy: parseFloat(style.fontSize) * 0.35, ...lettering(style), transform: `rotate(${upwards ? -90 : 90} ${x} ${y})` });
  text.textContent = node.data.trim();
  return text;
}
