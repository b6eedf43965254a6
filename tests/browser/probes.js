// What a page shows, and whether its texts have room. Read by probes.py.

const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const aside = (e) => e.closest(".visually-hidden, [hidden], dialog:not([open]), option, svg");

function* textNodes() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.textContent.trim() && walker.currentNode.parentElement) yield walker.currentNode;
}

const foreign = (e) => e.closest("[lang]")?.lang !== document.documentElement.lang && e.closest("[lang]")?.lang;

/** Every text that is shown or said in the page's language: text nodes, labels, titles, placeholders, the page's title. */
function texts() {
  const said = new Set([document.title]);
  for (const node of textNodes()) if (shown(node.parentElement) && !foreign(node.parentElement)) said.add(node.textContent.replace(/\s+/g, " ").trim());
  for (const e of document.body.querySelectorAll("*")) {
    if (!shown(e) || foreign(e)) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
      const text = e.getAttribute(name)?.trim();
      if (text) said.add(text);
    }
  }
  return [...said];
}

/** Each line of text with its element and place on the screen. */
function lines() {
  const found = [];
  for (const node of textNodes()) {
    const e = node.parentElement;
    if (aside(e) || !shown(e)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = node.textContent.trim().slice(0, 60);
    for (const r of range.getClientRects()) if (r.width > 1 && r.height > 1) found.push({ e, r, text });
  }
  return found;
}

const wider = (r, b) => r.right > b.right + 1.5 || r.left < b.left - 1.5;
const clips = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);

/** Texts that leave their button or the box that clips them, unless a title or opening the place says the rest. */
function cutOff() {
  const found = new Set();
  for (const { e, r, text } of lines()) {
    const button = e.closest("button, a.button");
    if (button && wider(r, button.getBoundingClientRect())) found.add(`${text} (out of its button)`);
    for (let box = e; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.display === "inline") continue;
      const b = box.getBoundingClientRect();
      const told = style.textOverflow === "ellipsis" && box.closest("[title], summary");
      if (clips(style, "X") && !told && wider(r, b)) found.add(`${text} (across, in ${box.className})`);
      if (clips(style, "Y") && r.bottom > b.bottom + 1.5 && r.top < b.bottom) found.add(`${text} (down, in ${box.className})`);
      if (["auto", "scroll"].includes(style.overflowX) || style.position === "fixed") break;
    }
  }
  return [...found];
}

/** What lies on top of the page by intention: it may cover texts. */
function above(e) {
  for (let box = e; box; box = box.parentElement) {
    if (box.tagName === "DIALOG" || ["fixed", "sticky"].includes(getComputedStyle(box).position)) return true;
  }
  return false;
}

/** Pairs of texts that lie on one another. */
function overlapping() {
  const found = lines().filter(({ e }) => !above(e));
  const pairs = [];
  for (const [i, a] of found.entries()) {
    for (const b of found.slice(i + 1)) {
      const across = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left);
      const down = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
      if (a.e !== b.e && across > 3 && down > 5) pairs.push(`“${a.text}” over “${b.text}”`);
    }
  }
  return pairs;
}

/** By how many pixels the page as a whole is wider than the window. */
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
