/** The portfolio of maps: which are shown, in which order, in which columns or branches. Its state is its address. */

import type { MapInfo } from "./api";
import type { LifeCycle, MapKind, MapStatus } from "./document";
import { dueOf } from "./due";

export const VIEWS = ["table", "board", "tree"] as const;
export const GROUPS = ["life_cycle", "status"] as const;
export const SORTS = ["name", "kind", "status", "owner", "review", "coverage", "worst", "goal", "changed", "comments"] as const;
export const KINDS: readonly MapKind[] = ["current_measured", "current_assumed", "ideal", "experiment"];
export const STATUSES: readonly MapStatus[] = ["draft", "review", "approved", "archived"];
export const LIFE_CYCLES: readonly LifeCycle[] = ["awareness", "consideration", "purchase", "post_purchase", "engagement"];

export type View = (typeof VIEWS)[number];
export type Group = (typeof GROUPS)[number];
export type Sort = (typeof SORTS)[number];

export interface Look {
  view: View;
  group: Group;
  sort: Sort;
  down: boolean;
  text: string;
  kinds: string[];
  statuses: string[];
  owners: string[];
  tags: string[];
  /** Only maps whose review is due within two weeks or overdue. */
  due: boolean;
}

const one = <T extends string>(all: readonly T[], text: string | null, usual: T): T => all.find((a) => a === text) ?? usual;

/** Reads the address; what it does not know is as usual: a table, newest change first. */
export function lookOf(query: URLSearchParams): Look {
  const sort = query.get("sort") ?? "-changed";
  return {
    view: one(VIEWS, query.get("view"), "table"),
    group: one(GROUPS, query.get("by"), "life_cycle"),
    sort: one(SORTS, sort.replace(/^-/, ""), "changed"),
    down: sort.startsWith("-"),
    text: query.get("q") ?? "",
    kinds: query.getAll("kind"),
    statuses: query.getAll("status"),
    owners: query.getAll("owner"),
    tags: query.getAll("tag"),
    due: query.get("due") === "1",
  };
}

/** What a change of the look writes into the address; what is as usual is left out. */
export function toAddress(look: Partial<Look>): Record<string, string | string[] | null> {
  const query: Record<string, string | string[] | null> = {};
  if (look.view) query["view"] = look.view === "table" ? null : look.view;
  if (look.group) query["by"] = look.group === "life_cycle" ? null : look.group;
  if (look.sort) query["sort"] = look.sort === "changed" && look.down ? null : `${look.down ? "-" : ""}${look.sort}`;
  if (look.text !== undefined) query["q"] = look.text || null;
  if (look.kinds) query["kind"] = look.kinds;
  if (look.statuses) query["status"] = look.statuses;
  if (look.owners) query["owner"] = look.owners;
  if (look.tags) query["tag"] = look.tags;
  if (look.due !== undefined) query["due"] = look.due ? "1" : null;
  return query;
}

const plain = (text: string): string => text.toLowerCase().replaceAll("ł", "l").replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");

/** Whether every word of `wanted` stands in `text`; letters count alike with and without their marks. */
export function contains(text: string, wanted: string): boolean {
  const within = plain(text);
  return plain(wanted).split(/\s+/).every((word) => within.includes(word));
}

/** The maps that the look lets through. Choices of one kind add up, choices of different kinds narrow. */
export function shown(maps: readonly MapInfo[], look: Look, today: string): MapInfo[] {
  const any = (chosen: readonly string[], value: string | null) => !chosen.length || (value !== null && chosen.includes(value));
  return maps.filter((map) => {
    const due = dueOf(map.review, today);
    return (
      any(look.kinds, map.kind) && any(look.statuses, map.status) && any(look.owners, map.owner) &&
      (!look.tags.length || map.tags.some((tag) => look.tags.includes(tag))) &&
      (!look.due || (due !== null && due.state !== "later")) &&
      contains([map.name, map.goal, map.owner ?? "", ...map.tags].join(" "), look.text)
    );
  });
}

type Value = string | number | null;
const VALUE: Record<Sort, (map: MapInfo) => Value> = {
  name: (m) => m.name,
  kind: (m) => KINDS.indexOf(m.kind),
  status: (m) => STATUSES.indexOf(m.status),
  owner: (m) => m.owner || null,
  review: (m) => m.review,
  coverage: (m) => m.coverage,
  worst: (m) => m.worst_share,
  goal: (m) => m.goal || null,
  changed: (m) => m.changed,
  comments: (m) => m.open_comments,
};

/** In order of one column; maps without a value come last either way, equals by name. */
export function sorted(maps: readonly MapInfo[], sort: Sort, down: boolean, language?: string): MapInfo[] {
  const words = new Intl.Collator(language, { numeric: true });
  const compare = (a: Value, b: Value): number => (typeof a === "string" && typeof b === "string" ? words.compare(a, b) : Number(a) - Number(b));
  const value = VALUE[sort];
  return [...maps].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || words.compare(a.name, b.name);
    return (down ? -compare(x, y) : compare(x, y)) || words.compare(a.name, b.name);
  });
}

export interface Column {
  /** A life cycle or a status; null collects the maps without one. */
  key: string | null;
  maps: MapInfo[];
}

/** The columns of the board, in the order of life; the one of maps without a life cycle comes last, if there are any. */
export function board(maps: readonly MapInfo[], group: Group): Column[] {
  const keys: readonly string[] = group === "status" ? STATUSES : LIFE_CYCLES;
  const columns: Column[] = keys.map((key) => ({ key, maps: maps.filter((m) => m[group] === key) }));
  const rest = maps.filter((m) => m[group] === null);
  return rest.length ? [...columns, { key: null, maps: rest }] : columns;
}

export interface Branch {
  map: MapInfo;
  children: Branch[];
}

/** Maps under their parents. A map whose parent is not among them stands at the top, and so does one map of a circle. */
export function tree(maps: readonly MapInfo[]): Branch[] {
  const ids = new Set(maps.map((m) => m.id));
  const placed = new Set<string>();
  const grow = (map: MapInfo): Branch => {
    placed.add(map.id);
    return { map, children: maps.filter((m) => m.parent === map.id && !placed.has(m.id)).map(grow) };
  };
  const branches = maps.filter((m) => m.parent === null || !ids.has(m.parent) || m.parent === m.id).map(grow);
  for (const map of maps) if (!placed.has(map.id)) branches.push(grow(map));
  return branches;
}

/** Maps whose review is overdue or near, the longest overdue first. */
export const dueList = (maps: readonly MapInfo[], today: string): MapInfo[] =>
  sorted(maps.filter((m) => m.status !== "archived" && m.review !== null && dueOf(m.review, today)?.state !== "later"), "review", false);

/** All owners and tags in use, for the filters. */
export const owners = (maps: readonly MapInfo[]): string[] => [...new Set(maps.flatMap((m) => (m.owner ? [m.owner] : [])))].sort();
export const tags = (maps: readonly MapInfo[]): string[] => [...new Set(maps.flatMap((m) => m.tags))].sort();
