/** What a gesture draws over the sheet. Moved by transforms only, so that a move of the pointer costs no layout of the page. */

export class Marks {
  readonly #layer: HTMLElement;
  readonly #line: HTMLElement;
  readonly #box: HTMLElement;
  readonly #ghost: HTMLElement;

  /** `layer` lies over the sheet with its own line and box; `ghost` over the page. */
  constructor(layer: HTMLElement, ghost: HTMLElement) {
    const part = (name: string): HTMLElement => layer.querySelector<HTMLElement>(`[data-mark="${name}"]`) ?? layer;
    this.#layer = layer;
    this.#line = part("line");
    this.#box = part("box");
    this.#ghost = ghost;
  }

  /** A line where something would go; `width` 0 is an upright one of `height`. */
  line(x: number, y: number, width: number, height: number): void {
    const { style } = this.#line;
    style.transform = `translate3d(${x}px, ${y}px, 0) scale(${Math.max(width, 2)}, ${Math.max(height, 2)})`;
    this.#layer.dataset["line"] = "";
  }

  noLine(): void {
    delete this.#layer.dataset["line"];
  }

  /** A rectangle, drawn from its corners. */
  box(left: number, top: number, right: number, bottom: number): void {
    this.#box.style.transform = `translate3d(${left}px, ${top}px, 0)`;
    this.#box.style.width = `${right - left}px`;
    this.#box.style.height = `${bottom - top}px`;
    this.#layer.dataset["box"] = "";
  }

  noBox(): void {
    delete this.#layer.dataset["box"];
  }

  /** Takes a picture of things along with the pointer. */
  lift(elements: readonly HTMLElement[], zoom: number, count: number): void {
    this.#ghost.replaceChildren();
    const [first] = elements;
    if (!first) return;
    const copy = first.cloneNode(true) as HTMLElement;
    copy.removeAttribute("data-id");
    copy.removeAttribute("tabindex");
    copy.style.cssText = `position: relative; left: 0; top: 0; width: ${first.offsetWidth}px; max-height: 320px; zoom: ${zoom}`;
    this.#ghost.append(copy);
    if (count > 1) this.#ghost.dataset["count"] = String(count);
    for (const element of elements) element.dataset["lifted"] = "";
    this.#ghost.hidden = false;
  }

  /** Moves the picture to a place of the window. */
  carry(x: number, y: number): void {
    this.#ghost.style.transform = `translate3d(${x}px, ${y}px, 0)`;
  }

  /** Takes everything away. */
  clear(elements: Iterable<HTMLElement> = []): void {
    this.noLine();
    this.noBox();
    this.#ghost.hidden = true;
    this.#ghost.replaceChildren();
    delete this.#ghost.dataset["count"];
    for (const element of elements) delete element.dataset["lifted"];
  }
}
