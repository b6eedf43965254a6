/** The typed client of the HTTP contract. Errors carry the server's code and its sentence in the user's language. */

import type * as T from "./types";

export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly details: unknown = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

export interface Options {
  signal?: AbortSignal | undefined;
}

type QueryValue = string | number | null | undefined;

/** What the client needs to know of its surroundings. */
export interface Surroundings {
  /** Base address of the server, empty for our own. */
  base?: string;
  /** The language in which errors are to be written. */
  language: () => string;
  /** The sentence for a server that does not answer. */
  unreachable: () => string;
  fetch?: typeof fetch;
}

export type Api = ReturnType<typeof client>;

/** A client; every call may be aborted by a signal. */
export function client(around: Surroundings) {
  const request = async (method: string, path: string, body: unknown, options: Options = {}): Promise<Response> => {
    const form = body instanceof FormData || body instanceof Blob; // they bring their type along
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": around.language() };
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await (around.fetch ?? fetch)(`${around.base ?? ""}/api${path}`, {
        method,
        headers,
        signal: options.signal ?? null,
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiError("unreachable", around.unreachable(), 0);
    }
    if (!response.ok) throw await asError(response, around.unreachable());
    return response;
  };
  const send = async <R>(method: string, path: string, body: unknown, options?: Options): Promise<R> => {
    const response = await request(method, path, body, options);
    return (response.status === 204 ? null : await response.json()) as R;
  };
  /** Sends a table as CSV and gets one back. */
  const table = async (path: string, text: string, options?: Options): Promise<Blob> => (await request("POST", path, new Blob([text], { type: "text/csv" }), options)).blob();
  const file = async (path: string, body: unknown, options?: Options): Promise<Blob> => (await request("POST", path, body, options)).blob();
  const get = <R>(path: string, query: Record<string, QueryValue> = {}, options?: Options) =>
    send<R>("GET", path + search(query), undefined, options);
  const post = <R>(path: string, body: unknown, options?: Options) => send<R>("POST", path, body, options);
  const name = encodeURIComponent;

  return {
    get,
    post,
    send,
    table,
    status: (o?: Options) => get<T.Status>("/status", {}, o),
    overview: (o?: Options) => get<T.Overview>("/overview", {}, o),
    dimensions: (o?: Options) => get<T.Dimensions>("/dimensions", {}, o),
    /** The answer to a question. */
    ask: <N extends keyof T.AllQuestions>(question: N, request: T.AllQuestions[N]["request"], o?: Options) => post<T.AllQuestions[N]["result"]>(`/questions/${question}`, request, o),
    /** The answer as a file. */
    exportAnswer: <N extends T.QuestionName>(question: N, request: T.Ask<N>, format: T.ExportFormat, o?: Options) =>
      file(`/questions/${question}/export?format=${format}`, request, o),
    code: <N extends T.QuestionName>(question: N, request: T.Ask<N>, o?: Options) => post<T.Code>(`/questions/${question}/code`, request, o),
    compare: <N extends T.QuestionName>(question: N, request: T.CompareRequest<N>, o?: Options) => post<T.Comparison<N>>(`/compare/${question}`, request, o),
    segments: (o?: Options) => get<T.SavedSegment[]>("/segments", {}, o),
    segment: (segment: string, o?: Options) => get<T.SavedSegment>(`/segments/${name(segment)}`, {}, o),
    saveSegment: (segment: T.Segment & { name: string }, o?: Options) => post<T.SavedSegment>("/segments", segment, o),
    deleteSegment: (segment: string, o?: Options) => send<unknown>("DELETE", `/segments/${name(segment)}`, undefined, o),
    checkSegment: (segment: T.Segment, o?: Options) => post<T.SegmentCheck>("/segments/check", segment, o),
    savedQuestions: (o?: Options) => get<T.SavedQuestion[]>("/saved", {}, o),
    saveQuestion: (question: T.SavedQuestion, o?: Options) => post<T.SavedQuestion>("/saved", question, o),
    deleteQuestion: (question: string, o?: Options) => send<unknown>("DELETE", `/saved/${name(question)}`, undefined, o),
    drilldown: (token: string, cell: string, limit: number, offset: number, o?: Options) =>
      get<T.PeoplePage>("/drilldown", { token, cell, limit, offset }, o),
    people: (search: string, limit: number, offset: number, o?: Options) =>
      get<T.PeoplePage>("/people", { search, limit, offset }, o),
    person: (key: string, o?: Options) => get<T.Person>(`/people/${name(key)}`, {}, o),
    timeline: (key: string, limit: number, before?: number | null, o?: Options) =>
      get<T.Timeline>(`/people/${name(key)}/timeline`, { limit, before }, o),
    event: (arrival: number, o?: Options) => get<Record<string, unknown>>(`/events/${arrival}`, {}, o),
    definitions: (o?: Options) => get<T.DefinitionVersion[]>("/definitions", {}, o),
    definition: (o?: Options) => get<Record<string, unknown>>("/definition", {}, o),
    saveDefinition: (body: unknown, o?: Options) => send<Record<string, unknown>>("PUT", "/definition", body, o),
    proposeDefinition: (o?: Options) => post<Record<string, unknown>>("/definition/propose", {}, o),
    presets: (o?: Options) => get<T.Preset[]>("/presets", {}, o),
    upload: (file: File, o?: Options) => {
      const form = new FormData();
      form.append("file", file);
      return post<T.Upload>("/uploads", form, o);
    },
    preview: (body: { upload: string; preset?: string | null; mapping?: T.Mapping | null }, o?: Options) =>
      post<T.Preview>("/imports/preview", body, o),
    importUpload: (body: { upload: string; source: string; preset?: string | null; mapping?: T.Mapping | null }, o?: Options) =>
      post<{ job: string }>("/imports", body, o),
    job: (job: string, o?: Options) => get<T.Job>(`/jobs/${name(job)}`, {}, o),
    rejects: (source: string | null, limit: number, offset: number, o?: Options) =>
      get<T.Rejects>("/rejects", { source, limit, offset }, o),
    replayRejects: (body: { source: string; preset?: string | null; mapping?: T.Mapping | null }, o?: Options) =>
      post<T.Replayed>("/rejects/replay", body, o),
  };
}

function search(query: Record<string, QueryValue>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") params.set(key, String(value));
  }
  return params.size ? `?${params.toString()}` : "";
}

async function asError(response: Response, fallback: string): Promise<ApiError> {
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string; details?: unknown } };
    return new ApiError(error.code, error.message, response.status, error.details ?? null);
  } catch {
    return new ApiError("unreachable", fallback, response.status);
  }
}
