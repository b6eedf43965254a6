/** Feedback forms as the server writes them: what is asked, who was invited, who answered. */

import type { Api, Options } from "./api";

export const QUESTION_KINDS = ["nps", "csat_5", "ces2_7", "stars_5", "thumbs", "choice", "text"] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
export type FormLanguage = "en" | "pl" | "hr";
export type Texts = Record<FormLanguage, string>;

export interface Choice {
  id: string;
  text: Texts;
}

export interface FormQuestion {
  id: string;
  kind: QuestionKind;
  text: Texts;
  required: boolean;
  choices: Choice[];
}

export interface FormFields {
  name: string;
  touchpoint: string;
  channel: string;
  title: Texts;
  intro: Texts;
  questions: FormQuestion[];
  thanks: Texts;
  open: boolean;
  opens: string | null;
  closes: string | null;
  access: "link" | "invitation";
  accent: string;
  expires_days: number;
  least_seconds: number;
  most_per_minute: number;
}

export interface Form extends FormFields {
  id: string;
  revision: number;
  key: string;
  author: string;
  created: string;
  changed: string;
}

export interface FormCounts {
  invited: number;
  opened: number;
  answered: number;
  declined: number;
  response_rate: number | null;
  low: number | null;
  high: number | null;
  link_opened: number;
  link_answered: number;
  link_declined: number;
  discarded: number;
  waiting: number;
}

export interface FormShown {
  form: Form;
  path: string;
  embed: string;
  counts: FormCounts;
}

export type InvitationStage = "invited" | "opened" | "answered" | "declined" | "expired";

export interface InvitationState {
  id: string;
  identifiers: Record<string, string>[];
  state: InvitationStage;
  made: string;
  expires: string;
  opened: string | null;
  answered: string | null;
  declined: string | null;
}

/** What was deleted of a person over all forms; events in the data stay. */
export interface Erased {
  identifiers: string[];
  invitations: number;
  answers: number;
}

export interface Rule {
  quiet_from: string | null;
  quiet_until: string | null;
  zone: string | null;
  most: number | null;
  days: number;
}

export interface RuleShown {
  rule: Rule;
  revision: number | null;
}

export type FormApi = ReturnType<typeof formApi>;

export function formApi(api: Api) {
  const at = (id: string, rest = ""): string => `/forms/${encodeURIComponent(id)}${rest}`;
  return {
    all: (o?: Options) => api.get<FormShown[]>("/forms", {}, o),
    one: (id: string, o?: Options) => api.get<FormShown>(at(id), {}, o),
    create: (fields: FormFields, o?: Options) => api.post<FormShown>("/forms", fields, o),
    change: (id: string, revision: number, fields: Partial<FormFields>, o?: Options) => api.send<FormShown>("PATCH", at(id), { revision, fields }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    invitations: (id: string, limit: number, offset: number, o?: Options) => api.get<{ total: number; invitations: InvitationState[] }>(at(id, "/invitations"), { limit, offset }, o),
    /** Invites the people of a CSV; the table of their links, which are told only now. */
    inviteTable: (id: string, table: string, o?: Options) => api.table(at(id, "/invitations/table"), table, o),
    erase: (identifiers: Record<string, string>, o?: Options) => api.post<Erased>("/forms/erase", { identifiers }, o),
    rule: (o?: Options) => api.get<RuleShown>("/forms/rule", {}, o),
    changeRule: (fields: Partial<Rule>, revision: number | null, o?: Options) => api.send<RuleShown>("PATCH", "/forms/rule", { fields, revision }, o),
  };
}
