/** One map while it is open: its document and figures, what is selected, who else changed it. Everything on the map's screen gets it. */

import { SvelteSet } from "svelte/reactivity";
import { ApiError } from "../core/api";
import { fromQuery } from "../core/filters";
import type { Key } from "../core/i18n";
import type { Command, Comment, Entry, MapEvent, MeasureOf } from "../core/map/api";
import { batch, Refused, saidBy } from "../core/map/commands";
import type { Mark } from "../core/map/difference";
import type { Card, JourneyMap, LibraryItem, LibraryKind } from "../core/map/document";
import { newId } from "../core/map/ids";
import { asParameters, cardsAsked } from "../core/map/match";
import type { Conformance, Measured, Sheet } from "../core/map/measured";
import { MapSync, type Conflict, type Remote, type SyncState } from "../core/map/sync";
import { asParams } from "../core/router";
import { t } from "./i18n.svelte";
import { announce, toast } from "./live.svelte";
import { maps } from "./maps";
import { asApiError } from "./resource.svelte";
import { router } from "./router.svelte";
import { workspace } from "./workspace.svelte";

export type Mode = "edit" | "comment" | "present";

export interface MapFilter {
  channels: string[];
  tags: string[];
  owners: string[];
  text: string;
}

export interface RunOptions {
  /** Said to screen readers once it is done. */
  announce?: string;
  /** What undo calls it. */
  label?: string;
}

const REMEASURE_MS = 700;
const STALE_MS = 60_000;

export class MapSession {
  readonly id: string;
  readonly #sync: MapSync;
  #document = $state.raw() as JourneyMap;
  #version = $state(0);
  #saveState = $state<SyncState>("saved");
  #conflicts = $state.raw<readonly Conflict[]>([]);
  #undo = $state.raw<{ can: boolean; label: string }>({ can: false, label: "" });
  #redo = $state.raw<{ can: boolean; label: string }>({ can: false, label: "" });
  #library = $state.raw<ReadonlyMap<string, LibraryItem>>(new Map());
  #measuring: AbortController | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #measuredAt = 0;
  #measuredVersion = -1;
  readonly #stops: (() => void)[] = [];

  measured = $state.raw<Measured | null>(null);
  measureError = $state.raw<ApiError | null>(null);
  measuring = $state(false);
  conformance = $state.raw<Conformance | null>(null);
  /** What differs from what the map was last compared with, by id. */
  marks = $state.raw<ReadonlyMap<string, Mark>>(new Map());
  /** What an action whose versions are compared was about. */
  touched = $state.raw<ReadonlySet<string>>(new Set());
  comments = $state.raw<readonly Comment[]>([]);
  /** Names of the KPIs that cards show, by id. */
  kpiNames = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** An old version that is looked at; nothing can be changed meanwhile. */
  preview = $state.raw<Sheet | null>(null);
  /** Ids of any kind. */
  readonly selection = new SvelteSet<string>();
  /** The id in focus, or `LANE:STEP` of a cell. */
  focus = $state<string | null>(null);
  /** Grows when something asks the grid to bring the focus into sight. */
  revealed = $state(0);
  readonly #asked = $derived(JSON.stringify(cardsAsked(router.route.query)));
  #text = $state("");
  readonly #filter = $derived<MapFilter>({ ...(JSON.parse(this.#asked) as Omit<MapFilter, "text">), text: this.#text });
  /** Lanes that are folded or left out on this screen. */
  readonly collapsed = new SvelteSet<string>();
  readonly hidden = new SvelteSet<string>();
  zoom = $state(1);
  /** Whether the panel beside the map is open; it shows what is selected. */
  panel = $state(false);
  mode = $state<Mode>("edit");

  constructor(sheet: Sheet, live = true) {
    this.id = sheet.id;
    this.#sync = live ? new MapSync(this.#remote(), sheet, () => this.#read()) : new MapSync({ ...this.#remote(), follow: () => () => undefined }, sheet, () => undefined, { store: null, target: null });
    this.#keep(sheet.library);
    this.measured = sheet.measured;
    for (const lane of sheet.lanes) if (lane.collapsed) this.collapsed.add(lane.id);
    this.#read();
  }

  /** Loads a map; it follows the server until `close`. */
  static async open(id: string, signal?: AbortSignal): Promise<MapSession> {
    const [sheet] = await Promise.all([maps.sheet(id, { signal }), workspace.defined()]);
    const session = new MapSession(sheet);
    session.#follow();
    return session;
  }

  /** A version that is only looked at: it hears nothing of the server and takes no change. */
  static still(sheet: Sheet): MapSession {
    const session = new MapSession(sheet, false);
    session.preview = sheet;
    return session;
  }

  close(): void {
    this.#sync.close();
    this.#measuring?.abort();
    clearTimeout(this.#again);
    for (const stop of this.#stops) stop();
  }

  /** Which cards are shown, as the address asks; `text` is what is looked for. */
  get filter(): MapFilter {
    return this.#filter;
  }
  set filter(wanted: MapFilter) {
    this.#text = wanted.text;
    if (JSON.stringify(cardsAsked(asParams(asParameters(wanted)))) !== this.#asked) router.setQuery(asParameters(wanted));
  }
  get document(): JourneyMap {
    return this.preview ?? this.#document;
  }
  get version(): number {
    return this.preview?.version ?? this.#version;
  }
  get saveState(): SyncState {
    return this.#saveState;
  }
  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }
  get library(): ReadonlyMap<string, LibraryItem> {
    return this.#library;
  }
  get readonly(): boolean {
    return this.preview !== null || this.mode === "present";
  }
  get canUndo(): boolean {
    return this.#undo.can && !this.readonly;
  }
  get canRedo(): boolean {
    return this.#redo.can && !this.readonly;
  }
  /** What undo takes back, in the reader's language. */
  get undoLabel(): string {
    return saidBy(t, this.#undo.label);
  }
  get redoLabel(): string {
    return saidBy(t, this.#redo.label);
  }

  /** Does a command or several as one. False if the map refuses it; the user is told why. */
  run(command: Command | Command[], options: RunOptions = {}): boolean {
    if (this.readonly) return false;
    const one = !Array.isArray(command) ? command : command.length === 1 && command[0] ? command[0] : batch(command);
    try {
      this.#sync.run(one, options.label);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      toast(t("map.grid.refused", { reason: t(`map.refused.${error.reason}` as Key) }), "bad");
      return false;
    }
    if (options.announce) announce(options.announce);
    return true;
  }

  /** Takes the last change back. False if there is nothing to take back, or if the map has no place for it any more. */
  async undo(): Promise<boolean> {
    const label = this.undoLabel;
    const done = this.canUndo && (await this.#sync.undo());
    announce(done ? t("map.said.undone", { what: label }) : t("map.said.no_undo"));
    return done;
  }

  async redo(): Promise<boolean> {
    const label = this.redoLabel;
    const done = this.canRedo && (await this.#sync.redo());
    announce(done ? t("map.said.redone", { what: label }) : t("map.said.no_redo"));
    return done;
  }

  select(ids: Iterable<string>): void {
    const wanted = new Set(ids);
    for (const id of [...this.selection]) if (!wanted.has(id)) this.selection.delete(id);
    for (const id of wanted) this.selection.add(id);
  }

  /** Moves the focus to a thing and brings it into sight. */
  reveal(id: string): void {
    this.focus = id;
    this.revealed += 1;
  }

  /** Catches up with the server: what others did, the library, comments, figures. */
  async reload(): Promise<void> {
    await Promise.all([this.#catchUp(), this.refreshLibrary(), this.refreshComments(), this.measure()]);
  }

  /** Asks for the figures under the filters of the address. */
  async measure(): Promise<void> {
    this.#measuring?.abort();
    const stop = (this.#measuring = new AbortController());
    this.measuring = true;
    if (this.conformance) void this.compareWith(this.conformance.ideal).catch(() => undefined);
    try {
      this.#measuredVersion = this.#version;
      const measurable = this.#document.definition !== null || workspace.hasDefinition || (await workspace.defined());
      const measured = measurable ? await maps.measured(this.id, this.#of(), { signal: stop.signal }) : null;
      if (stop.signal.aborted) return;
      this.#measuredAt = Date.now();
      this.measured = measured;
      this.measureError = null;
    } catch (error) {
      if (!stop.signal.aborted) this.measureError = asApiError(error);
    } finally {
      if (!stop.signal.aborted) this.measuring = false;
    }
  }

  /** Compares what people did with an ideal map; null takes the comparison away. */
  async compareWith(ideal: string | null): Promise<void> {
    this.conformance = ideal === null ? null : await maps.conformance(this.id, ideal, this.#of());
  }

  async refreshComments(): Promise<void> {
    this.comments = await maps.comments(this.id);
  }

  async refreshLibrary(): Promise<void> {
    this.#keep(await maps.library());
  }

  /** A new item, known to this map at once. */
  async addLibraryItem(kind: LibraryKind, name: string): Promise<LibraryItem> {
    const item = await maps.addItem({ kind, name });
    this.#library = new Map(this.#library).set(item.id, item);
    return item;
  }

  /** What a card is called: the library's name where it refers to an item, else the first line of its text, else the KPI that it shows. */
  titleOf(card: Card): string {
    const item = card.ref === null ? undefined : this.#library.get(card.ref);
    return item?.name ?? (card.text.split("\n", 1)[0] || (card.kpi && this.kpiNames.get(card.kpi)) || "");
  }

  newId(): string {
    return newId();
  }

  #of(): MeasureOf {
    const query = router.route.query;
    return { filters: fromQuery(query), segment: query.get("segment"), curves: query.getAll("curve") };
  }

  #keep(items: readonly LibraryItem[]): void {
    this.#library = new Map(items.map((item) => [item.id, item]));
  }

  #read(): void {
    const sync = this.#sync;
    this.#document = sync.document;
    this.#version = sync.version;
    this.#saveState = sync.state;
    this.#conflicts = sync.conflicts;
    this.#undo = { can: sync.canUndo, label: sync.undoLabel ?? "" };
    this.#redo = { can: sync.canRedo, label: sync.redoLabel ?? "" };
    if (sync.state === "saved" && this.#measuredVersion >= 0 && sync.version !== this.#measuredVersion) this.#measureSoon();
  }

  #measureSoon(): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.measure(), REMEASURE_MS);
  }

  async #catchUp(): Promise<void> {
    this.#sync.receive(await maps.since(this.id, this.#sync.version));
  }

  #remote(): Remote {
    return {
      send: (sent) => maps.send(this.id, sent),
      since: (version) => maps.since(this.id, version),
      load: () => maps.sheet(this.id),
      follow: (onevent) => {
        const source = new EventSource(maps.liveAddress(this.id));
        source.addEventListener("version", (event) => onevent((JSON.parse(event.data as string) as { version: number }).version));
        for (const name of ["library", "comments"] as const) source.addEventListener(name, () => this.#heard(name));
        return () => source.close();
      },
    };
  }

  #heard(name: Exclude<MapEvent, "version">): void {
    void (name === "library" ? this.refreshLibrary() : this.refreshComments()).catch(() => undefined);
  }

  /** Figures refresh by themselves: when somebody looks again after a minute, and every minute while somebody looks. */
  #follow(): void {
    const look = () => {
      if (document.visibilityState === "visible" && this.#measuredAt > 0 && Date.now() - this.#measuredAt >= STALE_MS) void this.measure();
    };
    const timer = setInterval(look, STALE_MS);
    document.addEventListener("visibilitychange", look);
    this.#stops.push(() => clearInterval(timer), () => document.removeEventListener("visibilitychange", look));
    void this.refreshComments().catch(() => undefined);
  }
}

export type { Conflict, Entry, SyncState };
