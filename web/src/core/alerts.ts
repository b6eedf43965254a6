/** Alerts and deliveries as the server writes them, and their clients. */

import type { Api, Options } from "./api";
import type { Period } from "./kpis";
import type { Segment } from "./types";

export type AlertRule =
  | { on: "threshold"; above: number | null; below: number | null; sure: boolean }
  | { on: "target" }
  | { on: "change"; way: "any" | "better" | "worse" }
  | { on: "anomaly"; way: "any" | "better" | "worse"; per_year: number };

export interface Alert {
  id: string;
  name: string;
  revision: number;
  kpi: string;
  rule: AlertRule;
  by: Period;
  segment: Segment | string | null;
  quiet: { start: string; end: string } | null;
  to: string[];
  language: string;
  when_over: boolean;
  active: boolean;
}

export interface AlertState {
  state: "calm" | "firing" | "unknown";
  since: string;
  checked: string;
  day: string | null;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  bound: number | null;
  reason: string | null;
}

export interface AlertStanding {
  alert: Alert;
  state: AlertState | null;
}

export type AlertWritten = Partial<Omit<Alert, "id" | "revision" | "rule">> & { rule?: Partial<AlertRule> & { on: AlertRule["on"] } };

export const DELIVERY_STATES = ["waiting", "sent", "failed", "cancelled"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Delivery {
  id: string;
  channel: "email" | "webhook";
  to: string;
  about: "alert" | "report" | "action" | "test";
  name: string;
  state: DeliveryState;
  made: string;
  due: string | null;
  attempts: number;
  tried: string | null;
  sent: string | null;
  error: string | null;
  detail: string | null;
  size: number;
}

export interface Deliveries {
  deliveries: Delivery[];
  total: number;
  waiting: number;
  failed: number;
}

export interface DeliverySettings {
  mail: { host: string; sender: string } | null;
  allowed_hosts: string[];
}

export function alertApi(api: Api) {
  const at = (noun: string, id: string, rest = ""): string => `/${noun}/${encodeURIComponent(id)}${rest}`;
  return {
    all: (o?: Options) => api.get<AlertStanding[]>("/alerts", {}, o),
    create: (asked: AlertWritten & { name: string; kpi: string }, o?: Options) => api.post<Alert>("/alerts", asked, o),
    change: (id: string, revision: number, set: AlertWritten, o?: Options) => api.send<Alert>("PATCH", at("alerts", id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at("alerts", id)}?revision=${revision}`, undefined, o),
    check: (o?: Options) => api.post<{ checked: number; fired: string[]; over: string[]; queued: number }>("/alerts/check", undefined, o),
    deliveries: (state: DeliveryState | null, limit: number, offset: number, o?: Options) => api.get<Deliveries>("/deliveries", { state, limit, offset }, o),
    deliverySettings: (o?: Options) => api.get<DeliverySettings>("/deliveries/settings", {}, o),
    again: (id: string, o?: Options) => api.post<Delivery>(at("deliveries", id, "/again"), undefined, o),
    cancel: (id: string, o?: Options) => api.post<Delivery>(at("deliveries", id, "/cancel"), undefined, o),
    test: (to: string, o?: Options) => api.post<Delivery>("/deliveries/test", { to }, o),
  };
}

/** Recipients as they are typed: apart by commas, blanks or lines. */
export const recipients = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
