/** The client of everything around maps: documents, commands, versions, comments, library, templates, files. */

import type { Api, Options } from "../api";
import { toQuery } from "../filters";
import type { Filters } from "../types";
import type { Image, LibraryItem, LibraryKind, LifeCycle, MapKind, MapStatus } from "./document";
import type { Conformance, Measured, Sheet } from "./measured";

export type Command = { do: string } & Record<string, unknown>;

export interface Sent {
  id: string;
  base: number;
  commands: Command[];
  undoes?: number | null;
}

export interface Entry {
  version: number;
  id: string;
  at: string;
  author: string;
  commands: Command[];
  inverse: Command[];
  undoes: number | null;
}

export interface KeptVersion {
  version: number;
  label: string;
  at: string;
  author: string;
  measured: boolean;
  safety: boolean;
}

export interface Comment {
  id: string;
  on: string | null;
  text: string;
  author: string;
  at: string | null;
  resolved: boolean;
  reply_to: string | null;
}

export interface Suggestion {
  id: string;
  kind: "stage" | "touchpoint" | "bind" | "lane" | "order";
  names: Record<string, string>;
  people: number | null;
  commands: Command[];
  library: LibraryItem[];
}

export interface Difference {
  kind: "added" | "removed" | "changed" | "moved";
  what: "map" | "stage" | "step" | "lane" | "card" | "path" | "view" | "figure";
  id: string;
  where: string[];
  field: string | null;
  before: unknown;
  after: unknown;
  low: number | null;
  high: number | null;
}

export interface MapInfo {
  id: string;
  name: string;
  kind: MapKind;
  status: MapStatus;
  life_cycle: LifeCycle | null;
  owner: string | null;
  review: string | null;
  tags: string[];
  parent: string | null;
  goal: string;
  template: string | null;
  stages: number;
  steps: number;
  touchpoints: number;
  version: number;
  changed: string;
  author: string;
  measured_at: string | null;
  coverage: number | null;
  worst: string | null;
  worst_share: number | null;
  open_comments: number;
}

export interface TemplateInfo {
  id: string;
  name: string;
  description: string;
  own: boolean;
  stages: string[];
  steps: number;
  languages: string[];
}

export interface NewMap {
  name: string;
  template?: string | null;
  from_data?: boolean;
  goal?: string | null;
  definition?: string | null;
  language?: string;
}

export interface Bulk {
  maps: string[];
  status?: MapStatus | null;
  owner?: string | null;
  review?: string | null;
  life_cycle?: LifeCycle | null;
  add_tags?: string[];
  delete?: boolean;
}

export interface ExportFormat {
  format: string;
  suffix: string;
  loses: string[];
}

/** How a grid that somebody else made is read; rows and columns count from 0. */
export interface GridColumns {
  stage_row: number;
  step_row: number | null;
  lane_column: number;
  first_row: number;
  first_column: number;
  /** By row: the kind of its lane, or "skip". */
  lanes: Record<string, string>;
}

export interface ImportPreview {
  format: string;
  rows: string[][];
  guess: GridColumns | null;
}

export interface Imported {
  map: Sheet;
  notes: string[];
}

/** Whose figures a map shows: the filters of the address and a saved segment. */
export interface MeasureOf {
  filters?: Filters;
  segment?: string | null;
  /** Saved segments that get an emotion curve of their own. */
  curves?: string[];
}

export type MapEvent = "version" | "library" | "comments";

export type MapApi = ReturnType<typeof mapApi>;

export function mapApi(api: Api, language: () => string) {
  const at = (map: string, rest = ""): string => `/maps/${encodeURIComponent(map)}${rest}`;
  const form = (file: File): FormData => {
    const body = new FormData();
    body.append("file", file);
    return body;
  };
  const query = (of: MeasureOf = {}, more: Record<string, string> = {}): string => {
    const params = new URLSearchParams(toQuery(of.filters ?? {}));
    if (of.segment) params.set("segment", of.segment);
    for (const curve of of.curves ?? []) params.append("curve", curve);
    for (const [key, value] of Object.entries(more)) params.set(key, value);
    return params.size ? `?${params.toString()}` : "";
  };
  return {
    list: (o?: Options) => api.get<MapInfo[]>("/maps", {}, o),
    create: (asked: NewMap, o?: Options) => api.post<Sheet>("/maps", { language: language(), ...asked }, o),
    sheet: (map: string, o?: Options) => api.get<Sheet>(at(map), {}, o),
    remove: (map: string, o?: Options) => api.send<null>("DELETE", at(map), undefined, o),
    measured: (map: string, of: MeasureOf = {}, o?: Options) => api.get<Measured>(at(map, `/measured${query(of)}`), {}, o),
    frozen: (map: string, version: number, o?: Options) => api.get<Measured>(at(map, "/measured"), { snapshot: version }, o),
    send: (map: string, sent: Sent, o?: Options) => api.post<Entry>(at(map, "/commands"), sent, o),
    since: (map: string, version: number, o?: Options) => api.get<Entry[]>(at(map, "/commands"), { after: version }, o),
    liveAddress: (map: string) => `/api${at(map, "/live")}`,
    versions: (map: string, o?: Options) => api.get<KeptVersion[]>(at(map, "/versions"), {}, o),
    keep: (map: string, label: string, measured: boolean, o?: Options) =>
      api.post<KeptVersion>(at(map, "/versions"), { label, measured }, o),
    version: (map: string, version: number, o?: Options) => api.get<Sheet>(at(map, `/versions/${version}`), {}, o),
    restore: (map: string, version: number, o?: Options) => api.post<Entry>(at(map, "/restore"), { version }, o),
    /** From a version of this map (null: the newest) to a version of `other` (this map by default). */
    diff: (map: string, version: number | null, other: string | null, otherVersion: number | null, o?: Options) =>
      api.get<Difference[]>(at(map, "/diff"), { version, with: other, with_version: otherVersion }, o),
    suggestions: (map: string, o?: Options) => api.get<Suggestion[]>(at(map, "/suggestions"), {}, o),
    conformance: (map: string, ideal: string, of: MeasureOf = {}, o?: Options) =>
      api.get<Conformance>(at(map, `/conformance${query(of, { ideal })}`), {}, o),
    comments: (map: string, o?: Options) => api.get<Comment[]>(at(map, "/comments"), {}, o),
    comment: (map: string, comment: Pick<Comment, "id" | "on" | "text" | "reply_to">, o?: Options) =>
      api.post<Comment>(at(map, "/comments"), comment, o),
    changeComment: (map: string, comment: string, set: Partial<Pick<Comment, "text" | "resolved">>, o?: Options) =>
      api.send<Comment>("PATCH", at(map, `/comments/${comment}`), set, o),
    deleteComment: (map: string, comment: string, o?: Options) => api.send<null>("DELETE", at(map, `/comments/${comment}`), undefined, o),
    exportFormats: (o?: Options) => api.get<ExportFormat[]>("/maps/formats", { lang: language() }, o),
    exportAddress: (map: string, format: string, more: { paper?: string; lang?: string; lanes?: string[]; snapshot?: number | null } = {}) => {
      const params = new URLSearchParams({ format, lang: more.lang ?? language() });
      if (more.paper) params.set("paper", more.paper);
      for (const lane of more.lanes ?? []) params.append("lane", lane);
      if (more.snapshot != null) params.set("snapshot", String(more.snapshot));
      return `/api${at(map, "/export")}?${params.toString()}`;
    },
    previewImport: (file: File, o?: Options) => api.post<ImportPreview>("/maps/import/preview", form(file), o),
    importFile: (file: File, name: string | null, columns: GridColumns | null, o?: Options) => {
      const params = new URLSearchParams();
      if (name) params.set("name", name);
      if (columns) params.set("columns", JSON.stringify(columns));
      return api.post<Imported>(`/maps/import${params.size ? `?${params.toString()}` : ""}`, form(file), o);
    },
    bulk: (asked: Bulk, o?: Options) => api.post<MapInfo[]>("/maps/bulk", asked, o),
    templates: (o?: Options) => api.get<TemplateInfo[]>("/templates", { lang: language() }, o),
    saveTemplate: (map: string, o?: Options) => api.post<TemplateInfo>("/templates", { map }, o),
    deleteTemplate: (template: string, o?: Options) => api.send<null>("DELETE", `/templates/${encodeURIComponent(template)}`, undefined, o),
    library: (o?: Options) => api.get<(LibraryItem & { maps: string[] })[]>("/library", {}, o),
    addItem: (item: { kind: LibraryKind; name: string } & Partial<LibraryItem>, o?: Options) => api.post<LibraryItem>("/library", item, o),
    changeItem: (item: string, set: Partial<Pick<LibraryItem, "name" | "description" | "channel" | "measures">>, o?: Options) =>
      api.send<LibraryItem>("PATCH", `/library/${encodeURIComponent(item)}`, set, o),
    deleteItem: (item: string, o?: Options) => api.send<null>("DELETE", `/library/${encodeURIComponent(item)}`, undefined, o),
    uploadImage: (file: File, o?: Options) => api.post<Image>("/images", form(file), o),
    imageAddress: (sha256: string) => `/api/images/${sha256}`,
  };
}

