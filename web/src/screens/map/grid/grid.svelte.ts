/** What the grid on the screen knows beyond the map: how big things are, which part is in sight, what is edited or carried. */

import { tick } from "svelte";
import type { Card, Lane } from "../../../core/map/document";
import { withDraft, type Draft } from "../../../core/map/draft";
import { findThing, namesSteps } from "../../../core/map/find";
import { rowAt, type CardSlot } from "../../../core/map/hits";
import { guessHeight, layout, NAMES_WIDTH, type Layout } from "../../../core/map/layout";
import { matcher } from "../../../core/map/match";
import { idAt, placeOf, placesOf, type Place } from "../../../core/map/places";
import { windowOf, type Sight, type Window } from "../../../core/map/window";
import { drawnHeight } from "../lanes/drawn";
import type { MapSession } from "../../../state/mapsession.svelte";

/** Drawn around what is in sight, so that a scroll finds its cards there. */
const MARGIN = 320;
/** Scrolls shorter than this change nothing in the page. */
const NOTCH = 64;
export const LEAST_ZOOM = 0.25;
export const MOST_ZOOM = 2;

/** Things picked up by a key, and where they would go. */
export interface Carried {
  ids: ReadonlySet<string>;
  grabbed: string;
  slot: CardSlot;
}

export class Grid {
  readonly session: MapSession;
  viewport = $state.raw<HTMLElement | null>(null);
  /** Of the viewport in screen pixels, and of the screen, by which columns are made. */
  room = $state.raw({ width: 0, height: 0, screen: 0 });
  heads = $state(80);
  editing = $state<string | null>(null);
  /** After which lane a new one is asked for; "" at the end. */
  addingAfter = $state<string | null>(null);
  /** A card that is being added. */
  draft = $state.raw<Draft | null>(null);
  carried = $state.raw<Carried | null>(null);
  /** Where the context menu stands, and for what. */
  menu = $state.raw<{ x: number; y: number; id: string } | null>(null);
  /** Whether the focus of the page is in the grid, also while the thing that has it is drawn anew. */
  held = false;
  /** Where a range starts that Shift extends. */
  anchor: string | null = null;
  /** How far the viewport is scrolled, in screen pixels; what is drawn follows in notches. */
  scroll = { x: 0, y: 0 };
  #scrolled = $state.raw({ x: 0, y: 0 });
  #seen = $state(0);
  readonly #heights = new Map<string, { width: number; height: number }>();
  #last: Place = { row: -2, column: 0, item: 0 };
  /** The lane at the top of what is in sight, and how far above it begins. */
  #top: { lane: string; above: number } | null = null;
  #sizes: ResizeObserver | undefined;

  readonly document = $derived.by(() => withDraft(this.session.document, this.draft));
  readonly steps = $derived.by(() => namesSteps(this.session.document));
  readonly layout: Layout = $derived.by(() => this.#arrange());
  readonly places = $derived(placesOf(this.layout));
  readonly window: Window = $derived.by(() => windowOf(this.layout, this.sight, MARGIN));
  readonly place = $derived.by(() => (this.session.focus === null ? null : placeOf(this.layout, this.places, this.session.focus)));

  constructor(session: MapSession) {
    this.session = session;
  }

  get zoom(): number {
    return this.session.zoom;
  }

  /** The part of the sheet in sight, without heads and names. */
  get sight(): Sight {
    const { zoom } = this;
    return {
      x: this.#scrolled.x / zoom,
      y: this.#scrolled.y / zoom,
      width: this.room.width / zoom - NAMES_WIDTH,
      height: this.room.height / zoom - this.heads,
    };
  }

  #arrange(): Layout {
    void this.#seen;
    const { session } = this;
    const shows = matcher(session.filter, session.library);
    return layout(this.document, {
      room: Math.max(this.room.width, this.room.screen) - NAMES_WIDTH - 56,
      height: (card, lane, width) => this.#heightOf(card, lane, width),
      drawn: (lane) => drawnHeight(lane, session),
      folded: (lane) => session.collapsed.has(lane),
      hidden: (lane) => session.hidden.has(lane),
      shows,
    });
  }

  #heightOf(card: Card, lane: Lane, width: number): number {
    const seen = this.#heights.get(card.id);
    return seen && Math.abs(seen.width - width) < 1.5 ? seen.height : guessHeight(card, lane, width);
  }

  /** Watches how high a card really is. */
  readonly sized = (element: HTMLElement) => {
    this.#sizes ??= new ResizeObserver((entries) => this.#measure(entries));
    this.#sizes.observe(element);
    return () => this.#sizes?.unobserve(element);
  };

  #measure(entries: readonly ResizeObserverEntry[]): void {
    let changed = false;
    for (const { target } of entries) {
      if (!(target instanceof HTMLElement) || !target.isConnected) continue;
      const id = target.dataset["id"] ?? "";
      const [width, height] = [target.offsetWidth, target.offsetHeight];
      const before = this.#heights.get(id);
      this.#heights.set(id, { width, height });
      changed ||= before?.height !== height || before.width !== width;
    }
    if (changed) this.#seen += 1;
  }

  /** Takes in how far the viewport is scrolled. */
  scrolled(force = false): void {
    const { viewport } = this;
    if (!viewport) return;
    const { scrollLeft: x, scrollTop: y } = viewport;
    this.scroll = { x, y };
    const row = this.layout.rows[rowAt(this.layout, y / this.zoom)];
    this.#top = row ? { lane: row.lane.id, above: y / this.zoom - row.y } : null;
    if (force || Math.abs(x - this.#scrolled.x) >= NOTCH || Math.abs(y - this.#scrolled.y) >= NOTCH) this.#scrolled = { x, y };
  }

  /** Lanes turn out higher or lower than guessed as their cards come into sight; what is looked at stays where it is. */
  holdStill(): void {
    const { viewport, zoom } = this;
    const row = this.#top && this.layout.rows.find((one) => one.lane.id === this.#top?.lane);
    if (!viewport || !row || !this.#top || this.scroll.y === 0) return;
    const wanted = Math.round((row.y + Math.min(this.#top.above, row.height)) * zoom);
    if (Math.abs(wanted - this.scroll.y) < 1) return;
    viewport.scrollTop = wanted;
    this.scrolled(true);
  }

  /** The focus goes to a thing, which comes into sight. */
  async go(id: string | null): Promise<void> {
    if (id === null) return;
    this.session.focus = id;
    this.show(id);
    await tick();
    this.element(id)?.focus({ preventScroll: true });
  }

  element(id: string): HTMLElement | null {
    return this.viewport?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
  }

  /** Scrolls as little as brings a thing into sight. */
  show(id: string): void {
    const place = placeOf(this.layout, this.places, id);
    const { viewport, zoom } = this;
    if (!place || !viewport) return;
    this.#last = place;
    const sight = { ...this.sight, x: viewport.scrollLeft / zoom, y: viewport.scrollTop / zoom };
    const box = this.boxOf(place, id);
    const x = place.column < 0 ? sight.x : nearest(sight.x, sight.width, box.x, box.width);
    const y = place.row < 0 ? sight.y : nearest(sight.y, sight.height, box.y, box.height);
    if (x !== sight.x || y !== sight.y) {
      viewport.scrollTo({ left: x * zoom, top: y * zoom, behavior: "instant" });
      this.scrolled(true);
    }
  }

  /** The rectangle of a place on the sheet. */
  boxOf(place: Place, id: string): { x: number; y: number; width: number; height: number } {
    const column = this.layout.columns[place.column];
    const row = this.layout.rows[place.row];
    const card = row?.cards.find((placed) => placed.card.id === id);
    if (card && row) return { x: card.x, y: row.y + card.y, width: card.width, height: card.height };
    return { x: column?.x ?? 0, y: row?.y ?? 0, width: column?.width ?? 0, height: row?.height ?? 0 };
  }

  /** After a change took the thing in focus away, the focus goes to what stands there now. */
  settle(): void {
    const { focus } = this.session;
    if (focus !== null && placeOf(this.layout, this.places, focus)) return void this.#remember();
    const near = { ...this.#last, row: Math.min(this.#last.row, this.layout.rows.length - 1), column: Math.min(this.#last.column, this.layout.columns.length - 1) };
    this.session.focus = idAt(this.layout, near) ?? this.layout.stages[0]?.id ?? this.layout.rows[0]?.lane.id ?? null;
  }

  #remember(): void {
    if (this.place) this.#last = this.place;
  }

  /** After the page changed: what had the focus has it still, drawn anew or in its place. */
  keepFocus(): void {
    this.settle();
    if (!this.held || this.editing !== null || this.menu !== null) return;
    if (document.activeElement !== document.body || this.session.focus === null) return;
    this.element(this.session.focus)?.focus({ preventScroll: true });
  }

  /** What a command is about: everything selected if the thing is among it, else the thing alone. */
  targets(id: string): Set<string> {
    return this.session.selection.has(id) ? new Set(this.session.selection) : new Set([id]);
  }

  thing(id: string | null) {
    return id === null ? null : findThing(this.document, id);
  }

  /** Zooms around a point of the viewport, by default its middle. */
  zoomTo(zoom: number, at?: { x: number; y: number }): void {
    const { viewport, zoom: before } = this;
    const next = Math.round(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom)) * 100) / 100;
    if (!viewport || next === before) return;
    const point = at ?? { x: this.room.width / 2, y: this.room.height / 2 };
    const scale = next / before;
    const [left, top] = [(viewport.scrollLeft + point.x) * scale - point.x, (viewport.scrollTop + point.y) * scale - point.y];
    this.session.zoom = next;
    void tick().then(() => {
      viewport.scrollTo({ left, top, behavior: "instant" });
      this.scrolled(true);
    });
  }

  /** The zoom at which all columns are in sight; 1 if they are at 1. */
  fit(): void {
    const wide = this.room.width / (this.layout.width + NAMES_WIDTH + 56);
    this.zoomTo(Math.floor(Math.min(1, wide) * 100) / 100, { x: 0, y: 0 });
  }
}

/** The least scroll after which `size` pixels at `at` lie within `room`; their start wins if they do not fit. */
function nearest(from: number, room: number, at: number, size: number): number {
  if (at < from || size > room) return at;
  return at + size > from + room ? at + size - room : from;
}
